import type { Claim, Reading } from '../../src/kernel/claims/claim.ts'
import { readClaims } from '../../src/kernel/claims/read.ts'
import { type Label, type LabelledText, markedTexts, seedTexts } from './labels.ts'
import { holdsAsLabelled, plants } from './plant.ts'

/** Counts over some texts, from which all rates follow. */
interface Tally {
  labels: number
  claims: number
  matched: number
  unit: number
  normalized: number
  nouns: number
  nounsJudged: number
  target: number
  identities: number
  identitiesFound: number
  identitiesGiven: number
  identitiesRight: number
  planted: number
  plantedFound: number
  /** Planted changes found and made, by type of identity. */
  byType: Map<string, [found: number, made: number]>
  worst: string[]
}

const LIMITS: readonly (readonly [string, number])[] = [
  ['precision', 0.97],
  ['recall', 0.97],
  ['unit', 0.97],
  ['normalized', 0.97],
  ['noun', 0.9],
  ['target', 0],
  ['identity recall', 0.9],
  ['identity precision', 0.95],
  ['planted found', 0.95],
]

/** Prints how well claims and identities are read, against labels made by reading. */
export function scoreClaims(print: (line: string) => void = console.log): Record<string, Record<string, number>> {
  const seeds = seedTexts()
  if (!seeds) print('seeds    skipped: the ten reports are not here (set YILU_SEEDS to their folder)')
  const halves: [string, LabelledText[]][] = [
    ...(seeds ? [['seeds', seeds] as [string, LabelledText[]]] : []),
    ['tuned', markedTexts('tuned')],
    ['heldout', markedTexts('heldout')],
  ]
  const results: Record<string, Record<string, number>> = {}
  for (const [name, texts] of halves) {
    const tally = scoreTexts(texts)
    const rates = ratesOf(tally)
    results[name] = rates
    print(
      `\n${name}: ${texts.length} texts, ${tally.labels} labelled claims, ${tally.identities} labelled identities, ${tally.planted} planted changes`,
    )
    for (const [rate, limit] of LIMITS) {
      const value = rates[rate]!
      print(
        `  ${rate.padEnd(20)} ${value.toFixed(3)}${limit === 0 ? '' : value >= limit ? `  ≥ ${limit}` : `  below ${limit}`}`,
      )
    }
    print(
      `  planted by type      ${[...tally.byType].map(([type, [found, made]]) => `${type} ${found}/${made}`).join(', ')}`,
    )
    const most = Number(process.env.YILU_WORST ?? 15)
    for (const line of tally.worst.slice(0, most)) print(`    ${line}`)
    if (tally.worst.length > most) print(`    … and ${tally.worst.length - most} more`)
  }
  return results
}

function ratesOf(tally: Tally): Record<string, number> {
  const rate = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)
  return {
    precision: rate(tally.matched, tally.claims),
    recall: rate(tally.matched, tally.labels),
    unit: rate(tally.unit, tally.matched),
    normalized: rate(tally.normalized, tally.matched),
    noun: rate(tally.nouns, tally.nounsJudged),
    target: rate(tally.target, tally.matched),
    'identity recall': rate(tally.identitiesFound, tally.identities),
    'identity precision': rate(tally.identitiesRight, tally.identitiesGiven),
    'planted found': rate(tally.plantedFound, tally.planted),
  }
}

function scoreTexts(texts: readonly LabelledText[]): Tally {
  const tally: Tally = {
    labels: 0,
    claims: 0,
    matched: 0,
    unit: 0,
    normalized: 0,
    nouns: 0,
    nounsJudged: 0,
    target: 0,
    identities: 0,
    identitiesFound: 0,
    identitiesGiven: 0,
    identitiesRight: 0,
    planted: 0,
    plantedFound: 0,
    byType: new Map(),
    worst: [],
  }
  for (const source of texts) {
    const reading = readClaims(source.text)
    const claimOf = scoreClaimsOf(source, reading, tally)
    scoreIdentities(source, reading, claimOf, tally)
    scorePlanted(source, claimOf, tally)
  }
  return tally
}

