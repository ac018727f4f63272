import type { Fields } from '../../kernel/records/type.ts'

interface Forecast {
  readonly year: number
  readonly load: number
}

interface Measured {
  readonly on: string
  readonly load: number
}

const rowsOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : [])

/**
 * The first day on which more was measured than the plan has for that year, or than the host can do; null while it keeps
 * within. A year without a forecast is planned as the last one before it.
 */
export function firstOverload({ forecast, measured, capacity }: Fields): string | null {
  const plan = [...rowsOf<Forecast>(forecast)].sort((a, b) => a.year - b.year)
  const most = (day: string) => {
    const planned = plan.filter(({ year }) => year <= Number(day.slice(0, 4))).at(-1)?.load ?? Number.POSITIVE_INFINITY
    return Math.min(planned, Number(capacity))
  }
  const passed = rowsOf<Measured>(measured).filter(({ on, load }) => load > most(on))
  return passed.map(({ on }) => on).sort()[0] ?? null
}
