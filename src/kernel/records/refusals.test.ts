import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { countOf, sumOf } from '../figures/indicator.ts'
import { closeUnit, createUnits, mergeUnit, moveUnit, renameUnit, splitUnit } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { createPerson, setDisabled } from '../people/people.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import {
  attachment,
  choice,
  choices,
  count,
  day,
  decimal,
  instant,
  integer,
  location,
  money,
  orgUnit,
  person,
  personalName,
  reference,
  rows,
  text,
  yesNo,
} from './fields.ts'
import { change, confirm, create, createMany, sendBack, submit, voidRecord } from './records.ts'
import { computed, recordType } from './type.ts'

/** A type with every kind of field, and one to refer to. */
const sort = { a: { zh: '甲', en: 'A' }, b: { zh: '乙', en: 'B' }, old: { zh: '旧', en: 'Old', retired: true } }
const item = recordType('all.item', {
  title: { zh: '物品', en: 'Item' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    due: day({ zh: '到期', en: 'Due', future: true }).optional(),
    at: instant({ zh: '时刻', en: 'At' }).optional(),
    name: text({ zh: '名称', en: 'Name', max: 20 }),
    number: text({ zh: '编号', en: 'Number', max: 20 }).optional(),
    story: text({ zh: '经过', en: 'Story' }).optional(),
    pieces: count({ zh: '件数', en: 'Pieces' }),
    level: integer({ zh: '等级', en: 'Level', min: 1, max: 5 }).optional(),
    hours: decimal({ zh: '时长', en: 'Hours', scale: 1 }).optional(),
    price: money({ zh: '价格', en: 'Price' }).optional(),
    sort: choice(sort, { zh: '种类', en: 'Sort' }).optional(),
    sorts: choices(sort, { zh: '标签', en: 'Tags' }).optional(),
    kept: yesNo({ zh: '在库', en: 'Kept' }).optional(),
    village: orgUnit({ zh: '村', en: 'Village', kind: 'village' }).optional(),
    keeper: person({ zh: '保管人', en: 'Keeper' }).optional(),
    other: reference('all.item', { zh: '关联物品', en: 'Other item' }).optional(),
    part: reference('all.part', { zh: '部件', en: 'Part' }).optional(),
    order: reference('all.part', { zh: '布置', en: 'Ordered by', above: true }).optional(),
    file: attachment({ zh: '文件', en: 'File' }).optional(),
    place: location({ zh: '位置', en: 'Place' }).optional(),
    owner: personalName({ zh: '所有人', en: 'Owner' }).optional(),
    costs: rows(
      {
        paidOn: day({ zh: '支付日期', en: 'Paid on' }),
        amount: money({ zh: '金额', en: 'Amount' }),
        part: reference('all.part', { zh: '部件', en: 'Part' }).optional(),
      },
      { zh: '费用', en: 'Costs' },
    ).optional(),
  }),
  computed: {
    total: computed({ zh: '合计', en: 'Total', kind: 'money', unit: 'fen' }, ({ costs }) =>
      Array.isArray(costs) ? costs.reduce((sum: number, { amount }) => sum + Number(amount), 0) : null,
    ),
  },
  key: ['org', 'number'],
  states: { new: ['used', 'sold'], used: ['gone'], sold: [], gone: [] },
  stateRoles: { sold: 'manager' },
  check: ({ due, on }) =>
    typeof due === 'string' && due < String(on)
      ? [{ field: 'due', code: 'due-before', zh: '到期不能早于日期', en: 'Due may not come before' }]
      : [],
})
const part = recordType('all.part', {
  title: { zh: '部件', en: 'Part' },
  day: 'on',
  fields: z.object({ on: day({ zh: '日期', en: 'On' }), name: text({ zh: '名称', en: 'Name' }) }),
})
const registry = registryOf([
  domain('all', {
    zh: '全部',
    en: 'All',
    types: [item, part],
    indicators: {
      'all.items': countOf(item, { zh: '物品', en: 'Items', unit: 'piece', by: ['sort'] }),
      'all.pieces': sumOf(item, 'pieces', { zh: '件数', en: 'Pieces', unit: 'piece' }),
      'all.paid': sumOf(item, 'amount', { zh: '支付', en: 'Paid', unit: 'fen', each: 'costs', day: 'paidOn' }),
    },
  }),
])

let world: World
const known = {
  item: '',
  bare: '',
  voided: '',
  part: '',
  hidden: '',
  foreign: '',
  above: '',
  person: '',
  disabled: '',
  stranger: '',
}

