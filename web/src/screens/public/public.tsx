import { Skeleton } from 'antd'
import { useEffect } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { digits, moment, today, unitOfColumn } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { checkStatement, type Statement } from '../../proof/check.ts'
import { LanguageSwitch } from '../../shell/switches.tsx'
import { PublicReport } from './report.tsx'
import { Signed } from './signed.tsx'
import './public.css'
import { useWords } from './words.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

interface Page {
  readonly org: { readonly code: string; readonly name: string; readonly nameEn: string | null }
  readonly figures: readonly {
    readonly indicator: string
    readonly title: Words
    readonly period: string
    readonly periodWords: Words
    readonly moving: Words | null
    readonly value: number | null
    readonly unit: string
  }[]
  readonly reports: readonly {
    readonly id: string
    readonly title: string
    readonly number: string | null
    readonly issuedAt: string
  }[]
  readonly statement: Statement
}

/** What a unit shows to anybody, without signing in; made to stand in a frame of its web site. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org = '' } = useParams()
  const [query] = useSearchParams()
  const report = query.get('report')
  const path = `/public/${encodeURIComponent(org)}`
  const { data, error } = useApi<Page>(path)
  const name = data ? (language === 'en' && data.org.nameEn ? data.org.nameEn : data.org.name) : ''
  useEffect(() => {
    document.title = name ? `${name} · ${say('title')}` : say('title')
  }, [name, say])
  return (
    <main className="public">
      <header className="title-line">
        <h1>
          {name} <span className="quiet">{say('title')}</span>
        </h1>
        <LanguageSwitch />
      </header>
      {error ? (
        <p role="alert">{error.status === 404 ? say('nothing') : said(error.problems[0], language)}</p>
      ) : data === undefined ? (
        <Skeleton active />
      ) : report ? (
        <PublicReport org={org} id={report} />
      ) : (
        <Shown page={data} />
      )}
      <footer className="quiet">
        {say('motto')} · <a href={`${path}${report ? `/reports/${report}` : ''}`}>{say('plain')}</a>
      </footer>
    </main>
  )
}

function Shown({ page }: { page: Page }) {
  const say = useWords()
  const language = useLanguage()
  const { org, figures, reports, statement } = page
  const about = {
    org: org.code,
    figures: figures.map(({ indicator, period, value, unit }) => ({ indicator, period, value, unit })),
    reports: reports.map(({ id }) => ({ id })),
  }
  const { at } = JSON.parse(statement.body) as { at: string }
  return (
    <>
      {figures.length > 0 && (
        <section>
          <h2>{say('figures')}</h2>
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{say('indicator')}</th>
                <th scope="col">{say('period')}</th>
                <th scope="col" className="number">
                  {say('value')}
                </th>
              </tr>
            </thead>
            <tbody>
              {figures.map(one => (
                <tr key={`${one.indicator} ${one.period}`}>
                  <th scope="row">
                    {said(one.title, language)} <span className="unit quiet">{unitOfColumn(one.unit, language)}</span>
                  </th>
                  <td>
                    {said(one.periodWords, language)}
                    {one.moving && <span className="quiet"> {said(one.moving, language)}</span>}
                  </td>
                  <td className="number strong">{digits(one.value, one.unit, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">
            {say('asOf', { at: moment(at, language) })} · {say('live')}
          </p>
        </section>
      )}
      {reports.length > 0 && (
        <section>
          <h2>{say('reports')}</h2>
          <ul className="plain-list">
            {reports.map(({ id, title, number, issuedAt }) => (
              <li key={id}>
                <Link to={`?report=${id}`}>{title}</Link>
                <span className="quiet">
                  {number} {say('issued', { day: today(new Date(issuedAt)) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Signed key={statement.body} statement={statement} check={() => checkStatement(statement, about)} />
    </>
  )
}
