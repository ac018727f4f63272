import { type Failure, fail, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'

export type Token =
  | { readonly kind: 'number'; readonly at: number; readonly value: number }
  | { readonly kind: 'name'; readonly at: number; readonly text: string }
  | { readonly kind: 'where'; readonly at: number; readonly where: Readonly<Record<string, string>> }
  | { readonly kind: 'sign'; readonly at: number; readonly text: string }
  | { readonly kind: 'end'; readonly at: number }

/** A refusal that says where; `at` counts characters from 1. */
export const refuse = (code: string, at: number, words: Words, details: Record<string, unknown> = {}): Failure =>
  fail(`formula/${code}`, {
    field: 'formula',
    at,
    ...details,
    zh: `公式第 ${at} 个字符处：${words.zh}`,
    en: `Formula, character ${at}: ${words.en}`,
  })

const SPACE = /\s+/y
const NUMBER = /(?:\d+(?:\.\d+)?)(?:[eE][+-]?\d+)?(%?)/y
// A hyphen with no space around it belongs to the name: people-served; `a - b` is a subtraction.
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:[-.][A-Za-z0-9_]+)*/y
const SIGN = /<=|>=|==|!=|[-+*/(),<>=×÷（），]/y
const DIMENSION = /\s*([A-Za-z_][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,\]"=[]+))\s*([,\]])/y

const SAME: Readonly<Record<string, string>> = { '×': '*', '÷': '/', '（': '(', '）': ')', '，': ',', '==': '=' }

/** Cuts a formula into tokens; `formula/syntax`, `formula/number`. */
export function tokensOf(text: string): Result<readonly Token[]> {
  const tokens: Token[] = []
  let position = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match) position = pattern.lastIndex
    return match
  }
  for (;;) {
    take(SPACE)
    const at = position + 1
    if (position === text.length) {
      tokens.push({ kind: 'end', at })
      return ok(tokens)
    }
    const number = take(NUMBER)
    if (number) {
      // Divided as a decimal: 11.6% is 0.116, not 11.6/100.
      const value = number[1] ? percentOf(number[0].slice(0, -1)) : Number(number[0])
      if (!Number.isFinite(value)) return refuse('number', at, { zh: '数太大', en: 'the number is too large' })
      tokens.push({ kind: 'number', at, value })
      continue
    }
    const name = take(NAME)
    if (name) {
      tokens.push({ kind: 'name', at, text: name[0] })
      continue
    }
    if (text[position] === '[') {
      position++
      const where = narrowing(take, () => position + 1)
      if (!where.ok) return where
      tokens.push({ kind: 'where', at, where: where.value })
      continue
    }
    const sign = take(SIGN)
    if (!sign) {
      const character = String.fromCodePoint(text.codePointAt(position)!)
      return refuse('syntax', at, { zh: `看不懂“${character}”`, en: `cannot read ${JSON.stringify(character)}` })
    }
    tokens.push({ kind: 'sign', at, text: SAME[sign[0]] ?? sign[0] })
  }
}

function percentOf(digits: string): number {
  const [mantissa, exponent = '0'] = digits.split(/[eE]/)
  return Number(`${mantissa}e${Number(exponent) - 2}`)
}

function narrowing(
  take: (pattern: RegExp) => RegExpExecArray | null,
  place: () => number,
): Result<Readonly<Record<string, string>>> {
  const where = new Map<string, string>()
  for (;;) {
    const at = place()
    const match = take(DIMENSION)
    if (!match)
      return refuse('syntax', at, {
        zh: '方括号里应写“维度=值”，多个用逗号隔开',
        en: 'the brackets hold dimension=value, several with commas between',
      })
    const [, name, quoted, bare, end] = match
    if (where.has(name!))
      return refuse('syntax', at, { zh: `维度“${name}”写了两次`, en: `dimension ${name} is written twice` })
    where.set(name!, quoted === undefined ? bare! : quoted.replace(/\\(.)/gs, '$1'))
    if (end === ']') return ok(Object.fromEntries(where))
  }
}
