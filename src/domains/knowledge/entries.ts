import { z } from 'zod'
import { area, attachment, choice, choices, count, day, mass, text } from '../../kernel/records/fields.ts'
import { type Declaration, recordType } from '../../kernel/records/type.ts'
import { crops, harms, subjects, tendays } from './topics.ts'

/** Every entry is written, reviewed by another, and good until a day; what is no longer right is taken back. */
const reviewing = {
  states: { written: ['reviewed'], reviewed: ['written', 'withdrawn'], withdrawn: ['written'] },
  stateTitles: {
    written: { zh: '待审', en: 'To be reviewed' },
    reviewed: { zh: '已审发布', en: 'Reviewed' },
    withdrawn: { zh: '已撤下', en: 'Withdrawn' },
  },
  stateRoles: { reviewed: 'manager', withdrawn: 'manager' },
} satisfies Partial<Declaration<z.ZodRawShape>>

const reviewed = {
  writtenOn: day({ zh: '编写日期', en: 'Written on' }),
  source: text({ zh: '依据来源', en: 'Source', max: 200, searched: false }).optional(),
  reviewer: text({ zh: '审核人', en: 'Reviewer', max: 40, searched: false }).optional(),
  goodUntil: day({ zh: '有效期至', en: 'Good until', future: true }).optional(),
}

export const answer = recordType('knowledge.answer', {
  title: { zh: '问答', en: 'Question and answer' },
  day: 'writtenOn',
  fields: z.object({
    question: text({ zh: '问题', en: 'Question', max: 300 }),
    keywords: text({ zh: '别名、俗称', en: 'Other names', max: 100 }).optional(),
    crop: choice(crops, { zh: '作物畜禽', en: 'Crop or animal' }),
    subject: choice(subjects, { zh: '类别', en: 'Subject' }),
    answer: text({ zh: '答复', en: 'Answer', max: 2000 }),
    ...reviewed,
  }),
  ...reviewing,
  key: ['org', 'question'],
  columns: ['question', 'crop', 'subject', 'answer', 'reviewer', 'goodUntil'],
})

export const variety = recordType('knowledge.variety', {
  title: { zh: '品种', en: 'Variety' },
  day: 'writtenOn',
  fields: z.object({
    name: text({ zh: '品种名称', en: 'Name', max: 60 }),
    crop: choice(crops, { zh: '作物畜禽', en: 'Crop or animal' }),
    approval: text({ zh: '审定(登记)编号', en: 'Approval number', max: 60 }).optional(),
    days: count({ zh: '生育期', en: 'Days to harvest', unit: 'day', max: 2000 }).optional(),
    yield: mass({ zh: '亩产', en: 'Yield of a mu' }).optional(),
    traits: text({ zh: '特征特性', en: 'Traits', max: 1000 }),
    practice: text({ zh: '栽培要点', en: 'How to grow it', max: 1000 }).optional(),
    area: area({ zh: '本地面积', en: 'Area grown here' }).optional(),
    ...reviewed,
  }),
  ...reviewing,
  key: ['org', 'crop', 'name'],
  columns: ['name', 'crop', 'approval', 'days', 'traits', 'goodUntil'],
})

export const harm = recordType('knowledge.harm', {
  title: { zh: '病虫草害图谱', en: 'Diseases, pests and weeds' },
  day: 'writtenOn',
  fields: z.object({
    name: text({ zh: '名称', en: 'Name', max: 60 }),
    alias: text({ zh: '别名、俗称', en: 'Other names', max: 100 }).optional(),
    kind: choice(harms, { zh: '类别', en: 'Kind' }),
    crops: choices(crops, { zh: '为害作物', en: 'Crops harmed' }),
    symptoms: text({ zh: '症状识别', en: 'Symptoms', max: 1000 }),
    control: text({ zh: '防治方法', en: 'Control', max: 1000 }),
    interval: count({ zh: '安全间隔期', en: 'Days before harvest', unit: 'day', max: 365 }).optional(),
    picture: attachment({ zh: '图片', en: 'Picture' }).optional(),
    ...reviewed,
  }),
  ...reviewing,
  key: ['org', 'name'],
  columns: ['name', 'kind', 'crops', 'symptoms', 'picture', 'goodUntil'],
})

export const season = recordType('knowledge.season', {
  title: { zh: '农事历', en: 'Crop calendar' },
  day: 'writtenOn',
  fields: z.object({
    crop: choice(crops, { zh: '作物畜禽', en: 'Crop or animal' }),
    from: choice(tendays, { zh: '自', en: 'From' }),
    until: choice(tendays, { zh: '至', en: 'Until' }),
    stage: text({ zh: '生育阶段', en: 'Stage', max: 40 }),
    work: text({ zh: '主要农事', en: 'Work to do', max: 500 }),
    watch: text({ zh: '注意防范', en: 'Look out for', max: 300 }).optional(),
    ...reviewed,
  }),
  ...reviewing,
  key: ['org', 'crop', 'stage'],
  columns: ['crop', 'from', 'until', 'stage', 'work', 'watch'],
})
