import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, registry, testWorld, visit, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits, moveUnit } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { createMany } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import { figures } from './figure.ts'
import { type FigureColumn, figuresOf } from './figures-of.ts'
import { fold } from './fold.ts'
import { formula, latestOf } from './indicator.ts'

const more = registryOf([
  ...registry.domains,
  domain('more', {
    zh: '更多',
    en: 'More',
    types: [],
    indicators: {
      'more.people-now': latestOf(visit, 'people', { zh: '最新人数', en: 'People now', unit: 'person-time' }),
      'more.share': formula('world.people[topic=rice] / world.people', { zh: '水稻占比', en: 'Rice', unit: '%' }),
      'more.grown': formula('growth(more.share)', { zh: '占比增长', en: 'Grown', unit: '%' }),
    },
  }),
])
const UNITS = ['A', 'A-1', 'A-2', 'A-1-1', 'A-1-2', 'B', 'B-1']
const COLUMNS: FigureColumn[] = [
  ...more.indicators.keys(),
  ...['visits', 'people', 'hours', 'places', 'standing'].map(name => `world.${name}`),
].map(indicator => ({ indicator }))
const NARROWED = ['visits', 'people', 'hours', 'places', 'standing', 'paid'].flatMap((name): FigureColumn[] => [
  { indicator: `world.${name}`, where: { topic: 'rice' } },
  { indicator: `world.${name}`, where: { topic: 'rice', state: 'open' } },
])

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: more })
  must(
    await createUnits(world, clerk, [
      { code: 'R', kind: 'city', name: '市' },
      { code: 'A', kind: 'county', name: '甲县', parent: 'R' },
      { code: 'B', kind: 'county', name: '乙县', parent: 'R' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A' },
      { code: 'A-2', kind: 'township', name: '二镇', parent: 'A' },
      { code: 'B-1', kind: 'township', name: '三镇', parent: 'B' },
      { code: 'A-1-1', kind: 'village', name: '一村', parent: 'A-1' },
      { code: 'A-1-2', kind: 'village', name: '二村', parent: 'A-1' },
      { code: 'S', kind: 'city', name: '别市' },
    ]),
  )
  let seed = 11
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const day = () => new Date(Date.UTC(2023, 9, 1) + random(600) * 86_400_000).toISOString().slice(0, 10)
  const entered = (count: number) =>
    Array.from({ length: count }, () => {
      const on = day()
      return {
        org: UNITS[random(UNITS.length)]!,
        state: ['open', 'done'][random(2)]!,
        fields: {
          on,
          topic: ['rice', 'pigs', 'fish'][random(3)],
          place: `${random(9)}村`,
          people: random(50),
          ...(random(2) ? { hours: random(80) / 10 } : {}),
          ...(random(3)
            ? {}
            : { endedOn: new Date(Date.parse(on) + random(200) * 86_400_000).toISOString().slice(0, 10) }),
          ...(random(3) ? {} : { payments: [{ paidOn: on, amount: random(100_000) }] }),
        },
      }
    })
  must(await createMany(world, clerk, 'world.visit', entered(150)))
  await fold(world.store)
  must(await moveUnit(world, clerk, 'A-1', 'B', '2024-08-10'))
  must(await createMany(world, clerk, 'world.visit', entered(60)))
})
afterAll(() => world.store.close())

const PERIODS = ['2024', '2024-Q3', '2024-02', '2024-08-03..2024-08-20', '2023-11..2025-02', '2025-05-05', '1990']

describe('figures of many units', () => {
  test('are those that are asked one by one, whatever is folded, moved or narrowed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom('R', ...UNITS), { minLength: 1 }),
        fc.uniqueArray(fc.constantFrom(...COLUMNS, ...NARROWED), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...PERIODS),
        async (orgs, columns, period) => {
          const many = must(await figuresOf(world, clerk, orgs, columns, period))
          const one = must(
            await figures(
              world,
              clerk,
              orgs.flatMap(org => columns.map(column => ({ ...column, org, period }))),
            ),
          )
          expect(many.flat()).toEqual(one.map(figure => figure.value))
        },
      ),
      { numRuns: 40 },
    ))

  test('of no units or on no indicators are none', async () => {
    expect(must(await figuresOf(world, clerk, [], COLUMNS, '2024'))).toEqual([])
    expect(must(await figuresOf(world, clerk, ['A', 'B'], [], '2024'))).toEqual([[], []])
  })

  test.each<[string, string[], FigureColumn[], string]>([
    ['org/unknown', ['A', 'nowhere'], COLUMNS, '2024'],
    ['org/other-root', ['A', 'S'], COLUMNS, '2024'],
    ['indicator/unknown', ['A'], [{ indicator: 'nothing' }], '2024'],
    ['figure/unknown-dimension', ['A'], [{ indicator: 'world.visits', where: { colour: 'red' } }], '2024'],
    ['period/month', ['A'], COLUMNS, '2024-13'],
  ])('%s is told', async (code, orgs, columns, period) => {
    expect(await figuresOf(world, clerk, orgs, columns, period)).toMatchObject({ ok: false, problems: [{ code }] })
  })

  test('are for those only who may read each of the units', async () => {
    const { id, path } = world.orgs.byCode('A')!
    const reader: Actor = {
      person: null,
      name: 'reader',
      from: 'test',
      grants: [{ org: id, path, role: 'analyst' }],
    }
    expect((await figuresOf(world, reader, ['A', 'A-2'], COLUMNS, '2024')).ok).toBe(true)
    expect(await figuresOf(world, reader, ['A', 'B'], COLUMNS, '2024')).toMatchObject({
      ok: false,
      problems: [{ code: 'permission/denied' }],
    })
  })
})
