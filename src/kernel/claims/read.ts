import { actorIn, actorOfTitle } from './actors.ts'
import { findBlanks } from './blanks.ts'
import type { Claim, Reading, ReadOptions } from './claim.ts'
import { coversOf, qualifierOf } from './covers.ts'
import type { Evidence } from './evidence.ts'
import { fold } from './fold.ts'
import { columnOf, findGrids, type Grid, type GridPlace, gridNoun, gridYear, placesOf, withGridUnit } from './grid.ts'
import { findIdentities } from './identities.ts'
import { layOut, type Paragraph } from './layout.ts'
import { nounOf } from './nouns.ts'
import { findPeriodMarks, type PeriodMark, yearsOf } from './periods.ts'
import { findQuantities } from './quantity.ts'
import { type Quantity, tidy } from './quantity-found.ts'
import { respectiveNouns } from './respective.ts'
import { type Clause, splitClauses } from './sentences.ts'
import { isCumulative, isPlanSection, isTarget, polarityOf } from './stance.ts'
import { findZones } from './zones.ts'

/**
 * Reads a report back: the numbers it states, what follows from them, and the blanks that were never filled in.
 * Pure and linear in the length of the text; runs in a browser. Offsets are UTF-16 units into `text`, which is
 * returned as given.
 */
export function readClaims(text: string, options: ReadOptions = {}): Reading {
  const folded = fold(text)
  const paragraphs = layOut(folded)
  const zones = findZones(folded, paragraphs)
  const source = { text: folded, raw: text, zones }
  const blanks = findBlanks(folded, paragraphs).map(blank => ({ ...blank, quote: text.slice(blank.start, blank.end) }))
  const grids = findGrids(folded, paragraphs)
  const quantities = findQuantities(source, paragraphs).filter(each => !isInBlank(blanks, each.start))
  const clauses = splitClauses(folded, text, paragraphs)
  const years = yearsOf(folded, paragraphs, zones.dates, options.year)
  const marks = findPeriodMarks(folded, paragraphs, years, zones.dates)
  const evidence = understand({
    text: folded,
    raw: text,
    paragraphs,
    quantities,
    clauses,
    years,
    marks,
    grids,
    options,
  })
  const claims = evidence.map(each => each.claim)
  return {
    text,
    claims,
    identities: findIdentities(
      folded,
      evidence,
      grids,
      paragraphs.map(each => each.level),
    ),
    blanks,
    links: [],
  }
}

function isInBlank(blanks: readonly { start: number; end: number }[], at: number): boolean {
  let low = 0
  let high = blanks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (blanks[middle]!.end <= at) low = middle + 1
    else high = middle
  }
  return blanks[low] !== undefined && blanks[low]!.start <= at
}

interface Known {
  readonly text: string
  readonly raw: string
  readonly paragraphs: readonly Paragraph[]
  readonly quantities: readonly Quantity[]
  readonly clauses: readonly Clause[]
  readonly years: readonly (number | null)[]
  readonly marks: readonly PeriodMark[]
  readonly grids: readonly Grid[]
  readonly options: ReadOptions
}

