import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, day, integer, money, reference, text } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'
import { gantt } from './gantt.ts'
import { indicatorsOf } from './indicators.ts'
import { summary } from './paragraphs.ts'
import { assess, quarter } from './quarter.ts'
import { rules } from './rules.ts'
import { changeStates, changes, contractStates, kinds, progress } from './topics.ts'

// Contracts and what is promised in them: milestones, changes that were asked for, progress quarter by quarter.

export const contract = recordType('contracts.contract', {
  title: { zh: '合同', en: 'Contract' },
  day: 'draftedOn',
  fields: z.object({
    number: text({ zh: '合同编号', en: 'Contract number', max: 40 }),
    title: text({ zh: '合同名称', en: 'Title', max: 200 }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    project: reference('projects.project', { zh: '项目', en: 'Project' }).optional(),
    partner: text({ zh: '对方单位', en: 'Other party', max: 100 }),
    amount: money({ zh: '合同金额', en: 'Amount' }),
    draftedOn: day({ zh: '拟稿日期', en: 'Drafted on' }),
    signedOn: day({ zh: '签订日期', en: 'Signed on' }).optional(),
    startsOn: day({ zh: '开始日期', en: 'Starts on', future: true }),
    endsOn: day({ zh: '截止日期', en: 'Ends on', future: true }),
    closedOn: day({ zh: '结清日期', en: 'Closed on' }).optional(),
  }),
  key: ['number'],
  states: {
    drafted: ['signed', 'dropped'],
    signed: ['performed', 'terminated'],
    performed: ['closed'],
    closed: [],
    terminated: [],
    dropped: [],
  },
  stateTitles: contractStates,
  stateRoles: { signed: 'manager', performed: 'manager', closed: 'manager', terminated: 'manager' },
  columns: ['number', 'title', 'kind', 'project', 'partner', 'amount', 'signedOn', 'endsOn'],
  check: ({ startsOn, endsOn }) =>
    String(endsOn) < String(startsOn)
      ? [{ field: 'endsOn', code: 'before-start', zh: '不能早于开始日期', en: 'Cannot come before the start' }]
      : [],
})

const ofContract = reference('contracts.contract', { zh: '合同', en: 'Contract' })

export const milestone = recordType('contracts.milestone', {
  title: { zh: '节点', en: 'Milestone' },
  day: 'plannedOn',
  fields: z.object({
    contract: ofContract,
    title: text({ zh: '节点名称', en: 'Title', max: 200 }),
    plannedOn: day({ zh: '计划完成', en: 'Planned for', future: true }),
    weight: integer({ zh: '权重', en: 'Weight', min: 1, max: 100, unit: 'percent' }),
    doneOn: day({ zh: '实际完成', en: 'Done on' }).optional(),
    outcome: text({ zh: '成果', en: 'Outcome', max: 500 }).optional(),
  }),
  key: ['contract', 'title'],
})

export const amendment = recordType('contracts.amendment', {
  title: { zh: '变更申请', en: 'Change request' },
  day: 'askedOn',
  fields: z.object({
    contract: ofContract,
    kind: choice(changes, { zh: '变更内容', en: 'What changes' }),
    askedOn: day({ zh: '申请日期', en: 'Asked on' }),
    reason: text({ zh: '理由', en: 'Reason', max: 1000 }),
    endsOn: day({ zh: '变更后截止日期', en: 'New end', future: true }).optional(),
    amount: money({ zh: '变更后金额', en: 'New amount' }).optional(),
    decidedOn: day({ zh: '批复日期', en: 'Decided on' }).optional(),
  }),
  states: { asked: ['approved', 'refused'], approved: [], refused: [] },
  stateTitles: changeStates,
  stateRoles: { approved: 'manager', refused: 'manager' },
})

export const assessment = recordType('contracts.progress', {
  title: { zh: '季度进度考核', en: 'Quarterly progress' },
  day: 'assessedOn',
  fields: z.object({
    project: reference('projects.project', { zh: '项目', en: 'Project' }),
    assessedOn: day({ zh: '考核日期', en: 'Assessed on' }),
    planned: integer({ zh: '计划进度', en: 'Planned', min: 0, max: 100, unit: 'percent' }),
    done: integer({ zh: '实际进度', en: 'Done', min: 0, max: 100, unit: 'percent' }),
    score: integer({ zh: '得分', en: 'Score', min: 0, max: 100, unit: 'point' }),
    result: choice(progress, { zh: '结论', en: 'Result' }),
    overdue: text({ zh: '逾期节点', en: 'Overdue milestones' }).optional(),
    finding: text({ zh: '意见', en: 'Finding', max: 500 }).optional(),
  }),
  key: ['project', 'assessedOn'],
})

export const indicators = indicatorsOf(contract, milestone, amendment, assessment)

export default domain('contracts', {
  zh: '合同与进度',
  en: 'Contracts and progress',
  types: [contract, milestone, amendment, assessment],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [quarter, assess, gantt],
  leads: [
    lead('contracts.of-project', {
      zh: '签订合同',
      en: 'Draw up the contract',
      from: 'projects.project',
      to: 'contracts.contract',
      when: ({ state }) => state === 'won' || state === 'established',
      fields: ({ id, fields: { title, applicant, investment, establishedOn, wonOn, dueOn } }) => ({
        project: id,
        title,
        kind: 'project',
        partner: applicant,
        amount: investment,
        startsOn: establishedOn ?? wonOn,
        endsOn: dueOn,
      }),
    }),
    lead('contracts.next-milestone', {
      zh: '加一个节点',
      en: 'Add a milestone',
      from: 'contracts.contract',
      to: 'contracts.milestone',
      when: ({ state }) => state === 'signed',
      fields: ({ id }) => ({ contract: id }),
    }),
    lead('contracts.ask-change', {
      zh: '申请变更',
      en: 'Ask for a change',
      from: 'contracts.contract',
      to: 'contracts.amendment',
      when: ({ state }) => state === 'signed',
      fields: ({ id, fields: { endsOn, amount } }) => ({ contract: id, endsOn, amount }),
    }),
  ],
  awaiting: [
    {
      id: 'contracts.milestones',
      title: { zh: '节点临近或逾期', en: 'Milestones due' },
      type: milestone,
      due: { field: 'plannedOn', days: 14 },
      until: 'doneOn',
    },
    { id: 'contracts.changes', title: { zh: '变更待批', en: 'Changes to decide' }, type: amendment, state: ['asked'] },
    {
      id: 'contracts.ending',
      title: { zh: '合同临近到期', en: 'Contracts about to end' },
      type: contract,
      state: ['signed'],
      due: { field: 'endsOn', days: 30 },
    },
  ],
  screens: [
    {
      id: 'contracts/gantt',
      title: { zh: '项目进度与分布', en: 'Progress and places of projects' },
      help: {
        zh: '每条横线是一个项目的起止，圆点是节点：空心未到期，实心已完成，红色逾期',
        en: 'A bar is a project from start to end, a dot a milestone: hollow to come, filled done, red overdue',
      },
      may: 'read',
    },
  ],
})
