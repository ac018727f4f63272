import type { Language } from '../words.ts'

/** Characters of 2号 (22 pt) that fit in the 156 mm of a line. */
const WIDTH = 20

/** Marks that may not begin a line, and marks that may not end one. */
const NO_START = /^[，。、；：？！）》〉」』”’〕】—…的及和与]/
const NO_END = /[（《〈「『“‘〔【]$/

/** Han characters are one wide, Latin letters and digits half. */
const widthOf = (text: string) =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x2e80 ? 0.5 : 1), 0)

/**
 * A title in lines: no word broken, and the lines shaped as a trapezium or rhombus rather than a box or an hourglass.
 * Source: GB/T 9704-2012, 7.3.1
 */
export function titleLines(title: string, language: Language = 'zh'): string[] {
  const least = Math.ceil(widthOf(title) / WIDTH)
  if (least <= 1) return [title]
  const words = wordsOf(title, language)
  for (const count of [least, least + 1]) {
    if (count > 4) break
    const candidates = splits(words, count).filter(fits)
    const best = candidates.reduce<string[] | undefined>(
      (chosen, lines) => (chosen && unevenness(chosen) <= unevenness(lines) ? chosen : lines),
      undefined,
    )
    if (best) return best.map(line => line.trim())
  }
  return [title]
}

/** The words of a title; a number stays with what it counts: 2024年度. */
function wordsOf(title: string, language: Language): string[] {
  const words: string[] = []
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'word' }).segment(title))
    if (language === 'zh' && /\d$/.test(words.at(-1) ?? '')) words.push(words.pop() + segment)
    else words.push(segment)
  return words
}

/** All ways to set words in so many lines. */
function splits(words: readonly string[], count: number): string[][] {
  if (count === 1) return [[words.join('')]]
  return words.slice(1, words.length - count + 2).flatMap((_, i) => {
    const first = words.slice(0, i + 1).join('')
    return widthOf(first) > WIDTH ? [] : splits(words.slice(i + 1), count - 1).map(rest => [first, ...rest])
  })
}

const fits = (lines: readonly string[]) =>
  lines.every(
    (line, i) =>
      widthOf(line.trim()) <= WIDTH &&
      !(i > 0 && NO_START.test(line)) &&
      !(i < lines.length - 1 && NO_END.test(line.trim())),
  )

/** How far lines are from a good shape: as even as can be without being a box; an hourglass is worst. */
function unevenness(lines: readonly string[]): number {
  const widths = lines.map(widthOf)
  const spread = Math.max(...widths) - Math.min(...widths)
  const box = spread === 0 ? 3 : 0
  const waist = widths.some(
    (width, i) => i > 0 && i < widths.length - 1 && width < widths[i - 1]! && width < widths[i + 1]!,
  )
  return spread + box + (waist ? 100 : 0)
}
