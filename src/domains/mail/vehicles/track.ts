import { metresBetween, metresToLine, type Place } from './geo.ts'
import { isIgnitionOn, type Position } from './message.ts'
import { inOrder, type SpanEvent, type SpanState, spans, type Watch } from './watch.ts'

// What the positions of a vehicle tell: arrivals, speeding, leaving its route, long stops, kilometres and use.

/** A circle around an office. */
export interface Fence extends Place {
  readonly office: string
  /** Metres. */
  readonly radius: number
}

export interface Passage {
  readonly kind: 'arrival' | 'departure'
  readonly office: string
  /** Of the first position on the other side of the fence. */
  readonly at: Date
}

export interface PassageState {
  /** The office that the vehicle is at. */
  readonly office?: string
  /** Where it may have gone, since when, and how many positions say so. */
  readonly turn?: { readonly office?: string; readonly at: Date; readonly count: number }
}

export interface PassageRule {
  /** A vehicle has left once it is so many metres beyond the fence: positions waver. */
  readonly margin: number
  /** Positions in a row that it takes to believe it: single ones jump. */
  readonly confirm: number
}

/** Watches for arrivals and departures. Fences may be thousands: only those near a position are looked at. */
export function passages(fences: readonly Fence[], { margin, confirm }: PassageRule): Watch<PassageState, Passage> {
  const near = grid(fences)
  const byOffice = new Map(fences.map(fence => [fence.office, fence]))
  const at = (state: PassageState, position: Position): string | undefined => {
    for (const office of [state.office, state.turn?.office]) {
      const present = office === undefined ? undefined : byOffice.get(office)
      if (present && metresBetween(present, position) <= present.radius + margin) return present.office
    }
    return near(position)
      .map(fence => ({ fence, metres: metresBetween(fence, position) }))
      .filter(({ fence, metres }) => metres <= fence.radius)
      .sort((a, b) => a.metres - b.metres)[0]?.fence.office
  }
  return {
    start: {},
    step(state, position) {
      const office = at(state, position)
      if (office === state.office) return [{ office }, []]
      const same = state.turn && state.turn.office === office
      const turn = same ? { ...state.turn!, count: state.turn!.count + 1 } : { office, at: position.at, count: 1 }
      if (turn.count < confirm) return [{ office: state.office, turn }, []]
      const left: Passage[] =
        state.office === undefined ? [] : [{ kind: 'departure', office: state.office, at: turn.at }]
      const come: Passage[] = office === undefined ? [] : [{ kind: 'arrival', office, at: turn.at }]
      return [{ office }, [...left, ...come]]
    },
  }
}

/** About 2 km from south to north. */
const CELL = 20_000
/** 10⁻⁶ degrees of latitude in a metre. */
const PER_METRE = 1 / 0.111195

function grid(fences: readonly Fence[]): (place: Place) => readonly Fence[] {
  const cells = new Map<string, Fence[]>()
  const cell = (value: number) => Math.floor(value / CELL)
  for (const fence of fences) {
    const tall = fence.radius * PER_METRE
    const wide = tall / Math.max(0.01, Math.cos((fence.latitude / 1e6) * (Math.PI / 180)))
    for (let y = cell(fence.latitude - tall); y <= cell(fence.latitude + tall); y++) {
      for (let x = cell(fence.longitude - wide); x <= cell(fence.longitude + wide); x++) {
        const key = `${y} ${x}`
        cells.set(key, [...(cells.get(key) ?? []), fence])
      }
    }
  }
  return place => cells.get(`${cell(place.latitude)} ${cell(place.longitude)}`) ?? []
}

const GAP_SECONDS = 300

/** Watches for speed above a limit (0.1 km/h); the peak is the highest speed. */
export const speeding = (limit: number, forSeconds: number): Watch<SpanState, SpanEvent> =>
  spans({ measure: ({ speed }) => (speed > limit ? speed : undefined), forSeconds, gapSeconds: GAP_SECONDS })

