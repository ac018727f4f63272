import { actorOfTitle } from './actors.ts'
import type { Audit } from './audit.ts'
import type { Claim } from './claim.ts'

// Several reports beside each other: of one org unit over years, and of a unit and its parts.

/** A report among others. */
export interface Compared {
  readonly file: string
  readonly audit: Pick<Audit, 'text' | 'claims' | 'links'>
}

export interface Mention {
  readonly file: string
  /** Index into that file's claims. */
  readonly claim: number
  readonly quote: string
  readonly value: number
}

/** One thing that two reports of a unit state. */
export interface Change {
  readonly noun: string
  readonly base: string
  readonly before: Mention
  readonly now: Mention
  /** now / before − 1; null from nothing. */
  readonly growth: number | null
  /** The very same number: it may have been copied forward. */
  readonly isSame: boolean
}

export interface YearsCompared {
  readonly kind: 'years'
  readonly before: string
  readonly now: string
  readonly changes: readonly Change[]
}

/** One thing that a report and those of its parts state. */
export interface AddedUp {
  readonly noun: string
  readonly base: string
  readonly whole: Mention
  readonly parts: readonly Mention[]
  readonly sum: number
  /** Null when not all parts state it: nothing can be said. */
  readonly holds: boolean | null
  /** Files of the parts that do not state it. */
  readonly missing: readonly string[]
}

export interface PartsCompared {
  readonly kind: 'parts'
  readonly whole: string
  readonly parts: readonly string[]
  readonly sums: readonly AddedUp[]
}

export type Comparison = YearsCompared | PartsCompared

/** What a report states of its own unit and period once and for all, by what is counted. */
function levels({ file, audit }: Compared): ReadonlyMap<string, Mention & { readonly covers: Claim['covers'] }> {
  const found = new Map<string, (Mention & { readonly covers: Claim['covers'] }) | null>()
  audit.claims.forEach((claim, i) => {
    if (!isLevel(claim)) return
    const key = keyOf(claim, audit.links[i])
    const mention = { file, claim: i, quote: claim.quote, value: claim.normalized, covers: claim.covers }
    const known = found.get(key)
    // Two different numbers under one name are two things, of which nothing can be compared.
    if (known === undefined) found.set(key, mention)
    else if (known !== null && known.value !== mention.value) found.set(key, null)
  })
  return new Map([...found].flatMap(([key, mention]) => (mention ? [[key, mention] as const] : [])))
}

const isLevel = ({ polarity, target, prior, threshold, upper, noun, kind }: Claim): boolean =>
  polarity === 'level' &&
  !target &&
  !prior &&
  !threshold &&
  upper === null &&
  noun !== '' &&
  kind !== 'rank' &&
  kind !== 'duration'

function keyOf({ noun, base }: Claim, link: Audit['links'][number] | undefined): string {
  if (!link?.indicator || link.as) return `${noun} ${base}`
  return `${link.indicator} ${JSON.stringify(link.where)} ${base}`
}

/** What two reports of one unit both state, in the order of the later one. */
export function compareYears(before: Compared, now: Compared): YearsCompared {
  const earlier = levels(before)
  const changes = [...levels(now)].flatMap(([key, { covers: _, ...mention }]): Change[] => {
    const known = earlier.get(key)
    if (!known) return []
    const { covers: __, ...past } = known
    const { noun, base } = now.audit.claims[mention.claim]!
    const growth = past.value === 0 ? null : mention.value / past.value - 1
    return [{ noun, base, before: past, now: mention, growth, isSame: past.value === mention.value }]
  })
  return { kind: 'years', before: before.file, now: now.file, changes }
}

