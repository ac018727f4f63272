import { uuidv7 } from 'uuidv7'
import { inTransaction } from '../../store/transaction.ts'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { indicatorNamed } from '../registry.ts'
import { fail, ok, type Result } from '../result.ts'
import { type ConfirmedWording, confirmedKey } from './link.ts'

/** What a person said once of the words around a number, remembered for the org unit. */
export interface ClaimLink {
  readonly org: string
  /** The words around the number, # in its place. */
  readonly wording: string
  /** What the number is counted in: `base` of the claim. */
  readonly base: string
  /** Null: the ledger has no such indicator. */
  readonly indicator: string | null
  readonly where: Readonly<Record<string, string>>
}

/** What a link's journal entry vouches for. */
export const claimLinkContent = ({ org, wording, base, indicator, where }: ClaimLink) => ({
  base,
  indicator,
  org,
  where,
  wording,
})

/** Remembers what some words mean in the reports of an org unit; what was remembered of the same words is replaced. */
export async function confirmLink(ledger: Ledger, actor: Actor, link: ClaimLink): Promise<Result<ClaimLink>> {
  const unit = ledger.orgs.find(link.org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'report', unit.value)
  if (!permitted.ok) return permitted
  const bad = check(ledger, link)
  if (bad) return bad
  const dims = canonical(link.where)
  return inTransaction(ledger.store.pool, async client => {
    // Two who confirm the same words at once wait for each other, so that the journal tells one after the other.
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', ['claim-link', unit.value.id])
    const { rows: before } = await client.query<{ indicator: string | null; dims: string }>(
      'SELECT indicator, dims FROM claim_link WHERE root = $1 AND org = $2 AND wording = $3 AND base = $4',
      [unit.value.root, unit.value.id, link.wording, link.base],
    )
    const known = before[0]
    if (known && known.indicator === link.indicator && known.dims === dims) return ok(link)
    const { rows } = await client.query<{ id: string; version: number }>(
      `INSERT INTO claim_link (root, id, org, wording, base, indicator, dims) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (root, org, wording, base)
         DO UPDATE SET indicator = excluded.indicator, dims = excluded.dims, version = claim_link.version + 1
       RETURNING id, version`,
      [unit.value.root, uuidv7(), unit.value.id, link.wording, link.base, link.indicator, dims],
    )
    const { id, version } = rows[0]!
    const hashOf = (content: ClaimLink) => sha256Hex(canonical(claimLinkContent(content)))
    await appendTo(client, unit.value.root, [
      {
        action: 'claim-link',
        actor: actor.person,
        after: hashOf(link),
        at: ledger.clock().toISOString(),
        before: known ? hashOf({ ...link, indicator: known.indicator, where: JSON.parse(known.dims) }) : null,
        from: actor.from,
        note: claimLinkContent(link),
        org: link.org,
        root: ledger.orgs.byId(unit.value.root)!.code,
        subject: `claim-link:${id}`,
        version,
      },
    ])
    return ok(link)
  })
}

function check(ledger: Ledger, { wording, base, indicator: id, where }: ClaimLink) {
  if (!/^[^#]*#[^#]*$/.test(wording) || wording.length < 2 || wording.length > 200 || base.length > 40)
    return fail('claim-link/wording', {
      field: 'wording',
      zh: '对应的文字要带一个“#”表示数字的位置',
      en: 'The words of a link hold one # in the place of the number',
    })
  if (id === null) return undefined
  const indicator = indicatorNamed(ledger.registry, id)
  if (!indicator.ok) return indicator
  const dimensions: readonly string[] = indicator.value.by
  const stranger = Object.keys(where).find(name => !dimensions.includes(name))
  if (stranger === undefined) return undefined
  return fail('figure/unknown-dimension', {
    field: stranger.slice(0, 40),
    indicator: id,
    zh: `指标“${indicator.value.title.zh}”没有维度“${stranger.slice(0, 40)}”`,
    en: `${id} has no dimension ${stranger.slice(0, 40)}`,
  })
}

/** What is remembered for an org unit, by words and base. */
export async function confirmedOf(ledger: Ledger, org: OrgUnit): Promise<ReadonlyMap<string, ConfirmedWording>> {
  const { rows } = await ledger.store.pool.query<{
    wording: string
    base: string
    indicator: string | null
    dims: string
  }>('SELECT wording, base, indicator, dims FROM claim_link WHERE root = $1 AND org = $2', [org.root, org.id])
  return new Map(
    rows.map(({ wording, base, indicator, dims }) => [
      confirmedKey(wording, base),
      { indicator, where: JSON.parse(dims) as Record<string, string> },
    ]),
  )
}
