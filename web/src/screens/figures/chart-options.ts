import type { EChartsCoreOption } from 'echarts/core'
import { digits, unitOfColumn } from '../../kit/format.ts'
import type { Language } from '../../kit/words.ts'
import { drawn } from './drawn.ts'
import type { Grid } from './grids.ts'
import type { Form } from './view.ts'

export interface Paint {
  readonly dark: boolean
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly paper: string
  readonly accent: string
}

const PALETTE = ['#1f6f5c', '#c2710c', '#3b6fb6', '#8a4fa3', '#a33b3b', '#5d7a1f', '#6b7672', '#b0892a']
const PALETTE_DARK = ['#4fb59b', '#e0a84a', '#7aa7e6', '#c193d6', '#ef8f84', '#a6c45c', '#a8b3b0', '#d9c07a']

/** How ECharts draws a grid. Values are drawn in the unit that the table's column shows. */
export function optionsOf(grid: Grid, form: Form, language: Language, paint: Paint): EChartsCoreOption {
  const text = { color: paint.quiet }
  const common = {
    animation: false,
    backgroundColor: paint.paper,
    color: paint.dark ? PALETTE_DARK : PALETTE,
    textStyle: { color: paint.ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 12, right: 20, top: 44, bottom: 12, containLabel: true },
    tooltip: { trigger: form === 'heat' ? 'item' : 'axis', confine: true },
  }
  if (form === 'heat') return { ...common, ...heat(grid, language, paint) }
  const columns = grid.columns.map((column, i) => ({ column, i })).filter(({ column }) => column.part !== 'change')
  const unitOf = (i: number) => grid.rows[0]?.unit ?? grid.columns[i]!.unit
  const units = [...new Set(columns.map(({ i }) => unitOf(i)))].slice(0, 2)
  return {
    ...common,
    legend: { show: columns.length > 1, top: 4, type: 'scroll', textStyle: text },
    xAxis: {
      type: 'category',
      data: grid.rows.map(row => row.title),
      axisLabel: { ...text, hideOverlap: true, rotate: slant(grid.rows.map(({ title }) => title)) },
      axisLine: { lineStyle: { color: paint.line } },
    },
    yAxis: units.map(unit => ({
      type: 'value',
      name: unitOfColumn(unit, language),
      nameTextStyle: text,
      axisLabel: text,
      splitLine: { lineStyle: { color: paint.line } },
    })),
    series: columns.map(({ column, i }) => ({
      type: form === 'line' ? 'line' : 'bar',
      name: column.title,
      // What came before stands back.
      ...(column.part === 'before' ? { lineStyle: { type: 'dashed' }, itemStyle: { opacity: 0.55 } } : {}),
      symbolSize: 6,
      barMaxWidth: 36,
      yAxisIndex: Math.max(units.indexOf(unitOf(i)), 0),
      tooltip: {
        valueFormatter: (_: unknown, row: number) =>
          digits(grid.rows[row]?.cells[i]?.value, grid.rows[row]?.unit ?? unitOf(i), language),
      },
      data: grid.rows.map(row => drawn(row.cells[i]?.value ?? null, unitOf(i))),
    })),
  }
}

function heat(grid: Grid, language: Language, paint: Paint): EChartsCoreOption {
  const unit = grid.columns[0]?.unit ?? 'item'
  const values = grid.rows.flatMap(row => row.cells.flatMap(({ value }) => (value === null ? [] : [value])))
  const text = { color: paint.quiet }
  return {
    grid: { left: 12, right: 20, top: 12, bottom: 56, containLabel: true },
    tooltip: {
      confine: true,
      formatter: ({ value: [column, row, value] }: { value: [number, number, number] }) =>
        `${escaped(grid.rows[row]!.title)}<br>${escaped(grid.columns[column]!.title)}: ${digits(value, unit, language)} ${escaped(unitOfColumn(unit, language))}`,
    },
    xAxis: {
      type: 'category',
      data: grid.columns.map(({ title }) => title),
      axisLabel: { ...text, hideOverlap: true, rotate: slant(grid.columns.map(({ title }) => title)) },
    },
    yAxis: { type: 'category', inverse: true, data: grid.rows.map(({ title }) => title), axisLabel: text },
    visualMap: {
      min: Math.min(0, ...values),
      max: Math.max(1, ...values),
      calculable: true,
      orient: 'horizontal',
      left: 'center',
      bottom: 4,
      itemHeight: 120,
      textStyle: text,
      formatter: (value: unknown) => digits(Math.round(Number(value)), unit, language),
      inRange: { color: [paint.dark ? '#1c2725' : '#eef4f2', paint.accent] },
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: paint.paper, borderWidth: 1 },
        data: grid.rows.flatMap((row, y) =>
          row.cells.flatMap(({ value }, x) => (value === null ? [] : [[x, y, value]])),
        ),
      },
    ],
  }
}

/** Names that would fill the line stand at a slant; a few short ones, as the months, lie flat. */
const slant = (titles: readonly string[]): number =>
  titles.length * Math.max(0, ...titles.map(({ length }) => length)) > 60 ? 35 : 0

/** ECharts takes the words of a tooltip as HTML. */
const escaped = (text: string) => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
