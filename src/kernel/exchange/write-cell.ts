import { fromNumber, over, times, toDecimal } from '../figures/fraction.ts'
import { baseOf } from '../figures/units.ts'
import type { OrgDirectory, OrgUnit } from '../org/directory.ts'
import type { FieldInfo } from '../records/fields.ts'
import type { Language } from '../words.ts'
import { guarded } from './cell.ts'
import { BAR, decimalsOf, everydayUnit } from './columns.ts'
import { escapedValue } from './read-cell.ts'

// The inverse of read-cell.ts: a stored value as a cell that reads back as the same value.

export interface Writing {
  readonly language: Language
  readonly orgs: OrgDirectory
  /** Units of the tree whose name no other has; the others are written by their code. */
  readonly named: (unit: OrgUnit) => boolean
  /** Logins of people by id. */
  readonly logins: ReadonlyMap<string, string>
}

/** What a cell is to hold: a text that no spreadsheet runs, a number, a yes or no, a day; nothing for an empty one. */
export type Written = string | number | boolean | { readonly day: string } | undefined

export function writeCell(info: FieldInfo, value: unknown, writing: Writing): Written {
  if (value === undefined || value === null || value === '') return undefined
  switch (info.kind) {
    case 'integer':
    case 'decimal':
      return Number(value)
    case 'money':
    case 'mass':
    case 'length':
    case 'area':
      return everyday(Number(value), info)
    case 'day':
      return { day: String(value) }
    case 'boolean':
      return value === true
    default:
      return guarded(textOf(info, value, writing))
  }
}

/** An amount in the unit that people write it in; the digits hold every stored value exactly. */
function everyday(value: number, info: FieldInfo): number {
  const unit = everydayUnit(info)!
  return Number(toDecimal(over(times(fromNumber(value), baseOf(unit).factor), unit.factor), decimalsOf(info)))
}

function textOf(info: FieldInfo, value: unknown, writing: Writing): string {
  const { language } = writing
  switch (info.kind) {
    case 'choice':
      return info.choices?.[String(value)]?.[language] ?? String(value)
    case 'choices':
      return asList(value)
        .map(one => info.choices?.[String(one)]?.[language] ?? String(one))
        .join('、')
    case 'org':
      return orgText(String(value), writing)
    case 'person':
      return writing.logins.get(String(value)) ?? String(value)
    case 'instant':
      return clockText(String(value))
    case 'location': {
      const { lon, lat } = value as { lon: number; lat: number }
      return `${lon},${lat}`
    }
    case 'rows':
      return asList(value)
        .map(row => rowText(info, row as Readonly<Record<string, unknown>>, writing))
        .join('\n')
    default:
      return String(value)
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** Whether a unit's name says which unit of its tree is meant. */
export function uniqueNames(orgs: OrgDirectory): Writing['named'] {
  const key = ({ root, name }: OrgUnit) => `${root} ${name}`
  const times = new Map<string, number>()
  for (const unit of orgs.all()) times.set(key(unit), (times.get(key(unit)) ?? 0) + 1)
  return unit => times.get(key(unit)) === 1
}

export function orgText(code: string, { orgs, named }: Writing): string {
  const unit = orgs.byCode(code)
  return unit && named(unit) ? unit.name : code
}

const rowText = (info: FieldInfo, row: Readonly<Record<string, unknown>>, writing: Writing): string =>
  Object.entries(info.rows ?? {})
    .map(([name, field]) => escapedValue(plainText(writeCell(field, row[name], writing), writing.language)))
    .join(BAR)

/** A written cell where only text can stand. */
export function plainText(written: Written, language: Language): string {
  if (written === undefined) return ''
  if (typeof written === 'boolean') return language === 'zh' ? (written ? '是' : '否') : written ? 'yes' : 'no'
  return typeof written === 'object' ? written.day : String(written)
}

const EIGHT_HOURS = 8 * 3_600_000

/** The clock on the wall in Shanghai, as read-cell.ts reads it. */
const clockText = (instant: string) =>
  new Date(Date.parse(instant) + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ')
