import { convert, unitOf } from '../../../../src/kernel/figures/units.ts'
import { tableUnit } from '../../../../src/kernel/figures/wording.ts'

/** A value in the unit that tables and axes show: yuan for fen, percent for a ratio. */
export function drawn(value: number | null, unit: string): number | null {
  if (value === null) return null
  const converted = convert(value, unitOf(unit).base, tableUnit(unit).id)
  return converted.ok ? converted.value : value
}
