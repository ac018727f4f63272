import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { api, download, intention, Refused } from '../../kit/api.ts'
import { type DomainOperation, enteredFields, type Record_, useDomains } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { changed } from '../../kit/query.ts'
import { useMe } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Props {
  readonly type: string
  readonly org: string
  /** On the page of one; with the list when not given. */
  readonly record?: Pick<Record_, 'id' | 'fields'>
}

/** What domains do with the records of a type, or give: a button each, and a form where more has to be said. */
export function Operations({ type, org, record }: Props) {
  const language = useLanguage()
  const domains = useDomains()
  const isReader = useMe().grants.every(({ role }) => role === 'analyst' || role === 'auditor')
  const [open, setOpen] = useState<DomainOperation>()
  const mine = (domains ?? [])
    .flatMap(domain => domain.operations)
    .filter(({ on, kind }) => on.type === type && (on.as !== undefined) === !!record && (kind === 'file' || !isReader))
  if (mine.length === 0) return null
  return (
    <p className="actions no-print">
      {mine.map(operation => (
        <Button key={operation.id} onClick={() => setOpen(operation)}>
          {said(operation.title, language)}
        </Button>
      ))}
      {open && <Asking operation={open} org={org} record={record} onClose={() => setOpen(undefined)} />}
    </p>
  )
}

const pathOf = (id: string) => `/domains/${id.replace('.', '/')}`

function Asking({
  operation: { id, title, kind, on, input },
  org,
  record,
  onClose,
}: Omit<Props, 'type'> & { operation: DomainOperation; onClose: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const fields = enteredFields(input).filter(({ name }) => name !== on.as)
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.flatMap(field => (field.default === undefined ? [] : [[field.name, field.default]]))),
  )
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const isComplete = fields.every(({ name, required }) => !required || (values[name] ?? '') !== '')
  async function run() {
    setBusy(true)
    const own = record && on.as ? { [on.as]: on.field ? record.fields[on.field] : record.id } : {}
    const asked = { org, ...values, ...own } as Record<string, string>
    try {
      if (kind === 'file') await download(pathOf(id), { query: asked })
      else await api(pathOf(id), { body: asked, key: intention() })
      onClose()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setWrong(said(error.problems[0], language))
    } finally {
      setBusy(false)
    }
    if (kind === 'action') await changed('/types/', '/records', '/domains/')
  }
  return (
    <Modal
      open
      title={said(title, language)}
      okText={said(title, language)}
      cancelText={say('cancel')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: !isComplete }}
      onOk={() => void run()}
      onCancel={onClose}
    >
      {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
      {fields.map(field => (
        <div key={field.name} style={{ marginTop: 12 }}>
          <label htmlFor={`operation-${field.name}`}>{said(field.title, language)}</label>
          <FieldInput
            id={`operation-${field.name}`}
            info={field}
            org={org}
            value={values[field.name]}
            onChange={value => setValues(now => ({ ...now, [field.name]: value }))}
          />
        </div>
      ))}
    </Modal>
  )
}
