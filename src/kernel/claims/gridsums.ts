import { shown } from './arithmetic.ts'
import type { Evidence, Found } from './evidence.ts'
import type { Grid } from './grid.ts'
import { gridRates } from './gridrates.ts'
import { addsUp, sum } from './sums.ts'

const TOTAL = /^(?:合计|总计|小计|共计|全县|全市|全区|全省|全乡|全镇|总数|总和|全县合计|全市合计|合 计|总 计)$/
const NOT_ADDITIVE = /率|比|平均|人均|排名|位次|序号|年份|单价|得分|%|‰|增幅|增速|同比|编号/

/** What tables state: totals of rows and columns, growth of rows, shares of columns. */
export function gridIdentities(evidence: readonly Evidence[], grids: readonly Grid[]): Found[] {
  const cells = new Map<Grid, Map<string, Evidence>>()
  for (const each of evidence) {
    if (!each.place) continue
    const { grid, row, column } = each.place
    const inside = cells.get(grid) ?? new Map<string, Evidence>()
    inside.set(`${row}:${column}`, each)
    cells.set(grid, inside)
  }
  const totals = grids.flatMap(grid => {
    const inside = cells.get(grid)
    return inside ? [...columnTotals(grid, inside), ...rowTotals(grid, inside)] : []
  })
  return [...totals, ...gridRates(grids, cells)]
}

function columnTotals(grid: Grid, inside: ReadonlyMap<string, Evidence>): Found[] {
  const found: Found[] = []
  const totalRow = grid.rows.findIndex(row => TOTAL.test(row.name.replace(/\s/g, '')))
  if (totalRow < 0 || grid.rows.length < 3) return found
  const isLast = totalRow === grid.rows.length - 1
  if (!isLast && totalRow !== 0) return found
  for (let column = 1; column < grid.rows[0]!.cells.length; column++) {
    if (NOT_ADDITIVE.test(grid.header[column] ?? '')) continue
    const total = inside.get(`${totalRow}:${column}`)
    const parts = grid.rows.flatMap((_, row) => (row === totalRow ? [] : (inside.get(`${row}:${column}`) ?? [])))
    if (total && parts.length >= 2 && isAdditive(total, parts)) found.push(checked(total, parts))
  }
  return found
}

function rowTotals(grid: Grid, inside: ReadonlyMap<string, Evidence>): Found[] {
  const found: Found[] = []
  const totalColumn = grid.header.findIndex(
    (title, at) => at > 0 && TOTAL.test(title.replace(/[(/].*$/, '').replace(/\s/g, '')),
  )
  if (totalColumn < 0) return found
  grid.rows.forEach((row, at) => {
    const total = inside.get(`${at}:${totalColumn}`)
    const parts = row.cells.flatMap((_, column) => {
      if (column === 0 || column === totalColumn || NOT_ADDITIVE.test(grid.header[column] ?? '')) return []
      return inside.get(`${at}:${column}`) ?? []
    })
    if (total && parts.length >= 2 && isAdditive(total, parts)) found.push(checked(total, parts))
  })
  return found
}

const isAdditive = (total: Evidence, parts: readonly Evidence[]): boolean =>
  total.claim.kind !== 'percent' &&
  parts.every(part => part.claim.base === total.claim.base && part.claim.kind !== 'percent')

function checked(total: Evidence, parts: readonly Evidence[]): Found {
  const holds = addsUp(total, parts)
  return {
    ...sum(total, parts, holds),
    arithmetic: `${parts.map(shown).join(' + ')} ${holds ? '=' : '≠'} ${shown(total)}`,
  }
}
