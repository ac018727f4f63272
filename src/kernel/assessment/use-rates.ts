import type { Fraction } from '../figures/fraction.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { addMonths, type Period } from '../period/period.ts'

// How a unit uses the system, computed by the system itself (上网率、准确率、及时率): of units that use it, which entered
// anything; of what was entered, what never had to be corrected, and what was entered soon after it happened.

export const useRates = {
  online: { zh: '上网率', en: 'Units that entered' },
  accuracy: { zh: '准确率', en: 'Never corrected' },
  timely: { zh: '及时率', en: 'Entered in time' },
} as const

export type UseRate = keyof typeof useRates

/** What is entered within so many days after the day it happened on is in time. */
export const IN_TIME_DAYS = 5

export interface Rate {
  readonly part: number
  readonly whole: number
}

export type Use = Readonly<Record<UseRate, Rate>>

interface Counted {
  readonly org: number
  readonly entered: number
  readonly correct: number
  readonly inTime: number
}

// A record is corrected when it was sent back or voided, or when its fields changed without its moving to another state:
// an answered call is not a mistake. Months are those of Shanghai. What only steps may write is not counted as entered.
const USE = `
  WITH entered AS (
    SELECT r.id, r.org, r.version, r.status, r.state, r.fields, r.created_at >= $2 AS within,
           (r.created_at AT TIME ZONE 'Asia/Shanghai')::date - r.day <= $5 AS in_time
    FROM record r
    WHERE r.root = $1 AND r.created_at >= $4 AND r.created_at < $3 AND r.status <> 'draft' AND r.type = ANY($6)),
  steps AS (
    SELECT v.id, v.version, v.status, v.state, v.fields FROM record_version v
    JOIN entered e ON e.id = v.id AND e.within AND e.version > 1 WHERE v.root = $1
    UNION ALL SELECT e.id, e.version, e.status, e.state, e.fields FROM entered e WHERE e.within AND e.version > 1),
  changed AS (
    SELECT id, status IN ('returned', 'void')
      OR (lag(status) OVER w <> 'draft' AND lag(state) OVER w = state AND lag(fields) OVER w <> fields) AS corrected
    FROM steps WINDOW w AS (PARTITION BY id ORDER BY version)),
  wrong AS (SELECT DISTINCT id FROM changed WHERE corrected)
  SELECT e.org, count(*) FILTER (WHERE e.within)::int AS entered, count(*) FILTER (WHERE e.within AND w.id IS NULL)::int AS correct,
         count(*) FILTER (WHERE e.within AND e.in_time)::int AS "inTime"
  FROM entered e LEFT JOIN wrong w ON w.id = e.id GROUP BY e.org`

/** The rates of units of one tree over a period, each with what stands under it now, in one query. */
export async function usageOf(ledger: Ledger, units: readonly OrgUnit[], period: Period): Promise<Use[]> {
  if (units.length === 0) return []
  const { rows } = await ledger.store.pool.query<Counted>(USE, [
    units[0]!.root,
    midnight(period.from),
    midnight(period.until),
    midnight(addMonths(period.until, -12) < period.from ? addMonths(period.until, -12) : period.from),
    IN_TIME_DAYS,
    [...ledger.registry.types.values()].flatMap(type => (type.through ? [] : [type.id])),
  ])
  const placed = rows.map(row => ({ ...row, path: ledger.orgs.byId(row.org)!.path }))
  return units.map(({ path }) => {
    const under = placed.filter(row => row.path.startsWith(path))
    const sum = (of: (row: Counted) => number) => under.reduce((total, row) => total + of(row), 0)
    const entered = sum(row => row.entered)
    return {
      online: { part: sum(row => (row.entered > 0 ? 1 : 0)), whole: under.length },
      accuracy: { part: sum(row => row.correct), whole: entered },
      timely: { part: sum(row => row.inTime), whole: entered },
    }
  })
}

/** Midnight in Shanghai. */
const midnight = (day: string) => `${day}T00:00:00+08:00`

/** A rate as a value; null over nothing. */
export const rateValue = ({ part, whole }: Rate): Fraction | null =>
  whole === 0 ? null : { n: BigInt(part), d: BigInt(whole) }