beforeAll(async () => {
  world = await testWorld({ registry })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '东镇', parent: 'A' },
      { code: 'A-2', kind: 'township', name: '西镇', parent: 'A' },
      { code: 'A-3', kind: 'township', name: '旧镇', parent: 'A' },
      { code: 'A-1-1', kind: 'village', name: '东村', parent: 'A-1' },
      { code: 'A-1-2', kind: 'village', name: '废村', parent: 'A-1' },
      { code: 'A-4', kind: 'township', name: '新镇', parent: 'A', opened: '2024-06-01' },
      { code: 'Z', kind: 'county', name: '他县' },
      { code: 'Z-1', kind: 'village', name: '他村', parent: 'Z' },
    ]),
  )
  must(await closeUnit(world, clerk, 'A-3', '2024-01-01'))
  must(await closeUnit(world, clerk, 'A-1-2', '2024-01-01'))
  const made = async (type: string, org: string, more: object = {}) =>
    must(await create(world, clerk, type, { org, fields: { on: '2024-05-18', name: '甲', ...more } })).id
  known.item = await made('all.item', 'A-1', { pieces: 1, number: '1', owner: '张三丰', sort: 'a' })
  known.bare = await made('all.item', 'A-1', { pieces: 1 })
  known.voided = await made('all.part', 'A-1')
  must(await voidRecord(world, clerk, known.voided, '误'))
  known.part = await made('all.part', 'A-1')
  known.hidden = await made('all.part', 'A-2')
  known.foreign = await made('all.part', 'Z')
  known.above = await made('all.part', 'A')
  const hired = async (login: string, org: string) =>
    must(await createPerson(world, clerk, { login, name: login, grants: [{ org, role: 'clerk' }] })).id
  known.person = await hired('wang', 'A-2')
  known.stranger = await hired('zhao', 'Z')
  known.disabled = await hired('li', 'A-1')
  must(await setDisabled(world, clerk, known.disabled, true))
})
afterAll(() => world.store.close())

const actor = (role: Role, at: string): Actor => {
  const unit = world.orgs.byCode(at)!
  return { person: randomUUID(), name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}

/** Everything that a save writes, counted; a refusal leaves it as it was. */
async function whole() {
  const tables = ['record', 'record_version', 'journal', 'journal_queue', 'tally_pending', 'personal', 'idempotency']
  const { rows } = await world.store.pool.query(
    `SELECT ${tables.map(table => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')},
            (SELECT md5(string_agg(r::text, '' ORDER BY r.id)) FROM record r) AS records,
            (SELECT md5(string_agg(o::text, '' ORDER BY o.id)) FROM org_unit o) AS orgs,
            (SELECT md5(string_agg(s::text, '' ORDER BY s.org, s.since)) FROM org_span s) AS spans,
            (SELECT sum(n) FROM tally) AS tally`,
  )
  return rows[0]
}

async function refused(act: () => Promise<Result<unknown>>, code: string, field?: string) {
  const before = await whole()
  const result = await act()
  const problems = result.ok ? [] : result.problems
  expect(problems.map(problem => problem.code)).toContain(code)
  if (field) expect(problems.map(problem => problem.field)).toContain(field)
  for (const { zh, en } of problems) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).toMatch(/[a-z]/)
    expect(`${zh}${en}`.length).toBeLessThan(1000)
  }
  expect(await whole()).toEqual(before)
}

const fields = (more: object = {}) => ({ on: '2024-05-18', name: '乙', pieces: 1, ...more })
const huge = 'x'.repeat(10 * 1024 * 1024)

