import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { inTransaction } from '../../store/transaction.ts'
import { canonical, sha256Hex } from '../journal/canonical.ts'
import { appendTo } from '../journal/entry.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { type Actor, may, permit, type Role } from './actor.ts'
import { checkPassword, hashPassword, isPassword } from './passwords.ts'

/** A role at an org unit, by its code. */
export interface RoleAt {
  readonly org: string
  readonly role: Role
}

export interface Person {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly language: Language
  readonly disabled: boolean
  readonly createdAt: string
  readonly grants: readonly RoleAt[]
}

export interface NewPerson {
  readonly login: string
  readonly name: string
  /** Without one the person cannot sign in until it is set. */
  readonly password?: string
  readonly language?: Language
  readonly grants: readonly RoleAt[]
}

export const ROLES: readonly Role[] = ['clerk', 'manager', 'analyst', 'auditor', 'administrator']

/** Creates a person with roles, each within what the actor administers. Only the operator creates one without a role. */
export async function createPerson(ledger: Ledger, actor: Actor, entered: NewPerson): Promise<Result<Person>> {
  const login = entered.login.normalize('NFKC').trim().toLowerCase()
  const name = entered.name.normalize('NFC').trim()
  const checked = checkNames(login, name)
  if (!checked.ok) return checked
  if (entered.grants.length === 0 && !actor.operator)
    return fail('person/no-role', {
      field: 'grants',
      zh: '新建人员至少要有一个角色',
      en: 'A new person needs at least one role',
    })
  const orgs: OrgUnit[] = []
  for (const grant of entered.grants) {
    const org = administered(ledger, actor, grant)
    if (!org.ok) return org
    orgs.push(org.value)
  }
  if (entered.password !== undefined) {
    const fit = checkPassword(entered.password, login)
    if (!fit.ok) return fit
  }
  const password = entered.password === undefined ? null : await hashPassword(entered.password)
  const person: Person = {
    id: uuidv7(),
    login,
    name,
    language: entered.language ?? 'zh',
    disabled: false,
    createdAt: ledger.clock().toISOString(),
    grants: entered.grants,
  }
  try {
    await inTransaction(ledger.store.pool, async client => {
      await client.query(
        'INSERT INTO person (id, login, name, password, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [person.id, login, name, password, person.language, person.createdAt],
      )
      await client.query(
        `INSERT INTO role_grant (person, org, role) SELECT $1, * FROM unnest($2::int[], $3::text[]) ON CONFLICT DO NOTHING`,
        [person.id, orgs.map(org => org.id), entered.grants.map(grant => grant.role)],
      )
      await journal(ledger, actor, client, person.id, 'person-create', {
        after: person,
        org: entered.grants[0]?.org,
        note: { grants: entered.grants },
      })
    })
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'person_login_key')
      return fail('person/duplicate-login', {
        field: 'login',
        value: login,
        zh: `登录名“${login}”已被使用`,
        en: `The login ${login} is taken`,
      })
    throw error
  }
  return ok(person)
}

function checkNames(login: string, name: string): Result<true> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u.test(login))
    return fail('person/login', {
      field: 'login',
      value: login,
      zh: '登录名只能用字母、汉字、数字、点、横线、下划线和@，最多64个字符',
      en: 'A login holds letters, digits, dots, hyphens, underscores and @, at most 64 characters',
    })
  if (name === '' || name.length > 60 || /\p{Cc}|\p{Cs}/u.test(name))
    return fail('person/name', {
      field: 'name',
      zh: '姓名不能为空，最多60个字符',
      en: 'The name may not be empty; at most 60 characters',
    })
  return ok(true)
}

/** The org unit of a grant that the actor may give or take. */
function administered(ledger: Ledger, actor: Actor, { org: code, role }: RoleAt): Result<OrgUnit> {
  if (!ROLES.includes(role))
    return fail('person/role', { field: 'role', value: role, zh: `没有角色“${role}”`, en: `There is no role ${role}` })
  const org = ledger.orgs.find(code)
  if (!org.ok) return org
  const permitted = permit(actor, 'administer', org.value)
  return permitted.ok ? org : permitted
}

/** Gives a person a role at an org unit and beneath; the actor must administer that unit. Once given, again is no change. */
export const grantRole = (ledger: Ledger, actor: Actor, id: string, grant: RoleAt) =>
  changeGrant(
    ledger,
    actor,
    id,
    grant,
    'role-grant',
    'INSERT INTO role_grant (person, org, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
  )

