import { writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { Language } from '../words.ts'
import { type Block, type FigureBinding, figuresOf, type Table } from './document.ts'

/** The figures of a text without its sentences: a heading for each domain, a table of its figures, each once. */
export function figureTables(ledger: Ledger, blocks: readonly Block[], organ: string, language: Language): Block[] {
  const told = blocks.filter(({ kind }) => kind !== 'chart')
  const listed = new Set<string>()
  return ledger.registry.domains.flatMap((domain): Block[] => {
    const figures = figuresOf({ blocks: told }).filter(({ indicator, address }) => {
      const belongs = indicator.startsWith(`${domain.id}.`) && !listed.has(address)
      if (belongs) listed.add(address)
      return belongs
    })
    if (figures.length === 0) return []
    return [
      { kind: 'heading', level: 1, inlines: [{ text: domain.title[language] }] },
      tableOf(figures, organ, language),
      ...blocks.filter(block => block.kind === 'chart' && block.address.startsWith(`${domain.id}.`)),
    ]
  })
}

/** The report is of one unit: its name need not stand in every row. */
const tableOf = (figures: readonly FigureBinding[], organ: string, language: Language): Table => ({
  kind: 'table',
  columns: [
    { title: language === 'zh' ? '指标' : 'Indicator', align: 'left' },
    { title: language === 'zh' ? '数字' : 'Figure', align: 'right' },
  ],
  rows: figures.map(figure => [
    [{ text: figure.name.replace(`, ${organ}`, '') }],
    [{ figure: exact(figure, language) }],
  ]),
})

/** A table has no room for 多 and phrases, but a comparison stays the phrase that it is. */
function exact(figure: FigureBinding, language: Language): FigureBinding {
  if (/[?&]as=(difference|growth)/.test(figure.address)) return figure
  const { style: _, ...plain } = figure
  return { ...plain, written: writeNumber(figure.value, figure.unit, {}, language) }
}
