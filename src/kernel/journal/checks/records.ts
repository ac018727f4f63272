import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Ledger } from '../../ledger.ts'
import { uniqueKey } from '../../records/commit.ts'
import type { Content } from '../../records/record.ts'
import type { Entry } from '../entry.ts'
import { recordHash } from '../record-hash.ts'
import type { Findings } from './findings.ts'
import { asWritten, pages, type Reading, readerOf } from './reading.ts'
import { isFiled, parseEntry } from './standing.ts'

// A row of many small columns costs more to take apart than to hash: those that are no JSON come as one text.

const SEPARATOR = '\u001f'
const joined = (columns: readonly string[]) =>
  `concat_ws(E'\\x1f', ${columns.map(column => `coalesce(${column}::text, '')`).join(', ')})`

const CONTENT = [
  'root',
  'id',
  'type',
  'type_version',
  'org',
  'day',
  'status',
  'state',
  'version',
  'merged_into',
  'updated_by',
]
const ENTRIES = `
  SELECT root || ' ' || seq AS head, subject, entry FROM journal
  WHERE subject >= 'record:' AND subject < 'record;' ORDER BY root, subject, seq`
const RECORDS = `
  SELECT ${joined([...CONTENT, 'updated_at', 'created_at', 'unique_key'])} AS head, fields FROM record ORDER BY root, id`
const VERSIONS = `
  SELECT ${joined([...CONTENT, 'valid_from', 'valid_until'])} AS head, fields FROM record_version ORDER BY root, id, version`
const PERSONAL = `
  SELECT root, record AS id, commitment, salt, cipher, key_id AS "keyId" FROM personal ORDER BY root, record, commitment`

interface EntryRow extends Key {
  readonly seq: number
  readonly subject: string
  readonly entry: string
}

type StoredEntry = { readonly head: string; readonly subject: string; readonly entry: string }

function entryRow({ head, subject, entry }: StoredEntry): EntryRow {
  const space = head.indexOf(' ')
  return {
    root: Number(head.slice(0, space)),
    seq: Number(head.slice(space + 1)),
    id: subject.slice(7),
    subject,
    entry,
  }
}

/** What the checks need of an entry. */
type Told = Pick<Entry, 'root' | 'subject' | 'type' | 'version' | 'actor' | 'at' | 'before' | 'after'>

