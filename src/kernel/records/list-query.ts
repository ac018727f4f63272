import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, may, permit, readablePaths } from '../people/actor.ts'
import { parsePeriod } from '../period/period.ts'
import { typeNamed } from '../registry.ts'
import { fail, failAll, ok, type Problem, type Result } from '../result.ts'
import { foundTerm } from './found.ts'
import { fieldCondition, type Put, type Wanted } from './list-filter.ts'
import { type Sort, sortNamed } from './list-sort.ts'
import type { Status } from './record.ts'
import { storedField } from './stored-field.ts'
import { type Search, searchFor } from './terms.ts'
import type { RecordType } from './type.ts'

/** Which records of a type are asked for. What is not said does not narrow. */
export interface ListQuery {
  readonly type: string
  /** Code of an org unit; all that the actor may read when not given. */
  readonly org?: string
  /** `tree` (default): the unit and all beneath it in the present tree; `self`: the unit alone. */
  readonly scope?: 'tree' | 'self'
  /** The record's day lies in it. */
  readonly period?: string
  /** Field → a value, several of which one, or a range with both ends in it. '' means that the record does not say. */
  readonly filter?: Readonly<Record<string, Wanted>>
  /** All but void when not given. */
  readonly status?: readonly Status[]
  readonly state?: readonly string[]
  /** Chinese words, or pinyin initials. */
  readonly search?: string
  /** A field, 'day', 'org', 'status', 'state', 'createdAt' or 'updatedAt'; '-' before it for descending. '-day' when not given. */
  readonly sort?: string
  /** `next` of the page before. */
  readonly after?: string
  /** 1 to 500; 50 when not given. */
  readonly limit?: number
  /** Count all that the query finds and add up its numeric fields. */
  readonly totals?: boolean
}

/** A list query checked, permitted and told in SQL over record `r`. */
export interface ListPlan {
  readonly type: RecordType
  readonly roots: readonly number[]
  /** Conditions beside `r.root` and `r.type`, which are $1 and $2. */
  readonly where: readonly string[]
  readonly values: readonly unknown[]
  readonly sort: Sort
  /** What the index cannot tell exactly and each found record has to be asked. */
  readonly letters: Search | null
}

const STATUSES: readonly Status[] = ['draft', 'entered', 'returned', 'confirmed', 'void']
const SHOWN: readonly Status[] = STATUSES.filter(status => status !== 'void')

/**
 * Checks a list query.
 * @returns its plan, or `type/unknown`, `org/unknown`, `permission/denied`, `period/…`, `list/status`, `list/state`,
 *   `list/filter`, `list/sort`
 */
export function planList(ledger: Ledger, actor: Actor, query: ListQuery): Result<ListPlan> {
  const type = typeNamed(ledger.registry, query.type)
  if (!type.ok) return type
  const units = unitsOf(ledger, actor, query)
  if (!units.ok) return units
  const sort = sortNamed(type.value, query.sort ?? '-day')
  if (!sort.ok) return sort
  const values: unknown[] = [units.value.roots, type.value.id]
  const put: Put = value => `$${values.push(value)}`
  const where: string[] = []
  if (units.value.orgs) where.push(`r.org = ANY(${put(units.value.orgs.map(unit => unit.id))}::int[])`)
  const period = query.period === undefined ? undefined : parsePeriod(query.period)
  if (period && !period.ok) return period
  if (period) where.push(`r.day >= ${put(period.value.from)}::date AND r.day < ${put(period.value.until)}::date`)
  const narrowed = narrowing(ledger, actor, type.value, query, put)
  if (!narrowed.ok) return narrowed
  where.push(...narrowed.value)
  const search = query.search === undefined ? null : searchFor(query.search)
  if (search) where.push(searchCondition(type.value, search, put))
  return ok({
    type: type.value,
    roots: units.value.roots,
    where,
    values,
    sort: sort.value,
    letters: search?.letters ? search : null,
  })
}

