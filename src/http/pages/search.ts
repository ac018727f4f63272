import { z } from 'zod'
import { ok } from '../../kernel/result.ts'
import { type Found, search } from '../../kernel/search/search.ts'
import { page } from '../route.ts'
import { homePage, recordPage, reportPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout } from './layout.ts'
import { type Reader, readerOf } from './reader.ts'
import { valueWords } from './values.ts'

export const searchPages = [
  page(
    {
      method: 'GET',
      path: '/search',
      title: { zh: '查找', en: 'Search' },
      may: { right: 'read', at: 'somewhere' },
      query: z.object({ text: z.string().max(100).optional() }),
    },
    async call => {
      const { ledger, actor, query } = call
      const text = query.text?.trim() ?? ''
      if (text === '') return ok(results(readerOf(call), '', undefined))
      const found = await search(ledger, actor, text, { limit: 30 })
      return found.ok ? ok(results(readerOf(call), text, found.value)) : found
    },
  ),
]

function results(reader: Reader, text: string, found: Found | undefined): Html {
  const zh = reader.language === 'zh'
  const nothing = found && found.records.length + found.orgs.length + found.reports.length === 0
  return layout(
    reader,
    zh ? '查找' : 'Search',
    html`<h1>${zh ? '查找' : 'Search'}</h1>
<form class="inline" method="get" role="search"><label>${zh ? '汉字或拼音首字母' : 'Words, or pinyin initials'}<input name="text" type="search" value="${text}" size="30" maxlength="100"></label><button>${zh ? '查找' : 'Search'}</button></form>
${nothing ? html`<p class="empty">${zh ? '没有找到。' : 'Nothing was found.'}</p>` : null}
${found ? html`${orgs(found, zh)}${records(reader, found)}${reports(found, zh)}` : null}`,
  )
}

const orgs = ({ orgs: list }: Found, zh: boolean): Part =>
  list.length > 0 &&
  html`<section><h2>${zh ? '单位' : 'Org units'}</h2><ul>${list.map(org => html`<li><a href="${homePage(org.code)}">${org.name}</a> <span class="quiet">${org.above.join(' › ')}</span></li>`)}</ul></section>`

function records(reader: Reader, { records: list }: Found): Part {
  const { ledger, language } = reader
  if (list.length === 0) return null
  return html`<section><h2>${language === 'zh' ? '记录' : 'Records'}</h2><ul>${list.map(record => {
    const type = ledger.registry.types.get(record.type)
    const texts = (type?.columns ?? []).filter(name => type?.fields[name]?.kind === 'text').slice(0, 2)
    return html`<li><a href="${recordPage(record.id)}">${type?.title[language] ?? record.type} ${record.day}</a> ${texts.map(name => html`<span class="quiet">${valueWords(reader, type?.fields[name], record.fields[name])}</span> `)}</li>`
  })}</ul></section>`
}

const reports = ({ reports: list }: Found, zh: boolean): Part =>
  list.length > 0 &&
  html`<section><h2>${zh ? '总结' : 'Reports'}</h2><ul>${list.map(report => html`<li><a href="${reportPage(report.id)}">${report.title}</a> <span class="quiet">${report.period} ${report.number}</span></li>`)}</ul></section>`
