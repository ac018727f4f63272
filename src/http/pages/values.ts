import type { Ledger } from '../../kernel/ledger.ts'
import type { FieldInfo } from '../../kernel/records/fields.ts'
import type { RecordType } from '../../kernel/records/type.ts'
import type { Language } from '../../kernel/words.ts'
import { recordPage } from './addresses.ts'
import { html, type Part } from './html.ts'
import { digits, unitName } from './numbers.ts'
import { nameOfCode } from './orgs.ts'
import { clockTime, STATUS } from './words.ts'

// Values of fields as people read them.

type Shown = { readonly ledger: Ledger; readonly language: Language }

const NUMBERS = new Set(['integer', 'decimal', 'money', 'mass', 'length', 'area'])

export const isNumber = ({ kind }: FieldInfo): boolean => NUMBERS.has(kind)

/** The unit a number is stored in; a bare number has none. */
export const unitOfField = (info: FieldInfo): string => info.unit ?? 'ratio'

/** What stands after a field's title: （元）. */
export const unitMark = (info: FieldInfo, language: Language): string => {
  const name = isNumber(info) && info.unit ? unitName(info.unit, language) : ''
  return name === '' ? '' : language === 'zh' ? `（${name}）` : ` (${name})`
}

/** A value in a cell or beside its title, without its unit. */
export function valueWords(shown: Shown, info: FieldInfo | undefined, value: unknown): Part {
  const { ledger, language } = shown
  const zh = language === 'zh'
  if (value === null || value === undefined || value === '') return '—'
  if (!info) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (typeof value === 'number' && isNumber(info)) return digits(value, unitOfField(info), language)
  switch (info.kind) {
    case 'choice':
      return info.choices?.[String(value)]?.[language] ?? String(value)
    case 'choices':
      return Array.isArray(value)
        ? value.map(one => info.choices?.[String(one)]?.[language] ?? String(one)).join(zh ? '、' : ', ')
        : String(value)
    case 'boolean':
      return value ? (zh ? '是' : 'yes') : zh ? '否' : 'no'
    case 'org':
      return nameOfCode(ledger, String(value), language)
    case 'reference':
      return html`<a href="${recordPage(String(value))}">…${String(value).slice(-6)}</a>`
    case 'instant':
      return clockTime(String(value))
    case 'attachment':
      return html`<code>${String(value).slice(0, 10)}…</code>`
    case 'location': {
      const { lon, lat } = value as { lon?: number; lat?: number }
      return `${lon}, ${lat}`
    }
    case 'rows':
      return Array.isArray(value) ? rowsTable(shown, info, value) : String(value)
    default:
      return String(value)
  }
}

function rowsTable(shown: Shown, info: FieldInfo, rows: readonly unknown[]): Part {
  if (rows.length === 0) return '—'
  const fields = Object.entries(info.rows ?? {})
  return html`<table class="rows"><thead><tr>${fields.map(
    ([, field]) =>
      html`<th scope="col"${isNumber(field) ? html` class="number"` : null}>${field.title[shown.language]}${unitMark(field, shown.language)}</th>`,
  )}</tr></thead><tbody>${rows.map(
    row =>
      html`<tr>${fields.map(
        ([name, field]) =>
          html`<td${isNumber(field) ? html` class="number"` : null}>${valueWords(shown, field, (row as Record<string, unknown>)[name])}</td>`,
      )}</tr>`,
  )}</tbody></table>`
}

/** What may differ between versions of a record besides its fields. */
export function differenceOf(shown: Shown, type: RecordType, field: string, value: unknown): Part {
  const { language } = shown
  if (value === null || value === undefined) return '—'
  if (field === 'status') return STATUS[String(value)]?.[language] ?? String(value)
  if (field === 'state') return type.stateTitles[String(value)]?.[language] ?? String(value)
  if (field === 'org') return nameOfCode(shown.ledger, String(value), language)
  return valueWords(shown, type.fields[field], value)
}

export function differenceTitle(type: RecordType, field: string, language: Language): string {
  const fixed = {
    status: { zh: '审核状态', en: 'status' },
    state: { zh: '办理状态', en: 'state' },
    org: { zh: '单位', en: 'org unit' },
    day: { zh: '计入日期', en: 'day' },
    mergedInto: { zh: '并入', en: 'merged into' },
  }[field]
  return fixed?.[language] ?? type.fields[field]?.title[language] ?? field
}
