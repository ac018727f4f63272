import type { Fields } from './type.ts'

export type Status = 'draft' | 'entered' | 'returned' | 'confirmed' | 'void'

/** What a record says at one version: the part that its journal entry's `after` hash covers. */
export interface Content {
  readonly id: string
  readonly type: string
  readonly typeVersion: number
  /** Org unit id; the hash covers its code. */
  readonly org: number
  readonly day: string
  readonly status: Status
  readonly state: string
  readonly version: number
  /** As stored: personal fields hold {sealed: commitment}. */
  readonly fields: Fields
  readonly mergedInto: string | null
}

/** A record as the table holds it. */
export interface StoredRecord extends Content {
  readonly root: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly updatedBy: string | null
}

/** Columns of `record` under the names of StoredRecord. */
export const RECORD_COLUMNS = `r.root, r.id, r.type, r.type_version AS "typeVersion", r.org, r.day, r.status, r.state,
  r.version, r.fields, r.merged_into AS "mergedInto", r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  r.updated_by AS "updatedBy"`
