import {
  BINDING,
  type Comparator,
  type Expression,
  isComparator,
  isGrowth,
  type Leaf,
  type Operator,
  SHIFTS,
  type Shift,
  UNARY,
} from './formula-syntax.ts'
import { fromNumber, fromText, toFixed, toNumber } from './fraction.ts'

export { parseFormula } from './formula-parser.ts'
export type { Expression, Leaf, Shift } from './formula-syntax.ts'

/** Every figure that a formula needs, each once, so that one query can fetch them. */
export function leaves(expression: Expression): Leaf[] {
  const found = new Map<string, Leaf>()
  collect(expression, [], leaf => found.set(leafKey(leaf), leaf))
  return [...found.values()]
}

/** Names a leaf: `hotline.calls["state"="answered"]@previous`. */
export function leafKey({ indicator, where, shifts }: Leaf): string {
  return [indicator + narrowing(where), ...shifts].join('@')
}

/** The indicators that a formula names. */
export const references = (expression: Expression): string[] => [
  ...new Set(leaves(expression).map(leaf => leaf.indicator)),
]

function collect(one: Expression, shifts: readonly Shift[], found: (leaf: Leaf) => void): void {
  switch (one.kind) {
    case 'number':
      break
    case 'reference':
      found({ indicator: one.indicator, where: one.where, shifts })
      break
    case 'negative':
      collect(one.of, shifts, found)
      break
    case 'binary':
      collect(one.left, shifts, found)
      collect(one.right, shifts, found)
      break
    case 'call': {
      const shift = SHIFTS[one.name]
      for (const argument of one.arguments) {
        if (shift === undefined || isGrowth(one.name)) collect(argument, shifts, found)
        if (shift !== undefined) collect(argument, [...shifts, shift], found)
      }
    }
  }
}

/** What a formula sees beside the figures it names. */
export interface Surroundings {
  /** Days of the asked period. */
  readonly days: number
}

/**
 * The value of a formula.
 * @param values by `leafKey`, in base units; absent and null both mean that there is no such figure
 * @returns null where something is missing, something is divided by zero, or a number outgrows a double
 */
export function evaluate(
  expression: Expression,
  values: ReadonlyMap<string, number | null>,
  surroundings: Surroundings,
): number | null {
  return worthOf(expression, { values, surroundings, shifts: [] })
}

interface Evaluation {
  readonly values: ReadonlyMap<string, number | null>
  readonly surroundings: Surroundings
  readonly shifts: readonly Shift[]
}

function worthOf(one: Expression, within: Evaluation): number | null {
  switch (one.kind) {
    case 'number':
      return one.value
    case 'reference':
      return finite(within.values.get(leafKey({ ...one, shifts: within.shifts })) ?? null)
    case 'negative':
      return map(worthOf(one.of, within), value => 0 - value)
    case 'binary': {
      const { operator } = one
      if (isComparator(operator)) throw new Error(`${operator} is a condition, not a value`)
      return both(one.left, one.right, within, (a, b) => combined(operator, a, b))
    }
    case 'call':
      return called(one, within)
  }
}

const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null)

const map = (value: number | null, change: (value: number) => number | null) =>
  value === null ? null : finite(change(value))

function both(
  left: Expression,
  right: Expression,
  within: Evaluation,
  combine: (a: number, b: number) => number | null,
): number | null {
  const b = worthOf(right, within)
  return map(worthOf(left, within), a => (b === null ? null : combine(a, b)))
}

function combined(operator: Exclude<Operator, Comparator>, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return b === 0 ? null : a / b
  }
}

function holds(operator: Comparator, a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '=':
      return a === b
    case '!=':
      return a !== b
  }
}

function called({ name, arguments: given }: Extract<Expression, { kind: 'call' }>, within: Evaluation): number | null {
  const [first, second, third] = given
  switch (name) {
    case 'days':
      return within.surroundings.days
    case 'previous':
    case 'last-year':
    case 'sum-year':
      return worthOf(first!, shifted(within, SHIFTS[name]!))
    case 'growth':
    case 'yoy': {
      const base = worthOf(first!, shifted(within, SHIFTS[name]!))
      return map(worthOf(first!, within), now => (base === null || base === 0 ? null : (now - base) / base))
    }
    case 'min':
    case 'max': {
      const values = given.map(argument => worthOf(argument, within))
      return values.reduce((a, b) => (a === null || b === null ? null : Math[name](a, b)))
    }
    case 'round':
      return second === undefined
        ? map(worthOf(first!, within), value => rounded(value, 0))
        : both(first!, second, within, rounded)
    case 'if': {
      const holding = condition(first!, within)
      return holding === null ? null : worthOf(holding ? second! : third!, within)
    }
  }
}

const shifted = (within: Evaluation, shift: Shift): Evaluation => ({ ...within, shifts: [...within.shifts, shift] })

function condition(one: Expression, within: Evaluation): boolean | null {
  if (one.kind !== 'binary' || !isComparator(one.operator)) throw new Error('if takes a comparison')
  const a = worthOf(one.left, within)
  const b = worthOf(one.right, within)
  return a === null || b === null ? null : holds(one.operator, a, b)
}

const MAX_DIGITS = 15

/** Half goes away from zero, as in the reports; digits may be negative (hundreds: -2). */
function rounded(value: number, digits: number): number | null {
  if (!Number.isInteger(digits) || Math.abs(digits) > MAX_DIGITS) return null
  if (digits >= 0) return Number(toFixed(fromNumber(value), digits))
  const scale = 10n ** BigInt(-digits)
  const { n, d } = fromNumber(value)
  return toNumber(fromText(toFixed({ n, d: d * scale }, 0))) * Number(scale)
}

/** A formula in its plainest spelling; `parseFormula` reads it back as the same expression. */
export const printFormula = (expression: Expression): string => printed(expression, 0)

function printed(one: Expression, floor: number): string {
  switch (one.kind) {
    case 'number':
      return String(one.value)
    case 'reference':
      return one.indicator + narrowing(one.where)
    case 'negative':
      return `-${printed(one.of, UNARY)}`
    case 'binary': {
      const binding = BINDING[one.operator]
      const text = `${printed(one.left, binding - 1)} ${one.operator} ${printed(one.right, binding)}`
      return binding <= floor ? `(${text})` : text
    }
    case 'call':
      return `${one.name}(${one.arguments.map(argument => printed(argument, 0)).join(', ')})`
  }
}

const BARE = /^[A-Za-z0-9_\-\u3400-\u9fff]+$/

function narrowing(where: Readonly<Record<string, string>>): string {
  const parts = Object.entries(where)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${BARE.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`)
  return parts.length === 0 ? '' : `[${parts.join(', ')}]`
}
