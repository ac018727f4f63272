import type { Area, Place } from '../src/kernel/org/area.ts'
import { randomOf } from './generate/random.ts'

// Invented areas: a lattice of cells with shared, shifted corners, so that neighbours touch and nothing looks surveyed.

/** A rectangle in degrees by its south-west corner. */
export interface Box {
  readonly lon: number
  readonly lat: number
  readonly width: number
  readonly height: number
}

interface Lattice {
  readonly columns: number
  readonly rows: number
  /** Corner `column`, `row`, from 0. */
  corner(column: number, row: number): Place
}

/** How far a corner is shifted at most, as a share of a cell. */
const SHIFT = 0.24

function latticeOf(name: string, box: Box, count: number): Lattice {
  const columns = Math.ceil(Math.sqrt(count * 1.2))
  const rows = Math.ceil(count / columns)
  const corner = (column: number, row: number): Place => {
    const random = randomOf(`area ${name} ${column} ${row}`)
    // Outer corners stay on the border of the box along it, so that neighbouring boxes do not overlap.
    const along = (at: number, last: number) => (at === 0 || at === last ? 0 : (random.next() - 0.5) * 2 * SHIFT)
    const lon = box.lon + (box.width * (column + along(column, columns))) / columns
    const lat = box.lat + (box.height * (row + along(row, rows))) / rows
    return [degrees(lon), degrees(lat)]
  }
  return { columns, rows, corner }
}

const degrees = (value: number) => Math.round(value * 1e5) / 1e5

/** Closes a ring. */
const polygon = (ring: readonly Place[]): Area => ({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] })

/** `count` cells that fill a box, row by row; the last takes what is left of its row. */
export function cellsOf(name: string, box: Box, count: number): Area[] {
  const { columns, corner } = latticeOf(name, box, count)
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns)
    const first = i % columns
    const last = i === count - 1 ? columns : first + 1
    const columnsOf = Array.from({ length: last - first + 1 }, (_, k) => first + k)
    const below = columnsOf.map(column => corner(column, row))
    const above = columnsOf.map(column => corner(column, row + 1)).reverse()
    return polygon([...below, ...above])
  })
}

/** The outline of the same cells. */
export function outlineOf(name: string, box: Box, count: number): Area {
  const { columns, rows, corner } = latticeOf(name, box, count)
  const along = Array.from({ length: columns }, (_, i) => i)
  const up = Array.from({ length: rows }, (_, i) => i)
  return polygon([
    ...along.map(column => corner(column, 0)),
    ...up.map(row => corner(columns, row)),
    ...along.map(column => corner(columns - column, rows)),
    ...up.map(row => corner(0, rows - row)),
  ])
}
