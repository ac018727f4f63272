import { expect, test } from 'vitest'
import { clerk, testWorld } from '../../../test/world.ts'
import { verify } from '../journal/verify.ts'
import type { Actor } from '../people/actor.ts'
import { must } from '../result.ts'
import { type Area, areasUnder } from './area.ts'
import { createUnits } from './change.ts'

const square = (lon: number): Area => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon, 20],
      [lon + 1, 20],
      [lon + 1, 21],
      [lon, 20],
    ],
  ],
})

test('areas are kept, told to those who may read the unit, and checked', async () => {
  const world = await testWorld()
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县', area: square(150) },
      { code: 'A1', kind: 'township', name: '青石镇', parent: 'A', area: square(150.2) },
      { code: 'A2', kind: 'township', name: '白水镇', parent: 'A' },
      { code: 'B', kind: 'county', name: '乙县', area: square(152) },
    ]),
  )
  expect(must(await areasUnder(world, clerk, 'A')).map(({ code }) => code)).toEqual(['A', 'A1'])
  expect(must(await areasUnder(world, clerk, 'A1'))).toEqual([{ code: 'A1', area: square(150.2) }])
  const { id, path } = must(world.orgs.find('A1'))
  const own: Actor = { person: null, name: '', grants: [{ org: id, path, role: 'clerk' }], from: 'test' }
  expect((await areasUnder(world, own, 'A')).ok).toBe(false)
  for (const area of [square(181), { ...square(150), coordinates: [] }, { type: 'Polygon', coordinates: [[[1, 1]]] }])
    expect(
      await createUnits(world, clerk, [{ code: 'C', kind: 'county', name: '丙县', area: area as Area }]),
    ).toMatchObject({ problems: [{ code: 'org/area' }] })
  expect((await verify(world)).problems).toEqual([])
  await world.store.close()
})
