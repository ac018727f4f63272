import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, registryBefore, testWorld, type World } from '../../../test/world.ts'
import { figure } from '../figures/figure.ts'
import { rebuild } from '../figures/rebuild.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { must, type Result } from '../result.ts'
import { changeMany } from './bulk.ts'
import { listRecords } from './list.ts'
import { mergeRecords } from './merge.ts'
import { erase, reveal } from './personal.ts'
import { recordAsOf } from './read.ts'
import { change, confirm, create, createMany, sendBack, submit, voidRecord } from './records.ts'
import { showHistory, showRecord } from './show.ts'
import { undo } from './undo.ts'

let world: World
let n = 0

beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.store.close())

/** A county with two townships of its own, and people in it. */
async function county() {
  const code = `K${n++}`
  must(
    await createUnits(world, clerk, [
      { code, kind: 'county', name: '甲县' },
      { code: `${code}-1`, kind: 'township', name: '东镇', parent: code },
      { code: `${code}-2`, kind: 'township', name: '西镇', parent: code },
    ]),
  )
  const [east, west] = [`${code}-1`, `${code}-2`]
  const actor = (role: Role, at: string, person: string): Actor => {
    const unit = world.orgs.byCode(at)!
    return { person, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
  }
  const visits = async () =>
    must(await figure(world, clerk, { indicator: 'world.people', org: code, period: '2024' })).value
  return {
    code,
    east,
    west,
    visits,
    clerk: actor('clerk', east, '00000000-0000-4000-8000-000000000001'),
    other: actor('clerk', code, '00000000-0000-4000-8000-000000000002'),
    manager: actor('manager', code, '00000000-0000-4000-8000-000000000003'),
    administrator: actor('administrator', code, '00000000-0000-4000-8000-000000000004'),
  }
}

const fields = (more: object = {}) => ({ on: '2024-05-18', topic: 'rice', people: 30, place: '东村', ...more })
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const shown = async (id: string, actor = clerk) => must(await showRecord(world, actor, id))

describe('the life of a record', () => {
  test('a draft does not count until it is submitted; a returned one no longer; a confirmed one again', async () => {
    const at = await county()
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields(), draft: true }))
    expect(await at.visits()).toBe(0)
    must(await submit(world, at.clerk, id))
    expect(await at.visits()).toBe(30)
    must(await sendBack(world, at.manager, id, '人数不对'))
    expect(await at.visits()).toBe(0)
    must(await change(world, at.clerk, id, { fields: { people: 31 } }))
    must(await submit(world, at.clerk, id))
    must(await confirm(world, at.manager, id))
    expect(await at.visits()).toBe(31)
    must(await voidRecord(world, at.manager, id, '重复'))
    expect(await at.visits()).toBe(0)
    expect((await shown(id)).status).toBe('void')
  })

  test('only a manager touches what a manager confirmed, and a change has to be confirmed anew', async () => {
    const at = await county()
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields() }))
    expect(codes(await confirm(world, at.clerk, id))).toEqual(['permission/denied'])
    must(await confirm(world, at.manager, id))
    expect(codes(await change(world, at.clerk, id, { fields: { people: 1 } }))).toEqual(['permission/denied'])
    expect(codes(await voidRecord(world, at.clerk, id, '重复'))).toEqual(['permission/denied'])
    expect(codes(await sendBack(world, at.clerk, id, '重复'))).toEqual(['permission/denied'])
    must(await change(world, at.manager, id, { fields: { people: 1 } }))
    expect((await shown(id)).status).toBe('entered')
  })

  test('its history tells every version, by whom and why, and what differs', async () => {
    const at = await county()
    const { id } = must(
      await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields({ host: '张三丰' }) }),
    )
    must(await change(world, at.other, id, { fields: { people: 40, host: '李时珍' }, org: at.west }))
    must(await sendBack(world, at.manager, id, '请核对'))
    const history = must(await showHistory(world, clerk, id))
    expect(history).toMatchObject([
      { version: 3, action: 'return', by: at.manager.person, note: '请核对', differences: [{ field: 'status' }] },
      {
        version: 2,
        action: 'change',
        by: at.other.person,
        differences: [
          { field: 'org', before: at.east, after: at.west },
          { field: 'host', before: '张**', after: '李**' },
          { field: 'people', before: 30, after: 40 },
        ],
      },
      { version: 1, action: 'create', by: at.clerk.person, from: 'test' },
    ])
    const between = new Date(Date.parse(history[1]!.at)).toISOString()
    expect(must(await recordAsOf(world, clerk, id, between)).version).toBe(2)
    expect(must(await recordAsOf(world, clerk, id, history[2]!.at.replace('Z', '+00:00'))).version).toBe(1)
    expect(codes(await recordAsOf(world, clerk, id, '2020-01-01T00:00:00Z'))).toEqual(['record/not-yet'])
    expect(codes(await recordAsOf(world, clerk, id, 'yesterday'))).toEqual(['record/instant'])
  })

  test('what is shown of it says what this actor may do', async () => {
    const at = await county()
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields() }))
    expect((await shown(id, at.clerk)).may).toEqual({
      change: true,
      submit: false,
      confirm: false,
      return: false,
      void: true,
      undo: true,
      reveal: true,
      erase: false,
      states: ['done'],
    })
    must(await confirm(world, at.manager, id))
    expect((await shown(id, at.clerk)).may).toMatchObject({ change: false, void: false, undo: false, states: [] })
    expect((await shown(id, at.manager)).may).toMatchObject({ change: true, confirm: false, return: true, undo: true })
    expect((await shown(id, at.administrator)).may).toMatchObject({ erase: true, undo: false })
  })

  test('null empties a field, undefined leaves it, and what was only shown is not saved', async () => {
    const at = await county()
    const entered = fields({ host: '张三丰', hours: 2.5 })
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: entered }))
    const { fields: seen } = await shown(id, at.clerk)
    expect(seen.host).toBe('张**')
    must(await change(world, at.clerk, id, { fields: { ...seen, people: 31, hours: undefined } }))
    expect(must(await reveal(world, at.clerk, id, '回访'))).toEqual({ host: '张三丰' })
    expect((await shown(id)).fields).toMatchObject({ people: 31, hours: 2.5 })
    must(await change(world, at.clerk, id, { fields: { host: null, hours: null } }))
    expect((await shown(id)).fields).toEqual({ ...fields(), people: 31, weather: 'fine' })
    expect(codes(await change(world, at.clerk, id, { fields: { people: null } }))).toEqual(['field/required'])
  })

  test('erased personal values are gone from every version, and the record goes on without them', async () => {
    const at = await county()
    const { id } = must(
      await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields({ host: '张三丰' }) }),
    )
    must(await change(world, at.clerk, id, { fields: { host: '李时珍' } }))
    expect(codes(await erase(world, at.administrator, id, ' '))).toEqual(['personal/why'])
    expect(must(await erase(world, at.administrator, id, '本人要求'))).toBe(2)
    const { fields: seen } = await shown(id)
    expect(seen.host).toBe('（已删除）')
    expect(must(await reveal(world, at.clerk, id, '回访'))).toEqual({ host: null })
    expect(JSON.stringify(must(await showHistory(world, clerk, id)))).not.toMatch(/张|李/)
    must(await change(world, at.clerk, id, { fields: { ...seen, people: 31 } }))
    expect((await shown(id)).fields).toEqual({ ...seen, people: 31 })
    must(await change(world, at.clerk, id, { fields: { host: '孙思邈' } }))
    expect((await shown(id)).fields.host).toBe('孙**')
    const { rows } = await world.store.pool.query<{ entry: string }>(
      'SELECT entry FROM journal WHERE subject = $1 ORDER BY seq',
      [`personal:${id}`],
    )
    expect(rows.map(row => (JSON.parse(row.entry) as { action: string }).action)).toEqual(['erase', 'reveal'])
  })

  test('a record under an older version of its type is read, listed, counted and changed as the present one says', async () => {
    const at = await county()
    const before: World = { ...world, registry: registryBefore }
    const old = { on: '2024-05-18', subject: 'seafood', crowd: 12, place: '南港' }
    const { id } = must(await create(before, at.clerk, 'world.visit', { org: at.east, fields: old }))
    await rebuild(world, { root: world.orgs.byCode(at.code)!.root }) // as the program does when it starts with another declaration
    const now = { on: '2024-05-18', topic: 'fish', people: 12, place: '南港', weather: 'fine' }
    expect((await shown(id)).fields).toEqual(now)
    const page = must(
      await listRecords(world, at.clerk, { type: 'world.visit', filter: { topic: 'fish', weather: 'fine' } }),
    )
    expect(page.records.map(record => record.id)).toEqual([id])
    must(await change(world, at.clerk, id, { fields: { people: 13 } }))
    expect((await shown(id)).fields).toEqual({ ...now, people: 13 })
    const fish = { indicator: 'world.people', org: at.code, period: '2024', where: { topic: 'fish' } }
    expect(must(await figure(world, clerk, fish)).value).toBe(13)
    expect(must(await showHistory(world, clerk, id))[0]!.differences).toEqual([
      { field: 'people', before: 12, after: 13 },
    ])
  })
})

