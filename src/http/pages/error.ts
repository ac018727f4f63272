import type { Problem } from '../../kernel/result.ts'
import { titleOf } from '../problem.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Reader } from './reader.ts'

export function errorPage(reader: Reader, status: number, problems: readonly Problem[], requestId: string): Html {
  const { language } = reader
  const title = titleOf(status)[language]
  return layout(
    reader,
    title,
    html`<h1>${title}</h1>
      <ul class="problems">${problems.slice(0, 20).map(problem => html`<li>${problem[language]}</li>`)}</ul>
      <p class="quiet">${status} · ${problems[0]?.code} · ${requestId}</p>
      <p><a href="/">${language === 'zh' ? '回到首页' : 'Back to the first page'}</a></p>`,
  )
}
