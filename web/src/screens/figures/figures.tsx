import { Button, Skeleton } from 'antd'
import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { download, Refused } from '../../kit/api.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { Controls } from './controls.tsx'
import { useExplained } from './explain/address.ts'
import './figures.css'
import { useGrid } from './grid.ts'
import { GridTable } from './grid-table.tsx'
import type { Grid } from './grids.ts'
import { useNames } from './names.ts'
import { csvOf, type Picture, save, sheetOf } from './picture.ts'
import { Publish } from './publish.tsx'
import { chartHeight, useView } from './view.ts'
import { useWords } from './words.ts'

const Chart = lazy(() => import('./chart.tsx'))
const AreasShown = lazy(() => import('./map.tsx'))
const ExplainPanel = lazy(() => import('./explain/explain-panel.tsx'))

/** Any figures of any unit and period, in any form; `?publish` is where is chosen what the public sees. */
export function Screen() {
  const [query] = useSearchParams()
  return query.has('publish') ? <Publish /> : <Explorer />
}

function Explorer() {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const mayPublish = useMay('confirm')
  const { view, set } = useView()
  const { grid, chosen, error, waiting } = useGrid(view)
  const explained = useExplained()
  const picture = useRef<Picture>(undefined)
  const onPicture = useCallback((taken: Picture | undefined) => {
    picture.current = taken
  }, [])
  const name = chosen.map(one => said(one.title, language)).join(language === 'zh' ? '、' : ', ')
  const about = `${names.org(view.org)} ${names.period(view.period)} ${name}`
  const label = say('chartOf', { name: `${names.org(view.org)} ${name}`, period: names.period(view.period) })
  const isEmpty = grid?.rows.every(row => row.cells.every(({ value }) => !value)) ?? false
  return (
    <>
      <div className="title-line">
        <h1>
          {say('title')}{' '}
          <span className="quiet">
            {names.org(view.org)} · {names.period(view.period)}
          </span>
        </h1>
        {mayPublish && (
          <span className="actions no-print">
            <Link to={`/figures?org=${encodeURIComponent(view.org)}&publish=1`}>{say('publish')}</Link>
          </span>
        )}
      </div>
      <Controls view={view} chosen={chosen} set={set} />
      {view.indicators.length === 0 && <p className="quiet">{say('nothing')}</p>}
      {error && (
        <p className="wrong" role="alert">
          {said(error.problems[0], language)}
        </p>
      )}
      {chosen.length > 0 && waiting && !grid && !error && <Skeleton active />}
      {grid && grid.without.length > 0 && (
        <p className="quiet">
          {say('without', { names: grid.without.map(one => said(one.title, language)).join('、') })}
        </p>
      )}
      {grid && isEmpty && <p className="quiet">{say('empty')}</p>}
      {grid && grid.rows.length > 0 && (
        <div className="shown" aria-busy={waiting}>
          <Suspense
            fallback={
              view.as === 'map' ? (
                <div className="area-map" />
              ) : (
                <div className="chart" style={{ height: chartHeight(view.as, grid.rows.length) }} />
              )
            }
          >
            {view.as === 'map' ? (
              <AreasShown grid={grid} org={view.org} label={label} onExplain={explained.open} onPicture={onPicture} />
            ) : (
              view.as !== 'table' && <Chart grid={grid} form={view.as} label={label} onPicture={onPicture} />
            )}
          </Suspense>
          <GridTable grid={grid} caption={about} onExplain={explained.open} />
          <Exports grid={grid} name={about} picture={view.as === 'table' ? undefined : picture} />
        </div>
      )}
      {explained.address && (
        <Suspense fallback={null}>
          <ExplainPanel />
        </Suspense>
      )}
    </>
  )
}

interface ExportsProps {
  readonly grid: Grid
  readonly name: string
  readonly picture: { readonly current: Picture | undefined } | undefined
}

function Exports({ grid, name, picture }: ExportsProps) {
  const say = useWords()
  const language = useLanguage()
  const [told, setTold] = useState('')
  const copy = async () => {
    await navigator.clipboard.writeText(location.href)
    setTold(say('copied'))
  }
  const workbook = async () => {
    try {
      await download('/sheets', { body: { title: name.slice(0, 100), rows: sheetOf(grid, language) } })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold(said(error.problems[0], language))
    }
  }
  const draw = async () => {
    const taken = await picture?.current?.()
    if (taken) save(taken.blob, `${name}.${taken.type}`)
  }
  return (
    <div className="exports no-print">
      {picture && <Button onClick={() => void draw()}>{say('picture')}</Button>}
      <Button onClick={() => void workbook()}>{say('xlsx')}</Button>
      <Button onClick={() => save(csvOf(sheetOf(grid, language)), `${name}.csv`)}>{say('csv')}</Button>
      <Button onClick={() => void copy()}>{say('link')}</Button>
      <span role="status" className="quiet">
        {told}
      </span>
    </div>
  )
}
