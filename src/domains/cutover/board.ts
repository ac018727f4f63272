import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { question } from '../../kernel/operation.ts'
import type { StoredRecord } from '../../kernel/records/record.ts'
import { ok } from '../../kernel/result.ts'
import { criticalPath, estimated, type Measured } from './critical-path.ts'
import { gatesOf, isReady, stepsBefore } from './rules.ts'
import { campaignNamed, countSites, type Found, ofCampaigns, type SiteCount } from './standing.ts'

const STATES = ['waiting', 'running', 'blocked', 'rolled-back', 'done'] as const
const counted = z.strictObject(Object.fromEntries(STATES.map(state => [state, z.int()])))
const nullable = z.string().nullable()

const answer = z.strictObject({
  campaign: z.strictObject({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    state: z.string(),
    windowFrom: z.string(),
    windowTo: z.string(),
    approvedBy: nullable,
    liveOn: nullable,
    daysLate: z.int().nullable(),
  }),
  total: counted,
  /** By the units right beneath the campaign's. */
  districts: z.array(z.strictObject({ org: z.string(), name: z.string(), sites: counted })),
  batches: z.array(
    z.strictObject({ number: z.int(), from: z.string(), to: z.string(), switched: z.int(), planned: z.int() }),
  ),
  gates: z.array(z.strictObject({ gate: z.string(), needed: z.int(), passed: z.int() })),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      code: z.string(),
      title: z.string(),
      phase: z.string(),
      owner: z.string(),
      dueOn: z.string(),
      state: z.string(),
      daysLate: z.int().nullable(),
      minutes: z.int(),
      begins: z.int().nullable(),
      slack: z.int().nullable(),
      isReady: z.boolean(),
    }),
  ),
  /** The steps of the cut-over itself, with what they took in rehearsals. */
  estimate: z.strictObject({ minutes: z.int(), path: z.array(z.string()), rehearsals: z.int() }),
  /** Sites done by hour, in Shanghai time. */
  hours: z.array(z.strictObject({ hour: z.string(), done: z.int(), whole: z.int() })),
  incidents: z.array(
    z.strictObject({
      id: z.string(),
      happenedAt: z.string(),
      severity: z.string(),
      what: z.string(),
      closedAt: nullable,
    }),
  ),
})

export const board = question(
  'cutover.board',
  {
    zh: '切换看板',
    en: 'Cut-over board',
    input: z.strictObject({ org: z.string(), campaign: z.uuid() }),
    answer,
  },
  async (ledger, actor, { campaign: id }) => {
    const campaign = await campaignNamed(ledger, actor, id)
    if (!campaign.ok) return campaign
    const { root, fields } = campaign.value
    const types = ['cutover.step', 'cutover.check', 'cutover.batch', 'cutover.incident', 'cutover.campaign']
    const [sites, found] = await Promise.all([countSites(ledger, root, id), ofCampaigns(ledger, root, [id], types)])
    const of = (type: string) => found.filter(one => one.type === `cutover.${type}`)
    const rehearsals = of('campaign')
    const rehearsed = await ofCampaigns(
      ledger,
      root,
      rehearsals.map(one => one.id),
      ['cutover.step'],
    )
    const plan = schedule(of('step'), rehearsed)
    return ok({
      campaign: {
        id,
        number: String(fields.number),
        title: String(fields.title),
        state: campaign.value.state,
        windowFrom: String(fields.windowFrom),
        windowTo: String(fields.windowTo),
        approvedBy: said(fields.approvedBy),
        liveOn: said(fields.liveOn),
        daysLate: (fields.daysLate ?? null) as number | null,
      },
      total: sum(sites),
      districts: byDistrict(ledger, campaign.value, sites),
      batches: of('batch')
        .map(one => batchOf(one, sites))
        .sort((a, b) => a.number - b.number),
      gates: gatesOf(campaign.value, of('check'), rehearsals),
      steps: plan.steps,
      estimate: { minutes: plan.minutes, path: plan.path, rehearsals: rehearsals.length },
      hours: byHour(sites),
      incidents: of('incident').map(one => ({
        id: one.id,
        happenedAt: String(one.fields.happenedAt),
        severity: String(one.fields.severity),
        what: String(one.fields.what),
        closedAt: said(one.fields.closedAt),
      })),
    })
  },
)

