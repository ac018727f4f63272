import { convert, unitOf } from '../figures/units.ts'
import type { Chart } from './document.ts'

/** The points of a chart as drawn: in the unit of the axis; null where there is no figure. */
export const drawnValues = ({ points, unit, drawnIn }: Chart): (number | null)[] =>
  points.map(({ figure }) => {
    if (figure.value === null) return null
    const drawn = convert(figure.value, unit, drawnIn)
    if (!drawn.ok) throw new Error(`a chart of ${unit} is drawn in ${drawnIn}`)
    return drawn.value
  })

export const chartTitle = ({ caption, drawnIn }: Chart, language: 'zh' | 'en'): string => {
  const unit = language === 'zh' ? unitOf(drawnIn).zh : unitOf(drawnIn).many
  if (unit === '') return caption
  return language === 'zh' ? `${caption}（${unit}）` : `${caption} (${unit})`
}

export interface Axis {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** A round axis that holds all values and zero: about five steps of 1, 2 or 5 times a power of ten. */
export function axisOf(values: readonly (number | null)[]): Axis {
  const known = values.filter(value => value !== null)
  const high = Math.max(0, ...known)
  const low = Math.min(0, ...known)
  const rough = (high - low || 1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough) ?? 10 * power
  return { min: Math.floor(low / step) * step, max: Math.max(Math.ceil(high / step) * step, step), step }
}

/** A tick without the dust of binary fractions. */
export const tickText = (value: number): string => String(Number(value.toPrecision(10)))
