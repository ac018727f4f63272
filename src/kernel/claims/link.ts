import type { Indicator } from '../figures/indicator.ts'
import { lastYear, nextYear, type Period, parsePeriod, periodWords } from '../period/period.ts'
import type { FigureAddress } from '../reports/address.ts'
import { align, NUMBER } from './align.ts'
import { words } from './characters.ts'
import type { Claim, Reading } from './claim.ts'
import { scaleTo } from './link-units.ts'
import type { OrgNames } from './org-names.ts'
import { type Surroundings, surroundings } from './surround.ts'
import type { DimensionWord, Wording, Wordings } from './wordings.ts'

// Which figure of the ledger a claim states. Whatever the words around a number do not say completely is not linked: a
// wrong link costs more than a missing one.

/** A claim and the figure that it states. */
export interface LinkedClaim {
  /** Index into the reading's claims. */
  readonly claim: number
  readonly address: FigureAddress
  /** Multiplies `normalized` and `covers` to the indicator's base unit. */
  readonly scale: number
  /** The words that named the indicator, or that a person confirmed. */
  readonly wording: string
  readonly isConfirmed: boolean
}

export interface LinkScope {
  readonly org: string
  readonly period: Period
  readonly names: OrgNames
  /** What persons confirmed for this org: the words around a number, to an indicator or to none. */
  readonly confirmed: ReadonlyMap<string, ConfirmedWording>
}

export interface ConfirmedWording {
  readonly indicator: string | null
  readonly where: Readonly<Record<string, string>>
}

export interface Linking {
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly wordings: Wordings
}

interface Found {
  readonly indicator: string
  readonly where: Readonly<Record<string, string>>
  readonly wording: string
  /** Named by its own words, so that parts and changes behind it may refer to it. */
  readonly isWhole: boolean
  readonly org: string
  readonly as?: 'difference' | 'growth'
  readonly period?: string
  readonly isConfirmed?: boolean
}

/** A plan, but for a row of a table that is only called one: 科技富民强县计划. */
const isPlanned = ({ target }: Claim, { cell }: Surroundings): boolean => target && !cell?.row.includes('计划')

/** What a confirmation is remembered by: the words around the number, whatever the time, and what it is counted in. */
export const confirmedKey = (words: string, base: string): string =>
  `${words.replace(NUMBER, '#').replace(/^(?:全年|今年|本年|年内|一年来|上半年|共)+/, '')} ${base}`

/** The figures that the claims of a reading state, in their order; null for those of which the ledger has none. */
export function linkClaims(reading: Reading, linking: Linking, scope: LinkScope): (LinkedClaim | null)[] {
  const around = surroundings(reading.text, reading.claims)
  const found: (Found | null)[] = []
  return reading.claims.map((claim, i) => {
    const one = findFor(i, claim, around, found, reading.claims, linking, scope)
    const period =
      one && (one.period ?? periodOf(claim, around[i]!, scope.period, linking.indicators.get(one.indicator)!))
    const scale = one && scaleTo(claim, linking.indicators.get(one.indicator)!, around[i]!.cell !== null)
    if (!one || !period || scale === null) {
      found.push(null)
      return null
    }
    found.push(one)
    const { indicator, where, org, as, wording } = one
    return {
      claim: i,
      address: {
        indicator,
        org,
        period,
        ...(Object.keys(where).length > 0 ? { where } : {}),
        ...(as ? { as } : isPlanned(claim, around[i]!) ? { as: 'target' as const } : {}),
      },
      scale,
      wording,
      isConfirmed: one.isConfirmed ?? false,
    }
  })
}

