import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day, day } from '../../../kernel/period/day.ts'
import { must } from '../../../kernel/result.ts'
import {
  checkRanges,
  grant,
  holderOf,
  isExhausted,
  nextRound,
  openSeries,
  type Range,
  restedOn,
  type Series,
  type Spent,
  take,
} from './ranges.ts'
import { LAST_SERIAL, parseS10 } from './s10.ts'

const on: Day = must(day('2024-05-06'))
const fresh = must(openSeries('RR', 'CN'))
const why = (result: { ok: true } | { ok: false; problems: readonly { code: string }[] }) =>
  result.ok ? undefined : result.problems[0]!.code

describe('number ranges', () => {
  test('are handed out without gap and without a number twice, whatever is asked', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ office: fc.constantFrom('A', 'B', 'C'), count: fc.integer({ min: 1, max: 40_000_000 }) }),
          { maxLength: 20 },
        ),
        asked => {
          let series: Series = fresh
          const ranges: Range[] = []
          for (const { office, count } of asked) {
            const result = grant(series, { office, count, on }, [])
            if (result.ok) {
              ranges.push(result.value.range)
              series = result.value.series
            } else expect(count).toBeGreaterThan(LAST_SERIAL - series.next + 1)
          }
          expect(checkRanges(ranges, series)).toEqual([])
          const handed = ranges.reduce((sum, { from, until }) => sum + until - from, 0)
          expect(handed).toBe(series.next - 1)
          for (const range of ranges) {
            for (const serial of [range.from, range.until - 1]) {
              expect(ranges.filter(each => each.from <= serial && serial < each.until)).toEqual([range])
              expect(holderOf(ranges, serial, 1)).toEqual(range)
            }
          }
          expect(holderOf(ranges, series.next, 1)).toBeUndefined()
        },
      ),
    ))

  test('end at 99999999: the number after it is refused, and how many are left is said', () => {
    const near = { ...fresh, next: LAST_SERIAL - 1 }
    const refused = grant(near, { office: 'A', count: 3, on }, [])
    if (refused.ok) throw new Error('granted')
    expect(refused.problems[0]).toMatchObject({ code: 'mail/range/exhausted', left: 2 })
    const last = must(grant(near, { office: 'A', count: 2, on }, []))
    const { codes, range } = must(take(last.range, 2))
    expect(codes.map(code => must(parseS10(code)).serial)).toEqual([99_999_998, 99_999_999])
    expect(why(take(range))).toBe('mail/range/used-up')
    expect(isExhausted(last.series)).toBe(true)
    expect(why(grant(last.series, { office: 'A', count: 1, on }, []))).toBe('mail/range/exhausted')
  })

  test('give each number of an office once, in order, however it takes them', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }), takes => {
        let { range } = must(grant({ ...fresh, next: 501 }, { office: 'A', count: 100, on }, []))
        const serials: number[] = []
        for (const count of takes) {
          const taken = take(range, count)
          if (!taken.ok) {
            expect(taken.problems[0]).toMatchObject({ code: 'mail/range/used-up', left: 600 - serials.length - 500 })
            continue
          }
          range = taken.value.range
          serials.push(...taken.value.codes.map(code => must(parseS10(code)).serial))
        }
        expect(serials).toEqual(Array.from({ length: serials.length }, (_, index) => 501 + index))
      }),
    ))

  test('begin anew only when all are handed out, and a number rests 24 months', () => {
    expect(why(nextRound(fresh))).toBe('mail/range/left')
    const second = must(nextRound({ ...fresh, next: LAST_SERIAL + 1 }))
    expect(second).toMatchObject({ round: 2, next: 1 })
    const spent: Spent[] = [{ from: 1, until: 501, lastUsedOn: on }]
    const ask = { office: 'A', count: 100 }
    expect(restedOn(on)).toBe('2026-05-06')
    expect(why(grant(second, { ...ask, on: must(day('2026-05-05')) }, spent))).toBe('mail/range/too-soon')
    expect(why(grant(second, { ...ask, on: must(day('2026-05-06')) }, spent))).toBeUndefined()
    expect(why(grant({ ...second, next: 501 }, { ...ask, on: addDays(on, 1) }, spent))).toBeUndefined()
    expect(why(grant({ ...second, next: 500 }, { ...ask, on: addDays(on, 1) }, spent))).toBe('mail/range/too-soon')
    expect(restedOn(must(day('2024-02-29')))).toBe('2026-02-28')
  })

  test('a gap, a double use and a lost end in stored ranges are found', () => {
    const range = (office: string, from: number, until: number): Range => ({
      ...{ service: 'RR', country: 'CN', round: 1, office, from, until, next: from, grantedOn: on },
    })
    const codes = (ranges: Range[], next: number) =>
      checkRanges(ranges, { ...fresh, next }).map(each => [each.code, each.from, each.until])
    expect(codes([range('A', 1, 11), range('B', 11, 21)], 21)).toEqual([])
    expect(codes([range('A', 1, 11), range('B', 12, 21)], 21)).toEqual([['mail/range/gap', 11, 12]])
    expect(codes([range('A', 1, 11), range('B', 9, 21)], 21)).toEqual([['mail/range/twice', 9, 11]])
    expect(codes([range('A', 1, 11)], 21)).toEqual([['mail/range/end', 11, 21]])
  })

  test('refuse a quantity that is none', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(why(grant(fresh, { office: 'A', count, on }, []))).toBe('mail/range/count')
      expect(why(take(must(grant(fresh, { office: 'A', count: 1, on }, [])).range, count))).toBe('mail/range/count')
    }
    expect(why(openSeries('XX', 'CN'))).toBe('mail/s10/service')
  })
})
