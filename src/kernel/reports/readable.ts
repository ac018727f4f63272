import { fieldOf } from '../figures/contribution.ts'
import type { Indicator } from '../figures/indicator.ts'
import type { Ledger } from '../ledger.ts'
import { parsePeriod, periodWords } from '../period/period.ts'
import type { FieldInfo } from '../records/fields.ts'
import type { Fields, RecordType } from '../records/type.ts'
import type { Language } from '../words.ts'

/** Fields as a person reads them in a sentence: choices and org units by name, personal data left out. */
export function readableFields(
  ledger: Ledger,
  type: RecordType,
  fields: Fields,
  language: Language,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const info = type.fields[name]
      return [name, info ? readable(ledger, info, value, language) : value]
    }),
  )
}

function readable(ledger: Ledger, info: FieldInfo, value: unknown, language: Language): unknown {
  switch (info.kind) {
    case 'choice':
      return info.choices?.[String(value)]?.[language] ?? value
    case 'choices':
      return Array.isArray(value) ? value.map(one => info.choices?.[String(one)]?.[language] ?? one).join('、') : value
    case 'org':
      return ledger.orgs.byCode(String(value))?.name ?? value
    case 'personal':
      return ''
    default:
      return value
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
  if (indicator.kind === 'formula' || indicator.kind === 'latest') return key
  if (by === 'state') return indicator.type.stateTitles[key]?.[language] ?? key
  const info = fieldOf(indicator, by)
  return info ? String(readable(ledger, info, key, language)) : key
}
