import { z } from 'zod'
import { domain, sentence } from '../../kernel/domain.ts'
import { countOf, formula, stockOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, integer, orgUnit, reference, rows, text } from '../../kernel/records/fields.ts'
import { rule } from '../../kernel/records/rule.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { firstOverload } from './load.ts'

// The network: which branches are electronic and networked since when, which are ready for a new service, and whether
// the hosts still carry the load they were sized for.

export const services = {
  'international-money-order': { zh: '国际电子汇兑', en: 'International electronic money orders' },
  'electronic-money-order': { zh: '电子汇兑', en: 'Electronic money orders' },
} as const

export const outlets = {
  branch: { zh: '支局', en: 'Branch' },
  office: { zh: '邮政所', en: 'Post office' },
} as const

const order = (field: string) => [
  {
    field,
    code: 'order',
    zh: '联网要先电子化，撤点在后',
    en: 'Electronic comes before networked, both before closing',
  },
]

export const branch = recordType('network.branch', {
  title: { zh: '电子化支局(所)', en: 'Electronic branch or office' },
  day: 'electronicOn',
  fields: z.object({
    number: text({ zh: '局所编号', en: 'Number', max: 40 }),
    name: text({ zh: '名称', en: 'Name', max: 60 }),
    sort: choice(outlets, { zh: '类别', en: 'Sort' }),
    electronicOn: day({ zh: '电子化日期', en: 'Electronic since' }),
    networkedOn: day({ zh: '联网日期', en: 'Networked since' }).optional(),
    closedOn: day({ zh: '撤点日期', en: 'Closed on' }).optional(),
  }),
  key: ['number'],
  // One by one each is electronic before it is networked and to its closing, so that on no day more are networked.
  check: ({ electronicOn, networkedOn, closedOn }) => [
    ...(typeof networkedOn === 'string' && networkedOn < String(electronicOn) ? order('networkedOn') : []),
    ...(typeof closedOn === 'string' && closedOn < String(networkedOn ?? electronicOn) ? order('closedOn') : []),
  ],
})

export const readiness = recordType('network.readiness', {
  title: { zh: '业务开办准备', en: 'Readiness for a service' },
  day: 'on',
  fields: z.object({
    branch: reference('network.branch', { zh: '支局(所)', en: 'Branch or office' }),
    service: choice(services, { zh: '业务', en: 'Service' }),
    on: day({ zh: '列入日期', en: 'Listed on' }),
    trainedOn: day({ zh: '培训完成日期', en: 'Trained on' }).optional(),
    readyOn: day({ zh: '就绪日期', en: 'Ready on' }).optional(),
  }),
  key: ['branch', 'service'],
  states: { listed: ['trained'], trained: ['ready'], ready: ['trained'] },
  stateTitles: {
    listed: { zh: '已列入', en: 'Listed' },
    trained: { zh: '已培训', en: 'Trained' },
    ready: { zh: '已就绪', en: 'Ready' },
  },
})

export const host = recordType('network.host', {
  title: { zh: '主机更新', en: 'Host renewal' },
  day: 'approvedOn',
  fields: z.object({
    number: text({ zh: '主机编号', en: 'Number', max: 40 }),
    title: text({ zh: '名称', en: 'Title', max: 100 }),
    site: orgUnit({ zh: '所在单位', en: 'Where' }),
    approvedOn: day({ zh: '批准日期', en: 'Approved on' }),
    capacity: count({ zh: '处理能力(笔/日)', en: 'Capacity (transactions a day)', unit: 'count' }),
    until: integer({ zh: '满足到(年)', en: 'Sized until (year)', min: 1990, max: 2100 }),
    forecast: rows(
      {
        year: integer({ zh: '年份', en: 'Year', min: 1990, max: 2100 }),
        load: count({ zh: '预测业务量(笔/日)', en: 'Forecast a day', unit: 'count' }),
      },
      { zh: '业务量预测', en: 'Forecast' },
    ),
    measured: rows(
      {
        on: day({ zh: '日期', en: 'On' }),
        load: count({ zh: '实测业务量(笔/日)', en: 'Measured a day', unit: 'count' }),
      },
      { zh: '实测', en: 'Measured' },
    ).optional(),
    answeredOn: day({ zh: '扩容方案提出日期', en: 'Answered on' }).optional(),
  }),
  computed: {
    passedOn: computed({ zh: '超出规划日期', en: 'Load passed the plan on', kind: 'text' }, fields =>
      firstOverload(fields),
    ),
  },
  key: ['number'],
})

