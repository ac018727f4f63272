// The network as pure data: who passes mail on to whom, what a run calls at and when. All that is asked of it is a function.

export interface Office {
  readonly code: string
  readonly name: string
  readonly kind: 'branch' | 'centre' | 'airport' | 'delivery'
  /** Id of the org unit it belongs to. */
  readonly org: number
  readonly place?: { readonly lon: number; readonly lat: number }
}

export interface Stop {
  readonly office: string
  /** Minutes after departure. */
  readonly arrives: number
  readonly stays: number
  /** Kilometres from the stop before. */
  readonly km: number
}

export interface Route {
  readonly code: string
  readonly name: string
  readonly org: number
  readonly capacity: number
  readonly waves: readonly { readonly wave: number; readonly departs: string }[]
  readonly stops: readonly Stop[]
}

export interface Range {
  readonly from: string
  readonly to: string
  readonly next: string
}

export interface Network {
  readonly offices: ReadonlyMap<string, Office>
  readonly routes: ReadonlyMap<string, Route>
  /** Ranges in effect, by office. */
  readonly plans: ReadonlyMap<string, readonly Range[]>
}

/** The office that an office closes mail for a postcode to; undefined where its plan does not say. */
export const nextOffice = ({ plans }: Network, office: string, postcode: string): string | undefined =>
  plans.get(office)?.find(({ from, to }) => from <= postcode && postcode <= to)?.next

export type Passage =
  | { readonly ends: 'delivered'; readonly path: readonly string[] }
  | { readonly ends: 'nowhere' | 'loop' | 'unknown-office' | 'no-route'; readonly path: readonly string[] }

/** The way of mail for a postcode from an office, by the plans alone: it ends at a delivery office or branch of that postcode. */
export function passage(network: Network, office: string, postcode: string): Passage {
  const path = [office]
  for (let at = office; ; ) {
    const here = network.offices.get(at)
    if (!here) return { ends: 'unknown-office', path }
    const next = nextOffice(network, at, postcode)
    if (next === undefined || next === at) return { ends: delivers(here, postcode) ? 'delivered' : 'nowhere', path }
    if (path.includes(next)) return { ends: 'loop', path: [...path, next] }
    path.push(next)
    if (network.offices.has(next) && !isCarried(network, at, next)) return { ends: 'no-route', path }
    at = next
  }
}

/** Within the city offices deliver their own postcode; what goes abroad or to other provinces ends at the airport. */
const delivers = ({ kind, code }: Office, postcode: string) =>
  kind === 'airport' ||
  code.slice(0, 6) === postcode ||
  (kind === 'delivery' && code.slice(0, 4) === postcode.slice(0, 4))

/** Whether some route calls at the one and later at the other. */
const isCarried = ({ routes }: Network, from: string, to: string): boolean =>
  [...routes.values()].some(({ stops }) => {
    const boards = stops.findIndex(stop => stop.office === from)
    return boards >= 0 && stops.slice(boards + 1).some(stop => stop.office === to)
  })

export interface Fault {
  readonly kind: Exclude<Passage['ends'], 'delivered'>
  readonly office: string
  readonly postcode: string
  readonly path: readonly string[]
}

/** Every way that does not end where it should, from every office to every postcode where some plan or office changes its mind. */
export function faults(network: Network): Fault[] {
  const postcodes = new Set([...network.plans.values()].flatMap(ranges => ranges.flatMap(({ from, to }) => [from, to])))
  for (const { code, kind } of network.offices.values()) if (kind !== 'airport') postcodes.add(code.slice(0, 6))
  return [...network.offices.keys()].flatMap(office =>
    [...postcodes].flatMap(postcode => {
      const { ends, path } = passage(network, office, postcode)
      return ends === 'delivered' ? [] : [{ kind: ends, office, postcode, path }]
    }),
  )
}

/** Metres between two stops of a route, in its direction; undefined where it does not carry from the one to the other. */
export function metresBetween(
  stops: readonly Pick<Stop, 'office' | 'km'>[],
  from: string,
  to: string,
): number | undefined {
  const boards = stops.findIndex(stop => stop.office === from)
  const leaves = stops.findIndex((stop, i) => i > boards && stop.office === to)
  if (boards < 0 || leaves < 0) return undefined
  return stops.slice(boards + 1, leaves + 1).reduce((sum, { km }) => sum + Math.round(km * 1000), 0)
}

export interface PlannedStop {
  readonly office: string
  /** Instants. */
  readonly arrives: string
  readonly leaves: string
  readonly km: number
}

/** The stops of a route's run that leaves at an instant. */
export const plannedStops = (stops: readonly Stop[], departs: string): PlannedStop[] => {
  const after = (minutes: number) => new Date(Date.parse(departs) + minutes * 60_000).toISOString()
  return stops.map(({ office, arrives, stays, km }) => ({
    office,
    arrives: after(arrives),
    leaves: after(arrives + stays),
    km,
  }))
}

/** Minutes behind the timetable at an office, never less than 0; undefined where the run does not call there. */
export function lateBy(stops: readonly PlannedStop[], office: string, time: string): number | undefined {
  const calls = stops.filter(stop => stop.office === office)
  if (calls.length === 0) return undefined
  // A round trip calls twice at where it begins: the call that is nearest in time is meant.
  const minutes = calls.map(({ leaves }) => (Date.parse(time) - Date.parse(leaves)) / 60_000)
  return Math.max(0, Math.ceil(minutes.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0]!))
}
