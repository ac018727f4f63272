import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { lastYear, parsePeriod } from '../../../../src/kernel/period/period.ts'
import { api, type Refused } from '../../kit/api.ts'
import { type Indicator, useDomains, useIndicators } from '../../kit/declared.ts'
import { digits, unitOfColumn } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { Spark } from './spark.tsx'
import { useWords } from './words.ts'

interface Figure {
  readonly indicator: string
  readonly value: number | null
  readonly rows?: readonly { readonly key: string; readonly value: number | null }[]
}
type Asked = { indicator: string; org: string; period: string; by?: string }

/** Many figures in one request; keyed so that a live change asks them anew. */
function useFigures(asked: readonly Asked[] | undefined) {
  return useQuery<{ figures: Figure[] }, Refused>({
    queryKey: ['/figures', asked],
    queryFn: ({ signal }) => api('/figures', { body: { figures: asked }, signal }),
    enabled: asked !== undefined && asked.length > 0,
    placeholderData: before => before,
  })
}

interface Target {
  readonly indicator: string
  readonly org: string
  readonly value: number
  readonly where: Readonly<Record<string, string>>
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
  const told = (indicators ?? []).filter(({ indicator }) => values.get(indicator)?.some(value => value))
  const trends = useFigures(
    told.length > 0 && parsed.ok && parsed.value.days > 31
      ? told.filter(({ kind }) => kind !== 'formula').map(({ indicator }) => ({ indicator, org, period, by: 'month' }))
      : undefined,
  )
  const targets = useApi<{ targets: Target[] }>('/targets', { org, period })
  const trendOf = new Map(trends.data?.figures.map(one => [one.indicator, one.rows ?? []]))
  const targetOf = (id: string) =>
    targets.data?.targets.find(one => one.indicator === id && one.org === org && Object.keys(one.where).length === 0)
      ?.value
  if (found.error) return <p className="wrong">{said(found.error.problems[0], language)}</p>
  if (!found.data || !indicators) return <p className="quiet">…</p>
  if (told.length === 0) return <p className="quiet">{say('nothing')}</p>
  return (
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
          <th scope="col" className="wide">
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
                key={one.indicator}
                indicator={one}
                org={org}
                period={period}
                value={values.get(one.indicator)![0]}
                before={values.get(one.indicator)![1]}
                target={targetOf(one.indicator)}
                trend={trendOf.get(one.indicator)}
              />
            ))}
          </tbody>
        )
      })}
    </table>
  )
}

interface RowProps {
  readonly indicator: Indicator
  readonly org: string
  readonly period: string
  readonly value: number | null
  readonly before: number | null
  readonly target: number | undefined
  readonly trend: readonly { readonly key: string; readonly value: number | null }[] | undefined
}

function Row({ indicator, org, period, value, before, target, trend }: RowProps) {
  const say = useWords()
  const language = useLanguage()
  const title = said(indicator.title, language)
  const address = `/figures?indicator=${indicator.indicator}&org=${encodeURIComponent(org)}&period=${encodeURIComponent(period)}&explain=1`
  const share = target && value !== null ? value / target : undefined
  return (
    <tr data-figure={`${indicator.indicator}?org=${org}&period=${period}`}>
      <th scope="row">
        {title} <span className="quiet unit">{unitOfColumn(indicator.unit, language)}</span>
      </th>
      <td className="number">
        <Link to={address}>{digits(value, indicator.unit, language)}</Link>
      </td>
      <td className="number wide">{digits(before, indicator.unit, language)}</td>
      <td className="number">{growth(value, before, indicator)}</td>
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
            values={trend.map(row => row.value ?? 0)}
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

/** Against the same period last year: a ratio's change in points, anything else in percent. */
function growth(value: number | null, before: number | null, { unit }: Indicator): string {
  if (value === null || before === null) return ''
  if (unit === 'percent' || unit === 'ratio') {
    const points = Math.round((value - before) * 1000) / 10
    return points === 0 ? '0' : `${points > 0 ? '+' : ''}${points}`
  }
  if (before === 0) return ''
  const percent = Math.round(((value - before) / before) * 1000) / 10
  return `${percent > 0 ? '+' : ''}${percent}%`
}
