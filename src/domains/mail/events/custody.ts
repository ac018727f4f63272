import { CODES, type EventCode, rankOf } from './codes.ts'

// Who has an item or a bag, from the set of its events, whatever the order they came in. The law: at each instant there is
// exactly one custodian; an event moves custody only from whoever has it. An event that fits nowhere moves nothing and is
// flagged, and a later-arriving one may explain it.

/** `office:10000101`, `run:S1-20250630-1`, `bag:…` (whose custodian it shares), or `ended`. */
export type Custodian = string

export interface CustodyEvent {
  readonly id: string
  readonly code: EventCode
  /** ISO instant. */
  readonly time: string
  readonly office: string | null
  readonly run: string | null
  readonly bag: string | null
  readonly giver: Custodian | null
  readonly receiver: Custodian | null
}

export type Flag =
  /** Nobody saw it begin: the first who had it is taken at their word. */
  | 'no-origin'
  /** Seen, handed on or ended where it was not: a handover is missing. */
  | 'custody-gap'
  /** Begun or packed a second time, or given by one who no longer had it to another. */
  | 'double-custody'

export interface Custody {
  /** Null where no event tells. */
  readonly custodian: Custodian | null
  /** When it came there. */
  readonly since: string | null
  readonly state: State
  readonly flags: readonly Flag[]
  /** Ids of the events that fit nowhere, in canonical order. */
  readonly flagged: readonly string[]
}

export type State = 'unknown' | 'held' | 'delivered' | 'returned' | 'opened'

/**
 * Clocks of phones differ: an event may have to wait this long, by the clocks, for one that it rests on. Two minutes would
 * be too little for a phone that was off for a day, an hour would let a repeated handover pass for a second one.
 */
export const SKEW_MS = 10 * 60_000

/** Events by time; those of one instant as things go; then by id, so that the order is one and the same for a set. */
export const canonical = <E extends CustodyEvent>(events: readonly E[]): E[] =>
  events.toSorted(
    (a, b) =>
      (a.time < b.time ? -1 : a.time > b.time ? 1 : 0) ||
      rankOf(a.code) - rankOf(b.code) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )

const at = (office: string | null): Custodian => `office:${office}`

/** Who must have it for the event to be possible; null: nobody yet. */
function needs({ code, office, run, bag, giver }: CustodyEvent): Custodian | null {
  switch (CODES[code].effect) {
    case 'begins':
      return null
    case 'unpacks':
      return `bag:${bag}`
    case 'hands':
      return giver
    case 'packs':
    case 'opens':
    case 'ends':
      return at(office)
    case 'sees':
      return run !== null && office === null ? `run:${run}` : at(office)
  }
}

/** Who has it after the event. */
function gives(event: CustodyEvent): Custodian | null {
  const { code, office, bag, receiver } = event
  switch (CODES[code].effect) {
    case 'begins':
    case 'unpacks':
      return at(office)
    case 'packs':
      return `bag:${bag}`
    case 'hands':
      return receiver
    case 'opens':
    case 'ends':
      return 'ended'
    case 'sees':
      return needs(event)
  }
}

const stateAfter = (code: EventCode): State =>
  code === 'EMI' ? 'delivered' : code === 'RTN' ? 'returned' : code === 'OPN' ? 'opened' : 'held'

const isMove = ({ code }: CustodyEvent) => CODES[code].effect !== 'sees'

/** A step of the walk: what happened, and who had it then. */
export interface Step<E extends CustodyEvent> {
  readonly event: E
  readonly custodian: Custodian | null
  readonly fits: boolean
}

export interface Walk<E extends CustodyEvent> {
  readonly custody: Custody
  /** In the order in which they took effect; those that fit nowhere stand where their time is. */
  readonly steps: readonly Step<E>[]
}

/** Walks through the events of one piece. A function of the set: duplicates by id do not matter. */
export function walk<E extends CustodyEvent>(set: readonly E[]): Walk<E> {
  const events = canonical([...new Map(set.map(event => [event.id, event])).values()])
  const hasOrigin = events.some(({ code }) => CODES[code].effect === 'begins')
  const assumed = hasOrigin ? undefined : events.find(isMove)
  let custodian: Custodian | null = assumed ? needs(assumed) : null
  let since: string | null = null
  let state: State = assumed ? 'held' : 'unknown'
  const steps: Step<E>[] = []
  let waiting: E[] = []
  const outcast: E[] = []

  const fits = (event: E) => needs(event) === custodian
  const apply = (event: E) => {
    if (isMove(event)) {
      custodian = gives(event)
      since = event.time
      state = stateAfter(event.code)
    }
    steps.push({ event, custodian, fits: true })
  }
  const retry = () => {
    for (let next = waiting.find(fits); next; next = waiting.find(fits)) {
      waiting = waiting.filter(event => event !== next)
      apply(next)
    }
  }
  for (const event of events) {
    const horizon = new Date(Date.parse(event.time) - SKEW_MS).toISOString()
    outcast.push(...waiting.filter(({ time }) => time < horizon))
    waiting = waiting.filter(({ time }) => time >= horizon)
    if (!fits(event)) {
      waiting.push(event)
      continue
    }
    apply(event)
    retry()
  }
  outcast.push(...waiting)
  // Where nothing moved it, whoever saw it tells where it is.
  if (!hasOrigin && !assumed && events.length > 0) return seenOnly(events)
  const strangers = canonical(outcast)
  const flags = new Set<Flag>(strangers.map(flagOf))
  if (!hasOrigin && events.length > 0) flags.add('no-origin')
  return {
    custody: {
      custodian,
      since,
      state,
      flags: [...flags].sort(),
      flagged: strangers.map(({ id }) => id),
    },
    steps: placed(steps, strangers),
  }
}

function seenOnly<E extends CustodyEvent>(events: readonly E[]): Walk<E> {
  const last = events.at(-1)!
  return {
    custody: { custodian: needs(last), since: last.time, state: 'held', flags: ['no-origin'], flagged: [] },
    steps: events.map(event => ({ event, custodian: needs(event), fits: true })),
  }
}

const flagOf = ({ code }: CustodyEvent): Flag => {
  const { effect } = CODES[code]
  return effect === 'begins' || effect === 'packs' || effect === 'hands' ? 'double-custody' : 'custody-gap'
}

function placed<E extends CustodyEvent>(steps: readonly Step<E>[], strangers: readonly E[]): Step<E>[] {
  const all = [...steps]
  for (const event of strangers) {
    const before = all.findLastIndex(step => step.event.time <= event.time)
    all.splice(before + 1, 0, { event, custodian: all[before]?.custodian ?? null, fits: false })
  }
  return all
}

/** What a piece stands at, kept so that a newer event need not walk through all of them again. */
export interface Standing extends Custody {
  readonly lastTime: string
  readonly lastId: string
}

/**
 * The custody after one more event, where that can be told without the earlier ones: nothing waits, it comes after all of
 * them and fits. Equal then to walking through all. Undefined where it cannot be told.
 */
export function advanced(standing: Standing, event: CustodyEvent): Standing | undefined {
  if (standing.flagged.length > 0 || event.time <= standing.lastTime) return undefined
  if (CODES[event.code].effect === 'begins' || standing.flags.length > 0) return undefined
  if (needs(event) !== standing.custodian) return undefined
  const last = { lastTime: event.time, lastId: event.id }
  if (!isMove(event)) return { ...standing, ...last }
  return { ...standing, ...last, custodian: gives(event), since: event.time, state: stateAfter(event.code) }
}