/** Takes a role from a person; the actor must administer its unit. */
export const revokeRole = (ledger: Ledger, actor: Actor, id: string, grant: RoleAt) =>
  changeGrant(
    ledger,
    actor,
    id,
    grant,
    'role-revoke',
    'DELETE FROM role_grant WHERE person = $1 AND org = $2 AND role = $3',
  )

async function changeGrant(
  ledger: Ledger,
  actor: Actor,
  id: string,
  grant: RoleAt,
  action: string,
  statement: string,
): Promise<Result<Person>> {
  const org = administered(ledger, actor, grant)
  if (!org.ok) return org
  const found = await findPerson(ledger, id)
  if (!found.ok) return found
  const isLast = await inTransaction(ledger.store.pool, async client => {
    if (action === 'role-revoke' && grant.role === 'administrator' && !actor.operator)
      if (!(await otherAdministrators(client, id, org.value))) return true
    const done = await client.query(statement, [id, org.value.id, grant.role])
    if (done.rowCount !== 0)
      await journal(ledger, actor, client, id, action, { org: grant.org, note: { role: grant.role } })
    return false
  })
  if (isLast)
    return fail('person/last-administrator', {
      field: 'role',
      org: grant.org,
      zh: `“${org.value.name}”只剩这一个管理员，请先指定另一个`,
      en: `${grant.org} has no other administrator; name one first`,
    })
  return readPerson(ledger, actor, id)
}

/** Whether another role that someone can sign in with administers a unit, there or above. Two who leave at once wait for one another. */
async function otherAdministrators(client: pg.PoolClient, person: string, org: OrgUnit): Promise<boolean> {
  const { rows } = await client.query<{ person: string; org: number }>(
    `SELECT g.person, g.org FROM role_grant g JOIN org_unit o ON o.id = g.org JOIN person p ON p.id = g.person
     WHERE g.role = 'administrator' AND starts_with($1, o.path) AND NOT p.disabled
     ORDER BY g.person, g.org FOR UPDATE OF g`,
    [org.path],
  )
  return rows.some(row => row.person !== person || row.org !== org.id)
}

/**
 * Sets a password: one's own, saying the present one, or that of a person all of whose roles lie within what the actor
 * administers. Ends the person's sessions, but for the one named by `keep`.
 */
export async function setPassword(
  ledger: Ledger,
  actor: Actor,
  id: string,
  entered: { password: string; current?: string; keep?: Buffer },
): Promise<Result<true>> {
  const found = await findPerson(ledger, id)
  if (!found.ok) return found
  const person = found.value
  if (actor.person === id) {
    if (!(await isPassword(person.password, entered.current ?? '')))
      return fail('person/current-password', {
        field: 'current',
        zh: '现在的密码不对',
        en: 'That is not the present password',
      })
  } else {
    const permitted = permitOver(ledger, actor, person)
    if (!permitted.ok) return permitted
  }
  const fit = checkPassword(entered.password, person.login)
  if (!fit.ok) return fit
  const password = await hashPassword(entered.password)
  await inTransaction(ledger.store.pool, async client => {
    await client.query('UPDATE person SET password = $2 WHERE id = $1', [id, password])
    await client.query('DELETE FROM session WHERE person = $1 AND token_hash <> $2', [
      id,
      entered.keep ?? Buffer.alloc(0),
    ])
    await journal(ledger, actor, client, id, 'person-password', { org: person.grants[0]?.org })
  })
  return ok(true)
}

/** Keeps a person from signing in, or lets them again. Ends sessions; what the person did stays. */
export async function setDisabled(
  ledger: Ledger,
  actor: Actor,
  id: string,
  disabled: boolean,
): Promise<Result<Person>> {
  const found = await findPerson(ledger, id)
  if (!found.ok) return found
  const { password: _, ...person } = found.value
  const permitted = permitOver(ledger, actor, person)
  if (!permitted.ok) return permitted
  if (actor.person === id) return fail('person/self', { zh: '不能停用自己', en: 'You cannot disable yourself' })
  if (person.disabled === disabled) return ok(person)
  const after = { ...person, disabled }
  await inTransaction(ledger.store.pool, async client => {
    await client.query('UPDATE person SET disabled = $2 WHERE id = $1', [id, disabled])
    if (disabled) await client.query('DELETE FROM session WHERE person = $1', [id])
    await journal(ledger, actor, client, id, disabled ? 'person-disable' : 'person-enable', {
      before: person,
      after,
      org: person.grants[0]?.org,
    })
  })
  return ok(after)
}

