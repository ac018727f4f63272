import type { Language } from '../words.ts'
import { axisOf, chartTitle, drawnValues, tickText } from './chart.ts'
import type { Chart, FigureBinding } from './document.ts'
import { escaped } from './escape.ts'

const WIDTH = 624
const HEIGHT = 340
const PLOT = { left: 70, right: 10, top: 24, bottom: 60 } as const

/** A chart as SVG: each bar or point carries the address of its figure and, where `href` says so, leads to it. */
export function chartSvg(
  chart: Chart,
  language: Language,
  href: (figure: FigureBinding) => string | undefined = () => undefined,
): string {
  const values = drawnValues(chart)
  const axis = axisOf(values)
  const height = HEIGHT - PLOT.top - PLOT.bottom
  const slot = (WIDTH - PLOT.left - PLOT.right) / Math.max(1, values.length)
  const y = (value: number) => round(PLOT.top + height * (1 - (value - axis.min) / (axis.max - axis.min)))
  const x = (i: number) => round(PLOT.left + slot * (i + 0.5))
  const marks = chart.points.map(({ figure }, i) => {
    const value = values[i]
    const drawn = value === null || value === undefined ? '' : mark(chart.type, x(i), y(0), y(value), slot)
    const text =
      value === null || value === undefined ? '' : label(x(i), value < 0 ? y(value) + 16 : y(value) - 6, figure.written)
    return linked(figure, href(figure), drawn + text)
  })
  return [
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(chartTitle(chart, language))}" font-size="13" xmlns="http://www.w3.org/2000/svg">`,
    ...ticks(axis).map(
      tick =>
        `<line x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${tick === 0 ? '#000' : '#ccc'}"/><text x="${PLOT.left - 6}" y="${y(tick) + 4}" text-anchor="end">${tickText(tick)}</text>`,
    ),
    chart.type === 'line' ? line(values, x, y) : '',
    ...marks,
    ...chart.points.map(({ label: words }, i) => category(x(i), HEIGHT - PLOT.bottom + 18, words, slot)),
    '</svg>',
  ].join('')
}

const round = (value: number) => Math.round(value * 10) / 10

const ticks = ({ min, max, step }: ReturnType<typeof axisOf>): number[] =>
  Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => Number((min + i * step).toPrecision(10)))

function mark(type: Chart['type'], x: number, zero: number, y: number, slot: number): string {
  if (type === 'line') return `<circle cx="${x}" cy="${y}" r="4" fill="#2f5597"/>`
  const width = round(Math.min(slot * 0.6, 60))
  return `<rect x="${round(x - width / 2)}" y="${Math.min(y, zero)}" width="${width}" height="${round(Math.abs(zero - y))}" fill="#2f5597"/>`
}

/** Stretches between points that have values; a missing figure leaves a gap. */
function line(values: readonly (number | null)[], x: (i: number) => number, y: (value: number) => number): string {
  const path = values.map((value, i) => {
    if (value === null) return ''
    return `${i > 0 && values[i - 1] !== null ? 'L' : 'M'}${x(i)} ${y(value)}`
  })
  return `<path d="${path.join('')}" fill="none" stroke="#2f5597" stroke-width="2"/>`
}

const label = (x: number, y: number, text: string) =>
  `<text x="${x}" y="${round(y)}" text-anchor="middle">${escaped(text)}</text>`

/** A label under the axis, slanted when it is wider than its place. */
function category(x: number, y: number, text: string, slot: number): string {
  const shown = [...text].length > 10 ? `${[...text].slice(0, 9).join('')}…` : text
  const fits = [...shown].length * 13 <= slot
  const place = fits ? 'text-anchor="middle"' : `text-anchor="end" transform="rotate(-35 ${x} ${y})"`
  return `<text x="${x}" y="${y}" ${place}>${escaped(shown)}</text>`
}

function linked(figure: FigureBinding, href: string | undefined, content: string): string {
  const bound = `<g data-figure="${escaped(figure.address)}"><title>${escaped(`${figure.name} ${figure.written}`)}</title>${content}</g>`
  return href === undefined ? bound : `<a href="${escaped(href)}">${bound}</a>`
}
