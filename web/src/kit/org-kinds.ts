import type { Language } from './words.ts'

/** What kinds of org units are called; a kind without words is shown as it is. */
const KINDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  province: ['省', 'Province'],
  city: ['市', 'City'],
  county: ['县', 'County'],
  township: ['乡镇', 'Township'],
  village: ['村', 'Village'],
  bureau: ['局', 'Bureau'],
  administration: ['管理局', 'Administration'],
  district: ['区分局', 'District office'],
  branch: ['网点', 'Branch'],
  specialised: ['专业局', 'Specialised bureau'],
}

export const kindName = (kind: string, language: Language): string => KINDS[kind]?.[language === 'zh' ? 0 : 1] ?? kind

export const KIND_NAMES: readonly string[] = Object.keys(KINDS)
