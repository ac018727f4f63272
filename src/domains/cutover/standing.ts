import type { Ledger } from '../../kernel/ledger.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../../kernel/records/record.ts'
import { referringTerm } from '../../kernel/records/terms.ts'
import { upgrade } from '../../kernel/records/type.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'

export interface Found extends StoredRecord {
  /** How many files are attached. */
  readonly evidence: number
}

const COUNTING = `r.status IN ('entered', 'confirmed')`

/** A campaign that the actor may read. */
export async function campaignNamed(ledger: Ledger, actor: Actor, id: string): Promise<Result<StoredRecord>> {
  const found = await readRecord(ledger, actor, id)
  if (!found.ok) return found
  const type = ledger.registry.types.get('cutover.campaign')!
  return found.value.type === type.id
    ? ok({ ...found.value, fields: upgrade(type, found.value.typeVersion, found.value.fields) })
    : fail('cutover/no-campaign', { field: 'campaign', zh: '这不是切换工程', en: 'This is not a campaign' })
}

/** Counting records of some types that refer to one of the campaigns, in one query. */
export async function ofCampaigns(
  ledger: Ledger,
  root: number,
  campaigns: readonly string[],
  types: readonly string[],
): Promise<readonly Found[]> {
  if (campaigns.length === 0) return []
  const { rows } = await ledger.store.pool.query<Found>(
    `SELECT ${RECORD_COLUMNS},
            (SELECT count(*)::int FROM record_evidence e WHERE e.root = r.root AND e.record = r.id) AS evidence
     FROM record r WHERE r.root = $1 AND r.type = ANY($2) AND r.links && $3 AND ${COUNTING} ORDER BY r.day, r.id`,
    [root, types, campaigns.map(referringTerm)],
  )
  return rows.map(row => ({
    ...row,
    fields: upgrade(ledger.registry.types.get(row.type)!, row.typeVersion, row.fields),
  }))
}

export interface SiteCount {
  readonly org: number
  readonly state: string
  readonly batch: string | null
  /** The hour in which sites were done, '2024-11-23T08' (UTC). */
  readonly hour: string | null
  readonly count: number
}

/** The sites of a campaign, counted by unit, state, batch and hour. */
export async function countSites(ledger: Ledger, root: number, campaign: string): Promise<readonly SiteCount[]> {
  const { rows } = await ledger.store.pool.query<SiteCount>(
    `SELECT r.org, r.state, r.fields ->> 'batch' AS batch, left(r.fields ->> 'finishedAt', 13) AS hour, count(*)::int AS count
     FROM record r WHERE r.root = $1 AND r.type = 'cutover.site' AND r.links @> $2 AND ${COUNTING}
     GROUP BY 1, 2, 3, 4`,
    [root, [referringTerm(campaign)]],
  )
  return rows
}
