import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk as operating, registry, testWorld, type World } from '../../../test/world.ts'
import { figure } from '../figures/figure.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { change, create, createMany } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import { expectedOf } from './due.ts'
import returns from './index.ts'
import { approve, draft, returnBack, type Submitted, submitReturn } from './steps.ts'

let world: World
let form: string
/** May of 2024 is over; its return is due five working days after, on 7 June. */
let now = '2024-06-04T02:00:00Z'

const at = (org: string, role: Role): Actor => {
  const { id, path } = world.orgs.byCode(org)!
  return { person: null, name: `${org} ${role}`, from: 'test', grants: [{ org: id, path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const visit = (org: string, people: number) => ({
  org,
  fields: { on: '2024-05-15', people, topic: 'rice', place: '东村' },
})

beforeAll(async () => {
  const made = await testWorld({ registry: registryOf([...registry.domains, returns]) })
  world = { ...made, clock: () => new Date(now) }
  const unit = (code: string, kind: string, parent?: string) => ({ code, kind, name: code, parent })
  must(
    await createUnits(world, operating, [
      unit('A', 'county'),
      ...['A-1', 'A-2', 'A-3', 'A-4'].map(code => unit(code, 'township', 'A')),
      unit('A-1-1', 'village', 'A-1'),
      unit('B', 'county'),
    ]),
  )
  must(await createMany(world, operating, 'world.visit', [visit('A-1', 30), visit('A-1-1', 12), visit('A-2', 5)]))
  const fields = {
    name: '农业科技服务月报',
    startsOn: '2024-04-01',
    cycle: 'month',
    kinds: 'township',
    dueDays: 5,
    remindDays: 2,
    items: [
      { code: '1', title: '走访人次', kind: 'figure', indicator: 'world.people' },
      { code: '2', title: '其中水稻', kind: 'figure', indicator: 'world.people', narrowed: 'topic=rice' },
      { code: '3', title: '数字已核对', kind: 'confirm' },
      { code: '4', title: '下月安排', kind: 'words' },
      { code: '5', title: '专职人员', kind: 'number', optional: true },
    ],
  }
  form = must(await create(world, at('A', 'manager'), 'returns.form', { org: 'A', state: 'inForce', fields })).id
})
afterAll(() => world.store.close())

const GOOD = { '3': true, '4': '抓早稻病虫' }
const request = (org: string, more: Partial<Submitted> = {}): Submitted => ({
  org,
  form,
  period: '2024-05',
  answers: GOOD,
  ...more,
})
const stateOf = async (org: string, period = '2024-05') => {
  const expected = must(await expectedOf(world, [world.orgs.byCode(org)!]))
  return expected.find(one => one.period === period)
}

describe('a return', () => {
  test('is filled in from the ledger, and nobody types its figures again', async () => {
    const drafted = must(await draft(world, at('A-1', 'clerk'), request('A-1')))
    expect(drafted).toMatchObject({ dueOn: '2024-06-07' })
    expect(drafted.items.map(item => [item.code, item.value, item.answer])).toEqual([
      ['1', 42, '42人次'],
      ['2', 42, '42人次'],
      ['3', null, null],
      ['4', null, null],
      ['5', null, null],
    ])
    const typed = await submitReturn(world, at('A-1', 'clerk'), request('A-1', { answers: { ...GOOD, '1': 50 } }))
    expect(typed).toMatchObject({ ok: false, problems: [{ code: 'return/answer', field: '1' }] })
  })

  test('goes from due to submitted, sent back, submitted again and approved, and is locked then', async () => {
    const [clerk, manager] = [at('A-1', 'clerk'), at('A', 'manager')]
    expect(await stateOf('A-1')).toMatchObject({ state: 'due', id: null, dueOn: '2024-06-07' })
    const { id } = must(await submitReturn(world, clerk, request('A-1')))
    expect(codes(await submitReturn(world, clerk, request('A-1')))).toEqual(['return/submitted'])
    expect(codes(await returnBack(world, at('A-1', 'manager'), { org: 'A-1', return: id, reason: '重报' }))).toEqual([
      'permission/denied',
    ])
    expect(codes(await returnBack(world, manager, { org: 'A', return: id }))).toEqual(['return/reason'])
    must(await returnBack(world, manager, { org: 'A', return: id, reason: '少报一场' }))
    expect(await stateOf('A-1')).toMatchObject({ state: 'returned', remark: '少报一场' })

    must(await create(world, clerk, 'world.visit', visit('A-1', 8)))
    now = '2024-06-12T02:00:00Z'
    must(await submitReturn(world, clerk, request('A-1', { answers: { ...GOOD, '5': 3 } })))
    expect(await stateOf('A-1')).toMatchObject({ state: 'submitted', timely: true, remark: null })
    must(await create(world, clerk, 'world.visit', visit('A-1', 100)))
    const shown = must(await draft(world, clerk, request('A-1')))
    expect(shown.items[0], 'as it was submitted').toMatchObject({ answer: '50人次' })

    must(await approve(world, manager, { org: 'A', return: id }))
    expect(codes(await submitReturn(world, clerk, request('A-1')))).toEqual(['return/locked'])
    expect(codes(await returnBack(world, manager, { org: 'A', return: id, reason: '再看' }))).toEqual(['return/step'])
    expect(codes(await change(world, at('A', 'administrator'), id, { fields: { remark: '改' } }))).toEqual([
      'record/through',
    ])
  })

  test('that comes after its day is late, and one that never comes is told', async () => {
    expect(await stateOf('A-2')).toMatchObject({ state: 'late', timely: null })
    must(await submitReturn(world, at('A-2', 'clerk'), request('A-2')))
    expect(await stateOf('A-2')).toMatchObject({ state: 'submitted', timely: false })
    expect(await stateOf('A-3')).toMatchObject({ state: 'late', id: null })
    const rate = { indicator: 'returns.on-time-rate', org: 'A', period: '2024' }
    expect(must(await figure(world, operating, rate)).value).toBe(0.5)
  })

  test('is reminded of two working days before it is due, holidays and all', async () => {
    // June of 2024 is due on 5 July; of two working days before that is 3 July.
    now = '2024-07-02T02:00:00Z'
    expect(await stateOf('A-3', '2024-06')).toMatchObject({ state: 'due', dueOn: '2024-07-05' })
    now = '2024-07-03T02:00:00Z'
    expect(await stateOf('A-3', '2024-06')).toMatchObject({ state: 'soon' })
    now = '2024-07-08T02:00:00Z'
    expect(await stateOf('A-3', '2024-06')).toMatchObject({ state: 'late' })
  })
})

describe('what is refused', () => {
  test.each<[string, string, Partial<Submitted>]>([
    ['return/answer', 'A-3', { answers: { '4': '有' } }],
    ['return/answer', 'A-3', { answers: { ...GOOD, '3': '是' } }],
    ['return/answer', 'A-3', { answers: { ...GOOD, '5': '三人' } }],
    ['return/answer', 'A-3', { answers: { ...GOOD, '9': 1 } }],
    ['period/cycle', 'A-3', { period: '2024' }],
    ['return/early', 'A-3', { period: '2024-07' }],
    ['return/not-asked', 'A-3', { period: '2024-03' }],
    ['return/not-asked', 'A-1-1', {}],
    ['form/unknown', 'B', {}],
    ['org/unknown', 'C', {}],
  ])('%s of %s', async (code, org, more) => {
    const who = org === 'A-3' ? at('A-3', 'clerk') : operating
    expect(codes(await submitReturn(world, who, request(org, more)))).toEqual([code])
  })

  test('another unit, and one who may only read', async () => {
    expect(codes(await submitReturn(world, at('A-2', 'clerk'), request('A-3')))).toEqual(['permission/denied'])
    expect(codes(await submitReturn(world, at('A-3', 'analyst'), request('A-3')))).toEqual(['permission/denied'])
    expect(codes(await draft(world, at('A-2', 'clerk'), request('A-3')))).toEqual(['permission/denied'])
    expect(codes(await approve(world, at('A', 'manager'), { org: 'A', return: form }))).toEqual(['return/unknown'])
  })

  test.each<[string, object]>([
    ['record/form-empty', { items: [] }],
    ['record/form-indicator', { items: [{ code: '1', title: '甲', kind: 'figure' }] }],
    ['record/form-repeated', { items: ['1', '1'].map(code => ({ code, title: '甲', kind: 'words' })) }],
  ])('%s of a form', async (code, more) => {
    const fields = { name: '空表', startsOn: '2024-04-01', cycle: 'month', kinds: 'township', dueDays: 5, ...more }
    expect(codes(await create(world, at('A', 'manager'), 'returns.form', { org: 'A', fields }))).toEqual([code])
  })
})