function findFor(
  i: number,
  claim: Claim,
  around: readonly Surroundings[],
  found: readonly (Found | null)[],
  claims: readonly Claim[],
  linking: Linking,
  scope: LinkScope,
): Found | null {
  const here = around[i]!
  const known = scope.confirmed.get(confirmedKey(here.words, claim.base))
  if (known) {
    if (known.indicator === null || !linking.indicators.has(known.indicator)) return null
    return {
      ...known,
      indicator: known.indicator,
      wording: here.words.replace(NUMBER, ''),
      isWhole: true,
      org: scope.org,
      isConfirmed: true,
    }
  }
  if (claim.threshold || claim.kind === 'rank' || claim.kind === 'ratio' || claim.confidence < 0.5) return null
  if (here.cell) return inTable(claim, here.cell, linking, scope)
  const change = changeOf(claim, here, found[i - 1] ?? null, around[i - 1], linking)
  if (change !== undefined) return change
  const org = orgOf(claim, here, scope)
  if (org === null) return null
  return (
    named(claim, here, org, anchorsOf(i, around, found, claims), linking, scope) ??
    part(claim, here, org, i, around, found, linking, scope)
  )
}

/** 比上年增加16万元: a change in what was just told. Undefined when the number states no comparison. */
function changeOf(
  claim: Claim,
  here: Surroundings,
  before: Found | null,
  beforeAround: Surroundings | undefined,
  { indicators }: Linking,
): Found | null | undefined {
  const compared = /比(?:上年|去年)(?:同期)?|较(?:上年|去年)(?:同期)?|同比/.test(here.lead.slice(-20))
  if (!compared) return claim.polarity !== 'level' && (claim.base === '百分点' || claim.base === '%') ? null : undefined
  if (
    claim.polarity === 'level' ||
    !before ||
    (before.as === undefined) === false ||
    beforeAround?.sentence !== here.sentence
  )
    return null
  const indicator = indicators.get(before.indicator)!
  const isGrowth = claim.base === '%'
  if (!isGrowth && scaleTo(claim, indicator) === null) return null
  // The growth of a rate in percent is no thing that reports state by %: 百分点 is.
  if (isGrowth && scaleTo(claim, indicator) !== null) return null
  return { ...before, as: isGrowth ? 'growth' : 'difference', isWhole: false }
}

/** The org unit whose number it is; null when it is of somebody outside the tree. */
function orgOf(claim: Claim, here: Surroundings, { org, names }: LinkScope): string | null {
  if (claim.actor === null) return org
  const known = names.byName(claim.actor)
  if (known !== null) return known
  if (!STRANGER.test(claim.actor)) return org
  // Words of the clause itself have to be explained anyway; an actor of an earlier clause is a stranger.
  return here.words.includes(claim.actor.slice(0, 8)) || here.lead.includes(claim.actor.slice(0, 8)) ? org : null
}

const STRANGER =
  /(?:县|州|省|乡|镇|(?<![农乡])村|局|厅|委|公司|集团|医院|合作社|协会|政府|委员会|党委|支部|中心|(?<![集超城门夜])市|区)$/

/** Claims that are looked back over. */
const FARTHEST = 60

interface Anchors {
  /** Domains that the paragraph has spoken of so far, the last first. */
  readonly domain: string | null
}

function anchorsOf(
  i: number,
  around: readonly Surroundings[],
  found: readonly (Found | null)[],
  claims: readonly Claim[],
): Anchors {
  for (let at = i - 1; at >= 0 && i - at < FARTHEST && around[at]!.paragraph === around[i]!.paragraph; at--)
    if (found[at]) return { domain: domainOf(found[at]!.indicator) }
  // A paragraph that is a section's first goes on in the domain that its neighbour spoke of only under the same heading.
  for (let at = i - 1; at >= 0 && i - at < 4; at--)
    if (found[at] && claims[at]!.section.join('\n') === claims[i]!.section.join('\n'))
      return { domain: domainOf(found[at]!.indicator) }
  return { domain: null }
}

const domainOf = (indicator: string): string => indicator.slice(0, indicator.indexOf('.'))

interface Candidate {
  readonly wording: Wording
  readonly where: Readonly<Record<string, string>>
  readonly score: number
}

