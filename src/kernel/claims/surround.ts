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
const BREAK = /[,。;:!?\n]/
const END = /[,。;:!?\n、\t|]/

/** What stands around each claim of a text, in order. */
export function surroundings(text: string, claims: readonly Claim[]): Surroundings[] {
  const folded = stopped(fold(text))
  const found: Surroundings[] = []
  const heads = new Map<number, string>()
  claims.forEach((claim, i) => {
    const before = claims[i - 1]
    const next = claims[i + 1]
    const paragraph = folded.lastIndexOf('\n', claim.start - 1) + 1
    const sentence = startAfter(folded, claim.start, paragraph, /[。!?]/)
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
      cell: cellOf(folded, claim.start, paragraph, heads),
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

/** @param heads the first row of each table, by the start of its rows; filled as they are met */
function cellOf(text: string, start: number, paragraph: number, heads: Map<number, string>): Surroundings['cell'] {
  const line = lineAt(text, paragraph)
  const separator = line.startsWith('|') ? '|' : '\t'
  if (!line.includes(separator)) return null
  let head = line
  let at = paragraph
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1
    const known = heads.get(above)
    head = known ?? lineAt(text, above)
    if (known !== undefined) break
    if (!head.includes(separator)) {
      head = lineAt(text, at)
      break
    }
    at = above
  }
  heads.set(paragraph, head)
  const column = text.slice(paragraph, start).split(separator).length - 1
  const cells = line.split(separator)
  return {
    head: plainHead(head.split(separator)[column] ?? ''),
    row: bare((separator === '|' ? cells[1] : cells[0]) ?? ''),
  }
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? text.length : end)
}

/** `培训人次(人次)`: the unit of a column is no part of its name. */
const plainHead = (title: string): string => bare(title.replace(/[(/][^()/]{1,8}\)?\s*$/, ''))