describe('entering is refused, named in both languages, and nothing is saved', () => {
  const cases: [string, string, object, string?][] = [
    ['an unknown field', 'field/unknown', { colour: 'red' }, 'colour'],
    ['an unknown field of 10 MB', 'field/unknown', { [huge]: 1 }],
    ['an own __proto__', 'field/unknown', JSON.parse('{"__proto__": 1}') as object],
    ['a computed field', 'field/computed', { total: 5 }, 'total'],
    ['a text for a number', 'field/kind', { pieces: 'many' }, 'pieces'],
    ['a number for a text', 'field/kind', { name: 7 }, 'name'],
    ['an object for a text', 'field/kind', { name: { $gt: '' } }, 'name'],
    ['nothing for what must be said', 'field/required', { name: undefined }, 'name'],
    ['an empty text', 'field/required', { name: '' }, 'name'],
    ['a blank text', 'field/required', { name: '　 \n' }, 'name'],
    ['NaN', 'field/kind', { pieces: Number.NaN }, 'pieces'],
    ['Infinity', 'field/kind', { pieces: Number.POSITIVE_INFINITY }, 'pieces'],
    ['a negative count', 'field/negative', { pieces: -1 }, 'pieces'],
    ['half a piece', 'field/kind', { pieces: 1.5 }, 'pieces'],
    ['a count too large', 'field/too-large', { pieces: 1e12 }, 'pieces'],
    ['money beyond exact numbers', 'field/too-large', { price: 2 ** 60 }, 'price'],
    ['negative money', 'field/negative', { price: -1 }, 'price'],
    ['a level below the least', 'field/too-small', { level: 0 }, 'level'],
    ['a decimal too fine', 'field/scale', { hours: 1.25 }, 'hours'],
    ['a decimal too large', 'field/too-large', { hours: 1e15 }, 'hours'],
    ['the 30th of February', 'field/no-such-day', { on: '2024-02-30' }, 'on'],
    ['a month 13', 'field/no-such-day', { on: '2024-13-01' }, 'on'],
    ['a day written otherwise', 'field/no-such-day', { on: '2024/5/18' }, 'on'],
    ['year 0', 'field/no-such-day', { on: '0000-01-01' }, 'on'],
    ['a day in the future', 'field/future-day', { on: '2025-07-01' }, 'on'],
    ['a moment that is none', 'field/format', { at: 'noon' }, 'at'],
    ['a lone surrogate', 'field/characters', { name: 'a\ud800' }, 'name'],
    ['a NUL', 'field/characters', { name: 'a\0b' }, 'name'],
    ['a text too long', 'field/too-long', { name: '长'.repeat(21) }, 'name'],
    ['a text of 10 MB', 'field/too-long', { story: huge }, 'story'],
    ['no such choice', 'field/choice', { sort: 'c' }, 'sort'],
    ['a choice that every object has', 'field/choice', { sort: 'constructor' }, 'sort'],
    ['a retired choice', 'field/retired-choice', { sort: 'old' }, 'sort'],
    ['a retired choice among several', 'field/retired-choice', { sorts: ['a', 'old'] }, 'sorts'],
    ['a choice twice', 'field/repeated', { sorts: ['a', 'a'] }, 'sorts'],
    ['yes as a word', 'field/kind', { kept: 'yes' }, 'kept'],
    ['no such village', 'field/unknown-org', { village: 'nowhere' }, 'village'],
    ['a village of another tree', 'field/unknown-org', { village: 'Z-1' }, 'village'],
    ['a township for a village', 'field/org-kind', { village: 'A-1' }, 'village'],
    ['a village closed by then', 'field/closed-org', { village: 'A-1-2' }, 'village'],
    ['a place off the earth', 'field/too-large', { place: { lon: 200, lat: 0 } }],
    ['a masked name', 'field/masked', { owner: '张**' }, 'owner'],
    ['a row with a field too many', 'field/unknown', { costs: [{ paidOn: '2024-01-01', amount: 1, x: 1 }] }],
    ['a row without its amount', 'field/required', { costs: [{ paidOn: '2024-01-01' }] }, 'costs[1].amount'],
    ['a row in the future', 'field/future-day', { costs: [{ paidOn: '2026-01-01', amount: 1 }] }, 'costs[1].paidOn'],
    ['rows that are none', 'field/kind', { costs: 'none' }, 'costs'],
    ['rows that add up too high', 'field/too-large', { costs: Array(3).fill({ paidOn: '2024-01-01', amount: 4e15 }) }],
    ['what the type itself forbids', 'record/due-before', { due: '2024-01-01' }, 'due'],
    ['a file that is none', 'field/format', { file: '../../etc/passwd' }, 'file'],
    ['a file that is not there', 'field/no-such-file', { file: 'a'.repeat(64) }, 'file'],
  ]
  test.each(cases)('%s: %s', (_, code, more, field) =>
    refused(() => create(world, clerk, 'all.item', { org: 'A-1', fields: fields(more) }), code, field))

  test.each([
    ['a person that is none', 'field/format', () => ({ keeper: 'wang' })],
    ['a person that is not there', 'field/no-such-person', () => ({ keeper: randomUUID() })],
    ['a person of another tree', 'field/no-such-person', () => ({ keeper: known.stranger })],
    ['a disabled person', 'field/no-such-person', () => ({ keeper: known.disabled })],
    ['a record that is not there', 'field/no-such-record', () => ({ other: randomUUID() })],
    ['a record of another type', 'field/other-type', () => ({ other: known.part })],
    ['a void record', 'field/void-record', () => ({ part: known.voided })],
    ['a record of another tree', 'field/no-such-record', () => ({ part: known.foreign })],
    ['a record one may not read', 'field/no-such-record', () => ({ part: known.hidden })],
    ['a record above one, where none is looked for', 'field/no-such-record', () => ({ part: known.above })],
    ['a record beside one, where one above is looked for', 'field/no-such-record', () => ({ order: known.hidden })],
    ['a record of another tree, where one above is', 'field/no-such-record', () => ({ order: known.foreign })],
    [
      'a record one may not read, in a row',
      'field/no-such-record',
      () => ({ costs: [{ paidOn: '2024-01-01', amount: 1, part: known.hidden }] }),
    ],
  ])('%s: %s', (_, code, more) =>
    refused(
      () => create(world, actor('clerk', 'A-1'), 'all.item', { org: 'A-1', fields: fields(more()) }),
      code,
      Object.keys(more())[0] === 'costs' ? 'costs[1].part' : Object.keys(more())[0],
    ))

  test.each([
    ['no such type', 'type/unknown', 'all.nothing', { org: 'A-1', fields: fields() }],
    ['no such unit', 'org/unknown', 'all.item', { org: 'nowhere', fields: fields() }],
    ['a unit closed by then', 'org/closed', 'all.item', { org: 'A-3', fields: fields() }],
    ['a unit not yet open', 'org/closed', 'all.item', { org: 'A-4', fields: fields() }],
    ['fields that are none', 'field/kind', 'all.item', { org: 'A-1', fields: 'x' }],
    ['fields that are a list', 'field/kind', 'all.item', { org: 'A-1', fields: [] }],
    ['no fields', 'field/required', 'all.item', { org: 'A-1', fields: null }],
    ['no such state', 'record/state', 'all.item', { org: 'A-1', fields: fields(), state: 'lost' }],
    ['a state that every object has', 'record/state', 'all.item', { org: 'A-1', fields: fields(), state: 'toString' }],
    ['a key that is taken', 'record/duplicate-key', 'all.item', { org: 'A-1', fields: fields({ number: '1' }) }],
  ])('%s: %s', (_, code, type, entered) => refused(() => create(world, clerk, type, entered), code))

  test('one bad row among good ones, named by its row', async () => {
    const rowsOf = (org: string, more: object) => [
      { org: 'A-1', fields: fields() },
      { org, fields: fields(more) },
    ]
    const many = (org: string, more: object) => createMany(world, clerk, 'all.item', rowsOf(org, more))
    await refused(() => many('A-1', { pieces: -1 }), 'field/negative')
    expect(await many('A-1', { pieces: -1 })).toMatchObject({ problems: [{ row: 1, field: 'pieces' }] })
    await refused(() => many('Z', {}), 'org/other-root')
    await refused(() => many('A-1', { number: '1' }), 'record/duplicate-key')
    expect(await many('A-1', { number: '1' })).toMatchObject({ problems: [{ row: 1, field: 'number' }] })
    expect(await many('A-1', { other: known.part })).toMatchObject({ problems: [{ row: 1, field: 'other' }] })
  })

  test('a state that takes another role, also by way of it', async () => {
    const entered = (state: string) => ({ org: 'A-1', fields: fields(), state })
    const at = actor('clerk', 'A-1')
    await refused(() => create(world, at, 'all.item', entered('sold')), 'permission/denied', 'state')
    must(await create(world, at, 'all.item', entered('gone')))
    must(await create(world, actor('manager', 'A-1'), 'all.item', entered('sold')))
  })
})

