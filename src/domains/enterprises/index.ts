import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, count, day, integer, money, rows, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { computed, type Fields, recordType } from '../../kernel/records/type.ts'
import { indicatorsOf } from './indicators.ts'
import { output as outputTold, summary } from './paragraphs.ts'
import { centreKinds, grades, industries, recognitions } from './topics.ts'

// Enterprises: recognised ones with their validity, output by industry, upgrades, innovation centres and alliances.

const name = text({ zh: '企业名称', en: 'Enterprise', max: 100 })
const industry = choice(industries, { zh: '行业', en: 'Industry' })

export const recognition = recordType('enterprises.recognition', {
  title: { zh: '企业认定', en: 'Recognised enterprise' },
  day: 'recommendedOn',
  fields: z.object({
    name,
    kind: choice(recognitions, { zh: '认定类别', en: 'Kind' }),
    industry,
    recommendedOn: day({ zh: '推荐日期', en: 'Recommended on' }),
    publicisedOn: day({ zh: '公示日期', en: 'Publicised on' }).optional(),
    recognisedOn: day({ zh: '认定日期', en: 'Recognised on' }).optional(),
    bodies: text({ zh: '认定机关', en: 'Recognised by', max: 200 }).optional(),
    validUntil: day({ zh: '有效期至', en: 'Valid until', future: true }).optional(),
    renewedOn: day({ zh: '重新认定日期', en: 'Renewed on' }).optional(),
    staff: count({ zh: '职工人数', en: 'Staff', unit: 'person' }).optional(),
  }),
  key: ['name', 'kind', 'recommendedOn'],
  check: recognised,
})

/** Whoever is recognised is so until a day, by somebody. */
function recognised({ recommendedOn, recognisedOn, validUntil }: Fields) {
  if (recognisedOn === undefined) return []
  if (validUntil === undefined)
    return [{ field: 'validUntil', code: 'missing', zh: '认定后应写明有效期', en: 'Say until when it is valid' }]
  if (String(validUntil) <= String(recognisedOn))
    return [{ field: 'validUntil', code: 'before', zh: '应晚于认定日期', en: 'Should come after the recognition' }]
  return String(recognisedOn) < String(recommendedOn)
    ? [{ field: 'recognisedOn', code: 'before', zh: '不能早于推荐日期', en: 'Cannot come before the recommendation' }]
    : []
}

export const output = recordType('enterprises.output', {
  title: { zh: '高新技术产业月报', en: 'Monthly high-tech output' },
  help: {
    zh: '各县每月按行业填报；没有数字就不要填报，零要写0',
    en: 'Each county and industry monthly; report nothing rather than a blank, and 0 where it is nought',
  },
  day: 'monthEnd',
  fields: z.object({
    monthEnd: day({ zh: '月末日期', en: 'Last day of the month' }),
    industry,
    enterprises: count({ zh: '企业数', en: 'Enterprises', unit: 'enterprise' }),
    output: money({ zh: '工业总产值', en: 'Gross output' }),
    added: money({ zh: '工业增加值', en: 'Value added' }),
  }),
  key: ['org', 'industry', 'monthEnd'],
  check: ({ output, added, monthEnd }) => [
    ...(Number(added) > Number(output)
      ? [{ field: 'added', code: 'above-output', zh: '不能大于总产值', en: 'Cannot exceed the gross output' }]
      : []),
    ...(isLastOfMonth(String(monthEnd))
      ? []
      : [{ field: 'monthEnd', code: 'not-last', zh: '应为当月最后一天', en: 'Should be the last day of a month' }]),
  ],
})

const isLastOfMonth = (day: string) => new Date(Date.parse(day) + 86_400_000).getUTCDate() === 1

