import { useEffect, useRef } from 'react'
import { useDark } from '../../kit/theme.ts'
import { useLanguage } from '../../kit/words.ts'
import { optionsOf } from './chart-options.ts'
import { init } from './echarts.ts'
import type { Grid } from './grids.ts'
import { paintNow } from './paint.ts'
import { type Picture, pngOf } from './picture.ts'
import { chartHeight, type Form } from './view.ts'

interface Props {
  readonly grid: Grid
  readonly form: Form
  readonly label: string
  /** Takes how the picture is had, while there is one. */
  readonly onPicture: (picture: Picture | undefined) => void
}

/** A chart of the table beneath it. It says nothing that the table does not. */
export default function Chart({ grid, form, label, onPicture }: Props) {
  const language = useLanguage()
  const dark = useDark()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const paint = paintNow(dark)
    const chart = init(box.current, null, { renderer: 'canvas' })
    chart.setOption(optionsOf(grid, form, language, paint))
    const sized = new ResizeObserver(() => chart.resize())
    sized.observe(box.current)
    onPicture(() => pngOf(chart.getRenderedCanvas({ pixelRatio: 2, backgroundColor: paint.paper })))
    return () => {
      onPicture(undefined)
      sized.disconnect()
      chart.dispose()
    }
  }, [grid, form, language, dark, onPicture])
  return (
    <div
      ref={box}
      className="chart"
      role="img"
      aria-label={label}
      style={{ height: chartHeight(form, grid.rows.length) }}
    />
  )
}
