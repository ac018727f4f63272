// Whom to send: an envoy whose trade fits the crop, who serves near by, and who has not too much on hand already.

/** Trades of envoys (ids of `envoys.appointment`) that fit a crop or animal, the closest one first. */
export const TRADES: Readonly<Record<string, readonly string[]>> = {
  rice: ['rice'],
  chilli: ['chilli', 'vegetables'],
  'bitter-gourd': ['vegetables'],
  'wax-gourd': ['vegetables'],
  pumpkin: ['vegetables'],
  'cherry-tomato': ['tomato', 'vegetables'],
  beans: ['vegetables'],
  'sweet-potato': ['vegetables'],
  banana: ['fruit'],
  litchi: ['fruit'],
  longan: ['fruit'],
  honeysuckle: ['honeysuckle', 'flowers'],
  tea: ['tea'],
  cotton: ['cotton'],
  pepper: ['processing'],
  pig: ['pigs'],
  cattle: ['cattle'],
  fish: ['aquaculture'],
}

/** Degrees. */
export interface Place {
  readonly lon: number
  readonly lat: number
}

export interface Envoy {
  readonly id: string
  readonly trade: string
  /** Where the envoy serves; unknown for one of the whole county. */
  readonly place: Place | null
  /** Days [since, until) in post. */
  readonly since: string
  readonly until?: string
  /** Sent and not yet back. */
  readonly open: number
  /** Sent in the last thirty days, those still out included. */
  readonly recent: number
}

export interface Need {
  readonly crop?: string
  readonly place: Place | null
  readonly day: string
}

export interface Ranked {
  readonly id: string
  /** How well the trade fits: 2 the crop itself, 1 a kindred one, 0 another, or no crop was said. */
  readonly fit: 0 | 1 | 2
  /** As the crow flies, whole kilometres; null where a place is unknown. */
  readonly km: number | null
  readonly open: number
  readonly recent: number
}

/** What one more visit on hand, and one more this month, weighs against distance. */
const KM_A_VISIT = 10
const KM_A_MONTHLY_VISIT = 2
/** What an unfitting trade weighs: whoever knows the crop is worth a longer way. */
const KM_A_MISFIT = { 2: 0, 1: 15, 0: 60 } as const
/** Where the way is unknown it counts as a middling one. */
const UNKNOWN_KM = 20

/** Envoys in post on the day, the best to send first. Every order of the envoys gives the same ranking. */
export const rankEnvoys = (need: Need, envoys: readonly Envoy[]): Ranked[] =>
  envoys
    .filter(({ since, until }) => since <= need.day && (until === undefined || need.day < until))
    .map(({ id, trade, place, open, recent }) => ({
      id,
      fit: fitOf(need.crop, trade),
      km: need.place && place && Math.round(kilometres(need.place, place)),
      open,
      recent,
    }))
    .sort((a, b) => cost(a) - cost(b) || (a.id < b.id ? -1 : 1))

const cost = ({ fit, km, open, recent }: Ranked) =>
  KM_A_MISFIT[fit] + (km ?? UNKNOWN_KM) + open * KM_A_VISIT + recent * KM_A_MONTHLY_VISIT

function fitOf(crop: string | undefined, trade: string): Ranked['fit'] {
  const at = TRADES[crop ?? '']?.indexOf(trade) ?? -1
  return at < 0 ? 0 : at === 0 ? 2 : 1
}

const EARTH_RADIUS_KM = 6371

/** The great-circle distance. Source: the haversine formula; R. W. Sinnott, Sky and Telescope 68 (1984), 159 */
export function kilometres(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [lat, lon] = [radians(b.lat - a.lat), radians(b.lon - a.lon)]
  const h = Math.sin(lat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lon / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h))
}

/** The middle of an area: the mean of the corners of its rings. Good enough to tell near from far. */
export function middleOf(rings: readonly (readonly (readonly [number, number])[])[]): Place | null {
  const corners = rings.flatMap(ring => ring.slice(1))
  if (corners.length === 0) return null
  const mean = (of: (corner: readonly [number, number]) => number) =>
    corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length
  return { lon: mean(([lon]) => lon), lat: mean(([, lat]) => lat) }
}
