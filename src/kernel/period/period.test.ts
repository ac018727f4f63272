import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { fromSerial, serialOf, weekStart, weeksIn } from './day.ts'
import {
  addDays,
  addMonths,
  type Day,
  day,
  daysBetween,
  isoWeek,
  lastYear,
  months,
  nextYear,
  parsePeriod,
  periodOf,
  periodWords,
  previous,
  sinceYearStart,
  today,
} from './period.ts'

const d = (text: string) => must(day(text))
const p = (text: string) => must(parsePeriod(text))
const span = ({ from, until }: { from: Day; until: Day }) => `${from} ${until}`
const code = (result: { ok: boolean; problems?: readonly { code: string }[] }) => result.problems?.[0]?.code

const FIRST = serialOf(d('1900-01-01'))
const LAST = serialOf(d('2200-12-31'))
const days = fc.integer({ min: FIRST, max: LAST }).map(fromSerial)
const periods = fc.tuple(days, fc.integer({ min: 1, max: 1200 })).map(([from, n]) => periodOf(from, addDays(from, n)))
const named = fc.constantFrom('2024', '2023-H1', '2024-H2', '2024-Q1', '2025-Q4', '2024-02', '2023-02', '2024-02-29')

describe('days', () => {
  test('count as the calendar of JavaScript does', () =>
    fc.assert(
      fc.property(days, value => {
        expect(serialOf(value)).toBe(Date.parse(`${value}T00:00:00Z`) / 86_400_000)
        expect(fromSerial(serialOf(value))).toBe(value)
      }),
      { numRuns: 2000 },
    ))

  test.each([
    ['2024-02-30', 'day/none'],
    ['2023-02-29', 'day/none'],
    ['1900-02-29', 'day/none'],
    ['2024-13-01', 'day/none'],
    ['2024-00-10', 'day/none'],
    ['2024-04-31', 'day/none'],
    ['2024-4-3', 'day/format'],
    ['20240403', 'day/format'],
    ['2024-04-03T00:00', 'day/format'],
    ['1899-12-31', 'day/year'],
    ['2201-01-01', 'day/year'],
  ])('%s is refused as %s, in both languages, naming what was written', (text, expected) => {
    const result = day(text)
    expect(code(result)).toBe(expected)
    if (!result.ok) for (const language of ['zh', 'en'] as const) expect(result.problems[0]![language]).toContain(text)
  })

  test('months added stay within the month', () => {
    expect(addMonths(d('2024-01-31'), 1)).toBe('2024-02-29')
    expect(addMonths(d('2023-01-31'), 1)).toBe('2023-02-28')
    expect(addMonths(d('2024-02-29'), -12)).toBe('2023-02-28')
    expect(addMonths(d('2024-03-15'), -3)).toBe('2023-12-15')
  })

  test('weeks are those of ISO 8601', () => {
    expect(isoWeek(d('2024-12-30'))).toEqual({ year: 2025, week: 1 })
    expect(isoWeek(d('2021-01-03'))).toEqual({ year: 2020, week: 53 })
    expect(isoWeek(d('2024-05-18'))).toEqual({ year: 2024, week: 20 })
    expect(weeksIn(2020)).toBe(53)
    expect(weeksIn(2024)).toBe(52)
    fc.assert(
      fc.property(days, value => {
        const { year, week } = isoWeek(value)
        const offset = daysBetween(weekStart(year, week), value)
        expect(offset >= 0 && offset < 7).toBe(true)
        expect(new Date(`${weekStart(year, week)}T00:00:00Z`).getUTCDay()).toBe(1)
      }),
    )
  })

  test('today is the day in Shanghai', () => {
    expect(today(() => new Date('2024-12-31T15:59:59Z'))).toBe('2024-12-31')
    expect(today(() => new Date('2024-12-31T16:00:00Z'))).toBe('2025-01-01')
    expect(today(() => new Date('2024-12-31T16:00:00Z'), 'UTC')).toBe('2024-12-31')
  })
})

