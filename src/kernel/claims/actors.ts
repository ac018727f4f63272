import { isDigit, isHan, list, words } from './characters.ts'
import { HEADS, ORG_ENDS, VERBS } from './lexicon.ts'

const SELVES = words(
  list(
    '我局 我县 我市 我处 我院 我校 我区 我乡 我镇 我省 我州 我村 我委 我站 我所 我单位 我公司 我中心 我队 我厅 我部 本局 本县 本市 本区 本单位 本院 本校 本公司 全县 全市 全省 全国 全区 全州 全乡 全镇 全村 全局 全校 全院 全系统 全行业 全处 全厅',
  ),
)
const KINDS = new Set(
  list(
    '地区 城镇 农村 城乡 山区 灾区 景区 社区 小区 库区 牧区 林区 城区 老区 城市 乡镇 乡村 新区 片区 园区 高校 贫困村 示范村 行政村 自然村 下乡 各县 各市 各区 各乡 各镇 各村 政府 农场 林场',
  ),
)
const LONGEST = 16
const NOT_AFTER_ORG = new Set([...'场长民级属直域内外政界容区别级域划居委支'])

/** Whose number it is: the organisation or place that opens the clause, the clauses before it, else the report's. */
export function actorIn(text: string, from: number, start: number): string | null {
  let actor: string | null = null
  const until = Math.min(start, from + 200)
  let at = from
  while (at < until) {
    actor = orgAt(text, headEnd(text, at, until), start) ?? actor
    while (at < until && !',;、:'.includes(text[at]!)) at++
    at++
  }
  return actor
}

function headEnd(text: string, from: number, start: number): number {
  let at = from
  for (let step = 0; step < 5; step++) {
    while (at < start && (isDigit(text, at) || ' 年月日度底初末('.includes(text[at]!))) at++
    if (SELVES.at(text, at) !== '') return at
    const head = HEADS.at(text, at)
    if (head === '') return at
    at += head.length
  }
  return at
}

function orgAt(text: string, from: number, start: number): string | null {
  const self = SELVES.at(text, from)
  if (self !== '') return self
  if (VERBS.at(text, from) !== '' || !isHan(text, from)) return null
  let found: string | null = null
  for (let end = from + 2; end <= from + LONGEST && end < start; end++) {
    if (!isHan(text, end - 1)) break
    if (end - from > 2 && VERBS.before(text, end, from).length > 1) break
    if ('的了对为将把向给在有和与及等'.includes(text[end - 1]!)) break
    const suffix = ORG_ENDS.before(text, end, from)
    if (
      suffix !== '' &&
      end - from > suffix.length &&
      !KINDS.has(text.slice(from, end)) &&
      !NOT_AFTER_ORG.has(text[end] ?? '')
    )
      found = text.slice(from, end)
  }
  return found
}

/** The organisation that the title names: 市科技局 of `市科技局上半年工作总结`. */
export function actorOfTitle(title: string): string | null {
  const from = headEnd(title, 0, title.length)
  for (let end = Math.min(title.length, from + 30); end > from + 1; end--) {
    const suffix = ORG_ENDS.before(title, end, from)
    if (suffix !== '' && end - from > suffix.length) return title.slice(from, end)
  }
  return null
}
