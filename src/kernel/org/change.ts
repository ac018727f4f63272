import type pg from 'pg'
import { FOLD_LOCK, foldAll } from '../figures/fold.ts'
import { appendTo, type Entry } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { day as parseDay, today } from '../period/period.ts'
import { fail, ok, type Problem, type Result } from '../result.ts'
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
  return inOneChange(ledger, actor, async client => {
    const entries: Draft[] = []
    for (const unit of units) {
      const { rows } = await client.query<{ id: number; root: number }>(CREATE, [
        unit.code,
        unit.kind,
        unit.name,
        unit.nameEn ?? null,
        unit.parent ?? null,
        unit.opened ?? FIRST_DAY,
      ])
      entries.push({ root: rows[0]!.root, code: unit.code, action: 'org-create', note: { ...unit } })
    }
    return ok(entries)
  })
}

const CREATE = `
  WITH parent AS (SELECT id, root, path FROM org_unit WHERE code = $5),
  fresh AS (SELECT nextval(pg_get_serial_sequence('org_unit', 'id'))::int AS id),
  unit AS (
    INSERT INTO org_unit (id, root, code, kind, name, name_en, path, opened)
    SELECT f.id, coalesce(p.root, f.id), $1, $2, $3, $4, coalesce(p.path, '/') || f.id || '/', $6::date
    FROM fresh f LEFT JOIN parent p ON true RETURNING id, root),
  spans AS (
    INSERT INTO org_span (root, org, since, until, parent, name, ancestors)
    SELECT u.root, u.id, s.since, s.until, p.id, $3, s.ancestors || u.id
    FROM unit u CROSS JOIN parent p JOIN org_span s ON s.root = p.root AND s.org = p.id
    UNION ALL
    SELECT u.root, u.id, '${FIRST_DAY}', '${LAST_DAY}', NULL, $3, ARRAY[u.id] FROM unit u WHERE $5::text IS NULL)
  SELECT id, root FROM unit`

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
    if (!unit.name.trim())
      return fail('org/name', { field: 'name', zh: '单位名称不能为空', en: 'The name may not be empty' })
    if (unit.opened !== undefined) {
      const opened = parseDay(unit.opened)
      if (!opened.ok) return opened
    }
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
    }
    fresh.add(unit.code)
  }
  return undefined
}

/** Gives a unit another name from a day on. */
export const renameUnit = (ledger: Ledger, actor: Actor, code: string, name: string, asOf: string) =>
  changeUnit(ledger, actor, code, asOf, async (client, unit) => {
    if (!name.trim())
      return fail('org/name', { field: 'name', zh: '单位名称不能为空', en: 'The name may not be empty' })
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
    for (const child of openChildren(ledger, unit, asOf)) await move(ledger, client, child, to.value, asOf)
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
    const entries: Draft[] = []
    for (const [index, part] of units.entries()) {
      const { rows } = await client.query<{ id: number; root: number }>(CREATE, [
        part.code,
        part.kind,
        part.name,
        part.nameEn ?? null,
        above.code,
        asOf,
      ])
      entries.push({ root: unit.root, code: part.code, action: 'org-create', note: part })
      const fresh = {
        ...above,
        id: rows[0]!.id,
        path: `${above.path}${rows[0]!.id}/`,
        spans: above.spans.map(span => ({ ...span, ancestors: [...span.ancestors, rows[0]!.id] })),
      }
      for (const taken of parts[index]!.takes ?? []) {
        const child = ledger.orgs.find(taken)
        if (!child.ok) return child
        if (child.value.spans.at(-1)!.parent !== unit.id)
          return fail('org/not-child', {
            org: taken,
            zh: `“${taken}”不是“${code}”的下级`,
            en: `${taken} is not under ${code}`,
          })
        await move(ledger, client, child.value, fresh, asOf)
      }
    }
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
  if (!isOpenOn(to.value, asOf))
    return fail('org/closed', {
      org: code,
      zh: `“${to.value.name}”在${asOf}不是有效单位`,
      en: `${code} is not open on ${asOf}`,
    })
  return to
}

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
  const unit = ledger.orgs.find(code)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'administer', unit.value)
  if (!permitted.ok) return permitted
  const from = parseDay(asOf)
  if (!from.ok) return from
  if (asOf > today(ledger.clock))
    return fail('org/future', {
      field: 'asOf',
      zh: '变动日期不能晚于今天',
      en: 'A change cannot be dated in the future',
    })
  const last = unit.value.spans.at(-1)!
  if (last.since > asOf) return laterChange(unit.value, last.since)
  if (unit.value.closed <= asOf)
    return fail('org/closed', { org: code, zh: `“${unit.value.name}”已撤销`, en: `${code} is closed` })
  return inOneChange(ledger, actor, client => change(client, unit.value))
}

/** Runs a change of the tree alone: no fold and no other change beside it, so that tallies and tree stay one. */
async function inOneChange(
  ledger: Ledger,
  actor: Actor,
  change: (client: pg.PoolClient) => Promise<Result<readonly Draft[]>>,
): Promise<Result<readonly string[]>> {
  const client = await ledger.store.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [FOLD_LOCK])
    await foldAll(client)
    await ledger.orgs.reload()
    const done = await change(client)
    if (!done.ok) {
      await client.query('ROLLBACK')
      return done
    }
    const at = ledger.clock().toISOString()
    const rootCodes = await client.query<{ id: number; code: string }>('SELECT id, code FROM org_unit WHERE id = root')
    const codeOf = new Map(rootCodes.rows.map(row => [row.id, row.code]))
    for (const root of new Set(done.value.map(draft => draft.root))) {
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
          root: codeOf.get(root) ?? '',
          subject: `org:${draft.code}`,
        }))
      await appendTo(client, root, entries)
    }
    await client.query('SELECT pg_notify($1, $2)', [ORG_CHANNEL, ''])
    await client.query('COMMIT')
    await ledger.orgs.reload()
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
