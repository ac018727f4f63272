import { type RuleProblem, rule, type Seen } from '../../kernel/records/rule.ts'
import { criticalPath } from './critical-path.ts'
import { type Gate, gates } from './topics.ts'

const rowsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value : [])

/** Codes of the steps that one waits for. */
export const stepsBefore = ({ after }: Seen['fields']): string[] => rowsOf(after).map(row => String(row.step))

export interface Standing {
  readonly gate: Gate
  readonly needed: number
  readonly passed: number
}

/** How far each gate of a campaign is passed: only what has a file to show for it counts. Rehearsals are campaigns themselves. */
export function gatesOf(
  campaign: Pick<Seen, 'fields'>,
  checks: readonly Pick<Seen, 'fields' | 'evidence'>[],
  rehearsals: readonly Pick<Seen, 'state' | 'evidence'>[],
): Standing[] {
  const shown = checks.filter(({ fields, evidence }) => fields.result === 'passed' && evidence > 0)
  const rehearsed = rehearsals.filter(({ state, evidence }) => state === 'done' && evidence > 0).length
  return rowsOf(campaign.fields.requires).map(({ gate, times }) => ({
    gate: gate as Gate,
    needed: Number(times),
    passed: shown.filter(({ fields }) => fields.gate === gate).length + (gate === 'rehearsal' ? rehearsed : 0),
  }))
}

export const isReady = ({ state, evidence }: Pick<Seen, 'state' | 'evidence'>) => state === 'done' && evidence > 0

function missing(now: Seen, { checks = [], steps = [], rehearsals = [] }: Readonly<Record<string, readonly Seen[]>>) {
  const problems: RuleProblem[] = gatesOf(now, checks, rehearsals)
    .filter(({ needed, passed }) => passed < needed)
    .map(({ gate, needed, passed }) => ({
      field: 'requires',
      code: 'gate',
      zh: `“${gates[gate].zh}”要通过${needed}次并附佐证，现有${passed}次`,
      en: `${gates[gate].en} must be passed ${needed} times with evidence; so far ${passed}`,
    }))
  for (const { fields } of steps.filter(one => one.fields.phase === 'preparation' && !isReady(one)))
    problems.push({
      field: 'requires',
      code: 'step',
      zh: `准备步骤“${String(fields.title)}”还没有完成或没有佐证`,
      en: `The preparation step ${String(fields.title)} is not done or has no evidence`,
    })
  for (const field of ['approvedBy', 'liveOn'])
    if (now.fields[field] === undefined)
      problems.push({ field, code: 'unsigned', zh: '上线前必须填写', en: 'must be filled in before it goes live' })
  return problems
}

const LIVE = new Set(['live', 'done'])

const goLive = rule('cutover.go-live', {
  zh: '关口全部通过才能上线',
  en: 'Live only when every gate is passed',
  type: 'cutover.campaign',
  reads: {
    checks: { of: 'cutover.check', via: 'campaign' },
    steps: { of: 'cutover.step', via: 'campaign' },
    rehearsals: { of: 'cutover.campaign', via: 'rehearsalOf' },
  },
  check: (now, related, before) =>
    LIVE.has(now.state) && !(before && LIVE.has(before.state)) && now.fields.rehearsalOf === undefined
      ? missing(now, related)
      : [],
})

const stepOrder = rule('cutover.step-order', {
  zh: '前置步骤完成后才能开始',
  en: 'A step begins when those before it are done',
  type: 'cutover.step',
  reads: { others: { of: 'cutover.step', via: 'campaign', same: 'campaign' } },
  check(now, { others = [] }) {
    const steps = [now, ...others].map(({ fields }) => ({
      code: String(fields.code),
      after: stepsBefore(fields),
      minutes: Number(fields.minutes),
    }))
    const schedule = criticalPath(steps)
    if (!schedule.ok) return schedule.problems.map(({ zh, en }) => ({ field: 'after', code: 'order', zh, en }))
    if (now.state === 'waiting') return []
    const open = others.filter(
      ({ fields, state }) => stepsBefore(now.fields).includes(String(fields.code)) && state !== 'done',
    )
    return [
      ...open.map(({ fields }) => ({
        field: 'state',
        code: 'before',
        zh: `前置步骤“${String(fields.code)} ${String(fields.title)}”还没有完成`,
        en: `Step ${String(fields.code)} before it is not done`,
      })),
      ...timed(now),
    ]
  },
})

/** What runs says when it began, what is done when it ended. */
function timed({ state, fields }: Seen): RuleProblem[] {
  const wanted = state === 'done' ? ['startedAt', 'finishedAt'] : state === 'running' ? ['startedAt'] : []
  return wanted
    .filter(field => fields[field] === undefined)
    .map(field => ({ field, code: 'time', zh: '请填写时间', en: 'say when' }))
}

const siteOfCampaign = rule('cutover.site', {
  zh: '网点的批次属于同一工程，核对完才算完成',
  en: 'A site is in a batch of its own campaign, and done when its checklist is',
  type: 'cutover.site',
  reads: { campaign: { by: 'campaign' }, batch: { by: 'batch' } },
  check(now, { campaign = [], batch = [] }) {
    const { fields, state } = now
    const problems = timed(now)
    if (batch.some(one => one.fields.campaign !== fields.campaign))
      problems.push({
        field: 'batch',
        code: 'other-campaign',
        zh: '这个批次属于别的工程',
        en: 'is a batch of another campaign',
      })
    if (campaign.some(one => (one.fields.rehearsalOf !== undefined) !== (fields.isRehearsal === true)))
      problems.push({
        field: 'isRehearsal',
        code: 'rehearsal',
        zh: '与所属工程不一致',
        en: 'is not as its campaign says',
      })
    if (state === 'blocked' && fields.blockedBy === undefined)
      problems.push({ field: 'blockedBy', code: 'why', zh: '受阻的要写明原因', en: 'say what blocks it' })
    if (state === 'done') {
      const checked = new Set(rowsOf(fields.checks).map(({ item }) => item))
      const open = campaign.flatMap(one => rowsOf(one.fields.checklist)).filter(({ item }) => !checked.has(item))
      if (open.length > 0)
        problems.push({
          field: 'checks',
          code: 'unchecked',
          zh: `还没有核对：${open.map(({ item }) => item).join('、')}`,
          en: `not checked yet: ${open.map(({ item }) => item).join(', ')}`,
        })
    }
    return problems
  },
})

export const rules = [goLive, stepOrder, siteOfCampaign]
