import { unitOf } from '../../kernel/figures/units.ts'
import { tableUnit } from '../../kernel/figures/wording.ts'
import type { FieldInfo } from '../../kernel/records/fields.ts'
import type { Fields, RecordType } from '../../kernel/records/type.ts'
import { isNumber, unitOfField } from './values.ts'

// Between what a form holds, all of it text, and the fields of a record: money is written in 元 and kept in fen.

export type Form = Readonly<Record<string, unknown>>

/** How many of the stored unit one of the written unit is: 100 fen a 元. */
function scaleOf(info: FieldInfo): number {
  const unit = unitOfField(info)
  const written = tableUnit(unit)
  const stored = unitOf(unit)
  const scale =
    (Number(written.factor.n) * Number(stored.factor.d)) / (Number(written.factor.d) * Number(stored.factor.n))
  return Number.isInteger(scale) ? scale : 1
}

/** A stored number as it is written in a form. */
export function numberText(info: FieldInfo, value: number): string {
  const scale = scaleOf(info)
  return scale === 1 ? String(value) : String(Number((value / scale).toFixed(String(scale).length - 1)))
}

const NUMBER = /^([+-]?)(\d{1,15})(?:\.(\d{1,9}))?$/

/** A written number in the stored unit; the text itself when it is none, for the record type to refuse by name. */
function numberOf(info: FieldInfo, text: string): number | string {
  const match = NUMBER.exec(text.normalize('NFKC').replaceAll(/[,\s]/g, ''))
  if (!match) return text
  const [, sign = '', whole = '', part = ''] = match
  const digits = String(scaleOf(info)).length - 1
  // Decimal digits are moved, not multiplied: 0.29 元 is 29 fen.
  const moved = `${whole}${part.slice(0, digits).padEnd(digits, '0')}.${part.slice(digits) || '0'}`
  return Number(sign + moved)
}

/** The fields that a form says. What it leaves empty is null, or left out where it was not there before. */
export function fieldsOf(type: RecordType, form: Form, before: Fields): Record<string, unknown> {
  const entered = nested(form.f)
  const fields: Record<string, unknown> = {}
  for (const [name, info] of Object.entries(type.fields)) {
    if (name in type.computed || info.kind === 'attachment') continue
    const value = entryOf(info, info.kind === 'rows' ? form[`rows-${name}`] : entered[name])
    if (value !== undefined) fields[name] = value
    // A personal value is shown masked and stays as it is unless something else is written.
    else if (info.kind !== 'personal' && before[name] !== undefined && before[name] !== null) fields[name] = null
  }
  return fields
}

const nested = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

function entryOf(info: FieldInfo, value: unknown): unknown {
  if (info.kind === 'rows') return rowsOf(info, value)
  if (info.kind === 'choices') {
    const all = (Array.isArray(value) ? value : [value]).filter(one => typeof one === 'string' && one !== '')
    return all.length > 0 ? all : undefined
  }
  if (info.kind === 'location') {
    const { lon, lat } = nested(value)
    if (!isText(lon) && !isText(lat)) return undefined
    return { lon: asNumber(lon), lat: asNumber(lat) }
  }
  if (!isText(value)) return undefined
  if (isNumber(info)) return numberOf(info, value)
  if (info.kind === 'boolean') return value === 'yes' ? true : value === 'no' ? false : value
  if (info.kind === 'instant') return instantOf(value)
  return value
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
const asNumber = (value: unknown) => (isText(value) && Number.isFinite(Number(value)) ? Number(value) : (value ?? ''))

/** `<input type="datetime-local">` tells the clock in Shanghai. */
function instantOf(text: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? new Date(`${text}:00+08:00`) : new Date(Number.NaN)
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString()
}

function rowsOf(info: FieldInfo, value: unknown): unknown {
  const rows = Object.entries(nested(value))
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([, row]) => {
      const fields = Object.entries(info.rows ?? {}).flatMap(([name, field]) => {
        const one = entryOf(field, nested(row)[name])
        return one === undefined ? [] : [[name, one] as const]
      })
      return fields.length > 0 ? [Object.fromEntries(fields)] : []
    })
  return rows.length > 0 ? rows : undefined
}
