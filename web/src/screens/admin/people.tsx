import { App, Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { api, Refused } from '../../kit/api.ts'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { changed, useApi } from '../../kit/query.ts'
import type { Role } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Person {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly disabled: boolean
  readonly grants: readonly { readonly org: string; readonly role: Role }[]
}

const ROLES: Readonly<Record<Role, readonly [zh: string, en: string]>> = {
  clerk: ['录入员', 'Clerk'],
  manager: ['审核员', 'Manager'],
  analyst: ['统计员', 'Analyst'],
  auditor: ['审计员', 'Auditor'],
  administrator: ['管理员', 'Administrator'],
}

export default function People() {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const orgs = useOrgs()
  const { data } = useApi<{ people: Person[] }>('/people')
  const roleName = (role: Role) => ROLES[role][language === 'zh' ? 0 : 1]

  async function setDisabled({ id, disabled }: Person) {
    try {
      await api(`/people/${id}`, { method: 'PATCH', body: { disabled: !disabled } })
      await changed('/people')
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      message.error(said(error.problems[0], language))
    }
  }
  return (
    <>
      <NewPerson roleName={roleName} />
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('login')}</th>
              <th scope="col">{say('name')}</th>
              <th scope="col">{say('role')}</th>
              <th scope="col" aria-label={say('disable')} />
            </tr>
          </thead>
          <tbody>
            {data?.people.map(person => (
              <tr key={person.id}>
                <th scope="row">{person.login}</th>
                <td>
                  {person.name} {person.disabled && <span className="late">{say('disabled')}</span>}
                </td>
                <td>
                  {person.grants
                    .map(({ org, role }) => `${orgName(orgs, org, language)} ${roleName(role)}`)
                    .join(language === 'zh' ? '；' : '; ')}
                </td>
                <td>
                  <Button size="small" onClick={() => void setDisabled(person)}>
                    {person.disabled ? say('enable') : say('disable')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function NewPerson({ roleName }: { roleName: (role: Role) => string }) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const { org } = usePlace()
  const orgs = useOrgs()
  const [entered, setEntered] = useState({ login: '', name: '', password: '', role: 'clerk' as Role })
  const [refused, setRefused] = useState<string>()

  async function add(event: FormEvent) {
    event.preventDefault()
    const { role, ...person } = entered
    try {
      await api('/people', { body: { ...person, grants: [{ org, role }] } })
      await changed('/people')
      setRefused(undefined)
      setEntered({ login: '', name: '', password: '', role })
      message.success(say('added'))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(said(error.problems[0], language))
    }
  }
  const text = (name: 'login' | 'name' | 'password') => ({
    'aria-label': say(name),
    placeholder: say(name),
    required: true,
    autoComplete: 'off',
    style: { width: name === 'password' ? 240 : 130 },
    value: entered[name],
    onChange: ({ target }: { target: { value: string } }) => setEntered({ ...entered, [name]: target.value }),
  })
  return (
    <form className="toolbar" onSubmit={add}>
      <Input {...text('login')} />
      <Input {...text('name')} />
      <Input.Password {...text('password')} autoComplete="new-password" />
      <Select
        aria-label={say('role')}
        style={{ width: 110 }}
        value={entered.role}
        options={(Object.keys(ROLES) as Role[]).map(role => ({ value: role, label: roleName(role) }))}
        onChange={role => setEntered({ ...entered, role })}
      />
      <span className="quiet">{orgName(orgs, org, language)}</span>
      <Button htmlType="submit">{say('add')}</Button>
      {refused && (
        <span className="wrong" role="alert">
          {refused}
        </span>
      )}
    </form>
  )
}
