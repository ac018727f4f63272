import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { createUnits, moveUnit } from '../org/change.ts'
import { must, type Result } from '../result.ts'
import { may } from './actor.ts'
import { createPerson, grantRole, listPeople, readPerson, revokeRole, setDisabled, setPassword } from './people.ts'
import {
  actorOfSession,
  actorOfToken,
  createToken,
  dropExpired,
  listTokens,
  revokeToken,
  signIn,
  signOut,
  tokenHash,
} from './sessions.ts'

let world: World
let now = Date.parse('2025-06-30T04:00:00Z')
let n = 0
const HOUR = 3_600_000
const password = '春种一粒粟'.repeat(2)

beforeAll(async () => {
  const made = await testWorld()
  world = { ...made, clock: () => new Date(now++) }
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'T', kind: 'township', name: '东镇', parent: 'A' },
      { code: 'S', kind: 'township', name: '西镇', parent: 'A' },
    ]),
  )
})
afterAll(() => world.store.close())

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const login = () => `person${++n}`
async function hire(more: object = {}) {
  const name = login()
  const person = must(
    await createPerson(world, clerk, {
      login: name,
      name: '王',
      password,
      grants: [{ org: 'T', role: 'clerk' }],
      ...more,
    }),
  )
  return { ...person, enter: () => signIn(world, { login: name, password }, 'test') }
}
const actorOf = async (token: string) => (await actorOfSession(world, token, 'test'))?.actor
/** A person signed in, as an actor. */
async function working(role: 'administrator' | 'clerk', org: string) {
  const person = await hire({ grants: [{ org, role }] })
  return { ...person, actor: (await actorOf(must(await person.enter()).token))! }
}

describe('signing in', () => {
  test('gives a session that acts as the person, until signed out', async () => {
    const person = await hire()
    const { token } = must(await person.enter())
    const found = (await actorOfSession(world, token, 'http 10.0.0.7'))!
    expect(found).toMatchObject({
      login: person.login,
      language: 'zh',
      actor: { person: person.id, from: 'http 10.0.0.7' },
    })
    expect(may(found.actor, 'enter', world.orgs.byCode('T')!.path)).toBe(true)
    expect(may(found.actor, 'enter', world.orgs.byCode('S')!.path)).toBe(false)
    await signOut(world, token)
    expect(await actorOf(token)).toBeUndefined()
  })

  test('takes a login however it is typed, and stores neither password nor token', async () => {
    const person = await hire()
    const { token } = must(await signIn(world, { login: ` ${person.login.toUpperCase()} `, password }, 'test'))
    const { rows } = await world.store.pool.query(
      `SELECT p.password, (SELECT string_agg(s::text, '') FROM session s) AS sessions,
              (SELECT string_agg(entry, '') FROM journal) AS journal FROM person p WHERE id = $1`,
      [person.id],
    )
    expect(rows[0].password).toMatch(/^\$argon2id\$/)
    const stored = JSON.stringify(rows)
    for (const secret of [password, token]) expect(stored).not.toContain(secret)
    expect(stored).not.toContain(person.login)
  })

  test('tells a wrong password, an unknown login and a disabled person alike', async () => {
    const [person, gone] = [await hire(), await hire()]
    must(await setDisabled(world, clerk, gone.id, true))
    const tries = [
      { login: person.login, password: `${password}!` },
      { login: person.login, password: '' },
      { login: gone.login, password },
      { login: 'nobody', password },
      { login: '\0', password: '\ud800' },
      { login: 'x'.repeat(100_000), password: 'y'.repeat(100_000) },
    ]
    const answers = await Promise.all(tries.map(one => signIn(world, one, 'test')))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(codes(answers[0]!)).toEqual(['sign-in/refused'])
    const bare = await hire({ password: undefined })
    expect(codes(await signIn(world, { login: bare.login, password: '' }, 'test'))).toEqual(['sign-in/refused'])
  })

  test('a session ends 12 hours after its last use', async () => {
    const { token } = must(await (await hire()).enter())
    now += 11 * HOUR
    expect(await actorOf(token)).toBeDefined()
    now += 11 * HOUR
    expect(await actorOf(token)).toBeDefined()
    now += 13 * HOUR
    expect(await actorOf(token)).toBeUndefined()
    await dropExpired(world)
    const { rows } = await world.store.pool.query('SELECT count(*) AS n FROM session WHERE token_hash = $1', [
      tokenHash(token),
    ])
    expect(rows[0].n).toBe(0)
  })

  test('a role given, taken or moved with its unit holds at once', async () => {
    const person = await hire()
    const { token } = must(await person.enter())
    const canConfirm = async (code: string) => may((await actorOf(token))!, 'confirm', world.orgs.byCode(code)!.path)
    expect(await canConfirm('S')).toBe(false)
    must(await grantRole(world, clerk, person.id, { org: 'S', role: 'manager' }))
    must(await createUnits(world, clerk, [{ code: 'V', kind: 'village', name: '村', parent: 'T' }]))
    expect([await canConfirm('S'), await canConfirm('V')]).toEqual([true, false])
    must(await moveUnit(world, clerk, 'V', 'S', '2025-01-01'))
    expect(await canConfirm('V')).toBe(true)
    must(await revokeRole(world, clerk, person.id, { org: 'S', role: 'manager' }))
    expect([await canConfirm('S'), await canConfirm('V')]).toEqual([false, false])
  })

  test('disabling ends the sessions and the tokens; enabling lets in again', async () => {
    const person = await working('clerk', 'T')
    const { token: api } = must(await createToken(world, person.actor, { name: '脚本', days: 30 }))
    const { token } = must(await person.enter())
    must(await setDisabled(world, clerk, person.id, true))
    expect([await actorOf(token), await actorOfToken(world, api, 'test')]).toEqual([undefined, null])
    must(await setDisabled(world, clerk, person.id, false))
    expect(await actorOf(token)).toBeUndefined()
    must(await person.enter())
    expect((await actorOfToken(world, api, 'test'))?.actor.person).toBe(person.id)
  })
})

