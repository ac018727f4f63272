import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { today } from '../period/period.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { type Search, searchFor } from '../records/terms.ts'
import { type Fields, type RecordType, upgrade } from '../records/type.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Board } from './board.ts'

// What stands on the boards of a unit today.

export interface Posted {
  readonly id: string
  /** Code of its unit. */
  readonly org: string
  readonly day: string
  /** Only those that the board shows. */
  readonly fields: Fields
}

export interface BoardPage {
  readonly org: { readonly code: string; readonly name: string }
  readonly board: Pick<Board, 'id' | 'title'>
  readonly posted: readonly Posted[]
  /** How many there are in all. */
  readonly count: number
}

export interface BoardQuery {
  /** Chinese words. */
  readonly search?: string
  /** A choice of the board's `by`. */
  readonly by?: string
  /** From 1. */
  readonly page?: number
}

export const BOARD_PAGE = 50

/** What a unit and those beneath it show on a board today, the newest first. */
export async function boardPage(
  ledger: Ledger,
  orgCode: string,
  id: string,
  query: BoardQuery = {},
): Promise<Result<BoardPage>> {
  const org = ledger.orgs.byCode(orgCode)
  const shown = ledger.registry.boards.get(id)
  if (!org || !shown) return nothing(orgCode)
  const search = query.search === undefined ? null : searchFor(query.search)
  const { where, values } = standing(ledger, shown, org)
  const put = (value: unknown) => `$${values.push(value)}`
  if (search) where.push(found(shown.type, search, put))
  if (shown.by && query.by) where.push(`r.fields ->> ${put(shown.by)} = ${put(query.by)}`)
  const { rows } = await ledger.store.pool.query<StoredRecord & { count: number }>(
    `SELECT ${RECORD_COLUMNS}, count(*) OVER ()::int AS count FROM record r WHERE ${where.join(' AND ')}
     ORDER BY r.day DESC, r.id DESC LIMIT ${BOARD_PAGE} OFFSET ${put(((query.page ?? 1) - 1) * BOARD_PAGE)}`,
    values,
  )
  return ok({
    org: { code: org.code, name: org.name },
    board: { id, title: shown.title },
    posted: rows.map(record => asPosted(ledger, shown, record)),
    count: rows[0]?.count ?? 0,
  })
}

/** The same whether there is no such unit or no such board. */
const nothing = (org: string) => fail('public/unknown', { org, zh: '这里没有公开的内容', en: 'Nothing is public here' })

/** Conditions on record `r` that it stands on a board today. */
export function standing(ledger: Ledger, { type, state, until }: Board, org: OrgUnit) {
  const values: unknown[] = [org.root, type.id]
  const put = (value: unknown) => `$${values.push(value)}`
  const where = ['r.root = $1', 'r.type = $2', `r.status IN ('entered', 'confirmed')`]
  if (org.id !== org.root) where.push(`r.org = ANY(${put(ledger.orgs.under(org.path).map(unit => unit.id))}::int[])`)
  if (state) where.push(`r.state = ANY(${put(state)}::text[])`)
  if (until) {
    const last = put(until)
    where.push(`(NOT r.fields ? ${last} OR r.fields ->> ${last} >= ${put(today(ledger.clock))})`)
  }
  return { where, values }
}

function found(type: RecordType, search: Search, put: (value: unknown) => string): string {
  const names = put(Object.keys(type.fields).filter(name => type.fields[name]!.searched))
  const held = search.parts.map(
    part => `EXISTS (SELECT FROM unnest(${names}::text[]) n WHERE position(${put(part)} IN lower(r.fields ->> n)) > 0)`,
  )
  return [...(search.words.length > 0 ? [`r.terms @> ${put(search.words)}::text[]`] : []), ...held].join(' AND ')
}

export function asPosted(ledger: Ledger, { type, fields: names }: Board, record: StoredRecord): Posted {
  const fields = upgrade(type, record.typeVersion, record.fields)
  return {
    id: record.id,
    org: ledger.orgs.byId(record.org)!.code,
    day: record.day,
    fields: Object.fromEntries(names.flatMap(name => (fields[name] === undefined ? [] : [[name, fields[name]]]))),
  }
}
