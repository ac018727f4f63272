/**
 * The language of formula indicators:
 *
 *     hotline.calls[state=answered] / hotline.calls          narrowing by dimensions, + - * / and parentheses
 *     growth(projects.funds-won)                             against the period before; yoy(…) against last year
 *     if(mail.sent > 0, mail.late / mail.sent, 0)            comparisons stand in the first place of `if`
 *     round(sum-year(training.people) / 12, 1)               from the first of January to the end of the period
 *
 * What cannot be told (a missing figure, a division by zero) is null, never NaN.
 */
export type Expression =
  | { readonly kind: 'number'; readonly at: number; readonly value: number }
  | Reference
  | { readonly kind: 'negative'; readonly at: number; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly at: number
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'call'
      readonly at: number
      readonly name: FunctionName
      readonly arguments: readonly Expression[]
    }

export interface Reference {
  readonly kind: 'reference'
  readonly at: number
  readonly indicator: string
  readonly where: Readonly<Record<string, string>>
}

export type Operator = '+' | '-' | '*' | '/' | Comparator
export type Comparator = '<' | '<=' | '>' | '>=' | '=' | '!='

/** A figure that a formula needs: of which indicator, narrowed how, the asked period moved how (outermost first). */
export interface Leaf {
  readonly indicator: string
  readonly where: Readonly<Record<string, string>>
  readonly shifts: readonly Shift[]
}

export type Shift = 'previous' | 'last-year' | 'year-to-date'

/** Each function's least and most arguments. */
export const FUNCTIONS = {
  previous: [1, 1],
  'last-year': [1, 1],
  'sum-year': [1, 1],
  growth: [1, 1],
  yoy: [1, 1],
  min: [1, 20],
  max: [1, 20],
  round: [1, 2],
  days: [0, 0],
  if: [3, 3],
} as const

export type FunctionName = keyof typeof FUNCTIONS

/** Functions that look at their argument in another period; growth and yoy look at it in this one as well. */
export const SHIFTS: Readonly<Partial<Record<FunctionName, Shift>>> = {
  previous: 'previous',
  'last-year': 'last-year',
  'sum-year': 'year-to-date',
  growth: 'previous',
  yoy: 'last-year',
}
export const isGrowth = (name: FunctionName) => name === 'growth' || name === 'yoy'

export const BINDING: Readonly<Record<Operator, number>> = {
  '<': 1,
  '<=': 1,
  '>': 1,
  '>=': 1,
  '=': 1,
  '!=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
}
/** A sign before a value binds tighter than any operator. */
export const UNARY = 4
export const isOperator = (text: string): text is Operator => text in BINDING
export const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)
export const isComparator = (operator: Operator): operator is Comparator => BINDING[operator] === 1
