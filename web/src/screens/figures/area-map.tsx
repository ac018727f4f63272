import 'maplibre-gl/dist/maplibre-gl.css'
import type { Geometry } from 'geojson'
import { type GeoJSONSource, Map as LiveMap, Marker, NavigationControl, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef } from 'react'
import type { Area, Place } from '../../../../src/kernel/org/area.ts'
import { digits } from '../../kit/format.ts'
import { useDark } from '../../kit/theme.ts'
import { useLanguage } from '../../kit/words.ts'
import { boundsOf, middleOf, type Shape, strength } from './areas.ts'
import { paintNow } from './paint.ts'
import { type Picture, pngOf } from './picture.ts'

// Our own worker file, so that no script from a blob has to run.
setWorkerUrl(worker)

interface Props {
  readonly shapes: readonly Shape[]
  readonly unit: string
  readonly label: string
  readonly onExplain: (address: string) => void
  readonly onPicture: (picture: Picture | undefined) => void
}

/** The areas of org units, shaded by their figures. Nothing is fetched from outside: no tiles, no fonts. */
export function AreaMap({ shapes, unit, label, onExplain, onPicture }: Props) {
  const language = useLanguage()
  const dark = useDark()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const paint = paintNow(dark)
    const { west, south, east, north } = boundsOf(shapes.map(({ area }) => area))
    const map = new LiveMap({
      container: box.current,
      attributionControl: false,
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
      bounds: [west, south, east, north],
      fitBoundsOptions: { padding: 24 },
      cooperativeGestures: true,
      style: {
        version: 8,
        sources: { areas: { type: 'geojson', data: collection(shapes) } },
        layers: [
          { id: 'ground', type: 'background', paint: { 'background-color': paint.paper } },
          {
            id: 'areas',
            type: 'fill',
            source: 'areas',
            paint: { 'fill-color': paint.accent, 'fill-opacity': ['+', 0.06, ['*', 0.74, ['get', 'strength']]] },
          },
          { id: 'borders', type: 'line', source: 'areas', paint: { 'line-color': paint.quiet, 'line-width': 1 } },
        ],
      },
    })
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    map.on('click', 'areas', ({ features }) => {
      const address: unknown = features?.[0]?.properties.address
      if (typeof address === 'string') onExplain(address)
    })
    const markers = shapes.map(({ title, value, area }) => {
      const element = document.createElement('div')
      element.className = 'area-name'
      element.append(title, document.createElement('br'), digits(value, unit, language))
      return new Marker({ element, opacityWhenCovered: '1' }).setLngLat([...middleOf(area)]).addTo(map)
    })
    onPicture(() => pngOf(map.getCanvas()))
    return () => {
      onPicture(undefined)
      for (const marker of markers) marker.remove()
      map.remove()
    }
  }, [shapes, unit, language, dark, onExplain, onPicture])
  return <section ref={box} className="area-map" aria-label={label} />
}

type Collection = Parameters<GeoJSONSource['setData']>[0]

const collection = (shapes: readonly Shape[]): Collection => ({
  type: 'FeatureCollection',
  features: shapes.map(({ area, address, value }) => ({
    type: 'Feature',
    properties: { address, strength: strength(value, shapes) },
    geometry: geometryOf(area),
  })),
})

// GeoJSON's own types know no readonly arrays.
const ringsFor = (rings: readonly (readonly Place[])[]) => rings.map(ring => ring.map(place => [...place]))

const geometryOf = ({ type, coordinates }: Area): Geometry =>
  type === 'Polygon' ? { type, coordinates: ringsFor(coordinates) } : { type, coordinates: coordinates.map(ringsFor) }
