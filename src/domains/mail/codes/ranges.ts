import { addMonths, type Day } from '../../../kernel/period/day.ts'
import { fail, ok, type Problem, type Result } from '../../../kernel/result.ts'
import { LAST_SERIAL, makeS10, type S10 } from './s10.ts'

// Numbers of a service are handed to offices in ranges, one after the other: no gap between ranges, no number twice. When
// the last number has been handed out a new round may begin, for numbers that have rested 24 months. Pure rules: state
// comes in and goes out; whoever stores it does so in one transaction.

export const REST_MONTHS = 24
export const FIRST_SERIAL = 1

/** How far the numbers of a service have been handed out. */
export interface Series {
  readonly service: string
  readonly country: string
  /** 1, and one more each time that the numbers begin anew. */
  readonly round: number
  /** The next number that no office has; one past the last when all are handed out. */
  readonly next: number
}

/** Numbers [from, until) of an office, and how far it has used them. */
export interface Range {
  readonly service: string
  readonly country: string
  readonly round: number
  readonly office: string
  readonly from: number
  readonly until: number
  /** The next number that is on no item. */
  readonly next: number
  readonly grantedOn: Day
}

/** Numbers [from, until) of an earlier round and the last day that any of them was put on an item. */
export interface Spent {
  readonly from: number
  readonly until: number
  readonly lastUsedOn: Day
}

export const openSeries = (service: string, country: string): Result<Series> => {
  const made = makeS10(service, FIRST_SERIAL, country)
  return made.ok ? ok({ service, country, round: 1, next: FIRST_SERIAL }) : made
}

export const isExhausted = (series: Series): boolean => series.next > LAST_SERIAL

/** The first day on which a number may be used again. */
export const restedOn = (lastUsedOn: Day): Day => addMonths(lastUsedOn, REST_MONTHS)

/**
 * Hands the next numbers to an office.
 * @param spent what of these numbers was used in earlier rounds
 * @returns the range and the series after it, or an error `mail/range/count`, `/exhausted`, `/too-soon`
 */
export function grant(
  series: Series,
  { office, count, on }: { office: string; count: number; on: Day },
  spent: readonly Spent[],
): Result<{ range: Range; series: Series }> {
  if (!Number.isInteger(count) || count < 1)
    return fail('mail/range/count', {
      field: 'count',
      value: count,
      zh: `领用数量应为正整数，不能是${count}`,
      en: `The quantity of numbers is a whole number of at least 1, not ${count}`,
    })
  const left = LAST_SERIAL - series.next + 1
  if (count > left)
    return fail('mail/range/exhausted', {
      field: 'count',
      value: count,
      left,
      zh: `${series.service}号段到99999999为止，只剩${left}个号，不能领${count}个`,
      en: `The numbers of ${series.service} end at 99999999; ${left} are left, not ${count}`,
    })
  const until = series.next + count
  const resting = spent
    .filter(each => each.from < until && each.until > series.next && restedOn(each.lastUsedOn) > on)
    .sort((a, b) => (a.lastUsedOn < b.lastUsedOn ? 1 : -1))[0]
  if (resting)
    return fail('mail/range/too-soon', {
      field: 'count',
      value: count,
      from: resting.from,
      until: restedOn(resting.lastUsedOn),
      zh: `${series.service}号段中有号码在${resting.lastUsedOn}用过，24个月内不得重复使用，${restedOn(resting.lastUsedOn)}起可用`,
      en: `Numbers of ${series.service} were used on ${resting.lastUsedOn}; they rest 24 months, until ${restedOn(resting.lastUsedOn)}`,
    })
  const { service, country, round, next: from } = series
  return ok({
    range: { service, country, round, office, from, until, next: from, grantedOn: on },
    series: { ...series, next: until },
  })
}

/** Begins the numbers anew, once all have been handed out; each grant then asks whether its numbers have rested. */
export function nextRound(series: Series): Result<Series> {
  if (!isExhausted(series))
    return fail('mail/range/left', {
      field: 'series',
      value: series.next,
      zh: `${series.service}号段还有${LAST_SERIAL - series.next + 1}个号未领用，不能重新起号`,
      en: `${LAST_SERIAL - series.next + 1} numbers of ${series.service} are not handed out yet`,
    })
  return ok({ ...series, round: series.round + 1, next: FIRST_SERIAL })
}

/**
 * Takes the next numbers of an office's range for items.
 * @returns the identifiers and the range after them, or an error `mail/range/count`, `/used-up`
 */
export function take(range: Range, count = 1): Result<{ codes: S10[]; range: Range }> {
  if (!Number.isInteger(count) || count < 1)
    return fail('mail/range/count', {
      field: 'count',
      value: count,
      zh: `取号数量应为正整数，不能是${count}`,
      en: `The quantity of numbers is a whole number of at least 1, not ${count}`,
    })
  const left = range.until - range.next
  if (count > left)
    return fail('mail/range/used-up', {
      field: 'count',
      value: count,
      left,
      zh: `本局${range.service}号段只剩${left}个号，请先领用新号段`,
      en: `The office has ${left} numbers of ${range.service} left; ask for a new range first`,
    })
  const codes: S10[] = []
  for (let serial = range.next; serial < range.next + count; serial++) {
    const made = makeS10(range.service, serial, range.country)
    if (!made.ok) return made
    codes.push(made.value)
  }
  return ok({ codes, range: { ...range, next: range.next + count } })
}

/** Whose number it is: a scanned label must come from a range of the office that accepts it. */
export const holderOf = (ranges: readonly Range[], serial: number, round: number): Range | undefined =>
  ranges.find(range => range.round === round && serial >= range.from && serial < range.until)

/** What is wrong with the ranges of one round of a service, if anything: a gap, a number twice, an end past the last. */
export function checkRanges(ranges: readonly Range[], series: Series): readonly Problem[] {
  const problems: Problem[] = []
  const blame = (rule: string, from: number, until: number, zh: string, en: string) =>
    problems.push({ code: `mail/range/${rule}`, field: 'range', from, until, zh, en })
  let next = FIRST_SERIAL
  for (const { from, until, office } of [...ranges].sort((a, b) => a.from - b.from || a.until - b.until)) {
    if (from > next)
      blame(
        'gap',
        next,
        from,
        `号码${next}至${from - 1}没有发给任何局`,
        `No office has the numbers ${next} to ${from - 1}`,
      )
    if (from < next)
      blame(
        'twice',
        from,
        Math.min(next, until),
        `${office}的号码${from}至${Math.min(next, until) - 1}重复发放`,
        `The numbers ${from} to ${Math.min(next, until) - 1} of ${office} were handed out twice`,
      )
    next = Math.max(next, until)
  }
  if (next !== series.next)
    blame(
      'end',
      next,
      series.next,
      `号段应发到${series.next - 1}，实际发到${next - 1}`,
      `Numbers should be handed out to ${series.next - 1} and are to ${next - 1}`,
    )
  return problems
}
