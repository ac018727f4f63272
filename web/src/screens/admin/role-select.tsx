import { Select } from 'antd'
import type { Role } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { ROLES, roleName, useWords } from './people-words.ts'

export function RoleSelect({ id, value, onChange }: { id?: string; value: Role; onChange: (role: Role) => void }) {
  const say = useWords()
  const language = useLanguage()
  return (
    <Select
      id={id}
      aria-label={say('role')}
      style={{ minWidth: 110 }}
      popupMatchSelectWidth={260}
      value={value}
      options={ROLES.map(role => ({ value: role, label: roleName(role, language), title: say(`${role}May`) }))}
      optionRender={({ value: role, label }) => (
        <>
          {label} <span className="quiet">{say(`${role as Role}May`)}</span>
        </>
      )}
      onChange={onChange}
    />
  )
}