/** Org units whose records the query may show; `orgs` null when whole trees. */
function unitsOf(
  ledger: Ledger,
  actor: Actor,
  query: ListQuery,
): Result<{ roots: number[]; orgs: readonly OrgUnit[] | null }> {
  if (query.org === undefined) {
    const paths = readablePaths(actor)
    const orgs = paths.flatMap(path => ledger.orgs.under(path))
    const roots = [...new Set(orgs.map(unit => unit.root))]
    const whole = roots.every(root => orgs.some(unit => unit.id === root))
    return ok({ roots, orgs: whole ? null : orgs })
  }
  const org = ledger.orgs.find(query.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const alone = query.scope === 'self'
  const whole = !alone && org.value.id === org.value.root
  return ok({
    roots: [org.value.root],
    orgs: whole ? null : alone ? [org.value] : ledger.orgs.under(org.value.path),
  })
}

function narrowing(ledger: Ledger, actor: Actor, type: RecordType, query: ListQuery, put: Put): Result<string[]> {
  const where: string[] = []
  const problems: Problem[] = []
  for (const status of query.status ?? []) if (!STATUSES.includes(status)) problems.push(unknownValue('status', status))
  for (const state of query.state ?? [])
    if (!Object.hasOwn(type.states, state)) problems.push(unknownValue('state', state))
  where.push(`r.status = ANY(${put(query.status?.length ? query.status : SHOWN)}::text[])`)
  if (query.state?.length) where.push(`r.state = ANY(${put(query.state)}::text[])`)
  for (const [name, wanted] of Object.entries(query.filter ?? {})) {
    const condition =
      Object.hasOwn(type.fields, name) && type.fields[name]!.found
        ? foundCondition(ledger, actor, type, query, name, wanted, put)
        : fieldCondition(type, name, wanted, put)
    if (condition.ok) where.push(condition.value)
    else problems.push(...condition.problems)
  }
  return problems.length > 0 ? failAll(problems) : ok(where)
}

/** Records that say all of a personal value. Whoever may only read is not told whose they are. */
function foundCondition(
  ledger: Ledger,
  actor: Actor,
  type: RecordType,
  query: ListQuery,
  name: string,
  wanted: Wanted,
  put: Put,
): Result<string> {
  const org = query.org === undefined ? undefined : ledger.orgs.find(query.org)
  if (org?.ok) {
    const permitted = permit(actor, 'enter', org.value)
    if (!permitted.ok) return permitted
  }
  const paths = org?.ok ? [] : readablePaths(actor)
  if (typeof wanted !== 'string' || wanted.trim() === '' || !paths.every(path => may(actor, 'enter', path)))
    return fail('list/filter', {
      field: name,
      zh: `查找“${type.fields[name]!.title.zh}”要写出全文，并且有录入权限`,
      en: `Looking for ${type.fields[name]!.title.en} takes the whole of it, and the right to enter records`,
    })
  return ok(`r.terms @> ARRAY[${put(foundTerm(ledger, type, name, wanted))}]::text[]`)
}

const unknownValue = (field: 'status' | 'state', value: string): Problem =>
  fail(`list/${field}`, {
    field,
    value: String(value).slice(0, 40),
    zh: field === 'status' ? '没有这种审核状态' : '没有这种办理状态',
    en: `There is no such ${field}`,
  }).problems[0]!

function searchCondition(type: RecordType, search: Search, put: Put): string {
  const texts = Object.keys(type.fields).filter(name => type.fields[name]!.searched)
  if (texts.length === 0) return 'false'
  const held = search.parts.map(part => {
    const pattern = put(`%${part.replaceAll(/[\\%_]/g, '\\$&')}%`)
    return `(${texts.map(name => `${storedField(type, name)} #>> '{}' ILIKE ${pattern}`).join(' OR ')})`
  })
  const words = search.words.length > 0 ? [`r.terms @> ${put(search.words)}::text[]`] : []
  const said = `(${[...words, ...held].join(' AND ')})`
  return search.letters ? `(${said} OR r.terms @> ${put(search.initials)}::text[])` : said
}
