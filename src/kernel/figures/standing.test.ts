import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, registry, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { closeUnit, createUnits, moveUnit } from '../org/change.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { explain } from './explain.ts'
import { figure } from './figure.ts'
import { formula, unitsOf } from './indicator.ts'

const counting = domain('standing', {
  zh: '村',
  en: 'Villages',
  types: [],
  indicators: {
    'standing.villages': unitsOf('village', { zh: '行政村', en: 'Villages', unit: 'village' }),
    'standing.visits-a-village': formula('world.places / standing.villages', { zh: '村均', en: 'Each', unit: 'visit' }),
  },
})

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([...registry.domains, counting]) })
  const village = (code: string, parent: string) => ({ code, kind: 'village', name: code, parent })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'T', kind: 'township', name: '东镇', parent: 'A' },
      { code: 'S', kind: 'township', name: '西镇', parent: 'A' },
      village('T-1', 'T'),
      village('T-2', 'T'),
      village('S-1', 'S'),
      { code: 'Z', kind: 'county', name: '他县' },
      village('Z-1', 'Z'),
    ]),
  )
  must(await moveUnit(world, clerk, 'T-2', 'S', '2024-07-01'))
  must(await closeUnit(world, clerk, 'T-1', '2025-01-01'))
})
afterAll(() => world.store.close())

const count = async (org: string, period: string, more = {}) =>
  must(await figure(world, clerk, { indicator: 'standing.villages', org, period, ...more }))

test('units are counted as they stand at the end of the period: moved ones where they went, closed ones no more', async () => {
  const values = async (period: string) =>
    Promise.all(['A', 'T', 'S', 'T-1', 'Z'].map(async org => (await count(org, period)).value))
  expect(await values('2024-06')).toEqual([3, 2, 1, 1, 1])
  expect(await values('2024')).toEqual([3, 1, 2, 1, 1])
  expect(await values('2025')).toEqual([2, 0, 2, 0, 1])
  expect((await count('T', '2024-06', { tree: 'now' })).value).toBe(1)
})

test('their parts by unit and month add up, and their formula says what is counted', async () => {
  expect((await count('A', '2024', { by: 'org' })).rows).toEqual([
    { key: 'T', value: 1 },
    { key: 'S', value: 2 },
  ])
  const months = (await count('T', '2024-H1', { by: 'month' })).rows!
  expect(months.map(({ value }) => value)).toEqual([2, 2, 2, 2, 2, 2])
  const told = must(await explain(world, clerk, { indicator: 'standing.villages', org: 'A', period: '2024' }))
  expect(told).toMatchObject({ value: 3, formula: 'units(village)', records: [] })
})
