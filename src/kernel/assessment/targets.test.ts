import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { createUnits } from '../org/change.ts'
import { createMany } from '../records/records.ts'
import { must, type Result } from '../result.ts'
import { attainment, setTargets, type Target, targetsHeld, targetsUnder } from './targets.ts'

let world: World

beforeAll(async () => {
  world = await testWorld()
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '东镇', parent: 'A' },
      { code: 'B', kind: 'county', name: '乙县' },
    ]),
  )
  const visit = (on: string, people: number, topic: string) => ({
    org: 'A-1',
    fields: { on, people, topic, place: '东村' },
  })
  must(
    await createMany(world, clerk, 'world.visit', [
      visit('2024-01-15', 300, 'rice'),
      visit('2024-03-15', 150, 'pigs'),
      visit('2024-11-15', 450, 'rice'),
    ]),
  )
})
afterAll(() => world.store.close())

const target = (more: Partial<Target> = {}): Target => ({
  indicator: 'world.people',
  org: 'A',
  period: '2024',
  value: 1000,
  ...more,
})
const reached = async (more: { period?: string; org?: string; where?: Record<string, string> } = {}) =>
  must(await attainment(world, clerk, { indicator: 'world.people', org: 'A', period: '2024', ...more }))
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))

describe('a target', () => {
  test('is held against the figure of its period', async () => {
    expect(await reached()).toBeNull()
    must(await setTargets(world, clerk, [target()]))
    expect(await reached()).toEqual({ target: 1000, value: 900, ratio: 0.9, of: '2024' })
    expect(await reached({ org: 'A-1' })).toBeNull()
    // Not declared to be pro-rated, it says nothing of a part.
    expect(await reached({ period: '2024-Q1' })).toBeNull()
  })

  test('pro-rated counts by the days of a part of its period', async () => {
    must(await setTargets(world, clerk, [target({ value: 732, prorated: true })]))
    expect(await reached({ period: '2024-Q1' })).toEqual({
      target: (732 * 91) / 366,
      value: 450,
      ratio: 450 / 182,
      of: '2024',
    })
    expect(await reached({ period: '2024-02' })).toMatchObject({ target: 58, value: 0, ratio: 0 })
    expect(await reached({ period: '2024-02-29' })).toMatchObject({ target: 2 })
    expect(await reached({ period: '2023-12-31..2024-01-01' })).toBeNull()
    must(await setTargets(world, clerk, [target({ period: '2024-Q1', value: 500 })]))
    expect(await reached({ period: '2024-Q1' })).toMatchObject({ target: 500, ratio: 0.9, of: '2024-Q1' })
  })

  test('pro-rated never asks for a part of what is counted, and is told among all that hold', async () => {
    must(await setTargets(world, clerk, [target({ value: 80, prorated: true, period: '2019' })]))
    expect(await reached({ period: '2019-H1' })).toMatchObject({ target: 40 })
    const held = must(await targetsHeld(world, clerk, 'A', '2019-H1'))
    expect(held).toContainEqual({ indicator: 'world.people', org: 'A', period: '2019', value: 40 })
  })

  test('narrowed by a dimension is apart from the whole', async () => {
    must(await setTargets(world, clerk, [target({ where: { topic: 'rice' }, value: 600 })]))
    expect(await reached({ where: { topic: 'rice' } })).toMatchObject({ target: 600, value: 750, ratio: 1.25 })
    expect(await reached({ where: { topic: 'pigs' } })).toBeNull()
  })

  test('of nothing has no ratio, nor has a figure that is not there', async () => {
    must(await setTargets(world, clerk, [target({ period: '2023', value: 0 })]))
    expect(await reached({ period: '2023' })).toEqual({ target: 0, value: 0, ratio: null, of: '2023' })
    const each = { indicator: 'world.people-each', org: 'A', period: '2023' }
    must(await setTargets(world, clerk, [{ ...each, value: 10 }]))
    expect(must(await attainment(world, clerk, each))).toMatchObject({ target: 10, value: null, ratio: null })
  })

  test('set anew replaces the one before, and the journal keeps both', async () => {
    const fresh = target({ period: '2022', value: 1 })
    must(await setTargets(world, clerk, [fresh]))
    must(await setTargets(world, clerk, [{ ...fresh, value: 2 }]))
    expect(must(await targetsUnder(world, clerk, 'A', '2022'))).toEqual([
      { ...fresh, value: 2, where: {}, prorated: false },
    ])
    const { rows } = await world.store.pool.query<{ entry: string }>(
      `SELECT entry FROM journal WHERE subject LIKE 'target:%' AND entry LIKE '%"period":"2022"%' ORDER BY seq`,
    )
    const entries = rows.map(row => JSON.parse(row.entry) as { before: string | null; after: string; version: number })
    expect(entries.map(entry => entry.version)).toEqual([1, 2])
    expect(entries.map(entry => entry.before)).toEqual([null, entries[0]!.after])
  })
})

test.each<[string, Partial<Target>]>([
  ['indicator/unknown', { indicator: 'nothing' }],
  ['org/unknown', { org: 'nowhere' }],
  ['period/month', { period: '2024-13' }],
  ['target/value', { value: -1 }],
  ['target/value', { value: Number.NaN }],
  ['target/value', { value: Number.POSITIVE_INFINITY }],
  ['figure/unknown-dimension', { where: { colour: 'red' } }],
])('%s refuses all targets of a list', async (code, wrong) => {
  const list = [target({ period: '2021' }), target({ period: '2021', ...wrong })]
  expect(codes(await setTargets(world, clerk, list))).toEqual([code])
  expect(must(await targetsUnder(world, clerk, 'A', '2021'))).toEqual([])
})

test('those of several trees are set together, each kept in its own', async () => {
  must(await setTargets(world, clerk, [target({ period: '2020' }), target({ period: '2020', org: 'B', value: 7 })]))
  expect(must(await targetsUnder(world, clerk, 'B', '2020'))).toMatchObject([{ org: 'B', value: 7 }])
})
