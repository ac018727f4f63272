import type { BoardPage, Posted } from '../../kernel/disclosure/posted.ts'
import { BOARD_PAGE } from '../../kernel/disclosure/posted.ts'
import type { FieldInfo } from '../../kernel/records/fields.ts'
import { ok } from '../../kernel/result.ts'
import { type Call, page } from '../route.ts'
import { askBoard, boardQuery } from '../routes/public.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { nameOfCode } from './orgs.ts'
import { framed } from './public.ts'
import type { Reader } from './reader.ts'
import { unitMark, valueWords } from './values.ts'

// A board as anybody sees it: supply and demand, reviewed answers.

export const boardPages = [
  page(
    {
      method: 'GET',
      path: '/public/:org/boards/:board',
      title: { zh: '公开栏', en: 'Public board' },
      may: 'anyone',
      query: boardQuery,
    },
    async call => {
      const found = await askBoard(call, call.params, call.query)
      return found.ok ? ok(shownBoard(framed(call), call, found.value)) : found
    },
  ),
]

type Asked = Pick<Call, 'ledger'> & { readonly query: { search?: string; by?: string; page?: number } }

function shownBoard(reader: Reader, { ledger, query }: Asked, { org, board, posted, count }: BoardPage): Html {
  const { language } = reader
  const zh = language === 'zh'
  const { type, by } = ledger.registry.boards.get(board.id)!
  const title = board.title[language]
  const choices = by ? Object.entries(type.fields[by]?.choices ?? {}) : []
  const { search = '', page: at = 1 } = query
  const link = (more: Readonly<Record<string, string>>) => {
    const said = Object.entries({ search, by: query.by ?? '', ...more }).filter(([, value]) => value !== '')
    return `?${new URLSearchParams(said)}`
  }
  return layout(
    reader,
    `${org.name} ${title}`,
    html`<h1>${org.name}<span class="of">${title}</span></h1>
<form method="get" role="search"><input type="search" name="search" value="${search}" aria-label="${zh ? '查找' : 'Search'}">
${choices.length > 0 ? html`<select name="by" aria-label="${type.fields[by!]!.title[language]}"><option value="">${zh ? '全部' : 'All'}</option>${choices.map(([key, words]) => html`<option value="${key}"${query.by === key ? html` selected` : null}>${words[language]}</option>`)}</select>` : null}
<button>${zh ? '查找' : 'Search'}</button></form>
<p class="quiet">${zh ? `共${count}条` : `${count} in all`}</p>
${posted.map(one => entry({ ledger, language }, ledger.registry.boards.get(board.id)!.fields, type.fields, one))}
<nav>${at > 1 ? html`<a rel="prev" href="${link({ page: String(at - 1) })}">${zh ? '上一页' : 'Before'}</a> ` : null}${at * BOARD_PAGE < count ? html`<a rel="next" href="${link({ page: String(at + 1) })}">${zh ? '下一页' : 'Next'}</a>` : null}</nav>`,
  )
}

type Shown = Parameters<typeof valueWords>[0]

function entry(
  shown: Shown,
  [heading, ...names]: readonly string[],
  infos: Readonly<Record<string, FieldInfo>>,
  { org, day, fields }: Posted,
): Html {
  return html`<article><h2>${valueWords(shown, infos[heading!], fields[heading!])}</h2>
<p class="quiet">${nameOfCode(shown.ledger, org, shown.language)} ${day}</p>
<dl>${names
    .filter(name => fields[name] !== undefined)
    .map(
      name =>
        html`<dt>${infos[name]!.title[shown.language]}${unitMark(infos[name]!, shown.language)}</dt><dd>${valueWords(shown, infos[name], fields[name])}</dd>`,
    )}</dl></article>`
}