describe('undo', () => {
  test('takes back one step at a time, and an undo of an undo does it again', async () => {
    const at = await county()
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields() }))
    must(await change(world, at.clerk, id, { fields: { people: 50, on: '2024-06-01' } }))
    must(await undo(world, at.clerk, id))
    expect(await shown(id)).toMatchObject({ version: 3, day: '2024-05-18', fields: { people: 30 } })
    expect(await at.visits()).toBe(30)
    must(await undo(world, at.clerk, id))
    expect(await at.visits()).toBe(50)
    expect(must(await showHistory(world, clerk, id))[0]!.action).toBe('undo')
  })

  test('of a creation voids it, of a void, a confirmation or a return brings back what was', async () => {
    const at = await county()
    const { id } = must(await create(world, at.manager, 'world.visit', { org: at.east, fields: fields() }))
    must(await undo(world, at.manager, id))
    expect(await shown(id)).toMatchObject({ status: 'void' })
    must(await undo(world, at.manager, id))
    for (const step of [
      () => voidRecord(world, at.manager, id, '误'),
      () => confirm(world, at.manager, id),
      () => sendBack(world, at.manager, id, '误'),
    ]) {
      must(await step())
      must(await undo(world, at.manager, id))
      expect((await shown(id)).status).toBe('entered')
      expect(await at.visits()).toBe(30)
    }
  })

  test('is refused when someone else changed it since, or at another version than seen', async () => {
    const at = await county()
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields() }))
    must(await change(world, at.other, id, { fields: { people: 31 } }))
    expect(codes(await undo(world, at.clerk, id))).toEqual(['record/not-own'])
    expect(codes(await undo(world, at.other, id, { version: 1 }))).toEqual(['record/stale'])
    must(await undo(world, at.other, id, { version: 2 }))
  })

  test('does not bring back a confirmation to one who may no longer confirm', async () => {
    const at = await county()
    const { id } = must(await create(world, at.clerk, 'world.visit', { org: at.east, fields: fields() }))
    must(await confirm(world, at.manager, id))
    const demoted: Actor = { ...at.manager, grants: at.clerk.grants }
    expect(codes(await undo(world, demoted, id))).toEqual(['permission/denied'])
  })
})

