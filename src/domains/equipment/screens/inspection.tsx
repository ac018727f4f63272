import { Alert, Button, Input, Space } from 'antd'
import { useState } from 'react'
import { api, intention, Refused } from '../../../../web/src/kit/api.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import { NumberInput } from './number-input.tsx'
import { OpenSelect, useOpen } from './open.tsx'
import { useWords } from './words.ts'

interface Counts {
  readonly devices: number
  readonly checked: number
  readonly faulty: number
  readonly open: number
}

type Progress = Counts & { readonly units: readonly (Counts & { readonly org: string; readonly name: string })[] }

/** A round of inspection: read a tag, say whether the device is in order; how far each unit has come stands beneath. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const open = useOpen('/domains/inspection/open', org)
  const [finding, setFinding] = useState<string>()
  const [told, setTold] = useState<{ type: 'success' | 'warning' | 'error'; text: string }>()
  const [isBusy, setBusy] = useState(false)
  const { data } = useApi<Progress>(open.id && '/domains/inspection/progress', { org, round: open.id })
  async function inspect(number: string) {
    setBusy(true)
    try {
      const body = { org, round: open.id, number, ...(finding?.trim() ? { finding: finding.trim() } : {}) }
      const { model } = await api<{ model: string }>('/domains/inspection/inspect', { body, key: intention() })
      setTold(
        body.finding
          ? { type: 'warning', text: say('checkedFaulty', { number, model }) }
          : { type: 'success', text: say('checkedSound', { number, model }) },
      )
      setFinding(undefined)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ type: 'error', text: said(error.problems[0], language) })
    } finally {
      setBusy(false)
    }
    await changed('/domains/inspection', '/types/inspection')
  }
  return (
    <>
      <OpenSelect label={say('round')} none={say('noRound')} how={say('noRoundHow')} of={open} />
      {open.id && (
        <>
          <Space wrap style={{ marginBottom: 12 }}>
            <Button
              type={finding === undefined ? 'primary' : 'default'}
              aria-pressed={finding === undefined}
              onClick={() => setFinding(undefined)}
            >
              {say('sound')}
            </Button>
            <Button
              type={finding === undefined ? 'default' : 'primary'}
              aria-pressed={finding !== undefined}
              onClick={() => setFinding(finding ?? '')}
            >
              {say('faulty')}
            </Button>
          </Space>
          {finding !== undefined && (
            <Input
              aria-label={say('finding')}
              placeholder={say('finding')}
              style={{ maxWidth: 520, display: 'block', marginBottom: 12 }}
              value={finding}
              maxLength={300}
              onChange={({ target }) => setFinding(target.value)}
            />
          )}
          <NumberInput
            action={say(finding === undefined ? 'sound' : 'faulty')}
            isBusy={isBusy}
            isReady={finding?.trim() !== ''}
            onNumber={inspect}
          />
        </>
      )}
      {told && <Alert type={told.type} showIcon title={told.text} role="status" style={{ marginTop: 12 }} />}
      {data && <Units progress={data} />}
    </>
  )
}

function Units({ progress }: { progress: Progress }) {
  const say = useWords()
  const { devices, checked, faulty, open } = progress
  return (
    <>
      <p>{say('roundProgress', { devices, checked, faulty, open })}</p>
      <h2>{say('units')}</h2>
      <div style={{ overflowX: 'auto' }}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('unit')}</th>
              <th scope="col">{say('checked')}</th>
              <th scope="col">{say('devices')}</th>
              <th scope="col">{say('open')}</th>
            </tr>
          </thead>
          <tbody>
            {progress.units.map(one => (
              <tr key={one.org} data-org={one.org}>
                <th scope="row">{one.name}</th>
                <td>{one.checked}</td>
                <td>{one.devices}</td>
                <td>{one.open}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
