import { Button } from 'antd'
import { useOrgs } from '../../../../web/src/kit/declared.ts'
import { orgName } from '../../../../web/src/kit/format.ts'
import { useLanguage } from '../../../../web/src/kit/words.ts'
import type { OpenCall } from './answers.ts'
import { useWords } from './words.ts'

interface Props {
  readonly open: readonly OpenCall[]
  readonly chosen: string | undefined
  readonly onChoose: (call: OpenCall) => void
}

/** Calls that wait, the one due first on top, each with the minutes its promise still has. */
export function OpenCalls({ open, chosen, onChoose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  return (
    <section aria-labelledby="open-calls">
      <h2 id="open-calls">{say('open')}</h2>
      {open.length === 0 && <p className="quiet">{say('noOpen')}</p>}
      <ul className="plain-list">
        {open.map(one => (
          <li key={one.id}>
            <span>
              {String(one.fields.question)}
              <br />
              <span className="quiet">
                {one.fields.village ? orgName(orgs, String(one.fields.village), language) : ''} {one.day}
              </span>
            </span>
            <span className={one.late ? 'late' : 'number'}>
              {one.late ? say('late', { n: -one.minutesLeft }) : say('left', { n: one.minutesLeft })}
            </span>
            <Button
              aria-pressed={one.id === chosen}
              type={one.id === chosen ? 'primary' : 'default'}
              onClick={() => onChoose(one)}
            >
              {say('handle')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
