import type { ColumnType, Generated, Insertable, Selectable, Updateable } from 'kysely'

// The tables as `pg` reads and writes them: int8 is a number, numeric a string, a date 'YYYY-MM-DD', an instant ISO
// 8601 in UTC. jsonb is read parsed and written as JSON text (`pg` would write an array as a PostgreSQL array).

type Json<T = unknown> = ColumnType<T, string, string>
type NullableJson<T = unknown> = ColumnType<T | null, string | null | undefined, string | null>
type Numeric = ColumnType<string, string | number, string | number>
type Instant = ColumnType<string, string | Date, string | Date>
type NullableInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>

export type RecordStatus = 'draft' | 'entered' | 'returned' | 'confirmed' | 'void'
export type RoleName = 'clerk' | 'manager' | 'analyst' | 'auditor' | 'administrator'
export type ReportStatus = 'draft' | 'issued' | 'withdrawn'

export interface Tables {
  migration: MigrationTable
  org_unit: OrgUnitTable
  org_span: OrgSpanTable
  person: PersonTable
  role_grant: RoleGrantTable
  session: SessionTable
  api_token: ApiTokenTable
  record: RecordTable
  record_version: RecordVersionTable
  personal: PersonalTable
  journal: JournalTable
  journal_queue: JournalQueueTable
  merkle_tile: MerkleTileTable
  checkpoint: CheckpointTable
  tally_pending: TallyPendingTable
  tally: TallyTable
  definition: DefinitionTable
  target: TargetTable
  evidence: EvidenceTable
  record_evidence: RecordEvidenceTable
  report: ReportTable
  disclosure: DisclosureTable
  claim_link: ClaimLinkTable
  idempotency: IdempotencyTable
}

/** A row of a table as it is read, as it is added, as it is changed. */
export type Row<T extends keyof Tables> = Selectable<Tables[T]>
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>
export type RowChange<T extends keyof Tables> = Updateable<Tables[T]>

interface MigrationTable {
  number: number
  name: string
  sha256: string
  applied_at: ColumnType<string, never, never>
}

interface OrgUnitTable {
  id: Generated<number>
  root: number
  code: string
  kind: string
  name: string
  name_en: string | null
  path: string
  successor: number | null
  opened: Generated<string>
  closed: Generated<string>
  area: NullableJson
  version: Generated<number>
}

interface OrgSpanTable {
  root: number
  org: number
  since: string
  until: string
  parent: number | null
  name: string
  ancestors: number[]
}

interface PersonTable {
  id: string
  login: string
  name: string
  password: string | null
  language: Generated<string>
  disabled: Generated<boolean>
  created_at: Instant
}

interface RoleGrantTable {
  person: string
  org: number
  role: RoleName
}

interface SessionTable {
  token_hash: Buffer
  person: string
  csrf: string
  created_at: Instant
  expires_at: Instant
}

interface ApiTokenTable {
  token_hash: Buffer
  id: string
  person: string
  name: string
  created_at: Instant
  expires_at: NullableInstant
}

interface RecordTable {
  root: number
  id: string
  type: string
  type_version: number
  org: number
  day: string
  status: RecordStatus
  state: string
  version: number
  fields: Json<Record<string, unknown>>
  unique_key: string | null
  likeness: string | null
  origin: string | null
  terms: string[] | null
  links: string[] | null
  merged_into: string | null
  created_at: Instant
  updated_at: Instant
  updated_by: string | null
}

interface RecordVersionTable {
  root: number
  id: string
  version: number
  type: string
  type_version: number
  org: number
  day: string
  status: RecordStatus
  state: string
  fields: Json<Record<string, unknown>>
  merged_into: string | null
  valid_from: Instant
  valid_until: Instant
  updated_by: string | null
}

interface PersonalTable {
  root: number
  record: string
  commitment: string
  salt: Buffer
  cipher: Buffer
  key_id: string
}

interface JournalTable {
  root: number
  seq: Generated<number>
  subject: string
  entry: string
}

interface JournalQueueTable {
  id: Generated<number>
  seqs: number[]
  hashes: Buffer
}

interface MerkleTileTable {
  level: number
  idx: number
  hashes: Buffer
  seqs: number[] | null
  min_seq: number | null
  max_seq: number | null
}

interface CheckpointTable {
  number: number
  size: number
  body: string
  signature: Buffer
}

interface TallyPendingTable {
  id: Generated<number>
  root: number
  indicators: string[]
  org: number
  day: string
  dims: Json<Record<string, string>>
  n: number
  total: Numeric
  stock: boolean
}

interface TallyTable {
  root: number
  indicator: string
  org: number
  dim: string
  value: string
  grain: 'y' | 'm' | 'd'
  start: string
  n: number
  total: Numeric
  own_n: number
  own_total: Numeric
}

interface DefinitionTable {
  kind: string
  id: string
  digest: string
}

interface TargetTable {
  root: number
  id: string
  org: number
  indicator: string
  dims: Generated<string>
  period: string
  value: Numeric
  prorated: Generated<boolean>
  version: Generated<number>
}

interface EvidenceTable {
  root: number
  sha256: string
  size: number
  media_type: string
  created_at: Instant
}

interface RecordEvidenceTable {
  root: number
  record: string
  sha256: string
  name: string
  added_at: Instant
  added_by: string | null
}

interface ReportTable {
  root: number
  id: string
  org: number
  template: string
  period: string
  title: string
  number: string | null
  status: ReportStatus
  content: Json
  version: number
  created_at: Instant
  issued_at: NullableInstant
  issued_by: string | null
}

interface DisclosureTable {
  root: number
  id: string
  org: number
  indicator: string | null
  period: string | null
  report: string | null
  created_at: Instant
  created_by: string | null
}

interface ClaimLinkTable {
  root: number
  id: string
  org: number
  wording: string
  base: string
  indicator: string | null
  dims: Generated<string>
  version: Generated<number>
}

interface IdempotencyTable {
  person: string
  key: string
  request_hash: string
  response: Json
  at: Instant
}
