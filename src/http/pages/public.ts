import { type PublicPage, type PublicReportText, publicPage, publicReport } from '../../kernel/disclosure/public.ts'
import { writeHtml } from '../../kernel/reports/html.ts'
import { ok } from '../../kernel/result.ts'
import { type Call, page } from '../route.ts'
import { toAnybody } from '../routes/public.ts'
import { type Html, html, written } from './html.ts'
import { layout } from './layout.ts'
import { digits, unitName } from './numbers.ts'
import { type Reader, readerOf } from './reader.ts'

// What a unit shows to the public, without a script, for whoever comes and for frames of other sites.

export const publicPages = [
  page(
    {
      method: 'GET',
      path: '/public/:org',
      title: { zh: '政务公开', en: 'Shown to the public' },
      may: 'anyone',
    },
    async call => {
      const { ledger, params } = call
      const found = await toAnybody(call, params.org, () => publicPage(ledger, params.org))
      return found.ok ? ok(shownPage(framed(call), found.value)) : found
    },
  ),
  page(
    {
      method: 'GET',
      path: '/public/:org/reports/:report',
      title: { zh: '公开的总结', en: 'A report shown to the public' },
      may: 'anyone',
    },
    async call => {
      const { org, report } = call.params
      const found = await toAnybody(call, `${org}/${report}`, () => publicReport(call.ledger, org, report))
      return found.ok ? ok(shownReport(framed(call), org, found.value)) : found
    },
  ),
]

/** Lets other sites frame the page; it is the same for everybody, and nobody's name stands on it. */
export function framed(call: Call): Reader {
  const policy = String(call.reply.getHeader('content-security-policy'))
  call.reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", 'frame-ancestors *'))
  call.reply.removeHeader('x-frame-options')
  call.reply.header('vary', 'cookie')
  return { ...readerOf(call), caller: undefined }
}

function shownPage(reader: Reader, { org, figures, reports, statement }: PublicPage): Html {
  const { language } = reader
  const zh = language === 'zh'
  const name = (language === 'en' && org.nameEn) || org.name
  return layout(
    reader,
    zh ? `${name} 政务公开` : `${name}, public figures`,
    html`<h1>${name}<span class="of">${zh ? '政务公开' : 'Shown to the public'}</span></h1>
${
  figures.length > 0
    ? html`<section><h2>${zh ? '数字' : 'Figures'}</h2><div class="scroll"><table>
<thead><tr><th scope="col">${zh ? '指标' : 'Indicator'}</th><th scope="col">${zh ? '期间' : 'Period'}</th><th scope="col" class="number">${zh ? '数值' : 'Value'}</th><th scope="col">${zh ? '单位' : 'Unit'}</th></tr></thead>
<tbody>${figures.map(one => html`<tr><th scope="row">${one.title[language]}</th><td>${one.periodWords[language]}</td><td class="number">${digits(one.value, one.unit, language)}</td><td class="unit">${unitName(one.unit, language)}</td></tr>`)}</tbody></table></div></section>`
    : null
}
${
  reports.length > 0
    ? html`<section><h2>${zh ? '总结' : 'Reports'}</h2><ul>${reports.map(one => html`<li><a href="/public/${encodeURIComponent(org.code)}/reports/${one.id}">${one.title}</a> <span class="quiet">${one.number ?? ''} ${one.issuedAt.slice(0, 10)}</span></li>`)}</ul></section>`
    : null
}
${signed(reader, statement)}`,
  )
}

function shownReport(reader: Reader, org: string, { report, statement }: PublicReportText): Html {
  const zh = reader.language === 'zh'
  return layout(
    reader,
    report.title,
    html`<p><a href="/public/${encodeURIComponent(org)}">${zh ? '全部公开内容' : 'All that is public'}</a></p>
${written(writeHtml(report.document))}
${signed(reader, statement)}`,
    { wide: true },
  )
}

const signed = ({ language, url }: Reader, { body, signature }: PublicPage['statement']): Html => {
  const zh = language === 'zh'
  return html`<details><summary>${zh ? '签名声明' : 'Signed statement'}</summary>
<p>${zh ? '以上内容由台账的密钥签名，并写明当时的检查点；留存下来，日后即可对证。' : 'What stands above is signed with the key of the ledger and names its newest checkpoint: keep it, and the ledger can be held to it.'} <a href="/app${url.split('?')[0]!}">${zh ? '在浏览器中核验' : 'Verify it in the browser'}</a></p>
<pre><code>${body}
${signature}</code></pre></details>`
}
