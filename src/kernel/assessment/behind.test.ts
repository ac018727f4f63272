import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { awaiting } from '../awaiting/awaiting.ts'
import { createUnits } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { addDays, type Day, dayOf } from '../period/day.ts'
import { createMany } from '../records/records.ts'
import { must } from '../result.ts'
import { targetsBehind } from './behind.ts'
import { setTargets } from './targets.ts'

let world: World
const VISITS = [
  ['2025-01-20', 40],
  ['2025-03-01', 25],
  ['2025-06-20', 100],
] as const

beforeAll(async () => {
  world = await testWorld()
  const unit = (code: string, kind: string, parent?: string) => ({ code, kind, name: code, parent })
  must(
    await createUnits(world, clerk, [unit('A', 'county'), unit('A-1', 'township', 'A'), unit('A-2', 'township', 'A')]),
  )
  must(
    await createMany(
      world,
      clerk,
      'world.visit',
      VISITS.map(([on, people]) => ({ org: 'A-1', fields: { on, people, topic: 'rice', place: '东村' } })),
    ),
  )
  must(
    await setTargets(world, clerk, [
      { indicator: 'world.people', org: 'A-1', period: '2025', value: 365, prorated: true },
      { indicator: 'world.visits', org: 'A-1', period: '2025', value: 3 },
      { indicator: 'world.people', org: 'A-2', period: '2025-Q1', value: 90, prorated: true },
      { indicator: 'world.people', org: 'A-2', period: '2024', value: 5 },
    ]),
  )
})
afterAll(() => world.store.close())

const on = async (day: Day, org = 'A') => must(await targetsBehind(world, clerk, org, day))

test('on any day the list has just the targets that lag, with what is missing so far', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 180 }), async days => {
      const day = addDays(dayOf(2025, 1, 1), days)
      const done = VISITS.filter(([visited]) => visited <= day)
      const people = done.reduce((sum, [, count]) => sum + count, 0)
      // One person a day is the target of A-1, one a day in the first quarter that of A-2.
      const gaps: Record<string, number> = {
        'A-1 world.people': days + 1 - people,
        'A-1 world.visits': 3 - done.length,
      }
      if (days < 90) gaps['A-2 world.people'] = days + 1
      const expected = Object.entries(gaps).filter(([, gap]) => gap > 0)
      const found = (await on(day)).map(({ org, indicator, gap }) => [
        `${org} ${indicator}`,
        Math.round(gap * 1e6) / 1e6,
      ])
      expect(found.sort()).toEqual(expected.sort())
    }),
    { numRuns: 40 },
  ))

test('each tells what is left and for how long, the furthest behind first', async () => {
  const found = await on(dayOf(2025, 3, 1))
  expect(found.map(one => one.org + one.indicator)).toEqual(['A-2world.people', 'A-1world.visits'])
  expect(found[0]).toMatchObject({ target: 90, value: 0, expected: 60, gap: 60, left: 90, daysLeft: 30 })
  expect(await on(dayOf(2025, 3, 1), 'A-1')).toHaveLength(1)
})

test('they wait on the home of the unit', async () => {
  expect(must(await awaiting(world, clerk, 'A')).find(one => one.id === 'targets.behind')).toMatchObject({ count: 1 })
})

test('another tree is refused', async () => {
  const { id, path } = world.orgs.byCode('A-1')!
  const reader: Actor = { person: null, name: 'r', from: 'test', grants: [{ org: id, path, role: 'analyst' }] }
  expect((await targetsBehind(world, reader, 'A', dayOf(2025, 3, 1))).ok).toBe(false)
  expect((await targetsBehind(world, reader, 'A-1', dayOf(2025, 3, 1))).ok).toBe(true)
})
