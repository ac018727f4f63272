import { rule } from '../../kernel/records/rule.ts'
import { plotsOf } from './layout.ts'

const valuesOf = (fields: Readonly<Record<string, unknown>>) => fields.values as readonly { plot: number }[]

export const rules = [
  rule('trials.measured-plots', {
    zh: '测定的是该试验的小区，每个小区一个值',
    en: 'What is measured are plots of the trial, each once',
    type: 'trials.measurement',
    reads: { trials: { by: 'trial' } },
    check: (now, { trials }) => {
      const plots = new Set(trials!.flatMap(({ fields }) => plotsOf(fields).map(plot => plot.number)))
      const measured = valuesOf(now.fields).map(one => one.plot)
      const stray = measured.find(plot => !plots.has(plot))
      if (stray !== undefined)
        return [
          { field: 'values', code: 'no-such-plot', zh: `该试验没有小区${stray}`, en: `the trial has no plot ${stray}` },
        ]
      const twice = measured.find((plot, i) => measured.indexOf(plot) !== i)
      return twice === undefined
        ? []
        : [{ field: 'values', code: 'plot-twice', zh: `小区${twice}写了两个值`, en: `plot ${twice} has two values` }]
    },
  }),
  rule('trials.measured-plots-stay', {
    zh: '已有测定值的小区要留在小区表里',
    en: 'Plots that were measured stay on the plan',
    type: 'trials.trial',
    reads: { measurements: { of: 'trials.measurement', via: 'trial' } },
    check: (now, { measurements }) => {
      const plots = new Set(plotsOf(now.fields).map(plot => plot.number))
      const lost = measurements!.flatMap(({ fields }) => valuesOf(fields)).find(one => !plots.has(one.plot))
      return lost
        ? [
            {
              field: 'plots',
              code: 'plot-lost',
              zh: `小区${lost.plot}已有测定值`,
              en: `plot ${lost.plot} was measured`,
            },
          ]
        : []
    },
  }),
  rule('trials.appraisal-rests-on-trial', {
    zh: '鉴定要以已总结、有测定的试验为依据',
    en: 'An appraisal rests on a concluded trial with measurements',
    type: 'trials.appraisal',
    reads: { trials: { by: 'trial' }, measurements: { of: 'trials.measurement', via: 'trial', same: 'trial' } },
    check: (_, { trials, measurements }) => {
      if (!trials!.some(({ state }) => state === 'concluded'))
        return [{ field: 'trial', code: 'not-concluded', zh: '这个试验还没有总结', en: 'this trial is not concluded' }]
      return measurements!.length > 0
        ? []
        : [
            {
              field: 'trial',
              code: 'nothing-measured',
              zh: '这个试验没有测定记录',
              en: 'nothing was measured in this trial',
            },
          ]
    },
  }),
  rule('trials.appraised-records-stay', {
    zh: '已鉴定试验的测定记录不能作废',
    en: 'Measurements of an appraised trial stay',
    type: 'trials.measurement',
    leaving: true,
    reads: {
      appraisals: { of: 'trials.appraisal', via: 'trial', same: 'trial' },
      others: { of: 'trials.measurement', via: 'trial', same: 'trial' },
    },
    check: ({ status }, { appraisals, others }) =>
      ['entered', 'confirmed'].includes(status) || appraisals!.length === 0 || others!.length > 0
        ? []
        : [{ field: 'trial', code: 'appraised', zh: '鉴定以它为依据', en: 'an appraisal rests on it' }],
  }),
]
