import type pg from 'pg'
import { FOLD_LOCK, foldAll } from '../figures/fold.ts'
import { appendTo, type Entry } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { day as parseDay, today } from '../period/period.ts'
import { fail, ok, type Problem, type Result } from '../result.ts'
import { type Area, checkArea } from './area.ts'
import { FIRST_DAY, isOpenOn, LAST_DAY, type OrgUnit } from './directory.ts'
import { shiftTallies } from './shift.ts'

export interface NewUnit {
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly nameEn?: string
  /** Code of the unit above; none for a root. */
  readonly parent?: string
  readonly opened?: string
  /** Where it lies, for maps. */
  readonly area?: Area
}

/** Told to every process that keeps an org directory. */
export const ORG_CHANNEL = 'yilu_orgs'

/** Creates units in the order given, so that a parent may stand earlier in the same list. All or none. */
export async function createUnits(
  ledger: Ledger,
  actor: Actor,
  units: readonly NewUnit[],
): Promise<Result<readonly string[]>> {
  const checked = checkNew(ledger, actor, units)
  if (checked) return checked
  const parents = units.flatMap(unit => ledger.orgs.byCode(unit.parent ?? '')?.root ?? [])
  return inOneChange(ledger, actor, parents, async client => {
    const roots = new Map<string, number>()
    for (const level of levels(units))
      for (const { code, root } of (await insertUnits(client, level)).values()) roots.set(code, root)
    return ok(
      units.map(unit => ({ root: roots.get(unit.code)!, code: unit.code, action: 'org-create', note: { ...unit } })),
    )
  })
}

/** Units in lists whose parents all stand in the lists before, or stood before any. */
function levels(units: readonly NewUnit[]): NewUnit[][] {
  const depths = new Map<string, number>()
  const lists: NewUnit[][] = []
  for (const unit of units) {
    const depth = (depths.get(unit.parent ?? '') ?? -1) + 1
    depths.set(unit.code, depth)
    const list = lists[depth]
    if (list) list.push(unit)
    else lists[depth] = [unit]
  }
  return lists
}

interface Inserted {
  readonly id: number
  readonly root: number
  readonly code: string
}

async function insertUnits(client: pg.PoolClient, units: readonly NewUnit[]): Promise<Map<string, Inserted>> {
  const { rows } = await client.query<Inserted>(CREATE, [
    units.map(unit => unit.code),
    units.map(unit => unit.kind),
    units.map(unit => unit.name),
    units.map(unit => unit.nameEn ?? null),
    units.map(unit => unit.parent ?? null),
    units.map(unit => unit.opened ?? FIRST_DAY),
    units.map(unit => (unit.area ? JSON.stringify(unit.area) : null)),
  ])
  return new Map(rows.map(row => [row.code, row]))
}

const CREATE = `
  WITH input AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::jsonb[]) WITH ORDINALITY
      AS i(code, kind, name, name_en, parent, opened, area, ord)),
  fresh AS (SELECT i.*, nextval(pg_get_serial_sequence('org_unit', 'id'))::int AS id FROM (SELECT * FROM input ORDER BY ord) i),
  unit AS (
    INSERT INTO org_unit (id, root, code, kind, name, name_en, path, opened, area)
    SELECT f.id, coalesce(p.root, f.id), f.code, f.kind, f.name, f.name_en, coalesce(p.path, '/') || f.id || '/', f.opened, f.area
    FROM fresh f LEFT JOIN org_unit p ON p.code = f.parent RETURNING id, root, code),
  spans AS (
    INSERT INTO org_span (root, org, since, until, parent, name, ancestors)
    SELECT s.root, f.id, s.since, s.until, p.id, f.name, s.ancestors || f.id
    FROM fresh f JOIN org_unit p ON p.code = f.parent JOIN org_span s ON s.root = p.root AND s.org = p.id
    UNION ALL
    SELECT f.id, f.id, '${FIRST_DAY}', '${LAST_DAY}', NULL, f.name, ARRAY[f.id] FROM fresh f WHERE f.parent IS NULL)
  SELECT code, id, root FROM unit`

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

