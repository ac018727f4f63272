import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { type Fraction, fitsDecimals, fromText, over, times, toDecimal, toNumber, whole } from './fraction.ts'

export type Measure = 'count' | 'ratio' | 'score' | 'money' | 'mass' | 'length' | 'area' | 'duration' | 'temperature'

/** What a figure is counted or measured in. */
export interface Unit {
  readonly id: string
  readonly zh: string
  readonly en: string
  /** English, more than one. */
  readonly many: string
  readonly measure: Measure
  /** The unit in which values declared with this one are stored and computed: an indicator in 万元 holds fen. */
  readonly base: string
  /** How much of the measure one of this unit is, exactly: 亩 is 2000/3 (m²). */
  readonly factor: Fraction
}

/** id, zh, English for one, for more than one (regular when not given). Each is its own base. */
const COUNTED: readonly (readonly [string, string, string, string?])[] = [
  ['person', '人', 'person', 'people'],
  ['person-time', '人次', 'person-time'],
  ['household', '户', 'household'],
  ['team', '支', 'team'],
  ['organisation', '个', 'organisation'],
  ['station', '个', 'station'],
  ['branch', '个', 'branch', 'branches'],
  ['village', '个', 'village'],
  ['township', '个', 'township'],
  ['site', '个', 'site'],
  ['base', '个', 'base'],
  ['enterprise', '家', 'enterprise'],
  ['call', '个', 'call'],
  ['visit', '次', 'visit'],
  ['trip', '次', 'trip'],
  ['time', '次', 'time'],
  ['inspection', '次', 'inspection'],
  ['meeting', '次', 'meeting'],
  ['session', '场', 'session'],
  ['event', '场', 'event'],
  ['class', '期', 'class', 'classes'],
  ['issue', '期', 'issue'],
  ['film', '部', 'film'],
  ['copy', '份', 'copy', 'copies'],
  ['document', '份', 'document'],
  ['report', '份', 'report'],
  ['book', '册', 'book'],
  ['title', '种', 'title'],
  ['kind', '种', 'kind'],
  ['article', '篇', 'article'],
  ['paper', '篇', 'paper'],
  ['item', '条', 'item'],
  ['board', '块', 'board'],
  ['poster', '幅', 'poster'],
  ['certificate', '个', 'certificate'],
  ['licence', '个', 'licence'],
  ['patent', '件', 'patent'],
  ['award', '项', 'award'],
  ['project', '项', 'project'],
  ['task', '项', 'task'],
  ['technique', '项', 'technique'],
  ['result', '项', 'result'],
  ['standard', '项', 'standard'],
  ['measure', '项', 'measure'],
  ['contract', '份', 'contract'],
  ['variety', '个', 'variety', 'varieties'],
  ['case', '起', 'case'],
  ['fault', '起', 'fault'],
  ['problem', '个', 'problem'],
  ['record', '条', 'record'],
  ['device', '台', 'device'],
  ['instrument', '台', 'instrument'],
  ['computer', '台', 'computer'],
  ['set', '套', 'set'],
  ['system', '个', 'system'],
  ['vehicle', '辆', 'vehicle'],
  ['piece', '件', 'piece'],
  ['mail-item', '件', 'item'],
  ['parcel', '件', 'parcel'],
  ['bag', '袋', 'bag'],
  ['run', '趟', 'run'],
  ['route', '条', 'route'],
  ['animal', '头', 'animal'],
  ['tree', '株', 'tree'],
  ['day', '天', 'day'],
  ['month', '个月', 'month'],
  ['year', '年', 'year'],
  ['count', '个', 'item'],
]

