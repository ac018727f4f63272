import type { Ledger } from '../ledger.ts'
import { type Actor, may, permit } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'

/** A place as [longitude, latitude], in degrees. */
export type Place = readonly [number, number]

/** The area of a unit. Source: GeoJSON, RFC 7946, 3.1.6 and 3.1.7 */
export type Area =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Place[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Place[])[])[] }

/** Most points of one area: borders are drawn, not surveyed. */
const MOST_POINTS = 5_000

/** Checks an area: closed rings of places on the earth. `org/area` */
export function checkArea(area: Area): Result<true> {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  const rings = polygons.flat()
  const points = rings.flat()
  const isPlace = ([lon, lat]: Place) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90
  const isRing = (ring: readonly Place[]) => {
    const [first, last] = [ring[0], ring.at(-1)]
    return ring.length >= 4 && first![0] === last![0] && first![1] === last![1]
  }
  if (rings.length > 0 && points.length <= MOST_POINTS && points.every(isPlace) && rings.every(isRing)) return ok(true)
  return fail('org/area', {
    field: 'area',
    zh: `单位范围应为首尾相接的经纬度环线，最多${MOST_POINTS}个点`,
    en: `An area is closed rings of longitudes and latitudes, of at most ${MOST_POINTS} points`,
  })
}

/** The known areas of a unit and of all beneath it. */
export async function areasUnder(
  ledger: Ledger,
  actor: Actor,
  code: string,
): Promise<Result<readonly { readonly code: string; readonly area: Area }[]>> {
  const unit = ledger.orgs.find(code)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'read', unit.value)
  if (!permitted.ok) return permitted
  const { rows } = await ledger.store.pool.query<{ code: string; path: string; area: Area }>(
    'SELECT code, path, area FROM org_unit WHERE root = $1 AND path LIKE $2 AND area IS NOT NULL ORDER BY path',
    [unit.value.root, `${unit.value.path}%`],
  )
  return ok(rows.filter(row => may(actor, 'read', row.path)).map(({ code, area }) => ({ code, area })))
}