function checkNew(ledger: Ledger, actor: Actor, units: readonly NewUnit[]) {
  const fresh = new Set<string>()
  for (const unit of units) {
    const known = (code: string) => fresh.has(code) || ledger.orgs.byCode(code)
    if (!CODE.test(unit.code))
      return fail('org/code', {
        field: 'code',
        value: unit.code,
        zh: `单位代码“${unit.code}”只能用字母、数字、点和横线`,
        en: `The code ${unit.code} may hold letters, digits, dots and hyphens`,
      })
    if (known(unit.code))
      return fail('org/duplicate-code', {
        field: 'code',
        value: unit.code,
        zh: `单位代码“${unit.code}”已被使用`,
        en: `The code ${unit.code} is taken`,
      })
    const named = checkNames(unit)
    if (!named.ok) return named
    if (unit.opened !== undefined) {
      const opened = parseDay(unit.opened)
      if (!opened.ok) return opened
    }
    const area = unit.area ? checkArea(unit.area) : ok(true)
    if (!area.ok) return area
    if (unit.parent === undefined) {
      if (!actor.operator)
        return fail('permission/denied', {
          zh: '只有系统管理员可以新建根单位',
          en: 'Only the operator may create a root unit',
        })
    } else if (!fresh.has(unit.parent)) {
      const parent = ledger.orgs.find(unit.parent)
      if (!parent.ok) return parent
      const permitted = permit(actor, 'administer', parent.value)
      if (!permitted.ok) return permitted
      if (parent.value.closed !== LAST_DAY) return closedUnit(parent.value, parent.value.closed)
    }
    fresh.add(unit.code)
  }
  return undefined
}

const LONGEST_NAME = 100

function checkNames({ name, nameEn, kind }: Pick<NewUnit, 'name' | 'nameEn' | 'kind'>): Result<true> {
  for (const text of [name, nameEn ?? '-'])
    if (text.trim() === '' || text.length > LONGEST_NAME || /\p{Cc}|\p{Cs}/u.test(text))
      return fail('org/name', {
        field: 'name',
        zh: `单位名称不能为空，最多${LONGEST_NAME}个字符`,
        en: `The name may not be empty; at most ${LONGEST_NAME} characters`,
      })
  if (/^[a-z][a-z-]{0,31}$/.test(kind)) return ok(true)
  return fail('org/kind', {
    field: 'kind',
    value: kind.slice(0, 40),
    zh: '单位类别只能用小写字母和横线',
    en: 'A kind holds lower-case letters and hyphens',
  })
}

/** Gives a unit another name from a day on. */
export const renameUnit = (ledger: Ledger, actor: Actor, code: string, name: string, asOf: string) =>
  changeUnit(ledger, actor, code, asOf, async (client, unit) => {
    const named = checkNames({ name, kind: unit.kind })
    if (!named.ok) return named
    await splitSpans(client, unit, asOf)
    await client.query('UPDATE org_span SET name = $4 WHERE root = $1 AND org = $2 AND since >= $3', [
      unit.root,
      unit.id,
      asOf,
      name.trim(),
    ])
    await client.query('UPDATE org_unit SET name = $3, version = version + 1 WHERE root = $1 AND id = $2', [
      unit.root,
      unit.id,
      name.trim(),
    ])
    return ok([{ root: unit.root, code, action: 'org-rename', note: { name, asOf } }])
  })

/** Puts a unit with all beneath it under another parent from a day on. Earlier days stay as they were. */
export const moveUnit = (ledger: Ledger, actor: Actor, code: string, parent: string, asOf: string) =>
  changeUnit(ledger, actor, code, asOf, async (client, unit) => {
    const to = destination(ledger, actor, unit, parent, asOf)
    if (!to.ok) return to
    await move(ledger, client, unit, to.value, asOf)
    return ok([{ root: unit.root, code, action: 'org-move', note: { parent, asOf } }])
  })

