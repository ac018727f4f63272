/** Years over which a kind of device is written off; ten for machines not named. */
const YEARS: Readonly<Record<string, number>> = {
  computer: 6,
  server: 6,
  terminal: 6,
  printer: 6,
  pos: 6,
  network: 6,
  atm: 8,
  vehicle: 8,
  generator: 12,
}

/**
 * Months over which a kind is written off.
 * Source: the least lives of 政府会计准则第3号应用指南 (computers and office equipment 6 years, vehicles 8, machinery 10, power 12)
 */
export const usefulMonths = (kind: string): number => (YEARS[kind] ?? 10) * 12

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** Months written off by a day: from the month a thing goes into use on, that month counted. */
export const monthsInUse = (since: string, on: string): number => Math.max(0, monthOf(on) - monthOf(since) + 1)

/**
 * Straight-line depreciation to a day, exact in fen over the whole life: each month takes what keeps the sum nearest to
 * its share, so that the last leaves nothing over and no month differs from another by more than a fen. No residual value
 * (政府会计准则第3号, article 16).
 * @param cost fen
 * @param months over which it is written off, at least 1
 */
export function accumulated(cost: number, months: number, since: string, on: string): number {
  if (on < since) return 0
  const passed = Math.min(months, monthsInUse(since, on))
  return Number((BigInt(cost) * BigInt(passed)) / BigInt(months))
}
