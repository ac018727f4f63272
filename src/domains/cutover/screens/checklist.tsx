import { Alert, Button, Empty, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { api, intention, Refused } from '../../../../web/src/kit/api.ts'
import type { Record_ } from '../../../../web/src/kit/declared.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import type { Checklist } from './answers.ts'
import './board.css'
import { useWords } from './words.ts'

/** One site on a phone: start it, tick what was checked, finish it, or say what blocks it. */
export function Screen() {
  const say = useWords()
  const { org } = usePlace()
  const [chosen, setChosen] = useState<string>()
  const found = useApi<{ records: Record_[] }>('/types/cutover.site/records', {
    org,
    state: ['waiting', 'running', 'blocked'],
    sort: 'day',
    limit: 200,
  })
  const sites = found.data?.records ?? []
  const site = chosen ?? sites[0]?.id
  const { data } = useApi<Checklist>(site && '/domains/cutover/checklist', { org, site })
  if (found.data && !site) return <Empty description={say('noSites')} />
  return (
    <div className="cutover-check" style={{ maxWidth: 560 }}>
      <Select
        aria-label={say('site')}
        style={{ width: '100%' }}
        value={site}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={setChosen}
        options={sites.map(({ id, day, fields }) => ({ value: id, label: `${fields.name} ${day}` }))}
      />
      {data && <Site key={data.id} site={data} />}
    </div>
  )
}

const now = () => new Date().toISOString()

function Site({ site }: { site: Checklist }) {
  const say = useWords()
  const language = useLanguage()
  const [wrong, setWrong] = useState<string>()
  const [why, setWhy] = useState<string>()
  const checked = site.items.filter(one => one.checkedAt !== null)
  async function change(body: { state?: string; fields?: Record<string, unknown> }) {
    try {
      await api(`/records/${site.id}`, { method: 'PATCH', body, ifMatch: site.version, key: intention() })
      setWrong(undefined)
      setWhy(undefined)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setWrong(said(error.problems[0], language))
    }
    await changed('/domains/cutover', '/types/cutover')
  }
  const tick = (item: string, on: boolean) => {
    const others = checked.filter(one => one.item !== item)
    return change({ fields: { checks: on ? [...others, { item, checkedAt: now() }] : others } })
  }
  const start = () => change({ state: 'running', fields: { startedAt: now(), blockedBy: null } })
  return (
    <>
      <p>
        {site.campaign} · {say(site.state)} · {say('checked', { done: checked.length, all: site.items.length })}
      </p>
      {wrong && <Alert type="error" showIcon title={wrong} role="alert" style={{ marginBottom: 8 }} />}
      {site.state === 'done' && <Alert type="success" showIcon title={say('isDone')} />}
      <ul>
        {site.items.map(({ item, checkedAt }) => (
          <li key={item}>
            <label>
              <input
                type="checkbox"
                checked={checkedAt !== null}
                disabled={site.state !== 'running'}
                onChange={({ target }) => void tick(item, target.checked)}
              />
              {item}
            </label>
          </li>
        ))}
      </ul>
      <Space wrap>
        {(site.state === 'waiting' || site.state === 'blocked') && (
          <Button type="primary" size="large" onClick={() => void start()}>
            {say(site.state === 'waiting' ? 'start' : 'resume')}
          </Button>
        )}
        {site.state === 'running' && (
          <Button
            type="primary"
            size="large"
            disabled={checked.length < site.items.length}
            onClick={() => void change({ state: 'done', fields: { finishedAt: now() } })}
          >
            {say('finish')}
          </Button>
        )}
        {(site.state === 'running' || site.state === 'waiting') && why === undefined && (
          <Button size="large" onClick={() => setWhy('')}>
            {say('block')}
          </Button>
        )}
      </Space>
      {why !== undefined && (
        <Space.Compact style={{ width: '100%', marginTop: 12 }}>
          <Input
            aria-label={say('why')}
            placeholder={say('why')}
            value={why}
            onChange={({ target }) => setWhy(target.value)}
          />
          <Button
            danger
            disabled={why.trim() === ''}
            onClick={() => void change({ state: 'blocked', fields: { blockedBy: why } })}
          >
            {say('block')}
          </Button>
        </Space.Compact>
      )}
    </>
  )
}
