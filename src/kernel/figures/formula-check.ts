import { failAll, ok, type Problem, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import { type Expression, references } from './expression.ts'
import { isComparator, type Reference } from './formula-syntax.ts'
import { type Measure, unitOf } from './units.ts'

export interface CheckedFormula {
  readonly expression: Expression
  /** What the formula is declared to give. */
  readonly unit: string
}

/** What a formula may know of an indicator. */
export interface Referenced {
  readonly unit: string
  readonly dimensions: readonly string[]
}

/**
 * Checks all formulas together, once, at start.
 * @param lookup any indicator that may be named, formulas included
 * @returns every problem: `formula/unknown-indicator`, `/unknown-dimension`, `/unit-mismatch`, `/cycle` (naming it)
 */
export function checkFormulas(
  formulas: ReadonlyMap<string, CheckedFormula>,
  lookup: (id: string) => Referenced | undefined,
): Result<void> {
  const problems: Problem[] = []
  for (const [id, { expression, unit }] of formulas) {
    const report: Report = (code, at, words, details = {}) =>
      problems.push({
        code: `formula/${code}`,
        indicator: id,
        at,
        ...details,
        zh: `指标 ${id} 的公式第 ${at} 个字符处：${words.zh}`,
        en: `Formula of ${id}, character ${at}: ${words.en}`,
      })
    const kind = kindOf(expression, lookup, report)
    if (kind !== null && kind !== ANY && !isSame(kind, declaredKind(unit)))
      report('unit-mismatch', 1, {
        zh: `算出来的是“${nameOf(kind).zh}”，声明的单位却是“${unitOf(unit).zh || unit}”`,
        en: `it gives ${nameOf(kind).en}, but is declared in ${unit}`,
      })
  }
  problems.push(...cycles(formulas))
  return problems.length === 0 ? ok(undefined) : failAll(problems)
}

type Report = (code: string, at: number, words: Words, details?: Record<string, unknown>) => void

/** Exponents of measures: fen per person is {money: 1}, for counts and ratios have none. */
type Kind = Readonly<Partial<Record<Measure, number>>>
/** A number written in the formula goes with whatever it is added to or compared with. */
const ANY = 'any'
const PLAIN: Kind = {}

const declaredKind = (unit: string): Kind => {
  const { measure } = unitOf(unit)
  return measure === 'count' || measure === 'ratio' || measure === 'score' ? PLAIN : { [measure]: 1 }
}

/** Null when a part is unknown, which was reported. */
function kindOf(
  one: Expression,
  lookup: (id: string) => Referenced | undefined,
  report: Report,
): Kind | typeof ANY | null {
  const of = (part: Expression) => kindOf(part, lookup, report)
  switch (one.kind) {
    case 'number':
      return ANY
    case 'reference':
      return referenceKind(one, lookup(one.indicator), report)
    case 'negative':
      return of(one.of)
    case 'binary': {
      const left = of(one.left)
      const right = of(one.right)
      if (left === null || right === null) return null
      if (one.operator === '*') return product(left, right, 1)
      if (one.operator === '/') return product(left, right, -1)
      const common = agreed([left, right], one.at, report)
      return isComparator(one.operator) && common !== null ? PLAIN : common
    }
    case 'call': {
      const kinds = one.arguments.map(of)
      if (kinds.includes(null)) return null
      const known = kinds.filter(kind => kind !== null)
      switch (one.name) {
        case 'days':
        case 'growth':
        case 'yoy':
          return PLAIN
        case 'min':
        case 'max':
          return agreed(known, one.at, report)
        case 'if':
          return agreed(known.slice(1), one.at, report)
        case 'round':
        case 'previous':
        case 'last-year':
        case 'sum-year':
          return known[0]!
      }
    }
  }
}

function referenceKind(one: Reference, found: Referenced | undefined, report: Report): Kind | null {
  if (!found) {
    report(
      'unknown-indicator',
      one.at,
      {
        zh: `没有指标“${one.indicator}”（减号两边要有空格）`,
        en: `there is no indicator ${one.indicator} (a minus sign has spaces around it)`,
      },
      { name: one.indicator },
    )
    return null
  }
  for (const name of Object.keys(one.where)) {
    if (found.dimensions.includes(name)) continue
    report(
      'unknown-dimension',
      one.at,
      {
        zh: `指标 ${one.indicator} 没有维度“${name}”（有：${found.dimensions.join('、') || '无'}）`,
        en: `${one.indicator} has no dimension ${name} (it has: ${found.dimensions.join(', ') || 'none'})`,
      },
      { name },
    )
  }
  return declaredKind(found.unit)
}

function product(left: Kind | typeof ANY, right: Kind | typeof ANY, sign: 1 | -1): Kind | typeof ANY {
  if (left === ANY && right === ANY) return ANY
  const exponents: Partial<Record<Measure, number>> = left === ANY ? {} : { ...left }
  for (const [measure, exponent] of Object.entries(right === ANY ? {} : right) as [Measure, number][])
    exponents[measure] = (exponents[measure] ?? 0) + sign * exponent
  return exponents
}

const measuresOf = (kind: Kind) =>
  (Object.entries(kind) as [Measure, number][]).filter(([, exponent]) => exponent !== 0)

const isSame = (a: Kind, b: Kind) =>
  measuresOf(a).length === measuresOf(b).length && measuresOf(a).every(([measure, exponent]) => b[measure] === exponent)

function agreed(kinds: readonly (Kind | typeof ANY)[], at: number, report: Report): Kind | typeof ANY | null {
  const known = kinds.filter(kind => kind !== ANY)
  const [first] = known
  if (first === undefined) return ANY
  const other = known.find(kind => !isSame(kind, first))
  if (other === undefined) return first
  report('unit-mismatch', at, {
    zh: `“${nameOf(first).zh}”与“${nameOf(other).zh}”不能放在一起`,
    en: `${nameOf(first).en} and ${nameOf(other).en} do not go together`,
  })
  return null
}

const NAMES: Readonly<Record<Measure, string>> = {
  count: '数量',
  ratio: '比率',
  score: '分数',
  money: '金额',
  mass: '重量',
  length: '长度',
  area: '面积',
  duration: '时长',
  temperature: '温度',
}

function nameOf(kind: Kind): Words {
  const measures = measuresOf(kind)
  if (measures.length === 0) return { zh: NAMES.count, en: 'a count' }
  const power = (exponent: number) => (exponent === 1 ? '' : `^${exponent}`)
  return {
    zh: measures.map(([measure, exponent]) => NAMES[measure] + power(exponent)).join('·'),
    en: measures.map(([measure, exponent]) => measure + power(exponent)).join('·'),
  }
}

/** Each circle of formulas once, as the names along it. */
function cycles(formulas: ReadonlyMap<string, CheckedFormula>): Problem[] {
  const problems: Problem[] = []
  const done = new Set<string>()
  const visit = (id: string, path: readonly string[]): void => {
    const formula = formulas.get(id)
    if (!formula || done.has(id)) return
    const start = path.indexOf(id)
    if (start >= 0) {
      const circle = [...path.slice(start), id]
      problems.push({
        code: 'formula/cycle',
        indicator: id,
        cycle: circle,
        zh: `公式循环引用：${circle.join(' → ')}`,
        en: `The formulas go round in a circle: ${circle.join(' → ')}`,
      })
      return
    }
    for (const next of references(formula.expression)) visit(next, [...path, id])
    done.add(id)
  }
  for (const id of formulas.keys()) visit(id, [])
  return problems
}