/** Watches for a vehicle further from the line of its route than the tolerance; the peak is the greatest distance, in metres. */
export const offRoute = (line: readonly Place[], tolerance: number, forSeconds: number): Watch<SpanState, SpanEvent> =>
  spans({
    measure: position => {
      const metres = metresToLine(position, line)
      return metres > tolerance ? Math.round(metres) : undefined
    },
    forSeconds,
    gapSeconds: GAP_SECONDS,
  })

export interface StopState {
  readonly anchor?: Place
  readonly span: SpanState
}

/**
 * Watches for a stop: the vehicle stays within a radius of where it came to stand for so long, and not at an office.
 * The peak is how many seconds it has lasted. Silence ends no stop: a switched-off vehicle does not report.
 */
export function longStops(
  fences: readonly Fence[],
  { radius, forSeconds }: { radius: number; forSeconds: number },
): Watch<StopState, SpanEvent> {
  const near = grid(fences)
  const atOffice = (place: Place) => near(place).some(fence => metresBetween(fence, place) <= fence.radius)
  const none: SpanState = { peak: 0, begun: false }
  const ended = ({ span }: StopState, until: Date): SpanEvent[] =>
    span.begun ? [{ kind: 'ended', from: span.from!, until, peak: seconds(span.from!, until) }] : []
  return {
    start: { span: none },
    step(state, position) {
      if (atOffice(position)) return [{ span: none }, ended(state, position.at)]
      if (!state.anchor || metresBetween(state.anchor, position) > radius) {
        const { latitude, longitude, at } = position
        return [
          { anchor: { latitude, longitude }, span: { from: at, last: at, peak: 0, begun: false } },
          ended(state, at),
        ]
      }
      const from = state.span.from!
      const lasted = seconds(from, position.at)
      const begins = !state.span.begun && lasted >= forSeconds
      const span: SpanState = { from, last: position.at, peak: lasted, begun: state.span.begun || begins }
      return [{ anchor: state.anchor, span }, begins ? [{ kind: 'begun', from, at: position.at, peak: lasted }] : []]
    },
  }
}

const seconds = (from: Date, until: Date): number => Math.round((until.getTime() - from.getTime()) / 1000)

export interface Usage {
  /** By positions, in metres. */
  readonly metres: number
  /** By the odometer, in metres; undefined where the terminal sends none or it ran backwards. */
  readonly odometer?: number
  readonly movingSeconds: number
  /** Standing with the ignition on. */
  readonly idleSeconds: number
  readonly offSeconds: number
  /** Between positions too far apart in time to tell. */
  readonly unknownSeconds: number
  /** Positions left out because no vehicle gets there so quickly. */
  readonly jumps: number
}

/** 0.1 km/h; slower is standing. */
const STANDING = 30
/** Metres that a standing vehicle's positions waver. */
const WAVER = 50
/** Metres a second; 216 km/h. */
const IMPOSSIBLE = 60

/** Kilometres and use in a track. Use of two tracks that share their border position adds up to that of both. */
export function usage(positions: readonly Position[]): Usage {
  let [metres, moving, idle, off, unknown, jumps] = [0, 0, 0, 0, 0, 0]
  let before: Position | undefined
  const track = inOrder(positions)
  for (const position of track) {
    if (before) {
      const apart = metresBetween(before, position)
      const lasted = seconds(before.at, position.at)
      if (apart > IMPOSSIBLE * Math.max(1, lasted)) {
        jumps++
        continue
      }
      const standing = before.speed < STANDING && position.speed < STANDING
      if (!standing || apart > WAVER) metres += apart
      if (lasted > GAP_SECONDS && isIgnitionOn(before)) unknown += lasted
      else if (!isIgnitionOn(before)) off += lasted
      else if (standing) idle += lasted
      else moving += lasted
    }
    before = position
  }
  return {
    ...{ metres: Math.round(metres), odometer: odometer(track), movingSeconds: moving, idleSeconds: idle },
    ...{ offSeconds: off, unknownSeconds: unknown, jumps },
  }
}

function odometer(track: readonly Position[]): number | undefined {
  const read = track.flatMap(({ mileage }) => (mileage === undefined ? [] : [mileage]))
  const runsBack = read.some((mileage, index) => index > 0 && mileage < read[index - 1]!)
  return read.length < 2 || runsBack ? undefined : (read.at(-1)! - read[0]!) * 100
}
