import { useMemo } from 'react'
import type { Area } from '../../../../src/kernel/org/area.ts'
import { useApi } from '../../kit/query.ts'
import { AreaMap } from './area-map.tsx'
import { AreaSvg } from './area-svg.tsx'
import { shapesOf } from './areas.ts'
import type { Grid } from './grids.ts'
import type { Picture } from './picture.ts'
import { useWords } from './words.ts'

interface Props {
  readonly grid: Grid
  readonly org: string
  readonly label: string
  readonly onExplain: (address: string) => void
  readonly onPicture: (picture: Picture | undefined) => void
}

let webGl: boolean | undefined
const hasWebGl = (): boolean => {
  webGl ??= document.createElement('canvas').getContext('webgl2') !== null
  return webGl
}

/** A map of the first column of a grid by org unit. */
export default function AreasShown({ grid, org, ...shared }: Props) {
  const say = useWords()
  const { data } = useApi<{ areas: { code: string; area: Area }[] }>(`/orgs/${encodeURIComponent(org)}/areas`)
  const shapes = useMemo(() => shapesOf(grid, org, data?.areas ?? []), [grid, org, data])
  if (!data) return null
  if (shapes.length === 0) return <p className="quiet">{say('noAreas')}</p>
  const unit = grid.columns[0]!.unit
  return hasWebGl() ? (
    <AreaMap shapes={shapes} unit={unit} {...shared} />
  ) : (
    <AreaSvg shapes={shapes} unit={unit} {...shared} />
  )
}
