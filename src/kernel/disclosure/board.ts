import type { RecordType } from '../records/type.ts'
import type { Words } from '../words.ts'

/**
 * Records that anybody may see: supply and demand, reviewed answers. Who brings a record into one of its states puts it
 * there; when its last day has passed it is gone by itself.
 */
export interface Board {
  /** `domain.name` */
  readonly id: string
  readonly title: Words
  readonly type: RecordType
  /** States in which a record is shown; any when not given. */
  readonly state?: readonly string[]
  /** The field that holds the last day on which it is shown; one without stays. */
  readonly until?: string
  /** Fields that are shown, the first as its heading. */
  readonly fields: readonly string[]
  /** The choice by which it may be narrowed. */
  readonly by?: string
}

/** @throws when it would show personal data or what its type does not have (a bug, found at start) */
export function board(id: string, declared: Words & Omit<Board, 'id' | 'title'>): Board {
  const { zh, en, ...more } = declared
  for (const name of [...more.fields, ...(more.until ? [more.until] : []), ...(more.by ? [more.by] : [])]) {
    const info = more.type.fields[name]
    if (!info) throw new Error(`board ${id} names ${name}, which ${more.type.id} does not have`)
    if (info.kind === 'personal') throw new Error(`board ${id} shows personal data: ${name}`)
  }
  return { id, title: { zh, en }, ...more }
}
