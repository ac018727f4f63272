import { useEffect, useRef } from 'react'
import { digits } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import { boundsOf, middleOf, ringsOf, type Shape, shade, strength } from './areas.ts'
import type { Picture } from './picture.ts'

interface Props {
  readonly shapes: readonly Shape[]
  readonly unit: string
  readonly label: string
  readonly onExplain: (address: string) => void
  readonly onPicture: (picture: Picture | undefined) => void
}

const WIDTH = 900
const MARGIN = 16

/** The map as a drawing, for browsers without WebGL. */
export function AreaSvg({ shapes, unit, label, onExplain, onPicture }: Props) {
  const language = useLanguage()
  const svg = useRef<SVGSVGElement>(null)
  const { west, south, east, north } = boundsOf(shapes.map(({ area }) => area))
  // A degree of longitude is shorter away from the equator.
  const narrowing = Math.cos((((north + south) / 2) * Math.PI) / 180)
  const scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrowing)
  const height = Math.round((north - south) * scale) + 2 * MARGIN
  const x = (lon: number) => MARGIN + (lon - west) * narrowing * scale
  const y = (lat: number) => MARGIN + (north - lat) * scale
  useEffect(() => {
    onPicture(async () => {
      const text = new XMLSerializer().serializeToString(svg.current!)
      const style = getComputedStyle(document.documentElement)
      const painted = text.replace(/var\(--([a-z]+)\)/g, (_, name: string) =>
        style.getPropertyValue(`--${name}`).trim(),
      )
      return { blob: new Blob([painted], { type: 'image/svg+xml' }), type: 'svg' }
    })
    return () => onPicture(undefined)
  }, [onPicture])
  return (
    <svg ref={svg} className="area-svg" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      {shapes.map(({ code, area, value, address }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the same opens by keyboard, from the table
        <path
          key={code}
          d={ringsOf(area)
            .map(ring => `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`)
            .join('')}
          fill={shade(strength(value, shapes))}
          stroke="var(--quiet)"
          onClick={() => onExplain(address)}
        />
      ))}
      {shapes.map(({ code, title, value, area }) => {
        const [lon, lat] = middleOf(area)
        return (
          <text key={code} x={x(lon)} y={y(lat)} textAnchor="middle" fontSize="15" fill="var(--ink)">
            <tspan x={x(lon)}>{title}</tspan>
            <tspan x={x(lon)} dy="19" fontWeight="600">
              {digits(value, unit, language)}
            </tspan>
          </text>
        )
      })}
    </svg>
  )
}
