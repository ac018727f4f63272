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
  /** Reads the tree of a root org unit again, or all. */
  reload(root?: number): Promise<void>
}

export const FIRST_DAY = '0001-01-01'
export const LAST_DAY = '9999-12-31'

export async function orgDirectory(store: Store): Promise<OrgDirectory> {
  let byCode = new Map<string, OrgUnit>()
  let byId = new Map<number, OrgUnit>()
  let children = new Map<number, { unit: OrgUnit; span: OrgSpan }[]>()
  let ordered: OrgUnit[] = []

  async function load(root: number | null) {
    const { rows } = await store.pool.query<OrgUnit>(LOAD, [root])
    ordered = root === null ? rows : inPlace(ordered, root, rows)
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

  // One after another: of two loads at once the older could come last.
  let loaded = load(null)
  const reload = (root?: number) => {
    loaded = loaded.catch(() => undefined).then(() => load(root ?? null))
    return loaded
  }
  await loaded

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
    under(path) {
      const first = placeOf(ordered, path)
      let end = first
      while (ordered[end]?.path.startsWith(path)) end++
      return ordered.slice(first, end)
    },
    reload,
  }
}

const LOAD = `
  SELECT u.id, u.root, u.code, u.kind, u.name, u.name_en AS "nameEn", u.path, u.successor, u.version, u.opened, u.closed,
         coalesce(s.spans, '[]') AS spans
  FROM org_unit u LEFT JOIN (
    SELECT root, org, json_agg(json_build_object('since', to_char(since, 'YYYY-MM-DD'), 'until', to_char(until, 'YYYY-MM-DD'),
                                                 'parent', parent, 'name', name, 'ancestors', ancestors) ORDER BY since) AS spans
    FROM org_span WHERE $1::int IS NULL OR root = $1 GROUP BY root, org) s ON s.root = u.root AND s.org = u.id
  WHERE $1::int IS NULL OR u.root = $1 ORDER BY u.path`

/** Units by path, with those of one tree replaced. */
function inPlace(ordered: readonly OrgUnit[], root: number, units: readonly OrgUnit[]): OrgUnit[] {
  const others = ordered.filter(unit => unit.root !== root)
  const at = placeOf(others, `/${root}/`)
  return [...others.slice(0, at), ...units, ...others.slice(at)]
}

/** Index of the first unit whose path is not before one. Paths are ASCII: their order here is that of the database. */
function placeOf(ordered: readonly OrgUnit[], path: string): number {
  let [from, to] = [0, ordered.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ordered[middle]!.path < path) from = middle + 1
    else to = middle
  }
  return from
}

/** Where a unit stood on a day. */
export function spanOn(unit: OrgUnit, day: string): OrgSpan {
  const span = unit.spans.find(span => span.since <= day && day < span.until)
  if (!span) throw new Error(`org unit ${unit.code} has no place on ${day}`)
  return span
}

export const isOpenOn = (unit: OrgUnit, day: string) => unit.opened <= day && day < unit.closed
