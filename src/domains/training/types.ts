import { z } from 'zod'
import {
  choice,
  choices,
  count,
  day,
  decimal,
  instant,
  money,
  orgUnit,
  personalName,
  phone,
  reference,
  rows,
  text,
} from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import {
  audiences,
  certificates,
  classStates,
  forms,
  lists,
  methods,
  needStates,
  results,
  topics,
  ways,
} from './topics.ts'

export const need = recordType('training.need', {
  title: { zh: '培训需求', en: 'Training need' },
  day: 'askedOn',
  fields: z.object({
    askedOn: day({ zh: '提出日期', en: 'Asked on' }),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    audience: choice(audiences, { zh: '培训对象', en: 'Audience' }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    people: count({ zh: '希望参加', en: 'People', unit: 'person' }),
    reason: text({ zh: '需求说明', en: 'Reason', max: 500 }),
  }),
  states: { asked: ['planned', 'declined'], planned: ['met', 'asked'], met: [], declined: ['asked'] },
  stateTitles: needStates,
})

export const course = recordType('training.class', {
  title: { zh: '培训班', en: 'Course' },
  help: { zh: '一期培训班登记一条，各场次记在培训场次里', en: 'One record a course; what was held is a session' },
  day: 'plannedOn',
  fields: z.object({
    number: text({ zh: '班次编号', en: 'Number', max: 40 }),
    title: text({ zh: '培训内容', en: 'Title', max: 200 }),
    need: reference('training.need', { zh: '培训需求', en: 'Need' }).optional(),
    form: choice(forms, { zh: '形式', en: 'Form' }),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    audience: choice(audiences, { zh: '培训对象', en: 'Audience' }),
    plannedOn: day({ zh: '计划开班日期', en: 'Planned on', future: true }),
    place: text({ zh: '地点', en: 'Place', max: 100 }),
    capacity: count({ zh: '名额', en: 'Capacity', unit: 'person' }),
    hours: decimal({ zh: '学时', en: 'Hours', min: 0, max: 500, scale: 1, unit: 'hour' }).optional(),
  }),
  key: ['number'],
  columns: ['number', 'title', 'form', 'topic', 'audience', 'plannedOn', 'place', 'capacity'],
  states: { planned: ['enrolling', 'cancelled'], enrolling: ['closed', 'cancelled'], closed: [], cancelled: [] },
  stateTitles: classStates,
})

const ofClass = reference('training.class', { zh: '培训班', en: 'Course' })
const ofTrainee = reference('training.trainee', { zh: '学员', en: 'Trainee' })

export const trainee = recordType('training.trainee', {
  title: { zh: '学员档案', en: 'Trainee' },
  help: {
    zh: '一人一档；学员号印在签到码上，培训、发证、入会都用同一档案',
    en: 'One record a person; its number stands in the sign-in code, and courses, certificates and associations use it',
  },
  day: 'registeredOn',
  fields: z.object({
    number: text({ zh: '学员号', en: 'Number', max: 30, linked: true }),
    name: personalName({ zh: '姓名', en: 'Name' }),
    phone: phone({ zh: '电话', en: 'Phone' }).optional(),
    audience: choice(audiences, { zh: '身份', en: 'Audience' }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    registeredOn: day({ zh: '建档日期', en: 'Registered on' }),
  }),
  key: ['number'],
})

export const enrolment = recordType('training.enrolment', {
  title: { zh: '报名与结业', en: 'Enrolment' },
  day: 'enrolledOn',
  fields: z.object({
    class: ofClass,
    trainee: ofTrainee,
    enrolledOn: day({ zh: '报名日期', en: 'Enrolled on' }),
    result: choice(results, { zh: '结业结果', en: 'Result' }).optional(),
    score: decimal({ zh: '成绩', en: 'Score', min: 0, max: 100, scale: 1 }).optional(),
  }),
  key: ['class', 'trainee'],
})

export const attendance = recordType('training.attendance', {
  title: { zh: '签到', en: 'Attendance' },
  day: 'signedOn',
  fields: z.object({
    session: reference('training.session', { zh: '培训场次', en: 'Session' }),
    trainee: ofTrainee,
    signedOn: day({ zh: '签到日期', en: 'Signed on' }),
    signedAt: instant({ zh: '签到时刻', en: 'Signed at' }).optional(),
    way: choice(ways, { zh: '方式', en: 'Way' }),
  }),
  key: ['session', 'trainee'],
})

export const session = recordType('training.session', {
  title: { zh: '培训场次', en: 'Training session' },
  help: { zh: '一场培训或讲座登记一条', en: 'One record for each course or lecture held' },
  day: 'heldOn',
  fields: z.object({
    heldOn: day({ zh: '举办日期', en: 'Held on' }),
    form: choice(forms, { zh: '形式', en: 'Form' }),
    title: text({ zh: '内容', en: 'Title', max: 200 }),
    topic: choice(topics, { zh: '类别', en: 'Topic' }),
    audience: choice(audiences, { zh: '培训对象', en: 'Audience' }),
    place: text({ zh: '地点', en: 'Place', max: 100 }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    lecturer: personalName({ zh: '主讲人', en: 'Lecturer' }).optional(),
    lecturerFrom: text({ zh: '主讲人单位', en: "Lecturer's organisation", max: 100 }).optional(),
    methods: choices(methods, { zh: '方式', en: 'Ways of teaching' }).optional(),
    class: ofClass.optional(),
    envoy: reference('envoys.appointment', { zh: '授课特派员', en: 'Envoy' }).optional(),
    list: choice(lists, { zh: '签到名单', en: 'Attendance list' }).optional(),
    attended: count({ zh: '到场人次', en: 'Attendance', unit: 'person-time' }),
    women: count({ zh: '其中妇女', en: 'Of whom women', unit: 'person-time' }).optional(),
    handouts: rows(
      {
        material: reference('materials.material', { zh: '资料', en: 'Material' }),
        copies: count({ zh: '份(册)数', en: 'Copies', unit: 'copy' }),
      },
      { zh: '赠送资料(库存)', en: 'Handouts from stock' },
    ).optional(),
    materials: count({ zh: '赠送资料(库存以外)', en: 'Other materials', unit: 'copy' }).default(0),
    hours: decimal({ zh: '学时', en: 'Hours', min: 0, max: 500, scale: 1, unit: 'hour' }).optional(),
    cost: money({ zh: '经费', en: 'Cost' }).optional(),
  }),
  computed: {
    copies: computed({ zh: '赠送资料合计', en: 'Materials handed out', unit: 'copy' }, ({ materials, handouts }) =>
      ((handouts ?? []) as readonly { copies: number }[]).reduce((sum, one) => sum + one.copies, Number(materials)),
    ),
  },
  like: ['heldOn', 'form', 'title', 'place'],
  columns: ['heldOn', 'form', 'title', 'topic', 'audience', 'place', 'attended', 'materials'],
  check: fields =>
    Number(fields.women ?? 0) > Number(fields.attended)
      ? [
          {
            field: 'women',
            code: 'women-above-attendance',
            zh: '妇女人次不能多于到场人次',
            en: 'Women cannot be more than the attendance',
          },
        ]
      : [],
})

export const certificate = recordType('training.certificate', {
  title: { zh: '培训证书', en: 'Training certificate' },
  day: 'awardedOn',
  fields: z.object({
    number: text({ zh: '证书编号', en: 'Certificate number', max: 40 }),
    kind: choice(certificates, { zh: '证书种类', en: 'Kind' }),
    holder: personalName({ zh: '持证人', en: 'Holder' }),
    enrolment: reference('training.enrolment', { zh: '结业记录', en: 'Enrolment' }).optional(),
    trade: choice(topics, { zh: '专业', en: 'Trade' }),
    awardedOn: day({ zh: '发证日期', en: 'Awarded on' }),
    lapsesOn: day({ zh: '失效日期', en: 'Lapses on', future: true }).optional(),
  }),
  key: ['kind', 'number'],
})