export const upgrade = recordType('enterprises.upgrade', {
  title: { zh: '技改项目', en: 'Enterprise upgrade' },
  day: 'reportedOn',
  fields: z.object({
    enterprise: name,
    title: text({ zh: '项目名称', en: 'Title', max: 200 }),
    year: integer({ zh: '年度', en: 'Year', min: 1990, max: 2199 }),
    reportedOn: day({ zh: '填报日期', en: 'Reported on' }),
    planned: money({ zh: '计划总投资', en: 'Planned investment' }),
    thisYear: money({ zh: '本年投资', en: 'Investment this year' }),
    paid: money({ zh: '已到位资金', en: 'Paid in' }),
  }),
  key: ['enterprise', 'title', 'year'],
  check: ({ planned, thisYear, paid }) => [
    ...(Number(thisYear) > Number(planned)
      ? [{ field: 'thisYear', code: 'above-plan', zh: '不能大于计划总投资', en: 'Cannot exceed what is planned' }]
      : []),
    ...(Number(paid) > Number(thisYear)
      ? [{ field: 'paid', code: 'above-year', zh: '不能大于本年投资', en: 'Cannot exceed this year’s investment' }]
      : []),
  ],
})

export const centre = recordType('enterprises.centre', {
  title: { zh: '创新平台', en: 'Innovation centre or alliance' },
  day: 'establishedOn',
  fields: z.object({
    name: text({ zh: '平台名称', en: 'Name', max: 200 }),
    kind: choice(centreKinds, { zh: '类别', en: 'Kind' }),
    level: choice(grades, { zh: '级别', en: 'Level' }),
    host: text({ zh: '依托单位', en: 'Host', max: 100 }),
    partners: text({ zh: '合作院校、单位', en: 'Partners', max: 300 }),
    establishedOn: day({ zh: '批准日期', en: 'Approved on' }),
    closedOn: day({ zh: '撤销日期', en: 'Closed on' }).optional(),
    results: rows(
      {
        year: integer({ zh: '年度', en: 'Year', min: 1990, max: 2199 }),
        result: text({ zh: '年度成果', en: 'Result of the year', max: 500 }),
        reportedOn: day({ zh: '填报日期', en: 'Reported on' }),
      },
      { zh: '年度成果', en: 'Yearly results' },
    ).optional(),
  }),
  computed: {
    nextResultOn: computed({ zh: '下次年报期限', en: 'Next yearly result', kind: 'day' }, nextResult),
  },
  key: ['name'],
})

/** The result of a year is due by the end of January after it. */
function nextResult({ establishedOn, closedOn, results }: Fields): string | null {
  if (closedOn !== undefined) return null
  const reported = ((results ?? []) as readonly { year: number }[]).map(({ year }) => year)
  return `${Math.max(Number(String(establishedOn).slice(0, 4)) - 1, ...reported) + 2}-01-31`
}

export default domain('enterprises', {
  zh: '科技企业',
  en: 'Enterprises',
  types: [recognition, output, upgrade, centre],
  indicators: indicatorsOf(recognition, output, upgrade, centre),
  paragraphs: { summary, output: outputTold },
  leads: [
    lead('enterprises.renew', {
      zh: '重新推荐认定',
      en: 'Recommend anew',
      from: 'enterprises.recognition',
      to: 'enterprises.recognition',
      when: ({ fields }) => fields.validUntil !== undefined,
      fields: ({ fields: { name, kind, industry, staff } }) => ({ name, kind, industry, staff }),
    }),
  ],
  awaiting: [
    {
      id: 'enterprises.expiring',
      title: { zh: '企业认定即将到期', en: 'Recognitions about to expire' },
      type: recognition,
      due: { field: 'validUntil', days: 180 },
      until: 'renewedOn',
    },
    {
      id: 'enterprises.results',
      title: { zh: '创新平台待报年度成果', en: 'Yearly results of centres due' },
      type: centre,
      due: { field: 'nextResultOn', days: 31 },
    },
  ],
  gaps: [
    {
      id: 'enterprises.months',
      zh: '高新技术产业未报的月份',
      en: 'Months without high-tech output',
      every: 'month',
      type: 'enterprises.output',
      kinds: ['city'],
    },
  ],
})