/** Merges a unit into another from a day on: it closes, its stocks and children go over, its past stays its own. */
export const mergeUnit = (ledger: Ledger, actor: Actor, code: string, into: string, asOf: string) =>
  changeUnit(ledger, actor, code, asOf, async (client, unit) => {
    const to = destination(ledger, actor, unit, into, asOf)
    if (!to.ok) return to
    const busy = await recordsFrom(client, unit, asOf)
    if (busy) return busy
    const children = openChildren(ledger, unit, asOf)
    const late = changedLater(children, asOf)
    if (late) return late
    for (const child of children) await move(ledger, client, child, to.value, asOf)
    await move(ledger, client, unit, to.value, asOf)
    await client.query('UPDATE org_unit SET closed = $3, successor = $4 WHERE root = $1 AND id = $2', [
      unit.root,
      unit.id,
      asOf,
      to.value.id,
    ])
    return ok([{ root: unit.root, code, action: 'org-merge', note: { into, asOf } }])
  })

/** Splits a unit into new ones from a day on. It closes; children named in `takes` go over to the new unit. */
export const splitUnit = (
  ledger: Ledger,
  actor: Actor,
  code: string,
  parts: readonly (Omit<NewUnit, 'parent' | 'opened'> & { readonly takes?: readonly string[] })[],
  asOf: string,
) =>
  changeUnit(ledger, actor, code, asOf, async (client, unit) => {
    const above = ledger.orgs.byId(unit.spans.at(-1)!.parent ?? -1)
    if (!above) return fail('org/root', { zh: '根单位不能拆分', en: 'A root unit cannot be split' })
    const busy = await recordsFrom(client, unit, asOf)
    if (busy) return busy
    const units = parts.map(({ takes: _, ...part }) => ({ ...part, parent: above.code, opened: asOf }))
    const bad = checkNew(ledger, actor, units)
    if (bad) return bad
    const children = openChildren(ledger, unit, asOf)
    const shared = checkTakes(
      unit,
      children,
      parts.map(part => part.takes ?? []),
    )
    if (shared) return shared
    const late = changedLater(children, asOf)
    if (late) return late
    const inserted = await insertUnits(client, units)
    for (const { code: part, takes } of parts) {
      const { id } = inserted.get(part)!
      const fresh = {
        ...above,
        id,
        path: `${above.path}${id}/`,
        spans: above.spans.map(span => ({ ...span, ancestors: [...span.ancestors, id] })),
      }
      for (const child of children) if (takes?.includes(child.code)) await move(ledger, client, child, fresh, asOf)
    }
    // The journal tells the whole tree: whoever replays it needs to know which children went where.
    const entries = units.map((part, i) => ({
      root: unit.root,
      code: part.code,
      action: 'org-create',
      note: { ...part, ...(parts[i]!.takes?.length ? { takes: parts[i]!.takes } : {}) },
    }))
    await client.query('UPDATE org_unit SET closed = $3 WHERE root = $1 AND id = $2', [unit.root, unit.id, asOf])
    return ok([
      ...entries,
      { root: unit.root, code, action: 'org-split', note: { into: units.map(part => part.code), asOf } },
    ])
  })

/** Closes a unit from a day on. */
export const closeUnit = (ledger: Ledger, actor: Actor, code: string, asOf: string) =>
  changeUnit(ledger, actor, code, asOf, async (client, unit) => {
    if (openChildren(ledger, unit, asOf).length > 0)
      return fail('org/has-children', {
        org: code,
        zh: '请先撤销或移走下级单位',
        en: 'Close or move the units beneath it first',
      })
    const busy = await recordsFrom(client, unit, asOf)
    if (busy) return busy
    await client.query('UPDATE org_unit SET closed = $3 WHERE root = $1 AND id = $2', [unit.root, unit.id, asOf])
    return ok([{ root: unit.root, code, action: 'org-close', note: { asOf } }])
  })

/** Every child of a split unit has to go to one of its parts, as nothing open stands under what is closed. */
function checkTakes(unit: OrgUnit, children: readonly OrgUnit[], takes: readonly (readonly string[])[]) {
  const taken = takes.flat()
  const stranger = taken.find(code => !children.some(child => child.code === code))
  if (stranger !== undefined)
    return fail('org/not-child', {
      org: stranger,
      zh: `“${stranger}”不是“${unit.code}”的下级`,
      en: `${stranger} is not under ${unit.code}`,
    })
  if (takes.length > 0 && taken.length === children.length && new Set(taken).size === taken.length) return undefined
  return fail('org/split', {
    org: unit.code,
    zh: '至少拆成一个新单位，每个下级单位必须归入其中一个',
    en: 'A unit splits into one or more, and each unit beneath it goes to one of them',
  })
}

