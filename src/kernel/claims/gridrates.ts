import { decimalsOf, halfStepRange, meets, over, type Range, rounded, shown, times } from './arithmetic.ts'
import { percentRange } from './changes.ts'
import type { Evidence, Found } from './evidence.ts'
import type { Grid } from './grid.ts'

const GROWTH = /增长|增幅|增减|增速|同比|±/
const AMOUNT_OF_CHANGE = /增减额|增长额|增加额|增减数/
const SHARE = /占比|比重|比例|构成|所占/
const NOW = /本年|今年|本期|本月|当年|报告期/
const BEFORE = /上年|去年|上期|同期|基期/
const TOTAL = /^(?:合计|总计|总数|全[县市区省乡镇](?:合计)?)$/

/** Wider tables are no tables of years. */
const MAX_COLUMNS = 64

/** A row's growth against its two years, and a column's shares against its total. */
export function gridRates(grids: readonly Grid[], cells: ReadonlyMap<Grid, ReadonlyMap<string, Evidence>>): Found[] {
  return grids.flatMap(grid => {
    const inside = cells.get(grid)
    return inside ? [...growths(grid, inside), ...columnShares(grid, inside)] : []
  })
}

function growths(grid: Grid, inside: ReadonlyMap<string, Evidence>): Found[] {
  const column = grid.header.findIndex(
    (title, at) => at > 0 && GROWTH.test(title) && !AMOUNT_OF_CHANGE.test(title) && /%|率|幅|速/.test(title),
  )
  const [now, before] = yearColumns(grid.header)
  if (column < 0 || now < 0 || before < 0) return []
  return grid.rows.flatMap((_, row) => {
    const [a, b, rate] = [now, before, column].map(each => inside.get(`${row}:${each}`))
    if (!a || !b || !rate || b.claim.normalized <= 0 || a.claim.base !== b.claim.base) return []
    const ratio = over(halfStepRange(a), halfStepRange(b))
    const moved: Range = { low: (ratio.low - 1) * 100, high: (ratio.high - 1) * 100 }
    const said = asPercent(rate)
    const holds = meets(moved, said)
    const value = (a.claim.normalized / b.claim.normalized - 1) * 100
    return {
      type: 'growth' as const,
      holds,
      claims: [a.index, b.index, rate.index],
      arithmetic: `(${shown(a)} - ${shown(b)}) / ${shown(b)} = ${rounded(value, decimalsOf(rate) + 1)}%${holds ? '' : ` ≠ ${shown(rate)}`}`,
      weight: 3,
    }
  })
}

/** The columns of this year and the year before: by name, or by two consecutive years. */
function yearColumns(all: readonly string[]): [number, number] {
  const header = all.slice(0, MAX_COLUMNS)
  const isPlain = (title: string) => !GROWTH.test(title) && !SHARE.test(title)
  const named = [
    header.findIndex(title => NOW.test(title) && isPlain(title)),
    header.findIndex(title => BEFORE.test(title) && isPlain(title)),
  ] as [number, number]
  if (named[0] >= 0 && named[1] >= 0) return named
  const years = header.map(title =>
    isPlain(title) ? Number(/(?:19|20)\d\d/.exec(title)?.[0] ?? Number.NaN) : Number.NaN,
  )
  const now = years.findIndex((year, at) => years.some((other, elsewhere) => elsewhere !== at && other === year - 1))
  return now < 0 ? [-1, -1] : [now, years.indexOf(years[now]! - 1)]
}

function columnShares(grid: Grid, inside: ReadonlyMap<string, Evidence>): Found[] {
  const column = grid.header.findIndex((title, at) => at > 1 && SHARE.test(title))
  const totalRow = grid.rows.findIndex(row => TOTAL.test(row.name.replace(/\s/g, '')))
  if (column < 0 || totalRow < 0) return []
  const whole = inside.get(`${totalRow}:${column - 1}`)
  if (!whole || whole.claim.normalized <= 0) return []
  return grid.rows.flatMap((_, row) => {
    const [part, rate] = [inside.get(`${row}:${column - 1}`), inside.get(`${row}:${column}`)]
    if (row === totalRow || !part || !rate || part.claim.base !== whole.claim.base) return []
    const holds = meets(times(over(halfStepRange(part), halfStepRange(whole)), 100), asPercent(rate))
    const value = (part.claim.normalized / whole.claim.normalized) * 100
    return {
      type: 'share' as const,
      holds,
      claims: [whole.index, part.index, rate.index],
      arithmetic: `${shown(part)} / ${shown(whole)} = ${rounded(value, decimalsOf(rate) + 1)}%${holds ? '' : ` ≠ ${shown(rate)}`}`,
      weight: 3,
    }
  })
}

/** A cell under 增长(%) is a percent whether or not it says so; below zero it fell. */
function asPercent(rate: Evidence): Range {
  const range = percentRange(rate)
  return rate.claim.value < 0 ? { low: -range.high, high: -range.low } : range
}
