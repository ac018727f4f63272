import type { Fields } from '../../kernel/records/type.ts'

// Which entry to offer first while somebody types. What an entry is asked by tells more than what it answers.

export interface Candidate {
  readonly id: string
  readonly fields: Fields
}

export interface Suggested<T> {
  readonly entry: T
  readonly score: number
}

/** How much a shared word counts, by where the entry says it. */
const PLACES: Readonly<Record<string, number>> = { question: 1, keywords: 1, answer: 0.25 }
/** What an entry of the asked crop is worth beside one of another; one for all crops lies between. */
const SAME_CROP = 1.25
const ANY_CROP = 1.05
/** An entry that shares less than this part of what was said is not offered. */
const LEAST = 0.08

/**
 * Entries in the order to offer them.
 * @param terms of the text typed, with how much each says
 * @param termsOf a text's search terms
 */
export function ranked<T extends Candidate>(
  terms: ReadonlyMap<string, number>,
  entries: readonly T[],
  termsOf: (text: string) => readonly string[],
  crop?: string,
): Suggested<T>[] {
  const whole = [...terms.values()].reduce((sum, weight) => sum + weight, 0)
  return entries
    .map(entry => ({ entry, score: scoreOf(terms, whole, entry.fields, termsOf, crop) }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? 1 : -1))
}

function scoreOf(
  terms: ReadonlyMap<string, number>,
  whole: number,
  fields: Fields,
  termsOf: (text: string) => readonly string[],
  crop: string | undefined,
): number {
  const best = new Map<string, number>()
  let own = 0
  for (const [name, worth] of Object.entries(PLACES)) {
    const text = fields[name]
    if (typeof text !== 'string') continue
    const said = termsOf(text)
    if (name === 'question') own = said.length
    for (const term of said) best.set(term, Math.max(best.get(term) ?? 0, worth))
  }
  let shared = 0
  for (const [term, weight] of terms) shared += weight * (best.get(term) ?? 0)
  // Of two entries that share the same words, the one that says little else is meant.
  const terse = 1 / (1 + own / 200)
  const fits = crop === undefined ? 1 : fields.crop === crop ? SAME_CROP : fields.crop === 'general' ? ANY_CROP : 1
  return whole === 0 ? 0 : (shared / whole) * terse * fits
}