/** A unit that changed after a day cannot be changed as of that day. */
function changedLater(units: readonly OrgUnit[], asOf: string) {
  const late = units.find(unit => unit.spans.at(-1)!.since > asOf)
  return late && laterChange(late, late.spans.at(-1)!.since)
}

interface Draft {
  readonly root: number
  readonly code: string
  readonly action: string
  readonly note: Record<string, unknown>
}

const openChildren = (ledger: Ledger, unit: OrgUnit, asOf: string) =>
  ledger.orgs
    .childrenDuring(unit.id, asOf, LAST_DAY)
    .filter(({ unit: child }) => child.closed > asOf)
    .map(({ unit: child }) => child)

async function recordsFrom(client: pg.PoolClient, unit: OrgUnit, asOf: string) {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM record WHERE root = $1 AND org = $2 AND day >= $3 AND status <> 'void'`,
    [unit.root, unit.id, asOf],
  )
  const n = rows[0]!.n
  if (n === 0) return undefined
  return fail('org/has-records', {
    org: unit.code,
    count: n,
    zh: `“${unit.name}”在${asOf}及以后还有${n}条记录，请先移走`,
    en: `${unit.code} has ${n} records on or after ${asOf}; move them first`,
  })
}

function destination(ledger: Ledger, actor: Actor, unit: OrgUnit, code: string, asOf: string): Result<OrgUnit> {
  const to = ledger.orgs.find(code)
  if (!to.ok) return to
  const permitted = permit(actor, 'administer', to.value)
  if (!permitted.ok) return permitted
  if (to.value.root !== unit.root)
    return fail('org/other-root', {
      field: 'parent',
      zh: '不能移到另一棵单位树',
      en: 'A unit cannot move to another tree',
    })
  const last = to.value.spans.at(-1)!
  if (last.ancestors.includes(unit.id))
    return fail('org/cycle', {
      field: 'parent',
      org: code,
      zh: `“${to.value.name}”在“${unit.name}”之下，不能作它的上级`,
      en: `${code} stands under ${unit.code} and cannot be its parent`,
    })
  if (last.since > asOf) return laterChange(to.value, last.since)
  return isOpenOn(to.value, asOf) ? to : closedUnit(to.value, asOf)
}

const closedUnit = (unit: OrgUnit, asOf: string) =>
  fail('org/closed', {
    org: unit.code,
    zh: `“${unit.name}”在${asOf}不是有效单位`,
    en: `${unit.code} is not open on ${asOf}`,
  })

const laterChange = (unit: OrgUnit, since: string) =>
  fail('org/later-change', {
    org: unit.code,
    since,
    zh: `“${unit.name}”在${since}另有变动，只能从那以后再变`,
    en: `${unit.code} changed on ${since}; it can only change from then on`,
  })

async function changeUnit(
  ledger: Ledger,
  actor: Actor,
  code: string,
  asOf: string,
  change: (client: pg.PoolClient, unit: OrgUnit) => Promise<Result<readonly Draft[]>>,
): Promise<Result<readonly string[]>> {
  const known = ledger.orgs.find(code)
  if (!known.ok) return known
  const allowed = permit(actor, 'administer', known.value)
  if (!allowed.ok) return allowed
  const from = parseDay(asOf)
  if (!from.ok) return from
  if (asOf > today(ledger.clock))
    return fail('org/future', {
      field: 'asOf',
      zh: '变动日期不能晚于今天',
      en: 'A change cannot be dated in the future',
    })
  return inOneChange(ledger, actor, [known.value.root], async client => {
    const unit = ledger.orgs.byCode(code)! // as it is now that nobody else changes the tree
    const permitted = permit(actor, 'administer', unit)
    if (!permitted.ok) return permitted
    const last = unit.spans.at(-1)!
    if (last.since > asOf) return laterChange(unit, last.since)
    if (unit.closed <= asOf)
      return fail('org/closed', { org: code, zh: `“${unit.name}”已撤销`, en: `${code} is closed` })
    return change(client, unit)
  })
}

/** Runs a change of the tree alone: no fold and no other change beside it, so that tallies and tree stay one. */
async function inOneChange(
  ledger: Ledger,
  actor: Actor,
  roots: readonly number[],
  change: (client: pg.PoolClient) => Promise<Result<readonly Draft[]>>,
): Promise<Result<readonly string[]>> {
  const client = await ledger.store.pool.connect()
  try {
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${FOLD_LOCK})`)
    await foldAll(client)
    // Another program may have changed it.
    for (const root of new Set(roots)) await ledger.orgs.reload(root)
    const done = await change(client)
    if (!done.ok) {
      await client.query('ROLLBACK')
      return done
    }
    const changed = [...new Set(done.value.map(draft => draft.root))]
    const at = ledger.clock().toISOString()
    for (const root of changed) {
      const entries: Entry[] = done.value
        .filter(draft => draft.root === root)
        .map(draft => ({
          action: draft.action,
          actor: actor.person,
          after: null,
          at,
          before: null,
          from: actor.from,
          note: draft.note,
          org: draft.code,
          root: rootCode(ledger, root, done.value),
          subject: `org:${draft.code}`,
        }))
      await appendTo(client, root, entries)
    }
    // Both in one round trip; a root's id needs no quoting.
    await client.query(`${changed.map(root => `NOTIFY ${ORG_CHANNEL}, '${root}'`).join(';')}; COMMIT`)
    for (const root of changed) await ledger.orgs.reload(root)
    return ok(done.value.map(draft => draft.code))
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    const problem = duplicateCode(error)
    if (problem) return { ok: false, problems: [problem] }
    throw error
  } finally {
    client.release()
  }
}

