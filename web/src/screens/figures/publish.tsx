import { App, Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { MOVING, movingWords } from '../../../../src/kernel/disclosure/moving.ts'
import { api, Refused } from '../../kit/api.ts'
import { useIndicators } from '../../kit/declared.ts'
import { usePlace } from '../../kit/place.ts'
import { changed, useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { IndicatorPicker } from './indicator-picker.tsx'
import { useNames } from './names.ts'
import { useWords } from './publish-words.ts'

interface Disclosure {
  readonly id: string
  readonly indicator: string | null
  readonly period: string | null
  readonly report: string | null
}

interface ReportHead {
  readonly id: string
  readonly org: string
  readonly title: string
  readonly status: string
}

/** Chooses what a unit shows to the public. Nothing is shown by itself. */
export function Publish() {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const indicators = useIndicators()
  const { message } = App.useApp()
  const { org } = usePlace()
  const may = useMay('confirm')
  const path = `/orgs/${encodeURIComponent(org)}/disclosures`
  const shown = useApi<{ disclosures: Disclosure[] }>(path).data?.disclosures ?? []
  const reports = useApi<{ reports: ReportHead[] }>('/reports', { org, limit: 500 }).data?.reports ?? []
  const issued = reports.filter(one => one.org === org && one.status === 'issued')
  const [refused, setRefused] = useState('')
  const page = `/app/public/${encodeURIComponent(org)}`

  async function add(what: { indicator: string; period: string } | { report: string }) {
    setRefused('')
    try {
      await api(path, { body: what })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(said(error.problems[0], language))
    }
    await changed('/orgs/')
  }

  async function remove(one: Disclosure, name: string) {
    setRefused('')
    try {
      await api(`${path}/${one.id}`, { method: 'DELETE' })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return setRefused(said(error.problems[0], language))
    }
    await changed('/orgs/')
    const again =
      one.report === null ? { indicator: one.indicator ?? '', period: one.period ?? '' } : { report: one.report }
    message.open({
      key: one.id,
      type: 'success',
      duration: 8,
      content: (
        <>
          {say('removed', { name })}{' '}
          <Button
            size="small"
            onClick={() => {
              message.destroy(one.id)
              void add(again)
            }}
          >
            {say('undo')}
          </Button>
        </>
      ),
    })
  }

  const nameOf = ({ indicator, period, report }: Disclosure): string => {
    if (report !== null) return reports.find(({ id }) => id === report)?.title ?? report
    const title = said(indicators?.find(one => one.indicator === indicator)?.title, language) || indicator || ''
    return `${title} · ${said(movingWords(period ?? '') ?? undefined, language) || names.period(period ?? '')}`
  }
  const list = (items: readonly Disclosure[], empty: string) =>
    items.length === 0 ? (
      <p className="quiet">{empty}</p>
    ) : (
      <ul className="plain-list">
        {items.map(one => (
          <li key={one.id}>
            <span>{nameOf(one)}</span>
            {may && (
              <Button
                size="small"
                type="text"
                aria-label={say('removeOf', { name: nameOf(one) })}
                onClick={() => void remove(one, nameOf(one))}
              >
                {say('remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    )
  const waiting = issued.filter(({ id }) => !shown.some(({ report }) => report === id))
  return (
    <div className="publish">
      <div className="title-line">
        <h1>
          {say('title')} <span className="quiet">{names.org(org)}</span>
        </h1>
        <span className="actions">
          <Link to={`/figures?org=${encodeURIComponent(org)}`}>{say('back')}</Link>
          {shown.length > 0 && (
            <a href={page} target="_blank" rel="noreferrer">
              {say('see')}
            </a>
          )}
        </span>
      </div>
      <p>{say('about')}</p>
      {!may && <p className="quiet">{say('denied')}</p>}
      {refused && (
        <p className="wrong" role="alert">
          {refused}
        </p>
      )}
      <h2>{say('figures')}</h2>
      {list(
        shown.filter(({ report }) => report === null),
        say('noFigures'),
      )}
      {may && <AddFigure onAdd={add} />}
      <h2>{say('reports')}</h2>
      {list(
        shown.filter(({ report }) => report !== null),
        say(issued.length === 0 ? 'noIssued' : 'noReports'),
      )}
      {may && waiting.length > 0 && (
        <ul className="plain-list">
          {waiting.map(({ id, title }) => (
            <li key={id}>
              <span className="quiet">{title}</span>
              <Button size="small" onClick={() => void add({ report: id })}>
                {say('add')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {shown.length > 0 && (
        <details>
          <summary>{say('embed')}</summary>
          <pre className="embed">{`<iframe src="${location.origin}${page}" width="100%" height="600" title="${names.org(org)}"></iframe>`}</pre>
        </details>
      )}
    </div>
  )
}

function AddFigure({ onAdd }: { onAdd: (figure: { indicator: string; period: string }) => Promise<void> }) {
  const say = useWords()
  const language = useLanguage()
  const indicators = useIndicators()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [moving, setMoving] = useState('this-year')
  const [fixed, setFixed] = useState('')
  async function enter(event: FormEvent) {
    event.preventDefault()
    const period = moving === '' ? fixed.trim() : moving
    for (const indicator of chosen) await onAdd({ indicator, period })
    setChosen([])
  }
  const titles = chosen.map(id => said(indicators?.find(({ indicator }) => indicator === id)?.title, language))
  return (
    <form className="controls" onSubmit={event => void enter(event)}>
      <IndicatorPicker chosen={chosen} onChoose={setChosen} most={20} />
      <span className="quiet">{titles.length > 0 ? titles.join(language === 'zh' ? '、' : ', ') : say('choose')}</span>
      <label>
        {say('period')}
        <select value={moving} onChange={({ target }) => setMoving(target.value)}>
          {Object.entries(MOVING).map(([value, words]) => (
            <option key={value} value={value}>
              {said(words, language)}
            </option>
          ))}
          <option value="">{say('fixed')}</option>
        </select>
      </label>
      {moving === '' && (
        <input
          aria-label={say('fixed')}
          placeholder="2024"
          title={say('help')}
          required
          size={10}
          value={fixed}
          onChange={({ target }) => setFixed(target.value)}
        />
      )}
      <Button type="primary" htmlType="submit" disabled={chosen.length === 0}>
        {say('add')}
      </Button>
    </form>
  )
}