describe('tokens', () => {
  test('act as their person until they expire or are revoked, and only their person sees them', async () => {
    const [person, other] = [await working('clerk', 'T'), await working('clerk', 'T')]
    const made = must(await createToken(world, person.actor, { name: '脚本', days: 1 }))
    const long = must(await createToken(world, person.actor, { name: '长期', days: 100 }))
    expect((await actorOfToken(world, made.token, 'test'))?.actor).toMatchObject({ person: person.id })
    expect((await listTokens(world, person.actor)).map(one => one.name)).toEqual(['长期', '脚本'])
    expect(JSON.stringify(await listTokens(world, person.actor))).not.toContain(long.token)
    expect(await listTokens(world, other.actor)).toEqual([])
    expect(codes(await revokeToken(world, other.actor, long.id))).toEqual(['token/unknown'])
    now += 25 * HOUR
    expect(await actorOfToken(world, made.token, 'test')).toBeNull()
    expect(await actorOfToken(world, long.token, 'test')).not.toBeNull()
    must(await revokeToken(world, person.actor, long.id))
    expect(await actorOfToken(world, long.token, 'test')).toBeNull()
    for (const wrong of ['', 'yilu_', 'yilu_x', "' OR 1=1 --", '\0'])
      expect(await actorOfToken(world, wrong, 'test')).toBeNull()
  })

  test('are refused without a name, a term or a person', async () => {
    const { actor } = await working('clerk', 'T')
    expect(codes(await createToken(world, actor, { name: ' ', days: 1 }))).toEqual(['token/name'])
    expect(codes(await createToken(world, actor, { name: '久', days: 10_000 }))).toEqual(['token/days'])
    expect(codes(await createToken(world, actor, { name: '半', days: 0.5 }))).toEqual(['token/days'])
    expect(codes(await createToken(world, clerk, { name: '谁', days: 1 }))).toEqual(['token/no-person'])
    expect(codes(await revokeToken(world, actor, "'"))).toEqual(['token/unknown'])
  })
})

describe('passwords', () => {
  test.each([
    ['short', '1234567'],
    ['long', 'x'.repeat(201)],
    ['characters', 'abcdefg\u0007h'],
    ['characters', 'abcdefgh\ud800'],
    ['login', 'WANGWANG'],
  ])('%s ones are refused', async (rule, wrong) => {
    const grants = [{ org: 'T', role: 'clerk' as const }]
    const refused = await createPerson(world, clerk, { login: 'wangwang', name: '王', password: wrong, grants })
    expect(codes(refused)).toEqual([`person/password-${rule}`])
  })

  test('one changes one’s own by saying the present one; other sessions end', async () => {
    const person = await working('clerk', 'T')
    const [here, there] = [must(await person.enter()), must(await person.enter())]
    const fresh = { password: '秋收万颗子！！！' }
    expect(codes(await setPassword(world, person.actor, person.id, fresh))).toEqual(['person/current-password'])
    must(
      await setPassword(world, person.actor, person.id, { ...fresh, current: password, keep: tokenHash(here.token) }),
    )
    expect([!!(await actorOf(here.token)), !!(await actorOf(there.token))]).toEqual([true, false])
    expect(codes(await person.enter())).toEqual(['sign-in/refused'])
    must(await signIn(world, { login: person.login, ...fresh }, 'test'))
  })
})

