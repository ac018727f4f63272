import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useMe } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { useAct } from './act.ts'
import { useWords } from './me-words.ts'
import { Labelled, Refusal } from './parts.tsx'
import { roleName } from './people-words.ts'
import { Tokens } from './tokens.tsx'

/** What a person does with their own account. */
export default function Me() {
  const language = useLanguage()
  const me = useMe()
  return (
    <div className="beside">
      <div>
        <h2>
          {me.name} <span className="quiet">{me.login}</span>
        </h2>
        <ul className="plain-list">
          {me.grants.map(({ org, name, role }) => (
            <li key={`${org} ${role}`}>
              <span>{name}</span>
              <span>{roleName(role, language)}</span>
            </li>
          ))}
        </ul>
        <Tokens />
      </div>
      <Password />
    </div>
  )
}

function Password() {
  const say = useWords()
  const { act, problem, wrongAt, waiting } = useAct()
  const [entered, setEntered] = useState({ current: '', password: '' })
  async function change(event: FormEvent) {
    event.preventDefault()
    if (await act('/me/password', { method: 'PUT', body: entered }, say('passwordChanged')))
      setEntered({ current: '', password: '' })
  }
  return (
    <form className="panel stack" aria-label={say('changePassword')} onSubmit={change}>
      <h2>{say('changePassword')}</h2>
      {(['current', 'password'] as const).map(name => (
        <Labelled key={name} title={say(name)} id={`my-${name}`} wrong={wrongAt(name)}>
          <Input.Password
            id={`my-${name}`}
            required
            autoComplete={name === 'current' ? 'current-password' : 'new-password'}
            value={entered[name]}
            onChange={({ target }) => setEntered({ ...entered, [name]: target.value })}
          />
        </Labelled>
      ))}
      <Refusal problem={problem} fields={['current', 'password']} />
      <p className="quiet">{say('passwordHelp')}</p>
      <Button htmlType="submit" loading={waiting}>
        {say('changePassword')}
      </Button>
    </form>
  )
}
