import { fieldOf } from '../figures/contribution.ts'
import type { Indicator } from '../figures/indicator.ts'
import type { Ledger } from '../ledger.ts'
import { parsePeriod, periodWords } from '../period/period.ts'
import type { FieldInfo } from '../records/fields.ts'
import type { Language } from '../words.ts'
import { dateWords } from './dates.ts'
import { cleared } from './marks.ts'

/** A field's value as a person reads it in a sentence; personal data is left out. */
export function readable(ledger: Ledger, info: FieldInfo, value: unknown, language: Language): unknown {
  if (value === undefined || value === null) return ''
  switch (info.kind) {
    case 'choice':
      return info.choices?.[String(value)]?.[language] ?? cleared(String(value))
    case 'choices':
      return Array.isArray(value)
        ? value.map(one => info.choices?.[String(one)]?.[language] ?? one).join(language === 'zh' ? '、' : ', ')
        : ''
    case 'org':
      return cleared(ledger.orgs.byCode(String(value))?.name ?? String(value))
    case 'day':
      return dateWords(String(value), language)
    case 'boolean':
      return value
    case 'personal':
    case 'rows':
    case 'location':
    case 'attachment':
      return ''
    default:
      return cleared(String(value))
  }
}

/** The key of a breakdown's row in words: a month, an org unit's name, a choice. */
export function keyWords(ledger: Ledger, indicator: Indicator, by: string, key: string, language: Language): string {
  if (by === 'month') {
    const period = parsePeriod(key)
    return period.ok ? periodWords(period.value)[language] : key
  }
  if (by === 'org') return ledger.orgs.byCode(key)?.name ?? key
  if (key === '') return language === 'zh' ? '未注明' : 'not said'
  if (indicator.kind === 'formula' || indicator.kind === 'latest' || indicator.kind === 'units') return key
  if (by === 'state' && indicator.kind !== 'events') return indicator.type.stateTitles[key]?.[language] ?? key
  const info = fieldOf(indicator, by)
  if (info?.kind === 'boolean')
    return key === 'true' ? info.title[language] : `${language === 'zh' ? '非' : 'not '}${info.title[language]}`
  return info ? String(readable(ledger, info, key, language)) : key
}
