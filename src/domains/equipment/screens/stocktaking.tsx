import { Alert } from 'antd'
import { useState } from 'react'
import { api, intention, Refused } from '../../../../web/src/kit/api.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import { NumberInput } from './number-input.tsx'
import { OpenSelect, useOpen } from './open.tsx'
import { useWords } from './words.ts'

interface Scanned {
  readonly number: string
  readonly found: 'here' | 'elsewhere' | 'retired' | 'unknown'
  readonly isRepeat: boolean
  readonly model: string | null
  readonly unit: string | null
}

interface Differences {
  readonly booked: number
  readonly counted: number
  readonly agreed: number
  readonly count: number
  readonly differences: readonly {
    readonly number: string
    readonly sort: 'missing' | 'moved' | 'retired' | 'unknown'
    readonly booked: string | null
    readonly counted: string | null
  }[]
}

/** Stock-taking: tags are read one after another, and what does not agree with the register is told at once. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const open = useOpen('/domains/custody/open', org)
  const [told, setTold] = useState<{ type: 'success' | 'warning' | 'error'; text: string }>()
  const [isBusy, setBusy] = useState(false)
  const { data } = useApi<Differences>(open.id && '/domains/custody/differences', { org, take: open.id })
  async function count(number: string) {
    setBusy(true)
    try {
      const body = { org, take: open.id, number }
      const found = await api<Scanned>('/domains/custody/scan', { body, key: intention() })
      const text = say(found.found, { number, model: found.model ?? '', unit: found.unit ?? '' })
      setTold({
        type: found.found === 'here' ? 'success' : 'warning',
        text: found.isRepeat ? `${text}（${say('repeat')}）` : text,
      })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ type: 'error', text: said(error.problems[0], language) })
    } finally {
      setBusy(false)
    }
    await changed('/domains/custody')
  }
  return (
    <>
      <OpenSelect label={say('take')} none={say('noTake')} how={say('noTakeHow')} of={open} />
      {open.id && <NumberInput action={say('count')} isBusy={isBusy} onNumber={count} />}
      {told && <Alert type={told.type} showIcon title={told.text} role="status" style={{ marginTop: 12 }} />}
      {data && <Against differences={data} />}
    </>
  )
}

function Against({ differences: found }: { differences: Differences }) {
  const say = useWords()
  const { booked, counted, agreed, count } = found
  return (
    <>
      <p>{say('progress', { booked, counted, agreed, count })}</p>
      <h2>{say('differences')}</h2>
      {count === 0 ? (
        <p className="quiet">{say('none')}</p>
      ) : (
        <div style={{ overflowX: 'auto' }}>
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{say('number')}</th>
                <th scope="col">{say('sort')}</th>
                <th scope="col">{say('booked')}</th>
                <th scope="col">{say('counted')}</th>
              </tr>
            </thead>
            <tbody>
              {found.differences.slice(0, 200).map(one => (
                <tr key={one.number} data-sort={one.sort}>
                  <th scope="row">{one.number}</th>
                  <td>
                    {say(one.sort === 'retired' ? 'wasRetired' : one.sort === 'unknown' ? 'notListed' : one.sort)}
                  </td>
                  <td>{one.booked}</td>
                  <td>{one.counted}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