/** One pass over the quantities; clauses, marks of time and what an ellipsis refers to move along with it. */
function understand(known: Known): Evidence[] {
  const { text, raw, paragraphs, quantities, clauses, years, marks, grids, options } = known
  const places = placesOf(grids)
  const sentenceStarts = startsOf(clauses, clause => clause.sentence)
  const respective = respectiveNouns(text, quantities, clauses)
  const ownActor = options.actor ?? titleActor(paragraphs)
  const plans = new Map<Paragraph, boolean>()
  const evidence: Evidence[] = []
  let nounUntil = 0
  let clauseIndex = 0
  let markIndex = 0
  quantities.forEach((found, index) => {
    while (clauseIndex + 1 < clauses.length && clauses[clauseIndex + 1]!.start <= found.start) clauseIndex++
    while (markIndex < marks.length && marks[markIndex]!.at < found.start) markIndex++
    const clause = clauses[clauseIndex]!
    const paragraph = paragraphs[clause.paragraph]!
    const place = placeOf(places, paragraph, found.start)
    const quantity = place ? withGridUnit(text, found, place) : found
    const before = evidence[evidence.length - 1]
    const next = quantities[index + 1]
    const from = Math.max(clause.start, before?.claim.end ?? 0)
    const until = Math.min(clause.end, next && next.start > found.end ? next.start : clause.end)
    const sentence = sentenceStarts.get(clause.sentence)!
    // 同比分别增加3公里、37.75公里和11公里: the words before the list hold for all of it.
    const isJoined =
      before !== undefined &&
      before.claim.base === quantity.base &&
      JOINTS.has(text.slice(Math.max(before.claim.end, quantity.start - 2), quantity.start)) &&
      quantity.start - before.claim.end <= 1
    const polarity = isJoined ? before.claim.polarity : polarityOf(text, from, quantity.start)
    const lead = isJoined ? before.lead : text.slice(Math.max(from, quantity.start - 60), quantity.start)
    const qualifier = qualifierOf(text, quantity, clause.start)
    const isNear = next !== undefined && next.start < clause.end && next.start - found.end < 24
    const plain = qualifier.word ?? (isIncomplete(text, sentence, quantity.start) ? '据不完全统计' : null)
    const moved = before && before.claim.end > clause.start && /[至到为]/.test(lead) ? before.claim.end : 0
    const own = place ? gridYear(place) : null
    const told = periodOf(
      marks,
      markIndex,
      sentence,
      Math.max(clause.start, moved),
      years[paragraph.index] ?? null,
      paragraph,
      quantity.kind === 'ratio',
    )
    const year = years[paragraph.index] ?? null
    const when = own === null ? told : { period: String(own), isPrior: year !== null && own < year }
    const noun = place
      ? { noun: gridNoun(place), isVerb: false, until: quantity.end }
      : nounOf({
          text,
          from: Math.max(from, nounUntil),
          start: quantity.start,
          end: quantity.end,
          until,
          isCounted: isCounted(quantity),
          isShare: quantity.kind === 'percent' || quantity.kind === 'ratio',
        })
    nounUntil = noun.until
    let isPlan = plans.get(paragraph)
    if (isPlan === undefined) {
      isPlan = isPlanSection(paragraph.isHeading ? paragraph.section.slice(0, -1) : paragraph.section)
      plans.set(paragraph, isPlan)
    }
    const claim: Claim = {
      start: quantity.start,
      end: quantity.end,
      quote: raw.slice(quantity.start, quantity.end),
      value: quantity.value,
      upper: quantity.upper,
      unit: quantity.unit,
      normalized: tidy(quantity.value * quantity.factor),
      normalizedUpper: quantity.upper === null ? null : tidy(quantity.upper * quantity.factor),
      base: quantity.base,
      covers: coversOf(quantity, qualifier.word),
      qualifier: plain,
      noun: nameOf(respective.get(index), evidence) ?? carried(noun, quantity, before, clause, polarity),
      kind: quantity.kind,
      period: when.period,
      threshold: isThreshold(qualifier.threshold, isNear, quantity),
      target: isTarget(text, sentence, clause.start, quantity.start, quantity.end, clause.end, isPlan) && !when.isPrior,
      prior: when.isPrior,
      cumulative: isCumulative(text, sentence, quantity.start),
      actor: actorIn(text, sentence, quantity.start) ?? ownActor,
      polarity: quantity.value < 0 && polarity === 'increase' ? 'decrease' : polarity,
      section: paragraph.section,
      confidence: quantity.confidence,
    }
    evidence.push({
      claim,
      index,
      quantity,
      clause,
      paragraph: paragraph.index,
      place,
      lead,
      sentenceStart: sentence,
    })
  })
  return chained(evidence)
}

/** 156户477名贫困人口: the noun behind the last of a chain is the noun of all. */
function chained(evidence: Evidence[]): Evidence[] {
  for (let at = evidence.length - 2; at >= 0; at--) {
    const [each, next] = [evidence[at]!, evidence[at + 1]!]
    if (each.claim.noun === '' && next.claim.start === each.claim.end)
      evidence[at] = { ...each, claim: { ...each.claim, noun: next.claim.noun } }
  }
  return evidence
}

