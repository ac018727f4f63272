import { chartTitle } from './chart.ts'
import { dateWords } from './dates.ts'
import { type Block, type Chart, figuresOf, type Inline, type ReportDocument, type Table } from './document.ts'
import { headingNumbers } from './headings.ts'

/**
 * A report in CommonMark. A figure is a reference link, `[769个][1]`, whose definition at the end holds address and name:
 * the text stays readable, and every program that keeps links keeps the bindings.
 */
export function writeMarkdown(document: ReportDocument): string {
  const references = new Map<string, { number: number; name: string }>()
  for (const { address, name } of figuresOf(document))
    if (!references.has(address)) references.set(address, { number: references.size + 1, name })
  const inlines = (list: readonly Inline[]) => list.map(inline => written(inline, document, references)).join('')
  const numbers = headingNumbers(document.blocks, document.language)
  const body = document.blocks.map((block, i) => blockText(block, numbers[i]!, document, inlines))
  const { language, number, addressee, attachments = [], signature } = document
  const parts = [
    ...(number ? [plain(number)] : []),
    `# ${plain(document.title)}`,
    ...(addressee ? [plain(addressee) + (language === 'zh' ? '：' : ':')] : []),
    ...body,
    ...attachments.map((name, i) =>
      plain(`${language === 'zh' ? '附件' : 'Attachment '}${i + 1}${language === 'zh' ? '：' : ': '}${name}`),
    ),
    `${plain(signature.name)}  \n${dateWords(signature.date, language)}`,
    [...references].map(([address, { number, name }]) => `[${number}]: <yilu:${address}> ${title(name)}`).join('\n'),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function written(
  inline: Inline,
  { language }: ReportDocument,
  references: ReadonlyMap<string, { number: number }>,
): string {
  if (!('figure' in inline)) return plain(inline.text)
  const { figure } = inline
  const mark = figure.detached ? (language === 'zh' ? '〔脱离台账〕' : ' [detached]') : ''
  return `[${plain(figure.written + mark)}][${references.get(figure.address)!.number}]`
}

function blockText(
  block: Block,
  number: string,
  document: ReportDocument,
  inlines: (list: readonly Inline[]) => string,
): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${number}${inlines(block.inlines)}`
    case 'paragraph':
      return inlines(block.inlines)
    case 'list':
      return block.items.map((item, i) => `${i + 1}. ${inlines(item)}`).join('\n')
    case 'table':
      return table(block, inlines)
    case 'chart':
      return `${plain(chartTitle(block, document.language))}\n\n${table(pointsTable(block), inlines)}`
  }
}

/** A chart told in figures. */
const pointsTable = ({ points, caption }: Chart): Table => ({
  kind: 'table',
  columns: [
    { title: '', align: 'left' },
    { title: caption, align: 'right' },
  ],
  rows: points.map(({ label, figure }) => [[{ text: label }], [{ figure }]]),
})

function table({ columns, rows }: Table, inlines: (list: readonly Inline[]) => string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(({ title }) => plain(title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(row => line(row.map(inlines))),
  ].join('\n')
}

/** Text that says nothing to a Markdown reader but itself. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|~&!]/g, '\\$&')
    .replace(
      /^(\s*)([-+]|\d+[.)])(?=\s|$)/,
      (_, space: string, marker: string) => `${space}${marker.slice(0, -1)}\\${marker.slice(-1)}`,
    )

/** A link title: quotes and backslashes escaped. */
const title = (name: string): string => `"${name.replace(/\s+/g, ' ').replace(/["\\]/g, '\\$&')}"`
