import type { Indicator } from '../figures/indicator.ts'
import { comparison, type Style, writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import { type Period, parsePeriod, periodWords } from '../period/period.ts'
import type { FieldInfo } from '../records/fields.ts'
import type { StoredRecord } from '../records/record.ts'
import { must } from '../result.ts'
import type { Language } from '../words.ts'
import { addressOf, type FigureAddress } from './address.ts'
import type { FigureBinding } from './document.ts'
import { keyWords } from './readable.ts'
import { earlier } from './values.ts'

/** Looks a number up; null where there is none. */
export type Lookup = (address: FigureAddress) => number | null

/** A figure bound as a document states it. */
export function bindingOf(
  ledger: Ledger,
  address: FigureAddress,
  lookup: Lookup,
  style: Style,
  language: Language,
): FigureBinding {
  const { indicator: id, org, period, where, scope } = address
  const indicator = ledger.registry.indicators.get(id)
  if (!indicator) throw new Error(`${id} is bound and not declared`)
  return {
    address: addressOf(address),
    name: nameOf(ledger, address, indicator, language),
    indicator: id,
    org,
    period,
    ...(where && Object.keys(where).length > 0 ? { where } : {}),
    ...(scope === 'self' ? { scope } : {}),
    value: lookup(address),
    unit: unitAt(address, indicator),
    written: writtenAt(address, indicator, lookup, style, language),
    ...(Object.keys(style).length > 0 ? { style } : {}),
  }
}

const unitAt = ({ as }: FigureAddress, { unit }: Indicator): string =>
  as === 'growth' || as === 'attainment' ? 'percent' : unit

/** The words for a figure; a difference or growth is a whole phrase, for it turns from 增加 to 减少. */
export function writtenAt(
  address: FigureAddress,
  { unit }: Indicator,
  lookup: Lookup,
  style: Style,
  language: Language,
): string {
  const { as } = address
  if (as !== 'difference' && as !== 'growth')
    return writeNumber(lookup(address), unitAt(address, { unit } as Indicator), style, language)
  const { as: _, against, ...itself } = address
  const by = as === 'growth' ? 'percent' : 'amount'
  const than = against ?? (isYear(must(parsePeriod(address.period))) ? 'last-year' : 'same-period')
  return comparison(lookup(itself), lookup(earlier(address)), unit, { by, against: than, style })[language]
}

const isYear = ({ from, days }: Period): boolean => from.endsWith('-01-01') && days >= 365

const TOLD: Readonly<Record<NonNullable<FigureAddress['as']>, { zh: string; en: string }>> = {
  target: { zh: '目标', en: 'target' },
  attainment: { zh: '完成率', en: 'share of the target' },
  difference: { zh: '增减', en: 'difference' },
  growth: { zh: '增幅', en: 'growth' },
}

/** What a person calls a figure: 甲县科技局2024年水稻实用技术培训人次, 甲县科技局2025年申报项目目标. */
function nameOf(ledger: Ledger, address: FigureAddress, indicator: Indicator, language: Language): string {
  const { org: code, period, where = {}, by, row, as, against } = address
  const unit = ledger.orgs.byCode(by === 'org' && row !== undefined ? row : code)
  const org = (language === 'en' && unit?.nameEn) || (unit?.name ?? code)
  const when = periodWords(must(parsePeriod(period)))[language]
  const narrowed = Object.entries(where).map(([name, key]) => keyWords(ledger, indicator, name, key, language))
  const title = indicator.title[language]
  const told = as === undefined ? '' : TOLD[as][language]
  if (language === 'en') return [title, ...narrowed, org, when, told].filter(part => part !== '').join(', ')
  const than = as === 'difference' || as === 'growth' ? (against ? '比上期' : '比上年') : ''
  return `${org}${when}${narrowed.join('')}${title}${than}${told}`
}

/** A number of a single record, bound to its field. */
export function fieldBinding(
  ledger: Ledger,
  record: Pick<StoredRecord, 'id' | 'org' | 'day'>,
  field: string,
  info: FieldInfo,
  value: number,
  language: Language,
): FigureBinding {
  const unit = info.unit ?? 'ratio'
  const org = ledger.orgs.byId(record.org)!
  return {
    address: addressOf({ record: record.id, field }),
    name:
      language === 'zh' ? `${org.name}${record.day}${info.title.zh}` : `${info.title.en}, ${org.name}, ${record.day}`,
    indicator: '',
    record: record.id,
    org: org.code,
    period: record.day,
    value,
    unit,
    written: writeNumber(value, unit, {}, language),
  }
}
