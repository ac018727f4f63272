import { chartTitle } from './chart.ts'
import { chartSvg } from './chart-svg.ts'
import { dateWords } from './dates.ts'
import type { Block, FigureBinding, Inline, ReportDocument, Table } from './document.ts'
import { escaped } from './escape.ts'
import { headingNumbers } from './headings.ts'
import { reportStyle } from './html-style.ts'
import { titleLines } from './title-lines.ts'

export interface HtmlOptions {
  /** A whole page with its style, for a file or printing; else an `<article>` for a page that links `reportStyle`. */
  readonly standalone?: boolean
  /** Where a figure leads; none: it stands as plain text. */
  readonly href?: (figure: FigureBinding) => string | undefined
}

/** A report as semantic HTML that prints on A4 like the docx. Every figure carries its address in `data-figure`. */
export function writeHtml(document: ReportDocument, options: HtmlOptions = {}): string {
  const article = articleOf(document, options.href ?? (() => undefined))
  if (!options.standalone) return article
  return `<!doctype html>
<html lang="${document.language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(document.title)}</title>
<style>${reportStyle}</style>
</head>
<body class="report-page">
${article}
</body>
</html>
`
}

type Href = NonNullable<HtmlOptions['href']>

function articleOf(document: ReportDocument, href: Href): string {
  const { language, addressee, attachments = [], signature } = document
  const numbers = headingNumbers(document.blocks, language)
  const inlines = (list: readonly Inline[]) =>
    list.map(inline => ('figure' in inline ? figureHtml(inline.figure, href, language) : escaped(inline.text))).join('')
  const parts = [
    redHead(document),
    `<h1>${titleLines(document.title, language).map(escaped).join('<br>')}</h1>`,
    ...(addressee ? [`<p class="addressee">${escaped(addressee)}${language === 'zh' ? '：' : ':'}</p>`] : []),
    ...document.blocks.map((block, i) => blockHtml(block, numbers[i]!, document, inlines, href)),
    attachmentsHtml(attachments, language),
    `<footer class="signature"><p>${escaped(signature.name)}</p><p><time datetime="${escaped(signature.date)}">${dateWords(signature.date, language)}</time></p></footer>`,
    tail(document),
  ]
  return `<article class="report" lang="${language === 'zh' ? 'zh-CN' : 'en'}">\n${parts.filter(part => part !== '').join('\n')}\n</article>`
}

function figureHtml(figure: FigureBinding, href: Href, language: 'zh' | 'en'): string {
  const detached = language === 'zh' ? '已改写，脱离台账：' : 'Written over, no longer bound: '
  const title = `${figure.detached ? detached : ''}${figure.name}`
  const to = figure.detached ? undefined : href(figure)
  const element = to === undefined ? 'data' : 'a'
  const place = to === undefined ? ` value="${figure.value ?? ''}"` : ` href="${escaped(to)}"`
  const kind = `figure${figure.detached ? ' detached' : ''}`
  return `<${element} class="${kind}" data-figure="${escaped(figure.address)}"${place} title="${escaped(title)}">${escaped(figure.written)}</${element}>`
}

function blockHtml(
  block: Block,
  number: string,
  document: ReportDocument,
  inlines: (list: readonly Inline[]) => string,
  href: Href,
): string {
  switch (block.kind) {
    case 'heading': {
      const level = block.level + 1
      return `<h${level}>${number}${inlines(block.inlines)}</h${level}>`
    }
    case 'paragraph':
      return `<p>${inlines(block.inlines)}</p>`
    case 'list':
      return `<ol>\n${block.items.map(item => `<li>${inlines(item)}</li>`).join('\n')}\n</ol>`
    case 'table':
      return tableHtml(block, inlines)
    case 'chart':
      return `<figure data-figure="${escaped(block.address)}">\n${chartSvg(block, document.language, href)}\n<figcaption>${escaped(chartTitle(block, document.language))}</figcaption>\n</figure>`
  }
}

function tableHtml({ columns, rows }: Table, inlines: (list: readonly Inline[]) => string): string {
  const aligned = (i: number) => (columns[i]?.align === 'right' ? ' class="number"' : '')
  const head = columns.map(({ title }, i) => `<th scope="col"${aligned(i)}>${escaped(title)}</th>`).join('')
  const body = rows.map(
    row =>
      `<tr>${row.map((cell, i) => (i === 0 ? `<th scope="row">${inlines(cell)}</th>` : `<td${aligned(i)}>${inlines(cell)}</td>`)).join('')}</tr>`,
  )
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`
}

function redHead({ redHead, organ, number, copyNumber, secrecy, urgency }: ReportDocument): string {
  const marks = [copyNumber, secrecy, urgency].flatMap(mark => (mark ? [`<p>${escaped(mark)}</p>`] : []))
  const top = marks.length > 0 ? `<div class="marks">${marks.join('')}</div>` : ''
  if (!redHead || !number) return top
  return `<header class="red-head">${top}<p class="organ">${escaped(organ)}文件</p><p class="document-number">${escaped(number)}</p></header>`
}

function attachmentsHtml(attachments: readonly string[], language: 'zh' | 'en'): string {
  if (attachments.length === 0) return ''
  const word = language === 'zh' ? '附件：' : 'Attachments: '
  return `<section class="attachments"><span>${word}</span><ol>${attachments.map(name => `<li>${escaped(name)}</li>`).join('')}</ol></section>`
}

function tail({ copiedTo, printed, language }: ReportDocument): string {
  if (!copiedTo && !printed) return ''
  const zh = language === 'zh'
  const copied = copiedTo ? `<p>${zh ? '抄送：' : 'Copies to: '}${escaped(copiedTo)}${zh ? '。' : '.'}</p>` : ''
  const issued = printed
    ? `<p><span>${escaped(printed.organ)}</span><span>${dateWords(printed.date, language)}${zh ? '印发' : ' printed'}</span></p>`
    : ''
  return `<footer class="tail">${copied}${issued}</footer>`
}
