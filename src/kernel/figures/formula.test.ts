import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must, type Result } from '../result.ts'
import { evaluate, leafKey, leaves, parseFormula, printFormula, references } from './expression.ts'
import { type CheckedFormula, checkFormulas } from './formula-check.ts'

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))

describe('a formula is refused by name and place', () => {
  test.each([
    ['', 'formula/syntax', 1],
    ['   ', 'formula/syntax', 4],
    ['a +', 'formula/syntax', 4],
    ['a b', 'formula/syntax', 3],
    ['(a', 'formula/syntax', 3],
    ['a)', 'formula/syntax', 2],
    ['a[topic]', 'formula/syntax', 3],
    ['a[topic=x', 'formula/syntax', 3],
    ['a[topic=x, topic=y]', 'formula/syntax', 11],
    ['a[]', 'formula/syntax', 3],
    ['min(a,)', 'formula/syntax', 7],
    ['a # b', 'formula/syntax', 3],
    ['a; DROP TABLE tally', 'formula/syntax', 2],
    ['1e999', 'formula/number', 1],
    ['sin(a)', 'formula/unknown-function', 1],
    ['constructor(a)', 'formula/unknown-function', 1],
    ['growth()', 'formula/arguments', 1],
    ['round(a, 1, 2)', 'formula/arguments', 1],
    ['days(a)', 'formula/arguments', 1],
    ['if(a, 1, 2)', 'formula/condition', 4],
    ['a > b', 'formula/condition', 3],
    ['if(a > b > c, 1, 2)', 'formula/condition', 10],
    ['1 + (a = b)', 'formula/condition', 8],
    ['previous(a / days())', 'formula/shifted-days', 14],
    [`${'('.repeat(200)}a${')'.repeat(200)}`, 'formula/too-long', 102],
    [`${'a + '.repeat(2000)}a`, 'formula/too-long', 4000],
    [`${'growth('.repeat(14)}a${')'.repeat(14)}`, 'formula/too-long', 1],
  ])('%.40s', (text, code, at) => {
    const refused = parseFormula(text)
    expect(refused).toMatchObject({ ok: false, problems: [{ code, at, field: 'formula' }] })
    expect(refused.ok ? '' : refused.problems[0]!.zh).toMatch(/第 \d+ 个字符/)
  })
})

const values = new Map(
  Object.entries({
    a: 6,
    b: 4,
    zero: 0,
    'a@previous': 5,
    'a@last-year': 8,
    'a@previous@previous': 2,
    'a@year-to-date': 30,
  })
    .map(([key, value]): [string, number | null] => [key, value])
    .concat([
      ['a[topic=rice]', 2],
      ['a[state="水 稻"]', 3],
      ['gone', null],
    ]),
)
const worth = (text: string) => evaluate(must(parseFormula(text)), values, { days: 30 })

describe('a formula gives', () => {
  test.each<[string, number | null]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 - 4 - 2', 1],
    ['8 / 4 / 2', 1],
    ['-a + 10', 4],
    ['2 × （a － b）'.replace('－', '-'), 4],
    ['a ÷ b', 1.5],
    ['11.6%', 0.116],
    ['a[topic=rice] / a', 1 / 3],
    ['a[state="水 稻"]', 3],
    ['growth(a)', 0.2],
    ['yoy(a)', -0.25],
    ['previous(previous(a))', 2],
    ['sum-year(a) / days()', 1],
    ['min(a, b, 9)', 4],
    ['max(a, b, 9)', 9],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['round(1.005, 2)', 1.01],
    ['round(1250, -2)', 1300],
    ['if(a >= 6, b, zero)', 4],
    ['if(a != 6, b, zero)', 0],
    // What cannot be told is null, never NaN or infinity.
    ['a / zero', null],
    ['growth(zero)', null],
    ['gone + a', null],
    ['nowhere', null],
    ['max(a, gone)', null],
    ['if(gone > 0, 1, 2)', null],
    ['if(a > 0, b, gone)', 4],
    ['1e308 * 10', null],
    ['round(a, 99)', null],
  ])('%s = %s', (text, expected) => {
    const value = worth(text)
    if (expected === null) expect(value).toBeNull()
    else expect(value).toBeCloseTo(expected, 12)
  })

  test('the figures it needs, each once', () => {
    const expression = must(parseFormula('growth(a) + a * a[topic=rice] + previous(yoy(b))'))
    expect(leaves(expression).map(leafKey)).toEqual([
      'a',
      'a@previous',
      'a[topic=rice]',
      'b@previous',
      'b@previous@last-year',
    ])
    expect(references(expression)).toEqual(['a', 'b'])
  })
})

