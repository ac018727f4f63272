import { useMemo } from 'react'
import { addDays, parsePeriod, periodWords } from '../../../../src/kernel/period/period.ts'
import { type FieldInfo, type Indicator, type Org, type RecordType, useOrgs, useTypes } from '../../kit/declared.ts'
import { orgName, shown, stateName } from '../../kit/format.ts'
import { type Language, said, useLanguage } from '../../kit/words.ts'

/** The field behind a dimension: of the record, or of its sub-rows. */
export function fieldOf(type: RecordType | undefined, name: string): FieldInfo | undefined {
  const infos = Object.entries(type?.schema.properties ?? {}).flatMap(([key, { yilu }]) => (yilu ? [[key, yilu]] : []))
  const own = infos.find(([key]) => key === name)?.[1] as FieldInfo | undefined
  if (own) return own
  for (const [, info] of infos as [string, FieldInfo][]) if (info.rows?.[name]) return info.rows[name]
  return type?.schema.yilu.computed[name]
}

export const periodText = (period: string, language: Language): string => {
  const parsed = parsePeriod(period)
  return parsed.ok ? periodWords(parsed.value)[language] : period
}

export interface Names {
  /** What a dimension is called. */
  dimension(indicator: Indicator | undefined, by: string): string
  /** What a row of a breakdown is called. */
  key(indicator: Indicator | undefined, by: string, key: string): string
  /** The values a dimension can have, where the declaration names them. */
  values(indicator: Indicator | undefined, by: string): readonly string[]
  /** A month of a period; without its year where all of the period lies in one. */
  month(month: string, period: string): string
  /** What a unit has besides those beneath it. */
  readonly own: string
  org(code: string): string
  period(text: string): string
}

const WORDS = {
  month: { zh: '月份', en: 'Month' },
  org: { zh: '单位', en: 'Org unit' },
  state: { zh: '状态', en: 'State' },
  own: { zh: '本级', en: 'The unit itself' },
  unsaid: { zh: '未注明', en: 'Not said' },
} as const

export function useNames(): Names {
  const types = useTypes()
  const orgs = useOrgs()
  const language = useLanguage()
  return useMemo(() => namesOf(types, orgs, language), [types, orgs, language])
}

function namesOf(
  types: readonly RecordType[] | undefined,
  orgs: readonly Org[] | undefined,
  language: Language,
): Names {
  const typeOf = (indicator: Indicator | undefined) => types?.find(({ type }) => type === indicator?.type)
  const infoOf = (indicator: Indicator | undefined, by: string) =>
    indicator?.fields?.[by] ?? fieldOf(typeOf(indicator), by)
  const period = (text: string) => periodText(text, language)
  const org = (code: string) => orgName(orgs, code, language)
  return {
    org,
    period,
    own: WORDS.own[language],
    month(month, whole) {
      const parsed = parsePeriod(whole)
      const isMonth = /^\d{4}-\d{2}$/.test(month)
      const inOneYear = parsed.ok && parsed.value.from.slice(0, 4) === addDays(parsed.value.until, -1).slice(0, 4)
      if (!isMonth || !inOneYear) return period(month)
      return language === 'zh' ? `${Number(month.slice(5))}月` : period(month).slice(0, 3)
    },
    dimension(indicator, by) {
      if (by === 'month' || by === 'org' || by === 'state') return WORDS[by][language]
      return said(infoOf(indicator, by)?.title, language) || by
    },
    key(indicator, by, key) {
      if (by === 'month') return period(key)
      if (by === 'org') return org(key)
      if (key === '') return WORDS.unsaid[language]
      const type = typeOf(indicator)
      if (by === 'state' && type) return stateName(type, key, language)
      const info = infoOf(indicator, by)
      return info ? shown(info, info.kind === 'boolean' ? key === 'true' : key, language, orgs) || key : key
    },
    values(indicator, by) {
      const type = typeOf(indicator)
      if (by === 'state') return Object.keys(type?.schema.yilu.states ?? {})
      const info = infoOf(indicator, by)
      return info?.kind === 'boolean' ? ['true', 'false'] : Object.keys(info?.choices ?? {})
    },
  }
}
