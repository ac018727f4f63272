import { type Promised, progressOf } from '../../src/domains/contracts/progress.ts'
import { addDays, daysBetween, past } from './calendar.ts'
import type { Random } from './random.ts'
import { type DemoRecord, filled } from './record.ts'

/** A project as its contract, money and acceptance see it. */
export interface Undertaken {
  /** The name that other records refer to it by. */
  readonly ref: string
  readonly org: string
  readonly number: string
  readonly title: string
  readonly partner: string
  /** Fen. */
  readonly amount: number
  readonly source: string
  readonly from: string
  readonly dueOn: string
  readonly acceptedOn?: string
  readonly organiser: string
  /** Its requirement list, and how many items that has. */
  readonly list?: { readonly ref: string; readonly items: number }
}

interface Box {
  readonly lon: number
  readonly lat: number
  readonly width: number
  readonly height: number
}

/** Where a project is carried out: somewhere within its bureau's borders. */
export function placeIn(random: Random, { lon, lat, width, height }: Box) {
  const within = (from: number, length: number) => Math.round((from + length * (0.1 + 0.8 * random.next())) * 1e4) / 1e4
  return { lon: within(lon, width), lat: within(lat, height) }
}

const STAGES = [
  { title: '总体方案审定', at: 0.15, weight: 20 },
  { title: '开发与设备到货', at: 0.45, weight: 30 },
  { title: '试点试运行', at: 0.75, weight: 30 },
  { title: '全面应用、具备验收条件', at: 0.97, weight: 20 },
] as const

/** Contract, milestones, budgets by year with what is carried over, payments, quarterly progress. */
export function carriedOut(random: Random, one: Undertaken, today: string): DemoRecord[] {
  const contract = `contract:${one.number}`
  const milestones = milestonesOf(random, one, today)
  const paid = milestones.flatMap(({ title, weight, plannedOn, doneOn }, i) => {
    const paidOn = doneOn && past(addDays(doneOn, 12), today)
    return paidOn ? [{ title, plannedOn, paidOn, amount: share(one.amount, weight), ref: `${contract}:${i}` }] : []
  })
  const signed = past(addDays(one.from, 10), today)
  if (!signed) return []
  return [
    {
      type: 'contracts.contract',
      org: one.org,
      ref: contract,
      refs: { project: one.ref },
      state: one.acceptedOn ? 'performed' : 'signed',
      fields: {
        number: `科合-${one.number}`,
        title: `${one.title}任务书`,
        kind: 'project',
        partner: one.partner,
        amount: one.amount,
        draftedOn: one.from,
        signedOn: signed,
        startsOn: one.from,
        endsOn: one.dueOn,
      },
    },
    ...milestones.map(
      (fields, i): DemoRecord => ({
        type: 'contracts.milestone',
        org: one.org,
        ref: `${contract}:${i}`,
        refs: { contract },
        fields: filled({ ...fields }),
      }),
    ),
    ...budgets(one, milestones, paid, today),
    ...paid.map(
      ({ paidOn, amount, ref }, i): DemoRecord => ({
        type: 'funds.payment',
        org: one.org,
        refs: { contract, milestone: ref, budget: `budget:${one.number}:${paidOn.slice(0, 4)}` },
        fields: { paidOn, amount, voucher: `付-${one.number}-${i + 1}` },
      }),
    ),
    ...progress(one, milestones, today),
  ]
}

const share = (amount: number, weight: number) => (amount / 100) * weight

/** Planned within the time there was; done on the day, a little early, or late. What is due after today is not done. */
function milestonesOf(random: Random, { from, dueOn, acceptedOn }: Undertaken, today: string): Promised[] {
  const end = acceptedOn && acceptedOn < dueOn ? acceptedOn : dueOn
  const days = daysBetween(from, end)
  return STAGES.map(({ title, at, weight }) => {
    const plannedOn = addDays(from, Math.round(days * at))
    const slip = random.weighted({ none: 60, late: 28, early: 12 })
    const wanted = addDays(plannedOn, slip === 'late' ? random.int(3, 45) : slip === 'early' ? -random.int(2, 8) : 0)
    // Nothing is paid from the budget of a year before the one it was planned in.
    const early = wanted.slice(0, 4) < plannedOn.slice(0, 4) ? plannedOn : wanted
    const doneOn = past(acceptedOn && early > acceptedOn ? acceptedOn : early, today)
    return { title, plannedOn, weight, ...(doneOn && { doneOn }) }
  })
}

