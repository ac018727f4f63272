import { addressOf } from '../../../../src/kernel/reports/address.ts'
import { change } from '../../kit/change.ts'
import type { Indicator } from '../../kit/declared.ts'
import type { Figure } from '../../kit/figures.ts'
import type { Names } from './names.ts'
import type { View } from './view.ts'

export interface Cell {
  readonly value: number | null
  /** Where the number comes from; a change between two numbers has no address. */
  readonly address?: string
}

export interface Column {
  readonly key: string
  readonly title: string
  /** Unit id; of a change, the unit of what changed. */
  readonly unit: string
  readonly part: 'value' | 'before' | 'change'
}

export interface Row {
  readonly key: string
  readonly title: string
  /** Where each row has a unit of its own. */
  readonly unit?: string
  readonly cells: readonly Cell[]
}

/** What is shown, whatever the form: rows of a breakdown by columns. */
export interface Grid {
  /** What stands in the first column. */
  readonly head: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** Chosen indicators that cannot be broken down so. */
  readonly without: readonly Indicator[]
}

/** What a grid is made from. */
export interface Source {
  readonly view: View
  /** Chosen indicators that can be broken down so, in their order. */
  readonly able: readonly Indicator[]
  readonly without: readonly Indicator[]
  /** Answers, in the order of the questions. */
  readonly figures: readonly Figure[]
  /** The period compared with. */
  readonly before: string | undefined
  readonly names: Names
  readonly title: (one: Indicator) => string
  readonly words: { readonly change: string; readonly indicator: string }
}

/** An indicator is only narrowed by dimensions that it has. */
export const whereOf = ({ where }: View, { dimensions }: Indicator) =>
  Object.fromEntries(Object.entries(where).filter(([name]) => dimensions.includes(name)))

/** The rows of a heat map; its columns are months. */
export const heatRows = ({ by }: View) => by ?? 'org'

export function gridOf(source: Source): Grid {
  if (source.view.as === 'heat') return heatGrid(source)
  return source.view.by === undefined ? plainGrid(source) : brokenDown(source)
}

function plainGrid({ view, able, figures, before, names, title, words, without }: Source): Grid {
  const step = before === undefined ? 1 : 2
  const columns: Column[] = [{ key: 'value', title: names.period(view.period), unit: '', part: 'value' }]
  if (before !== undefined)
    columns.push(
      { key: 'before', title: names.period(before), unit: '', part: 'before' },
      { key: 'change', title: words.change, unit: '', part: 'change' },
    )
  const rows = able.map((one, i): Row => {
    const [now, then] = [figures[i * step]!, figures[i * step + 1]]
    const at = (period: string, value: number | null): Cell => ({
      value,
      address: addressOf({ indicator: one.indicator, org: view.org, period, where: whereOf(view, one) }),
    })
    const cells =
      before === undefined ? [] : [at(before, then!.value), { value: change(now.value, then!.value, one.unit) }]
    return { key: one.indicator, title: title(one), unit: one.unit, cells: [at(view.period, now.value), ...cells] }
  })
  return { head: words.indicator, columns, rows, without }
}

function brokenDown({ view, able, figures, before, names, title, words, without }: Source): Grid {
  const by = view.by!
  const step = before === undefined ? 1 : 2
  const columns = able.flatMap((one): Column[] => {
    const column = (part: Column['part'], more: string): Column => ({
      key: `${one.indicator} ${part}`,
      title: more ? `${title(one)} ${more}` : title(one),
      unit: one.unit,
      part,
    })
    return before === undefined
      ? [column('value', '')]
      : [
          column('value', able.length > 0 ? names.period(view.period) : ''),
          column('before', names.period(before)),
          column('change', words.change),
        ]
  })
  // Months of two periods stand side by side by their place, anything else by its key.
  const keys = by === 'month' ? (figures[0]?.rows ?? []).map(({ key }) => key) : keysOf(view, by, figures)
  const rows = keys.map(
    (key, place): Row => ({
      key,
      title: rowTitle(view, able[0], by, key, names),
      cells: able.flatMap((one, i): Cell[] => {
        const row = (figure: Figure | undefined) =>
          by === 'month' ? figure?.rows?.[place] : figure?.rows?.find(found => found.key === key)
        const now = row(figures[i * step])
        const cell = { value: now?.value ?? null, address: rowAddress(view, one, view.period, key) }
        if (before === undefined) return [cell]
        const then = row(figures[i * step + 1])
        const thenKey = by === 'month' ? (then?.key ?? key) : key
        return [
          cell,
          { value: then?.value ?? null, address: rowAddress(view, one, before, thenKey) },
          { value: change(cell.value, then?.value ?? null, one.unit) },
        ]
      }),
    }),
  )
  return { head: names.dimension(able[0], by), columns, rows, without }
}

function heatGrid({ view, able, figures, names, without }: Source): Grid {
  const one = able[0]
  const by = heatRows(view)
  const keys = keysOf(view, by, figures)
  return {
    head: names.dimension(one, by),
    columns: figures.map(({ period, unit }) => ({
      key: period,
      title: names.month(period, view.period),
      unit,
      part: 'value',
    })),
    rows: keys.map(key => ({
      key,
      title: rowTitle(view, one, by, key, names),
      cells: figures.map(({ period, rows }) => ({
        value: rows?.find(row => row.key === key)?.value ?? null,
        address: one ? rowAddress({ ...view, by }, one, period, key) : '',
      })),
    })),
    without,
  }
}

/** Keys of all rows; units by their code, what is the unit's own last. */
function keysOf({ org }: View, by: string, figures: readonly Figure[]): string[] {
  const keys = [...new Set(figures.flatMap(({ rows }) => (rows ?? []).map(({ key }) => key)))]
  return by === 'org' ? keys.sort((a, b) => Number(a === org) - Number(b === org) || (a < b ? -1 : 1)) : keys
}

const rowTitle = (view: View, one: Indicator | undefined, by: string, key: string, names: Names): string => {
  if (by === 'month') return names.month(key, view.period)
  return by === 'org' && key === view.org ? names.own : names.key(one, by, key)
}

/** Where one row of a breakdown is explained. */
function rowAddress(view: View, one: Indicator, period: string, key: string): string {
  const plain = { indicator: one.indicator, org: view.org, period, where: whereOf(view, one) }
  if (view.by === 'month') return addressOf({ ...plain, period: key })
  if (view.by === 'org')
    return addressOf({ ...plain, org: key, ...(key === view.org ? { scope: 'self' as const } : {}) })
  return addressOf({ ...plain, where: { ...plain.where, [view.by!]: key } })
}
