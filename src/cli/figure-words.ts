import { unitOf, unitWord } from '../kernel/figures/units.ts'
import { tableUnit, writeNumber } from '../kernel/figures/wording.ts'
import type { Language } from '../kernel/words.ts'

/** A figure as a report writes it, with the exact value beside it where that is hard to read: 1.2万人次（12,030人次）. */
export function figureWords(value: number | null, unit: string, language: Language): string {
  const exact = writeNumber(value, unit, {}, language)
  if (language === 'en' || !/\d{5}/.test(exact)) return exact
  return `${writeNumber(value, unit, { form: 'about' }, language)}（${digits(value, unit)}${unitTitle(unit, language)}）`
}

/** A figure in a column, whose head says the unit: 12,030. */
export const digits = (value: number | null, unit: string): string => writeNumber(value, unit, { form: 'table' })

/** The unit of a column of figures. */
export const unitTitle = (unit: string, language: Language): string =>
  unitOf(unit).measure === 'ratio' ? '' : unitWord(tableUnit(unit), language, false)
