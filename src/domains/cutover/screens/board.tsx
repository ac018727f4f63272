import { Alert, Button, Empty, Popconfirm, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, intention, Refused } from '../../../../web/src/kit/api.ts'
import type { Record_ } from '../../../../web/src/kit/declared.ts'
import { moment, today } from '../../../../web/src/kit/format.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import { useMay } from '../../../../web/src/kit/session.tsx'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import { gates } from '../topics.ts'
import type { Board, Counted, SiteState } from './answers.ts'
import './board.css'
import { Steps } from './steps.tsx'
import { useWords } from './words.ts'

const STATES: readonly SiteState[] = ['done', 'running', 'blocked', 'waiting', 'rolled-back']

/** How a campaign stands right now; follows every save. */
export function Screen() {
  const say = useWords()
  const { org } = usePlace()
  const [query, setQuery] = useSearchParams()
  const found = useApi<{ records: Record_[] }>('/types/cutover.campaign/records', { org, limit: 100 })
  const campaigns = found.data?.records ?? []
  const chosen = query.get('campaign') ?? campaigns.find(one => one.state === 'live')?.id ?? campaigns[0]?.id
  const { data } = useApi<Board>(chosen && '/domains/cutover/board', { org, campaign: chosen })
  if (found.data && campaigns.length === 0) return <Empty description={say('none')} />
  return (
    <>
      <Select
        aria-label={say('campaign')}
        style={{ width: '100%', maxWidth: 420 }}
        value={chosen}
        options={campaigns.map(({ id, fields }) => ({ value: id, label: `${fields.number} ${fields.title}` }))}
        onChange={id =>
          setQuery(now => {
            const next = new URLSearchParams(now)
            next.set('campaign', id)
            return next
          })
        }
      />
      {data && <Standing board={data} org={org} />}
    </>
  )
}

function Standing({ board, org }: { board: Board; org: string }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <>
      <Head board={board} org={org} />
      <ul className="cutover-tiles">
        {STATES.map(state => (
          <li key={state}>
            {say(state)}
            <b data-state={state}>{board.total[state]}</b>
          </li>
        ))}
      </ul>
      <h2>{say('districts')}</h2>
      <Districts board={board} />
      {board.batches.length > 0 && (
        <>
          <h2>{say('batches')}</h2>
          <ul className="cutover-list">
            {board.batches.map(batch => (
              <li key={batch.number}>
                {say('batch', { n: batch.number })} {say('batchDone', { ...batch })}
              </li>
            ))}
          </ul>
        </>
      )}
      {board.gates.length > 0 && (
        <>
          <h2>{say('gates')}</h2>
          <Space wrap>
            {board.gates.map(({ gate, needed, passed }) => (
              <Tag key={gate} data-passed={passed >= needed}>
                {passed >= needed ? '✓' : '✗'} {said(gates[gate as keyof typeof gates], language)}{' '}
                {say('gateDone', { passed, needed })}
              </Tag>
            ))}
          </Space>
        </>
      )}
      <Steps board={board} />
      <Hours board={board} />
      {board.incidents.length > 0 && (
        <>
          <h2>{say('incidents')}</h2>
          <ul className="cutover-list">
            {board.incidents.map(({ id, happenedAt, what, closedAt }) => (
              <li key={id}>
                <Link to={`/records/${id}`}>{moment(happenedAt, language)}</Link> {what}{' '}
                <Tag>{say(closedAt ? 'closed' : 'open')}</Tag>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Head({ board: { campaign }, org }: { board: Board; org: string }) {
  const say = useWords()
  const language = useLanguage()
  const mayEnter = useMay('enter')
  const [told, setTold] = useState<{ type: 'success' | 'error'; text: string }>()
  const { daysLate: late } = campaign
  async function rehearse() {
    try {
      const body = { org, campaign: campaign.id, on: today() }
      const made = await api<{ number: string; steps: number; sites: number }>('/domains/cutover/rehearse', {
        body,
        key: intention(),
      })
      setTold({ type: 'success', text: say('rehearsed', made) })
      await changed('/types/cutover', '/domains/cutover')
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ type: 'error', text: said(error.problems[0], language) })
    }
  }
  return (
    <>
      <p className="cutover-head">
        {say('window', { from: campaign.windowFrom, to: campaign.windowTo })}
        {campaign.approvedBy && `，${say('approvedBy', { name: campaign.approvedBy })}`}
        {campaign.liveOn && `，${say('liveOn', { day: campaign.liveOn })}`}
        {late !== null &&
          `，${late === 0 ? say('onTime') : late > 0 ? say('late', { n: late }) : say('early', { n: -late })}`}
        {' · '}
        <Link to={`/records/${campaign.id}`}>{campaign.title}</Link>
      </p>
      {mayEnter && (
        <Popconfirm
          title={say('rehearseSure')}
          okText={say('yes')}
          cancelText={say('no')}
          onConfirm={() => void rehearse()}
        >
          <Button size="small">{say('rehearse')}</Button>
        </Popconfirm>
      )}
      {told && <Alert type={told.type} showIcon title={told.text} role="status" style={{ marginTop: 8 }} />}
    </>
  )
}

function Districts({ board }: { board: Board }) {
  const say = useWords()
  return (
    <div className="cutover-wide">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('unit')}</th>
            {STATES.map(state => (
              <th key={state} scope="col">
                {say(state)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {board.districts.map(({ org, name, sites }) => (
            <tr key={org} data-org={org}>
              <th scope="row">{name}</th>
              {STATES.map(state => (
                <td key={state}>{sites[state]}</td>
              ))}
              <td>
                <Bar sites={sites} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Bar({ sites }: { sites: Counted }) {
  const all = STATES.reduce((sum, state) => sum + sites[state], 0)
  return (
    <div className="cutover-bar" aria-hidden="true">
      {(['done', 'running', 'blocked'] as const).map(state => (
        <i
          key={state}
          className={`cutover-${state}`}
          style={{ width: `${(100 * sites[state]) / Math.max(1, all)}%` }}
        />
      ))}
    </div>
  )
}

function Hours({ board: { hours } }: { board: Board }) {
  const say = useWords()
  if (hours.length === 0) return null
  return (
    <>
      <h2>{say('hours')}</h2>
      <div className="cutover-wide">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('hour')}</th>
              <th scope="col">{say('finished')}</th>
              <th scope="col">{say('cumulative')}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ hour, done, whole }) => (
              <tr key={hour}>
                <th scope="row">{hour}</th>
                <td>{done}</td>
                <td>{whole}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
