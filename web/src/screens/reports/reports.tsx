import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api, Refused } from '../../kit/api.ts'
import { useOrgs, useTemplates } from '../../kit/declared.ts'
import { moment, orgName } from '../../kit/format.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { changed, useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { periodText } from '../../shell/place-picker.tsx'
import type { OvertakenFigure, Report, ReportHead } from './report-types.ts'
import './reports.css'
import { useWords } from './words.ts'

const FILTERS = ['all', 'draft', 'issued', 'withdrawn'] as const
type Filter = (typeof FILTERS)[number]

export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const query = usePlaceQuery()
  const orgs = useOrgs()
  const { data } = useApi<{ reports: ReportHead[] }>('/reports', { org })
  const overtaken = useApi<{ reports: { report: ReportHead; figures: OvertakenFigure[] }[] }>('/reports/overtaken', {
    org,
  })
  const [status, setStatus] = useState<Filter>('all')
  const shown = data?.reports.filter(report => status === 'all' || report.status === status)
  const changedIn = new Map(overtaken.data?.reports.map(({ report, figures }) => [report.id, figures.length]))
  return (
    <>
      <h1>{say('title')}</h1>
      <NewReport />
      {data?.reports.length === 0 && <p className="quiet">{say('none')}</p>}
      {data && data.reports.length > 0 && (
        <fieldset className="segments" aria-label={say('status')}>
          {FILTERS.map(one => (
            <button key={one} type="button" aria-pressed={one === status} onClick={() => setStatus(one)}>
              {say(one === 'all' ? 'all' : `${one}Status`)}
            </button>
          ))}
        </fieldset>
      )}
      {data && data.reports.length > 0 && shown?.length === 0 && <p className="quiet">{say('noneFor')}</p>}
      {shown && shown.length > 0 && (
        <div className="scroll">
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col" className="wide">
                  {say('org')}
                </th>
                <th scope="col" className="wide">
                  {say('period')}
                </th>
                <th scope="col">{say('status')}</th>
                <th scope="col" className="wide">
                  {say('when')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(report => (
                <tr key={report.id}>
                  <th scope="row">
                    <Link to={`/reports/${report.id}${query}`}>{report.title}</Link>
                    {report.number && <span className="quiet"> {report.number}</span>}
                  </th>
                  <td className="wide">{orgName(orgs, report.org, language)}</td>
                  <td className="wide">{periodText(report.period, language)}</td>
                  <td>
                    <span className={`state ${report.status}`}>{say(`${report.status}Status`)}</span>
                    {changedIn.has(report.id) && (
                      <span className="late"> ⚠ {say('overtaken', { n: changedIn.get(report.id)! })}</span>
                    )}
                  </td>
                  <td className="wide">{moment(report.issuedAt ?? report.createdAt, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

/** A draft from a template, for the place that is chosen above. */
function NewReport() {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { org, period } = usePlace()
  const query = usePlaceQuery()
  const orgs = useOrgs()
  const templates = useTemplates()
  const may = useMay('report')
  const [chosen, setChosen] = useState<string>()
  const [waiting, setWaiting] = useState(false)
  if (!may || !templates || !orgs) return null
  const root = orgs.find(one => one.code === orgs.find(unit => unit.code === org)?.root)
  const offered = templates.filter(({ kinds }) => kinds === null || kinds.includes(root?.kind ?? ''))
  const template = chosen ?? offered[0]?.template

  async function draft() {
    setWaiting(true)
    try {
      const report = await api<Report>('/reports', { body: { template, org, period, language } })
      await changed('/reports')
      navigate(`/reports/${report.id}${query}`)
    } catch (error) {
      if (error instanceof Refused) message.error(said(error.problems[0], language))
      else throw error
    } finally {
      setWaiting(false)
    }
  }
  return (
    <div className="toolbar no-print">
      <Select
        aria-label={say('template')}
        style={{ minWidth: 220 }}
        value={template}
        options={offered.map(one => ({ value: one.template, label: said(one.title, language) }))}
        onChange={setChosen}
      />
      <span className="quiet">
        {orgName(orgs, org, language)} · {periodText(period, language)}
      </span>
      <Button type="primary" loading={waiting} disabled={!template} onClick={() => void draft()}>
        {say('draft')}
      </Button>
    </div>
  )
}
