import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, count, day, integer, money, personalName, reference, rows, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { daysFrom, inOrder } from './days.ts'
import { depreciation } from './depreciation.ts'
import { indicatorsOf } from './indicators.ts'
import { labels } from './labels.ts'
import { life } from './life.ts'
import { plan, summary } from './paragraphs.ts'
import { rules } from './rules.ts'
import { takeIn } from './take-in.ts'
import { funds, kinds, purposes, steps, works } from './topics.ts'

// Equipment: what is delivered and how it goes into service, the installed base device by device, works on it, and the
// projects and two funds that pay for it. Domains about one side of it stand in the folders beneath.

const stateTitles = {
  arrived: { zh: '到货', en: 'Arrived' },
  installed: { zh: '已安装', en: 'Installed' },
  powered: { zh: '已加电', en: 'Powered' },
  tested: { zh: '已调测', en: 'Tested' },
}
const deviceOf = reference('equipment.device', { zh: '设备', en: 'Device' })

export const device = recordType('equipment.device', {
  title: { zh: '设备', en: 'Device' },
  day: 'arrivedOn',
  fields: z.object({
    number: text({ zh: '设备编号', en: 'Device number', max: 40, linked: true }),
    kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
    model: text({ zh: '型号', en: 'Model', max: 60 }),
    maker: text({ zh: '厂家', en: 'Maker', max: 60 }).optional(),
    lot: reference('equipment.lot', { zh: '到货批', en: 'Lot' }).optional(),
    place: text({ zh: '存放地点', en: 'Place', max: 60 }).optional(),
    arrivedOn: day({ zh: '到货验收日期', en: 'Arrived on' }),
    installedOn: day({ zh: '安装日期', en: 'Installed on' }).optional(),
    poweredOn: day({ zh: '加电日期', en: 'Powered on' }).optional(),
    testedOn: day({ zh: '调测日期', en: 'Tested on' }).optional(),
    retiredOn: day({ zh: '报废日期', en: 'Retired on' }).optional(),
    cost: money({ zh: '原值', en: 'Cost' }).optional(),
    usefulMonths: integer({
      zh: '折旧年限(月)',
      en: 'Useful life in months',
      help: { zh: '不填按设备类别', en: 'By kind when not given' },
      min: 1,
      max: 600,
      unit: 'month',
    }).optional(),
  }),
  key: ['number'],
  // Arrival, installation, power, test come only in this order; a tested device may fall back, and then no longer counts.
  states: {
    arrived: ['installed'],
    installed: ['powered'],
    powered: ['tested'],
    tested: ['powered', 'retired'],
    retired: [],
  },
  stateTitles: { ...stateTitles, retired: { zh: '已报废', en: 'Retired' } },
  stateRoles: { retired: 'manager' },
  columns: ['number', 'kind', 'model', 'arrivedOn', 'testedOn', 'retiredOn'],
  check: fields => inOrder(fields, [...steps.map(step => step.day), 'retiredOn']),
})

export const lot = recordType('equipment.lot', {
  title: { zh: '到货批', en: 'Delivered lot' },
  help: {
    zh: '到货验收、安装、加电、调试依次进行，每步写明日期和签字人',
    en: 'Each step in its order, dated and signed',
  },
  day: 'arrivedOn',
  fields: z.object({
    number: text({ zh: '批号', en: 'Lot number', max: 40 }),
    contract: reference('purchasing.contract', { zh: '采购合同', en: 'Contract' }).optional(),
    campaign: reference('cutover.campaign', { zh: '所属切换工程', en: 'For the campaign' }).optional(),
    kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
    model: text({ zh: '型号', en: 'Model', max: 60 }),
    quantity: count({ zh: '到货数量', en: 'Delivered', unit: 'device', max: 100_000 }),
    rejected: count({ zh: '验收不合格数量', en: 'Rejected', unit: 'device', max: 100_000 }).default(0),
    price: money({ zh: '单价', en: 'Price each' }).optional(),
    arrivedOn: day({ zh: '到货验收日期', en: 'Arrived on' }),
    arrivedBy: personalName({ zh: '验收签字', en: 'Arrival signed by' }),
    installedOn: day({ zh: '安装日期', en: 'Installed on' }).optional(),
    installedBy: personalName({ zh: '安装签字', en: 'Installation signed by' }).optional(),
    poweredOn: day({ zh: '加电日期', en: 'Powered on' }).optional(),
    poweredBy: personalName({ zh: '加电签字', en: 'Power-on signed by' }).optional(),
    testedOn: day({ zh: '调试日期', en: 'Tested on' }).optional(),
    testedBy: personalName({ zh: '调试签字', en: 'Test signed by' }).optional(),
  }),
  key: ['number'],
  states: { arrived: ['installed'], installed: ['powered'], powered: ['tested'], tested: [] },
  stateTitles,
  columns: ['number', 'kind', 'model', 'quantity', 'arrivedOn', 'testedOn'],
  check: fields => [
    ...inOrder(
      fields,
      steps.map(step => step.day),
    ),
    ...(Number(fields.rejected) > Number(fields.quantity)
      ? [{ field: 'rejected', code: 'rejected', zh: '不能多于到货数量', en: 'More rejected than delivered' }]
      : []),
  ],
})

