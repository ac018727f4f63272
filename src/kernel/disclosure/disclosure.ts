import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { inTransaction } from '../../store/transaction.ts'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { today } from '../period/period.ts'
import { indicatorNamed } from '../registry.ts'
import { readReport } from '../reports/stored.ts'
import { fail, ok, type Result } from '../result.ts'
import { periodOn } from './moving.ts'

/** A figure that a unit shows to the public: always the present value of the period, which may move with the day. */
interface ShownFigure {
  readonly indicator: string
  readonly period: string
}

/** An issued report that a unit shows to the public. */
interface ShownReport {
  readonly report: string
}

export type Disclosable = ShownFigure | ShownReport

export interface Disclosure {
  readonly id: string
  readonly org: string
  readonly indicator: string | null
  readonly period: string | null
  readonly report: string | null
  readonly createdAt: string
}

/** What a disclosure's journal entry vouches for. */
export const disclosureContent = ({ org, indicator, period, report }: Omit<Disclosure, 'id' | 'createdAt'>) => ({
  indicator,
  org,
  period,
  report,
})

const hashOf = (disclosure: Disclosure) => sha256Hex(canonical(disclosureContent(disclosure)))

const COLUMNS = 'id, indicator, period, report, created_at AS "createdAt"'

/** The whole page of a unit is computed for every reader. */
const MOST = 100

/** Shows a figure or an issued report of a unit to the public. What is shown already stays as it is. */
export async function disclose(
  ledger: Ledger,
  actor: Actor,
  org: string,
  shown: Disclosable,
): Promise<Result<Disclosure>> {
  const unit = choosing(ledger, actor, org)
  if (!unit.ok) return unit
  const checked = 'report' in shown ? await checkReport(ledger, actor, org, shown) : checkFigure(ledger, shown)
  if (!checked.ok) return checked
  return inTransaction(ledger.store.pool, async client => {
    // Those who choose at the same time wait for each other: the limit holds, and nothing stands twice.
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', ['disclosure', unit.value.id])
    const known = await shownAt(client, unit.value)
    const wanted = { indicator: null, period: null, report: null, ...shown }
    const same = known.find(
      one => one.indicator === wanted.indicator && one.period === wanted.period && one.report === wanted.report,
    )
    if (same) return ok(same)
    if (known.length >= MOST)
      return fail('disclosure/full', { zh: `最多公开${MOST}项`, en: `At most ${MOST} things are shown to the public` })
    const disclosure = { id: uuidv7(), org, ...wanted, createdAt: ledger.clock().toISOString() }
    await client.query(
      `INSERT INTO disclosure (root, id, org, indicator, period, report, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        unit.value.root,
        disclosure.id,
        unit.value.id,
        wanted.indicator,
        wanted.period,
        wanted.report,
        disclosure.createdAt,
        actor.person,
      ],
    )
    await append(ledger, actor, client, unit.value, 'disclosure-add', disclosure)
    return ok(disclosure)
  })
}

/** Shows it no longer. */
export async function conceal(ledger: Ledger, actor: Actor, org: string, id: string): Promise<Result<true>> {
  const unit = choosing(ledger, actor, org)
  if (!unit.ok) return unit
  return inTransaction(ledger.store.pool, async client => {
    const { rows } = await client.query<Omit<Disclosure, 'org'>>(
      `DELETE FROM disclosure WHERE root = $1 AND org = $2 AND id::text = $3 RETURNING ${COLUMNS}`,
      [unit.value.root, unit.value.id, id],
    )
    const gone = rows[0]
    if (!gone) return fail('disclosure/unknown', { disclosure: id, zh: '没有这项公开', en: 'That is not shown' })
    await append(ledger, actor, client, unit.value, 'disclosure-remove', { ...gone, org })
    return ok(true)
  })
}

/** What a unit shows to the public, in the order in which it was chosen. */
export async function disclosures(ledger: Ledger, actor: Actor, org: string): Promise<Result<readonly Disclosure[]>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'read', unit.value)
  return permitted.ok ? ok(await shownAt(ledger.store.pool, unit.value)) : permitted
}

export async function shownAt(client: pg.Pool | pg.ClientBase, unit: OrgUnit): Promise<readonly Disclosure[]> {
  const { rows } = await client.query<Omit<Disclosure, 'org'>>(
    `SELECT ${COLUMNS} FROM disclosure WHERE root = $1 AND org = $2 ORDER BY created_at, id`,
    [unit.root, unit.id],
  )
  return rows.map(row => ({ ...row, org: unit.code }))
}

/** What goes out to the public is chosen by whoever confirms records there. */
function choosing(ledger: Ledger, actor: Actor, org: string): Result<OrgUnit> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'confirm', unit.value)
  return permitted.ok ? unit : permitted
}

function checkFigure(ledger: Ledger, { indicator, period }: ShownFigure): Result<unknown> {
  const known = indicatorNamed(ledger.registry, indicator)
  return known.ok ? periodOn(period, today(ledger.clock)) : known
}

async function checkReport(ledger: Ledger, actor: Actor, org: string, { report }: ShownReport): Promise<Result<true>> {
  const found = await readReport(ledger, actor, report)
  if (!found.ok) return found
  if (found.value.org !== org)
    return fail('disclosure/other-org', {
      field: 'report',
      zh: '只能公开本单位的总结',
      en: 'A unit shows its own reports only',
    })
  if (found.value.status === 'issued') return ok(true)
  return fail('disclosure/not-issued', {
    field: 'report',
    zh: '印发以后才能公开',
    en: 'A report is shown once it is issued',
  })
}

async function append(
  ledger: Ledger,
  actor: Actor,
  client: pg.ClientBase,
  unit: OrgUnit,
  action: 'disclosure-add' | 'disclosure-remove',
  disclosure: Disclosure,
) {
  const hash = hashOf(disclosure)
  await appendTo(client, unit.root, [
    {
      action,
      actor: actor.person,
      after: action === 'disclosure-add' ? hash : null,
      at: action === 'disclosure-add' ? disclosure.createdAt : ledger.clock().toISOString(),
      before: action === 'disclosure-add' ? null : hash,
      from: actor.from,
      note: disclosureContent(disclosure),
      org: unit.code,
      root: ledger.orgs.byId(unit.root)!.code,
      subject: `disclosure:${disclosure.id}`,
      version: 1,
    },
  ])
}
