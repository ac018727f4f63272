// What an envoy is paid for days of service: a rate a day by grade, no more days than agreed for a month.

export interface Rate {
  readonly grade: string
  readonly since: string
  /** In fen. */
  readonly daily: number
  readonly mostDays: number
}

export interface Service {
  readonly servedOn: string
  readonly days: number
}

export interface Month {
  readonly month: string
  readonly served: number
  readonly paid: number
  /** In fen. */
  readonly amount: number
}

/** The rate of a grade on a day: the newest that had begun. */
export const rateOn = (rates: readonly Rate[], grade: string, day: string): Rate | undefined =>
  rates
    .filter(rate => rate.grade === grade && rate.since <= day)
    .reduce<Rate | undefined>((newest, rate) => (newest && newest.since > rate.since ? newest : rate), undefined)

/**
 * The subsidy of an envoy, month by month, by the rate on the first day of each. Without a rate nothing is paid. Pure.
 */
export function subsidy(grade: string, services: readonly Service[], rates: readonly Rate[]): Month[] {
  const served = new Map<string, number>()
  for (const { servedOn, days } of services) {
    const month = servedOn.slice(0, 7)
    served.set(month, (served.get(month) ?? 0) + days)
  }
  return [...served].sort().map(([month, days]) => {
    const rate = rateOn(rates, grade, `${month}-01`)
    const paid = Math.min(days, rate?.mostDays ?? 0)
    return { month, served: days, paid, amount: paid * (rate?.daily ?? 0) }
  })
}
