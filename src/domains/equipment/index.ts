import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, count, day, money, personalName, rows, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { indicatorsOf } from './indicators.ts'
import { plan, summary } from './paragraphs.ts'
import { inspections, kinds, purposes, works } from './topics.ts'

// Equipment: the installed base device by device, works on it, inspections, and investment projects.

export const device = recordType('equipment.device', {
  title: { zh: '设备', en: 'Device' },
  day: 'arrivedOn',
  fields: z.object({
    number: text({ zh: '设备编号', en: 'Device number', max: 40 }),
    kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
    model: text({ zh: '型号', en: 'Model', max: 60 }),
    maker: text({ zh: '厂家', en: 'Maker', max: 60 }).optional(),
    arrivedOn: day({ zh: '到货验收日期', en: 'Arrived on' }),
    installedOn: day({ zh: '安装日期', en: 'Installed on' }).optional(),
    testedOn: day({ zh: '调测日期', en: 'Tested on' }).optional(),
    retiredOn: day({ zh: '报废日期', en: 'Retired on' }).optional(),
    cost: money({ zh: '原值', en: 'Cost' }).optional(),
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
  stateTitles: {
    arrived: { zh: '到货', en: 'Arrived' },
    installed: { zh: '已安装', en: 'Installed' },
    powered: { zh: '已加电', en: 'Powered' },
    tested: { zh: '已调测', en: 'Tested' },
    retired: { zh: '已报废', en: 'Retired' },
  },
  stateRoles: { retired: 'manager' },
  columns: ['number', 'kind', 'model', 'arrivedOn', 'testedOn', 'retiredOn'],
})

export const work = recordType('equipment.work', {
  title: { zh: '大修改造', en: 'Overhaul or retrofit' },
  day: 'finishedOn',
  fields: z.object({
    sort: choice(works, { zh: '性质', en: 'Sort of work' }),
    device: text({ zh: '设备编号', en: 'Device number', max: 40 }),
    kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
    startedOn: day({ zh: '开工日期', en: 'Started on' }),
    finishedOn: day({ zh: '完工日期', en: 'Finished on' }),
    cost: money({ zh: '费用', en: 'Cost' }),
    contractor: text({ zh: '承修单位', en: 'Contractor', max: 100 }).optional(),
    content: text({ zh: '内容', en: 'Work done', max: 500 }),
  }),
  key: ['sort', 'device', 'finishedOn'],
  check: ({ startedOn, finishedOn }) =>
    String(finishedOn) < String(startedOn)
      ? [
          {
            field: 'finishedOn',
            code: 'finished-before-start',
            zh: '完工不能早于开工',
            en: 'Work cannot end before it starts',
          },
        ]
      : [],
})

export const inspection = recordType('equipment.inspection', {
  title: { zh: '设备检查', en: 'Equipment inspection' },
  day: 'inspectedOn',
  fields: z.object({
    inspectedOn: day({ zh: '检查日期', en: 'Inspected on' }),
    sort: choice(inspections, { zh: '方式', en: 'Sort' }),
    inspector: personalName({ zh: '检查人', en: 'Inspector' }).optional(),
    checked: count({ zh: '检查台数', en: 'Devices checked', unit: 'device' }),
    sound: count({ zh: '完好台数', en: 'Devices in order', unit: 'device' }),
    findings: rows(
      {
        device: text({ zh: '设备编号', en: 'Device number', max: 40 }).optional(),
        kind: choice(kinds, { zh: '设备类别', en: 'Kind' }),
        finding: text({ zh: '问题', en: 'Finding', max: 300 }),
        repairedOn: day({ zh: '修复日期', en: 'Repaired on' }).optional(),
      },
      { zh: '发现问题', en: 'Findings' },
    ).optional(),
  }),
  check: ({ checked, sound }) =>
    Number(sound) > Number(checked)
      ? [
          {
            field: 'sound',
            code: 'sound-above-checked',
            zh: '完好台数不能多于检查台数',
            en: 'More in order than were checked',
          },
        ]
      : [],
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
    finishedOn: day({ zh: '竣工验收日期', en: 'Finished on' }).optional(),
  }),
  key: ['number'],
})

export const indicators = indicatorsOf({ device, work, inspection, project })

export default domain('equipment', {
  zh: '设备管理',
  en: 'Equipment',
  types: [device, work, inspection, project],
  indicators,
  paragraphs: { summary, plan },
})
