import { Button } from 'antd'
import { useState } from 'react'
import { fieldsOf, type RecordType, useOrgs } from '../../kit/declared.ts'
import { shown, titleOf } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'
import type { Values } from './draft.ts'
import { useWords } from './words.ts'

interface Props {
  readonly type: RecordType
  /** What the record said when one began. */
  readonly base: Values
  readonly theirs: Values
  readonly mine: Values
  readonly onResolved: (values: Values) => void
  /** Leaves the record as others saved it. */
  readonly onGivenUp: () => void
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * What somebody else saved in between beside what one has entered oneself, field by field, to choose from. What only one
 * of the two changed is chosen already.
 */
export function Conflict({ type, base, theirs, mine, onResolved, onGivenUp }: Props) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const differing = fieldsOf(type).filter(({ name, computed }) => !computed && !same(theirs[name], mine[name]))
  const [chosen, setChosen] = useState<Readonly<Record<string, 'theirs' | 'mine'>>>(() =>
    Object.fromEntries(differing.map(({ name }) => [name, same(mine[name], base[name]) ? 'theirs' : 'mine'])),
  )
  const resolved = () => {
    const taken = differing.map(({ name }) => [name, chosen[name] === 'theirs' ? theirs[name] : mine[name]])
    onResolved({ ...theirs, ...Object.fromEntries(taken) })
  }
  return (
    <section className="notice conflict" role="alert">
      <p>{say('stale')}</p>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('field')}</th>
              <th scope="col">{say('before')}</th>
              <th scope="col">{say('theirs')}</th>
              <th scope="col">{say('mine')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(field => (
              <tr key={field.name}>
                <th scope="row">{titleOf(field, language)}</th>
                <td className="quiet">{shown(field, base[field.name], language, orgs) || '—'}</td>
                {(['theirs', 'mine'] as const).map(side => (
                  <td key={side}>
                    <label>
                      <input
                        type="radio"
                        name={`conflict-${field.name}`}
                        aria-label={`${said(field.title, language)} ${say(side)}`}
                        checked={chosen[field.name] === side}
                        onChange={() => setChosen({ ...chosen, [field.name]: side })}
                      />{' '}
                      {shown(field, (side === 'theirs' ? theirs : mine)[field.name], language, orgs) || '—'}
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="toolbar">
        <Button type="primary" onClick={resolved}>
          {say('saveChosen')}
        </Button>
        <Button onClick={onGivenUp}>{say('giveUp')}</Button>
      </div>
    </section>
  )
}