const said = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function sum(sites: readonly SiteCount[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(STATES.map(state => [state, 0]))
  for (const { state, count } of sites) counts[state] = (counts[state] ?? 0) + count
  return counts
}

/** Units right beneath the campaign's, or that itself, each with the sites at and beneath it. */
function byDistrict(ledger: Ledger, campaign: StoredRecord, sites: readonly SiteCount[]) {
  const above = ledger.orgs.byId(campaign.org)!.path
  const groups = new Map<number, SiteCount[]>()
  for (const site of sites) {
    const { id, path } = ledger.orgs.byId(site.org)!
    const district = path.startsWith(above) ? Number(path.slice(above.length).split('/')[0] || id) : id
    groups.set(district, [...(groups.get(district) ?? []), site])
  }
  return [...groups]
    .map(([id, group]) => {
      const { code, name } = ledger.orgs.byId(id)!
      return { org: code, name, sites: sum(group) }
    })
    .sort((a, b) => (a.org < b.org ? -1 : 1))
}

function batchOf({ id, fields }: Found, sites: readonly SiteCount[]) {
  const mine = sites.filter(({ batch }) => batch === id)
  const add = (list: readonly SiteCount[]) => list.reduce((total, { count }) => total + count, 0)
  return {
    number: Number(fields.number),
    from: String(fields.from),
    to: String(fields.to),
    switched: add(mine.filter(({ state }) => state === 'done')),
    planned: add(mine),
  }
}

const HOUR = 3_600_000

function byHour(sites: readonly SiteCount[]) {
  const done = new Map<string, number>()
  for (const { state, hour, count } of sites) {
    if (state !== 'done' || hour === null) continue
    const local = new Date(Date.parse(`${hour}:00:00Z`) + 8 * HOUR).toISOString().slice(0, 13)
    done.set(local, (done.get(local) ?? 0) + count)
  }
  let whole = 0
  return [...done]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([hour, count]) => {
      whole += count
      return { hour: `${hour.replace('T', ' ')}:00`, done: count, whole }
    })
}

const stepOf = ({ fields }: Found) => ({
  code: String(fields.code),
  after: stepsBefore(fields),
  minutes: Number(fields.minutes),
})

function measured({ fields: { code, startedAt, finishedAt } }: Found): Measured[] {
  if (typeof startedAt !== 'string' || typeof finishedAt !== 'string') return []
  return [{ code: String(code), minutes: Math.ceil((Date.parse(finishedAt) - Date.parse(startedAt)) / 60_000) }]
}

/** What happens in the window: rollback steps stand ready, preparation is over. Rules keep steps free of circles. */
function schedule(steps: readonly Found[], rehearsed: readonly Found[]) {
  const within = steps.filter(({ fields }) => fields.phase === 'cutover')
  const codes = new Set(within.map(({ fields }) => String(fields.code)))
  const inWindow = within.map(stepOf).map(one => ({ ...one, after: one.after.filter(code => codes.has(code)) }))
  const planned = criticalPath(estimated(inWindow, rehearsed.flatMap(measured)))
  const scheduled = new Map(planned.ok ? planned.value.steps.map(one => [one.code, one]) : [])
  return {
    minutes: planned.ok ? planned.value.minutes : 0,
    path: planned.ok ? [...planned.value.path] : [],
    steps: steps.map(one => {
      const code = String(one.fields.code)
      const at = scheduled.get(code)
      return {
        id: one.id,
        code,
        title: String(one.fields.title),
        phase: String(one.fields.phase),
        owner: String(one.fields.owner),
        dueOn: String(one.fields.dueOn),
        state: one.state,
        daysLate: (one.fields.daysLate ?? null) as number | null,
        minutes: at?.minutes ?? Number(one.fields.minutes),
        begins: at?.begins ?? null,
        slack: at?.slack ?? null,
        isReady: isReady(one),
      }
    }),
  }
}
