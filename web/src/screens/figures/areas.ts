import type { Area, Place } from '../../../../src/kernel/org/area.ts'
import type { Grid } from './grids.ts'

export interface Shape {
  readonly code: string
  readonly title: string
  readonly value: number | null
  readonly address: string
  readonly area: Area
}

/** Rows of a grid by org unit that have an area; what is the unit's own lies nowhere within it. */
export function shapesOf(grid: Grid, org: string, areas: readonly { code: string; area: Area }[]): Shape[] {
  const known = new Map(areas.map(({ code, area }) => [code, area]))
  return grid.rows.flatMap(({ key, title, cells }) => {
    const area = known.get(key)
    const cell = cells[0]
    return area && cell && key !== org
      ? [{ code: key, title, value: cell.value, address: cell.address ?? '', area }]
      : []
  })
}

export const ringsOf = ({ type, coordinates }: Area): readonly (readonly Place[])[] =>
  type === 'Polygon' ? coordinates : coordinates.flat()

export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export function boundsOf(areas: readonly Area[]): Bounds {
  const places = areas.flatMap(area => ringsOf(area).flat())
  const lons = places.map(([lon]) => lon)
  const lats = places.map(([, lat]) => lat)
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) }
}

/** Middle of an area's first ring: where its name stands. */
export function middleOf(area: Area): Place {
  const ring = ringsOf(area)[0]!.slice(0, -1)
  return [
    ring.reduce((sum, [lon]) => sum + lon, 0) / ring.length,
    ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length,
  ]
}

/** How strongly a value is painted, from 0 to 1. */
export function strength(value: number | null, shapes: readonly Shape[]): number {
  const most = Math.max(...shapes.map(shape => shape.value ?? 0), 0)
  return value === null || most <= 0 ? 0 : Math.max(value, 0) / most
}

/** A mix of paper and accent. */
export const shade = (part: number) => `color-mix(in srgb, var(--accent) ${Math.round(part * 85)}%, var(--paper))`
