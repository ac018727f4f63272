import { z } from 'zod'
import { type ExplainedRecord, type Explanation, explain } from '../../kernel/figures/explain.ts'
import type { Formula, Indicator, Units } from '../../kernel/figures/indicator.ts'
import { parsePeriod, periodWords } from '../../kernel/period/period.ts'
import { keyWords } from '../../kernel/reports/readable.ts'
import { ok } from '../../kernel/result.ts'
import type { Language } from '../../kernel/words.ts'
import { page } from '../route.ts'
import * as shapes from '../shapes.ts'
import { entryPage, figurePage, homePage, recordPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout } from './layout.ts'
import { amount, digits, numberCell, unitName } from './numbers.ts'
import { breadcrumbs, nameOfCode } from './orgs.ts'
import { periodLinks } from './periods.ts'
import { type Reader, readerOf } from './reader.ts'
import { shortHash } from './words.ts'

// Where a figure comes from: its formula, the units beneath it, the records, each with the state of its proof.

type Where = Readonly<Record<string, string>> | undefined

export const figurePages = [
  page(
    {
      method: 'GET',
      path: '/figures/:indicator',
      title: { zh: '数字的来历', en: 'Where a figure comes from' },
      may: { right: 'read', at: 'org' },
      query: z.object({
        org: shapes.orgCode,
        period: shapes.periodText,
        where: shapes.where.optional(),
        scope: z.enum(['tree', 'self']).optional(),
        after: shapes.cursor.optional(),
      }),
    },
    async call => {
      const { ledger, actor, params, query } = call
      const explained = await explain(ledger, actor, { ...query, indicator: params.indicator, limit: 50 })
      return explained.ok ? ok(explanation(readerOf(call), explained.value, query)) : explained
    },
  ),
]

function explanation(
  reader: Reader,
  found: Explanation,
  { where, scope, after }: { where?: Where; scope?: 'tree' | 'self'; after?: string },
): Html {
  const { ledger, language } = reader
  const zh = language === 'zh'
  const indicator = ledger.registry.indicators.get(found.indicator)!
  const unit = ledger.orgs.byCode(found.org)!
  const period = parsePeriod(found.period)
  const words = period.ok ? periodWords(period.value)[language] : found.period
  const asked = { indicator: found.indicator, org: found.org, period: found.period, where, scope }
  const narrowed = Object.entries(where ?? {}).map(([name, value]) =>
    keyWords(ledger, indicator, name, value, language),
  )
  return layout(
    reader,
    `${indicator.title[language]} ${words}`,
    html`${breadcrumbs(reader, unit, one => figurePage({ ...asked, org: one.code }))}
<h1>${indicator.title[language]}<span class="of">${nameOfCode(ledger, found.org, language)} · ${words}${narrowed.length > 0 ? ` · ${narrowed.join(zh ? '、' : ', ')}` : ''}${scope === 'self' ? (zh ? ' · 本级' : ' · the unit alone') : ''}</span></h1>
<p class="value"><data value="${found.value}">${amount(found.value, found.unit, language)}</data></p>
<dl class="facts"><div><dt>${zh ? '怎样算出' : 'Computed as'}</dt><dd><code>${found.formula}</code></dd></div></dl>
${period.ok ? periodLinks(reader, period.value, text => figurePage({ ...asked, period: text })) : null}
${components(reader, found, asked.org)}
${units(reader, found, asked)}
${records(reader, found, asked, indicator, after)}
<p class="quiet"><a href="${homePage(found.org, found.period)}">${zh ? '这个单位的全部数字' : 'All figures of this unit'}</a></p>`,
  )
}

function components({ ledger, language }: Reader, found: Explanation, org: string): Part {
  if (found.components.length === 0) return null
  const zh = language === 'zh'
  return html`<section><h2>${zh ? '由这些数字得出' : 'Made of these figures'}</h2><div class="scroll"><table>
<thead><tr><th scope="col">${zh ? '指标' : 'Indicator'}</th><th scope="col">${zh ? '期间' : 'Period'}</th><th scope="col" class="number">${zh ? '数值' : 'Value'}</th><th scope="col">${zh ? '单位' : 'Unit'}</th></tr></thead>
<tbody>${found.components.map(({ indicator: id, period, where, value }) => {
    const indicator = ledger.registry.indicators.get(id)!
    const narrowing = Object.entries(where).map(([name, one]) => keyWords(ledger, indicator, name, one, language))
    return html`<tr><th scope="row">${indicator.title[language]}${narrowing.length > 0 ? `（${narrowing.join('、')}）` : ''}</th><td>${period}</td>${numberCell(value, indicator.unit, language, figurePage({ indicator: id, org, period, where }))}<td class="unit">${unitName(indicator.unit, language)}</td></tr>`
  })}</tbody></table></div></section>`
}

