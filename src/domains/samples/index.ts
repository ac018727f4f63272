import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { averageOf, countOf, distinctOf, formula, sumOf } from '../../kernel/figures/indicator.ts'
import { choice, count, day, decimal, location, orgUnit, reference, rows, text } from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { map } from './map.ts'
import { brokenChain, rules } from './rules.ts'
import { classes, produceClass, soilClass } from './selenium.ts'
import { crops, kinds, parcelStates, sampleStates, seals } from './topics.ts'

// Samples of soil and produce: the plan, where each was taken, through whose hands it went, what the laboratory found.

export const plan = recordType('samples.plan', {
  title: { zh: '采样计划', en: 'Sampling plan' },
  day: 'plannedOn',
  fields: z.object({
    name: text({ zh: '计划名称', en: 'Plan', max: 100 }),
    plannedOn: day({ zh: '制定日期', en: 'Planned on' }),
    soil: count({ zh: '计划土壤样品', en: 'Soil samples planned', unit: 'piece' }),
    produce: count({ zh: '计划农产品样品', en: 'Produce samples planned', unit: 'piece' }),
  }),
  key: ['name'],
})

export const parcel = recordType('samples.parcel', {
  title: { zh: '送检批次', en: 'Parcel of samples' },
  help: {
    zh: '一批样品封装后一起送检；每次换手登记一行',
    en: 'Samples sealed together; a row for each change of hands',
  },
  day: 'packedOn',
  fields: z.object({
    number: text({ zh: '批次号', en: 'Number', max: 40 }),
    plan: reference('samples.plan', { zh: '采样计划', en: 'Plan' }).optional(),
    packedOn: day({ zh: '封装日期', en: 'Packed on' }),
    laboratory: text({ zh: '检测单位', en: 'Laboratory', max: 100 }),
    handovers: rows(
      {
        on: day({ zh: '交接日期', en: 'On' }),
        from: text({ zh: '交出', en: 'From', max: 100 }),
        to: text({ zh: '接收', en: 'To', max: 100 }),
        seal: choice(seals, { zh: '封签', en: 'Seal' }),
      },
      { zh: '交接', en: 'Handovers', max: 20 },
    ).optional(),
  }),
  key: ['number'],
  states: { packed: ['sent'], sent: ['received'], received: ['reported'], reported: [] },
  stateTitles: parcelStates,
  check: brokenChain,
})

export const sample = recordType('samples.sample', {
  title: { zh: '检测样品', en: 'Sample' },
  day: 'takenOn',
  fields: z.object({
    number: text({ zh: '样品编号', en: 'Number', max: 40 }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    crop: choice(crops, { zh: '农产品', en: 'Produce' }).optional(),
    takenOn: day({ zh: '采样日期', en: 'Taken on' }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }),
    place: location({ zh: '采样点', en: 'Place' }),
    depth: count({ zh: '采样深度(厘米)', en: 'Depth (cm)', max: 500 }).optional(),
    parcel: reference('samples.parcel', { zh: '送检批次', en: 'Parcel' }).optional(),
    testedOn: day({ zh: '检测日期', en: 'Tested on' }).optional(),
    selenium: decimal({ zh: '硒含量(毫克/公斤)', en: 'Selenium (mg/kg)', min: 0, max: 1000, scale: 3 }).optional(),
  }),
  computed: {
    class: computed({ zh: '硒含量分级', en: 'Class', kind: 'choice', choices: classes }, ({ kind, crop, selenium }) =>
      typeof selenium !== 'number'
        ? null
        : kind === 'soil'
          ? soilClass(selenium)
          : produceClass(String(crop), selenium),
    ),
  },
  key: ['number'],
  columns: ['number', 'kind', 'crop', 'village', 'takenOn', 'testedOn', 'selenium'],
  states: { taken: ['tested', 'rejected'], tested: [], rejected: [] },
  stateTitles: sampleStates,
  check: ({ kind, crop }) =>
    (kind === 'produce') === (crop !== undefined)
      ? []
      : [
          {
            field: 'crop',
            code: 'crop-of-produce',
            zh: '农产品样品要填品名，土壤样品不填',
            en: 'produce has a crop, soil has none',
          },
        ],
})

