import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { NewPerson } from './new-person.tsx'
import { roleName, useWords } from './people-words.ts'
import { type Person, PersonPanel } from './person-panel.tsx'

/** Who may sign in, and with which roles where. */
export default function People() {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const { data } = useApi<{ people: Person[] }>('/people')
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<string>()
  if (!data) return <Skeleton active title={false} />
  const text = sought.trim().toLowerCase()
  const shown = data.people.filter(
    ({ login, name, grants }) =>
      login.toLowerCase().includes(text) ||
      name.includes(text) ||
      grants.some(({ org }) => orgName(orgs, org, language).includes(text)),
  )
  const person = data.people.find(({ id }) => id === chosen)
  return (
    <>
      <div className="toolbar">
        <Input
          allowClear
          aria-label={say('find')}
          placeholder={say('find')}
          style={{ width: 260 }}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
        <Button type="primary" onClick={() => setChosen('new')}>
          {say('add')}
        </Button>
      </div>
      <div className="beside">
        <div className="scroll">
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{say('login')}</th>
                <th scope="col">{say('name')}</th>
                <th scope="col">{say('role')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(one => (
                <tr key={one.id} className={one.id === chosen ? 'chosen' : undefined}>
                  <th scope="row">
                    <button type="button" className="plain" onClick={() => setChosen(one.id)}>
                      {one.login}
                    </button>
                  </th>
                  <td>
                    {one.name} {one.disabled && <span className="late">{say('disabled')}</span>}
                  </td>
                  <td>
                    {one.grants
                      .map(({ org, role }) => `${orgName(orgs, org, language)} ${roleName(role, language)}`)
                      .join(language === 'zh' ? '；' : '; ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p className="quiet">{say('nobody')}</p>}
        </div>
        {chosen === 'new' ? (
          <NewPerson onDone={setChosen} />
        ) : person ? (
          <PersonPanel key={person.id} person={person} />
        ) : (
          <p className="quiet">{say('choose')}</p>
        )}
      </div>
    </>
  )
}
