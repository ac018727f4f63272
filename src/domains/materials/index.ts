import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, money, rows, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { rules } from './rules.ts'
import { stock } from './stock.ts'

// Printed materials: what was printed; what events and sessions hand out comes from this stock and never exceeds it.

const sorts = {
  leaflet: { zh: '技术资料', en: 'Leaflet' },
  booklet: { zh: '小册子', en: 'Booklet' },
  poster: { zh: '挂图', en: 'Wall chart' },
  disc: { zh: '光盘', en: 'Disc' },
  picture: { zh: '宣传图片', en: 'Picture' },
} as const

export const material = recordType('materials.material', {
  title: { zh: '宣传资料', en: 'Material' },
  help: { zh: '一种资料一条，每次印制或购入登记一行', en: 'One record a title, a row for each printing or purchase' },
  day: 'since',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    sort: choice(sorts, { zh: '种类', en: 'Sort' }),
    since: day({ zh: '编印日期', en: 'Since' }),
    printings: rows(
      {
        printedOn: day({ zh: '入库日期', en: 'Printed on' }),
        copies: count({ zh: '份(册)数', en: 'Copies', unit: 'copy' }),
        cost: money({ zh: '费用', en: 'Cost' }).optional(),
      },
      { zh: '印制入库', en: 'Printings', max: 200 },
    ),
  }),
  key: ['org', 'name'],
})

export const indicators = {
  'materials.titles': countOf(material, { zh: '编印资料种类', en: 'Titles', unit: 'kind', by: ['sort'] }),
  'materials.printed': sumOf(material, 'copies', {
    zh: '印制入库资料',
    en: 'Copies printed',
    unit: 'copy',
    each: 'printings',
    day: 'printedOn',
    by: ['sort'],
  }),
  'materials.cost': sumOf(material, 'cost', {
    zh: '资料印制费用',
    en: 'Cost of printing',
    unit: 'yuan',
    each: 'printings',
    day: 'printedOn',
    by: ['sort'],
  }),
  'materials.cost-each': formula('materials.cost / materials.printed', {
    zh: '每份资料印制费用',
    en: 'Cost a copy',
    unit: 'yuan',
  }),
}

const summary = paragraph`
${sentence('{{ period.words }}', ["印制入库资料{{ materials.printed | about | classifier: '份(册)' }}"])}`

export default domain('materials', {
  zh: '宣传资料',
  en: 'Materials',
  types: [material],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [stock],
})
