import { matches } from '../figures/contribution.ts'
import type { Ledger } from '../ledger.ts'
import { isOpenOn, type OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { dayOf } from '../period/day.ts'
import {
  addDays,
  addMonths,
  type Day,
  type Period,
  parsePeriod,
  periodOf,
  periodWords,
  today,
} from '../period/period.ts'
import { type Fields, type RecordType, upgrade } from '../records/type.ts'
import { ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import type { Gap } from './gap.ts'

/** What is missing: of which unit, and what. */
export interface Missing {
  /** Code of the unit it is missing at. */
  readonly org: string
  /** 2024年3月; 第5期; empty where the unit itself says all. */
  readonly what: Words
}

export interface FoundGap {
  readonly id: string
  readonly title: Words
  readonly type: string
  readonly missing: readonly Missing[]
  /** How many there are in all; `missing` holds the first hundred. */
  readonly count: number
}

const MOST = 100

/** What is missing at a unit and beneath in a period up to today. What nothing is missing of is left out. */
export async function gaps(
  ledger: Ledger,
  actor: Actor,
  orgCode: string,
  periodText: string,
): Promise<Result<readonly FoundGap[]>> {
  const org = ledger.orgs.find(orgCode)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const period = parsePeriod(periodText)
  if (!period.ok) return period
  const declared = ledger.registry.domains.flatMap(domain => domain.gaps)
  const read = await kept(ledger, org.value, declared)
  const found = declared.map((gap): FoundGap => {
    const rows = read.get(gap.type) ?? []
    const missing = missingOf(ledger, org.value, gap, rows, period.value.from, period.value.until)
    const { id, zh, en, type } = gap
    return { id, title: { zh, en }, type, missing: missing.slice(0, MOST), count: missing.length }
  })
  return ok(found.filter(one => one.count > 0))
}

interface Row {
  readonly org: number
  readonly day: string
  readonly fields: Fields
}

/** The counting records of the types that gaps look at, in one query; of registers, which are short. */
async function kept(
  ledger: Ledger,
  org: OrgUnit,
  declared: readonly Gap[],
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const types = [...new Set(declared.map(gap => gap.type))]
  if (types.length === 0) return new Map()
  const { rows } = await ledger.store.pool.query<Row & { type: string; typeVersion: number; state: string }>(
    `SELECT r.type, r.type_version AS "typeVersion", r.org, r.day, r.state, r.fields FROM record r
     WHERE r.root = $1 AND r.type = ANY($2) AND r.org = ANY($3) AND r.status IN ('entered', 'confirmed')`,
    [org.root, types, ledger.orgs.under(org.path).map(unit => unit.id)],
  )
  const byType = new Map<string, Row[]>(types.map(type => [type, []]))
  for (const { type: id, typeVersion, state, ...row } of rows) {
    const type = ledger.registry.types.get(id) as RecordType
    byType.get(id)!.push({ ...row, fields: { ...upgrade(type, typeVersion, row.fields), state } })
  }
  return byType
}

function missingOf(
  ledger: Ledger,
  org: OrgUnit,
  gap: Gap,
  all: readonly Row[],
  from: Day,
  until: Day,
): readonly Missing[] {
  const rows = gap.where ? all.filter(row => matches(gap.where!, row.fields)) : all
  const now = today(ledger.clock)
  // What is not over yet is not missing yet.
  const end = until < now ? until : now
  if ('every' in gap) {
    const steps = stepsOf(from, end, gap.every === 'month' ? 1 : 3)
    const units = gap.kinds ? ofKinds(ledger, org, gap.kinds, now) : [org]
    return units.flatMap(unit =>
      steps
        .filter(
          step => !rows.some(row => isUnder(ledger, row.org, unit) && step.from <= row.day && row.day < step.until),
        )
        .map(step => ({ org: unit.code, what: periodWords(step) })),
    )
  }
  if ('numbered' in gap) {
    const inPeriod = rows.filter(row => from <= row.day && row.day < until)
    const groups = new Map<string, Row[]>()
    // Units that number each for itself say so by their key.
    const apart = ledger.registry.types.get(gap.type)!.key?.includes('org') ?? false
    for (const row of inPeriod) {
      const key = JSON.stringify([apart && row.org, ...(gap.by ?? []).map(name => row.fields[name] ?? '')])
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
    return [...groups.values()].flatMap(group => {
      const numbers = new Set(group.map(row => Number(row.fields[gap.numbered])))
      const highest = Math.max(0, ...numbers)
      const label = labelOf(ledger.registry.types.get(gap.type)!, gap.by ?? [], group[0]!)
      return Array.from({ length: highest }, (_, i) => i + 1)
        .filter(number => !numbers.has(number))
        .map(number => ({
          org: ledger.orgs.byId(group[0]!.org)!.code,
          what: { zh: `${label.zh}第${number}号`, en: `${label.en} no. ${number}`.trim() },
        }))
    })
  }
  const at = end < until ? now : addDays(until, -1)
  const standing = rows.filter(row => {
    const since = gap.since ? row.fields[gap.since] : undefined
    const ended = gap.until ? row.fields[gap.until] : undefined
    return !(typeof since === 'string' && since > at) && !(typeof ended === 'string' && ended <= at)
  })
  const having = new Set(
    standing.map(row => (gap.unit ? String(row.fields[gap.unit] ?? '') : ledger.orgs.byId(row.org)!.code)),
  )
  return ofKinds(ledger, org, gap.kinds, at)
    .filter(unit => !having.has(unit.code))
    .map(unit => ({ org: unit.code, what: { zh: '', en: '' } }))
}

/** Whole months or quarters of [from, end) that are over. */
function stepsOf(from: Day, end: Day, length: 1 | 3): Period[] {
  const steps: Period[] = []
  const month = Number(from.slice(5, 7))
  let start = dayOf(Number(from.slice(0, 4)), month - ((month - 1) % length), 1)
  for (let next = addMonths(start, length); next <= end; start = next, next = addMonths(next, length))
    steps.push(periodOf(start, next))
  return steps
}

const ofKinds = (ledger: Ledger, org: OrgUnit, kinds: readonly string[], on: string): readonly OrgUnit[] =>
  ledger.orgs.under(org.path).filter(unit => kinds.includes(unit.kind) && isOpenOn(unit, on))

const isUnder = (ledger: Ledger, id: number, unit: OrgUnit) => ledger.orgs.byId(id)!.path.startsWith(unit.path)

function labelOf(type: RecordType, by: readonly string[], row: Row): Words {
  const parts = by.map((name): Words => {
    const value = String(row.fields[name] ?? '')
    return type.fields[name]?.choices?.[value] ?? { zh: value, en: value }
  })
  return { zh: parts.map(part => part.zh).join(' '), en: parts.map(part => part.en).join(' ') }
}
