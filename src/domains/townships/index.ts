import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { averageOf, countOf, distinctOf, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import { lead } from '../../kernel/records/rule.ts'
import { ranking } from './ranking.ts'
import { rules } from './rules.ts'
import type { recognitions } from './topics.ts'
import { assessment, base, candidacy, gathering, membership, post, recognition, round } from './types.ts'

// Science in townships and villages: posts, model households and bases, associations, model townships, the 100 points.

const recognised = (kind: keyof typeof recognitions, zh: string, en: string) =>
  countOf(recognition, { zh, en, unit: 'household', by: ['village'], where: { kind } })
const founded = (kind: string, zh: string, en: string) =>
  countOf(base, { zh, en, unit: 'base', by: ['village'], where: { kind } })

export const indicators = {
  'townships.posts': stockOf(post, {
    zh: '乡村科技任职人员(期末)',
    en: 'Posts held',
    unit: 'person',
    by: ['post'],
    since: 'since',
    until: 'until',
  }),
  'townships.deputies': stockOf(post, {
    zh: '在任科技副村长',
    en: 'Village deputies',
    unit: 'person',
    since: 'since',
    until: 'until',
    where: { post: 'village-deputy' },
    synonyms: ['科技副村长'],
  }),
  'townships.recognised': stockOf(recognition, {
    zh: '认定户(期末)',
    en: 'Recognised at the end',
    unit: 'household',
    by: ['kind'],
    since: 'since',
    until: 'until',
  }),
  'townships.newly-recognised': countOf(recognition, {
    zh: '新认定户',
    en: 'Newly recognised',
    unit: 'household',
    by: ['kind'],
  }),
  'townships.lapsed': countOf(recognition, {
    zh: '取消认定户',
    en: 'Lapsed',
    unit: 'household',
    by: ['kind'],
    day: 'until',
  }),
  'townships.civil-households': recognised('civil', '新增科技示范文明户', 'New civil model households'),
  'townships.contact-households': recognised('contact', '发展经济效益联系户', 'New contact households'),
  'townships.crop-bases': founded('crops', '建立种植生产示范基地', 'Crop bases founded'),
  'townships.livestock-groups': founded('livestock', '建立牛羊育肥示范群', 'Livestock groups founded'),
  'townships.bases': stockOf(base, {
    zh: '示范基地(期末)',
    en: 'Bases',
    unit: 'base',
    by: ['kind'],
    since: 'since',
    until: 'until',
  }),
  'townships.members': stockOf(membership, {
    zh: '登记协会成员(期末)',
    en: 'Members on lists',
    unit: 'person',
    by: ['body'],
    since: 'since',
    until: 'until',
  }),
  'townships.member-persons': distinctOf(membership, 'person', {
    zh: '新入会人员',
    en: 'People who joined',
    unit: 'person',
  }),
  'townships.gatherings': countOf(gathering, {
    zh: '协会例会',
    en: 'Meetings of associations',
    unit: 'meeting',
    by: ['body'],
  }),
  'townships.candidates': countOf(candidacy, { zh: '申报先进乡镇', en: 'Townships that applied', unit: 'township' }),
  'townships.passed': countOf(round, {
    zh: '通过先进乡镇验收',
    en: 'Townships that passed',
    unit: 'township',
    where: { level: 'region', verdict: 'passed' },
  }),
  'townships.rounds': countOf(round, {
    zh: '先进乡镇各级验收',
    en: 'Rounds held',
    unit: 'time',
    by: ['level', 'verdict'],
  }),
  'townships.honoured': sumOf(candidacy, 'honoured', {
    zh: '先进乡镇创建表彰个人',
    en: 'People honoured',
    unit: 'person',
  }),
  'townships.points': averageOf(assessment, 'points', {
    zh: '科技副村长平均得分',
    en: 'Points of deputies',
    unit: 'point',
    where: { state: 'checked' },
  }),
}

const summary = paragraph`
${sentence('', [
  "期末在任科技副村长{{ townships.deputies | classifier: '名' }}",
  '{{ period.words }}新增科技示范文明户{{ townships.civil-households }}',
  '发展经济效益联系户{{ townships.contact-households }}',
  '建立种植生产示范基地{{ townships.crop-bases }}',
  '建立牛羊育肥示范群{{ townships.livestock-groups }}',
])}${sentence('', [
  '申报先进乡镇{{ townships.candidates }}',
  '通过先进乡镇验收{{ townships.passed }}',
  "先进乡镇创建表彰个人{{ townships.honoured | classifier: '名' }}",
])}`

export default domain('townships', {
  zh: '乡村科技',
  en: 'Science in townships',
  types: [post, recognition, base, membership, gathering, candidacy, round, assessment],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [ranking],
  leads: [
    lead('townships.next-round', {
      zh: '登记验收',
      en: 'Record a round',
      from: 'townships.candidacy',
      to: 'townships.round',
      fields: ({ id }) => ({ candidacy: id }),
    }),
    lead('townships.assess', {
      zh: '百分考核',
      en: 'Assess',
      from: 'townships.post',
      to: 'townships.assessment',
      when: ({ fields }) => fields.post === 'village-deputy',
      fields: ({ id }) => ({ post: id }),
    }),
  ],
  gaps: [
    {
      id: 'townships.no-deputy',
      zh: '没有科技副村长的村',
      en: 'Villages without a deputy for science',
      kinds: ['village'],
      type: 'townships.post',
      where: { post: 'village-deputy' },
      unit: 'village',
      since: 'since',
      until: 'until',
    },
  ],
  awaiting: [
    {
      id: 'townships.to-check',
      title: { zh: '待核定的百分考核', en: 'Assessments to check' },
      type: assessment,
      state: ['reported'],
    },
  ],
})