test('a formula printed is read back as the same', () => {
  const { expression } = fc.letrec<{ expression: string; condition: string }>(tie => ({
    expression: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('a', 'b.c-d', 'x[topic=rice]', 'x[state="水,稻", topic="a\\"b"]', '3', '0.5', '12%', 'days()'),
      fc
        .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
        .map(([a, o, b]) => `${a} ${o} ${b}`),
      tie('expression').map(one => `(${one})`),
      tie('expression').map(one => `-${one}`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `max(${a}, ${b})`),
      fc.tuple(tie('condition'), tie('expression'), tie('expression')).map(([c, a, b]) => `if(${c}, ${a}, ${b})`),
    ),
    condition: fc
      .tuple(tie('expression'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('expression'))
      .map(([a, o, b]) => `${a} ${o} ${b}`),
  }))
  fc.assert(
    fc.property(expression, text => {
      const parsed = parseFormula(text)
      if (!parsed.ok) return
      const again = must(parseFormula(printFormula(parsed.value)))
      expect(printFormula(again)).toBe(printFormula(parsed.value))
      const known = new Map(leaves(parsed.value).map((leaf, i) => [leafKey(leaf), i + 1]))
      expect(evaluate(again, known, { days: 7 })).toEqual(evaluate(parsed.value, known, { days: 7 }))
    }),
    { numRuns: 500 },
  )
})

test('no text breaks the parser', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
      const parsed = parseFormula(text)
      if (!parsed.ok) expect(parsed.problems[0]!.code).toMatch(/^formula\//)
    }),
    { numRuns: 1000 },
  )
})

describe('all formulas together', () => {
  const known: Readonly<Record<string, { unit: string; dimensions: readonly string[] }>> = {
    calls: { unit: 'call', dimensions: ['topic'] },
    people: { unit: 'person', dimensions: [] },
    funds: { unit: 'fen', dimensions: [] },
    weight: { unit: 'g', dimensions: [] },
  }
  const check = (formulas: Readonly<Record<string, readonly [string, string]>>) => {
    const checked = new Map<string, CheckedFormula>(
      Object.entries(formulas).map(([id, [text, unit]]) => [id, { expression: must(parseFormula(text)), unit }]),
    )
    return checkFormulas(checked, id => {
      const formula = checked.get(id)
      return Object.hasOwn(known, id) ? known[id] : formula && { unit: formula.unit, dimensions: [] }
    })
  }

  test.each<[string, Readonly<Record<string, readonly [string, string]>>, string[]]>([
    ['an unknown indicator', { x: ['nothing / calls', '%'] }, ['formula/unknown-indicator']],
    ['an unknown dimension', { x: ['calls[colour=red]', 'call'] }, ['formula/unknown-dimension']],
    ['money added to weight', { x: ['funds + weight', 'fen'] }, ['formula/unit-mismatch']],
    ['money compared with a count', { x: ['if(funds > calls, 1, 0)', 'call'] }, ['formula/unit-mismatch']],
    ['money declared as a count', { x: ['funds', 'call'] }, ['formula/unit-mismatch']],
    ['a ratio declared as money', { x: ['calls / people', 'fen'] }, ['formula/unit-mismatch']],
    ['itself', { x: ['x + 1', 'call'] }, ['formula/cycle']],
    ['a circle', { x: ['y', 'call'], y: ['z', 'call'], z: ['x', 'call'] }, ['formula/cycle']],
    ['two faults', { x: ['nothing + gone', 'call'] }, ['formula/unknown-indicator', 'formula/unknown-indicator']],
    ['money by the head', { x: ['funds / people', 'fen'] }, []],
    ['money over money', { x: ['funds / (funds + 1)', '%'] }, []],
    ['one of another', { x: ['y / calls', '%'], y: ['calls[topic=rice] + 1', 'call'] }, []],
  ])('%s', (_, formulas, expected) => {
    expect(codes(check(formulas))).toEqual(expected)
  })

  test('a circle is named whole', () => {
    expect(check({ x: ['y', 'call'], y: ['z', 'call'], z: ['y', 'call'] })).toMatchObject({
      problems: [{ cycle: ['y', 'z', 'y'], zh: '公式循环引用：y → z → y' }],
    })
  })
})
