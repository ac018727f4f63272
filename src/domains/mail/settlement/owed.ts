import { type CustodyEvent, walk } from '../events/custody.ts'
import type { EventRow } from '../events/scan.ts'
import { metresBetween, type PlannedStop } from '../network/network.ts'
import type { Tariff } from '../network/read.ts'

// What follows from the whole history of a piece: how long an item took, what is owed for a bag. Functions of the set of
// its events; nothing is read or written here.

/** Minutes within which an item should reach its addressee, by product; domestic, own. */
export const LIMITS: Readonly<Record<string, number>> = {
  ems: 2 * 1440,
  express: 3 * 1440,
  ecommerce: 5 * 1440,
  parcel: 7 * 1440,
  registered: 4 * 1440,
  insured: 4 * 1440,
  notice: 4 * 1440,
}
const OTHER_LIMIT = 7 * 1440

export interface Transit {
  readonly day: string
  readonly org: number
  readonly product: string
  readonly origin: string
  readonly office: string
  readonly minutes: number
  readonly onTime: boolean
}

/** Of an item that was both accepted and delivered; else nothing is known. */
export function transitOf(history: readonly EventRow[]): Transit | undefined {
  const { custody, steps } = walk(history)
  if (custody.state !== 'delivered') return undefined
  const told = (code: string) => steps.findLast(({ event, fits }) => fits && event.code === code)?.event
  const begun = told('EMA')
  const ended = told('EMI')
  if (!begun || !ended) return undefined
  const minutes = Math.max(0, Math.round((Date.parse(ended.time) - Date.parse(begun.time)) / 60_000))
  const product = begun.product ?? ''
  return {
    day: ended.day,
    org: ended.org,
    product,
    origin: begun.office!,
    office: ended.office!,
    minutes,
    onTime: minutes <= (LIMITS[product] ?? OTHER_LIMIT),
  }
}

export interface Leg {
  readonly run: string
  readonly from: string
  readonly to: string
  readonly day: string
}

const partOf = (custodian: string | null, kind: 'office' | 'run') =>
  custodian?.startsWith(`${kind}:`) ? custodian.slice(kind.length + 1) : undefined

/** The legs that a bag was carried by runs, by its handovers that took effect. */
export function legsOf(history: readonly EventRow[]): Leg[] {
  const legs: Leg[] = []
  let boarded: { run: string; office: string } | undefined
  for (const { event, fits } of walk(history).steps) {
    if (!fits || !isHandover(event)) continue
    const run = partOf(event.receiver, 'run')
    const office = partOf(event.receiver, 'office')
    const from = partOf(event.giver, 'office')
    if (run && from) boarded = { run, office: from }
    else if (office && boarded && partOf(event.giver, 'run') === boarded.run) {
      legs.push({ run: boarded.run, from: boarded.office, to: office, day: event.day })
      boarded = undefined
    }
  }
  return legs
}

const isHandover = ({ code }: CustodyEvent) => code === 'HND' || code === 'ADJ'

export interface Charge {
  /** What is charged; one charge stands for each. */
  readonly basis: string
  readonly day: string
  readonly month: string
  readonly org: number
  readonly rule: string
  /** Who pays: where the bag was closed. */
  readonly office: string
  readonly route: string | null
  readonly run: string | null
  readonly metres: number | null
  /** Fen. */
  readonly amount: number
}

export interface Rules {
  readonly runs: ReadonlyMap<string, { readonly route: string; readonly stops: readonly PlannedStop[] }>
  /** By day. */
  readonly tariffs: ReadonlyMap<string, Tariff>
}

/** Fen for metres, by fen for 100 km; to the nearest fen, halves up. */
export const carryingCost = (metres: number, { carrying }: Tariff): number =>
  Math.floor((carrying * metres + 50_000) / 100_000)

/** What is owed for a bag: for each leg by its kilometres, and for the items sorted where it was opened. */
export function chargesOf(history: readonly EventRow[], { runs, tariffs }: Rules): Charge[] {
  const steps = walk(history).steps.filter(({ fits }) => fits)
  const closed = steps.find(({ event }) => event.code === 'CLS')?.event
  if (!closed) return []
  const common = { org: closed.org, office: closed.office! }
  const bag = closed.subject
  const carried = legsOf(history).flatMap(({ run, from, to, day }): Charge[] => {
    const found = runs.get(run)
    const tariff = tariffs.get(day)
    const metres = found && metresBetween(found.stops, from, to)
    if (!found || !tariff || metres === undefined) return []
    const amount = carryingCost(metres, tariff)
    const basis = `carry:${bag}:${run}:${from}`
    return [
      { ...common, basis, day, month: day.slice(0, 7), rule: ruleOf(tariff), route: found.route, run, metres, amount },
    ]
  })
  const opened = steps.find(({ event }) => event.code === 'OPN')?.event
  const tariff = opened && tariffs.get(opened.day)
  const items = opened?.items ?? closed.items
  if (!opened || !tariff || !items) return carried
  const { day, office } = opened
  const handled: Charge = {
    ...common,
    basis: `handle:${bag}:${office}`,
    day,
    month: day.slice(0, 7),
    rule: ruleOf(tariff),
    route: null,
    run: null,
    metres: null,
    amount: items * tariff.handling,
  }
  return [...carried, handled]
}

const ruleOf = ({ version }: Tariff) => `tariff ${version}`