/** id, zh, English for one and for more, measure, base, how much of the measure. */
const MEASURED: readonly (readonly [string, string, string, string, Measure, string, number, number?])[] = [
  ['ratio', '', '', '', 'ratio', 'ratio', 1],
  ['percent', '%', '%', '%', 'ratio', 'ratio', 1, 100],
  ['permille', '‰', '‰', '‰', 'ratio', 'ratio', 1, 1000],
  ['point', '分', 'point', 'points', 'score', 'point', 1],
  ['fen', '分', 'fen', 'fen', 'money', 'fen', 1],
  ['jiao', '角', 'jiao', 'jiao', 'money', 'fen', 10],
  ['yuan', '元', 'yuan', 'yuan', 'money', 'fen', 100],
  ['thousand-yuan', '千元', 'thousand yuan', 'thousand yuan', 'money', 'fen', 100_000],
  ['wan-yuan', '万元', 'ten thousand yuan', 'ten thousand yuan', 'money', 'fen', 1_000_000],
  ['yi-yuan', '亿元', 'hundred million yuan', 'hundred million yuan', 'money', 'fen', 10_000_000_000],
  ['g', '克', 'g', 'g', 'mass', 'g', 1],
  ['liang', '两', 'liang', 'liang', 'mass', 'g', 50],
  ['jin', '斤', 'jin', 'jin', 'mass', 'g', 500],
  ['kg', '公斤', 'kg', 'kg', 'mass', 'g', 1000],
  ['tonne', '吨', 'tonne', 'tonnes', 'mass', 'g', 1_000_000],
  ['mm', '毫米', 'mm', 'mm', 'length', 'mm', 1],
  ['cm', '厘米', 'cm', 'cm', 'length', 'mm', 10],
  ['m', '米', 'm', 'm', 'length', 'mm', 1000],
  ['li', '里', 'li', 'li', 'length', 'mm', 500_000],
  ['km', '公里', 'km', 'km', 'length', 'mm', 1_000_000],
  ['m2', '平方米', 'm²', 'm²', 'area', 'm2', 1],
  ['mu', '亩', 'mu', 'mu', 'area', 'm2', 2000, 3],
  ['ha', '公顷', 'ha', 'ha', 'area', 'm2', 10_000],
  ['km2', '平方公里', 'km²', 'km²', 'area', 'm2', 1_000_000],
  // Durations are stored in the unit they are declared in; whoever measures in minutes counts minutes.
  ['second', '秒', 'second', 'seconds', 'duration', 'second', 1],
  ['minute', '分钟', 'minute', 'minutes', 'duration', 'minute', 60],
  ['hour', '小时', 'hour', 'hours', 'duration', 'hour', 3600],
  ['celsius', '℃', '°C', '°C', 'temperature', 'celsius', 1],
]

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...COUNTED.map(([id, zh, en, many]): [string, Unit] => [
    id,
    { id, zh, en, many: many ?? `${en}s`, measure: 'count', base: id, factor: whole(1) },
  ]),
  ...MEASURED.map(([id, zh, en, many, measure, base, n, d = 1]): [string, Unit] => [
    id,
    { id, zh, en, many, measure, base, factor: { n: BigInt(n), d: BigInt(d) } },
  ]),
])

/** Other names of measured units. Counted things share 个, 项, 次, which therefore name none of them. */
const ALSO: Readonly<Record<string, string>> = {
  gram: 'g',
  '㎡': 'm2',
  平米: 'm2',
  'm²': 'm2',
  hectare: 'ha',
  千克: 'kg',
  市斤: 'jin',
  t: 'tonne',
  市里: 'li',
  华里: 'li',
  千米: 'km',
  'km²': 'km2',
  平方千米: 'km2',
  块: 'yuan',
  块钱: 'yuan',
  '％': 'percent',
  时: 'hour',
}

const BY_NAME: ReadonlyMap<string, Unit> = new Map([
  // 分 is money in 元角分 and a score elsewhere: only the id tells which.
  ...MEASURED.filter(([, zh]) => zh !== '' && zh !== '分').map(([id, zh]): [string, Unit] => [zh, UNITS.get(id)!]),
  ...Object.entries(ALSO).map(([name, id]): [string, Unit] => [name, UNITS.get(id)!]),
  ['人次', UNITS.get('person-time')!],
  ['户', UNITS.get('household')!],
  ['天', UNITS.get('day')!],
])

export const allUnits = (): readonly Unit[] => [...UNITS.values()]

/** A unit by its id, or a measured one by its Chinese name (万元, 亩, %); `unit/unknown`. */
export function unitNamed(name: string): Result<Unit> {
  const unit = UNITS.get(name) ?? BY_NAME.get(name)
  if (unit) return ok(unit)
  return fail('unit/unknown', { value: name, zh: `没有计量单位“${name}”`, en: `There is no unit ${name}` })
}

/** A declared unit. @throws when there is none of that name: a mistake in a declaration */
export function unitOf(name: string): Unit {
  const found = unitNamed(name)
  if (!found.ok) throw new Error(found.problems[0]!.en)
  return found.value
}

/** A declared unit of counted things. @throws when it is unknown or measures */
export function countUnit(id: string): Unit {
  const unit = unitOf(id)
  if (unit.measure !== 'count') throw new Error(`${id} measures ${unit.measure}, it does not count`)
  return unit
}

export const baseOf = (unit: Unit): Unit => UNITS.get(unit.base)!

