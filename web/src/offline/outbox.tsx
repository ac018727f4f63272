import '../screens/ledger/ledger.css'
import { App, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { intention } from '../kit/api.ts'
import { useOrgs, useType } from '../kit/declared.ts'
import { moment, orgName } from '../kit/format.ts'
import { usePlaceQuery } from '../kit/place.ts'
import { recordName } from '../kit/reference-picker.tsx'
import { useMe } from '../kit/session.tsx'
import { said, useLanguage } from '../kit/words.ts'
import { recordsChanged } from '../screens/ledger/done.tsx'
import { Alike, Overtaken } from './conflicts.tsx'
import { forget, keep, type Queued, update, useQueue } from './queue.ts'
import { sync } from './sync.ts'
import { useWords } from './words.ts'

/** What waits on this device to be sent, and what the server would not take, to be mended. */
export function Screen() {
  const say = useWords()
  const { message } = App.useApp()
  const { person } = useMe()
  const queue = useQueue()
  const own = queue.filter(one => one.person === person)
  const others = queue.length - own.length
  const [isSending, setSending] = useState(false)
  async function send() {
    setSending(true)
    try {
      const { sent } = await sync(person)
      message.info(
        sent > 0 ? say('sentCount', { n: sent }) : navigator.onLine ? say('sentCount', { n: 0 }) : say('offline'),
      )
      if (sent > 0) await recordsChanged()
    } finally {
      setSending(false)
    }
  }
  const isWaiting = own.some(({ problems }) => problems.length === 0)
  return (
    <>
      <h1>{say('title')}</h1>
      {own.length === 0 && <p className="quiet">{say('none')}</p>}
      {isWaiting && (
        <Button type="primary" loading={isSending} onClick={() => void send()}>
          {say('sendNow')}
        </Button>
      )}
      <ol className="outbox">
        {own.map(one => (
          <Item key={one.n} one={one} onSend={() => void send()} />
        ))}
      </ol>
      {others > 0 && <p className="quiet">{say('others', { n: others })}</p>}
    </>
  )
}

function Item({ one, onSend }: { one: Queued; onSend: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const orgs = useOrgs()
  const place = usePlaceQuery()
  const type = useType(one.type)
  if (!type) return null
  const isRefused = one.problems.length > 0
  const isThere = one.kind === 'create' && one.record !== undefined
  const code = one.problems[0]?.code

  /** Puts it into the queue again, as another intention than the one that was refused. */
  async function again(more: Partial<Queued>) {
    await update({ ...one, ...more, key: intention(), tries: 0, problems: [] } as Queued)
    onSend()
  }
  async function drop() {
    await forget(one.n)
    const { n: _, ...kept } = one
    message.open({
      type: 'success',
      key: 'dropped',
      duration: 8,
      content: (
        <>
          {say('dropped')}{' '}
          <button
            type="button"
            className="plain undo"
            onClick={() => {
              message.destroy('dropped')
              void keep(kept)
            }}
          >
            {say('restore')}
          </button>
        </>
      ),
    })
  }
  return (
    <li className="notice">
      <strong>
        {say(one.kind === 'create' ? 'entry' : 'change')} {said(type.title, language)}
      </strong>{' '}
      {recordName(type, { fields: one.kind === 'change' ? { ...one.base, ...one.fields } : one.fields }, language)}
      <br />
      <span className="quiet">
        {orgName(orgs, one.org, language)} · {moment(one.at, language)}
        {one.files.length > 0 && ` · ${say('files', { n: one.files.length })}`}
        {' · '}
        {say(isThere ? 'onlyFiles' : isRefused ? 'refused' : 'waiting')}
      </span>{' '}
      {one.record !== undefined && <Link to={`/records/${one.record}${place}`}>{say('open')}</Link>}
      {one.problems.map(problem => (
        <span key={problem.code + (problem.field ?? '')} className="wrong">
          {said(problem, language)}
        </span>
      ))}
      {one.kind === 'change' && code === 'record/stale' && (
        <Overtaken
          type={type}
          one={one}
          onResolved={(version, base, fields) => void again({ version, base, fields })}
          onGivenUp={() => void drop()}
        />
      )}
      {one.kind === 'create' && code === 'record/similar' && <Alike type={type} one={one} />}
      {isRefused && (
        <div className="toolbar">
          {one.kind === 'create' && !isThere && code === 'record/similar' && (
            <Button type="primary" onClick={() => void again({ allowSimilar: true })}>
              {say('differs')}
            </Button>
          )}
          {one.kind === 'create' && !isThere && (
            <Link to={`/ledger/${one.type}/new${place}`} state={{ queued: one.n }}>
              {say('mend')}
            </Link>
          )}
          {code !== 'record/stale' && code !== 'record/similar' && (
            <Button onClick={() => void again({})}>{say('again')}</Button>
          )}
          {code !== 'record/stale' && (
            <Button type="text" onClick={() => void drop()}>
              {say('drop')}
            </Button>
          )}
        </div>
      )}
      {!isRefused && one.tries === 0 && (
        // What was sent may have arrived: it can no longer be taken back here.
        <Button type="text" onClick={() => void drop()}>
          {say('drop')}
        </Button>
      )}
    </li>
  )
}
