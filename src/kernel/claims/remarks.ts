import { writeNumber } from '../figures/wording.ts'
import type { Language } from '../words.ts'
import type { Audit } from './audit.ts'
import type { Link } from './reconcile.ts'
import type { Roundness } from './roundness.ts'

// What is found in a text, in words, at its place: the same on a terminal, in a page and as comments in a document.

export type RemarkKind = 'disagrees' | 'identity' | 'blank' | 'copied' | 'no-records'

export interface Remark {
  readonly start: number
  readonly end: number
  readonly kind: RemarkKind
  readonly lines: readonly string[]
}

/** Everything that somebody should look at, in the order of the text; several at one number are one remark. */
export function remarksOf(audit: Audit, language: Language): Remark[] {
  const zh = language === 'zh'
  const { claims, blanks, identities, links, findings } = audit
  const found: Remark[] = []
  const at = (index: number, kind: RemarkKind, line: string) => {
    const { start, end } = claims[index]!
    found.push({ start, end, kind, lines: [line] })
  }
  for (const { start, end } of blanks)
    found.push({ start, end, kind: 'blank', lines: [zh ? '此处留空，尚未填写。' : 'Left blank.'] })
  for (const { holds, claims: members, arithmetic } of identities)
    if (!holds && members.length > 0)
      at(
        members[0]!,
        'identity',
        zh ? `前后数字不相符：${arithmetic}` : `These numbers do not fit each other: ${arithmetic}`,
      )
  for (const link of links)
    if (link.verdict === 'disagrees') at(link.claim, 'disagrees', disagreement(link, language))
    else if (link.verdict === 'no-records')
      at(
        link.claim,
        'no-records',
        zh ? `台账没有记录可以证明：${link.name}` : `Nothing on record bears this out: ${link.name}`,
      )
  for (const { claim, title, quote } of findings?.copied ?? [])
    at(
      claim,
      'copied',
      zh
        ? `与《${title}》中的“${quote}”相同，请核对是否沿用旧数。`
        : `The same as “${quote}” in “${title}”; is it last year’s?`,
    )
  return merged(found)
}

const ORDER: readonly RemarkKind[] = ['blank', 'disagrees', 'identity', 'copied', 'no-records']

function merged(remarks: readonly Remark[]): Remark[] {
  const byPlace = new Map<number, Remark>()
  for (const remark of [...remarks].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
    const known = byPlace.get(remark.start)
    byPlace.set(remark.start, known ? { ...known, lines: [...known.lines, ...remark.lines] } : remark)
  }
  return [...byPlace.values()].sort((a, b) => a.start - b.start)
}

function disagreement({ name, written, difference, unit, as, address }: Link, language: Language): string {
  const size = writeNumber(Math.abs(difference!), unit!, {}, language)
  if (language === 'en')
    return `The ledger has ${written} (${name}); the text states ${size} ${difference! > 0 ? 'more' : 'less'}. See ${address}`
  const more = difference! > 0 ? '多' : '少'
  if (as === 'difference' || as === 'growth') return `与台账不符：${name}应为“${written}”。查看：${address}`
  return `与台账不符：${name}为${written}，文中${more}${size}。查看：${address}`
}

/** What many round figures may and may not mean. */
export function roundnessWords({ counted, round, probability }: Roundness, language: Language): string {
  const odds =
    probability < 0.0001 ? (language === 'zh' ? '不到万分之一' : 'less than 1 in 10,000') : probability.toPrecision(2)
  return language === 'zh'
    ? `文中三位以上的计数${counted}个，其中${round}个以0结尾；若末位各数字机会均等，出现这么多的概率约为${odds}（二项检验）。定额、计划数本来就常是整数，这只是提示，请核对来源。`
    : `Of ${counted} counts of three digits or more, ${round} end in 0; if all last digits were equally likely, so many would be seen with a probability of ${odds} (binomial test). Quotas and plans are round by nature: this is a hint, not a proof.`
}
