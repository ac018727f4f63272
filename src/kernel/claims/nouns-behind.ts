import { isHan } from './characters.ts'
import { AFTER_STOPS, PAIRS, VERBS } from './lexicon.ts'
import { type NounView, tidyNoun } from './noun-view.ts'

/** How far behind its number a noun may reach, in UTF-16 units. */
const AFTER = 18

export const NONE = { noun: '', until: 0 }

/** The noun phrase that follows a number: 30名|技术骨干|进行培训. */
export function afterNumber(
  { text, end, until, isCounted }: NounView,
  isGoverned: boolean,
): { noun: string; until: number } {
  let at = end
  for (const loose of ['及以上', '及以下', '以上', '以下', '左右', '以内'])
    if (text.startsWith(loose, at)) at += loose.length
  if (text[at] === '的') at++
  else if (text[at] === '(') return NONE
  if (!isHan(text, at) && !isLatinName(text, at)) return NONE
  if (!isCounted && text[end] !== '的' && AFTER_STOPS.at(text, at) !== '') return NONE
  const limit = Math.min(until, at + AFTER)
  let stop = at
  while (stop < limit) {
    const quoted = quotedEnd(text, stop, limit)
    if (quoted > stop) {
      stop = quoted
      continue
    }
    if (!isHan(text, stop) && !isLatinName(text, stop)) break
    const word = stop > at ? AFTER_STOPS.at(text, stop) : isCounted ? firstStop(text, stop, isGoverned) : ''
    if (word !== '' && !isInsideWord(text, stop, word) && !isInsideName(text, stop, word, limit)) break
    stop++
  }
  const noun = tidyNoun(text.slice(at, stop))
  return noun.length > 1 || '村镇乡县市区省州校站队组局所厂点楼桥路井'.includes(noun || '-')
    ? { noun, until: stop }
    : NONE
}

const isInsideWord = (text: string, at: number, word: string): boolean =>
  word.length === 1 && (PAIRS.has(text.slice(at - 1, at + 1)) || PAIRS.has(text.slice(at, at + 2)))

/** 服务“110”服务站: a name in quotation marks inside a noun. */
function quotedEnd(text: string, at: number, limit: number): number {
  if (text[at] !== '“') return at
  const close = text.slice(at, Math.min(limit, at + 10)).indexOf('”')
  return close < 0 ? at : at + close + 1
}

const firstStop = (text: string, at: number, isGoverned: boolean): string => {
  const word = AFTER_STOPS.at(text, at) || (isGoverned ? '' : longVerb(text, at))
  return word === '建设' || word === '就业' || word === '脱贫' || word === '转移' ? '' : word
}

const COMPOUND_ENDS = new Set([...'机班员费率量额数点站厂所者师车线网群户'])

const longVerb = (text: string, at: number): string => {
  const verb = VERBS.at(text, at)
  const next = text[at + verb.length] ?? ''
  // 发电机, 培训班, 检查站: one word.
  return verb.length > 1 && verb !== '贷款' && !COMPOUND_ENDS.has(next) ? verb : ''
}

/** A verb is part of a name when a noun of few characters still follows and ends the view: 检测中心, 建设项目. */
function isInsideName(text: string, at: number, word: string, limit: number): boolean {
  if (word.length < 2) return false
  const stop = at + word.length
  if (stop >= limit) return word === '建设' || word === '就业' || word === '改造' || word === '转移'
  return NAME_ENDS.some(end => text.startsWith(end, stop))
}

const NAME_ENDS = [
  '项目',
  '工程',
  '中心',
  '基地',
  '活动',
  '人员',
  '企业',
  '单位',
  '资金',
  '面积',
  '任务',
  '站',
  '点',
  '户',
  '班',
  '者',
  '对象',
  '岗位',
  '场所',
  '机构',
  '设施',
  '设备',
  '村',
  '人口',
  '家庭',
  '小区',
  '人才',
  '示范',
  '平台',
]

const isLatinName = (text: string, at: number): boolean => /[A-Za-z]/.test(text[at] ?? '')
