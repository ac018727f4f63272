import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, registryBefore, testWorld, type World } from '../../../test/world.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Grant, Role } from '../people/actor.ts'
import { must } from '../result.ts'
import { checkList, eachRecord, type ListedRecord, listRecords } from './list.ts'
import type { ListQuery } from './list-query.ts'
import { change, createMany, voidRecord } from './records.ts'

let world: World
/** What was entered, as the present version of the type has it. */
const known: (Sample & { id: string })[] = []

interface Sample {
  readonly org: string
  readonly on: string
  readonly topic: 'rice' | 'pigs' | 'fish'
  readonly people: number
  readonly hours?: number
  readonly place: string
}

const PLACES = ['水稻示范田', '稻田边', '示范水渠', '东村', '100%有机农场', 'Farm_A', '水稻所']
const ORGS = ['C', 'C-1', 'C-1-1', 'C-1-2', 'C-2', 'C-2-1']
const sampleAt = (i: number): Sample => ({
  org: ORGS[(i * 7) % ORGS.length]!,
  on: `2024-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 5)).padStart(2, '0')}`,
  topic: (['rice', 'pigs', 'fish'] as const)[i % 3]!,
  people: (i * 37) % 50,
  ...(i % 4 === 0 ? {} : { hours: (i % 9) / 2 }),
  place: PLACES[i % PLACES.length]!,
})

beforeAll(async () => {
  world = await testWorld()
  const under = (code: string) => (code === 'C' ? undefined : code.length === 3 ? 'C' : code.slice(0, 3))
  for (const root of ['C', 'D'])
    must(
      await createUnits(
        world,
        clerk,
        (root === 'C' ? ORGS : ['D']).map(code => ({
          code,
          kind: 'township',
          name: code,
          parent: root === 'D' ? undefined : under(code),
        })),
      ),
    )
  const before: World = { ...world, registry: registryBefore }
  const samples = Array.from({ length: 120 }, (_, i) => sampleAt(i))
  const entered = (one: Sample, old: boolean) => ({
    org: one.org,
    fields: {
      on: one.on,
      place: one.place,
      ...(one.hours === undefined ? {} : { hours: one.hours }),
      [old ? 'subject' : 'topic']: old && one.topic === 'fish' ? 'seafood' : one.topic,
      [old ? 'crowd' : 'people']: one.people,
    },
  })
  const old = must(
    await createMany(
      before,
      clerk,
      'world.visit',
      samples.slice(0, 60).map(one => entered(one, true)),
    ),
  )
  const fresh = must(
    await createMany(
      world,
      clerk,
      'world.visit',
      samples.slice(60).map(one => entered(one, false)),
    ),
  )
  known.push(...[...old, ...fresh].map(({ id }, i) => ({ ...samples[i]!, id })))
  must(await createMany(world, clerk, 'world.visit', [entered({ ...sampleAt(1), org: 'D', place: '别处' }, false)]))
})
afterAll(() => world.store.close())

async function all(query: Omit<ListQuery, 'type'>, actor = clerk): Promise<ListedRecord[]> {
  const found: ListedRecord[] = []
  for (let after: string | undefined; ; ) {
    const page = must(await listRecords(world, actor, { type: 'world.visit', ...query, ...(after ? { after } : {}) }))
    found.push(...page.records)
    if (!page.next) return found
    after = page.next
  }
}

const ids = (records: readonly { id: string }[]) => records.map(record => record.id).sort()

test('pages put together are the whole, in order, whatever the sort and the page', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('day', '-day', 'people', '-people', 'hours', '-hours', 'place', '-topic', 'org', '-updatedAt'),
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom('C', 'C-1', 'C-2'),
      async (sort, limit, org) => {
        const records = await all({ sort, limit, org })
        const expected = known.filter(one => one.org.startsWith(org))
        expect(ids(records)).toEqual(ids(expected))
        const by = sort.replace('-', '')
        const keys = records.map(record => (by in record.fields ? record.fields[by] : record[by as 'day'])) as (
          | string
          | number
          | undefined
        )[]
        const said = keys.filter(key => key !== undefined)
        expect(keys.slice(0, said.length)).toEqual(said)
        const ordered = [...said].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        expect(said).toEqual(sort.startsWith('-') ? ordered.reverse() : ordered)
      },
    ),
    { numRuns: 60 },
  ))

