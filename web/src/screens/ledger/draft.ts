import { fieldsOf, type RecordType } from '../../kit/declared.ts'
import { today } from '../../kit/format.ts'

export type Values = Readonly<Record<string, unknown>>

/** What is usual in a new record: the day is today, the rest as declared. */
export function usual(type: RecordType): Values {
  const defaults = fieldsOf(type).flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]]))
  return { ...Object.fromEntries(defaults), [type.schema.yilu.day]: today() }
}

// What is being typed is kept on this device until it is saved. Of each person their own: several may share it.

const keyOf = (person: string, type: string) => `yilu.draft.${person}.${type}`

export function draftOf(person: string, type: string): Values | undefined {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(keyOf(person, type)) ?? 'null')
    return typeof draft === 'object' && draft !== null ? (draft as Values) : undefined
  } catch {
    return undefined
  }
}

export const keepDraft = (person: string, type: string, values: Values): void =>
  localStorage.setItem(keyOf(person, type), JSON.stringify(values))

export const forgetDraft = (person: string, type: string): void => localStorage.removeItem(keyOf(person, type))
