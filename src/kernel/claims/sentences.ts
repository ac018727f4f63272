import { isDigit, isHan } from './characters.ts'
import type { Paragraph } from './layout.ts'
import { isThousandsComma } from './numerals.ts'

/** A run of text between two marks. Sentences end with 。, segments also with ；, clauses also with ， and ：. */
export interface Clause {
  readonly index: number
  readonly start: number
  readonly end: number
  readonly paragraph: number
  readonly sentence: number
  readonly segment: number
  /** The mark that ends it, '' at the end of a line. */
  readonly mark: string
}

export function splitClauses(text: string, raw: string, paragraphs: readonly Paragraph[]): Clause[] {
  const clauses: Clause[] = []
  let sentence = -1
  let segment = -1
  for (const paragraph of paragraphs) {
    sentence++
    segment++
    let start = paragraph.body
    const push = (end: number, mark: string) => {
      if (end > start)
        clauses.push({ index: clauses.length, start, end, paragraph: paragraph.index, sentence, segment, mark })
    }
    for (let at = start; at < paragraph.end; at++) {
      const rank = markRank(text, raw, at, paragraph.end)
      if (rank === 0) continue
      push(at, text[at]!)
      start = at + 1
      if (rank >= 2) segment++
      if (rank === 3) sentence++
    }
    push(paragraph.end, '')
  }
  return clauses
}

/** 3 ends a sentence, 2 a segment, 1 a clause, 0 nothing. */
function markRank(text: string, raw: string, at: number, end: number): 0 | 1 | 2 | 3 {
  switch (text[at]) {
    case '。':
    case '!':
    case '?':
      return 3
    case ';':
      return 2
    case ',':
      return isThousandsComma(text, at, raw) ? 0 : 1
    case ':':
      return isDigit(text, at - 1) && isDigit(text, at + 1) ? 0 : 1
    case '\t':
    case '|':
      return 1
    case '.':
      if (isDigit(text, at - 1) && isDigit(text, at + 1)) return 0
      return (at + 1 >= end || isHan(text, at + 1) || text[at + 1] === '\n') && !isDigit(text, at + 1) ? 3 : 0
    default:
      return 0
  }
}

/** Finds, by halving, the clause that holds an offset. */
export function clauseAt(clauses: readonly Clause[], offset: number): Clause | undefined {
  let low = 0
  let high = clauses.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (clauses[middle]!.start <= offset) low = middle
    else high = middle - 1
  }
  return clauses[low]
}