/** Pairs labels with claims that overlap them and state the same value; returns the claim index of each label. */
function scoreClaimsOf(source: LabelledText, reading: Reading, tally: Tally): (number | undefined)[] {
  const taken = new Set<number>()
  const claimOf = source.labels.map(label => {
    const index = reading.claims.findIndex(
      (claim, at) => !taken.has(at) && overlaps(claim, label) && isClose(claim.value, label.value),
    )
    if (index < 0) return undefined
    taken.add(index)
    return index
  })
  tally.labels += source.labels.length
  tally.claims += reading.claims.length
  const note = (kind: string, at: number, what: string) =>
    tally.worst.push(
      `${source.name} ${kind}: …${source.text.slice(Math.max(0, at - 10), at + 14).replace(/\n/g, '⏎')}… ${what}`,
    )
  source.labels.forEach((label, at) => {
    const claim = claimOf[at] === undefined ? undefined : reading.claims[claimOf[at]!]
    if (!claim) {
      note('missed', label.start, label.quote)
      return
    }
    tally.matched++
    if (plainUnit(claim.unit) === plainUnit(label.unit)) tally.unit++
    else note('unit', label.start, `${claim.unit} for ${label.unit}`)
    if (isClose(claim.normalized, label.normalized)) tally.normalized++
    else note('normalized', label.start, `${claim.normalized} for ${label.normalized}`)
    if (claim.target === label.target) tally.target++
    else note('target', label.start, String(claim.target))
    if (label.nouns.length === 0) return
    tally.nounsJudged++
    if (label.nouns.some(noun => nounsAgree(claim.noun, noun))) tally.nouns++
    else note('noun', label.start, `${claim.noun || '(none)'} for ${label.nouns.join('/')}`)
  })
  for (const [at, claim] of reading.claims.entries()) if (!taken.has(at)) note('invented', claim.start, claim.quote)
  return claimOf
}

const overlaps = (claim: Claim, label: Label): boolean => claim.start < label.end && label.start < claim.end
const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b))
const plainUnit = (unit: string): string => unit.replace(/\s/g, '')

/** Half of the characters of the longer noun, or all of the shorter one, are shared in a run. */
function nounsAgree(given: string, wanted: string): boolean {
  if (given === '') return false
  const [short, long] = given.length < wanted.length ? [given, wanted] : [wanted, given]
  if (long.includes(short)) return true
  let longest = 0
  for (let from = 0; from < short.length; from++)
    for (let to = from + longest + 1; to <= short.length; to++)
      if (long.includes(short.slice(from, to))) longest = to - from
  return longest * 2 >= long.length
}

function scoreIdentities(
  source: LabelledText,
  reading: Reading,
  claimOf: readonly (number | undefined)[],
  tally: Tally,
): void {
  const wanted = source.identities.map(identity => {
    if (!holdsAsLabelled(source, identity))
      throw new Error(
        `${source.name}: the labels of ${identity.type} ${identity.labels.map(at => source.labels[at]!.quote)} do not fit`,
      )
    return { key: keyOf(identity.labels.map(label => claimOf[label] ?? -1)), type: identity.type, identity }
  })
  tally.identities += wanted.length
  const given = new Map(reading.identities.map(identity => [keyOf(identity.claims), identity]))
  for (const { key, type, identity } of wanted) {
    if (given.get(key)?.holds) tally.identitiesFound++
    else
      tally.worst.push(
        `${source.name} identity missed: ${type} ${identity.labels.map(at => source.labels[at]!.quote).join(' ')}`,
      )
  }
  const keys = new Set(wanted.map(each => each.key))
  tally.identitiesGiven += reading.identities.length
  for (const identity of reading.identities) {
    if (identity.holds && keys.has(keyOf(identity.claims))) tally.identitiesRight++
    else tally.worst.push(`${source.name} identity invented: ${identity.type} ${identity.holds} ${identity.arithmetic}`)
  }
}

const keyOf = (claims: readonly number[]): string => [...claims].sort((a, b) => a - b).join(',')

function scorePlanted(source: LabelledText, claimOf: readonly (number | undefined)[], tally: Tally): void {
  for (const planted of plants(source)) {
    tally.planted++
    const reading = readClaims(planted.text)
    const { start } = source.labels[planted.label]!
    const index = reading.claims.findIndex(claim => claim.start <= start && start < claim.end)
    const isFound = reading.identities.some(
      identity =>
        !identity.holds && (identity.claims.includes(index) || identity.claims.includes(claimOf[planted.label] ?? -1)),
    )
    const count = tally.byType.get(planted.identity.type) ?? [0, 0]
    tally.byType.set(planted.identity.type, [count[0] + (isFound ? 1 : 0), count[1] + 1])
    if (isFound) tally.plantedFound++
    else
      tally.worst.push(
        `${source.name} planted missed: ${planted.identity.type} ${planted.from} → ${planted.to} in ${planted.identity.labels.map(at => source.labels[at]!.quote).join(' ')}`,
      )
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) scoreClaims()