export const work = recordType('equipment.work', {
  title: { zh: '大修改造', en: 'Overhaul or retrofit' },
  day: 'finishedOn',
  fields: z.object({
    sort: choice(works, { zh: '性质', en: 'Sort of work' }),
    device: deviceOf,
    kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
    startedOn: day({ zh: '开工日期', en: 'Started on' }),
    finishedOn: day({ zh: '完工日期', en: 'Finished on' }),
    cost: money({ zh: '费用', en: 'Cost' }),
    contractor: text({ zh: '承修单位', en: 'Contractor', max: 100 }).optional(),
    content: text({ zh: '内容', en: 'Work done', max: 500 }),
    before: text({ zh: '改造前配置', en: 'Configuration before', max: 200 }).optional(),
    after: text({ zh: '改造后配置', en: 'Configuration after', max: 200 }).optional(),
  }),
  key: ['device', 'sort', 'finishedOn'],
  check: fields => inOrder(fields, ['startedOn', 'finishedOn']),
})

export const project = recordType('equipment.project', {
  title: { zh: '设备投资项目', en: 'Equipment project' },
  day: 'approvedOn',
  fields: z.object({
    number: text({ zh: '项目编号', en: 'Number', max: 40 }),
    title: text({ zh: '项目名称', en: 'Title', max: 200 }),
    purpose: choice(purposes, { zh: '性质', en: 'Purpose' }),
    approvedOn: day({ zh: '批准日期', en: 'Approved on' }),
    budget: money({ zh: '投资(资金)', en: 'Budget' }),
    startedOn: day({ zh: '开工日期', en: 'Started on' }).optional(),
    finishedOn: day({ zh: '竣工验收日期', en: 'Accepted on' }).optional(),
    acceptor: text({ zh: '验收单位', en: 'Accepted by', max: 60 }).optional(),
    obstacles: rows(
      {
        what: text({ zh: '困难', en: 'Obstacle', max: 300 }),
        openedOn: day({ zh: '提出日期', en: 'Opened on' }),
        closedOn: day({ zh: '解决日期', en: 'Closed on' }).optional(),
        solution: text({ zh: '协调情况', en: 'How it was solved', max: 300 }).optional(),
      },
      { zh: '困难和协调', en: 'Obstacles' },
    ).optional(),
  }),
  computed: {
    days: computed({ zh: '工期(天)', en: 'Duration in days', unit: 'day' }, ({ startedOn, finishedOn }) =>
      daysFrom(startedOn, finishedOn),
    ),
  },
  key: ['number'],
  check: fields => inOrder(fields, ['approvedOn', 'startedOn', 'finishedOn']),
})

export const payment = recordType('equipment.payment', {
  title: { zh: '设备资金支付', en: 'Payment' },
  day: 'paidOn',
  fields: z.object({
    project: reference('equipment.project', { zh: '设备投资项目', en: 'Project' }),
    fund: choice(funds, { zh: '资金渠道', en: 'Fund' }),
    paidOn: day({ zh: '支付日期', en: 'Paid on' }),
    amount: money({ zh: '金额', en: 'Amount' }),
    payee: text({ zh: '收款单位', en: 'Payee', max: 100 }),
    voucher: text({ zh: '凭证号', en: 'Voucher', max: 40 }),
  }),
  key: ['voucher'],
})

export const indicators = indicatorsOf({ device, work, project, payment })

export default domain('equipment', {
  zh: '设备管理',
  en: 'Equipment',
  types: [device, lot, work, project, payment],
  indicators,
  paragraphs: { summary, plan },
  rules,
  operations: [takeIn, labels, depreciation, life],
  leads: [
    lead('equipment.overhaul', {
      zh: '登记大修改造',
      en: 'Record an overhaul',
      from: 'equipment.device',
      to: 'equipment.work',
      when: ({ state }) => state === 'tested',
      fields: ({ id, fields }) => ({ device: id, kind: fields.kind }),
    }),
  ],
  screens: [
    {
      id: 'equipment/stocktaking',
      title: { zh: '设备盘点', en: 'Stock-taking' },
      help: {
        zh: '扫设备标签逐台盘点，与账上不符的当场提示，差异随时可看',
        en: 'Read the tags one by one; what does not agree with the register is told at once',
      },
      may: 'enter',
    },
    {
      id: 'equipment/inspection',
      title: { zh: '扫码检查设备', en: 'Inspect by scanning' },
      help: {
        zh: '自查、互查、抽查：扫设备标签，记完好或问题，看各单位检查进度',
        en: 'Self, mutual and surprise inspections: read a tag, record the result, see the progress by unit',
      },
      may: 'enter',
    },
  ],
})
