import { NUMBER } from './align.ts'
import { bare, withoutLists } from './bare.ts'
import type { Claim } from './claim.ts'
import { fold } from './fold.ts'

/** The words that say what a number counts, and where it stands. */
export interface Surroundings {
  /** Words before and behind, with NUMBER in its place, bare; '' when the text has none of its own. */
  readonly words: string
  /** The whole clause before the number as it is written, for words of comparison. */
  readonly lead: string
  /** Starts of the paragraph and the sentence. */
  readonly paragraph: number
  readonly sentence: number
  /** 其中 stands in the sentence before the number. */
  readonly isPart: boolean
  /** The head of the column and the first cell of the row, in a table. */
  readonly cell: { readonly head: string; readonly row: string } | null
}

const FARTHEST = 160
const LONGEST = 48
/** What stands farther ahead in a sentence without an end says nothing of a number any more. */
const LONGEST_SENTENCE = 600
const BREAK = /[,。;:!?\n]/
const END = /[,。;:!?\n、\t|]/

/** What stands around each claim of a text, in order. */
export function surroundings(text: string, claims: readonly Claim[]): Surroundings[] {
  const folded = stopped(fold(text))
  const found: Surroundings[] = []
  const rows = rowReader(folded)
  let paragraph = 0
  let passed = 0
  claims.forEach((claim, i) => {
    const before = claims[i - 1]
    const next = claims[i + 1]
    const newline = folded.slice(passed, claim.start).lastIndexOf('\n')
    if (newline >= 0) paragraph = passed + newline + 1
    passed = claim.start
    const sentence = startAfter(folded, claim.start, Math.max(paragraph, claim.start - LONGEST_SENTENCE), /[。!?]/)
    const clause = startAfter(folded, claim.start, sentence, BREAK)
    const from = Math.max(clause, before?.end ?? 0, claim.start - FARTHEST)
    let until = claim.end
    const stop = Math.min(folded.length, claim.end + FARTHEST, next?.start ?? folded.length)
    while (until < stop && !END.test(folded[until]!)) until++
    // A closing bracket of the number's own: 奖(4项)有.
    const lead = withoutReceiver(
      withoutDates(withoutLists(ownWords(folded.slice(from, claim.start), from === before?.end))),
    )
    const own = bare(lead).slice(-LONGEST)
    const after = bare(folded.slice(claim.end, until))
    const behind = after === '' || after.includes('进行') ? after : after + sharedDeed(folded, claims, i)
    // 20种8000余份: two numbers of one thing share its words.
    const shared = before && before.end === claim.start ? found[i - 1]! : null
    const head = shared && own === '' ? shared.words.slice(0, shared.words.indexOf(NUMBER)) : own
    found.push({
      words: head === '' && behind === '' ? '' : `${head.replace(/^、/, '')}${NUMBER}${behind}`,
      lead: folded.slice(clause, claim.start),
      paragraph,
      sentence,
      isPart: folded.slice(sentence, claim.start).includes('其中'),
      cell: rows(claim.start, paragraph),
    })
  })
  return found
}

function startAfter(text: string, start: number, from: number, mark: RegExp): number {
  let at = start
  while (at > from && !mark.test(text[at - 1]!)) at--
  return at
}

/** 4台|电脑、|一部服务车: what follows a number up to the first joint is that number's. */
function ownWords(lead: string, isBehindNumber: boolean): string {
  const joint = isBehindNumber ? lead.search(/[、和及与]/) : -1
  return joint < 0 ? lead : lead.slice(joint + 1)
}

/** 57台邮资机,525台打印机和13台发电机|进行大修: a deed told once for a list of things. */
function sharedDeed(text: string, claims: readonly Claim[], i: number): string {
  for (let at = i + 1; at < claims.length && at < i + 8; at++) {
    const between = text.slice(claims[at - 1]!.end, claims[at]!.start)
    if (between.length > 14 || /[。;:!?\n]/.test(between)) return ''
    const deed = /^[^,。;:!?\n]{1,12}?(进行[^,。;:!?\n]{2,8})/.exec(text.slice(claims[at]!.end, claims[at]!.end + 24))
    if (deed) return bare(deed[1]!)
  }
  return ''
}

/** A full stop that was typed as a point. */
const stopped = (folded: string): string => folded.replace(/\.(?!\d)/g, '。')

/** 向县电视台报送, 为群众送去: for whom it was done does not change how much was. */
const withoutReceiver = (text: string): string =>
  text.replace(/^(?:向|为|给)[^,、]{1,10}?(?=报送|发送|送去|送出|赠送|发放|提供|捐赠|举办|开展)/, '')

const DATES =
  /(?:(?:19|20)\d\d年度?)?(?:(?:第?[一二三四]季度|[上下]半年|前三季度)|\d{1,2}(?:[—~-]\d{1,2})?月份?(?:\d{1,2}日)?)|(?:19|20)\d\d年度?|[去上]年同期|[去上前明来]年/g

const withoutDates = (text: string): string => text.replace(DATES, '')

/** Reads where in a table numbers stand, asked in the order of the text: every line is looked at once. */
function rowReader(text: string): (start: number, paragraph: number) => Surroundings['cell'] {
  let line = { paragraph: -1, separator: '', head: [] as string[], row: '' }
  let column = 0
  let counted = 0
  let table = { end: -1, head: [] as string[] }
  return (start, paragraph) => {
    if (line.paragraph !== paragraph) {
      const words = lineAt(text, paragraph)
      const separator = words.startsWith('|') ? '|' : '\t'
      const cells = words.split(separator)
      if (cells.length > 1) {
        // The rows of a table that have no claims stand between: its head is where the run of rows begins.
        const head = table.end === paragraph ? table.head : (headAbove(text, paragraph, separator, table) ?? cells)
        table = { end: paragraph + words.length + 1, head }
        line = { paragraph, separator, head, row: bare((separator === '|' ? cells[1] : cells[0]) ?? '') }
      } else line = { paragraph, separator: '', head: [], row: '' }
      column = 0
      counted = paragraph
    }
    if (line.separator === '') return null
    column += text.slice(counted, start).split(line.separator).length - 1
    counted = start
    return { head: plainHead(line.head[column] ?? ''), row: line.row }
  }
}

/** The cells of the first of the rows that stand directly above; null when there are none. */
function headAbove(
  text: string,
  paragraph: number,
  separator: string,
  known: { readonly end: number; readonly head: string[] },
): string[] | null {
  let head: string[] | null = null
  for (let at = paragraph; at > 0; ) {
    if (at === known.end) return known.head
    const above = text.lastIndexOf('\n', at - 2) + 1
    const line = text.slice(above, at - 1)
    if (!line.includes(separator)) break
    head = line.split(separator)
    at = above
  }
  return head
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? text.length : end)
}

/** `培训人次(人次)`: the unit of a column is no part of its name. */
const plainHead = (title: string): string => bare(title.replace(/[(/][^()/]{1,8}\)?\s*$/, ''))
