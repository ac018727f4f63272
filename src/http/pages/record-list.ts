import { z } from 'zod'
import { may } from '../../kernel/people/actor.ts'
import type { FieldInfo } from '../../kernel/records/fields.ts'
import { type ListedRecord, listRecords, type RecordPage } from '../../kernel/records/list.ts'
import type { RecordType } from '../../kernel/records/type.ts'
import { typeNamed } from '../../kernel/registry.ts'
import { ok } from '../../kernel/result.ts'
import { API, page } from '../route.ts'
import { listed, listQuery } from '../routes/records.ts'
import * as shapes from '../shapes.ts'
import { address, importPage, listPage, newPage, recordPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout } from './layout.ts'
import { nameOfCode, ownUnit } from './orgs.ts'
import { type Reader, readerOf } from './reader.ts'
import { isNumber, unitMark, valueWords } from './values.ts'
import { STATUS } from './words.ts'

// Which record types there are, and the records of one.

interface Asked {
  readonly org?: string
  readonly period?: string
  readonly search?: string
  readonly status?: readonly string[]
  readonly state?: readonly string[]
  readonly sort?: string
  readonly filter?: Readonly<Record<string, unknown>>
}

export const recordListPages = [
  page(
    {
      method: 'GET',
      path: '/records',
      title: { zh: '台账', en: 'Record types' },
      may: { right: 'read', at: 'org' },
      query: z.object({ org: shapes.orgCode.optional() }),
    },
    call => {
      const reader = readerOf(call)
      const org = call.query.org ?? ownUnit(call.ledger, call.actor)?.code
      const { language, ledger } = reader
      const title = language === 'zh' ? '台账' : 'Records'
      return ok(
        layout(
          reader,
          title,
          html`<h1>${title}</h1><div class="domains">${ledger.registry.domains.map(domain =>
            domain.types.length === 0
              ? null
              : html`<section><h2>${domain.title[language]}</h2><ul>${domain.types.map(
                  type =>
                    html`<li><a href="${listPage(type.id, { org })}">${type.title[language]}</a>${type.help ? html`<small>${type.help[language]}</small>` : null}</li>`,
                )}</ul></section>`,
          )}</div>`,
        ),
      )
    },
  ),
  page(
    {
      method: 'GET',
      path: '/types/:type/records',
      title: { zh: '记录列表', en: 'Records' },
      may: { right: 'read', at: 'org' },
      query: z.object({ ...listQuery, org: z.string().max(64).optional(), after: shapes.cursor.optional() }),
    },
    async call => {
      const { ledger, actor, params } = call
      const { after, ...narrowing } = withoutBlanks(call.query)
      const type = typeNamed(ledger.registry, params.type)
      if (!type.ok) return type
      const found = await listRecords(ledger, actor, {
        ...listed(type.value.id, narrowing),
        ...(after === undefined ? {} : { after }),
        limit: 50,
        totals: true,
      })
      return found.ok ? ok(list(readerOf(call), type.value, found.value, narrowing, after)) : found
    },
  ),
]

/** A form sends the fields that were left empty too. */
function withoutBlanks<T extends object>(query: T): T {
  const said = Object.entries(query).filter(
    ([, value]) => value !== '' && !(Array.isArray(value) && value.every(one => one === '')),
  )
  return Object.fromEntries(said) as T
}

