import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber } from './reading.ts'
import { allUnits, unitOf } from './units.ts'
import { comparison, type Style, tableUnit, writeNumber } from './wording.ts'

const published: readonly (readonly [number, string, string, Style])[] = [
  [2, 'award', '2项', {}],
  [769, 'call', '769个', {}],
  [8040, 'copy', '8000余份', { form: 'about', round: 'thousands', more: '余' }],
  [20000, 'copy', '2万份(册)', { form: 'about', classifier: '份(册)' }],
  [22310, 'copy', '2.2万多份(册)', { form: 'about', classifier: '份(册)' }],
  [25310, 'copy', '25000余份', { form: 'about', round: 'thousands', more: '余' }],
  [13, 'device', '13台', {}],
  [22, 'device', '22套', { classifier: '套' }],
  [57, 'device', '57台', {}],
  [120, 'device', '120台', {}],
  [183, 'device', '183台', {}],
  [418, 'device', '418台', {}],
  [525, 'device', '525台', {}],
  [6, 'event', '6场', {}],
  [10, 'event', '10场', {}],
  [14, 'event', '14场(次)', { classifier: '场(次)' }],
  [40, 'event', '40场(次)', { classifier: '场(次)' }],
  [27000000, 'fen', '27万元', {}],
  [395000000, 'fen', '395万元', {}],
  [1328000000, 'fen', '1328万元', {}],
  [4059000000, 'fen', '4059万元', {}],
  [31, 'film', '31部', {}],
  [241, 'instrument', '241台', {}],
  [252, 'instrument', '252台', {}],
  [2517, 'instrument', '2517台', {}],
  [4, 'issue', '4期', {}],
  [12, 'issue', '12期', {}],
  [4, 'organisation', '4个', {}],
  [3, 'person', '3名', { classifier: '名' }],
  [8, 'person', '8人', {}],
  [19, 'person', '19名', { classifier: '名' }],
  [30, 'person-time', '30名', { classifier: '名' }],
  [34, 'person-time', '30余名', { form: 'about', more: '余', classifier: '名' }],
  [206, 'person-time', '200多人次', { form: 'about', round: 'hundreds' }],
  [420, 'person-time', '400多名', { form: 'about', round: 'hundreds', classifier: '名' }],
  [425, 'person-time', '425人次', {}],
  [3264, 'person-time', '3260多人次', { form: 'about' }],
  [8026, 'person-time', '8000余人次', { form: 'about', round: 'thousands', more: '余' }],
  [12046, 'person-time', '1.2万人次', { form: 'about' }],
  [16020, 'person-time', '1.6万人次', { form: 'about' }],
  [1, 'project', '1项', {}],
  [2, 'project', '2个', { classifier: '个' }],
  [2, 'project', '2项', {}],
  [3, 'project', '3个', { classifier: '个' }],
  [3, 'project', '3项', {}],
  [8, 'project', '8个', { classifier: '个' }],
  [9, 'project', '9项', {}],
  [10, 'project', '10项', {}],
  [11, 'project', '11项', {}],
  [13, 'project', '13个', { classifier: '个' }],
  [16, 'project', '16项', {}],
  [18, 'project', '18项', {}],
  [19, 'project', '19项', {}],
  [20, 'project', '20项', {}],
  [28, 'project', '28项', {}],
  [29, 'project', '29项', {}],
  [151, 'project', '151项', {}],
  [1, 'session', '1次', { classifier: '次' }],
  [6, 'session', '6场', {}],
  [55, 'session', '55次', { classifier: '次' }],
  [110, 'session', '110场(次)', { classifier: '场(次)' }],
  [23, 'technique', '23项', {}],
  [65, 'variety', '65个', {}],
]

test.each(published)('%d of %s is written as it was published: %s', (value, unit, text, style) => {
  expect(writeNumber(value, unit, style)).toBe(text)
  expect(readNumber(text, unitOf(unit))!.covers(value)).toBe(true)
})

const counts = fc.oneof(fc.nat(200), fc.nat(100_000), fc.nat({ max: 2_000_000_000 }))
const styles: fc.Arbitrary<Style> = fc.record(
  {
    form: fc.constantFrom('exact' as const, 'about' as const),
    round: fc.constantFrom('tens' as const, 'hundreds' as const, 'thousands' as const, 'wan' as const, 'yi' as const),
    more: fc.constantFrom('多' as const, '余' as const, '' as const),
    classifier: fc.constantFrom('名', '份(册)', '场(次)'),
  },
  { requiredKeys: ['form'] },
)

