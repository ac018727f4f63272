import { escaped } from '../reports/escape.ts'
import type { Language, Words } from '../words.ts'
import type { Audit } from './audit.ts'
import { type Remark, remarksOf, roundnessWords } from './remarks.ts'
import type { Verdict } from './verdict.ts'

const VERDICTS: Readonly<Record<Verdict, Words>> = {
  agrees: { zh: '相符', en: 'agrees' },
  'agrees-rounded': { zh: '取整后相符', en: 'agrees when rounded' },
  disagrees: { zh: '不符', en: 'disagrees' },
  'no-indicator': { zh: '台账无此指标', en: 'no such indicator' },
  'no-records': { zh: '台账无记录', en: 'nothing on record' },
}

export const verdictWords = (verdict: Verdict, language: Language): string => VERDICTS[verdict][language]

/** The text with its numbers marked in place and what is to be said beside them: one page that needs nothing else. */
export function auditHtml(audit: Audit, title: string, language: Language): string {
  const zh = language === 'zh'
  const remarks = remarksOf(audit, language)
  const { claims, identities, blanks, links, findings } = audit
  const failing = identities.filter(({ holds }) => !holds).length
  const disagreeing = links.filter(({ verdict }) => verdict === 'disagrees').length
  const summary = zh
    ? `数字${claims.length}处，相互关系${identities.length}处（不相符${failing}处），留空${blanks.length}处${links.length > 0 ? `，与台账不符${disagreeing}处` : ''}`
    : `${claims.length} numbers, ${identities.length} identities (${failing} fail), ${blanks.length} blanks${links.length > 0 ? `, ${disagreeing} disagree with the ledger` : ''}`
  const list = (heading: string, items: readonly string[]) =>
    items.length === 0
      ? ''
      : `<section><h2>${heading}</h2><ul>${items.map(item => `<li>${escaped(item)}</li>`).join('')}</ul></section>`
  return `<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1><p class="summary">${escaped(summary)}</p>
<main>${paragraphs(audit, remarks, language)}</main>
${
  remarks.length === 0
    ? ''
    : `<section><h2>${zh ? '请核对' : 'To look at'}</h2><ol>${remarks
        .map(
          ({ start, kind, lines }, i) =>
            `<li id="r${i + 1}" class="${kind}"><a href="#t${i + 1}">${escaped(audit.text.slice(start, remarks[i]!.end))}</a> ${lines.map(escaped).join('<br>')}</li>`,
        )
        .join('')}</ol></section>`
}
${list(
  zh ? '台账里有、文中没写的' : 'In the ledger and not in the text',
  (findings?.omitted ?? []).map(({ name, written }) => `${name}：${written}`),
)}
${findings?.roundness ? list(zh ? '整数偏多' : 'Round figures', [roundnessWords(findings.roundness, language)]) : ''}
</body></html>
`
}

function paragraphs(audit: Audit, remarks: readonly Remark[], language: Language): string {
  const { text, claims, links } = audit
  const byStart = new Map(remarks.map((remark, i) => [remark.start, { ...remark, number: i + 1 }]))
  const verdicts = new Map(links.map(({ claim, verdict }) => [claims[claim]!.start, verdict]))
  const places = [...claims.map(({ start, end }) => ({ start, end })), ...audit.blanks].sort(
    (a, b) => a.start - b.start,
  )
  let at = 0
  let out = ''
  for (const { start, end } of places) {
    if (start < at) continue
    const remark = byStart.get(start)
    const verdict = verdicts.get(start)
    out += escaped(text.slice(at, start))
    const words = escaped(text.slice(start, end))
    if (remark)
      out += `<mark id="t${remark.number}" class="${remark.kind}" title="${escaped(remark.lines.join('\n'))}">${words}<a href="#r${remark.number}"><sup>${remark.number}</sup></a></mark>`
    else
      out += `<mark class="${verdict ?? 'number'}"${verdict ? ` title="${verdictWords(verdict, language)}"` : ''}>${words}</mark>`
    at = end
  }
  out += escaped(text.slice(at))
  return out
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => (/^#{1,6} /.test(line) ? `<h3>${line.replace(/^#+ /, '')}</h3>` : `<p>${line}</p>`))
    .join('\n')
}

const STYLE = `
:root{color-scheme:light dark;font:16px/1.8 "Noto Serif CJK SC","Songti SC",SimSun,serif}
body{max-width:46em;margin:2em auto;padding:0 1em}h1{font-size:1.4em}h2,h3{font-size:1.1em}.summary{color:GrayText}
main p{margin:.4em 0;text-indent:2em;white-space:pre-wrap}mark{padding:0 .1em;background:none;color:inherit;border-bottom:2px solid #8aa}
mark.agrees,mark.agrees-rounded{border-color:#3a8f4d}mark.no-indicator,mark.number{border-color:#9aa;border-bottom-style:dotted}
mark.no-records,mark.copied{border-color:#c98a00;background:#c98a0022}mark.disagrees,mark.identity,mark.blank{border-color:#c33;background:#cc333326}
sup a,sup{text-decoration:none;color:inherit}li{margin:.3em 0}li a{font-weight:bold}`