/** The code of a tree's root, which the change itself may have created. */
const rootCode = (ledger: Ledger, root: number, drafts: readonly Draft[]): string =>
  ledger.orgs.byId(root)?.code ?? drafts.find(draft => draft.root === root)!.code

function duplicateCode(error: unknown): Problem | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && constraint?.startsWith('org_unit'))
    return { code: 'org/duplicate-code', zh: '单位代码已被使用', en: 'The code is taken' }
  return undefined
}

/** Cuts the spans of a unit and all beneath it at a day, so that what follows can differ from what was. */
async function splitSpans(client: pg.PoolClient, unit: OrgUnit, asOf: string) {
  await client.query(
    `WITH later AS (
       UPDATE org_span SET until = $3 WHERE root = $1 AND $2 = ANY(ancestors) AND since < $3 AND until > $3
       RETURNING root, org, parent, name, ancestors)
     INSERT INTO org_span (root, org, since, until, parent, name, ancestors)
     SELECT l.root, l.org, $3, coalesce((SELECT min(s.since) FROM org_span s WHERE s.root = l.root AND s.org = l.org AND s.since > $3), '${LAST_DAY}'),
            l.parent, l.name, l.ancestors FROM later l`,
    [unit.root, unit.id, asOf],
  )
}

async function move(ledger: Ledger, client: pg.PoolClient, unit: OrgUnit, to: OrgUnit, asOf: string) {
  const before = unit.spans.at(-1)!.ancestors
  const after = to.spans.at(-1)!.ancestors
  await shiftTallies(ledger, client, unit, before, [...after, unit.id], asOf)
  await splitSpans(client, unit, asOf)
  await client.query(
    `UPDATE org_span SET ancestors = $4::int[] || ancestors[array_position(ancestors, $2):],
            parent = CASE WHEN org = $2 THEN $5 ELSE parent END
     WHERE root = $1 AND $2 = ANY(ancestors) AND since >= $3`,
    [unit.root, unit.id, asOf, after, to.id],
  )
  await client.query(
    `UPDATE org_unit SET path = $4 || substr(path, length($3) - length($2 || '/') + 1), version = version + 1
     WHERE root = $1 AND path LIKE $3 || '%'`,
    [unit.root, String(unit.id), unit.path, to.path],
  )
}