export const indicators = {
  'network.electronic': stockOf(branch, {
    zh: '电子化支局(所)(期末)',
    en: 'Electronic branches and offices',
    unit: 'branch',
    since: 'electronicOn',
    until: 'closedOn',
    by: ['sort'],
    synonyms: ['电子化支局'],
  }),
  'network.networked': stockOf(branch, {
    zh: '联网支局(所)(期末)',
    en: 'Networked branches and offices',
    unit: 'branch',
    since: 'networkedOn',
    until: 'closedOn',
    by: ['sort'],
    synonyms: ['联网支局'],
  }),
  'network.electronic-added': countOf(branch, {
    zh: '新增电子化支局(所)',
    en: 'Made electronic',
    unit: 'branch',
    by: ['sort'],
    synonyms: ['新增电子化支局'],
  }),
  'network.networked-added': countOf(branch, {
    zh: '新增联网支局(所)',
    en: 'Networked anew',
    unit: 'branch',
    day: 'networkedOn',
    by: ['sort'],
    synonyms: ['新增联网支局'],
  }),
  'network.closed': countOf(branch, {
    zh: '撤销电子化支局(所)',
    en: 'Electronic branches closed',
    unit: 'branch',
    day: 'closedOn',
    by: ['sort'],
  }),
  'network.listed': stockOf(readiness, {
    zh: '列入开办局所(期末)',
    en: 'Outlets listed for a service',
    unit: 'branch',
    since: 'on',
    by: ['service'],
  }),
  'network.ready': stockOf(readiness, {
    zh: '开办就绪局所(期末)',
    en: 'Outlets ready for a service',
    unit: 'branch',
    since: 'readyOn',
    by: ['service'],
    where: { state: 'ready' },
  }),
  'network.ready-share': formula('network.ready / network.listed', {
    zh: '开办就绪率',
    en: 'Share of outlets ready',
    unit: 'percent',
  }),
}

const summary = sentence('', [
  '新增电子化支局(所){{ network.electronic-added }}',
  '新增联网支局(所){{ network.networked-added }}',
  '期末联网支局(所)达到{{ network.networked }}',
])

export default domain('network', {
  zh: '局所联网',
  en: 'Network',
  types: [branch, readiness, host],
  indicators,
  paragraphs: { summary },
  rules: [
    rule('network.readiness', {
      zh: '就绪的局所已经联网，每步有日期',
      en: 'An outlet that is ready is networked; each step has its day',
      type: 'network.readiness',
      reads: { branch: { by: 'branch' } },
      check({ state, fields }, { branch: found = [] }) {
        const wanted = state === 'ready' ? ['trainedOn', 'readyOn'] : state === 'trained' ? ['trainedOn'] : []
        const undated = wanted
          .filter(field => fields[field] === undefined)
          .map(field => ({ field, code: 'undated', zh: '请填写日期', en: 'say when' }))
        const isNetworked = (day: unknown) => typeof day === 'string' && day <= String(fields.readyOn)
        return state === 'ready' && found.some(one => !isNetworked(one.fields.networkedOn))
          ? [...undated, { field: 'branch', code: 'not-networked', zh: '还没有联网', en: 'is not networked' }]
          : undated
      },
    }),
  ],
  awaiting: [
    {
      id: 'network.overload',
      title: { zh: '业务量超出主机规划', en: 'Load beyond what the host was sized for' },
      type: host,
      due: { field: 'passedOn', days: 0 },
      until: 'answeredOn',
    },
  ],
})