describe('merging', () => {
  test('keeps one record and both histories; the kept one takes what it is told, personal values too', async () => {
    const at = await county()
    const [keep, gone] = must(
      await createMany(world, at.clerk, 'world.visit', [
        { org: at.east, fields: fields({ host: '张三丰' }) },
        { org: at.east, fields: fields({ host: '李时珍', people: 45, place: '东村委会' }) },
      ]),
    ).map(one => one.id) as [string, string]
    must(await mergeRecords(world, at.clerk, keep, [gone], { take: { host: gone, people: gone } }))
    expect(await at.visits()).toBe(45)
    expect(await shown(keep)).toMatchObject({
      merged: [gone],
      status: 'entered',
      fields: { people: 45, place: '东村' },
    })
    expect(await shown(gone)).toMatchObject({ mergedInto: keep, status: 'void', fields: { people: 45, host: '李**' } })
    expect(must(await reveal(world, at.clerk, keep, '回访'))).toEqual({ host: '李时珍' })
    expect(must(await showHistory(world, clerk, keep)).map(one => one.action)).toEqual(['merge', 'create'])
    expect(must(await showHistory(world, clerk, gone)).map(one => one.action)).toEqual(['merge', 'create'])
    must(await undo(world, at.clerk, gone))
    must(await undo(world, at.clerk, keep))
    expect(await at.visits()).toBe(75)
    expect(await shown(keep)).toMatchObject({ merged: [], fields: { people: 30, host: '张**' } })
  })

  test('is all or nothing', async () => {
    const at = await county()
    const [a, b] = must(
      await createMany(world, at.clerk, 'world.visit', [
        { org: at.east, fields: fields() },
        { org: at.east, fields: fields() },
      ]),
    ).map(one => one.id) as [string, string]
    const elsewhere = must(await create(world, at.other, 'world.visit', { org: at.west, fields: fields() })).id
    const refused = async (others: string[], options = {}) =>
      codes(await mergeRecords(world, at.clerk, a, others, options))
    expect(await refused([])).toEqual(['record/merge'])
    expect(await refused([a])).toEqual(['record/merge'])
    expect(await refused([b, b])).toEqual(['record/merge'])
    expect(await refused([b, elsewhere])).toEqual(['record/unknown'])
    expect(await refused([b], { take: { people: elsewhere } })).toEqual(['record/merge-take'])
    expect(await refused([b], { take: { colour: b } })).toEqual(['record/merge-take'])
    expect(await refused([b], { versions: { [b]: 7 } })).toEqual(['record/stale'])
    must(await confirm(world, at.manager, b))
    expect(await refused([b])).toEqual(['permission/denied'])
    must(await voidRecord(world, at.manager, b, '误'))
    expect(await refused([b])).toEqual(['record/void'])
    expect(await shown(a)).toMatchObject({ version: 1 })
  })
})

