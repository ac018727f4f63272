import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, formula, stockOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, personalName, rows, text } from '../../kernel/records/fields.ts'
import { computed, type Fields, recordType } from '../../kernel/records/type.ts'
import { ages, fields, posts, ranks, ties, trades } from './topics.ts'

// People and posts: experts who review, the talent pool, authorised posts against who is in them.

export const expert = recordType('talent.expert', {
  title: { zh: '评审专家', en: 'Expert' },
  help: {
    zh: '关联单位要如实登记，评审时自动回避',
    en: 'Bodies the expert is tied to are barred for the expert: record all of them',
  },
  day: 'joinedOn',
  fields: z.object({
    number: text({ zh: '专家编号', en: 'Number', max: 20 }),
    name: personalName({ zh: '姓名', en: 'Name' }),
    body: text({ zh: '所在单位', en: 'Body', max: 100 }),
    field: choice(fields, { zh: '专业领域', en: 'Field' }),
    rank: choice(ranks, { zh: '职称', en: 'Rank' }),
    ties: rows(
      {
        body: text({ zh: '关联单位', en: 'Body', max: 100 }),
        tie: choice(ties, { zh: '关系', en: 'Tie' }),
      },
      { zh: '利益关系', en: 'Ties' },
    ).optional(),
    joinedOn: day({ zh: '入库日期', en: 'Joined on' }),
    leftOn: day({ zh: '出库日期', en: 'Left on' }).optional(),
  }),
  key: ['number'],
})

export const person = recordType('talent.person', {
  title: { zh: '科技人才', en: 'Talent' },
  day: 'joinedOn',
  fields: z.object({
    number: text({ zh: '人才编号', en: 'Number', max: 20 }),
    name: personalName({ zh: '姓名', en: 'Name' }),
    body: text({ zh: '单位', en: 'Body', max: 100 }),
    trade: choice(trades, { zh: '类别', en: 'Trade' }),
    skill: text({ zh: '专长', en: 'Skill', max: 100 }),
    rank: choice(ranks, { zh: '职称', en: 'Rank' }),
    bornIn: integer({ zh: '出生年份', en: 'Born in', min: 1920, max: 2199 }),
    joinedOn: day({ zh: '入库日期', en: 'Joined on' }),
    leftOn: day({ zh: '出库日期', en: 'Left on' }).optional(),
  }),
  computed: { age: computed({ zh: '入库时年龄段', en: 'Age when joining', kind: 'choice', choices: ages }, ageBand) },
  key: ['number'],
})

function ageBand({ bornIn, joinedOn }: Fields): keyof typeof ages {
  const age = Number(String(joinedOn).slice(0, 4)) - Number(bornIn)
  return age < 35 ? 'young' : age < 50 ? 'middle' : 'old'
}

export const post = recordType('talent.post', {
  title: { zh: '编制岗位', en: 'Post' },
  help: { zh: '一个编制登记一条；有人在岗填上岗日期，离岗填离岗日期', en: 'One record a post, with who came and left' },
  day: 'authorisedOn',
  fields: z.object({
    number: text({ zh: '岗位编号', en: 'Number', max: 40 }),
    kind: choice(posts, { zh: '岗位类别', en: 'Kind' }),
    station: text({ zh: '站所', en: 'Station', max: 100 }),
    authorisedOn: day({ zh: '核编日期', en: 'Authorised on' }),
    withdrawnOn: day({ zh: '收回日期', en: 'Withdrawn on' }).optional(),
    filledOn: day({ zh: '上岗日期', en: 'Filled on' }).optional(),
    leftOn: day({ zh: '离岗日期', en: 'Left on' }).optional(),
  }),
  computed: { vacantOn: computed({ zh: '空缺起', en: 'Vacant since', kind: 'day' }, vacantSince) },
  key: ['number'],
  check: ({ filledOn, leftOn }) =>
    leftOn !== undefined && (filledOn === undefined || String(leftOn) < String(filledOn))
      ? [{ field: 'leftOn', code: 'before', zh: '不能早于上岗日期', en: 'Cannot come before the post was filled' }]
      : [],
})

function vacantSince({ authorisedOn, withdrawnOn, filledOn, leftOn }: Fields): string | null {
  if (withdrawnOn !== undefined) return null
  if (filledOn === undefined) return String(authorisedOn)
  return leftOn === undefined ? null : String(leftOn)
}

export const indicators = {
  'talent.experts': stockOf(expert, {
    zh: '评审专家(期末)',
    en: 'Experts',
    unit: 'person',
    since: 'joinedOn',
    until: 'leftOn',
    by: ['field'],
  }),
  'talent.people': stockOf(person, {
    zh: '科技人才(期末)',
    en: 'Talent pool',
    unit: 'person',
    since: 'joinedOn',
    until: 'leftOn',
    by: ['trade', 'rank', 'age'],
    synonyms: ['人才库'],
  }),
  'talent.posts': stockOf(post, {
    zh: '核定编制(期末)',
    en: 'Authorised posts',
    unit: 'count',
    since: 'authorisedOn',
    until: 'withdrawnOn',
    by: ['kind'],
  }),
  'talent.in-post': stockOf(post, {
    zh: '在岗人员(期末)',
    en: 'Posts filled',
    unit: 'count',
    since: 'filledOn',
    until: 'leftOn',
    by: ['kind'],
  }),
  'talent.in-post-share': formula('talent.in-post / talent.posts', {
    zh: '编制在岗率',
    en: 'Share of posts filled',
    unit: 'percent',
  }),
  'talent.withdrawn': countOf(post, {
    zh: '收回编制',
    en: 'Posts withdrawn',
    unit: 'count',
    day: 'withdrawnOn',
    by: ['kind'],
  }),
}

const summary = paragraph`
${sentence('', ['科技人才库现有{{ talent.people }}', '评审专家库现有{{ talent.experts }}'])}${sentence('', [
  '农技站核定编制{{ talent.posts }}',
  '编制在岗率为{{ talent.in-post-share }}',
])}`

export default domain('talent', {
  zh: '人才与编制',
  en: 'People and posts',
  types: [expert, person, post],
  indicators,
  paragraphs: { summary },
  awaiting: [
    {
      id: 'talent.vacancies',
      title: { zh: '空缺的编制岗位', en: 'Vacant posts' },
      type: post,
      due: { field: 'vacantOn', days: 0 },
    },
  ],
})
