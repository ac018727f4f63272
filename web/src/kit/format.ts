import { MISSING, tableUnit, writeNumber } from '../../../src/kernel/figures/wording.ts'
import type { Field, FieldInfo, Org, RecordType } from './declared.ts'
import { type Language, said } from './words.ts'

// Numbers are written by the kernel's own rules, which run in a browser as they are: nothing is defined twice.

/** Digits alone, thousands separated, in the unit of `unitOfColumn`: for tables. */
export const digits = (value: number | null | undefined, unit: string, language: Language = 'zh'): string =>
  writeNumber(value ?? null, unit, { form: 'table' }, language)

/** The number with its unit, as running text has it: 3264人次, 27万元. */
export const inWords = (value: number | null | undefined, unit: string, language: Language): string =>
  writeNumber(value ?? null, unit, {}, language)

/** The unit that stands in the head of a column or beside a field. */
export const unitOfColumn = (unit: string | undefined, language: Language): string =>
  unit ? tableUnit(unit)[language] : ''

const SHANGHAI = 'Asia/Shanghai'

const parts = (instant: Date) =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: SHANGHAI,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(instant)
      .map(part => [part.type, part.value]),
  )

/** Today in Asia/Shanghai. */
export function today(now = new Date()): string {
  const { year, month, day } = parts(now)
  return `${year}-${month}-${day}`
}

/** `今天 14:05`, `昨天 09:12`, `11月3日 10:20`, `2023年11月3日 10:20`. */
export function moment(instant: string, language: Language, now = new Date()): string {
  const at = parts(new Date(instant))
  const day = `${at.year}-${at.month}-${at.day}`
  const time = `${at.hour}:${at.minute}`
  if (day === today(now)) return language === 'zh' ? `今天 ${time}` : `today ${time}`
  if (day === today(new Date(now.getTime() - 86_400_000)))
    return language === 'zh' ? `昨天 ${time}` : `yesterday ${time}`
  if (language === 'en') return `${day} ${time}`
  const written = `${Number(at.month)}月${Number(at.day)}日 ${time}`
  return at.year === today(now).slice(0, 4) ? written : `${at.year}年${written}`
}

/** A stored value as a person reads it, without its unit. */
export function shown(info: FieldInfo, value: unknown, language: Language, orgs: readonly Org[] | undefined): string {
  if (value === undefined || value === null || value === '') return ''
  switch (info.kind) {
    case 'choice':
      return said(info.choices?.[String(value)], language) || String(value)
    case 'choices':
      return Array.isArray(value)
        ? value
            .map(one => said(info.choices?.[String(one)], language) || String(one))
            .join(language === 'zh' ? '、' : ', ')
        : String(value)
    case 'boolean':
      return value === true ? (language === 'zh' ? '是' : 'yes') : language === 'zh' ? '否' : 'no'
    case 'org':
      return orgName(orgs, String(value), language)
    case 'integer':
    case 'decimal':
    case 'money':
    case 'mass':
    case 'length':
    case 'area':
      return typeof value === 'number' ? digits(value, info.unit ?? 'item', language) : String(value)
    case 'instant':
      return moment(String(value), language)
    case 'location': {
      const { lon, lat } = value as { lon: number; lat: number }
      return `${lat.toFixed(5)}, ${lon.toFixed(5)}`
    }
    case 'rows':
      return language === 'zh' ? `${(value as unknown[]).length} 行` : `${(value as unknown[]).length} rows`
    default:
      return String(value)
  }
}

export const isNumber = ({ kind }: FieldInfo): boolean =>
  ['integer', 'decimal', 'money', 'mass', 'length', 'area'].includes(kind)

export function orgName(orgs: readonly Org[] | undefined, code: string, language: Language): string {
  const org = orgs?.find(one => one.code === code)
  return org ? (language === 'en' && org.nameEn ? org.nameEn : org.name) : code
}

/** The title of a field with its unit: 金额（元）. */
export function titleOf(field: Field | FieldInfo, language: Language): string {
  const unit = isNumber(field) ? unitOfColumn(field.unit, language) : ''
  const title = said(field.title, language)
  return unit ? (language === 'zh' ? `${title}（${unit}）` : `${title} (${unit})`) : title
}

export const stateName = ({ schema }: RecordType, state: string, language: Language): string =>
  said(schema.yilu.stateTitles[state], language) || state

export { MISSING }
