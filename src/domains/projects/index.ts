import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, count, day, integer, money, personalName, rows, text } from '../../kernel/records/fields.ts'
import { computed, type Fields, recordType } from '../../kernel/records/type.ts'
import { indicatorsOf } from './indicators.ts'
import { byProgramme, plan, summary } from './paragraphs.ts'
import { acceptors, levels, programmes, progress, recognitions, sources } from './topics.ts'

// Projects: applied for, won from a higher programme or established by the unit itself, checked, accepted; with funds.

export const project = recordType('projects.project', {
  title: { zh: '科技项目', en: 'Project' },
  day: 'appliedOn',
  fields: z.object({
    number: text({ zh: '项目编号', en: 'Project number', max: 40 }),
    title: text({ zh: '项目名称', en: 'Title', max: 200 }),
    programme: choice(programmes, { zh: '计划类别', en: 'Programme' }),
    level: choice(levels, { zh: '级别', en: 'Level' }),
    applicant: text({ zh: '申报(承担)单位', en: 'Applicant', max: 100 }),
    leader: personalName({ zh: '负责人', en: 'Leader' }).optional(),
    appliedOn: day({ zh: '申报日期', en: 'Applied on' }),
    wonOn: day({
      zh: '上级立项日期',
      en: 'Won on',
      help: { zh: '上级计划批准的日期', en: 'When a higher programme approved it' },
    }).optional(),
    establishedOn: day({ zh: '本级立项日期', en: 'Established on' }).optional(),
    dueOn: day({ zh: '应完成日期', en: 'Due on', future: true }).optional(),
    acceptedOn: day({ zh: '验收日期', en: 'Accepted on' }).optional(),
    acceptor: choice(acceptors, { zh: '验收单位', en: 'Acceptor' }).optional(),
    stoppedOn: day({ zh: '终止日期', en: 'Stopped on' }).optional(),
    contract: text({ zh: '合同编号', en: 'Contract', max: 40 }).optional(),
    investment: money({ zh: '计划投资', en: 'Planned investment' }).optional(),
    funds: rows(
      {
        source: choice(sources, { zh: '来源', en: 'Source' }),
        granted: money({ zh: '核定金额', en: 'Granted' }).optional(),
        grantedOn: day({ zh: '核定日期', en: 'Granted on' }).optional(),
        received: money({ zh: '到位金额', en: 'Received' }).optional(),
        receivedOn: day({ zh: '到位日期', en: 'Received on' }).optional(),
      },
      { zh: '资金', en: 'Funds' },
    ).optional(),
    checks: rows(
      {
        checkedOn: day({ zh: '检查日期', en: 'Checked on' }),
        planned: integer({ zh: '计划进度', en: 'Planned progress', min: 0, max: 100, unit: 'percent' }),
        done: integer({ zh: '实际进度', en: 'Actual progress', min: 0, max: 100, unit: 'percent' }),
        result: choice(progress, { zh: '结论', en: 'Result' }),
        finding: text({ zh: '意见', en: 'Finding', max: 500 }).optional(),
      },
      { zh: '季度检查', en: 'Quarterly checks' },
    ).optional(),
  }),
  computed: {
    closedOn: computed({ zh: '结束日期', en: 'Closed on', kind: 'text' }, ({ acceptedOn, stoppedOn }) =>
      typeof acceptedOn === 'string' ? acceptedOn : typeof stoppedOn === 'string' ? stoppedOn : null,
    ),
  },
  key: ['number'],
  states: {
    applied: ['won', 'established', 'refused'],
    won: ['established', 'accepted', 'stopped'],
    established: ['accepted', 'stopped'],
    accepted: [],
    refused: ['applied'],
    stopped: [],
  },
  stateTitles: {
    applied: { zh: '已申报', en: 'Applied' },
    won: { zh: '获上级立项', en: 'Won' },
    established: { zh: '已立项', en: 'Established' },
    accepted: { zh: '已验收', en: 'Accepted' },
    refused: { zh: '未立项', en: 'Refused' },
    stopped: { zh: '已终止', en: 'Stopped' },
  },
  stateRoles: { won: 'manager', established: 'manager', accepted: 'manager', stopped: 'manager' },
  columns: ['number', 'title', 'programme', 'level', 'applicant', 'appliedOn', 'wonOn', 'establishedOn', 'acceptedOn'],
  check: orderOfDays,
})

/** An application comes first, an acceptance last. */
function orderOfDays(fields: Fields) {
  const start = String(fields.appliedOn)
  const problems = []
  for (const field of ['wonOn', 'establishedOn', 'acceptedOn', 'stoppedOn'])
    if (typeof fields[field] === 'string' && fields[field] < start)
      problems.push({
        field,
        code: 'before-application',
        zh: '不能早于申报日期',
        en: 'Cannot come before the application',
      })
  const begun = fields.establishedOn ?? fields.wonOn
  if (typeof fields.acceptedOn === 'string' && !(typeof begun === 'string' && begun <= fields.acceptedOn))
    problems.push({
      field: 'acceptedOn',
      code: 'not-established',
      zh: '未立项的项目不能验收',
      en: 'Only an established project is accepted',
    })
  return problems
}

export const enterprise = recordType('projects.enterprise', {
  title: { zh: '企业认定', en: 'Recognised enterprise' },
  day: 'recommendedOn',
  fields: z.object({
    name: text({ zh: '企业名称', en: 'Enterprise', max: 100 }),
    kind: choice(recognitions, { zh: '认定类别', en: 'Kind' }),
    industry: text({ zh: '行业', en: 'Industry', max: 60 }).optional(),
    recommendedOn: day({ zh: '推荐日期', en: 'Recommended on' }),
    publicisedOn: day({ zh: '公示日期', en: 'Publicised on' }).optional(),
    recognisedOn: day({ zh: '认定日期', en: 'Recognised on' }).optional(),
    validUntil: day({ zh: '有效期至', en: 'Valid until', future: true }).optional(),
    staff: count({ zh: '职工人数', en: 'Staff', unit: 'person' }).optional(),
  }),
  key: ['name', 'kind', 'recommendedOn'],
})

export const indicators = indicatorsOf(project, enterprise)

export default domain('projects', {
  zh: '科技项目',
  en: 'Projects',
  types: [project, enterprise],
  indicators,
  paragraphs: { summary, byProgramme, plan },
  awaiting: [
    {
      id: 'projects.due',
      title: { zh: '项目到期待验收', en: 'Projects due for acceptance' },
      type: project,
      state: ['won', 'established'],
      due: { field: 'dueOn', days: 30 },
      until: 'closedOn',
    },
  ],
})