describe('what was written', () => {
  test('covers the count it stands for, whatever the style', () =>
    fc.assert(
      fc.property(counts, styles, (value, style) => {
        const text = writeNumber(value, 'person-time', style)
        expect(readNumber(text, unitOf('person-time'))?.covers(value), text).toBe(true)
      }),
      { numRuns: 5000 },
    ))

  test('covers the amount it stands for, in every unit', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.nat(3000), fc.maxSafeNat()),
        fc.constantFrom(...allUnits().filter(unit => ['money', 'mass', 'length', 'area'].includes(unit.measure))),
        fc.constantFrom<Style>({}, { form: 'about' }, { form: 'about', more: '余' }, { form: 'about', more: '' }),
        (value, unit, style) => {
          const text = writeNumber(value, unit.id, style)
          // 分 after a number is the score; only the unit given says that it is money.
          expect(readNumber(text, unit)?.covers(value), text).toBe(true)
        },
      ),
      { numRuns: 5000 },
    ))

  test('never claims more than there is when it says 多 or 余', () =>
    fc.assert(
      fc.property(counts, styles, (value, style) => {
        const text = writeNumber(value, 'copy', style)
        const said = readNumber(text, unitOf('copy'))!.value
        if (/[多余]/.test(text)) expect(Number(said.n) / Number(said.d)).toBeLessThan(value)
      }),
      { numRuns: 2000 },
    ))

  test('covers the percentage, also a negative one', () =>
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), value => {
        const text = writeNumber(value, 'percent')
        expect(readNumber(text, unitOf('percent'))?.covers(value), text).toBe(true)
      }),
    ))

  test('is refused by the reader when it is no number', () => {
    for (const text of ['', '若干', '三个', '1,2345人次', '-', '多'])
      expect(readNumber(text, unitOf('person'))).toBeNull()
  })
})

describe('a number', () => {
  test.each<[number | null, string, Style, string, string]>([
    [1_234_567, 'person-time', {}, '1234567人次', '1,234,567 person-times'],
    [1, 'copy', {}, '1份', '1 copy'],
    [0, 'fen', {}, '0元', '0 yuan'],
    [5, 'fen', {}, '0.05元', '0.05 yuan'],
    [1_200_000, 'fen', {}, '1.2万元', '12,000 yuan'],
    [990_000, 'fen', {}, '9900元', '9,900 yuan'],
    [12_345_678, 'fen', {}, '123456.78元', '123,456.78 yuan'],
    [1_500_000_000_000, 'fen', {}, '150亿元', '15,000,000,000 yuan'],
    [27_000_000, 'fen', { in: 'yuan' }, '270000元', '270,000 yuan'],
    [12_345_678, 'fen', { in: '万元' }, '12.35万元', '12.35 ten thousand yuan'],
    [12_345_678, 'wan-yuan', {}, '12.35万元', '123,456.78 yuan'],
    [27_005_000, 'fen', { form: 'about', in: '万元' }, '27万元', 'about 270,000 yuan'],
    [27_650_000, 'fen', { form: 'about' }, '27.6万多元', 'more than 276,000 yuan'],
    [1_328_460_000, 'fen', { form: 'about' }, '1328万多元', 'more than 13,280,000 yuan'],
    [1_500_000, 'g', {}, '1.5吨', '1.5 tonnes'],
    [2500, 'g', {}, '2.5公斤', '2.5 kg'],
    [2333, 'mu', {}, '3.5亩', '3.5 mu'],
    [2000, 'm2', { in: 'mu' }, '3亩', '3 mu'],
    [0.116, 'percent', {}, '11.6%', '11.6%'],
    [1, 'percent', {}, '100%', '100%'],
    [1 / 3, 'percent', { digits: 2 }, '33.33%', '33.33%'],
    [-0.0004, 'percent', {}, '0%', '0%'],
    [-0.05, 'percent', {}, '-5%', '-5%'],
    [1.005, 'person', {}, '1.01人', '1.01 people'],
    [90, 'minute', {}, '90分钟', '90 minutes'],
    [null, 'person', {}, '—', '—'],
    [Number.NaN, 'person', {}, '—', '—'],
    [9, 'person', { form: 'about' }, '9人', '9 people'],
    [50, 'person', { form: 'about', round: 'thousands' }, '50人', '50 people'],
    [206, 'person', { form: 'about', round: 'hundreds', more: '' }, '约200人', 'about 200 people'],
    [12_500, 'person', { form: 'about', more: '', digits: 0 }, '1万人', 'about 10,000 people'],
    [15_000, 'person', { form: 'about', more: '', digits: 0 }, '2万人', 'about 20,000 people'],
    [12_960, 'person', { form: 'about', more: '' }, '1.3万人', 'about 13,000 people'],
    [12_960, 'person', { form: 'about' }, '1.2万多人', 'more than 12,000 people'],
    [12_046, 'person', { form: 'about', more: '余' }, '1.2万余人', 'more than 12,000 people'],
    [1_234_567, 'person', { form: 'about' }, '123万多人', 'more than 1,230,000 people'],
    [234_567_890, 'person', { form: 'about' }, '2.3亿多人', 'more than 230,000,000 people'],
  ])('%s of %s in style %j is %s', (value, unit, style, zh, en) => {
    expect(writeNumber(value, unit, style)).toBe(zh)
    expect(writeNumber(value, unit, style, 'en')).toBe(en)
  })

  test('in a table has its thousands separated and its unit in the head', () => {
    expect(writeNumber(3264, 'person-time', { form: 'table' })).toBe('3,264')
    expect(writeNumber(123_456_789, 'fen', { form: 'table', digits: 2 })).toBe('1,234,567.89')
    expect(writeNumber(27_000_000, 'fen', { form: 'table', in: '万元' })).toBe('27')
    expect(writeNumber(0.116, 'percent', { form: 'table' })).toBe('11.6')
    expect(writeNumber(null, 'fen', { form: 'table' })).toBe('—')
    expect([tableUnit('fen').zh, tableUnit('fen', { in: '万元' }).zh, tableUnit('copy').zh]).toEqual([
      '元',
      '万元',
      '份',
    ])
  })
})