/** Whether values in one can be told in the other. */
export const isConvertible = (a: Unit, b: Unit): boolean =>
  a.measure === b.measure && (a.measure !== 'count' || a.id === b.id)

/** An exact amount of one unit in another; `unit/mismatch`. */
export function convertExactly(value: Fraction, from: Unit, to: Unit): Result<Fraction> {
  if (!isConvertible(from, to))
    return fail('unit/mismatch', {
      from: from.id,
      to: to.id,
      zh: `“${from.zh || from.id}”不能换算成“${to.zh || to.id}”`,
      en: `${from.id} cannot be converted to ${to.id}`,
    })
  return ok(over(times(value, from.factor), to.factor))
}

/** The nearest number; `unit/unknown`, `unit/mismatch`. */
export function convert(value: number, from: string, to: string): Result<number> {
  const source = unitNamed(from)
  if (!source.ok) return source
  const target = unitNamed(to)
  if (!target.ok) return target
  const exact = convertExactly(fromText(String(value)), source.value, target.value)
  return exact.ok ? ok(toNumber(exact.value)) : exact
}

/** A unit after a number, as a language says it. */
export const unitWord = (unit: Unit, language: Language, one: boolean): string =>
  language === 'zh' ? unit.zh : one ? unit.en : unit.many

const MULTIPLES: Readonly<Record<string, bigint>> = { 千: 1000n, 万: 10_000n, 百万: 1_000_000n, 亿: 100_000_000n }
const QUANTITY = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(.*)$/su

/**
 * A quantity that someone wrote: `3.5亩`, `27万元`, `1,200 公斤`, `1.2万人次`, `12`.
 * @param unit the unit whose base is wanted
 * @param assumed what a bare number is in; the base when not given
 * @returns the value in the base unit of `unit`; `quantity/format`, `/unit`, `/too-fine` (0.001元), `/too-large`.
 *   An area is rounded to whole m², for 亩 are never whole.
 */
export function parseQuantity(text: string, unit: Unit, assumed: Unit = baseOf(unit)): Result<number> {
  const base = baseOf(unit)
  const match = QUANTITY.exec(text.normalize('NFKC').trim())
  const [, sign = '', integer = '', decimals = '', rest = ''] = match ?? []
  if (!integer && !decimals) return refuse('format', text, unit)
  const suffix = rest.trim()
  const named = suffixUnit(suffix, assumed)
  if (!named) return refuse('unit', text, unit)
  const written = fromText(`${sign.replace('+', '')}${integer.replaceAll(',', '')}${decimals}`)
  const exact = convertExactly(times(written, whole(named.multiple)), named.unit, base)
  if (!exact.ok) return refuse('unit', text, unit)
  const isWhole = fitsDecimals(exact.value, 0)
  if (!isWhole && ['money', 'mass', 'length'].includes(base.measure)) return refuse('too-fine', text, unit)
  const value = base.measure === 'area' ? Number(toDecimal(exact.value, 0)) : toNumber(exact.value)
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? ok(value) : refuse('too-large', text, unit)
}

function suffixUnit(suffix: string, assumed: Unit): { unit: Unit; multiple: bigint } | undefined {
  const direct = nameOf(suffix, assumed)
  if (direct) return { unit: direct, multiple: 1n }
  for (const [word, multiple] of Object.entries(MULTIPLES)) {
    if (!suffix.startsWith(word)) continue
    const unit = nameOf(suffix.slice(word.length).trim(), assumed)
    if (unit) return { unit, multiple }
  }
  return undefined
}

function nameOf(name: string, assumed: Unit): Unit | undefined {
  if (name === '' || [assumed.id, assumed.zh, assumed.en, assumed.many].includes(name)) return assumed
  if (name === '分' && assumed.measure === 'money') return UNITS.get('fen')
  return UNITS.get(name) ?? BY_NAME.get(name)
}

const RULES = {
  format: { zh: '不是数字', en: 'is not a number' },
  unit: { zh: '的单位不对，应为', en: 'has another unit than' },
  'too-fine': { zh: '太细，最小到', en: 'is finer than one' },
  'too-large': { zh: '太大', en: 'is too large' },
} as const

function refuse(rule: keyof typeof RULES, text: string, unit: Unit) {
  const named = rule === 'unit' ? unit : rule === 'too-fine' ? baseOf(unit) : undefined
  return fail(`quantity/${rule}`, {
    value: text,
    unit: unit.id,
    zh: `“${text}”${RULES[rule].zh}${named?.zh ?? ''}`,
    en: `${JSON.stringify(text)} ${RULES[rule].en}${named ? ` ${named.en || named.id}` : ''}`,
  })
}
