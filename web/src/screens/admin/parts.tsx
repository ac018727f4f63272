import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { Problem } from '../../kit/api.ts'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'

/** A field with its title above and what is wrong with it beneath. */
export function Labelled(props: { title: string; id: string; wrong?: string | undefined; children: ReactNode }) {
  return (
    <div className="labelled">
      <label htmlFor={props.id}>{props.title}</label>
      {props.children}
      {props.wrong && (
        <span className="wrong" role="alert">
          {props.wrong}
        </span>
      )}
    </div>
  )
}

/** What was refused and belongs to none of the fields that are shown. */
export function Refusal({ problem, fields = [] }: { problem: Problem | undefined; fields?: readonly string[] }) {
  const language = useLanguage()
  if (!problem || (problem.field !== undefined && fields.includes(problem.field))) return null
  return (
    <p className="wrong" role="alert">
      {said(problem, language)}
    </p>
  )
}

interface OrgSelectProps {
  readonly id?: string
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (code: string) => void
  readonly without?: string
}

/** An org unit by name or code. */
export function OrgSelect({ id, label, value, onChange, without }: OrgSelectProps) {
  const language = useLanguage()
  const orgs = useOrgs()
  return (
    <Select
      id={id}
      aria-label={label}
      placeholder={label}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={320}
      value={value}
      options={(orgs ?? [])
        .filter(({ code }) => code !== without)
        .map(({ code }) => ({ value: code, label: `${orgName(orgs, code, language)} ${code}` }))}
      onChange={onChange}
    />
  )
}
