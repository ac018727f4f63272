import { type Audit, isSound } from '../../kernel/claims/audit.ts'
import type { Compared, Comparison, PartsCompared, YearsCompared } from '../../kernel/claims/compare.ts'
import { verdictWords } from '../../kernel/claims/output-html.ts'
import { type Remark, remarksOf, roundnessWords } from '../../kernel/claims/remarks.ts'
import type { Language } from '../../kernel/words.ts'
import { pairs, table, tableStart } from '../table.ts'

// An audit as a terminal shows it: what to look at first, then every number with what was made of it.

export function auditWords(audit: Audit, language: Language): string {
  const zh = language === 'zh'
  const { findings } = audit
  const line = lineCounter(audit.text)
  const remarks = remarksOf(audit, language)
  const omitted = findings?.omitted ?? []
  return [
    pairs(counts(audit, language)),
    remarks.length > 0 &&
      table(
        [
          { title: zh ? '行' : 'Line', align: 'right' },
          { title: zh ? '原文' : 'In the text' },
          { title: zh ? '请核对' : 'To look at' },
        ],
        remarks.flatMap(remark => remarkRows(audit.text, remark, line)),
      ),
    claimsTable(audit, language, line),
    omitted.length > 0 &&
      tableStart(
        [
          { title: zh ? '台账里有、文中没写的' : 'In the ledger and not in the text' },
          { title: zh ? '数字' : 'Figure', align: 'right' },
        ],
        omitted.map(({ name, written }) => [name, written]),
        language,
      ),
    findings?.roundness && roundnessWords(findings.roundness, language),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function counts({ claims, identities, blanks, links }: Audit, language: Language): [string, string | undefined][] {
  const zh = language === 'zh'
  const of = (...verdicts: string[]) =>
    links.length > 0 ? String(links.filter(({ verdict }) => verdicts.includes(verdict)).length) : undefined
  return [
    [zh ? '数字' : 'Figures', String(claims.length)],
    [zh ? '相互关系' : 'Identities', String(identities.length)],
    [zh ? '不相符' : 'Failing', String(identities.filter(({ holds }) => !holds).length)],
    [zh ? '留空' : 'Blanks', String(blanks.length)],
    [zh ? '与台账相符' : 'Agree with the ledger', of('agrees', 'agrees-rounded')],
    [zh ? '与台账不符' : 'Disagree with it', of('disagrees')],
    [zh ? '台账无记录' : 'Nothing on record', of('no-records')],
    [zh ? '台账无此指标' : 'No such indicator', of('no-indicator')],
  ]
}

function remarkRows(text: string, { start, end, lines }: Remark, line: (at: number) => number): string[][] {
  return lines.map((words, i) => (i === 0 ? [String(line(start)), around(text, start, end), words] : ['', '', words]))
}

function claimsTable({ text, claims, links }: Audit, language: Language, line: (at: number) => number): string | false {
  const zh = language === 'zh'
  if (claims.length === 0) return false
  const verdicts = new Map(links.map(link => [link.claim, link]))
  const columns = [
    { title: zh ? '行' : 'Line', align: 'right' as const },
    { title: zh ? '原文' : 'In the text' },
    { title: zh ? '所指' : 'Of what' },
    { title: zh ? '期间' : 'Period' },
    ...(links.length > 0 ? [{ title: zh ? '台账' : 'Ledger' }, { title: zh ? '指标' : 'Indicator' }] : []),
  ]
  const rows = claims.map(({ start, end, noun, period, target, prior }, i) => {
    const link = verdicts.get(i)
    const when = [period, target && (zh ? '计划' : 'planned'), prior && (zh ? '上年' : 'year before')]
    const told = link
      ? [[verdictWords(link.verdict, language), link.written].filter(Boolean).join(' '), link.indicator ?? '']
      : []
    return [String(line(start)), around(text, start, end, 6), noun, when.filter(Boolean).join(' '), ...told]
  })
  return tableStart(columns, rows, language)
}

/** Lines from 1, asked in ascending order or not: one pass over the text. */
function lineCounter(text: string): (at: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return at => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= at) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

/** A place in a text with a few characters on both sides. */
const around = (text: string, start: number, end: number, margin = 10): string => {
  const from = Math.max(0, start - margin)
  const to = Math.min(text.length, end + margin)
  return `${text.slice(from, start)}【${text.slice(start, end)}】${text.slice(end, to)}`.replace(/\s+/g, ' ').trim()
}

export function folderWords(
  all: readonly (Compared & { readonly audit: Audit })[],
  comparisons: readonly Comparison[],
  language: Language,
): string {
  const zh = language === 'zh'
  const files = table(
    [
      { title: zh ? '文件' : 'File' },
      { title: zh ? '数字' : 'Figures', align: 'right' },
      { title: zh ? '不相符' : 'Failing', align: 'right' },
      { title: zh ? '留空' : 'Blanks', align: 'right' },
      { title: zh ? '与台账不符' : 'Disagree', align: 'right' },
      { title: zh ? '结论' : 'Sound' },
    ],
    all.map(({ file, audit }) => [
      file,
      String(audit.claims.length),
      String(audit.identities.filter(({ holds }) => !holds).length),
      String(audit.blanks.length),
      audit.links.length > 0 ? String(audit.links.filter(({ verdict }) => verdict === 'disagrees').length) : '',
      isSound(audit) ? (zh ? '通过' : 'yes') : zh ? '请核对' : 'no',
    ]),
  )
  return [files, ...comparisons.map(one => comparisonWords(one, language))].join('\n\n')
}

export const comparisonWords = (comparison: Comparison, language: Language): string =>
  comparison.kind === 'years' ? yearsWords(comparison, language) : partsWords(comparison, language)

function yearsWords({ before, now, changes }: YearsCompared, language: Language): string {
  const zh = language === 'zh'
  const head = zh ? `${now} 与 ${before} 比` : `${now} against ${before}`
  const rows = changes.map(({ noun, before, now, growth, isSame }) => [
    noun,
    before.quote,
    now.quote,
    growth === null
      ? ''
      : isSame
        ? zh
          ? '完全相同'
          : 'the very same'
        : `${growth > 0 ? '+' : ''}${(growth * 100).toFixed(1)}%`,
  ])
  const columns = [
    { title: zh ? '所指' : 'Of what' },
    { title: zh ? '上一份' : 'Before' },
    { title: zh ? '这一份' : 'Now' },
    { title: zh ? '增减' : 'Change', align: 'right' as const },
  ]
  return `${head}\n${tableStart(columns, rows, language)}`
}

function partsWords({ whole, parts, sums }: PartsCompared, language: Language): string {
  const zh = language === 'zh'
  const head = zh ? `${whole} 是否等于 ${parts.join('、')} 之和` : `Whether ${parts.join(', ')} add up to ${whole}`
  const rows = sums.map(({ noun, whole, sum, holds, missing }) => [
    noun,
    whole.quote,
    sum.toLocaleString('en-US', { maximumFractionDigits: 2 }),
    holds === null
      ? zh
        ? `${missing.join('、')} 没写`
        : `not stated by ${missing.join(', ')}`
      : holds
        ? zh
          ? '相符'
          : 'yes'
        : zh
          ? '不符'
          : 'no',
  ])
  const columns = [
    { title: zh ? '所指' : 'Of what' },
    { title: zh ? '总数' : 'Whole' },
    { title: zh ? '各部分之和' : 'Sum of parts', align: 'right' as const },
    { title: zh ? '结论' : 'Adds up' },
  ]
  return `${head}\n${tableStart(columns, rows, language)}`
}
