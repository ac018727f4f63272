import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, registry, registryBefore, testWorld, type World } from '../../../test/world.ts'
import { createUnits } from '../org/change.ts'
import { create } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { figure } from './figure.ts'
import { rebuild, rebuildChanged } from './rebuild.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryBefore })
  must(await createUnits(world, clerk, [{ code: 'A', kind: 'county', name: '甲县' }]))
  const fields = { on: '2024-05-01', place: '东村', subject: 'seafood', crowd: 30 }
  must(await create(world, clerk, 'world.visit', { org: 'A', fields }))
})
afterAll(() => world.store.close())

const people = async (as: World, where = {}) =>
  must(await figure(as, clerk, { indicator: 'world.people', org: 'A', period: '2024', where })).value

test('what is declared otherwise is counted anew at start, and only once', async () => {
  expect((await rebuildChanged(world)).length).toBeGreaterThan(0)
  expect(await rebuildChanged(world)).toEqual([])
  const now = { ...world, registry }
  expect(await rebuildChanged(now)).toContain('world.people')
  expect(await people(now, { topic: 'fish' })).toBe(30)
  expect(await rebuildChanged(now)).toEqual([])
})

test('a domain that was taken out and comes back counts as before', async () => {
  const now = { ...world, registry }
  const without = { ...world, registry: registryOf([]) }
  expect(await rebuildChanged(without)).toEqual([])
  await rebuild(without)
  expect(await rebuildChanged(now)).toContain('world.people')
  expect(await people(now)).toBe(30)
})