describe('changing many', () => {
  test('does the same to all in one transaction', async () => {
    const at = await county()
    const ids = must(
      await createMany(
        world,
        at.clerk,
        'world.visit',
        Array.from({ length: 20 }, (_, i) => ({ org: at.east, fields: fields({ people: i }) })),
      ),
    ).map(one => one.id)
    expect(must(await changeMany(world, at.manager, ids, { fields: { people: 2 }, org: at.west }))).toHaveLength(20)
    expect(await at.visits()).toBe(40)
    must(await changeMany(world, at.manager, [...ids, ...ids], { action: 'confirm' }))
    must(await changeMany(world, at.manager, ids, { action: 'return', reason: '核对' }))
    expect(await at.visits()).toBe(0)
    const page = must(await listRecords(world, clerk, { type: 'world.visit', org: at.west, status: ['returned'] }))
    expect(page.records.every(record => record.version === 4)).toBe(true)
  })

  test('leaves all as they were when one is refused, and names that one', async () => {
    const at = await county()
    const [a, b, c] = must(
      await createMany(world, at.clerk, 'world.visit', [
        { org: at.east, fields: fields() },
        { org: at.east, fields: fields() },
        { org: at.east, fields: fields(), state: 'done' },
      ]),
    ).map(one => one.id) as [string, string, string]
    must(await voidRecord(world, at.clerk, b, '误'))
    expect(await changeMany(world, at.clerk, [a, b, c], { state: 'open' })).toMatchObject({
      ok: false,
      problems: [
        { code: 'record/void', record: b },
        { code: 'record/transition', record: c },
      ],
    })
    expect(await changeMany(world, at.clerk, [a, c], { fields: { people: -1 } })).toMatchObject({
      problems: [
        { code: 'field/negative', record: a },
        { code: 'field/negative', record: c },
      ],
    })
    expect(await changeMany(world, at.clerk, [a, c], { fields: {} }, { versions: { [c]: 2 } })).toMatchObject({
      problems: [{ code: 'record/stale', record: c }],
    })
    expect(await changeMany(world, at.clerk, [a, 'x'], { action: 'submit' })).toMatchObject({
      problems: [{ code: 'record/unknown', record: 'x' }],
    })
    expect(codes(await changeMany(world, at.clerk, [], { action: 'submit' }))).toEqual(['record/bulk'])
    expect(codes(await changeMany(world, at.clerk, [a], { action: 'burn' as 'void' }))).toEqual(['record/action'])
    expect(await shown(a)).toMatchObject({ version: 1 })
  })

  test('of several writers at once, one changes all and the others nothing', async () => {
    const at = await county()
    const ids = must(
      await createMany(
        world,
        at.clerk,
        'world.visit',
        Array.from({ length: 10 }, () => ({ org: at.east, fields: fields({ people: 0 }) })),
      ),
    ).map(one => one.id)
    const versions = Object.fromEntries(ids.map(id => [id, 1]))
    const done = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(people => changeMany(world, at.clerk, ids, { fields: { people } }, { versions })),
    )
    const won = done.filter(result => result.ok)
    expect(won).toHaveLength(1)
    expect(done.filter(result => !result.ok).every(result => codes(result)[0] === 'record/stale')).toBe(true)
    expect(await at.visits()).toBe(10 * (done.indexOf(won[0]!) + 1))
  })
})
