import { unitOf, unitWord } from '../../kernel/figures/units.ts'
import { MISSING, tableUnit, writeNumber } from '../../kernel/figures/wording.ts'
import type { Language } from '../../kernel/words.ts'
import { type Html, html } from './html.ts'

// Numbers as tables have them: digits in one column, the unit beside.

export const digits = (value: number | null, unit: string, language: Language): string =>
  writeNumber(value, unit, { form: 'table' }, language)

export const unitName = (unit: string, language: Language): string => unitWord(tableUnit(unit), language, false)

/** `<td>` of a number; the cell is empty of words but tells the unit to whoever hears it read. */
export const numberCell = (value: number | null, unit: string, language: Language, link?: string): Html =>
  html`<td class="number">${link && value !== null ? html`<a href="${link}">${digits(value, unit, language)}</a>` : digits(value, unit, language)}</td>`

/** A number with its unit, in running text. */
export const amount = (value: number | null, unit: string, language: Language): string =>
  writeNumber(value, unit, {}, language)

/** By how much a figure grew over the year before: a share, or the points of a percentage. */
export function growth(value: number | null, before: number | null, unit: string, language: Language): string {
  if (value === null || before === null) return MISSING
  const { measure } = unitOf(unit)
  const sign = (text: string, by: number) => (by > 0 ? `+${text}` : text)
  if (measure === 'ratio') {
    const points = Math.round((value - before) * 1000) / 10
    return `${sign(String(points), points)}${language === 'zh' ? '个百分点' : ' pt'}`
  }
  if (before === 0) return MISSING
  const share = Math.round(((value - before) / Math.abs(before)) * 1000) / 10
  return `${sign(share.toFixed(1), share)}%`
}

export const percent = (ratio: number | null): string => (ratio === null ? MISSING : `${(ratio * 100).toFixed(1)}%`)
