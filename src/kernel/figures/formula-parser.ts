import { ok, type Result } from '../result.ts'
import {
  BINDING,
  type Expression,
  FUNCTIONS,
  isComparator,
  isFunction,
  isGrowth,
  isOperator,
  SHIFTS,
  UNARY,
} from './formula-syntax.ts'
import { refuse, type Token, tokensOf } from './formula-tokens.ts'

const MAX_LENGTH = 4000
const MAX_DEPTH = 100
/** How many steps evaluating may take: growth(growth(…)) doubles them each time. */
const MAX_STEPS = 5000

/**
 * Reads a formula.
 * @returns the expression, or `formula/syntax`, `/unknown-function`, `/arguments`, `/condition`, `/number`,
 *   `/shifted-days`, `/too-long`, each with the place (`at`)
 */
export function parseFormula(text: string): Result<Expression> {
  const tooLong = { zh: '公式太长', en: 'the formula is too long' }
  if (text.length > MAX_LENGTH) return refuse('too-long', MAX_LENGTH, tooLong)
  const tokens = tokensOf(text)
  if (!tokens.ok) return tokens
  const parser: Parser = { tokens: tokens.value, next: 0 }
  const parsed = expression(parser, 0, 0, { condition: false, shifted: false })
  if (!parsed.ok) return parsed
  const left = parser.tokens[parser.next]!
  if (left.kind !== 'end') return unexpected(left)
  return stepsOf(parsed.value) > MAX_STEPS ? refuse('too-long', 1, tooLong) : parsed
}

function stepsOf(one: Expression): number {
  switch (one.kind) {
    case 'number':
    case 'reference':
      return 1
    case 'negative':
      return 1 + stepsOf(one.of)
    case 'binary':
      return 1 + stepsOf(one.left) + stepsOf(one.right)
    case 'call': {
      const inner = one.arguments.reduce((sum, argument) => sum + stepsOf(argument), 1)
      return isGrowth(one.name) ? 2 * inner : inner
    }
  }
}

interface Parser {
  readonly tokens: readonly Token[]
  next: number
}

/** Where an expression stands: a comparison may stand as a condition only, `days()` not under a shift. */
interface Place {
  readonly condition: boolean
  readonly shifted: boolean
}

/** Pratt's top-down operator precedence: takes operators that bind tighter than `floor`. */
function expression(parser: Parser, floor: number, depth: number, place: Place): Result<Expression> {
  const value = { ...place, condition: false }
  let left = operand(parser, depth, value)
  for (;;) {
    const token = parser.tokens[parser.next]!
    const operator = token.kind === 'sign' && isOperator(token.text) ? token.text : undefined
    if (!left.ok || operator === undefined || BINDING[operator] <= floor) break
    if (isComparator(operator) && !place.condition) return misplaced(token.at)
    parser.next++
    const right: Result<Expression> = expression(parser, BINDING[operator], depth + 1, value)
    if (!right.ok) return right
    left = ok({ kind: 'binary', at: token.at, operator, left: left.value, right: right.value })
    // A comparison is no value, so that nothing can be done with it: a < b < c.
    if (isComparator(operator)) break
  }
  if (left.ok && place.condition && !isCondition(left.value))
    return refuse('condition', left.value.at, {
      zh: 'if 的第一项应是比较，如 a > 0',
      en: 'the first argument of if is a comparison, such as a > 0',
    })
  return left
}

const isCondition = (one: Expression) => one.kind === 'binary' && isComparator(one.operator)

function operand(parser: Parser, depth: number, place: Place): Result<Expression> {
  const token = parser.tokens[parser.next++]!
  if (depth > MAX_DEPTH) return refuse('too-long', token.at, { zh: '嵌套太深', en: 'nested too deeply' })
  if (token.kind === 'number') return ok({ kind: 'number', at: token.at, value: token.value })
  if (token.kind === 'name')
    return isSign(parser, '(')
      ? call(parser, token.text, token.at, depth, place)
      : reference(parser, token.text, token.at)
  if (token.kind === 'sign' && token.text === '-') {
    const of = expression(parser, UNARY, depth + 1, place)
    return of.ok ? ok({ kind: 'negative', at: token.at, of: of.value }) : of
  }
  if (token.kind === 'sign' && token.text === '(') {
    const inner = expression(parser, 0, depth + 1, place)
    if (!inner.ok) return inner
    return closed(parser) ?? inner
  }
  parser.next--
  return unexpected(token)
}

function reference(parser: Parser, indicator: string, at: number): Result<Expression> {
  const token = parser.tokens[parser.next]!
  if (token.kind !== 'where') return ok({ kind: 'reference', at, indicator, where: {} })
  parser.next++
  return ok({ kind: 'reference', at, indicator, where: token.where })
}

function call(parser: Parser, name: string, at: number, depth: number, place: Place): Result<Expression> {
  if (!isFunction(name))
    return refuse('unknown-function', at, { zh: `没有函数“${name}”`, en: `there is no function ${name}` }, { name })
  if (name === 'days' && place.shifted)
    return refuse('shifted-days', at, {
      zh: 'days() 不能放在 previous、last-year、growth、yoy、sum-year 里面；请另设一个指标再引用',
      en: 'days() cannot stand inside previous, last-year, growth, yoy or sum-year; name the inner formula as an indicator',
    })
  parser.next++
  const given: Expression[] = []
  const shifted = place.shifted || SHIFTS[name] !== undefined
  while (!isSign(parser, ')')) {
    const condition = name === 'if' && given.length === 0
    const one = expression(parser, 0, depth + 1, { condition, shifted })
    if (!one.ok) return one
    given.push(one.value)
    if (!isSign(parser, ',')) break
    parser.next++
    if (isSign(parser, ')')) return unexpected(parser.tokens[parser.next]!)
  }
  const unclosed = closed(parser)
  if (unclosed) return unclosed
  const [least, most] = FUNCTIONS[name]
  if (given.length < least || given.length > most)
    return refuse('arguments', at, {
      zh: `函数 ${name} 应有 ${least === most ? least : `${least}—${most}`} 项，写了 ${given.length} 项`,
      en: `${name} takes ${least === most ? least : `${least} to ${most}`} arguments, not ${given.length}`,
    })
  return ok({ kind: 'call', at, name, arguments: given })
}

function isSign(parser: Parser, text: string): boolean {
  const token = parser.tokens[parser.next]!
  return token.kind === 'sign' && token.text === text
}

/** Takes a closing parenthesis, or says that it is missing. */
function closed(parser: Parser) {
  if (isSign(parser, ')')) {
    parser.next++
    return undefined
  }
  return unexpected(parser.tokens[parser.next]!)
}

const misplaced = (at: number) =>
  refuse('condition', at, {
    zh: '比较只能作 if 的第一项',
    en: 'a comparison can only be the first argument of if',
  })

function unexpected(token: Token) {
  if (token.kind === 'end') return refuse('syntax', token.at, { zh: '公式没有写完', en: 'the formula ends too early' })
  if (token.kind === 'sign' && isOperator(token.text) && isComparator(token.text)) return misplaced(token.at)
  const text = token.kind === 'number' ? String(token.value) : token.kind === 'where' ? '[' : token.text
  return refuse('syntax', token.at, { zh: `这里不应是“${text}”`, en: `${text} is not expected here` })
}