const tested = (zh: string, en: string, kind?: keyof typeof kinds, by: string[] = []) =>
  countOf(sample, {
    zh,
    en,
    unit: 'piece',
    day: 'testedOn',
    by: [...by, 'class', 'village'],
    where: kind ? { state: 'tested', kind } : { state: 'tested' },
  })
const planned = (field: 'soil' | 'produce', zh: string, en: string) => sumOf(plan, field, { zh, en, unit: 'piece' })
const content = (kind: keyof typeof kinds, zh: string, en: string) =>
  averageOf(sample, 'selenium', { zh, en, unit: 'ratio', day: 'testedOn', where: { state: 'tested', kind } })

export const indicators = {
  'samples.taken': countOf(sample, { zh: '采集样品', en: 'Samples taken', unit: 'piece', by: ['kind', 'crop'] }),
  'samples.tested': tested('检测硒含量样品', 'Samples tested', undefined, ['kind']),
  'samples.soil': tested('检测土壤样品', 'Soil samples tested', 'soil'),
  'samples.produce': tested('检测农产品样品', 'Produce samples tested', 'produce', ['crop']),
  'samples.rich': countOf(sample, {
    zh: '达到富硒的样品',
    en: 'Rich samples',
    unit: 'piece',
    day: 'testedOn',
    by: ['kind', 'village'],
    where: { state: 'tested', class: 'rich' },
  }),
  'samples.rich-share': formula('samples.rich / samples.tested', {
    zh: '富硒样品比例',
    en: 'Share of rich samples',
    unit: 'percent',
  }),
  'samples.soil-content': content('soil', '土壤平均硒含量(毫克/公斤)', 'Selenium of soil (mg/kg)'),
  'samples.produce-content': content('produce', '农产品平均硒含量(毫克/公斤)', 'Selenium of produce (mg/kg)'),
  'samples.planned': formula('samples.planned-soil + samples.planned-produce', {
    zh: '计划采样',
    en: 'Samples planned',
    unit: 'piece',
  }),
  'samples.planned-soil': planned('soil', '计划采土壤样品', 'Soil samples planned'),
  'samples.planned-produce': planned('produce', '计划采农产品样品', 'Produce samples planned'),
  'samples.villages': distinctOf(sample, 'village', { zh: '采样村', en: 'Villages sampled', unit: 'village' }),
  'samples.parcels': countOf(parcel, { zh: '送检样品批次', en: 'Parcels sent', unit: 'time' }),
}

const summary = paragraph`
${sentence('{{ period.words }}', [
  "检测硒含量样品{{ samples.tested | classifier: '个' }}，其中检测土壤样品{{ samples.soil | classifier: '个' }}",
  "检测农产品样品{{ samples.produce | classifier: '个' }}",
])}${sentence('', ["达到富硒的样品{{ samples.rich | classifier: '个' }}，富硒样品比例{{ samples.rich-share }}"])}`

export default domain('samples', {
  zh: '土壤和农产品检测',
  en: 'Soil and produce samples',
  types: [plan, parcel, sample],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [map],
  awaiting: [
    {
      id: 'samples.under-way',
      title: { zh: '送检一个月还没有报告的批次', en: 'Parcels packed a month ago without a report' },
      type: parcel,
      state: ['packed', 'sent', 'received'],
      due: { field: 'packedOn', days: -30 },
    },
  ],
  screens: [
    {
      id: 'samples/map',
      title: { zh: '硒含量分布图', en: 'Map of selenium' },
      help: {
        zh: '看本单位这段时间检测的样品在哪里、硒含量属于哪一级；点一个点打开样品',
        en: 'Where samples of the period were taken and of which class they are; a point opens its sample',
      },
      may: 'read',
    },
  ],
})
