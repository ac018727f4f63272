import { domain } from '../../kernel/domain.ts'
import { postalHalfYearSummary, postalPlan, postalSummary } from './postal.ts'
import { annualPlan, annualSummary, halfYearSummary } from './science.ts'
import { briefing, projectReport } from './special.ts'

// Whole documents. They name the paragraphs of other domains; a paragraph without figures leaves no trace.

/** Kinds of org unit of a science bureau's tree and of a postal administration's. */
const science = ['city', 'county', 'township', 'village']
const postal = ['administration', 'district', 'specialised', 'branch']

export default domain('documents', {
  zh: '总结与计划',
  en: 'Summaries and plans',
  types: [],
  indicators: {},
  templates: [
    {
      id: 'annual-summary',
      title: { zh: '工作总结', en: 'Annual summary' },
      template: annualSummary,
    },
    {
      id: 'half-year-summary',
      title: { zh: '上半年工作总结及下半年工作计划', en: 'Half-year summary' },
      kinds: science,
      template: halfYearSummary,
    },
    { id: 'annual-plan', title: { zh: '工作计划', en: 'Annual plan' }, kinds: science, template: annualPlan },
    {
      id: 'postal-summary',
      title: { zh: '科技工作总结', en: 'Annual summary' },
      kinds: postal,
      template: postalSummary,
    },
    {
      id: 'postal-half-year-summary',
      title: { zh: '上半年科技工作总结', en: 'Half-year summary' },
      kinds: postal,
      template: postalHalfYearSummary,
    },
    { id: 'project-report', title: { zh: '科技项目专题报告', en: 'Report on projects' }, template: projectReport },
    { id: 'briefing', title: { zh: '工作简报', en: 'Briefing' }, template: briefing },
    { id: 'postal-plan', title: { zh: '科技工作计划', en: 'Annual plan' }, kinds: postal, template: postalPlan },
  ],
})