function list(reader: Reader, type: RecordType, found: RecordPage, asked: Asked, after: string | undefined): Html {
  const { language, ledger, caller } = reader
  const zh = language === 'zh'
  const at = asked.org === undefined ? undefined : ledger.orgs.byCode(asked.org)
  const own = at ?? (caller && ownUnit(ledger, caller.actor, 'enter'))
  const enters = caller && own && may(caller.actor, 'enter', own.path)
  const count = found.count ?? 0
  const plain = {
    org: asked.org,
    period: asked.period,
    search: asked.search,
    status: asked.status?.[0],
    state: asked.state?.[0],
    sort: asked.sort,
    ...Object.fromEntries(
      Object.entries(asked.filter ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' ? [[`filter[${name}]`, value]] : [],
      ),
    ),
  }
  return layout(
    reader,
    type.title[language],
    html`<p class="crumbs"><a href="/records">${zh ? '台账' : 'Records'}</a></p>
<h1>${type.title[language]}${at ? html`<span class="of">${nameOfCode(ledger, at.code, language)}</span>` : null}</h1>
<form class="inline" method="get">
<label>${zh ? '单位代码' : 'Org unit'}<input name="org" value="${asked.org}" size="12" maxlength="64"></label>
<label>${zh ? '期间' : 'Period'}<input name="period" value="${asked.period}" size="12" maxlength="40" placeholder="2024-05"></label>
<label>${zh ? '查找' : 'Search'}<input name="search" type="search" value="${asked.search}" size="16" maxlength="100"></label>
<label>${zh ? '审核' : 'Status'}<select name="status"><option value=""></option>${Object.entries(STATUS).map(([key, words]) => html`<option value="${key}"${asked.status?.includes(key) ? html` selected` : null}>${words[language]}</option>`)}</select></label>
${
  Object.keys(type.states).length > 1
    ? html`<label>${zh ? '办理' : 'State'}<select name="state"><option value=""></option>${Object.keys(type.states).map(key => html`<option value="${key}"${asked.state?.includes(key) ? html` selected` : null}>${type.stateTitles[key]?.[language] ?? key}</option>`)}</select></label>`
    : null
}
<button>${zh ? '筛选' : 'Show'}</button>
${enters ? html`<a class="button primary" href="${newPage(type.id, own.code)}">${zh ? '新录入' : 'Enter a record'}</a><a class="button" href="${importPage(type.id, own.code)}">${zh ? '导入' : 'Import'}</a>` : null}
</form>
<p class="quiet">${zh ? `共 ${count.toLocaleString('en')} 条` : `${count.toLocaleString('en')} records`}${count === 0 ? null : ['xlsx', 'csv'].map(format => html` <a href="${address(`${API}/types/${type.id}/export`, { ...plain, org: plain.org ?? own?.code, format })}">${zh ? '导出' : 'Export'} ${format}</a>`)}</p>
${
  found.records.length === 0
    ? html`<p class="empty">${zh ? '没有符合条件的记录。' : 'No record fits.'}</p>`
    : table(reader, type, found, plain)
}
<p class="pages">${after ? html`<a href="${listPage(type.id, plain)}">${zh ? '回到第一页' : 'First page'}</a>` : null}${found.next ? html`<a rel="next" href="${listPage(type.id, { ...plain, after: found.next })}">${zh ? '下一页' : 'Next page'}</a>` : null}</p>`,
    { wide: true },
  )
}

type Plain = Readonly<Record<string, string | undefined>>

function table(reader: Reader, type: RecordType, { records, totals }: RecordPage, plain: Plain): Part {
  const { language } = reader
  const zh = language === 'zh'
  const columns = type.columns.map(name => ({ name, info: type.fields[name]! }))
  const head = (name: string, title: string, number: boolean) => {
    const down = plain.sort === `-${name}`
    const link = listPage(type.id, { ...plain, sort: down ? name : `-${name}` })
    const mark = plain.sort === name ? ' ↑' : down ? ' ↓' : ''
    return html`<th scope="col"${number ? html` class="number"` : null}><a href="${link}">${title}${mark}</a></th>`
  }
  const sums = columns.map(({ name, info }) => (isNumber(info) ? totals?.[name] : undefined))
  return html`<div class="scroll"><table class="records">
<thead><tr><th scope="col">${zh ? '记录' : 'Record'}</th>${columns.map(({ name, info }) => head(name, info.title[language] + unitMark(info, language), isNumber(info)))}<th scope="col">${zh ? '单位' : 'Org unit'}</th><th scope="col">${zh ? '状态' : 'Status'}</th></tr></thead>
<tbody>${records.map(
    record =>
      html`<tr><td class="nowrap"><a href="${recordPage(record.id)}">…${record.id.slice(-6)}</a></td>${columns.map(
        ({ name, info }) => html`<td class="${columnKind(info)}">${valueWords(reader, info, record.fields[name])}</td>`,
      )}<td class="words">${nameOfCode(reader.ledger, record.org, language)}</td><td class="nowrap">${statusWords(reader, type, record)}</td></tr>`,
  )}</tbody>
${
  sums.some(sum => sum !== undefined)
    ? html`<tfoot><tr><th scope="row">${zh ? '合计' : 'Total'}</th>${columns.map(({ info }, i) => html`<td class="number">${sums[i] === undefined ? null : valueWords(reader, info, sums[i])}</td>`)}<td></td><td></td></tr></tfoot>`
    : null
}
</table></div>`
}

const columnKind = (info: FieldInfo) => {
  if (isNumber(info)) return 'number'
  if (info.kind === 'text') return info.multiline || (info.max ?? 0) > 60 ? 'text' : 'words'
  return info.kind === 'rows' ? 'words' : 'nowrap'
}

export function statusWords(
  { language }: Reader,
  type: RecordType,
  { status, state }: Pick<ListedRecord, 'status' | 'state'>,
): Part {
  const stateTitle = type.stateTitles[state]?.[language]
  return html`<span class="status ${status}">${STATUS[status]?.[language] ?? status}</span>${stateTitle ? html` <span class="quiet">${stateTitle}</span>` : null}`
}