/** The canonical text of an entry whose strings hold no escapes; nearly all are so. */
const SIMPLE =
  /^\{"action":"[^"\\]*","actor":(?:null|"([^"\\]*)"),"after":"([^"\\]*)","at":"([^"\\]*)","before":(?:null|"([^"\\]*)"),"from":"[^"\\]*",(?:"note":"[^"\\]*",)?"org":"[^"\\]*","root":"([^"\\]*)","subject":"([^"\\]*)","type":"([^"\\]*)","version":(\d+)\}$/

/** Reads a simple entry in half the time that JSON takes. */
function simpleEntry(text: string): Told | undefined {
  const parts = SIMPLE.exec(text)
  if (!parts) return undefined
  const [, actor, after, at, before, root, subject, type, version] = parts
  return {
    root: root!,
    subject: subject!,
    type: type!,
    version: Number(version),
    actor: actor ?? null,
    at: at!,
    before: before ?? null,
    after: after!,
  }
}

interface VersionRow extends Content {
  readonly root: number
  /** As PostgreSQL writes instants. */
  readonly from: string
  /** When the next version came; of the present version, when the first did. */
  readonly until: string
  readonly by: string | null
  /** What keeps the present version unique; '' for none. */
  readonly key: string
}

type StoredVersion = { readonly head: string; readonly fields: Content['fields'] }

/** Should a column hold a separator, the parts shift and the hash is another. */
function versionRow({ head, fields }: StoredVersion): VersionRow {
  const [root, id, type, typeVersion, org, day, status, state, version, mergedInto, by, from, until, ...key] =
    head.split(SEPARATOR)
  return {
    root: Number(root),
    id: id!,
    type: type!,
    typeVersion: Number(typeVersion),
    org: Number(org),
    day: day!,
    status: status as Content['status'],
    state: state!,
    version: Number(version),
    fields,
    mergedInto: mergedInto || null,
    from: from!,
    until: until!,
    by: by || null,
    key: key.join(SEPARATOR),
  }
}

interface PersonalRow extends Key {
  readonly commitment: string
  readonly salt: Buffer
  readonly cipher: Buffer
  readonly keyId: string
}

/** All there is of one record. */
interface Whole {
  readonly root: number
  readonly id: string
  readonly entries: { seq: number; entry: Told }[]
  readonly versions: VersionRow[]
  readonly personal: PersonalRow[]
  record?: VersionRow
}

/**
 * Reads entries, records, earlier versions and personal values side by side, record after record, and compares them in
 * all directions.
 */
export async function checkRecords(
  ledger: Ledger,
  reading: Reading,
  findings: Findings,
  erased: ReadonlySet<string>,
): Promise<void> {
  const { client, along } = reading
  const entries = await readerOf(pages<StoredEntry>(along, 'entries', ENTRIES), entryRow)
  const records = await readerOf(pages<StoredVersion>(client, 'records', RECORDS), versionRow)
  const versions = await readerOf(pages<StoredVersion>(client, 'versions', VERSIONS), versionRow)
  const personal = await readerOf(
    pages<PersonalRow & pg.QueryResultRow>(client, 'personal_values', PERSONAL),
    row => row,
  )
  const readers = [entries, records, versions, personal]
  let done = 0
  let whole: Whole = { root: 0, id: '', entries: [], versions: [], personal: [] }
  const isOf = (row: Key) => row.root === whole.root && row.id === whole.id
  const takeEntry = (row: EntryRow) => {
    const entry = simpleEntry(row.entry) ?? parseEntry(row.entry)
    if (entry && isFiled(reading, findings, row, entry) && entry.after !== null)
      whole.entries.push({ seq: row.seq, entry })
    done++
  }
  const takeRecord = (row: VersionRow) => {
    whole.record = row
  }
  const takeVersion = (row: VersionRow) => void whole.versions.push(row)
  const takePersonal = (row: PersonalRow) => void whole.personal.push(row)
  for (;;) {
    for (const reader of readers) if (reader.isTurning()) await reader.turn()
    const first = lowest([entries.row(), records.row(), versions.row(), personal.row()])
    if (!first) break
    whole = { root: first.root, id: first.id, entries: [], versions: [], personal: [] }
    // Most records lie within the pages at hand: only where one ends is there anything to wait for.
    while (!entries.take(isOf, takeEntry)) await entries.turn()
    while (!records.take(isOf, takeRecord)) await records.turn()
    while (!versions.take(isOf, takeVersion)) await versions.turn()
    while (!personal.take(isOf, takePersonal)) await personal.turn()
    checkRecord(ledger, reading, findings, whole)
    checkPersonal(ledger, findings, whole, erased.has(whole.id))
    if (done >= 1000) {
      reading.advance(done)
      done = 0
    }
  }
  reading.advance(done)
}

interface Key {
  readonly root: number
  readonly id: string
}

const isLower = (a: Key, b: Key) => a.root < b.root || (a.root === b.root && a.id < b.id)

function lowest(rows: readonly (Key | undefined)[]): Key | undefined {
  let found: Key | undefined
  for (const row of rows) if (row && (!found || isLower(row, found))) found = row
  return found
}

function checkRecord(ledger: Ledger, reading: Reading, findings: Findings, whole: Whole) {
  const { id, entries, versions, record } = whole
  if (!record) {
    if (entries.length > 0 || versions.length > 0)
      findings.add('record', id, '流水所记的记录不见了', 'A record of the journal is missing')
    return
  }
  if (entries.length === 0) {
    findings.add('record', id, '这条记录没有流水', 'The journal knows nothing of this record')
    return
  }
  if (entries[0]!.entry.at && record.until !== asWritten(entries[0]!.entry.at))
    findings.add('record', id, '录入时间与流水不符', 'The time of its creation is not what the journal says')
  if (record.version !== entries.length || versions.length !== entries.length - 1)
    findings.add(
      'record',
      id,
      `流水记有${entries.length}个版本，库中有${versions.length + 1}个，现为第${record.version}版`,
      `The journal has ${entries.length} versions of this record, the tables ${versions.length + 1}, the present one is ${record.version}`,
    )
  for (const [i, version] of versions.entries())
    checkVersion(reading, findings, whole, version, i, `${id} v${version.version}`, version.until)
  checkVersion(reading, findings, whole, record, entries.length - 1, id)
  if (record.key !== '') checkKey(ledger, findings, record)
}

/** One version against its entry: content, when, by whom, and that it follows the one before. */
function checkVersion(
  { codes }: Reading,
  findings: Findings,
  { entries }: Whole,
  row: VersionRow,
  place: number,
  id: string,
  until?: string,
) {
  const kind = until === undefined ? 'record' : 'record-version'
  const found = entries[place]
  if (!found) return findings.add(kind, id, '这个版本没有流水', 'The journal knows nothing of this version')
  const { seq, entry } = found
  const hash = recordHash(row, codes.get(row.org) ?? '')
  const next = entries[place + 1]?.entry
  if (entry.after !== hash || entry.version !== row.version || entry.version !== place + 1 || entry.type !== row.type)
    findings.add(kind, id, `内容与流水${seq}不符`, `The content is not what entry ${seq} says`)
  else if (
    row.from !== asWritten(entry.at) ||
    row.by !== entry.actor ||
    (until !== undefined && next && until !== asWritten(next.at))
  )
    findings.add(kind, id, `时间或修改人与流水${seq}不符`, `When or by whom is not what entry ${seq} says`)
  else if (entry.before !== (entries[place - 1]?.entry.after ?? null))
    findings.add(kind, id, `流水${seq}没有接上前一个版本`, `Entry ${seq} does not follow from the version before`)
}

/** What keeps a record unique follows from its content, where the declaration is still the same. */
function checkKey({ registry }: Ledger, findings: Findings, record: VersionRow) {
  const type = registry.types.get(record.type)
  if (!type?.key || type.version !== record.typeVersion || uniqueKey(type, record) === record.key) return
  findings.add('record', record.id, '唯一性标识与内容不符', 'What keeps it unique does not follow from its content')
}

function checkPersonal({ keys }: Ledger, findings: Findings, whole: Whole, isErased: boolean) {
  const { id, record, versions, personal } = whole
  if (personal.length === 0 && isErased) return
  const committed = new Set<string>()
  for (const { fields } of versions) commitments(fields, committed)
  if (record) commitments(record.fields, committed)
  for (const { commitment, ...sealed } of personal) {
    if (!committed.delete(commitment))
      findings.add(
        'personal',
        `${id} ${commitment}`,
        '个人信息不属于这条记录',
        'This personal value is not of this record',
      )
    else if (!isKept(keys, commitment, sealed))
      findings.add(
        'personal',
        `${id} ${commitment}`,
        '个人信息无法解密，或与记录中的承诺值不符',
        'This personal value cannot be read, or is not what the record commits to',
      )
  }
  if (isErased) return
  for (const commitment of committed)
    findings.add(
      'personal',
      `${id} ${commitment}`,
      '个人信息不见了，流水中没有删除的记载',
      'This personal value is missing, and the journal knows of no erasure',
    )
}

function commitments(fields: Content['fields'], into: Set<string>) {
  for (const name in fields) {
    const value = fields[name] as { sealed?: unknown } | null | undefined
    if (typeof value === 'object' && typeof value?.sealed === 'string') into.add(value.sealed)
  }
}

function isKept(keys: Ledger['keys'], commitment: string, sealed: Omit<PersonalRow, 'commitment'>): boolean {
  try {
    const value = keys.unseal(sealed)
    return createHash('sha256').update(sealed.salt).update(value).digest('hex') === commitment
  } catch {
    return false
  }
}