/** Whoever administers all units where a person has a role may act over that person. */
function permitOver(ledger: Ledger, actor: Actor, person: Pick<Person, 'grants'>): Result<true> {
  for (const grant of person.grants) {
    const org = ledger.orgs.byCode(grant.org)
    const permitted = permit(actor, 'administer', org ?? { path: '', code: grant.org })
    if (!permitted.ok) return permitted
  }
  return isAdministrator(actor) ? ok(true) : notAdministrator
}

const isAdministrator = (actor: Actor) =>
  actor.operator === true || actor.grants.some(grant => grant.role === 'administrator')

const notAdministrator = fail('permission/denied', {
  right: 'administer',
  zh: '您没有管理人员的权限',
  en: 'You may not administer people',
})

const SELECT = `
  SELECT p.id, p.login, p.name, p.language, p.disabled, p.created_at AS "createdAt", p.password,
         coalesce((SELECT json_agg(json_build_object('org', o.code, 'role', g.role) ORDER BY o.path, g.role)
                   FROM role_grant g JOIN org_unit o ON o.id = g.org WHERE g.person = p.id), '[]') AS grants
  FROM person p`

async function findPerson(ledger: Ledger, id: string): Promise<Result<Person & { password: string | null }>> {
  const unknown = fail('person/unknown', { person: id, zh: '没有这个人', en: 'There is no such person' })
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return unknown
  const { rows } = await ledger.store.pool.query<Person & { password: string | null }>(`${SELECT} WHERE p.id = $1`, [
    id,
  ])
  return rows[0] ? ok(rows[0]) : unknown
}

/** A person as the actor may see: oneself, or with the roles within what the actor administers. */
export async function readPerson(ledger: Ledger, actor: Actor, id: string): Promise<Result<Person>> {
  if (actor.person !== id && !isAdministrator(actor)) return notAdministrator
  const found = await findPerson(ledger, id)
  if (!found.ok) return found
  const { password: _, ...person } = found.value
  if (actor.person === id) return ok(person)
  const grants = person.grants.filter(grant => isWithin(ledger, actor, grant))
  if (grants.length === 0 && person.grants.length > 0)
    return fail('person/unknown', { person: id, zh: '没有这个人', en: 'There is no such person' })
  return ok({ ...person, grants })
}

/** People with a role within what the actor administers, by login. */
export async function listPeople(ledger: Ledger, actor: Actor): Promise<Result<readonly Person[]>> {
  if (!isAdministrator(actor)) return notAdministrator
  const orgs = ledger.orgs.all().filter(unit => may(actor, 'administer', unit.path))
  const { rows } = await ledger.store.pool.query<Person & { password: string | null }>(
    `${SELECT} WHERE $2 OR EXISTS (SELECT 1 FROM role_grant g WHERE g.person = p.id AND g.org = ANY($1)) ORDER BY p.login`,
    [orgs.map(org => org.id), actor.operator === true],
  )
  return ok(
    rows.map(({ password: _, ...person }) => ({
      ...person,
      grants: person.grants.filter(grant => isWithin(ledger, actor, grant)),
    })),
  )
}

const isWithin = (ledger: Ledger, actor: Actor, grant: RoleAt) =>
  may(actor, 'administer', ledger.orgs.byCode(grant.org)?.path ?? '')

interface Journaled {
  readonly before?: Person
  readonly after?: Person
  readonly org?: string | undefined
  readonly note?: unknown
}

/** Names and logins go into the journal as a hash only: it is never erased. */
export const journal = (
  ledger: Ledger,
  actor: Actor,
  client: pg.ClientBase,
  person: string,
  action: string,
  { before, after, org, note }: Journaled,
) =>
  appendTo(client, 0, [
    {
      action,
      actor: actor.person,
      after: after ? personHash(after) : null,
      at: ledger.clock().toISOString(),
      before: before ? personHash(before) : null,
      from: actor.from,
      root: '',
      subject: `person:${person}`,
      ...(org === undefined ? {} : { org }),
      ...(note === undefined ? {} : { note }),
    },
  ])

/** SHA-256 of what stands of a person. */
export const personHash = ({ id, login, name, language, disabled }: Omit<Person, 'createdAt' | 'grants'>) =>
  sha256Hex(canonical({ id, login, name, language, disabled }))
