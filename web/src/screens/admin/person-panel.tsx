import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { type Role, useMe } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { useAct } from './act.ts'
import { Labelled, OrgSelect, Refusal } from './parts.tsx'
import { roleName, useWords } from './people-words.ts'
import { RoleSelect } from './role-select.tsx'

export interface Person {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly disabled: boolean
  readonly grants: readonly { readonly org: string; readonly role: Role }[]
}

/** One person: roles given and taken back, kept from signing in, a new password. */
export function PersonPanel({ person }: { person: Person }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const me = useMe()
  const { org: place } = usePlace()
  const { act, problem, wrongAt } = useAct()
  const [org, setOrg] = useState(place)
  const [role, setRole] = useState<Role>('clerk')
  const [password, setPassword] = useState('')
  const path = `/people/${person.id}`
  async function reset(event: FormEvent) {
    event.preventDefault()
    if (await act(`${path}/password`, { method: 'PUT', body: { password } }, say('passwordSet'))) setPassword('')
  }
  return (
    <section className="panel" aria-labelledby="person">
      <h2 id="person">
        {person.name} <span className="quiet">{person.login}</span>
      </h2>
      <ul className="plain-list">
        {person.grants.map(grant => (
          <li key={`${grant.org} ${grant.role}`}>
            <span>
              {orgName(orgs, grant.org, language)} · {roleName(grant.role, language)}
            </span>
            <Button
              size="small"
              aria-label={`${say('revoke')} ${orgName(orgs, grant.org, language)} ${roleName(grant.role, language)}`}
              onClick={() =>
                void act(`${path}/grants`, { method: 'DELETE', query: { ...grant } }, say('revoked'), '/people')
              }
            >
              {say('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <Refusal problem={problem} fields={['password']} />
      <form
        className="toolbar"
        onSubmit={event => {
          event.preventDefault()
          void act(`${path}/grants`, { body: { org, role } }, say('granted'), '/people')
        }}
      >
        <span className="grow">
          <OrgSelect label={say('org')} value={org} onChange={setOrg} />
        </span>
        <RoleSelect value={role} onChange={setRole} />
        <Button htmlType="submit">{say('grant')}</Button>
      </form>
      {person.id !== me.person && (
        <>
          <form className="stack" onSubmit={reset}>
            <Labelled title={say('newPassword')} id="new-password" wrong={wrongAt('password')}>
              <Input.Password
                id="new-password"
                required
                autoComplete="new-password"
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            </Labelled>
            <Button htmlType="submit" disabled={password === ''}>
              {say('setPassword')}
            </Button>
          </form>
          <p>
            <Button
              onClick={() =>
                void act(
                  path,
                  { method: 'PATCH', body: { disabled: !person.disabled } },
                  say(person.disabled ? 'enabledNow' : 'disabledNow'),
                  '/people',
                )
              }
            >
              {say(person.disabled ? 'enable' : 'disable')}
            </Button>{' '}
            <span className="quiet">{say('disableHelp')}</span>
          </p>
        </>
      )}
    </section>
  )
}