interface Paid {
  readonly paidOn: string
  readonly amount: number
}

function budgets(one: Undertaken, milestones: readonly Promised[], paid: readonly Paid[], today: string): DemoRecord[] {
  const yearOf = (day: string) => Number(day.slice(0, 4))
  const first = yearOf(one.from)
  const last = Math.min(
    yearOf(today),
    Math.max(...milestones.map(({ plannedOn }) => yearOf(plannedOn)), ...paid.map(({ paidOn }) => yearOf(paidOn))),
  )
  const records: DemoRecord[] = []
  let carried = 0
  for (let year = first; year <= last; year++) {
    const planned = milestones.filter(({ plannedOn }) => yearOf(plannedOn) === year)
    const amount = planned.reduce((sum, { weight }) => sum + share(one.amount, weight), 0)
    const spent = paid.filter(({ paidOn }) => yearOf(paidOn) === year).reduce((sum, { amount }) => sum + amount, 0)
    const before = `budget:${one.number}:${year - 1}`
    records.push({
      type: 'funds.budget',
      org: one.org,
      ref: `budget:${one.number}:${year}`,
      refs: { project: one.ref, ...(year > first && { from: before }) },
      fields: {
        fund: 'research',
        source: one.source,
        year,
        approvedOn: year === first ? one.from : `${year}-01-01`,
        amount,
        carried,
      },
    })
    carried += amount - spent
  }
  return records
}

/** What was assessed at the end of the quarters of the last two years. */
function progress(one: Undertaken, milestones: readonly Promised[], today: string): DemoRecord[] {
  const quarters = [2024, 2025].flatMap(year => ['03-31', '06-30', '09-30', '12-31'].map(end => `${year}-${end}`))
  return quarters
    .filter(day => one.from < day && day <= (one.acceptedOn ?? today) && day <= today)
    .map(day => {
      const { overdue, ...fields } = progressOf(milestones, day)
      return {
        type: 'contracts.progress',
        org: one.org,
        refs: { project: one.ref },
        fields: filled({ assessedOn: day, ...fields, overdue: overdue.join('；') || undefined }),
      }
    })
}

/** The acceptance of a project with its documents and vote, and its archive a month later. */
export function ended(random: Random, one: Undertaken, today: string): DemoRecord[] {
  const { acceptedOn } = one
  if (!acceptedOn) return []
  const archivedOn = past(addDays(acceptedOn, 30), today)
  return [
    {
      type: 'acceptance.acceptance',
      org: one.org,
      ref: `acceptance:${one.number}`,
      refs: { project: one.ref, ...(one.list && { requirements: one.list.ref }) },
      ...(acceptedOn.startsWith('2024') && { proof: `${one.title}：材料齐全，同意通过验收。` }),
      fields: filled({
        title: `${one.title}验收`,
        heldOn: acceptedOn,
        organiser: one.organiser,
        documents: ['summary', 'technical', 'accounts', 'users', 'contract'],
        items: one.list && Array.from({ length: one.list.items }, (_, i) => ({ number: i + 1, met: true })),
        inFavour: random.int(5, 7),
        against: 0,
        abstained: random.int(0, 1),
        result: 'passed',
        opinion: '完成任务书规定的内容和指标，材料齐全，经费使用合理，同意通过验收。',
      }),
    },
    ...(archivedOn
      ? [
          {
            type: 'acceptance.archive',
            org: one.org,
            refs: { project: one.ref },
            after: [`acceptance:${one.number}`],
            fields: {
              number: `科档-${one.number}`,
              archivedOn,
              volumes: random.int(1, 3),
              pages: random.int(60, 240),
              keeping: random.pick(['permanent', 'long']),
              place: '科技档案室',
            },
          } satisfies DemoRecord,
        ]
      : []),
  ]
}