describe('changing is refused, and the record stays as it was', () => {
  test.each<[string, string, (id: string) => Promise<Result<unknown>>]>([
    ['an id that is none', 'record/unknown', () => change(world, clerk, "' OR 1=1 --", {})],
    ['a record that is not there', 'record/unknown', () => change(world, clerk, randomUUID(), {})],
    ['a record one may not read', 'record/unknown', id => change(world, actor('clerk', 'A-2'), id, {})],
    ['one who may only read', 'permission/denied', id => change(world, actor('analyst', 'A-1'), id, {})],
    ['an older version', 'record/stale', id => change(world, clerk, id, { fields: {} }, { version: 7 })],
    ['fields that are none', 'record/fields', id => change(world, clerk, id, { fields: [] as never })],
    ['an unknown field', 'field/unknown', id => change(world, clerk, id, { fields: { colour: 1 } })],
    [
      'an emptied field that must be said',
      'field/required',
      id => change(world, clerk, id, { fields: { name: null } }),
    ],
    ['a masked value', 'field/masked', () => change(world, clerk, known.bare, { fields: { owner: '李**' } })],
    ['a computed field', 'field/computed', id => change(world, clerk, id, { fields: { total: 9 } })],
    ['a retired choice', 'field/retired-choice', id => change(world, clerk, id, { fields: { sort: 'old' } })],
    ['no such state', 'record/transition', id => change(world, clerk, id, { state: 'lost' })],
    ['a state not next', 'record/transition', id => change(world, clerk, id, { state: 'gone' })],
    ['a state of another role', 'permission/denied', id => change(world, actor('clerk', 'A-1'), id, { state: 'sold' })],
    ['another tree', 'org/other-root', id => change(world, clerk, id, { org: 'Z' })],
    [
      'a unit one may not enter at',
      'permission/denied',
      id => change(world, actor('clerk', 'A-1'), id, { org: 'A-2' }),
    ],
    ['a closed unit', 'org/closed', id => change(world, clerk, id, { org: 'A-3' })],
    ['a submission of what is entered', 'record/not-entered', id => submit(world, clerk, id)],
    ['a clerk who confirms', 'permission/denied', id => confirm(world, actor('clerk', 'A-1'), id)],
    ['a return without a reason', 'record/reason', id => sendBack(world, clerk, id, ' ')],
    ['a void with half a character for a reason', 'record/reason', id => voidRecord(world, clerk, id, '误\ud800')],
    ['a void for 10 MB of reasons', 'record/reason', id => voidRecord(world, clerk, id, huge)],
  ])('%s: %s', async (_, code, act) => {
    await refused(() => act(known.item), code)
  })

  test('voiding twice, and anything else with a void record', async () => {
    const { id } = must(await create(world, clerk, 'all.item', { org: 'A-1', fields: fields() }))
    must(await voidRecord(world, clerk, id, '误'))
    await refused(() => voidRecord(world, clerk, id, '误'), 'record/not-void')
    await refused(() => change(world, clerk, id, { fields: {} }), 'record/void')
    await refused(() => confirm(world, clerk, id), 'record/not-confirmed')
    await refused(() => submit(world, clerk, id), 'record/not-entered')
    await refused(() => sendBack(world, clerk, id, '误'), 'record/not-returned')
  })

  test('a change by someone else in between', async () => {
    const { id } = must(await create(world, clerk, 'all.item', { org: 'A-1', fields: fields() }))
    const both = await Promise.all(
      [2, 3].map(pieces => change(world, clerk, id, { fields: { pieces } }, { version: 1 })),
    )
    expect(both.filter(one => one.ok)).toHaveLength(1)
    expect(both.find(one => !one.ok)).toMatchObject({ problems: [{ code: 'record/stale', field: 'version', seen: 1 }] })
    await refused(() => change(world, clerk, id, { fields: { pieces: 9 } }, { version: 1 }), 'record/stale')
  })

  test('what was there before may stay: a void reference, a disabled keeper, a retired choice', async () => {
    const gone = must(
      await create(world, clerk, 'all.part', { org: 'A-1', fields: { on: '2024-01-01', name: '甲' } }),
    ).id
    const linked = fields({
      part: gone,
      keeper: known.person,
      costs: [{ paidOn: '2024-01-01', amount: 1, part: gone }],
    })
    const { id } = must(await create(world, clerk, 'all.item', { org: 'A-1', fields: linked }))
    must(await voidRecord(world, clerk, gone, '误'))
    await world.store.pool.query(`UPDATE record SET fields = fields || '{"sort": "old"}' WHERE id = $1`, [id])
    must(await change(world, actor('clerk', 'A-1'), id, { fields: { pieces: 3 } }))
  })

  test('what was ordered above may be referred to by whoever may not read it', async () => {
    const ordered = { org: 'A-1', fields: fields({ order: known.above }) }
    must(await create(world, actor('clerk', 'A-1'), 'all.item', ordered))
  })

  test('texts of SQL and HTML are kept as they are', async () => {
    const name = `'; DROP TABLE x<b>`
    const { id } = must(await create(world, clerk, 'all.item', { org: 'A-1', fields: fields({ name }) }))
    const { rows } = await world.store.pool.query(`SELECT fields ->> 'name' AS name FROM record WHERE id = $1`, [id])
    expect(rows[0]).toEqual({ name })
  })
})

