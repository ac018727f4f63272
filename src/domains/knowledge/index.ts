import { board } from '../../kernel/disclosure/board.ts'
import { domain, sentence } from '../../kernel/domain.ts'
import { countOf, distinctOf } from '../../kernel/figures/indicator.ts'
import { type Rule, rule } from '../../kernel/records/rule.ts'
import type { RecordType } from '../../kernel/records/type.ts'
import { answer, harm, season, variety } from './entries.ts'
import { suggest } from './suggest.ts'

// What is known: answers, varieties, pests with their pictures, and what is to be done when. Reviewed, and good until a day.

const types = [answer, variety, harm, season]

/** Who vouches for an entry stands in it, and it is not its source alone: whoever reads it has to know whom to ask. */
const signed = (type: RecordType): Rule =>
  rule(`${type.id}-signed`, {
    zh: '发布的条目要写明审核人和有效期',
    en: 'A reviewed entry names its reviewer and until when it is good',
    type: type.id,
    reads: {},
    check: ({ state, fields }) =>
      state !== 'reviewed'
        ? []
        : ['reviewer', 'goodUntil'].flatMap(field =>
            fields[field]
              ? []
              : [{ field, code: 'unsaid', zh: '发布前要填写', en: 'has to be said before it is published' }],
          ),
  })

/** What the reviewer vouched for is what stands there. */
const unchanged = (type: RecordType): Rule =>
  rule(`${type.id}-unchanged`, {
    zh: '已发布的条目先退回待审再修改',
    en: 'A reviewed entry is taken back before it is changed',
    type: type.id,
    reads: {},
    check: (now, _, before) =>
      before?.state !== 'reviewed' || now.state !== 'reviewed'
        ? []
        : Object.keys({ ...before.fields, ...now.fields })
            .filter(name => !VOUCHING.has(name))
            .filter(name => JSON.stringify(before.fields[name]) !== JSON.stringify(now.fields[name]))
            .map(field => ({
              field,
              code: 'vouched-for',
              zh: '已审发布，请先改为待审再修改',
              en: 'was reviewed; take the entry back before changing it',
            })),
  })
const VOUCHING: ReadonlySet<string> = new Set(['reviewer', 'goodUntil', 'source'])

const pictured = rule('knowledge.harm-pictured', {
  zh: '发布的病虫草害要有图片',
  en: 'A published disease, pest or weed has its picture',
  type: harm.id,
  reads: {},
  check: ({ state, evidence }) =>
    state === 'reviewed' && evidence === 0
      ? [{ field: 'picture', code: 'missing', zh: '请先附上图片', en: 'attach a picture first' }]
      : [],
})

const expiring = (type: RecordType) => ({
  id: `${type.id}-expiring`,
  title: { zh: `${type.title.zh}：到期复审`, en: `${type.title.en}: to be reviewed again` },
  type,
  state: ['reviewed'],
  due: { field: 'goodUntil', days: 30 },
})

const unreviewed = (type: RecordType) => ({
  id: `${type.id}-unreviewed`,
  title: { zh: `${type.title.zh}：待审`, en: `${type.title.en}: to be reviewed` },
  type,
  state: ['written'],
})

const shown = { state: ['reviewed'], until: 'goodUntil' }

const indicators = {
  'knowledge.answers': countOf(answer, {
    zh: '编写技术问答',
    en: 'Questions answered in the knowledge base',
    unit: 'item',
    by: ['crop', 'subject'],
  }),
  'knowledge.varieties': countOf(variety, { zh: '收录品种', en: 'Varieties described', unit: 'variety', by: ['crop'] }),
  'knowledge.harms': countOf(harm, {
    zh: '收录病虫草害',
    en: 'Diseases, pests and weeds described',
    unit: 'kind',
    by: ['kind'],
  }),
  'knowledge.crops': distinctOf(season, 'crop', { zh: '编制农事历的作物', en: 'Crops with a calendar', unit: 'kind' }),
}

const summary = sentence('知识库', [
  '新增技术问答{{ knowledge.answers }}',
  '收录品种{{ knowledge.varieties }}',
  '收录病虫草害{{ knowledge.harms }}',
])

export default domain('knowledge', {
  zh: '农技知识库',
  en: 'Knowledge base',
  types,
  indicators,
  paragraphs: { summary },
  rules: [...types.map(signed), ...types.map(unchanged), pictured],
  awaiting: types.flatMap(type => [unreviewed(type), expiring(type)]),
  operations: [suggest],
  boards: [
    board('knowledge.answers', {
      zh: '农技问答',
      en: 'Questions and answers',
      type: answer,
      fields: ['question', 'answer', 'keywords', 'crop', 'subject', 'source', 'reviewer', 'goodUntil'],
      by: 'crop',
      ...shown,
    }),
    board('knowledge.varieties', {
      zh: '品种介绍',
      en: 'Varieties',
      type: variety,
      fields: ['name', 'crop', 'approval', 'days', 'traits', 'practice', 'source', 'reviewer'],
      by: 'crop',
      ...shown,
    }),
    board('knowledge.harms', {
      zh: '病虫草害图谱',
      en: 'Diseases, pests and weeds',
      type: harm,
      fields: ['name', 'alias', 'kind', 'crops', 'symptoms', 'control', 'interval', 'reviewer'],
      by: 'kind',
      ...shown,
    }),
    board('knowledge.calendar', {
      zh: '农事历',
      en: 'Crop calendar',
      type: season,
      fields: ['stage', 'crop', 'from', 'until', 'work', 'watch', 'reviewer'],
      by: 'crop',
      ...shown,
    }),
  ],
})
