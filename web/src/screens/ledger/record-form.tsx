import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useDeferredValue, useId, useMemo } from 'react'
import { Link } from 'react-router'
import type { Problem } from '../../kit/api.ts'
import { api } from '../../kit/api.ts'
import { fieldsOf, type Record_, type RecordType } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { titleOf } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { recordName } from '../../kit/reference-picker.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

export type Values = Readonly<Record<string, unknown>>

interface Props {
  readonly type: RecordType
  readonly org: string
  readonly values: Values
  readonly onChange: (values: Values) => void
  readonly problems: readonly Problem[]
  /** The record being changed, which does not look like itself. */
  readonly except?: string
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** Every field of a type as the declaration has it, by sections, with what was refused beside the field it concerns. */
export function RecordForm({ type, org, values, onChange, problems, except, onSubmit, children }: Props) {
  const language = useLanguage()
  const fields = useMemo(() => fieldsOf(type).filter(field => !field.computed), [type])
  const problemAt = (name: string) => problems.filter(({ field }) => field?.split(/[.[]/)[0] === name)
  const elsewhere = problems.filter(({ field }) => !fields.some(({ name }) => field?.split(/[.[]/)[0] === name))
  const put = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = values
    onChange(value === undefined ? rest : { ...rest, [name]: value })
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  const sections = [...new Set(fields.map(({ section }) => said(section, language)))]
  return (
    <form className="record-form" onSubmit={submit} noValidate>
      {elsewhere.map(problem => (
        <p key={problem.code} className="wrong" role="alert">
          {said(problem, language)}
        </p>
      ))}
      {sections.map(section => (
        <div key={section} className="record-fields">
          {section && <h2>{section}</h2>}
          {fields
            .filter(field => said(field.section, language) === section)
            .map(field => (
              <Labelled
                key={field.name}
                title={titleOf(field, language)}
                help={said(field.help, language)}
                required={field.required}
                wide={field.multiline || field.kind === 'rows'}
                problems={problemAt(field.name)}
              >
                {(id, describedBy) => (
                  <FieldInput
                    id={id}
                    describedBy={describedBy}
                    invalid={problemAt(field.name).length > 0}
                    info={field}
                    org={org}
                    value={values[field.name]}
                    onChange={value => put(field.name, value)}
                  />
                )}
              </Labelled>
            ))}
        </div>
      ))}
      <Similar type={type} org={org} values={values} except={except} />
      <div className="toolbar">{children}</div>
    </form>
  )
}

interface LabelledProps {
  readonly title: string
  readonly help: string
  readonly required: boolean
  readonly wide?: boolean
  readonly problems: readonly Problem[]
  readonly children: (id: string, describedBy: string | undefined) => ReactNode
}

function Labelled({ title, help, required, wide, problems, children }: LabelledProps) {
  const say = useWords()
  const language = useLanguage()
  const id = useId()
  const note = help || problems.length > 0 ? `${id}-note` : undefined
  return (
    <div className={wide ? 'field wide-field' : 'field'}>
      <label htmlFor={id}>
        {title}
        {required && (
          <span className="late" title={say('required')}>
            {' '}
            *
          </span>
        )}
      </label>
      {children(id, note)}
      <span id={note}>
        {problems.map(problem => (
          <span key={problem.code} className="wrong">
            {said(problem, language)}
          </span>
        ))}
        {help && <span className="quiet">{help}</span>}
      </span>
    </div>
  )
}

/** Records that look the same, shown while one types. */
function Similar({ type, org, values, except }: { type: RecordType; org: string; values: Values; except?: string }) {
  const say = useWords()
  const language = useLanguage()
  const place = usePlaceQuery()
  const entered = useDeferredValue(values)
  const { data } = useQuery({
    queryKey: ['similar', type.type, org, entered, except],
    queryFn: ({ signal }) =>
      api<{ records: Record_[] }>(`/types/${type.type}/records/similar`, {
        body: { org, fields: entered, ...(except ? { except } : {}) },
        signal,
      }),
    enabled: Object.keys(entered).length > 1,
    retry: false,
  })
  if (!data || data.records.length === 0) return null
  return (
    <div className="notice" role="status">
      {say('similar')}
      <ul>
        {data.records.map(record => (
          <li key={record.id}>
            <Link to={`/records/${record.id}${place}`}>{recordName(type, record, language) || record.day}</Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
