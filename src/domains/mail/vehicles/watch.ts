import { isLocated, type Position } from './message.ts'

/**
 * Something looked for along the positions of one vehicle, in the order of their time. The state is plain, so that it can
 * be kept between positions as they arrive, and the same rule read over a stored track.
 */
export interface Watch<State, Event> {
  readonly start: State
  readonly step: (state: State, position: Position) => readonly [State, readonly Event[]]
}

/** What a watch finds in a whole track. Positions are put in order; those without a fix and those seen twice are left out. */
export function watchAll<State, Event>(watch: Watch<State, Event>, positions: readonly Position[]): Event[] {
  const events: Event[] = []
  let state = watch.start
  for (const position of inOrder(positions)) {
    const [next, found] = watch.step(state, position)
    state = next
    events.push(...found)
  }
  return events
}

/** Positions with a fix, by time, each time once: late ones of a place without network come in between. */
export function inOrder(positions: readonly Position[]): Position[] {
  const sorted = positions.filter(isLocated).sort((a, b) => a.at.getTime() - b.at.getTime())
  return sorted.filter((position, index) => index === 0 || position.at > sorted[index - 1]!.at)
}

/** Something that lasts: begun once it has lasted long enough, ended with the first position that is otherwise. */
export type SpanEvent =
  | { readonly kind: 'begun'; readonly from: Date; readonly at: Date; readonly peak: number }
  | { readonly kind: 'ended'; readonly from: Date; readonly until: Date; readonly peak: number }

export interface SpanState {
  readonly from?: Date
  /** The last position within. */
  readonly last?: Date
  readonly peak: number
  readonly begun: boolean
}

export interface SpanRule {
  /** How much of it there is at a position, undefined where there is none: 0.1 km/h above the limit, metres off the route. */
  readonly measure: (position: Position) => number | undefined
  readonly forSeconds: number
  /** Without a position for longer, nobody knows: the span ends with the last one within. */
  readonly gapSeconds: number
}

const NONE: SpanState = { peak: 0, begun: false }

/** Watches for spans by a rule. */
export function spans({ measure, forSeconds, gapSeconds }: SpanRule): Watch<SpanState, SpanEvent> {
  const ended = (state: SpanState): SpanEvent[] =>
    state.begun ? [{ kind: 'ended', from: state.from!, until: state.last!, peak: state.peak }] : []
  const within = (state: SpanState, at: Date, amount: number): readonly [SpanState, readonly SpanEvent[]] => {
    const from = state.from ?? at
    const peak = Math.max(state.peak, amount)
    const long = at.getTime() - from.getTime() >= forSeconds * 1000
    const events: SpanEvent[] = long && !state.begun ? [{ kind: 'begun', from, at, peak }] : []
    return [{ from, last: at, peak, begun: state.begun || long }, events]
  }
  return {
    start: NONE,
    step(state, position) {
      const amount = measure(position)
      const lost = state.last && position.at.getTime() - state.last.getTime() > gapSeconds * 1000
      if (amount === undefined) return [NONE, ended(state)]
      if (!lost) return within(state, position.at, amount)
      const [next, events] = within(NONE, position.at, amount)
      return [next, [...ended(state), ...events]]
    },
  }
}
