import { z } from 'zod'
import { domain } from '../../kernel/domain.ts'
import { choice, count, day, instant, integer, reference, rows, text, yesNo } from '../../kernel/records/fields.ts'
import { computed, recordType } from '../../kernel/records/type.ts'
import { board } from './board.ts'
import { checklist } from './checklist.ts'
import { indicatorsOf } from './indicators.ts'
import { daysLate, doneOn, notBefore } from './lateness.ts'
import { summary } from './paragraphs.ts'
import { rehearse } from './rehearse.ts'
import { rules } from './rules.ts'
import { gates, modes, phases, results, severities, sorts } from './topics.ts'

// Cut-over: hundreds of sites changed over together, in steps that wait for one another, in batches, behind gates.

const campaignOf = reference('cutover.campaign', { zh: '所属切换工程', en: 'Campaign', above: true })

export const campaign = recordType('cutover.campaign', {
  title: { zh: '切换工程', en: 'Cut-over campaign' },
  day: 'openedOn',
  fields: z.object({
    number: text({ zh: '工程编号', en: 'Number', max: 40 }),
    title: text({ zh: '工程名称', en: 'Title', max: 200 }),
    sort: choice(sorts, { zh: '类别', en: 'Sort' }),
    openedOn: day({ zh: '启动日期', en: 'Opened on' }),
    windowFrom: day({ zh: '切换窗口起', en: 'Window from', future: true }),
    windowTo: day({ zh: '切换窗口止', en: 'Window to', future: true }),
    dueOn: day({ zh: '规定上线日期', en: 'Due on', future: true }),
    requires: rows(
      {
        gate: choice(gates, { zh: '关口', en: 'Gate' }),
        times: count({ zh: '次数', en: 'Times', max: 20 }),
      },
      { zh: '上线前必须通过', en: 'To be passed before it goes live' },
    ),
    checklist: rows(
      { item: text({ zh: '项目', en: 'Item', max: 100 }) },
      { zh: '网点核对单', en: 'Checklist of a site' },
    ).optional(),
    approvedBy: text({ zh: '批准人', en: 'Approved by', max: 60 }).optional(),
    liveOn: day({ zh: '上线日期', en: 'Live on' }).optional(),
    outcome: text({ zh: '结果', en: 'Outcome', max: 1000 }).optional(),
    rehearsalOf: reference('cutover.campaign', { zh: '演练的工程', en: 'Rehearsal of' }).optional(),
  }),
  computed: {
    daysLate: computed({ zh: '比规定日期晚(天)', en: 'Days late', unit: 'day' }, ({ liveOn, dueOn }) =>
      daysLate(liveOn, dueOn),
    ),
  },
  key: ['number'],
  states: { preparing: ['live'], live: ['done', 'rolled-back'], 'rolled-back': ['preparing'], done: [] },
  stateTitles: {
    preparing: { zh: '准备', en: 'Preparing' },
    live: { zh: '已上线', en: 'Live' },
    'rolled-back': { zh: '已回退', en: 'Rolled back' },
    done: { zh: '已结束', en: 'Done' },
  },
  stateRoles: { live: 'manager', 'rolled-back': 'manager', done: 'manager' },
  columns: ['number', 'title', 'windowFrom', 'windowTo', 'approvedBy', 'liveOn'],
  check: ({ windowFrom, windowTo }) => notBefore('windowTo', windowFrom, windowTo),
})

export const batch = recordType('cutover.batch', {
  title: { zh: '切换批次', en: 'Batch' },
  day: 'from',
  fields: z.object({
    campaign: campaignOf,
    number: integer({ zh: '批次', en: 'Batch', min: 1, max: 999 }),
    from: day({ zh: '开始日期', en: 'From', future: true }),
    to: day({ zh: '结束日期', en: 'To', future: true }),
  }),
  key: ['number', 'campaign'],
  check: ({ from, to }) => notBefore('to', from, to),
})

export const site = recordType('cutover.site', {
  title: { zh: '切换网点', en: 'Site' },
  day: 'plannedOn',
  fields: z.object({
    campaign: campaignOf,
    code: text({ zh: '网点编号', en: 'Site code', max: 40 }),
    name: text({ zh: '网点名称', en: 'Site', max: 60 }),
    mode: choice(modes, { zh: '组网方式', en: 'Network mode' }).optional(),
    batch: reference('cutover.batch', { zh: '批次', en: 'Batch', above: true }).optional(),
    plannedOn: day({ zh: '计划日期', en: 'Planned on', future: true }),
    startedAt: instant({ zh: '开始时间', en: 'Started at' }).optional(),
    finishedAt: instant({ zh: '完成时间', en: 'Finished at' }).optional(),
    checks: rows(
      {
        item: text({ zh: '项目', en: 'Item', max: 100 }),
        checkedAt: instant({ zh: '核对时间', en: 'Checked at' }),
      },
      { zh: '核对', en: 'Checks' },
    ).optional(),
    blockedBy: text({ zh: '受阻原因', en: 'Blocked by', max: 300 }).optional(),
    bandwidth: count({ zh: '带宽(千比特/秒)', en: 'Bandwidth (kbit/s)' }).optional(),
    isRehearsal: yesNo({ zh: '演练', en: 'Rehearsal' }).default(false),
  }),
  computed: {
    doneOn: computed({ zh: '完成日期', en: 'Done on', kind: 'text' }, ({ finishedAt }) => doneOn(finishedAt)),
  },
  key: ['code', 'campaign'],
  states: {
    waiting: ['running', 'blocked'],
    running: ['done', 'blocked', 'rolled-back'],
    blocked: ['running', 'waiting', 'rolled-back'],
    'rolled-back': ['waiting'],
    done: ['rolled-back'],
  },
  stateTitles: {
    waiting: { zh: '待切换', en: 'Waiting' },
    running: { zh: '切换中', en: 'Running' },
    blocked: { zh: '受阻', en: 'Blocked' },
    'rolled-back': { zh: '已回退', en: 'Rolled back' },
    done: { zh: '已切换', en: 'Done' },
  },
  columns: ['code', 'name', 'mode', 'batch', 'plannedOn', 'finishedAt', 'blockedBy'],
})

