import type { Store } from '../../store/store.ts'
import { fail, ok, type Result } from '../result.ts'

/** Where a unit stands in the tree on the days [since, until). */
export interface OrgSpan {
  readonly since: string
  readonly until: string
  readonly parent: number | null
  readonly name: string
  /** Ids from the root to the unit itself. */
  readonly ancestors: readonly number[]
}

export interface OrgUnit {
  readonly id: number
  readonly root: number
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly nameEn: string | null
  /** The present tree: ids from the root to this unit, '/1/5/19/'. */
  readonly path: string
  readonly successor: number | null
  readonly version: number
  /** Records may occur on the days [opened, closed). */
  readonly opened: string
  readonly closed: string
  /** By day, ascending; together they cover all days. */
  readonly spans: readonly OrgSpan[]
}

/** The org tree in memory, as of its last load. Small (a county has hundreds of units) and read on every request. */
export interface OrgDirectory {
  byCode(code: string): OrgUnit | undefined
  byId(id: number): OrgUnit | undefined
  /** `org/unknown` when there is no such unit. */
  find(code: string): Result<OrgUnit>
  all(): readonly OrgUnit[]
  /** Units whose parent was `id` on some day of [from, until). */
  childrenDuring(id: number, from: string, until: string): readonly { unit: OrgUnit; span: OrgSpan }[]
  /** Units at or under a present path. */
  under(path: string): readonly OrgUnit[]
  reload(): Promise<void>
}

export const FIRST_DAY = '0001-01-01'
export const LAST_DAY = '9999-12-31'

export async function orgDirectory(store: Store): Promise<OrgDirectory> {
  let byCode = new Map<string, OrgUnit>()
  let byId = new Map<number, OrgUnit>()
  let children = new Map<number, { unit: OrgUnit; span: OrgSpan }[]>()
  let ordered: OrgUnit[] = []

  async function reload() {
    const { rows } = await store.pool.query<Omit<OrgUnit, 'spans'> & { spans: OrgSpan[] | null }>(`
      SELECT u.id, u.root, u.code, u.kind, u.name, u.name_en AS "nameEn", u.path, u.successor, u.version, u.opened, u.closed,
             (SELECT json_agg(json_build_object('since', to_char(s.since, 'YYYY-MM-DD'), 'until', to_char(s.until, 'YYYY-MM-DD'),
                              'parent', s.parent, 'name', s.name, 'ancestors', s.ancestors) ORDER BY s.since)
              FROM org_span s WHERE s.root = u.root AND s.org = u.id) AS spans
      FROM org_unit u ORDER BY u.path`)
    ordered = rows.map(row => ({ ...row, spans: row.spans ?? [] }))
    byCode = new Map(ordered.map(unit => [unit.code, unit]))
    byId = new Map(ordered.map(unit => [unit.id, unit]))
    children = new Map()
    for (const unit of ordered)
      for (const span of unit.spans)
        if (span.parent !== null) {
          const list = children.get(span.parent)
          if (list) list.push({ unit, span })
          else children.set(span.parent, [{ unit, span }])
        }
  }
  await reload()

  return {
    byCode: code => byCode.get(code),
    byId: id => byId.get(id),
    find(code) {
      const unit = byCode.get(code)
      if (unit) return ok(unit)
      return fail('org/unknown', { org: code, zh: `没有代码为“${code}”的单位`, en: `There is no org unit ${code}` })
    },
    all: () => ordered,
    childrenDuring: (id, from, until) =>
      (children.get(id) ?? []).filter(({ span }) => span.since < until && from < span.until),
    under: path => ordered.filter(unit => unit.path.startsWith(path)),
    reload,
  }
}

/** Where a unit stood on a day. */
export function spanOn(unit: OrgUnit, day: string): OrgSpan {
  const span = unit.spans.find(span => span.since <= day && day < span.until)
  if (!span) throw new Error(`org unit ${unit.code} has no place on ${day}`)
  return span
}

export const isOpenOn = (unit: OrgUnit, day: string) => unit.opened <= day && day < unit.closed
