import { afterAll, beforeAll, expect, test } from 'vitest'
import { testWorld, type World } from '../../../../test/world.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { createUnits } from '../../../kernel/org/change.ts'
import type { Day } from '../../../kernel/period/day.ts'
import { registryOf } from '../../../kernel/registry.ts'
import { must } from '../../../kernel/result.ts'
import mail from '../index.ts'
import { faults } from '../network/network.ts'
import { networkOn } from '../network/read.ts'
import { clerk } from '../testing.ts'
import { cityOf } from './city.ts'
import { simulate } from './run.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([mail]) })
  must(await createUnits(world, clerk, [{ code: 'P', kind: 'administration', name: '邮政管理局' }]))
})
afterAll(() => world.store.close())

test('three days of a city with faults leave every item where it really is, and every sum right', async () => {
  const org = must(world.orgs.find('P'))
  const found = must(
    await simulate(world, clerk, org, {
      itemsPerDay: 250,
      days: 3,
      seed: 7,
      branches: 12,
      routes: 4,
      from: '2025-06-26' as Day,
    }),
  )
  expect(found.broken).toEqual([])
  expect(found).toMatchObject({ items: 750, quarantined: 0 })
  expect(found.delivered).toBeGreaterThan(200)
  expect(found.repeatedRequests).toBeGreaterThan(10)
  expect((await verify(world)).problems).toEqual([])
}, 300_000)

test('a city of twenty routes and eighty branches reaches every destination without a loop', async () => {
  const { offices, routes, plans } = cityOf({ branches: 84, routes: 20, since: '2025-01-01' })
  const network = {
    offices: new Map(offices.map(one => [one.code, { ...one, org: 1 }])),
    routes: new Map(routes.map(one => [one.code, { ...one, org: 1 }])),
    plans: new Map(plans.map(({ office, ranges }) => [office, ranges])),
  }
  expect(routes.length).toBe(21)
  expect(faults(network)).toEqual([])
  const kept = await networkOn(world.store.pool, must(world.orgs.find('P')).root, '2025-06-30')
  expect(kept.offices.size).toBe(14)
  expect(faults(kept)).toEqual([])
})
