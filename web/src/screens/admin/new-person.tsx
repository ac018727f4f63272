import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { usePlace } from '../../kit/place.ts'
import type { Role } from '../../kit/session.tsx'
import { useAct } from './act.ts'
import { Labelled, OrgSelect, Refusal } from './parts.tsx'
import { useWords } from './people-words.ts'
import type { Person } from './person-panel.tsx'
import { RoleSelect } from './role-select.tsx'

const TEXTS = ['name', 'login', 'password'] as const

/** A new person with a first role. */
export function NewPerson({ onDone }: { onDone: (id: string) => void }) {
  const say = useWords()
  const { org: place } = usePlace()
  const { act, problem, wrongAt, waiting } = useAct()
  const [entered, setEntered] = useState({ login: '', name: '', password: '' })
  const [org, setOrg] = useState(place)
  const [role, setRole] = useState<Role>('clerk')
  async function add(event: FormEvent) {
    event.preventDefault()
    const made = await act<Person>(
      '/people',
      { body: { ...entered, grants: [{ org, role }] } },
      say('added'),
      '/people',
    )
    if (made) onDone(made.id)
  }
  return (
    <form className="panel stack" aria-label={say('add')} onSubmit={add}>
      <h2>{say('add')}</h2>
      {TEXTS.map(name => (
        <Labelled key={name} title={say(name)} id={`person-${name}`} wrong={wrongAt(name)}>
          <Input
            id={`person-${name}`}
            type={name === 'password' ? 'password' : 'text'}
            required
            autoComplete={name === 'password' ? 'new-password' : 'off'}
            value={entered[name]}
            onChange={({ target }) => setEntered({ ...entered, [name]: target.value })}
          />
        </Labelled>
      ))}
      <Labelled title={say('org')} id="person-org">
        <OrgSelect id="person-org" label={say('org')} value={org} onChange={setOrg} />
      </Labelled>
      <Labelled title={say('role')} id="person-role" wrong={wrongAt('role')}>
        <RoleSelect id="person-role" value={role} onChange={setRole} />
      </Labelled>
      <Refusal problem={problem} fields={[...TEXTS, 'role']} />
      <Button type="primary" htmlType="submit" loading={waiting}>
        {say('add')}
      </Button>
    </form>
  )
}
