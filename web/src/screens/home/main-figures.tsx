import { lazy, Suspense, useMemo, useState } from 'react'
import { lastYear, parsePeriod } from '../../../../src/kernel/period/period.ts'
import { addressOf } from '../../../../src/kernel/reports/address.ts'
import { change, changeText } from '../../kit/change.ts'
import { type Indicator, useDomains, useIndicators } from '../../kit/declared.ts'
import { useFigures } from '../../kit/figures.ts'
import { digits, unitOfColumn } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useExplained } from '../figures/explain/address.ts'
import { Moving } from './moving.tsx'
import { Spark } from './spark.tsx'
import { useWords } from './words.ts'

const ExplainPanel = lazy(() => import('../figures/explain/explain-panel.tsx'))

interface Target {
  readonly indicator: string
  readonly value: number
}

export function MainFigures({ org, period }: { org: string; period: string }) {
  const say = useWords()
  const language = useLanguage()
  const domains = useDomains()
  const indicators = useIndicators()
  const parsed = parsePeriod(period)
  const before = parsed.ok ? lastYear(parsed.value).text : undefined
  const asked = useMemo(
    () =>
      indicators?.flatMap(({ indicator }) =>
        before
          ? [
              { indicator, org, period },
              { indicator, org, period: before },
            ]
          : [],
      ),
    [indicators, org, period, before],
  )
  const found = useFigures(asked)
  const values = useMemo(() => {
    const pairs = found.data?.figures ?? []
    return new Map(
      pairs.flatMap((now, i) =>
        i % 2 === 0 ? [[now.indicator, [now.value, pairs[i + 1]?.value ?? null]] as const] : [],
      ),
    )
  }, [found.data])
  // How many units there are is no doing of the period: a unit that did nothing is told so.
  const told = (indicators ?? []).filter(
    ({ indicator, kind }) => kind !== 'units' && values.get(indicator)?.some(value => value),
  )
  const trends = useFigures(
    told.length > 0 && parsed.ok && parsed.value.days > 31
      ? told.map(({ indicator }) => ({ indicator, org, period, by: 'month' }))
      : undefined,
  )
  const targets = useApi<{ targets: Target[] }>('/targets/held', { org, period })
  const trendOf = new Map(trends.data?.figures.map(one => [one.indicator, one.rows ?? []]))
  const targetOf = (id: string) => targets.data?.targets.find(one => one.indicator === id)?.value
  const explained = useExplained()
  const [moved, setMoved] = useState('')
  if (found.error) return <p className="wrong">{said(found.error.problems[0], language)}</p>
  if (!found.data || !indicators) return <Waiting />
  if (told.length === 0) return <p className="quiet">{say('nothing')}</p>
  return (
    <>
      <p role="status" className="visually-hidden">
        {moved}
      </p>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('indicator')}</th>
            <th scope="col" className="number">
              {say('value')}
            </th>
            <th scope="col" className="number wide">
              {say('before')}
            </th>
            <th scope="col" className="number">
              {say('growth')}
            </th>
            <th scope="col" className="number wide">
              {say('target')}
            </th>
            <th scope="col" className="wide trend">
              {say('trend')}
            </th>
          </tr>
        </thead>
        {domains?.map(({ domain, title }) => {
          const own = told.filter(one => one.domain === domain)
          return own.length === 0 ? null : (
            <tbody key={domain}>
              <tr className="group">
                <th scope="colgroup" colSpan={6}>
                  {said(title, language)}
                </th>
              </tr>
              {own.map(one => (
                <Row
                  key={`${one.indicator} ${org} ${period}`}
                  indicator={one}
                  org={org}
                  period={period}
                  value={values.get(one.indicator)![0]}
                  before={values.get(one.indicator)![1]}
                  target={targetOf(one.indicator)}
                  trend={trendOf.get(one.indicator)}
                  onExplain={explained.open}
                  onMoved={setMoved}
                />
              ))}
            </tbody>
          )
        })}
      </table>
      {explained.address && (
        <Suspense fallback={null}>
          <ExplainPanel />
        </Suspense>
      )}
    </>
  )
}

/** Where the figures will stand, until they are here. */
const Waiting = () => (
  <div className="waiting" aria-hidden="true">
    {Array.from({ length: 8 }, (_, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
      <span key={i} />
    ))}
  </div>
)

interface RowProps {
  readonly indicator: Indicator
  readonly org: string
  readonly period: string
  readonly value: number | null
  readonly before: number | null
  readonly target: number | undefined
  readonly trend: readonly { readonly key: string; readonly value: number | null }[] | undefined
  readonly onExplain: (address: string) => void
  /** Told in words that the figure has moved. */
  readonly onMoved: (words: string) => void
}

function Row({ indicator, org, period, value, before, target, trend, onExplain, onMoved }: RowProps) {
  const say = useWords()
  const language = useLanguage()
  const title = said(indicator.title, language)
  const address = addressOf({ indicator: indicator.indicator, org, period })
  const share = target && value !== null ? value / target : undefined
  return (
    <tr data-figure={address}>
      <th scope="row">
        {title} <span className="quiet unit">{unitOfColumn(indicator.unit, language)}</span>
      </th>
      <td className="number">
        <Moving value={value} unit={indicator.unit} name={title} onOpen={() => onExplain(address)} onMoved={onMoved} />
      </td>
      <td className="number wide">{digits(before, indicator.unit, language)}</td>
      <td className="number">{changeText(change(value, before, indicator.unit), indicator.unit, language, '')}</td>
      <td className="number wide">
        {target !== undefined && (
          <>
            {digits(target, indicator.unit, language)}
            {share !== undefined && (
              <span className="quiet"> {say('reached', { share: `${Math.round(share * 1000) / 10}%` })}</span>
            )}
          </>
        )}
      </td>
      <td className="wide">
        {trend && (
          <Spark
            values={trend.map(row => row.value)}
            label={say('trendOf', {
              name: title,
              values: trend.map(row => `${row.key} ${digits(row.value, indicator.unit, language)}`).join('; '),
            })}
          />
        )}
      </td>
    </tr>
  )
}
