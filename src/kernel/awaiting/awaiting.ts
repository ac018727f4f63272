import { targetsBehind } from '../assessment/behind.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, may, permit } from '../people/actor.ts'
import { addDays, type Day, today } from '../period/period.ts'
import type { Status } from '../records/record.ts'
import { ok, type Result } from '../result.ts'
import { expectedOf } from '../returns/due.ts'
import type { Words } from '../words.ts'
import type { Awaited } from './awaited.ts'

export interface AwaitedCount {
  readonly id: string
  readonly title: Words
  readonly type: string
  readonly count: number
  /** How many of them are past their day. */
  readonly late: number
  /** What lists them: states and status for the record list. */
  readonly state?: readonly string[]
  readonly status?: readonly Status[]
  /** The screen that shows it, where that is not a list of records. */
  readonly screen?: string
}

const COUNTS: readonly Status[] = ['entered', 'confirmed']
/** Nobody reads on from a larger number; counting stops there. */
const MOST = 1000

/** What waits at an org unit and beneath for somebody with the actor's rights, in one query. What there is none of is left out. */
export async function awaiting(ledger: Ledger, actor: Actor, orgCode: string): Promise<Result<AwaitedCount[]>> {
  const org = ledger.orgs.find(orgCode)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const units = ledger.orgs.under(org.value.path).map(unit => unit.id)
  const now = ledger.clock()
  const day = today(() => now)
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()
  const asked = [
    ...ledger.registry.domains.flatMap(domain => domain.awaiting.map(one => ({ ...one, status: COUNTS }))),
    ...(may(actor, 'enter', org.value.path) ? sentBack(ledger) : []),
  ]
  const { rows } = await ledger.store.pool.query<{ at: number; count: number; late: number }>(
    `SELECT a.ord::int - 1 AS at, w.count, w.late
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) WITH ORDINALITY
       AS a(type, states, due, before, until, status, now, ord)
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count, count(*) FILTER (WHERE f.due COLLATE "C" < a.now)::int AS late FROM (
         SELECT r.fields ->> a.due AS due FROM record r
         WHERE r.root = $1 AND r.org = ANY($2) AND r.type = a.type AND r.status = ANY(string_to_array(a.status, ' '))
           AND (a.states IS NULL OR r.state = ANY(string_to_array(a.states, ' ')))
           AND (a.due IS NULL OR (r.fields ->> a.due) COLLATE "C" <= a.before)
           AND (a.until IS NULL OR NOT r.fields ? a.until)
         LIMIT ${MOST}) f) w
     WHERE w.count > 0`,
    [
      org.value.root,
      units,
      asked.map(one => one.type.id),
      asked.map(one => one.state?.join(' ') ?? null),
      asked.map(one => one.due?.field ?? null),
      asked.map(one => one.due && (isInstant(one) ? later(one.due.days) : addDays(day, one.due.days))),
      asked.map(one => one.until ?? null),
      asked.map(one => one.status.join(' ')),
      asked.map(one => (isInstant(one) ? now.toISOString() : day)),
    ],
  )
  const worked = await workedOut(ledger, actor, org.value, day)
  if (!worked.ok) return worked
  return ok([
    ...rows.map(({ at, count, late }) => {
      const { id, title, type, state, status } = asked[at]!
      return { id, title, type: type.id, count, late, ...(state ? { state } : {}), status }
    }),
    ...worked.value.filter(one => one.count > 0),
  ])
}

/** What waits without being a record: returns that are not there yet, targets that lag behind. */
async function workedOut(ledger: Ledger, actor: Actor, org: OrgUnit, now: Day): Promise<Result<AwaitedCount[]>> {
  const [expected, behind] = await Promise.all([
    expectedOf(ledger, ledger.orgs.under(org.path)),
    targetsBehind(ledger, actor, org.code, now),
  ])
  if (!expected.ok) return expected
  if (!behind.ok) return behind
  const missing = expected.value.filter(({ state }) => state === 'soon' || state === 'late')
  return ok([
    {
      id: 'returns.due',
      title: { zh: '待上报', en: 'Returns to be made' },
      type: 'returns.return',
      count: missing.length,
      late: missing.filter(({ state }) => state === 'late').length,
      screen: 'returns',
    },
    {
      id: 'targets.behind',
      title: { zh: '落后于进度的目标', en: 'Targets behind' },
      type: '',
      count: behind.value.length,
      late: 0,
      screen: 'assessment',
    },
  ])
}

/** Due at an instant, not on a day. */
const isInstant = ({ type, due }: Pick<Awaited, 'type' | 'due'>) =>
  due !== undefined && type.fields[due.field]?.kind === 'instant'

/** Of every type: what was sent back for correction, and drafts that were never submitted. */
const sentBack = (ledger: Ledger) =>
  [...ledger.registry.types.values()].map(type => ({
    id: `${type.id}.returned`,
    title: { zh: `${type.title.zh}：退回待改、草稿`, en: `${type.title.en}: sent back or still a draft` },
    type,
    status: ['returned', 'draft'] as const satisfies readonly Status[],
    state: undefined,
    due: undefined,
    until: undefined,
  }))
