import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import type { Desk, Done, OpenCall, Shown } from './answers.ts'
import { CallForm } from './call-form.tsx'
import { OpenCalls } from './open-calls.tsx'
import './desk.css'
import { useWords } from './words.ts'

/** Clocks move by the minute even when nothing is saved. */
const LOOK_EVERY_MS = 20_000

/** The duty desk: who rings, who it is, what to answer, whom to send, and what is still open with its clock. */
export function Screen() {
  const say = useWords()
  const { org } = usePlace()
  const { message } = App.useApp()
  const { data } = useApi<Desk>('/domains/hotline/desk', { org }, { refetchInterval: LOOK_EVERY_MS })
  const [ring, setRing] = useState<Shown>()
  const [call, setCall] = useState<OpenCall>()
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set())
  const [round, setRound] = useState(0)
  const rings = (data?.rings ?? []).filter(one => !settled.has(one.id))
  const newest = rings[0]

  // A call that rings pops up by itself, unless somebody is being helped already.
  useEffect(() => {
    if (newest && !ring && !call) setRing(newest)
  }, [newest, ring, call])

  async function onDone({ envoy }: Done) {
    void message.success(envoy ? say('sent', { name: envoy }) : say('saved'))
    if (ring) setSettled(before => new Set(before).add(ring.id))
    setRing(undefined)
    setCall(undefined)
    setRound(before => before + 1)
    await changed('/domains/hotline', '/types/hotline', '/awaiting', '/figures')
  }

  return (
    <div className="desk">
      <div>
        <section aria-labelledby="rings">
          <h2 id="rings">{say('rings')}</h2>
          <p role="status" className="quiet">
            {rings.length === 0 ? say('noRing') : say('ringingNow', { n: rings.length })}
          </p>
          <ul className="plain-list">
            {rings.map(one => (
              <li key={one.id}>
                <strong>{String(one.fields.phone ?? say('hidden'))}</strong>
                <span className="quiet">{say(one.state === 'talking' ? 'talking' : 'ringing')}</span>
                <Button
                  type={one.id === ring?.id ? 'primary' : 'default'}
                  aria-pressed={one.id === ring?.id}
                  onClick={() => {
                    setCall(undefined)
                    setRing(one.id === ring?.id ? undefined : one)
                  }}
                >
                  {say('takeRing')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
        <CallForm
          key={`${call?.id ?? ''} ${round}`}
          org={org}
          ring={ring}
          call={call}
          onDone={onDone}
          onStop={() => setCall(undefined)}
        />
      </div>
      <div>
        <OpenCalls open={data?.open ?? []} chosen={call?.id} onChoose={setCall} />
        <section aria-labelledby="duty">
          <h2 id="duty">{say('duty')}</h2>
          <p>
            {data?.duty.map(({ fields }) => [fields.officer, fields.extension].filter(Boolean).join(' ')).join('，') ||
              say('noDuty')}
          </p>
          <p className="quiet">{say('today', { n: data?.today ?? 0 })}</p>
        </section>
      </div>
    </div>
  )
}