/** Whether what the parts state adds up to what the whole states, as exactly as all of it is written. */
export function addUp(whole: Compared, parts: readonly Compared[]): PartsCompared {
  const stated = parts.map(part => ({ file: part.file, levels: levels(part) }))
  const sums = [...levels(whole)].flatMap(([key, { covers, ...mention }]): AddedUp[] => {
    const { noun, base, kind } = whole.audit.claims[mention.claim]!
    if (kind === 'percent' || kind === 'ratio' || /率|均|比例|占比|比重/.test(noun)) return []
    const found = stated.flatMap(part => part.levels.get(key) ?? [])
    if (found.length === 0) return []
    const missing = stated.filter(part => !part.levels.has(key)).map(({ file }) => file)
    const sum = found.reduce((total, { value }) => total + value, 0)
    const holds =
      missing.length > 0
        ? null
        : fits(
            covers,
            found.map(one => one.covers),
          )
    return [{ noun, base, whole: mention, parts: found.map(({ covers: _, ...one }) => one), sum, holds, missing }]
  })
  return { kind: 'parts', whole: whole.file, parts: parts.map(({ file }) => file), sums }
}

/** Whether the whole and the sum of the parts can be the same number. */
function fits(whole: Claim['covers'], parts: readonly Claim['covers'][]): boolean {
  const from = parts.reduce<number | null>(
    (sum, part) => (sum === null || part.from === null ? null : sum + part.from),
    0,
  )
  const to = parts.reduce<number | null>((sum, part) => (sum === null || part.to === null ? null : sum + part.to), 0)
  const slack = 1e-6 * Math.max(1, Math.abs(from ?? 0), Math.abs(to ?? 0))
  return (
    (whole.to === null || from === null || from <= whole.to + slack) &&
    (whole.from === null || to === null || to >= whole.from - slack)
  )
}

/** Ranks of places, a part below its whole. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  [/(?:省|自治区)/, 1],
  [/(?:市|州|盟)/, 2],
  [/(?:县|区|旗)/, 3],
  [/(?:乡|镇|街道)/, 4],
  [/(?:村|社区)/, 5],
]

const rankOf = (name: string): number => {
  let last = 0
  let at = -1
  for (const [pattern, rank] of RANKS) {
    const found = name.search(pattern)
    if (found > at) [at, last] = [found, rank]
  }
  return last
}

/** The first line that says anything. */
export const titleOf = (text: string): string =>
  text
    .split('\n', 20)
    .find(line => line.trim() !== '')
    ?.replace(/^[#\s]+/, '') ?? ''

interface Titled extends Compared {
  readonly name: string
  readonly year: number
}

/**
 * What can be compared among the reports of a folder: those of one unit, year after year, and the one that stands a rank
 * above several others of one year. Whose a report is and of when, its title says.
 */
export function comparisonsOf(all: readonly Compared[]): Comparison[] {
  const titled = all.flatMap((one): Titled[] => {
    const title = titleOf(one.audit.text)
    const year = /(?:19|20)\d\d/.exec(title)?.[0]
    const name = actorOfTitle(title)
    return name === null || year === undefined ? [] : [{ ...one, name, year: Number(year) }]
  })
  const years = titled.flatMap(now => {
    const before = titled.filter(one => one.name === now.name && one.year < now.year).sort((a, b) => b.year - a.year)[0]
    return before ? [compareYears(before, now)] : []
  })
  const parts = titled.flatMap(whole => {
    const rank = rankOf(whole.name)
    const beneath = titled.filter(one => one.year === whole.year && rankOf(one.name) === rank + 1)
    const isOnly = titled.filter(one => one.year === whole.year && rankOf(one.name) === rank).length === 1
    return rank > 0 && isOnly && beneath.length > 1 ? [addUp(whole, beneath)] : []
  })
  return [...years, ...parts].filter(one => (one.kind === 'years' ? one.changes.length > 0 : one.sums.length > 0))
}

/** Whether no sum of parts fails. */
export const addsUp = (comparisons: readonly Comparison[]): boolean =>
  comparisons.every(one => one.kind === 'years' || one.sums.every(({ holds }) => holds !== false))