test('a filter finds what a look at each record finds, under old and new versions of the type alike', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record(
        {
          topic: fc.subarray(['rice', 'pigs', 'fish'], { minLength: 1 }),
          people: fc.record({ min: fc.integer({ min: 0, max: 49 }), max: fc.integer({ min: 0, max: 49 }) }),
          place: fc.constantFrom('水', '示范', '100%', '_a', 'FARM'),
          on: fc.record({ min: fc.constant('2024-03-02') }),
          hours: fc.constantFrom('', '1.5'),
          weather: fc.constantFrom('fine', 'wet'),
        },
        { requiredKeys: [] },
      ),
      fc.option(fc.constantFrom('2024-Q1', '2024-05', '2024-03-02..2024-07-01'), { nil: undefined }),
      async (filter, period) => {
        const { records, count, totals } = must(
          await listRecords(world, clerk, { type: 'world.visit', org: 'C', filter, period, limit: 500, totals: true }),
        )
        const months = { '2024-Q1': ['2024-01-01', '2024-03-31'], '2024-05': ['2024-05-01', '2024-05-31'] }
        const [from, to] = period ? (months[period as '2024-05'] ?? period.split('..')) : ['', '9']
        const expected = known.filter(
          one =>
            from! <= one.on &&
            one.on <= to! &&
            (!filter.topic || filter.topic.includes(one.topic)) &&
            (!filter.people || (filter.people.min <= one.people && one.people <= filter.people.max)) &&
            (!filter.place || one.place.toLowerCase().includes(filter.place.toLowerCase())) &&
            (!filter.on || one.on >= filter.on.min) &&
            (filter.hours === undefined || (filter.hours === '' ? one.hours === undefined : one.hours === 1.5)) &&
            filter.weather !== 'wet',
        )
        expect(ids(records)).toEqual(ids(expected))
        expect(count).toBe(expected.length)
        expect(totals).toMatchObject({
          people: expected.reduce((sum, one) => sum + one.people, 0),
          hours: expected.reduce((sum, one) => sum + (one.hours ?? 0), 0),
        })
      },
    ),
    { numRuns: 100 },
  ))

describe('search', () => {
  const places = async (search: string) =>
    [...new Set((await all({ search, limit: 7 })).map(record => record.fields.place as string))].sort()

  test.each([
    ['水稻', ['水稻所', '水稻示范田']],
    ['稻示', ['水稻示范田']],
    ['水稻田', []],
    ['稻', ['水稻所', '水稻示范田', '稻田边']],
    ['示范 水', ['水稻示范田', '示范水渠']],
    ['sdsf', ['水稻示范田']],
    ['SD', ['水稻所', '水稻示范田']],
    ['dtsd', []],
    ['100%', ['100%有机农场']],
    ['farm_a', ['Farm_A']],
    ['farm', ['Farm_A']],
    ['%', ['100%有机农场']],
    ["'; DROP TABLE record; --", []],
    ['\0水稻\0', ['水稻所', '水稻示范田']],
  ])('%s finds the places that hold it', async (search, expected) => {
    expect(await places(search)).toEqual([...expected].sort())
  })

  test('initials that lie apart are not found, nor counted', async () => {
    const found = must(await listRecords(world, clerk, { type: 'world.visit', search: 'sdtb', totals: true }))
    expect(found).toMatchObject({ records: [], count: 0, totals: { people: 0 } })
    const some = must(await listRecords(world, clerk, { type: 'world.visit', org: 'C', search: 'sds', totals: true }))
    expect(some.count).toBe(known.filter(one => one.place.startsWith('水稻')).length)
  })
})

test('nobody sees a record outside the subtrees of their grants, and everybody all within', () => {
  const roles: Role[] = ['clerk', 'manager', 'analyst', 'auditor', 'administrator']
  return fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...ORGS, 'D'), fc.constantFrom(...roles)), { maxLength: 3 }),
      fc.option(fc.constantFrom(...ORGS, 'D'), { nil: undefined }),
      async (given, org) => {
        const grants = given.map(([code, role]): Grant => {
          const unit = world.orgs.byCode(code)!
          return { org: unit.id, path: unit.path, role }
        })
        const actor: Actor = { person: null, name: '', from: 'test', grants }
        const page = await listRecords(world, actor, { type: 'world.visit', limit: 500, org })
        const within = (code: string) => given.some(([at]) => code.startsWith(at))
        if (org && !within(org)) {
          expect(page).toMatchObject({ ok: false, problems: [{ code: 'permission/denied' }] })
          return
        }
        const seen = must(page).records
        expect(seen.every(record => within(record.org))).toBe(true)
        const expected = known.filter(one => within(one.org) && one.org.startsWith(org ?? ''))
        expect(seen.filter(record => record.org !== 'D')).toHaveLength(expected.length)
      },
    ),
    { numRuns: 60 },
  )
})

