import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readClaims } from './read.ts'

/** Every class of character that a report holds, and some that it should not. */
const CLASSES = [
  '1',
  '9.',
  '1,',
  '1,234',
  '１，２３４',
  '一',
  '十',
  '百千万亿',
  '万',
  '三百二十',
  '数十',
  '余多',
  '约',
  '近',
  '个',
  '项',
  '1个',
  '5个,',
  '其中3个、',
  '其中',
  '增长',
  '增长5%,',
  '占50%',
  '%',
  '‰',
  '百分之',
  '分之',
  '三分之一',
  '第',
  '第3位',
  '_',
  '_-',
  '__ ',
  '×',
  'x.',
  '·',
  '·亿元',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '、',
  ',',
  '。',
  ';',
  ':',
  '1:',
  '(',
  ')',
  '(1',
  '〔',
  '“',
  '”',
  '《',
  '》',
  '#',
  '# ',
  '- ',
  '|',
  '|1',
  '|1|2|\n',
  'a',
  'a1',
  'a-',
  '年',
  '2024年',
  '2024-',
  '1-5月',
  '月日',
  '的',
  '等',
  '工',
  '计划',
  '计划建设',
  '2024年计划新建12个',
  '县',
  '局',
  '\u0000',
  '\ud83d',
  '😀',
  '每户',
  '平均',
  '率',
  '合格率98%,',
]

const fragments = fc.array(
  fc.oneof(
    fc.constantFrom(...CLASSES),
    fc.constantFrom(
      '检测样品',
      '培训',
      '比去年增加',
      '万元',
      '人次',
      '1.2万',
      '三五',
      '3至5',
      '50%',
      '-3.2',
      '共计',
      '分别为',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.nat({ max: 99999 }).map(String),
  ),
  { maxLength: 40 },
)

describe('whatever the text', () => {
  test('offsets slice to the quote, in order, and indices point at claims', () =>
    fc.assert(
      fc.property(fragments, parts => {
        const text = parts.join('')
        const { claims, identities, blanks, text: given } = readClaims(text)
        expect(given).toBe(text)
        let last = 0
        for (const claim of claims) {
          expect(text.slice(claim.start, claim.end)).toBe(claim.quote)
          expect(claim.start).toBeGreaterThanOrEqual(last)
          expect(claim.end).toBeGreaterThan(claim.start)
          expect(Number.isFinite(claim.value) && Number.isFinite(claim.normalized)).toBe(true)
          if (claim.covers.from !== null && claim.covers.to !== null)
            expect(claim.covers.from).toBeLessThanOrEqual(claim.covers.to)
          last = claim.end
        }
        for (const blank of blanks) expect(text.slice(blank.start, blank.end)).toBe(blank.quote)
        for (const { claims: members } of identities) for (const index of members) expect(claims[index]).toBeDefined()
      }),
      { numRuns: 400 },
    ))

  test('a text is read the same way twice', () =>
    fc.assert(
      fc.property(fragments, parts => {
        const text = parts.join('')
        expect(readClaims(text)).toEqual(readClaims(text))
      }),
      { numRuns: 60 },
    ))

  test('no claim overlaps a blank', () =>
    fc.assert(
      fc.property(fragments, parts => {
        const { claims, blanks } = readClaims(parts.join(''))
        for (const blank of blanks)
          for (const claim of claims) expect(claim.start < blank.end && blank.start < claim.end).toBe(false)
      }),
      { numRuns: 200 },
    ))

  // A quadratic reader would need hours for these; the test's own time limit is the judge.
  test.each(CLASSES.map(each => [JSON.stringify(each), each]))('a long run of %s is read to its end', (_, run) => {
    const text = run.repeat(Math.ceil(20_000 / run.length))
    expect(readClaims(text).text).toBe(text)
    expect(readClaims(`共有12个,其中${text}`).text.length).toBe(text.length + 8)
    expect(readClaims(`${text}\n${text}`).text.length).toBe(text.length * 2 + 1)
  })
})

test('a reading is plain JSON in the shape that is published', () => {
  const { claims } = readClaims('2023年,县科技局举办培训班110场(次),培训农民1.2万人次。')
  expect(JSON.parse(JSON.stringify(claims[1]))).toEqual({
    start: 27,
    end: 33,
    quote: '1.2万人次',
    value: 1.2,
    upper: null,
    unit: '万人次',
    normalized: 12000,
    normalizedUpper: null,
    base: '人次',
    covers: { from: 11500, to: 12499 },
    qualifier: null,
    noun: '农民',
    kind: 'count',
    period: '2023',
    threshold: false,
    target: false,
    prior: false,
    cumulative: false,
    actor: '县科技局',
    polarity: 'level',
    section: [],
    confidence: 0.98,
  })
})
