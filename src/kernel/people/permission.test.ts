import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { attainment, setTargets, targetsUnder } from '../assessment/targets.ts'
import { explain } from '../figures/explain.ts'
import { figure } from '../figures/figure.ts'
import { listEntries } from '../journal/list.ts'
import { closeUnit, createUnits, mergeUnit, moveUnit, renameUnit, splitUnit } from '../org/change.ts'
import { changeMany } from '../records/bulk.ts'
import { eachRecord, listRecords } from '../records/list.ts'
import { mergeRecords } from '../records/merge.ts'
import { erase, reveal } from '../records/personal.ts'
import { history, readRecord, recordAsOf } from '../records/read.ts'
import { change, confirm, create, createMany, sendBack, submit, voidRecord } from '../records/records.ts'
import { showHistory, showRecord } from '../records/show.ts'
import { similarTo } from '../records/similar.ts'
import { undo } from '../records/undo.ts'
import { composeReport } from '../reports/compose.ts'
import { draftReport } from '../reports/reports.ts'
import { must, type Result } from '../result.ts'
import { search } from '../search/search.ts'
import { type Actor, type Right, type Role, rightsOf } from './actor.ts'
import {
  createPerson,
  grantRole,
  listPeople,
  ROLES,
  readPerson,
  revokeRole,
  setDisabled,
  setPassword,
} from './people.ts'

// Every command of the kernel, by every role, at the unit, above it, beneath it and beside it.

let world: World
let n = 0

beforeAll(async () => {
  world = await testWorld()
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'T', kind: 'township', name: '东镇', parent: 'A' },
      { code: 'T-1', kind: 'village', name: '东村', parent: 'T' },
      { code: 'S', kind: 'township', name: '西镇', parent: 'A' },
      { code: 'Z', kind: 'county', name: '他县' },
    ]),
  )
})
afterAll(() => world.store.close())

const actorAt = (role: Role, code: string): Actor => {
  const { id, path } = world.orgs.byCode(code)!
  return { person: '00000000-0000-4000-8000-000000000001', name: role, from: 'test', grants: [{ org: id, path, role }] }
}

const fields = () => ({ on: '2024-05-18', topic: 'rice', people: ++n, place: '东村', host: '张三丰' })

/** A record of T, made by the one who is to act on it, so that it is theirs to undo; its id. */
async function made(more: { draft?: boolean; own?: Actor } = {}): Promise<string> {
  const maker = more.own ? { ...clerk, person: more.own.person } : clerk
  return must(await create(world, maker, 'world.visit', { org: 'T', fields: fields(), draft: more.draft ?? false })).id
}

/** A village of T that nothing else uses. */
async function village(): Promise<string> {
  const code = `V${++n}`
  must(await createUnits(world, clerk, [{ code, kind: 'village', name: '新村', parent: 'T' }]))
  return code
}

/** A person whose only role is at T. */
const person = async () =>
  must(await createPerson(world, clerk, { login: `p${++n}`, name: '王', grants: [{ org: 'T', role: 'clerk' }] })).id

type Command = (actor: Actor) => Promise<Result<unknown>>
const day = '2025-01-01'
const now = '2025-06-30T04:00:00Z'
const asked = { indicator: 'world.people', org: 'T', period: '2024' }

