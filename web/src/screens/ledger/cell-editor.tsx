import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { api, Refused } from '../../kit/api.ts'
import type { Field, Record_ } from '../../kit/declared.ts'
import { FieldInput } from '../../kit/field-input.tsx'
import { titleOf } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'

/** Kinds that fit a cell. The others are changed on the record's page. */
const IN_CELL = new Set(['text', 'integer', 'decimal', 'money', 'mass', 'length', 'area', 'day', 'choice', 'boolean'])
/** Kinds that are entered by choosing, and saved as soon as it is done. */
const CHOSEN = new Set(['day', 'choice', 'boolean'])

export const isEditable = ({ kind, computed }: Field): boolean => !computed && IN_CELL.has(kind)

interface Props {
  readonly field: Field
  readonly record: Record_
  readonly onSaved: (done: { id: string; version: number }) => void
  /** One has left the cell, with or without a change. */
  readonly onLeave: () => void
}

/** One value of one record, changed where it stands. What is refused stays open, with the reason. */
export function CellEditor({ field, record, onSaved, onLeave }: Props) {
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const [value, setValue] = useState<unknown>(record.fields[field.name])
  const latest = useRef(value)
  const isSaving = useRef(false)
  const [wrong, setWrong] = useState('')
  useEffect(() => box.current?.querySelector('input')?.focus(), [])

  async function save() {
    if (isSaving.current) return
    if (JSON.stringify(latest.current) === JSON.stringify(record.fields[field.name])) return onLeave()
    isSaving.current = true
    try {
      const saved = await api<{ id: string; version: number }>(`/records/${record.id}`, {
        method: 'PATCH',
        ifMatch: record.version,
        body: { fields: { [field.name]: latest.current ?? null } },
      })
      onSaved(saved)
      onLeave()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setWrong(said(error.problems[0], language))
    } finally {
      isSaving.current = false
    }
  }
  function key(event: KeyboardEvent) {
    event.stopPropagation()
    if (event.key === 'Escape') onLeave()
    else if (event.key === 'Enter' && !CHOSEN.has(field.kind)) void save()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its input does
    <div
      ref={box}
      className="cell-editor"
      onKeyDown={key}
      onBlur={({ relatedTarget }) => {
        if (!CHOSEN.has(field.kind) && !box.current?.contains(relatedTarget)) void save()
      }}
    >
      <FieldInput
        info={{ ...field, multiline: false }}
        label={titleOf(field, language)}
        value={value}
        invalid={wrong !== ''}
        onChange={next => {
          latest.current = next
          setValue(next)
          if (CHOSEN.has(field.kind)) void save()
        }}
      />
      {wrong && (
        <span className="wrong" role="alert">
          {wrong}
        </span>
      )}
    </div>
  )
}