/** A claim whose own words name an indicator. */
function named(
  claim: Claim,
  around: Surroundings,
  org: string,
  { domain }: Anchors,
  linking: Linking,
  { names }: LinkScope,
): Found | null {
  if (around.words === '') return null
  const candidates: Candidate[] = []
  for (const wording of linking.wordings.all) {
    if (!mayHold(around.words, wording.phrase)) continue
    const indicator = linking.indicators.get(wording.indicator)!
    if (scaleTo(claim, indicator, around.cell !== null) === null || !suits(claim, indicator, wording)) continue
    const laid = align(around.words, wording.phrase, linking.wordings.dimensions.get(wording.indicator)!, names.at)
    if (!laid) continue
    const length = laid.dimensions.reduce((sum, { word }) => sum + word.length, 0)
    // 出版《邮政科技》: what narrows it says as much as a longer name.
    if (wording.isWeak && domainOf(wording.indicator) !== domain && length < 3) continue
    const near = domainOf(wording.indicator) === domain ? 0.9 : 0
    candidates.push({
      wording,
      where: { ...narrowed(laid.dimensions), ...itselfNarrowing(wording, linking), ...wording.where },
      score:
        wording.phrase.length + laid.dimensions.reduce((sum, { word }) => sum + word.length, 0) - laid.skipped + near,
    })
  }
  const best = decided(candidates)
  return (
    best && { indicator: best.wording.indicator, where: best.where, wording: best.wording.phrase, isWhole: true, org }
  )
}

/** 工作简报 is a way of saying the issues of a periodical, and which. */
function itselfNarrowing({ phrase, indicator }: Wording, { wordings }: Linking): Record<string, string> {
  const own = wordings.dimensions
    .get(indicator)!
    .find(({ word, dimension }) => word === phrase && dimension !== 'state')
  return own ? { [own.dimension]: own.value } : {}
}

const narrowed = (dimensions: readonly DimensionWord[]): Record<string, string> =>
  Object.fromEntries(dimensions.map(({ dimension, value }) => [dimension, value]))

/** The best candidate, unless another figure is as well named. */
function decided(candidates: readonly Candidate[]): Candidate | null {
  const [best, ...others] = [...candidates].sort((a, b) => b.score - a.score)
  if (!best) return null
  const same = (one: Candidate) =>
    one.wording.indicator === best.wording.indicator &&
    JSON.stringify(sorted(one.where)) === JSON.stringify(sorted(best.where))
  const rival = others.find(one => !same(one))
  return rival && best.score - rival.score < 0.5 ? null : best
}

const sorted = (where: Readonly<Record<string, string>>) => Object.entries(where).sort(([a], [b]) => (a < b ? -1 : 1))

/** All characters of the phrase, in order: cheap, before it is laid over the words. */
function mayHold(text: string, phrase: string): boolean {
  let at = -1
  for (const ch of phrase) {
    at = text.indexOf(ch, at + 1)
    if (at < 0) return false
  }
  return true
}

/** A number since some beginning is of a stock; a change that its indicator does not name is no level. */
function suits(claim: Claim, indicator: Indicator, { phrase }: Wording): boolean {
  const isState = indicator.kind === 'stock' || indicator.kind === 'latest' || indicator.kind === 'units'
  if (claim.polarity !== 'level' && isState) return false
  if (claim.polarity === 'decrease' && !/减|降/.test(phrase)) return false
  return true
}

/** What a narrowing word is a name of: 一等|奖, 中小企业基金|项目. */
const SORTS = words(['奖', '项目', '类项目', '类', '计划'])