describe('a comparison', () => {
  const last = { zh: '与上年持平', en: 'unchanged from the year before' }

  test.each([
    [27_000_000, 11_000_000, 'fen', {}, '比上年增加16万元', '160,000 yuan more than in the year before'],
    [11_000_000, 27_000_000, 'fen', {}, '比上年减少16万元', '160,000 yuan less than in the year before'],
    [1116, 1000, 'call', { by: 'percent' as const }, '同比增长11.6%', 'up 11.6% year on year'],
    [884, 1000, 'call', { by: 'percent' as const }, '同比下降11.6%', 'down 11.6% year on year'],
    [
      1116,
      1000,
      'call',
      { by: 'both' as const, against: 'same-period' as const },
      '比上年同期增加116个，增长11.6%',
      '116 calls more than in the same period of the year before, up 11.6%',
    ],
    [
      1116,
      1000,
      'call',
      { by: 'percent' as const, against: 'previous' as const },
      '环比增长11.6%',
      'up 11.6% on the period before',
    ],
    [5, 5, 'call', {}, last.zh, last.en],
    [0, 0, 'call', { by: 'percent' as const }, last.zh, last.en],
    [100_001, 100_000, 'call', { by: 'percent' as const }, '与上年基本持平', 'about the same as the year before'],
    [5, 0, 'project', { by: 'percent' as const }, '比上年增加5项', '5 projects more than in the year before'],
    [5, -5, 'fen', { by: 'both' as const }, '比上年增加0.1元', '0.1 yuan more than in the year before'],
    [5, null, 'call', {}, '上年无可比数字', 'no comparable figure for the year before'],
    [null, 5, 'call', { by: 'percent' as const }, '上年无可比数字', 'no comparable figure for the year before'],
    [0.95, 0.927, 'percent', {}, '比上年提高2.3个百分点', '2.3 percentage points higher than in the year before'],
    [0.92, 0.93, 'percent', {}, '比上年降低1个百分点', '1 percentage point lower than in the year before'],
  ])('of %s with %s %s', (now, before, unit, options, zh, en) => {
    expect(comparison(now, before, unit, options)).toEqual({ zh, en })
  })
})
