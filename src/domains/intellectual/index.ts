import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, day, money, personalName, reference, rows, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { type Fields, recordType } from '../../kernel/records/type.ts'
import { levels, outputs, patentStates, patents } from './topics.ts'

// What comes of projects and of inventors: patents with their fees, papers, standards, varieties, software.

const project = reference('projects.project', { zh: '来源项目', en: 'Project' }).optional()

export const patent = recordType('intellectual.patent', {
  title: { zh: '专利', en: 'Patent' },
  day: 'appliedOn',
  fields: z.object({
    number: text({ zh: '申请号', en: 'Application number', max: 40 }),
    title: text({ zh: '发明名称', en: 'Title', max: 200 }),
    kind: choice(patents, { zh: '类别', en: 'Kind' }),
    holder: text({ zh: '权利人', en: 'Holder', max: 100 }),
    inventor: personalName({ zh: '发明人', en: 'Inventor' }).optional(),
    project,
    appliedOn: day({ zh: '申请日', en: 'Applied on' }),
    grantedOn: day({ zh: '授权日', en: 'Granted on' }).optional(),
    feeDueOn: day({
      zh: '下次年费期限',
      en: 'Next fee due',
      future: true,
      help: { zh: '缴费后改为下一年的期限', en: 'Move it to the next year once the fee is paid' },
    }).optional(),
    fees: rows(
      {
        paidOn: day({ zh: '缴费日期', en: 'Paid on' }),
        amount: money({ zh: '金额', en: 'Amount' }),
      },
      { zh: '年费', en: 'Fees' },
    ).optional(),
    endedOn: day({ zh: '终止日', en: 'Ended on' }).optional(),
  }),
  key: ['number'],
  states: { applied: ['granted', 'refused'], granted: ['ended'], refused: [], ended: ['granted'] },
  stateTitles: patentStates,
  check: granted,
})

/** A granted patent says since when, and until when its next fee is due. */
function granted({ appliedOn, grantedOn, feeDueOn, endedOn }: Fields) {
  if (grantedOn === undefined) return []
  return [
    ...(String(grantedOn) < String(appliedOn)
      ? [{ field: 'grantedOn', code: 'before', zh: '不能早于申请日', en: 'Cannot come before the application' }]
      : []),
    ...(feeDueOn === undefined && endedOn === undefined
      ? [{ field: 'feeDueOn', code: 'missing', zh: '授权后应写明年费期限', en: 'Say when the next fee is due' }]
      : []),
  ]
}

export const output = recordType('intellectual.output', {
  title: { zh: '论文标准等成果', en: 'Paper, standard or other result' },
  day: 'publishedOn',
  fields: z.object({
    title: text({ zh: '名称', en: 'Title', max: 200 }),
    kind: choice(outputs, { zh: '类别', en: 'Kind' }),
    level: choice(levels, { zh: '级别', en: 'Level' }),
    body: text({ zh: '完成单位', en: 'Body', max: 100 }),
    project,
    publishedOn: day({ zh: '发表、发布或审定日期', en: 'Published on' }),
    where: text({ zh: '刊物、标准号或审定号', en: 'Journal or number', max: 100 }),
  }),
  key: ['title', 'kind'],
})

export const indicators = {
  'intellectual.patents-applied': countOf(patent, {
    zh: '专利申请',
    en: 'Patents applied for',
    unit: 'patent',
    by: ['kind', 'holder'],
    synonyms: ['申请专利'],
  }),
  'intellectual.patents-granted': countOf(patent, {
    zh: '专利授权',
    en: 'Patents granted',
    unit: 'patent',
    day: 'grantedOn',
    by: ['kind', 'holder'],
    synonyms: ['授权专利'],
  }),
  'intellectual.patents-held': stockOf(patent, {
    zh: '有效专利(期末)',
    en: 'Patents in force',
    unit: 'patent',
    since: 'grantedOn',
    until: 'endedOn',
    by: ['kind', 'holder'],
  }),
  'intellectual.fees': sumOf(patent, 'amount', {
    zh: '缴纳专利年费',
    en: 'Patent fees paid',
    unit: 'fen',
    each: 'fees',
    day: 'paidOn',
    by: ['kind'],
  }),
  'intellectual.papers': countOf(output, {
    zh: '发表论文',
    en: 'Papers',
    unit: 'paper',
    by: ['level'],
    where: { kind: ['paper', 'monograph'] },
  }),
  'intellectual.standards': countOf(output, {
    zh: '制定标准',
    en: 'Standards',
    unit: 'standard',
    by: ['level'],
    where: { kind: 'standard' },
  }),
  'intellectual.varieties': countOf(output, {
    zh: '审定品种',
    en: 'Varieties approved',
    unit: 'variety',
    by: ['level'],
    where: { kind: 'variety' },
  }),
}

const summary = paragraph`
${sentence('', [
  '专利申请{{ intellectual.patents-applied }}',
  '专利授权{{ intellectual.patents-granted }}',
  '有效专利{{ intellectual.patents-held }}',
])}${sentence('', [
  '发表论文{{ intellectual.papers }}',
  '制定标准{{ intellectual.standards }}',
  '审定品种{{ intellectual.varieties }}',
])}`

export default domain('intellectual', {
  zh: '知识产权与成果',
  en: 'Intellectual property',
  types: [patent, output],
  indicators,
  paragraphs: { summary },
  leads: [
    lead('intellectual.patent-of', {
      zh: '登记专利',
      en: 'Record a patent',
      from: 'projects.project',
      to: 'intellectual.patent',
      fields: ({ id, fields: { applicant } }) => ({ project: id, holder: applicant }),
    }),
    lead('intellectual.output-of', {
      zh: '登记成果',
      en: 'Record a result',
      from: 'projects.project',
      to: 'intellectual.output',
      fields: ({ id, fields: { applicant } }) => ({ project: id, body: applicant }),
    }),
  ],
  awaiting: [
    {
      id: 'intellectual.fees',
      title: { zh: '专利年费将到期', en: 'Patent fees due' },
      type: patent,
      state: ['granted'],
      due: { field: 'feeDueOn', days: 60 },
      until: 'endedOn',
    },
  ],
})