describe('administering', () => {
  test('reaches only people and roles within what one administers', async () => {
    const chief = await working('administrator', 'T')
    const fresh = (org: string, role: 'clerk' | 'administrator' = 'clerk') =>
      createPerson(world, chief.actor, { login: login(), name: '新', grants: [{ org, role }] })
    const own = must(await fresh('T', 'administrator'))
    expect(codes(await fresh('S'))).toEqual(['permission/denied'])
    expect(codes(await fresh('A'))).toEqual(['permission/denied'])
    expect(codes(await createPerson(world, chief.actor, { login: login(), name: '无', grants: [] }))).toEqual([
      'person/no-role',
    ])
    expect(codes(await grantRole(world, chief.actor, own.id, { org: 'A', role: 'clerk' }))).toEqual([
      'permission/denied',
    ])
    must(await grantRole(world, clerk, own.id, { org: 'S', role: 'clerk' }))
    // A role elsewhere puts a person beyond the reach of who administers only here.
    expect(codes(await setDisabled(world, chief.actor, own.id, true))).toEqual(['permission/denied'])
    expect(codes(await setPassword(world, chief.actor, own.id, { password }))).toEqual(['permission/denied'])
    expect(must(await readPerson(world, chief.actor, own.id)).grants).toEqual([{ org: 'T', role: 'administrator' }])
    const stranger = await hire({ grants: [{ org: 'S', role: 'clerk' }] })
    expect(codes(await readPerson(world, chief.actor, stranger.id))).toEqual(['person/unknown'])
    expect(must(await listPeople(world, chief.actor)).map(one => one.id)).not.toContain(stranger.id)
    expect(codes(await setDisabled(world, chief.actor, chief.id, true))).toEqual(['person/self'])
  })

  test('never leaves a tree without anyone who administers it', async () => {
    must(await createUnits(world, clerk, [{ code: 'B', kind: 'county', name: '乙县' }]))
    const [first, second] = [await working('administrator', 'B'), await working('administrator', 'B')]
    must(await revokeRole(world, first.actor, second.id, { org: 'B', role: 'administrator' }))
    const last = { org: 'B', role: 'administrator' as const }
    expect(codes(await revokeRole(world, first.actor, first.id, last))).toEqual(['person/last-administrator'])
    must(await grantRole(world, first.actor, second.id, last))
    must(await setDisabled(world, first.actor, second.id, true))
    expect(codes(await revokeRole(world, first.actor, first.id, last))).toEqual(['person/last-administrator'])
    // The operator of the data directory administers all, and may.
    must(await revokeRole(world, clerk, first.id, last))
  })

  test('refuses what is no login, name or role, and a login that is taken', async () => {
    const grants = [{ org: 'T', role: 'clerk' as const }]
    const attempt = async (more: object) =>
      codes(await createPerson(world, clerk, { login: login(), name: '王', grants, ...more }))
    const taken = await hire()
    expect(await attempt({ login: taken.login.toUpperCase() })).toEqual(['person/duplicate-login'])
    expect(await attempt({ login: '../etc' })).toEqual(['person/login'])
    expect(await attempt({ login: '' })).toEqual(['person/login'])
    expect(await attempt({ name: ' ' })).toEqual(['person/name'])
    expect(await attempt({ name: '王\ud800' })).toEqual(['person/name'])
    expect(await attempt({ grants: [{ org: 'T', role: 'king' }] })).toEqual(['person/role'])
    expect(await attempt({ grants: [{ org: 'nowhere', role: 'clerk' }] })).toEqual(['org/unknown'])
    expect(codes(await setDisabled(world, clerk, "'; --", true))).toEqual(['person/unknown'])
  })

  test('of two who take the same login at once, one has it', async () => {
    const same = { login: login(), name: '王', grants: [{ org: 'T', role: 'clerk' as const }] }
    const both = await Promise.all([createPerson(world, clerk, same), createPerson(world, clerk, same)])
    expect(both.flatMap(codes)).toEqual(['person/duplicate-login'])
  })

  test('is kept in the journal without names', async () => {
    const person = await hire({ name: '赵钱孙' })
    must(await grantRole(world, clerk, person.id, { org: 'S', role: 'analyst' }))
    must(await grantRole(world, clerk, person.id, { org: 'S', role: 'analyst' }))
    const { rows } = await world.store.pool.query<{ entry: string }>(
      'SELECT entry FROM journal WHERE root = 0 AND subject = $1 ORDER BY seq',
      [`person:${person.id}`],
    )
    const entries = rows.map(row => JSON.parse(row.entry) as { action: string; note: unknown })
    expect(entries.map(entry => entry.action)).toEqual(['person-create', 'role-grant'])
    expect(entries[1]!.note).toEqual({ role: 'analyst' })
    expect(rows.map(row => row.entry).join()).not.toContain('赵钱孙')
  })
})