interface Asked {
  readonly indicator: string
  readonly org: string
  readonly period: string
  readonly where: Where
  readonly scope: 'tree' | 'self' | undefined
}

function units({ ledger, language }: Reader, found: Explanation, asked: Asked): Part {
  const others = found.orgs.filter(part => part.code !== found.org)
  if (others.length === 0) return null
  const zh = language === 'zh'
  return html`<section><h2>${zh ? '各单位' : 'By org unit'}</h2><div class="scroll"><table class="narrow">
<thead><tr><th scope="col">${zh ? '单位' : 'Org unit'}</th><th scope="col" class="number">${zh ? '数值' : 'Value'} <span class="quiet">${unitName(found.unit, language)}</span></th></tr></thead>
<tbody>${found.orgs.map(({ code, value }) => {
    const own = code === found.org
    const name = own ? (zh ? '本级' : 'the unit itself') : nameOfCode(ledger, code, language)
    const link = figurePage({ ...asked, org: code, ...(own ? { scope: 'self' as const } : {}) })
    return html`<tr><th scope="row"><a href="${link}">${name}</a></th>${numberCell(value, found.unit, language, link)}</tr>`
  })}</tbody></table></div></section>`
}

function records(
  reader: Reader,
  found: Explanation,
  asked: Asked,
  indicator: Indicator,
  after: string | undefined,
): Part {
  const { ledger, language, caller } = reader
  const zh = language === 'zh'
  if (indicator.kind === 'formula' || indicator.kind === 'units') return null
  if (found.records.length === 0)
    return html`<section><h2>${zh ? '记录' : 'Records'}</h2><p class="empty">${zh ? '没有计入这个数字的记录。' : 'No record counts in this figure.'}</p></section>`
  const sealed = found.records.filter(record => record.proof).length
  const readsJournal = caller?.actor.grants.some(grant => grant.role === 'auditor' || grant.role === 'administrator')
  return html`<section><h2>${zh ? '记录' : 'Records'} <span class="quiet">${zh ? `本页 ${found.records.length} 条，${sealed} 条已封存` : `${found.records.length} here, ${sealed} sealed`}</span></h2>
<div class="scroll"><table>
<thead><tr><th scope="col">${zh ? '日期' : 'Day'}</th><th scope="col">${zh ? '单位' : 'Org unit'}</th><th scope="col">${zh ? '记录' : 'Record'}</th><th scope="col" class="number">${zh ? '计入' : 'Counts'}</th><th scope="col">${zh ? '流水' : 'Journal'}</th><th scope="col">${zh ? '证明' : 'Proof'}</th></tr></thead>
<tbody>${found.records.map(
    record =>
      html`<tr><td class="nowrap">${record.day}</td><td>${nameOfCode(ledger, record.org, language)}</td><td>${named(indicator, record, language)}</td><td class="number">${digits(record.value, found.unit, language)}</td><td class="nowrap">${
        record.entry
          ? html`${readsJournal ? html`<a href="${entryPage(record.entry.seq)}">${record.entry.seq}</a>` : record.entry.seq} <code title="${record.entry.hash}">${shortHash(record.entry.hash)}</code>`
          : '—'
      }</td><td class="nowrap">${
        record.proof
          ? html`<span class="sealed">${zh ? '已封存' : 'sealed'}</span> <span class="quiet">${record.proof.index + 1}/${record.proof.size}</span>`
          : html`<span class="waiting">${zh ? '待封存' : 'to be sealed'}</span>`
      }</td></tr>`,
  )}</tbody></table></div>
<p class="pages">${after ? html`<a href="${figurePage(asked)}">${zh ? '回到第一页' : 'First page'}</a>` : null}${found.next ? html`<a rel="next" href="${figurePage(asked, { after: found.next })}">${zh ? '下一页' : 'Next page'}</a>` : null}</p></section>`
}

const named = (
  indicator: Exclude<Indicator, Formula | Units>,
  { id, label }: ExplainedRecord,
  language: Language,
): Part =>
  indicator.kind === 'events'
    ? html`${indicator.source.title[language]} ${label ?? id}`
    : html`<a href="${recordPage(id)}">${indicator.type.title[language]} …${id.slice(-6)}</a>`