describe('a period', () => {
  test.each([
    ['2024', '2024-01-01 2025-01-01'],
    ['2024-H1', '2024-01-01 2024-07-01'],
    ['2024-H2', '2024-07-01 2025-01-01'],
    ['2024-Q3', '2024-07-01 2024-10-01'],
    ['2024-02', '2024-02-01 2024-03-01'],
    ['2024-12', '2024-12-01 2025-01-01'],
    ['2024-05-18', '2024-05-18 2024-05-19'],
    ['2024-W20', '2024-05-13 2024-05-20'],
    ['2020-W53', '2020-12-28 2021-01-04'],
    ['2024-01..2024-05', '2024-01-01 2024-06-01'],
    ['2024-01-15..2024-Q2', '2024-01-15 2024-07-01'],
    ['2022..2024', '2022-01-01 2025-01-01'],
    ['2200', '2200-01-01 2201-01-01'],
    [' 2024 ', '2024-01-01 2025-01-01'],
  ])('%s covers %s', (text, expected) => expect(span(p(text))).toBe(expected))

  test.each([
    ['2024-13', 'period/month'],
    ['2024-00', 'period/month'],
    ['2024-H3', 'period/half'],
    ['2024-Q0', 'period/quarter'],
    ['2024-W53', 'period/week'],
    ['2024-W00', 'period/week'],
    ['2024-02-30', 'period/day'],
    ['1899', 'period/year'],
    ['2201', 'period/year'],
    ['2024-05..2024-04', 'period/order'],
    ['2024..2023', 'period/order'],
    ['2024..', 'period/format'],
    ['..2024', 'period/format'],
    ['2024..2025..2026', 'period/format'],
    ['', 'period/format'],
    ['24', 'period/format'],
    ['2024-5', 'period/format'],
    ['2024年', 'period/format'],
    ["2024'; DROP TABLE record", 'period/format'],
  ])('%s is refused as %s', (text, expected) => expect(code(parsePeriod(text))).toBe(expected))

  test('is read back from its own text', () =>
    fc.assert(
      fc.property(
        periods.filter(one => one.until <= '2200-12-31' && one.from >= '1900-01-08'),
        period => {
          expect(p(period.text)).toEqual(period)
        },
      ),
      { numRuns: 1000 },
    ))

  test.each([
    ['2024', '2023', '2023'],
    ['2024-H1', '2023-H2', '2023-H1'],
    ['2024-Q1', '2023-Q4', '2023-Q1'],
    ['2024-05', '2024-04', '2023-05'],
    ['2024-03-01', '2024-02-29', '2023-03-01'],
    ['2024-02-29', '2024-02-28', '2023-02-28'],
    ['2025-02-28', '2025-02-27', '2024-02-28'],
    ['2024-02', '2024-01', '2023-02'],
    ['2025-02', '2025-01', '2024-02'],
    ['2024-W20', '2024-W19', '2023-W20'],
    ['2020-W53', '2020-W52', '2019-W52'],
    ['2024-01..2024-05', '2023-08..2023-12', '2023-01..2023-05'],
    ['2022..2024', '2019..2021', '2021..2023'],
    ['2024-05-10..2024-05-19', '2024-04-30..2024-05-09', '2023-05-10..2023-05-19'],
    ['2025-01-15..2025-02-28', '2024-12-01..2025-01-14', '2024-01-15..2024-02'],
  ])('%s comes after %s and a year after %s', (text, before, yearBefore) => {
    expect(previous(p(text)).text).toBe(before)
    expect(span(lastYear(p(text)))).toBe(span(p(yearBefore)))
    if (!/02-29|W53|02-28/.test(text)) expect(nextYear(lastYear(p(text)))).toEqual(p(text))
  })

  test('and the one before it touch, and no comparison is empty', () =>
    fc.assert(
      fc.property(fc.oneof(periods, named.map(p)), period => {
        expect(previous(period).until).toBe(period.from)
        for (const one of [previous(period), lastYear(period), sinceYearStart(period)]) {
          expect(one.from < one.until).toBe(true)
          expect(one.days).toBe(daysBetween(one.from, one.until))
        }
        expect(Math.abs(lastYear(period).days - period.days)).toBeLessThanOrEqual(2)
      }),
      { numRuns: 1000 },
    ))

  test('falls into its months without gap', () => {
    expect(months(p('2024-H1')).map(one => one.text)).toEqual([
      '2024-01',
      '2024-02',
      '2024-03',
      '2024-04',
      '2024-05',
      '2024-06',
    ])
    expect(months(p('2024-01-30..2024-02')).map(one => one.text)).toEqual(['2024-01-30..2024-01-31', '2024-02'])
    fc.assert(
      fc.property(periods, period => {
        const parts = months(period)
        expect(parts.reduce((sum, part) => sum + part.days, 0)).toBe(period.days)
        expect([parts[0]!.from, parts.at(-1)!.until]).toEqual([period.from, period.until])
        parts.slice(1).forEach((part, i) => void expect(part.from).toBe(parts[i]!.until))
      }),
    )
  })

  test('since the start of the year', () => {
    expect(sinceYearStart(p('2024-Q3')).text).toBe('2024-01..2024-09')
    expect(sinceYearStart(p('2024-05-18')).text).toBe('2024-01-01..2024-05-18')
    expect(sinceYearStart(p('2024')).text).toBe('2024')
  })

  test.each([
    ['2024', '2024年', '2024'],
    ['2024-H1', '2024年上半年', 'the first half of 2024'],
    ['2024-H2', '2024年下半年', 'the second half of 2024'],
    ['2024-Q3', '2024年第三季度', 'the third quarter of 2024'],
    ['2024-05', '2024年5月', 'May 2024'],
    ['2024-01..2024-05', '2024年1—5月', 'January–May 2024'],
    ['2024-01..2024-06', '2024年上半年', 'the first half of 2024'],
    ['2023-11..2024-02', '2023年11月—2024年2月', 'November 2023 – February 2024'],
    ['2022..2024', '2022—2024年', '2022–2024'],
    ['2024-05-18', '2024年5月18日', '18 May 2024'],
    ['2024-W20', '2024年第20周', 'week 20 of 2024'],
    ['2024-05-03..2024-06-09', '2024年5月3日—6月9日', '3 May 2024 – 9 June 2024'],
    ['2023-12-20..2024-01-05', '2023年12月20日—2024年1月5日', '20 December 2023 – 5 January 2024'],
  ])('%s is called %s', (text, zh, en) => expect(periodWords(p(text))).toEqual({ zh, en }))
})
