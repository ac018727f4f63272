import { Link } from 'react-router'
import { usePlaceQuery } from '../../../../web/src/kit/place.ts'
import { useApi } from '../../../../web/src/kit/query.ts'
import { boundsOf, ringsOf } from '../../../../web/src/screens/figures/areas.ts'
import type { Area } from '../../../kernel/org/area.ts'
import type { Bar } from './bar.ts'

const WIDTH = 900
const MARGIN = 16

/** Outlines of the units beneath, and a dot for each project that has a place; nothing where none has. */
export function ProjectMap({ projects, org, title }: { projects: readonly Bar[]; org: string; title: string }) {
  const query = usePlaceQuery()
  const { data } = useApi<{ areas: { code: string; area: Area }[] }>(`/orgs/${encodeURIComponent(org)}/areas`)
  const placed = projects.flatMap(({ place, ...project }) => (place ? [{ ...project, place }] : []))
  if (!data || placed.length === 0) return null
  const points: Area = {
    type: 'Polygon',
    coordinates: [placed.map(({ place }) => [place.lon, place.lat] as const)],
  }
  const { west, south, east, north } = boundsOf([...data.areas.map(({ area }) => area), points])
  // A degree of longitude is shorter away from the equator.
  const narrowing = Math.cos((((north + south) / 2) * Math.PI) / 180)
  const scale = (WIDTH - 2 * MARGIN) / Math.max((east - west) * narrowing, 0.01)
  const x = (lon: number) => MARGIN + (lon - west) * narrowing * scale
  const y = (lat: number) => MARGIN + (north - lat) * scale
  return (
    <section>
      <h2>{title}</h2>
      <svg className="project-map" viewBox={`0 0 ${WIDTH} ${Math.round((north - south) * scale) + 2 * MARGIN}`}>
        <title>{title}</title>
        {data.areas.map(({ code, area }) => (
          <path
            key={code}
            d={ringsOf(area)
              .map(ring => `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`)
              .join('')}
            fill="var(--paper)"
            stroke="var(--line)"
          />
        ))}
        {placed.map(({ id, title, place, milestones }) => (
          <Link key={id} to={`/records/${id}${query}`}>
            <circle
              cx={x(place.lon)}
              cy={y(place.lat)}
              r={7}
              fill={milestones.some(({ overdue }) => overdue) ? '#c0392b' : 'var(--accent)'}
            >
              <title>{title}</title>
            </circle>
          </Link>
        ))}
      </svg>
    </section>
  )
}