export const step = recordType('cutover.step', {
  title: { zh: '切换步骤', en: 'Step' },
  day: 'dueOn',
  fields: z.object({
    campaign: campaignOf,
    code: text({ zh: '步骤编号', en: 'Step code', max: 20 }),
    title: text({ zh: '内容', en: 'What is done', max: 200 }),
    phase: choice(phases, { zh: '阶段', en: 'Phase' }),
    after: rows(
      { step: text({ zh: '前置步骤编号', en: 'Code of the step before', max: 20 }) },
      { zh: '前置步骤', en: 'Comes after' },
    ).optional(),
    owner: text({ zh: '责任单位(人)', en: 'Owner', max: 60 }),
    dueOn: day({ zh: '应完成日期', en: 'Due on', future: true }),
    minutes: count({ zh: '计划时长', en: 'Planned time', unit: 'minute' }),
    startedAt: instant({ zh: '开始时间', en: 'Started at' }).optional(),
    finishedAt: instant({ zh: '完成时间', en: 'Finished at' }).optional(),
  }),
  computed: {
    daysLate: computed({ zh: '比应完成日期晚(天)', en: 'Days late', unit: 'day' }, ({ finishedAt, dueOn }) =>
      daysLate(doneOn(finishedAt), dueOn),
    ),
  },
  key: ['code', 'campaign'],
  states: { waiting: ['running'], running: ['done', 'blocked'], blocked: ['running'], done: ['running'] },
  stateTitles: {
    waiting: { zh: '未开始', en: 'Waiting' },
    running: { zh: '进行中', en: 'Running' },
    blocked: { zh: '受阻', en: 'Blocked' },
    done: { zh: '已办结', en: 'Done' },
  },
  columns: ['code', 'title', 'phase', 'owner', 'dueOn'],
})

export const check = recordType('cutover.check', {
  title: { zh: '关口检查', en: 'Gate check' },
  help: {
    zh: '测试、演练、方案评审等；通过的要附佐证',
    en: 'Tests, rehearsals, plans reviewed; what passed has evidence',
  },
  day: 'heldOn',
  fields: z.object({
    campaign: campaignOf,
    gate: choice(gates, { zh: '关口', en: 'Gate' }),
    title: text({ zh: '名称', en: 'Title', max: 100 }),
    heldOn: day({ zh: '日期', en: 'Held on' }),
    result: choice(results, { zh: '结论', en: 'Result' }),
    findings: text({ zh: '问题和处理', en: 'Findings', max: 1000 }).optional(),
  }),
})

export const incident = recordType('cutover.incident', {
  title: { zh: '切换事件', en: 'Incident' },
  day: 'on',
  fields: z.object({
    campaign: campaignOf,
    site: reference('cutover.site', { zh: '网点', en: 'Site' }).optional(),
    on: day({ zh: '日期', en: 'On' }),
    happenedAt: instant({ zh: '发生时间', en: 'Happened at' }),
    severity: choice(severities, { zh: '程度', en: 'Severity' }),
    what: text({ zh: '现象', en: 'What happened', max: 500 }),
    handling: text({ zh: '处理', en: 'Handling', max: 500 }).optional(),
    closedAt: instant({ zh: '恢复时间', en: 'Closed at' }).optional(),
  }),
  states: { open: ['closed'], closed: [] },
  stateTitles: { open: { zh: '处理中', en: 'Open' }, closed: { zh: '已恢复', en: 'Closed' } },
  check: ({ happenedAt, closedAt }) => notBefore('closedAt', happenedAt, closedAt),
})

export const indicators = indicatorsOf({ campaign, site, step, check, incident })

export default domain('cutover', {
  zh: '系统切换',
  en: 'Cut-over',
  types: [campaign, batch, site, step, check, incident],
  indicators,
  paragraphs: { summary },
  rules,
  operations: [board, checklist, rehearse],
  awaiting: [
    {
      id: 'cutover.steps-due',
      title: { zh: '切换步骤到期', en: 'Cut-over steps due' },
      type: step,
      state: ['waiting', 'running', 'blocked'],
      due: { field: 'dueOn', days: 7 },
    },
    { id: 'cutover.blocked', title: { zh: '受阻的切换网点', en: 'Blocked sites' }, type: site, state: ['blocked'] },
    {
      id: 'cutover.incidents',
      title: { zh: '未恢复的切换事件', en: 'Open incidents' },
      type: incident,
      state: ['open'],
    },
  ],
  screens: [
    {
      id: 'cutover/board',
      title: { zh: '切换看板', en: 'Cut-over board' },
      help: {
        zh: '各区网点切换进展、关口、关键路径和每小时完成数；随录入即时更新',
        en: 'Progress by district, gates, critical path and sites done by hour; follows every save',
      },
      may: 'read',
    },
    {
      id: 'cutover/checklist',
      title: { zh: '网点核对单', en: 'Site checklist' },
      help: { zh: '在手机上逐项核对，完成一个网点', en: 'Work through the checklist of a site on a phone' },
      may: 'enter',
    },
  ],
})
