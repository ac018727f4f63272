import { createHash } from 'node:crypto'

/**
 * How many of a lot are looked at again.
 * @param percent whole percent, 1 to 100
 * @returns rounded up, so that a small lot is never left out
 */
export const sampleSize = (lot: number, percent: number): number => Math.ceil((lot * percent) / 100)

/**
 * A random sample that anybody can draw again: those whose SHA-256 of `seed:number` comes first. Neither the order of the
 * list nor the machine matters, and a larger sample of the same seed holds the smaller one.
 * @param seed said before the draw: the meeting's number, dice, a newspaper's date
 */
export function sample(numbers: Iterable<string>, size: number, seed: string): string[] {
  const place = (number: string) => createHash('sha256').update(`${seed}:${number}`).digest('hex')
  return [...new Set(numbers)]
    .map(number => ({ number, at: place(number) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, size)
    .map(({ number }) => number)
}