const commands: Readonly<Record<string, readonly [Right, Command]>> = {
  create: ['enter', actor => create(world, actor, 'world.visit', { org: 'T', fields: fields() })],
  createMany: ['enter', actor => createMany(world, actor, 'world.visit', [{ org: 'T', fields: fields() }])],
  similarTo: ['enter', actor => similarTo(world, actor, 'world.visit', { org: 'T', fields: fields() })],
  change: ['enter', async actor => change(world, actor, await made(), { fields: { people: 1 } })],
  submit: ['enter', async actor => submit(world, actor, await made({ draft: true }))],
  voidRecord: ['enter', async actor => voidRecord(world, actor, await made(), '误')],
  undo: ['enter', async actor => undo(world, actor, await made({ own: actor }))],
  mergeRecords: ['enter', async actor => mergeRecords(world, actor, await made(), [await made()])],
  changeMany: ['enter', async actor => changeMany(world, actor, [await made()], { fields: { people: 1 } })],
  'changeMany (void)': [
    'enter',
    async actor => changeMany(world, actor, [await made()], { action: 'void', reason: '误' }),
  ],
  reveal: ['enter', async actor => reveal(world, actor, await made(), '回访')],
  confirm: ['confirm', async actor => confirm(world, actor, await made())],
  sendBack: ['confirm', async actor => sendBack(world, actor, await made(), '误')],
  'changeMany (confirm)': ['confirm', async actor => changeMany(world, actor, [await made()], { action: 'confirm' })],
  setTargets: ['confirm', actor => setTargets(world, actor, [{ ...asked, value: 100 }])],
  erase: ['administer', async actor => erase(world, actor, await made(), '本人要求')],
  readRecord: ['read', async actor => readRecord(world, actor, await made())],
  history: ['read', async actor => history(world, actor, await made())],
  recordAsOf: ['read', async actor => recordAsOf(world, actor, await made(), '2030-01-01T00:00:00Z')],
  showRecord: ['read', async actor => showRecord(world, actor, await made())],
  showHistory: ['read', async actor => showHistory(world, actor, await made())],
  listRecords: ['read', actor => listRecords(world, actor, { type: 'world.visit', org: 'T' })],
  figure: ['read', actor => figure(world, actor, asked)],
  'figure (as of)': ['read', actor => figure(world, actor, { ...asked, asOf: now })],
  explain: ['read', actor => explain(world, actor, asked)],
  attainment: ['read', actor => attainment(world, actor, asked)],
  targetsUnder: ['read', actor => targetsUnder(world, actor, 'T', '2024')],
  composeReport: ['read', actor => composeReport(world, actor, { template: 'none', org: 'T', period: '2024' })],
  draftReport: ['report', actor => draftReport(world, actor, { template: 'none', org: 'T', period: '2024' })],
  listEntries: ['journal', actor => listEntries(world, actor, { org: 'T' })],
  createUnits: ['administer', actor => createUnits(world, actor, [unit('T')])],
  renameUnit: ['administer', async actor => renameUnit(world, actor, await village(), '新新村', day)],
  closeUnit: ['administer', async actor => closeUnit(world, actor, await village(), day)],
  moveUnit: ['administer', async actor => moveUnit(world, actor, await village(), 'T-1', day)],
  mergeUnit: ['administer', async actor => mergeUnit(world, actor, await village(), 'T-1', day)],
  splitUnit: ['administer', async actor => splitUnit(world, actor, await village(), [unit('T')], day)],
  createPerson: ['administer', actor => createPerson(world, actor, newcomer())],
  grantRole: ['administer', async actor => grantRole(world, actor, await person(), { org: 'T', role: 'manager' })],
  revokeRole: ['administer', async actor => revokeRole(world, actor, await person(), { org: 'T', role: 'clerk' })],
  setDisabled: ['administer', async actor => setDisabled(world, actor, await person(), true)],
  setPassword: ['administer', async actor => setPassword(world, actor, await person(), { password: '一个新的长密码' })],
  readPerson: ['administer', async actor => readPerson(world, actor, await person())],
}

const unit = (parent: string) => ({ code: `U${++n}`, kind: 'village', name: '新村', parent })
const newcomer = () => ({ login: `q${++n}`, name: '李', grants: [{ org: 'T', role: 'clerk' as const }] })

/** What tells that the actor may not; a record, a person or a unit one may not know of is told like one that is not there. */
const DENIED = new Set(['permission/denied', 'record/unknown', 'person/unknown'])
const isDenied = (result: Result<unknown>) => !result.ok && result.problems.some(problem => DENIED.has(problem.code))

test.each(Object.entries(commands))('%s is for those with the right at the unit or above it', async (_, [
  right,
  act,
]) => {
  for (const role of ROLES)
    for (const at of ['A', 'T', 'T-1', 'S', 'Z']) {
      const may = rightsOf(role).includes(right) && (at === 'A' || at === 'T')
      expect({ role, at, denied: isDenied(await act(actorAt(role, at))) }).toEqual({ role, at, denied: !may })
    }
  const nobody: Actor = { person: null, name: '', from: 'test', grants: [] }
  expect(isDenied(await act(nobody))).toBe(true)
  expect(isDenied(await act(clerk))).toBe(false)
})

test('what lists and searches show comes from within the grants alone', async () => {
  const hidden = must(await create(world, clerk, 'world.visit', { org: 'S', fields: fields() })).id
  const shown = await made()
  for (const role of ROLES) {
    const actor = actorAt(role, 'T')
    const listed: string[] = []
    for await (const batch of eachRecord(world, actor, { type: 'world.visit' }))
      listed.push(...batch.map(one => one.id))
    expect([listed.includes(shown), listed.includes(hidden)]).toEqual([true, false])
    const found = must(await search(world, actor, '东村', { limit: 100 }))
    expect(found.records.every(record => record.org === 'T')).toBe(true)
    expect(found.orgs.every(org => ['T', 'T-1'].includes(org.code))).toBe(true)
  }
})

test('people are listed to administrators alone, with the roles that they administer', async () => {
  const both = must(
    await createPerson(world, clerk, {
      login: `r${++n}`,
      name: '两处',
      grants: [
        { org: 'T', role: 'clerk' },
        { org: 'S', role: 'manager' },
      ],
    }),
  )
  for (const role of ROLES) {
    const listed = await listPeople(world, actorAt(role, 'T'))
    if (role !== 'administrator') expect(isDenied(listed)).toBe(true)
    else expect(must(listed).find(one => one.id === both.id)?.grants).toEqual([{ org: 'T', role: 'clerk' }])
  }
  expect(isDenied(await setDisabled(world, actorAt('administrator', 'T'), both.id, true))).toBe(true)
  expect(
    isDenied(await setPassword(world, actorAt('administrator', 'T'), both.id, { password: '一个新的长密码' })),
  ).toBe(true)
  must(await setDisabled(world, actorAt('administrator', 'A'), both.id, true))
})