test('void records are listed only when asked for, drafts always; a change keeps its place in the list', async () => {
  const [first] = must(
    await createMany(world, clerk, 'world.visit', [
      { org: 'D', fields: { on: '2023-01-01', topic: 'rice', people: 1, place: '草稿' }, draft: true },
    ]),
  )
  const inD = (more: Partial<ListQuery>) => all({ org: 'D', period: '2023', ...more })
  expect(await inD({})).toMatchObject([{ id: first!.id, status: 'draft', version: 1 }])
  must(await change(world, clerk, first!.id, { fields: { people: 2 }, state: 'done' }))
  expect(await inD({ state: ['done'] })).toMatchObject([{ fields: { people: 2 }, version: 2 }])
  must(await voidRecord(world, clerk, first!.id, '录错'))
  expect(await inD({})).toEqual([])
  expect(await inD({ status: ['void'] })).toMatchObject([{ status: 'void' }])
})

test('every record comes once in batches for export', async () => {
  const found: string[] = []
  for await (const batch of eachRecord(world, clerk, { type: 'world.visit', org: 'C', sort: 'place' }))
    found.push(...batch.map(record => record.id))
  expect(found.sort()).toEqual(ids(known))
})

test.each<[string, Partial<ListQuery>]>([
  ['type/unknown', { type: 'no.type' }],
  ['org/unknown', { org: 'nowhere' }],
  ['period/month', { period: '2024-13' }],
  ['list/status', { status: ['lost' as 'void'] }],
  ['list/state', { state: ['flying'] }],
  ['list/filter', { filter: { colour: 'red' } }],
  ['list/filter', { filter: { host: '张' } }],
  ['list/filter', { filter: { people: 'many' } }],
  ['list/filter', { filter: { people: { min: 'NaN' } } }],
  ['list/filter', { filter: { topic: { min: 'a' } } }],
  ['list/filter', { filter: { on: '2024-02-30' } }],
  ['list/filter', { filter: { place: 'a\0b' } }],
  ['list/filter', { filter: { id: 'x' } }],
  ['list/filter', { filter: { constructor: 'x' } }],
  ['list/sort', { sort: 'colour' }],
  ['list/sort', { sort: '-host' }],
  ['list/sort', { sort: '__proto__' }],
])('%s is told of a query', (code, query) => {
  const refused = checkList(world, clerk, { type: 'world.visit', ...query })
  expect(refused).toMatchObject({ ok: false, problems: [{ code }] })
})

test.each([
  'x',
  '',
  Buffer.from('["-day","2024-02-31","0"]').toString('base64url'),
  Buffer.from('["-day","2024-13-01","00000000-0000-4000-8000-000000000000"]').toString('base64url'),
  Buffer.from('["people","1","00000000-0000-4000-8000-000000000000"]').toString('base64url'),
])('a page position that is none is refused: %s', async after => {
  const refused = await listRecords(world, clerk, { type: 'world.visit', after })
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'page/cursor' }] })
  expect(await listRecords(world, clerk, { type: 'world.visit', limit: 0 })).toMatchObject({
    problems: [{ code: 'list/limit' }],
  })
})

test('a page is read from an index, however long the list is', async () => {
  const big = await testWorld()
  must(await createUnits(big, clerk, [{ code: 'L', kind: 'county', name: '大县' }]))
  await big.store.owner.query(
    `INSERT INTO record (root, id, type, type_version, org, day, status, state, version, fields, created_at, updated_at)
     SELECT u.id, gen_random_uuid(), 'world.visit', 2, u.id, '2020-01-01'::date + n % 1500, 'entered', 'open', 1,
            '{"topic": "rice", "people": 1, "place": "村"}', now(), now()
     FROM org_unit u CROSS JOIN generate_series(1, 50000) n`,
  )
  await big.store.owner.query('VACUUM ANALYZE record')
  const plans: string[] = []
  const pool = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await big.store.pool.query<Record<string, string>>(
        `EXPLAIN (ANALYZE, COSTS OFF) ${text}`,
        values,
      )
      plans.push(rows.map(row => row['QUERY PLAN']).join('\n'))
      return { rows: [] }
    },
  }
  const explained = { ...big, store: { ...big.store, pool } } as unknown as World
  const query = { type: 'world.visit', org: 'L' }
  const { next } = must(await listRecords(big, clerk, query))
  for (const more of [{}, { after: next! }, { sort: 'day' }, { period: '2021' }])
    must(await listRecords(explained, clerk, { ...query, ...more }))
  for (const plan of plans) {
    expect(plan).toContain('using record_day on record r')
    // Only the page itself is sorted, never the whole list.
    expect([...plan.matchAll(/rows=(\d+)/g)].map(match => Number(match[1])).every(rows => rows <= 51)).toBe(true)
  }
  expect(plans).toHaveLength(4)
  await big.store.close()
})
