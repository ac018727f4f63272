import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, distinctOf, sumOf } from '../../kernel/figures/indicator.ts'
import { area, choice, count, day, decimal, orgUnit, reference, rows, text } from '../../kernel/records/fields.ts'
import { recordType } from '../../kernel/records/type.ts'
import { analysis } from './analysis.ts'
import { planProblems } from './layout.ts'
import { rules } from './rules.ts'
import { designs, facilities, kinds, states, traits, verdicts } from './topics.ts'

// Trials and demonstrations: plots and treatments, what was measured on them, the appraisal that rests on it.

export const trial = recordType('trials.trial', {
  title: { zh: '试验示范', en: 'Trial' },
  help: { zh: '一个试验登记一条；处理和小区写在明细里', en: 'One record a trial; treatments and plots are its rows' },
  day: 'startedOn',
  fields: z.object({
    number: text({ zh: '试验编号', en: 'Number', max: 40 }),
    title: text({ zh: '试验名称', en: 'Title', max: 200 }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    crop: text({ zh: '作物或畜种', en: 'Crop or stock', max: 40 }),
    design: choice(designs, { zh: '田间设计', en: 'Design' }),
    startedOn: day({ zh: '开始日期', en: 'Started on' }),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    partner: text({ zh: '合作单位', en: 'Partner', max: 100 }).optional(),
    area: area({ zh: '面积', en: 'Area' }),
    treatments: rows(
      {
        code: text({ zh: '代号', en: 'Code', max: 10 }),
        name: text({ zh: '处理', en: 'Treatment', max: 100 }),
      },
      { zh: '处理表', en: 'Treatments', max: 60 },
    ).optional(),
    plots: rows(
      {
        number: count({ zh: '小区号', en: 'Plot' }),
        treatment: text({ zh: '处理代号', en: 'Treatment', max: 10 }),
        block: count({ zh: '区组', en: 'Block' }).optional(),
        row: count({ zh: '行', en: 'Row', max: 200 }),
        column: count({ zh: '列', en: 'Column', max: 200 }),
      },
      { zh: '小区', en: 'Plots' },
    ).optional(),
    conclusion: text({ zh: '结论', en: 'Conclusion', max: 500 }).optional(),
  }),
  key: ['number'],
  columns: ['number', 'title', 'kind', 'crop', 'design', 'startedOn', 'village', 'area'],
  states: { planned: ['running', 'abandoned'], running: ['concluded', 'abandoned'], concluded: [], abandoned: [] },
  stateTitles: states,
  check: planProblems,
})

const ofTrial = reference('trials.trial', { zh: '试验', en: 'Trial' })

export const measurement = recordType('trials.measurement', {
  title: { zh: '试验测定', en: 'Measurement' },
  day: 'measuredOn',
  fields: z.object({
    trial: ofTrial,
    measuredOn: day({ zh: '测定日期', en: 'Measured on' }),
    trait: choice(traits, { zh: '指标', en: 'Trait' }),
    values: rows(
      {
        plot: count({ zh: '小区号', en: 'Plot' }),
        value: decimal({ zh: '测定值', en: 'Value', min: 0, max: 100_000, scale: 2 }),
      },
      { zh: '测定值', en: 'Values' },
    ),
  }),
  key: ['trial', 'trait', 'measuredOn'],
})

export const appraisal = recordType('trials.appraisal', {
  title: { zh: '品种技术鉴定', en: 'Appraisal' },
  day: 'appraisedOn',
  fields: z.object({
    trial: ofTrial,
    appraisedOn: day({ zh: '鉴定日期', en: 'Appraised on' }),
    subject: text({ zh: '鉴定对象', en: 'Subject', max: 100 }),
    experts: count({ zh: '专家', en: 'Experts', unit: 'person' }),
    verdict: choice(verdicts, { zh: '鉴定意见', en: 'Verdict' }),
    opinion: text({ zh: '意见摘要', en: 'Opinion', max: 500 }),
  }),
  key: ['trial', 'subject'],
})

export const facility = recordType('trials.facility', {
  title: { zh: '示范设施', en: 'Demonstration facility' },
  day: 'builtOn',
  fields: z.object({
    builtOn: day({ zh: '建成日期', en: 'Built on' }),
    kind: choice(facilities, { zh: '设施', en: 'Facility' }),
    number: count({ zh: '台(座)数', en: 'Number', unit: 'set' }),
    township: orgUnit({ zh: '乡镇', en: 'Township', kind: 'township' }),
    trial: ofTrial.optional(),
  }),
})

const trialsOf = (zh: string, en: string, where: Readonly<Record<string, string>>) =>
  countOf(trial, { zh, en, unit: 'project', by: ['kind'], where })
const built = (kind: keyof typeof facilities, zh: string, en: string) =>
  sumOf(facility, 'number', { zh, en, unit: 'set', by: ['township'], where: { kind } })

export const indicators = {
  'trials.trials': countOf(trial, { zh: '试验示范项目', en: 'Trials', unit: 'project', by: ['kind', 'crop'] }),
  'trials.concluded': trialsOf('试验示范得出结论', 'Trials concluded', { state: 'concluded' }),
  'trials.area': sumOf(trial, 'area', { zh: '试验示范面积', en: 'Area of trials', unit: 'mu', by: ['kind', 'crop'] }),
  'trials.demonstration-area': sumOf(trial, 'area', {
    zh: '大田示范面积',
    en: 'Area of demonstration fields',
    unit: 'mu',
    by: ['crop'],
    where: { kind: 'demonstration' },
  }),
  'trials.plots': countOf(trial, { zh: '试验小区', en: 'Plots', unit: 'site', each: 'plots', by: ['kind'] }),
  'trials.values': countOf(measurement, {
    zh: '小区测定值',
    en: 'Values measured',
    unit: 'item',
    each: 'values',
    by: ['trait'],
  }),
  'trials.appraisals': countOf(appraisal, { zh: '品种技术鉴定', en: 'Appraisals', unit: 'result', by: ['verdict'] }),
  'trials.villages': distinctOf(trial, 'village', { zh: '试验示范村', en: 'Villages with trials', unit: 'village' }),
  'trials.large-dryers': built('large-dryer', '引进大型烘干设备', 'Large dryers'),
  'trials.small-dryers': built('small-dryer', '引进小型烘干设备', 'Small dryers'),
  'trials.kilns': built('kiln', '新建烤房', 'Kilns built'),
}

const summary = paragraph`
${sentence('{{ period.words }}', [
  '安排试验示范项目{{ trials.trials }}，试验示范面积{{ trials.area }}',
  '试验小区{{ trials.plots }}',
])}${sentence('', ['完成品种技术鉴定{{ trials.appraisals }}'])}${sentence('', [
  '引进大型烘干设备{{ trials.large-dryers }}',
  '引进小型烘干设备{{ trials.small-dryers }}',
  '新建烤房{{ trials.kilns }}',
])}`

export default domain('trials', {
  zh: '试验示范',
  en: 'Trials',
  types: [trial, measurement, appraisal, facility],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [analysis],
  awaiting: [
    {
      id: 'trials.to-conclude',
      title: { zh: '开始一年还没有总结的试验', en: 'Trials begun a year ago and not concluded' },
      type: trial,
      state: ['planned', 'running'],
      due: { field: 'startedOn', days: -365 },
    },
  ],
  screens: [
    {
      id: 'trials/plots',
      title: { zh: '小区图', en: 'Plot map' },
      help: {
        zh: '选一个试验，看小区的田间排列、测定值和方差分析结果',
        en: 'Choose a trial to see how its plots lie, what was measured on them and what its analysis says',
      },
      may: 'read',
    },
  ],
})
