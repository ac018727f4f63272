import { type Html, html, type Part } from './html.ts'
import type { Reader } from './reader.ts'

/** Where the style stands; its number changes with it, so that browsers may keep it. */
export const STYLE_PATH = '/style.css'

/** A page: name of the product, where one can go, who is signed in; then what it says. */
export function layout(
  reader: Reader,
  title: string,
  content: Part,
  options: { wide?: boolean; refresh?: number } = {},
): Html {
  const { caller, language, url } = reader
  const zh = language === 'zh'
  const other = zh ? { lang: 'en', name: 'English' } : { lang: 'zh', name: '中文' }
  return html`<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${options.refresh ? html`<meta http-equiv="refresh" content="${options.refresh}">` : null}<title>${title} · ${zh ? '一录' : 'Yilu'}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#content">${zh ? '跳到正文' : 'Skip to the content'}</a>
<header class="top">
<a class="brand" href="/">${zh ? '一录' : 'Yilu'}<span>${zh ? '一次录入，全程共享，数字可证' : 'Recorded once, shared throughout, every figure proven'}</span></a>
${caller ? html`<nav aria-label="${zh ? '主要页面' : 'Main pages'}">${links(reader)}</nav>` : null}
<div class="who"><a href="${withLanguage(url, other.lang)}" lang="${other.lang}" hreflang="${other.lang}">${other.name}</a>
${
  caller
    ? html`<span class="name">${caller.actor.name}</span><form method="post" action="/sign-out">${token(reader)}<button class="plain">${zh ? '退出' : 'Sign out'}</button></form>`
    : null
}</div>
</header>
<main id="content"${options.wide ? html` class="wide"` : null}>
${content}
</main>
</body>
</html>
`
}

function links({ language, caller }: Reader): Part {
  const zh = language === 'zh'
  const isAuditor = caller?.actor.grants.some(({ role }) => role === 'auditor' || role === 'administrator')
  const all: readonly (readonly [string, string] | false)[] = [
    ['/', zh ? '数字' : 'Figures'],
    ['/records', zh ? '台账' : 'Records'],
    ['/reports', zh ? '总结' : 'Reports'],
    ['/search', zh ? '查找' : 'Search'],
    ['/audit', zh ? '核对文稿' : 'Audit a text'],
    isAuditor === true && ['/journal', zh ? '流水' : 'Journal'],
  ]
  return all.map(link => link && html`<a href="${link[0]}">${link[1]}</a>`)
}

/** The hidden field that every form which changes something carries. */
export const token = ({ caller }: Pick<Reader, 'caller'>): Part =>
  caller?.session ? html`<input type="hidden" name="_csrf" value="${caller.session.csrf}">` : null

/** An address with another language, everything else as it was. */
function withLanguage(url: string, language: string): string {
  const [path = '/', query = ''] = url.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('lang', language)
  return `${path}?${parameters}`
}
