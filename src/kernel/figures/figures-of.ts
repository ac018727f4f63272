import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { parsePeriod } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import { evaluate, leafKey, leaves } from './expression.ts'
import { amountValue, leafQuestion, questionOf } from './figure.ts'
import { formulaOf } from './formulas.ts'
import { type Additive, DISTINCT, type Latest } from './indicator.ts'
import { latestByUnit } from './latest.ts'
import type { Question } from './question.ts'
import { unitsByUnit } from './standing.ts'
import { NOTHING } from './tally.ts'
import { amountsOfMany, type ManyCell } from './tally-many.ts'

/** One column of what is asked: an indicator, narrowed. */
export interface FigureColumn {
  readonly indicator: string
  readonly where?: Readonly<Record<string, string>>
}

/**
 * Figures of many units of one tree on many indicators for one period, each with what stands under it: one query for all
 * that the tallies hold, whatever the number of units. The same values as `figures` gives one by one.
 * @returns by unit in the order asked, then by column
 */
export async function figuresOf(
  ledger: Ledger,
  actor: Actor,
  orgs: readonly string[],
  columns: readonly FigureColumn[],
  period: string,
): Promise<Result<(number | null)[][]>> {
  const units: OrgUnit[] = []
  for (const code of orgs) {
    const unit = ledger.orgs.find(code)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    if (units[0] && unit.value.root !== units[0].root)
      return fail('org/other-root', {
        field: 'org',
        zh: '只能一起查询同一棵单位树的单位',
        en: 'Only units of one tree can be asked together',
      })
    units.push(unit.value)
  }
  const parsed = parsePeriod(period)
  if (!parsed.ok) return parsed
  if (units.length === 0) return ok([])
  const questions: Question[] = []
  for (const column of columns) {
    const question = questionOf(ledger, actor, { ...column, org: orgs[0]!, period })
    if (!question.ok) return question
    questions.push(question.value)
  }
  return ok(await valuesOfUnits(ledger, units, questions))
}

/** @param questions asked of each unit; the unit they name stands for all */
async function valuesOfUnits(
  ledger: Ledger,
  units: readonly OrgUnit[],
  questions: readonly Question[],
): Promise<(number | null)[][]> {
  const plain = new Map<string, Question>()
  for (const question of questions) collect(ledger, question, plain)
  const values = await plainValues(ledger, units, plain)
  return units.map(({ id }) => {
    const known = new Map<string, number | null>()
    const worth = (question: Question): number | null => {
      if (question.indicator.kind !== 'formula') return values.get(keyOf(question))!(id)
      const key = keyOf(question)
      const before = known.get(key)
      if (before !== undefined) return before
      const expression = formulaOf(ledger.registry, question.id)
      const parts = leaves(expression).map(
        leaf => [leafKey(leaf), worth(leafQuestion(ledger, question, leaf))] as const,
      )
      const value = evaluate(expression, new Map(parts), { days: question.period.days })
      known.set(key, value)
      return value
    }
    return questions.map(worth)
  })
}

const keyOf = ({ id, period, where }: Question) =>
  `${id} ${period.from} ${period.until} ${JSON.stringify(Object.entries(where).sort())}`

/** The plain questions that a question comes down to. */
function collect(ledger: Ledger, question: Question, plain: Map<string, Question>): void {
  if (question.indicator.kind !== 'formula') {
    plain.set(keyOf(question), question)
    return
  }
  for (const leaf of leaves(formulaOf(ledger.registry, question.id)))
    collect(ledger, leafQuestion(ledger, question, leaf), plain)
}

type OfUnit = (id: number) => number | null

async function plainValues(
  ledger: Ledger,
  units: readonly OrgUnit[],
  plain: ReadonlyMap<string, Question>,
): Promise<Map<string, OfUnit>> {
  const values = new Map<string, OfUnit>()
  const tallied = [...plain].filter(([, { indicator }]) => indicator.kind !== 'latest' && indicator.kind !== 'units')
  const newest = [...plain].filter(([, { indicator }]) => indicator.kind === 'latest')
  for (const [key, question] of plain)
    if (question.indicator.kind === 'units') {
      const found = unitsByUnit(ledger, units, question, question.indicator)
      values.set(key, id => found.get(id) ?? 0)
    }
  const [sums] = await Promise.all([
    amountsOfMany(
      ledger.store,
      units[0]!.root,
      units.map(unit => unit.id),
      tallied.map(([, question]) => cellOf(question)),
    ),
    ...newest.map(async ([key, question]) => {
      const found = await latestByUnit(ledger, units, question, question.indicator as Latest)
      values.set(key, id => found.get(id) ?? null)
    }),
  ])
  tallied.forEach(([key, question], i) => {
    values.set(key, id => amountValue(question.indicator as Additive, sums[i]!.get(id) ?? NOTHING))
  })
  return values
}

const cellOf = ({ id, indicator, period, where }: Question): ManyCell => ({
  indicator: id,
  from: indicator.kind === 'stock' ? null : period.from,
  until: period.until,
  where,
  ...(indicator.kind === 'distinct' ? { apart: DISTINCT } : {}),
})
