import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import {
  choice,
  choices,
  day,
  location,
  money,
  personalName,
  reference,
  rows,
  text,
} from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { computed, type Fields, recordType } from '../../kernel/records/type.ts'
import { call, idea, requirements } from './before.ts'
import { history } from './history.ts'
import { incomplete } from './incomplete.ts'
import { indicatorsOf } from './indicators.ts'
import { byProgramme, plan, summary } from './paragraphs.ts'
import { rules } from './rules.ts'
import { acceptors, levels, papers, programmes, sources, stateTitles } from './topics.ts'

// Projects: applied for, won from a higher programme or established by the unit itself, accepted; with funds.

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
    idea: reference('projects.idea', { zh: '项目库条目', en: 'Entry of the pool' }).optional(),
    call: reference('projects.call', { zh: '申报通知', en: 'Call' }).optional(),
    requirements: reference('projects.requirements', { zh: '需求清单', en: 'Requirement list' }).optional(),
    papers: choices(papers, { zh: '已交材料', en: 'Papers handed in' }).optional(),
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
    investment: money({ zh: '计划投资', en: 'Planned investment' }).optional(),
    place: location({ zh: '实施地点', en: 'Place' }).optional(),
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
  stateTitles,
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

const leads = [
  lead('projects.apply-idea', {
    zh: '转为申报书',
    en: 'Apply for it',
    from: 'projects.idea',
    to: 'projects.project',
    when: ({ state }) => state !== 'dropped',
    fields: ({ id, fields: { title, programme, level, proposer, estimate } }) => ({
      idea: id,
      title,
      programme,
      level,
      applicant: proposer,
      investment: estimate,
    }),
  }),
  lead('projects.apply-call', {
    zh: '按此通知申报',
    en: 'Apply under this call',
    from: 'projects.call',
    to: 'projects.project',
    fields: ({ id, fields: { programme, level } }) => ({ call: id, programme, level }),
  }),
  lead('projects.apply-requirements', {
    zh: '据此申报立项',
    en: 'Apply on this list',
    from: 'projects.requirements',
    to: 'projects.project',
    when: ({ fields }) => typeof fields.signedOn === 'string',
    fields: ({ id, fields: { title, department } }) => ({ requirements: id, title, applicant: department }),
  }),
]

export const indicators = indicatorsOf(project, idea)

export default domain('projects', {
  zh: '科技项目',
  en: 'Projects',
  types: [project, idea, call, requirements],
  indicators,
  paragraphs: { summary, byProgramme, plan },
  rules,
  leads,
  operations: [history, incomplete],
  awaiting: [
    {
      id: 'projects.due',
      title: { zh: '项目到期待验收', en: 'Projects due for acceptance' },
      type: project,
      state: ['won', 'established'],
      due: { field: 'dueOn', days: 30 },
      until: 'closedOn',
    },
    {
      id: 'projects.calls',
      title: { zh: '申报通知临近截止', en: 'Calls about to close' },
      type: call,
      due: { field: 'closesOn', days: 14 },
    },
  ],
})