/** A claim that only narrows what the sentence told before: 其中国家级30项, 二等奖1项, 打印机525台. */
function part(
  claim: Claim,
  here: Surroundings,
  org: string,
  i: number,
  around: readonly Surroundings[],
  found: readonly (Found | null)[],
  linking: Linking,
  { names }: LinkScope,
): Found | null {
  if (here.words === '') return null
  for (let at = i - 1; at >= 0 && i - at < FARTHEST && around[at]!.paragraph === here.paragraph; at--) {
    if (around[at]!.sentence !== here.sentence && !here.isPart) return null
    const whole = found[at]
    if (!whole || whole.as) continue
    const dimensions = linking.wordings.dimensions.get(whole.indicator) ?? []
    if (scaleTo(claim, linking.indicators.get(whole.indicator)!) === null) continue
    const laid = align(here.words, '', dimensions, (text, at) => names.at(text, at) || SORTS.at(text, at))
    if (!laid || laid.dimensions.length === 0) {
      if (whole.isWhole) return null
      continue
    }
    const own = narrowed(laid.dimensions)
    // A sibling of the part before (国家级…, 省级…) replaces its value; a part of a part narrows further only after 其中.
    const kept = whole.isWhole
      ? whole.where
      : Object.fromEntries(Object.entries(whole.where).filter(([name]) => name in own))
    return {
      ...whole,
      where: { ...kept, ...own },
      isWhole: false,
      org,
      wording: laid.dimensions.map(one => one.word).join(''),
    }
  }
  return null
}

/** A cell of a table: the head of its column or the first cell of its row names the indicator, the other one narrows. */
function inTable(
  claim: Claim,
  cell: NonNullable<Surroundings['cell']>,
  linking: Linking,
  scope: LinkScope,
): Found | null {
  const plain = { words: `${cell.head}${NUMBER}`, lead: '', paragraph: 0, sentence: 0, isPart: false, cell }
  const byColumn = named(claim, plain, scope.org, { domain: null }, linking, scope)
  if (byColumn) return narrowedBy(byColumn, cell.row, linking, scope)
  if (!/^(?:数量|数值|数据|本年|本期|今年|全年|完成数|完成情况|实际|实绩|合计|指标值|\d{4}年?)$/.test(cell.head))
    return null
  return named(claim, { ...plain, words: `${cell.row}${NUMBER}` }, scope.org, { domain: null }, linking, scope)
}

function narrowedBy(found: Found, row: string, { wordings }: Linking, { names, period }: LinkScope): Found | null {
  if (/^(?:合计|总计|全部|全县|全市|全局)$/.test(row)) return found
  const dimension = (wordings.dimensions.get(found.indicator) ?? []).find(({ word }) => word === row)
  if (dimension) return { ...found, where: { ...found.where, [dimension.dimension]: dimension.value } }
  const org = names.byName(row)
  if (org !== null) return { ...found, org }
  const month = /^(?:(\d{4})年)?(\d{1,2})月$/.exec(row)
  if (!month) return null
  return { ...found, period: `${month[1] ?? period.from.slice(0, 4)}-${month[2]!.padStart(2, '0')}` }
}

/** The period that a claim speaks of, when the report is of `reported`; null when it cannot be told. */
function periodOf(claim: Claim, here: Surroundings, reported: Period, indicator: Indicator): string | null {
  const own = claim.period === null ? null : parsePeriod(claim.period)
  if (own !== null && !own.ok) return null
  if (own === null) return claim.prior ? null : reported.text
  const given = own.value
  if (given.from === reported.from && given.until === reported.until) return reported.text
  if (!/^\d{4}$/.test(given.text)) return given.text
  const around = [lastYear(reported), reported, nextYear(reported)]
  const ofYear = around.find(one => one.from.startsWith(given.text))
  const isWholeYear = reported.from.endsWith('-01-01') && reported.days >= 365
  if (isWholeYear || !ofYear) return given.text
  // A heading or the clause names the part of the year; else the words 全年, 年度 and the like mean the whole.
  const names = [...claim.section, here.lead].some(words => words.includes(periodWords(ofYear).zh))
  if (names || ofYear === reported) return /全年|年度/.test(here.lead) ? given.text : ofYear.text
  if (claim.prior && (/同期/.test(here.lead) || indicator.kind === 'stock')) return ofYear.text
  return given.text
}
