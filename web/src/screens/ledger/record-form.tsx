import { Button, Select } from 'antd'
import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../kit/api.ts'
import { type Field, fieldsOf, type RecordType } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { stateName } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'
import type { Values } from './draft.ts'
import { Similar } from './similar.tsx'
import { useWords } from './words.ts'

const Scanner = lazy(() => import('../../kit/scanner.tsx'))

interface Props {
  readonly type: RecordType
  readonly org: string
  readonly values: Values
  readonly onChange: (values: Values) => void
  readonly problems: readonly Problem[]
  /** States to choose from, and the chosen one; the keys may be none. */
  readonly states?: readonly string[]
  readonly state?: string
  readonly onState?: (state: string) => void
  /** The record being changed, which does not look like itself. */
  readonly except?: string
  readonly onSubmit: () => void
  /** What stands between the fields and the buttons. */
  readonly before?: ReactNode
  readonly children: ReactNode
}

const fieldOf = ({ field }: Problem): string => field?.split(/[.[]/)[0] ?? ''

/** Every field of a type as the declaration has it, by sections, with what was refused beside the field it concerns. */
export function RecordForm(props: Props) {
  const {
    type,
    org,
    values,
    onChange,
    problems,
    states = [],
    state,
    onState,
    except,
    onSubmit,
    before,
    children,
  } = props
  const say = useWords()
  const language = useLanguage()
  const form = useRef<HTMLFormElement>(null)
  const fields = useMemo(() => fieldsOf(type).filter(field => !field.computed), [type])
  const names = new Set([...fields.map(({ name }) => name), ...(states.length > 1 ? ['state'] : [])])
  const problemsAt = (name: string) => problems.filter(problem => fieldOf(problem) === name)
  const elsewhere = problems.filter(problem => !names.has(fieldOf(problem)))
  const put = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = values
    onChange(value === undefined ? rest : { ...rest, [name]: value })
  }
  // What was refused is gone to, so that nobody has to look for it.
  useEffect(() => {
    if (problems.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  const sections = [...new Set(fields.map(({ section }) => said(section, language)))]
  return (
    <form ref={form} className="record-form" onSubmit={submit} noValidate>
      {elsewhere.map(problem => (
        <p key={problem.code} className="wrong" role="alert">
          {said(problem, language)}
        </p>
      ))}
      {sections.map((section, i) => (
        <div key={section} className="record-fields">
          {section && <h2>{section}</h2>}
          {fields
            .filter(field => said(field.section, language) === section)
            .map(field => (
              <Labelled
                key={field.name}
                field={field}
                problems={problemsAt(field.name)}
                onScan={text => put(field.name, text)}
              >
                {(id, describedBy) => (
                  <FieldInput
                    id={id}
                    describedBy={describedBy}
                    invalid={problemsAt(field.name).length > 0}
                    info={field}
                    org={org}
                    value={values[field.name]}
                    onChange={value => put(field.name, value)}
                  />
                )}
              </Labelled>
            ))}
          {i === 0 && states.length > 1 && onState && (
            <State title={say('state')} problems={problemsAt('state')}>
              {(id, describedBy) => (
                <Select
                  id={id}
                  aria-describedby={describedBy}
                  style={{ width: '100%' }}
                  value={state}
                  options={states.map(value => ({ value, label: stateName(type, value, language) }))}
                  onChange={onState}
                />
              )}
            </State>
          )}
        </div>
      ))}
      {before}
      <Similar type={type} org={org} values={values} except={except} />
      <div className="toolbar form-actions">{children}</div>
    </form>
  )
}

type Control = (id: string, describedBy: string | undefined) => ReactNode

function State({ title, problems, children }: { title: string; problems: readonly Problem[]; children: Control }) {
  const id = useId()
  const note = problems.length > 0 ? `${id}-note` : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      {children(id, note)}
      <Notes id={note} problems={problems} />
    </div>
  )
}

interface LabelledProps {
  readonly field: Field
  readonly problems: readonly Problem[]
  readonly onScan: (text: string) => void
  readonly children: Control
}

/** Numbers that stand on things as bar codes. */
const isScanned = ({ kind, name, multiline }: Field): boolean =>
  kind === 'text' && !multiline && /code|number|serial|barcode|^no$/i.test(name)

function Labelled({ field, problems, onScan, children }: LabelledProps) {
  const say = useWords()
  const language = useLanguage()
  const id = useId()
  const [isScanning, setScanning] = useState(false)
  const help = said(field.help, language)
  const title = said(field.title, language)
  const note = help || problems.length > 0 ? `${id}-note` : undefined
  return (
    <div className={field.multiline || field.kind === 'rows' ? 'field wide-field' : 'field'}>
      <span className="field-head">
        {field.kind === 'rows' ? <span>{title}</span> : <label htmlFor={id}>{title}</label>}
        {field.required && (
          <span className="late" title={say('required')}>
            <span aria-hidden="true"> *</span>
            <span className="visually-hidden">{say('required')}</span>
          </span>
        )}
        {isScanned(field) && (
          <Button type="link" size="small" aria-label={`${say('scan')} ${title}`} onClick={() => setScanning(true)}>
            {say('scan')}
          </Button>
        )}
      </span>
      {children(id, note)}
      <Notes id={note} problems={problems} help={help} />
      {isScanning && (
        <Suspense fallback={null}>
          <Scanner
            onCancel={() => setScanning(false)}
            onRead={text => {
              setScanning(false)
              onScan(text)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** What is wrong with a field, and what it is for. */
function Notes({ id, problems, help }: { id: string | undefined; problems: readonly Problem[]; help?: string }) {
  const language = useLanguage()
  if (id === undefined) return null
  return (
    <span id={id}>
      {problems.map(problem => (
        <span key={problem.code} className="wrong">
          {said(problem, language)}
        </span>
      ))}
      {help && <span className="quiet">{help}</span>}
    </span>
  )
}
