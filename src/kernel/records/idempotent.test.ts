import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { figure } from '../figures/figure.ts'
import { createUnits } from '../org/change.ts'
import { must } from '../result.ts'
import { changeMany } from './bulk.ts'
import { once, replayed, requestHash } from './idempotent.ts'
import { change, create, createMany } from './records.ts'

let world: World

beforeAll(async () => {
  world = await testWorld()
  must(await createUnits(world, clerk, [{ code: 'A', kind: 'county', name: '甲县' }]))
})
afterAll(() => world.store.close())

const body = (people: number) => ({
  org: 'A',
  fields: { on: '2024-05-18', topic: 'rice', people, place: '东村' },
})
const createOnce = (key: string, request = body(30)) =>
  once(world, clerk, key, request, idempotency =>
    createMany(world, clerk, 'world.visit', [request], { idempotency, allowSimilar: true }),
  )
const people = async () =>
  must(await figure(world, clerk, { indicator: 'world.people', org: 'A', period: '2024' })).value

test('a repeat of a request gets the first answer and adds nothing', async () => {
  const first = must(await createOnce('k1'))
  const { seq, hash, id } = first[0]!
  expect({ seq, hash, id }).toEqual({ seq: expect.any(Number), hash: expect.any(String), id: expect.any(String) })
  expect(must(await createOnce('k1'))).toEqual(first)
  must(await change(world, clerk, id, { fields: { people: 31 } }))
  expect(must(await replayed(world, clerk, 'k1', { fields: body(30).fields, org: 'A' }))).toEqual(first)
  expect(await people()).toBe(31)
})

test('a key used for one request is refused for another, and belongs to one person', async () => {
  must(await createOnce('k2'))
  expect(await createOnce('k2', body(99))).toMatchObject({ problems: [{ code: 'idempotency/other-request' }] })
  const other = { ...clerk, person: '00000000-0000-4000-8000-000000000009' }
  expect(must(await replayed(world, other, 'k2', body(99)))).toBeNull()
  expect(must(await replayed(world, clerk, 'k3', body(99)))).toBeNull()
})

test('of many sending the same at once, one saves and all get its answer', async () => {
  const before = (await people())!
  const answers = await Promise.all(Array.from({ length: 12 }, () => createOnce('race', body(7))))
  const ids = new Set(answers.map(answer => must(answer)[0]!.id))
  expect(ids.size).toBe(1)
  expect(await people()).toBe(before + 7)
})

test('a change and a bulk change repeat like a creation, also when they come at once', async () => {
  const { id } = must(await create(world, clerk, 'world.visit', body(1)))
  const patch = { fields: { people: 5 } }
  const bulk = () =>
    once(world, clerk, 'bulk', patch, idempotency =>
      changeMany(world, clerk, [id], patch, { idempotency, versions: { [id]: 1 } }),
    )
  const answers = await Promise.all([bulk(), bulk(), bulk()])
  for (const answer of answers) expect(must(answer)).toMatchObject([{ id, version: 2 }])
  expect(must(await bulk())).toMatchObject([{ id, version: 2 }])
})

test('a refused request leaves its key free', async () => {
  expect(await createOnce('k4', body(-1))).toMatchObject({ problems: [{ code: 'field/negative' }] })
  must(await createOnce('k4', body(1)))
})

test.each(['', 'with space', 'a\0b', '键', 'k'.repeat(201)])('a key that is none is refused: %s', async key => {
  expect(await replayed(world, clerk, key, {})).toMatchObject({ problems: [{ code: 'idempotency/key' }] })
})

test('requests are told apart by what they say, not by the order of their members', () => {
  expect(requestHash({ a: 1, b: { c: 2, d: [1, 2] } })).toBe(requestHash({ b: { d: [1, 2], c: 2 }, a: 1 }))
  expect(requestHash({ a: [1, 2] })).not.toBe(requestHash({ a: [2, 1] }))
  expect(requestHash({ a: '\ud800' })).not.toBe(requestHash({ a: '\ud801' }))
})