describe('changing the tree is refused, and it stays as it was', () => {
  const unit = (more: object) => ({ code: 'N', kind: 'village', name: '新村', parent: 'A-1', ...more })
  const day = '2024-03-01'
  test.each<[string, string, () => Promise<Result<unknown>>]>([
    ['a code with a path in it', 'org/code', () => createUnits(world, clerk, [unit({ code: '../x' })])],
    ['a code that is taken', 'org/duplicate-code', () => createUnits(world, clerk, [unit({ code: 'A-1' })])],
    ['a code twice', 'org/duplicate-code', () => createUnits(world, clerk, [unit({}), unit({})])],
    ['no name', 'org/name', () => createUnits(world, clerk, [unit({ name: ' ' })])],
    ['a name of 10 MB', 'org/name', () => createUnits(world, clerk, [unit({ name: huge })])],
    ['a name with half a character', 'org/name', () => createUnits(world, clerk, [unit({ name: '村\udc00' })])],
    ['a kind that is none', 'org/kind', () => createUnits(world, clerk, [unit({ kind: 'X"Y' })])],
    ['a parent that is not there', 'org/unknown', () => createUnits(world, clerk, [unit({ parent: 'nowhere' })])],
    ['itself as parent', 'org/unknown', () => createUnits(world, clerk, [unit({ parent: 'N' })])],
    ['a closed parent', 'org/closed', () => createUnits(world, clerk, [unit({ parent: 'A-3' })])],
    ['a day that is none', 'day/none', () => createUnits(world, clerk, [unit({ opened: '2024-02-30' })])],
    ['a root of one who is no operator', 'permission/denied', () => rootOf(actor('administrator', 'A'))],
    ['one who does not administer', 'permission/denied', () => createUnits(world, actor('manager', 'A'), [unit({})])],
    ['a cycle', 'org/cycle', () => moveUnit(world, clerk, 'A-1', 'A-1-1', day)],
    ['itself', 'org/cycle', () => moveUnit(world, clerk, 'A-1', 'A-1', day)],
    ['the root beneath its child', 'org/cycle', () => moveUnit(world, clerk, 'A', 'A-1', day)],
    ['another tree', 'org/other-root', () => moveUnit(world, clerk, 'A-1', 'Z', day)],
    ['a closed destination', 'org/closed', () => moveUnit(world, clerk, 'A-1', 'A-3', day)],
    ['a closed unit', 'org/closed', () => renameUnit(world, clerk, 'A-3', '旧旧镇', day)],
    ['tomorrow', 'org/future', () => renameUnit(world, clerk, 'A-1', '东东镇', '2025-07-01')],
    ['no such day', 'day/none', () => renameUnit(world, clerk, 'A-1', '东东镇', '2024-02-30')],
    ['a unit with records after the day', 'org/has-records', () => mergeUnit(world, clerk, 'A-1', 'A-2', day)],
    ['a unit with units beneath it', 'org/has-children', () => closeUnit(world, clerk, 'A-1', '2025-01-01')],
    ['a split of a root', 'org/root', () => splitUnit(world, clerk, 'A', [unit({})], '2025-01-01')],
    ['a split into nothing', 'org/split', () => splitUnit(world, clerk, 'A-1', [], '2025-01-01')],
    ['a split that leaves a child behind', 'org/split', () => splitUnit(world, clerk, 'A-1', [unit({})], '2025-01-01')],
    [
      'a split that takes a stranger',
      'org/not-child',
      () => splitUnit(world, clerk, 'A-1', [{ ...unit({}), takes: ['A-2'] }], '2025-01-01'),
    ],
    [
      'a split that takes a child twice',
      'org/split',
      () =>
        splitUnit(
          world,
          clerk,
          'A-1',
          [unit({}), unit({ code: 'M' })].map(one => ({ ...one, takes: ['A-1-1'] })),
          '2025-01-01',
        ),
    ],
  ])('%s: %s', async (_, code, act) => {
    await refused(act, code)
  })

  const rootOf = (by: Actor) => createUnits(world, by, [{ code: 'N', kind: 'county', name: '新县' }])

  test('a change dated before an earlier one', async () => {
    must(await renameUnit(world, clerk, 'A-2', '西关镇', '2025-02-01'))
    await refused(() => renameUnit(world, clerk, 'A-2', '西山镇', '2025-01-01'), 'org/later-change')
    await refused(() => moveUnit(world, clerk, 'A-1', 'A-2', '2025-01-01'), 'org/later-change')
  })
})
