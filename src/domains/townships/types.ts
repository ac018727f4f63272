import { z } from 'zod'
import { choice, count, day, orgUnit, personalName, reference, rows, text, yesNo } from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { type Done, points, tasks } from './points.ts'
import { assessmentStates, bases, posts, recognitions, rounds, verdicts } from './topics.ts'

const village = orgUnit({ zh: '村', en: 'Village', kind: 'village' })
const until = day({ zh: '终止日期', en: 'Until', future: true }).optional()

export const post = recordType('townships.post', {
  title: { zh: '乡村科技任职', en: 'Post' },
  help: { zh: '科技领导组成员和各村科技副村长', en: 'Members of the science group and deputies of villages' },
  day: 'since',
  fields: z.object({
    post: choice(posts, { zh: '职务', en: 'Post' }),
    holder: personalName({ zh: '姓名', en: 'Holder' }),
    village: village.optional(),
    from: text({ zh: '所在单位', en: 'Organisation', max: 100 }).optional(),
    since: day({ zh: '任职日期', en: 'Since' }),
    until,
  }),
  check: ({ post, village }) =>
    post === 'village-deputy' && village === undefined
      ? [{ field: 'village', code: 'village-of-deputy', zh: '科技副村长要填所在村', en: 'A deputy has a village' }]
      : [],
})

export const recognition = recordType('townships.recognition', {
  title: { zh: '认定户', en: 'Recognition' },
  day: 'since',
  fields: z.object({
    kind: choice(recognitions, { zh: '类别', en: 'Kind' }),
    number: text({ zh: '编号', en: 'Number', max: 40 }),
    holder: personalName({ zh: '姓名', en: 'Holder' }),
    village,
    since: day({ zh: '认定日期', en: 'Since' }),
    until: day({ zh: '取消日期', en: 'Until' }).optional(),
  }),
  key: ['kind', 'number'],
})

export const base = recordType('townships.base', {
  title: { zh: '示范基地', en: 'Demonstration base' },
  day: 'since',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 100 }),
    kind: choice(bases, { zh: '类别', en: 'Kind' }),
    village,
    since: day({ zh: '建立日期', en: 'Since' }),
    until,
  }),
  key: ['name'],
})

export const membership = recordType('townships.membership', {
  title: { zh: '协会成员', en: 'Membership' },
  day: 'since',
  fields: z.object({
    body: reference('envoys.body', { zh: '协会合作社', en: 'Association' }),
    person: reference('training.trainee', { zh: '成员', en: 'Member' }),
    since: day({ zh: '入会日期', en: 'Since' }),
    until,
  }),
  // Nobody is counted twice in one association.
  key: ['body', 'person'],
})

export const gathering = recordType('townships.gathering', {
  title: { zh: '协会例会', en: 'Meeting of an association' },
  day: 'heldOn',
  fields: z.object({
    body: reference('envoys.body', { zh: '协会合作社', en: 'Association' }),
    heldOn: day({ zh: '日期', en: 'Held on' }),
    topic: text({ zh: '议题', en: 'Topic', max: 200 }),
    attended: count({ zh: '到会人次', en: 'Attendance', unit: 'person-time' }),
  }),
})

export const candidacy = recordType('townships.candidacy', {
  title: { zh: '先进乡镇创建', en: 'Candidacy of a township' },
  day: 'declaredOn',
  fields: z.object({
    township: orgUnit({ zh: '乡镇', en: 'Township', kind: 'township' }),
    title: text({ zh: '称号', en: 'Title', max: 100 }),
    declaredOn: day({ zh: '申报日期', en: 'Declared on' }),
    honoured: count({ zh: '表彰个人', en: 'People honoured', unit: 'person' }).default(0),
  }),
  key: ['township', 'title'],
})

export const round = recordType('townships.round', {
  title: { zh: '创建验收', en: 'Round of acceptance' },
  day: 'heldOn',
  fields: z.object({
    candidacy: reference('townships.candidacy', { zh: '创建', en: 'Candidacy' }),
    level: choice(rounds, { zh: '级别', en: 'Round' }),
    heldOn: day({ zh: '验收日期', en: 'Held on' }),
    verdict: choice(verdicts, { zh: '结论', en: 'Verdict' }),
    checklist: rows(
      {
        item: text({ zh: '验收项目', en: 'Item', max: 100 }),
        met: yesNo({ zh: '达标', en: 'Met' }),
      },
      { zh: '验收清单', en: 'Checklist', max: 60 },
    ).optional(),
  }),
  key: ['candidacy', 'level'],
})

export const assessment = recordType('townships.assessment', {
  title: { zh: '科技副村长百分考核', en: 'Assessment of a village deputy' },
  day: 'assessedOn',
  fields: z.object({
    post: reference('townships.post', { zh: '科技副村长', en: 'Deputy' }),
    quarter: text({ zh: '季度', en: 'Quarter', max: 7 }),
    assessedOn: day({ zh: '考核日期', en: 'Assessed on' }),
    items: rows(
      {
        task: choice(tasks, { zh: '工作', en: 'Task' }),
        quantity: count({ zh: '数量', en: 'Quantity', max: 1000 }),
        on: day({ zh: '日期', en: 'On' }),
        place: text({ zh: '地点', en: 'Place', max: 100 }),
        by: text({ zh: '责任人', en: 'By', max: 40 }),
      },
      { zh: '完成事项', en: 'What was done', max: 60 },
    ),
  }),
  computed: {
    // The type's own schema has checked the rows.
    points: computed({ zh: '得分', en: 'Points', unit: 'point' }, ({ items }) => points(items as readonly Done[])),
  },
  key: ['post', 'quarter'],
  states: { reported: ['checked'], checked: [] },
  stateTitles: assessmentStates,
  stateRoles: { checked: 'manager' },
  check: ({ quarter, items }) => {
    const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(String(quarter)) ?? []
    if (year === undefined)
      return [{ field: 'quarter', code: 'quarter', zh: '季度写作2024-Q3', en: 'A quarter is written 2024-Q3' }]
    const outside = (items as readonly { on: string }[]).find(
      ({ on }) => on.slice(0, 4) !== year || Math.ceil(Number(on.slice(5, 7)) / 3) !== Number(number),
    )
    return outside
      ? [
          {
            field: 'items',
            code: 'outside-quarter',
            zh: `${outside.on}不在这个季度`,
            en: `${outside.on} lies outside the quarter`,
          },
        ]
      : []
  },
})
