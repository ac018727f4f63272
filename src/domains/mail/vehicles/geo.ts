/** A place in 10⁻⁶ degrees, as terminals send it. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of the earth in metres. Source: IUGG, R1. */
const RADIUS = 6_371_008.8
const RADIANS = Math.PI / 180 / 1e6

/** Metres between two places (haversine). */
export function metresBetween(a: Place, b: Place): number {
  const north = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2)
  const east = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2)
  const part = north * north + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * east * east
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(part)))
}

/** Metres from a place to the nearest point of a line; on a plane around the place, good for some hundred km. */
export function metresToLine(place: Place, line: readonly Place[]): number {
  if (line.length === 0) return Number.POSITIVE_INFINITY
  const shrink = Math.cos(place.latitude * RADIANS)
  const flat = line.map(each => ({
    x: (each.longitude - place.longitude) * RADIANS * RADIUS * shrink,
    y: (each.latitude - place.latitude) * RADIANS * RADIUS,
  }))
  let least = Math.hypot(flat[0]!.x, flat[0]!.y)
  for (let index = 1; index < flat.length; index++) least = Math.min(least, fromOrigin(flat[index - 1]!, flat[index]!))
  return least
}

interface Flat {
  readonly x: number
  readonly y: number
}

function fromOrigin(a: Flat, b: Flat): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(a.x * dx + a.y * dy) / length))
  return Math.hypot(a.x + along * dx, a.y + along * dy)
}