/** 60岁以上老人, 0-17岁, 500万元以上项目23个: bounds of a class. */
const isThreshold = (isBound: boolean, isNear: boolean, quantity: Quantity): boolean =>
  quantity.base === '岁' ? isBound || quantity.upper !== null : isBound && isNear

function startsOf(clauses: readonly Clause[], key: (clause: Clause) => number): Map<number, number> {
  const starts = new Map<number, number>()
  for (const clause of clauses) if (!starts.has(key(clause))) starts.set(key(clause), clause.start)
  return starts
}

const titleActor = (paragraphs: readonly Paragraph[]): string | null => {
  const title = paragraphs[0]?.isHeading ? paragraphs[0].section[0] : undefined
  return title === undefined ? null : actorOfTitle(title)
}

function placeOf(
  places: ReadonlyMap<number, { grid: Grid; row: number }>,
  paragraph: Paragraph,
  start: number,
): GridPlace | null {
  const found = places.get(paragraph.index)
  if (!found) return null
  const column = columnOf(found.grid.rows[found.row]!, start)
  return column < 0 ? null : { ...found, column }
}

const nameOf = (respective: string | number | undefined, evidence: readonly Evidence[]): string | undefined =>
  typeof respective === 'number' ? evidence[respective]?.claim.noun : respective

const JOINTS = new Set(['、', '和', '与', '及'])

const isCounted = (quantity: Quantity): boolean => quantity.kind === 'count' && quantity.unit !== ''

function isIncomplete(text: string, sentence: number, start: number): boolean {
  return text.slice(Math.max(sentence, start - 40), start).includes('不完全统计')
}

/** A change or a share without a noun of its own speaks of what was named before in the sentence. */
function carried(
  found: { noun: string; isVerb: boolean },
  quantity: Quantity,
  before: Evidence | undefined,
  clause: Clause,
  polarity: string,
): string {
  if (found.noun !== '' && !found.isVerb) return found.noun
  if (!before || before.clause.sentence !== clause.sentence) return found.noun
  const isSameThing =
    polarity !== 'level' ||
    quantity.kind === 'percent' ||
    quantity.kind === 'ratio' ||
    quantity.kind === 'rank' ||
    before.quantity.base === quantity.base
  if (!isSameThing && found.noun !== '') return found.noun
  // 对2517台电子秤周检,抽检252台: the verb and the thing it was done to.
  const isDeed = found.isVerb && polarity === 'level' && quantity.kind === 'count' && found.noun.length === 2
  return isDeed && !before.claim.noun.includes(found.noun)
    ? `${found.noun}${before.claim.noun}`
    : before.claim.noun || found.noun
}

function periodOf(
  marks: readonly PeriodMark[],
  next: number,
  sentence: number,
  clause: number,
  year: number | null,
  paragraph: Paragraph,
  isMultiple: boolean,
): { period: string | null; isPrior: boolean } {
  for (let at = next - 1; at >= 0 && at > next - 8; at--) {
    const mark = marks[at]!
    if (mark.at < paragraph.start) break
    // A later year named earlier in the paragraph holds on: 2023年全年…。其中….
    if (mark.at < sentence && !(mark.year !== null && year !== null && mark.year > year)) continue
    if (mark.isCompared) continue
    const isEarlier = mark.offset < 0 || (year !== null && mark.year !== null && mark.year < year)
    // 去年 of an earlier clause no longer holds when this clause begins anew.
    if (isEarlier && mark.at < clause) continue
    const isPrior = isEarlier && !isMultiple
    return { period: mark.period, isPrior }
  }
  return { period: year === null ? null : sectionPeriod(year, paragraph), isPrior: false }
}

function sectionPeriod(year: number, { section }: Paragraph): string {
  for (let depth = section.length - 1; depth >= 0; depth--) {
    const title = section[depth]!
    const isWhole = /年度|全年|年工作/.test(title)
    if (title.includes('上半年') && !isWhole && !title.includes('下半年')) return `${year}-H1`
    if (title.includes('下半年') && !title.includes('上半年')) return `${year}-H2`
    const quarter = /([一二三四])季度/.exec(title)
    if (quarter && !title.includes('前')) return `${year}-Q${'一二三四'.indexOf(quarter[1]!) + 1}`
  }
  return String(year)
}
