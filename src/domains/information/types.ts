import { z } from 'zod'
import { choice, count, day, orgUnit, personalName, phone, rows, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { channels, departments, facilities, subjects } from './topics.ts'

const village = () => orgUnit({ zh: '村', en: 'Village', kind: 'village' })

/** One that ends before it begins. */
const ended = (since: string, until: string) => (fields: Readonly<Record<string, unknown>>) =>
  typeof fields[until] === 'string' && fields[until] < String(fields[since])
    ? [
        {
          field: until,
          code: 'ends-before-it-begins',
          zh: '终止不能早于开始',
          en: 'The end cannot come before the beginning',
        },
      ]
    : []

export const page = recordType('information.page', {
  title: { zh: '村网页', en: 'Village web page' },
  day: 'openedOn',
  fields: z.object({
    village: village(),
    address: text({ zh: '网址', en: 'Address', max: 200, searched: false }).optional(),
    openedOn: day({ zh: '开通日期', en: 'Opened on' }),
    closedOn: day({ zh: '关停日期', en: 'Closed on' }).optional(),
  }),
  key: ['village'],
  check: ended('openedOn', 'closedOn'),
})

export const facility = recordType('information.facility', {
  title: { zh: '村级信息设施', en: 'Information facility of a village' },
  day: 'installedOn',
  fields: z.object({
    village: village(),
    kind: choice(facilities, { zh: '类别', en: 'Kind' }),
    devices: count({ zh: '台数', en: 'Devices', unit: 'device' }).default(1),
    installedOn: day({ zh: '配备日期', en: 'Installed on' }),
    retiredOn: day({ zh: '停用日期', en: 'Retired on' }).optional(),
  }),
  key: ['village', 'kind'],
  check: ended('installedOn', 'retiredOn'),
})

export const lesson = recordType('information.lesson', {
  title: { zh: '远程教育收看', en: 'Distance lesson' },
  day: 'heldOn',
  fields: z.object({
    heldOn: day({ zh: '日期', en: 'Held on' }),
    village: village(),
    subject: choice(subjects, { zh: '内容', en: 'Subject' }),
    title: text({ zh: '课件名称', en: 'Title', max: 100 }),
    minutes: count({ zh: '时长', en: 'Length', unit: 'minute', max: 1440 }).optional(),
    people: count({ zh: '收看人次', en: 'People', unit: 'person-time' }),
  }),
})

export const officer = recordType('information.officer', {
  title: { zh: '科技情报信息员', en: 'Information officer' },
  day: 'since',
  fields: z.object({
    number: text({ zh: '编号', en: 'Number', max: 40 }),
    officer: personalName({ zh: '姓名', en: 'Name' }),
    phone: phone({ zh: '电话', en: 'Telephone', found: true }).optional(),
    village: village().optional(),
    department: choice(departments, { zh: '部门', en: 'Department' }),
    since: day({ zh: '聘任日期', en: 'Since' }),
    until: day({ zh: '解聘日期', en: 'Until', future: true }).optional(),
  }),
  key: ['number'],
  check: ended('since', 'until'),
})

export const audience = recordType('information.audience', {
  title: { zh: '信息入户用户数', en: 'Users of a village' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '统计日期', en: 'On' }),
    village: village(),
    users: count({ zh: '用户', en: 'Users', unit: 'household' }),
  }),
  key: ['village', 'on'],
})

export const message = recordType('information.message', {
  title: { zh: '信息进村入户', en: 'Message to villages' },
  help: { zh: '一条信息登记一次，按村填写发送和阅读数', en: 'Each message once; sent and read by village' },
  day: 'sentOn',
  fields: z.object({
    sentOn: day({ zh: '发送日期', en: 'Sent on' }),
    channel: choice(channels, { zh: '途径', en: 'Channel' }),
    kind: choice(subjects, { zh: '内容', en: 'Subject' }),
    title: text({ zh: '标题', en: 'Title', max: 60 }),
    content: text({ zh: '正文', en: 'Text', max: 1000 }).optional(),
    deliveries: rows(
      {
        village: village(),
        sent: count({ zh: '发送户数', en: 'Sent', unit: 'household' }),
        read: count({ zh: '阅读户数', en: 'Read', unit: 'household' }).optional(),
      },
      { zh: '发送到村', en: 'By village', max: 500 },
    ),
  }),
  check: ({ deliveries }) =>
    (deliveries as { village: string; sent: number; read?: number }[]).flatMap(
      ({ village: to, sent, read = 0 }, i, all) => [
        ...(read > sent
          ? [
              {
                field: `deliveries[${i + 1}].read`,
                code: 'read-exceeds-sent',
                zh: '阅读户数不能多于发送户数',
                en: 'More read than were sent',
              },
            ]
          : []),
        ...(all.findIndex(one => one.village === to) < i
          ? [
              {
                field: `deliveries[${i + 1}].village`,
                code: 'village-twice',
                zh: '同一个村写了两行',
                en: 'A village stands there twice',
              },
            ]
          : []),
      ],
    ),
})
