import { writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { Language } from '../words.ts'
import { type Block, type FigureBinding, figuresOf, type Table } from './document.ts'

/** The figures of a text without its sentences: a heading for each domain, a table of its figures, each once. */
export function figureTables(ledger: Ledger, blocks: readonly Block[], language: Language): Block[] {
  const told = new Set<string>()
  return ledger.registry.domains.flatMap((domain): Block[] => {
    const figures = figuresOf({ blocks }).filter(({ indicator, address }) => {
      const belongs = indicator.startsWith(`${domain.id}.`) && !told.has(address)
      if (belongs) told.add(address)
      return belongs
    })
    if (figures.length === 0) return []
    return [
      { kind: 'heading', level: 1, inlines: [{ text: domain.title[language] }] },
      tableOf(figures, language),
      ...blocks.filter(block => block.kind === 'chart' && block.address.startsWith(`${domain.id}.`)),
    ]
  })
}

const tableOf = (figures: readonly FigureBinding[], language: Language): Table => ({
  kind: 'table',
  columns: [
    { title: language === 'zh' ? '指标' : 'Indicator', align: 'left' },
    { title: language === 'zh' ? '数字' : 'Figure', align: 'right' },
  ],
  rows: figures.map(figure => [[{ text: figure.name }], [{ figure: exact(figure, language) }]]),
})

/** A table has no room for 多 and phrases, but a comparison stays the phrase that it is. */
function exact(figure: FigureBinding, language: Language): FigureBinding {
  if (/[?&]as=(difference|growth)/.test(figure.address)) return figure
  const { style: _, ...plain } = figure
  return { ...plain, written: writeNumber(figure.value, figure.unit, {}, language) }
}
