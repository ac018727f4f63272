import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import { choice, choices, count, day, decimal, money, rows, text } from '../records/fields.ts'
import { change, confirm, create, createMany, sendBack, voidRecord } from '../records/records.ts'
import { recordType } from '../records/type.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import { explain } from './explain.ts'
import { type FigureRequest, figure } from './figure.ts'
import { fold } from './fold.ts'
import { averageOf, countOf, distinctOf, formula, latestOf, stockOf, sumOf } from './indicator.ts'
import { rebuild } from './rebuild.ts'

const kinds = { talk: { zh: '讲座', en: 'Talk' }, visit: { zh: '走访', en: 'Visit' } }
const topics = { rice: { zh: '水稻', en: 'Rice' }, pigs: { zh: '生猪', en: 'Pigs' } }
const event = recordType('event', {
  title: { zh: '活动', en: 'Event' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    until: day({ zh: '止', en: 'Until', future: true }).optional(),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    topics: choices(topics, { zh: '主题', en: 'Topics' }).optional(),
    title: text({ zh: '题目', en: 'Title' }).optional(),
    people: count({ zh: '人数', en: 'People' }),
    hours: decimal({ zh: '时长', en: 'Hours', scale: 1 }).optional(),
    members: count({ zh: '社员', en: 'Members' }).optional(),
    paid: rows(
      { on: day({ zh: '日期', en: 'On' }), amount: money({ zh: '金额', en: 'Amount' }) },
      { zh: '支付', en: 'Paid' },
    ).optional(),
  }),
})
const named = { zh: '数', en: 'Number', unit: 'person-time' }
const registry = registryOf([
  domain('events', {
    zh: '活动',
    en: 'Events',
    types: [event],
    indicators: {
      events: countOf(event, { ...named, by: ['kind', 'title'] }),
      talks: countOf(event, { ...named, where: { kind: 'talk' } }),
      rice: countOf(event, { ...named, where: { topics: 'rice' } }),
      people: sumOf(event, 'people', { ...named, by: ['kind', 'title'] }),
      hours: averageOf(event, 'hours', { ...named, by: ['kind'] }),
      titles: distinctOf(event, 'title', { ...named, by: ['kind'] }),
      topics: distinctOf(event, 'topics', named),
      open: stockOf(event, { ...named, since: 'on', until: 'until' }),
      paid: sumOf(event, 'amount', { ...named, unit: 'fen', each: 'paid', day: 'on' }),
      members: latestOf(event, 'members', named),
      each: formula('people / events', named),
      rise: formula('growth(people)', { ...named, unit: '%' }),
      year: formula('sum-year(people)', named),
    },
  }),
])

let world: World
let n = 0

beforeAll(async () => {
  world = await testWorld({ registry })
})
afterAll(() => world.store.close())

async function county() {
  const k = `K${++n}`
  const unit = (code: string, parent?: string) => ({
    code: k + code,
    kind: 'township',
    name: code || '县',
    ...(parent === undefined ? {} : { parent: k + parent }),
  })
  must(await createUnits(world, clerk, [unit(''), unit('E', ''), unit('W', ''), unit('E1', 'E')]))
  const event = (code: string, on: string, more: object = {}) => ({
    org: k + code,
    fields: { on, kind: 'talk', people: 10, ...more },
  })
  const save = async (...entered: ReturnType<typeof event>[]) =>
    must(await createMany(world, clerk, 'event', entered)).map(one => one.id)
  const ask = async (indicator: string, period: string, more: Partial<FigureRequest> = {}) =>
    must(await figure(world, clerk, { indicator, org: k, period, ...more }))
  const value = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).value
  return { k, event, save, ask, value, root: world.orgs.byCode(k)!.root }
}

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))

describe('a figure', () => {
  test('counts, adds up, averages and tells apart, by period, dimension, month and unit', async () => {
    const { k, event, save, ask, value } = await county()
    await save(
      event('', '2024-01-31', { hours: 1.5, title: '甲' }),
      event('E', '2024-02-29', { hours: 2, title: '甲', people: 20 }),
      event('E1', '2024-03-01', { kind: 'visit', title: '乙', topics: ['rice', 'pigs'] }),
      event('W', '2024-12-31', { kind: 'visit', topics: ['rice'] }),
      event('W', '2025-01-01', { hours: 0.1, title: '丙' }),
    )
    expect(await value('events', '2024')).toBe(4)
    expect(await value('events', '2024-Q1')).toBe(3)
    expect(await value('events', '2024-02-29')).toBe(1)
    expect(await value('events', '2024-02-29..2024-12-30')).toBe(2)
    expect(await value('events', '2024-W09')).toBe(2)
    expect(await value('talks', '2024')).toBe(2)
    expect(await value('rice', '2024')).toBe(2)
    expect(await value('people', '2024', { where: { kind: 'visit' } })).toBe(20)
    expect(await value('people', '2024', { where: { kind: 'visit', title: '乙' } })).toBe(10)
    expect(await value('people', '2024', { where: { title: '' } })).toBe(10)
    expect(await value('hours', '2024')).toBe(1.75)
    expect(await value('hours', '2024', { where: { kind: 'visit' } })).toBeNull()
    expect(await value('titles', '2024')).toBe(2)
    expect(await value('titles', '2024..2025')).toBe(3)
    expect(await value('topics', '2024')).toBe(2)
    expect(await value('each', '2024')).toBe(12.5)
    expect(await value('each', '2023')).toBeNull()
    expect(await value('rise', '2025')).toBe(10 / 50 - 1)
    expect(await value('rise', '2024')).toBeNull()
    expect(await value('year', '2024-03')).toBe(40)
    expect(await value('events', '2024', { org: `${k}E` })).toBe(2)
    expect(await value('events', '2024', { org: `${k}E`, scope: 'self' })).toBe(1)
    expect((await ask('people', '2024', { by: 'kind' })).rows).toEqual([
      { key: 'talk', value: 30 },
      { key: 'visit', value: 20 },
    ])
    expect((await ask('titles', '2024', { by: 'kind' })).rows).toEqual([
      { key: 'talk', value: 1 },
      { key: 'visit', value: 1 },
    ])
    expect((await ask('people', '2024-Q1', { by: 'month' })).rows).toEqual([
      { key: '2024-01', value: 10 },
      { key: '2024-02', value: 20 },
      { key: '2024-03', value: 10 },
    ])
    expect((await ask('people', '2024', { by: 'org' })).rows).toEqual([
      { key: `${k}E`, value: 30 },
      { key: `${k}W`, value: 10 },
      { key: k, value: 10 },
    ])
  })

  test('of sub-rows counts each on its own day', async () => {
    const { event, save, value } = await county()
    await save(
      event('E', '2024-01-01', {
        paid: [
          { on: '2024-02-01', amount: 100 },
          { on: '2024-03-01', amount: 20 },
        ],
      }),
    )
    expect([await value('paid', '2024-01'), await value('paid', '2024-02'), await value('paid', '2024')]).toEqual([
      0, 100, 120,
    ])
  })

  test('of what there is holds from the first day to the day before the last', async () => {
    const { event, save, value } = await county()
    await save(event('E', '2024-03-10', { until: '2024-06-10' }), event('W', '2024-05-01'))
    const open = (period: string) => value('open', period)
    expect([
      await open('2024-03-09'),
      await open('2024-03-10'),
      await open('2024-06-09'),
      await open('2024-06-10'),
    ]).toEqual([0, 1, 2, 1])
    expect([await open('2024-H1'), await open('2024-Q1'), await open('2030')]).toEqual([1, 1, 1])
  })

  test('of the newest value is the last said by each unit, and nothing where none said any', async () => {
    const { k, event, save, value } = await county()
    await save(
      event('E', '2024-01-10', { members: 5 }),
      event('E', '2024-06-10', { members: 7 }),
      event('W', '2024-02-10', { members: 100 }),
    )
    const members = (period: string, org = k) => value('members', period, { org })
    expect(await members('2023')).toBeNull()
    expect([await members('2024-Q1'), await members('2024'), await members('2025')]).toEqual([105, 107, 107])
    expect([await members('2024', `${k}E`), await members('2024', `${k}E1`)]).toEqual([7, null])
    // A record that does not say the value says nothing of it, and a void one nothing at all.
    const [silent, wrong] = await save(event('E', '2024-07-01'), event('E', '2024-08-01', { members: 9 }))
    must(await voidRecord(world, clerk, wrong!, '误'))
    expect(await members('2024')).toBe(107)
    must(await change(world, clerk, silent!, { fields: { members: 0 } }))
    expect(await members('2024')).toBe(100)
  })

  test('of a past instant is what it was then', async () => {
    const { event, save, value } = await county()
    const at = () => world.clock().toISOString()
    const [id] = await save(
      event('E', '2024-01-10', { hours: 0.1, title: '甲' }),
      event('W', '2024-01-11', { hours: 0.2 }),
    )
    const first = at()
    must(await change(world, clerk, id!, { fields: { people: 99, title: '乙' } }))
    const second = at()
    must(await voidRecord(world, clerk, id!, '误'))
    const then = async (asOf: string) => [
      await value('people', '2024', { asOf }),
      await value('titles', '2024', { asOf }),
      await value('hours', '2024', { asOf }),
      await value('each', '2024', { asOf }),
    ]
    expect(await then(first)).toEqual([20, 1, 0.15, 10])
    expect(await then(second)).toEqual([109, 1, 0.15, 54.5])
    expect(await then(at())).toEqual([10, 0, 0.2, 10])
    expect(await then('2020-01-01T00:00:00Z')).toEqual([0, 0, null, null])
    expect(await value('people', '2024', { asOf: first.replace('Z', '+00:00') })).toBe(20)
  })

  test('of the newest value at a past instant is what was the newest then', async () => {
    const { event, save, value } = await county()
    const [id] = await save(event('E', '2024-01-10', { members: 5 }))
    const first = world.clock().toISOString()
    must(await change(world, clerk, id!, { fields: { members: 6 } }))
    await save(event('E', '2024-02-10', { members: 8 }))
    expect(await value('members', '2024')).toBe(8)
    expect(await value('members', '2024', { asOf: first })).toBe(5)
    expect(await value('members', '2024', { asOf: '2020-01-01T00:00:00Z' })).toBeNull()
  })

  test('holds texts of any length as dimensions, apart where they differ', async () => {
    const { event, save, value, ask } = await county()
    const long = '水'.repeat(1999)
    await save(
      event('E', '2024-01-10', { title: `${long}甲` }),
      event('E', '2024-01-10', { title: `${long}乙` }),
      event('E', '2024-01-10', { title: '𠮷'.repeat(999) }),
    )
    expect(await value('titles', '2024')).toBe(3)
    await fold(world.store)
    expect(await value('titles', '2024')).toBe(3)
    const parts = (await ask('events', '2024', { by: 'title' })).rows!
    expect(parts.map(row => row.value)).toEqual([1, 1, 1])
    for (const { key } of parts) expect(await value('events', '2024', { where: { title: key } })).toBe(1)
  })

  test('of very large numbers is exact in the tallies', async () => {
    const { event, save, root } = await county()
    const most = Number.MAX_SAFE_INTEGER
    const paid = [1, 2, 3].map(day => ({ on: `2024-01-0${day}`, amount: most }))
    await save(event('E', '2024-01-01', { paid }), event('E', '2024-01-01', { paid }))
    await fold(world.store)
    const { rows } = await world.store.pool.query(
      `SELECT total::text FROM tally WHERE root = $1 AND indicator = 'paid' AND dim = '' AND grain = 'y' AND org = $1`,
      [root],
    )
    expect(rows).toEqual([{ total: String(BigInt(most) * 6n) }])
  })

  test.each<[string, string, Partial<FigureRequest>]>([
    ['indicator/unknown', '2024', { indicator: 'nothing' }],
    ['org/unknown', '2024', { org: 'nowhere' }],
    ['period/month', '2024-13', {}],
    ['figure/unknown-dimension', '2024', { where: { colour: 'red' } }],
    ['figure/unknown-dimension', '2024', { where: { constructor: 'x' } }],
    ['figure/unknown-dimension', '2024', { by: 'colour' }],
    ['figure/unknown-dimension', '2024', { indicator: 'each', where: { kind: 'talk' } }],
    ['figure/instant', '2024', { asOf: 'yesterday' }],
  ])('%s is told of a request', async (code, period, more) => {
    const { k } = await county()
    expect(codes(await figure(world, clerk, { indicator: 'events', org: k, period, ...more }))).toEqual([code])
  })
})

describe('an explanation', () => {
  const settled = ['events', 'talks', 'people', 'paid', 'open'] as const

  test('adds up at every level: the value, its units, its records', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            code: fc.constantFrom('', 'E', 'W', 'E1'),
            day: fc.integer({ min: 1, max: 28 }),
            kind: fc.constantFrom('talk', 'visit'),
            people: fc.integer({ min: 0, max: 99 }),
            paid: fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 25 },
        ),
        fc.boolean(),
        async (entered, folded) => {
          const { k, event, save } = await county()
          const of = (d: number) => `2024-0${1 + (d % 3)}-${String(d).padStart(2, '0')}`
          await save(
            ...entered.map(({ code, day, kind, people, paid }) =>
              event(code, of(day), { kind, people, paid: paid.map(amount => ({ on: of(day), amount })) }),
            ),
          )
          if (folded) await fold(world.store)
          for (const indicator of settled)
            for (const org of [k, `${k}E`, `${k}E1`]) {
              const asked = { indicator, org, period: '2024-01..2024-02' }
              const { value, orgs, records } = must(await explain(world, clerk, { ...asked, limit: 500 }))
              const sum = (parts: readonly { value: number | null }[]) => parts.reduce((a, b) => a + (b.value ?? 0), 0)
              expect([sum(orgs), sum(records)]).toEqual([value, value])
              const paged: { value: number }[] = []
              for (let after: string | undefined; ; ) {
                const page = must(await explain(world, clerk, { ...asked, limit: 3, ...(after ? { after } : {}) }))
                paged.push(...page.records)
                if (!page.next) break
                after = page.next
              }
              expect(paged).toEqual(records)
            }
        },
      ),
      { numRuns: 12 },
    ))

  test('of a newest value, and of a past instant, adds up too and shows the records that say so', async () => {
    const { k, event, save } = await county()
    const [old, kept] = await save(
      event('E1', '2024-01-10', { members: 5 }),
      event('E1', '2024-03-10', { members: 6, people: 1 }),
      event('W', '2024-02-10', { members: 7, people: 2 }),
    )
    const members = { indicator: 'members', org: k, period: '2024' }
    const latest = must(await explain(world, clerk, members))
    expect(latest).toMatchObject({
      value: 13,
      orgs: [
        { code: `${k}E`, value: 6 },
        { code: `${k}W`, value: 7 },
      ],
      records: [{ id: kept, value: 6 }, { value: 7 }],
    })
    const [first] = must(await explain(world, clerk, { ...members, limit: 1 })).records
    const next = must(await explain(world, clerk, { ...members, limit: 1 })).next
    const second = must(await explain(world, clerk, { ...members, limit: 1, after: next! }))
    expect([first, ...second.records]).toEqual(latest.records)
    const asOf = world.clock().toISOString()
    must(await change(world, clerk, kept!, { fields: { members: null, people: 50 } }))
    expect(must(await explain(world, clerk, members)).records).toMatchObject([{ value: 7 }, { id: old, value: 5 }])
    const then = must(await explain(world, clerk, { ...members, asOf }))
    expect(then).toEqual(latest)
    const people = must(await explain(world, clerk, { ...members, indicator: 'people', asOf }))
    expect(people).toMatchObject({ value: 13, records: [{ value: 1 }, { value: 2 }, { value: 10 }] })
    const { rows } = await world.store.pool.query('SELECT entry FROM journal WHERE seq = $1', [
      people.records[0]!.entry!.seq,
    ])
    expect(JSON.parse(rows[0].entry)).toMatchObject({ action: 'create', version: 1 })
  })

  test('of a formula names its components, each with its own period and value', async () => {
    const { k, event, save } = await county()
    await save(event('E', '2023-05-01', { people: 4 }), event('W', '2024-05-01', { people: 5 }))
    expect(must(await explain(world, clerk, { indicator: 'rise', org: k, period: '2024' }))).toMatchObject({
      value: 0.25,
      formula: 'growth(people)',
      components: [
        { indicator: 'people', period: '2024', value: 5 },
        { indicator: 'people', period: '2023', value: 4 },
      ],
      records: [],
    })
    expect(must(await explain(world, clerk, { indicator: 'talks', org: k, period: '2024' })).formula).toBe(
      'count(event) where kind = talk',
    )
  })

  test('gives each record its journal entry, and leaves out what does not count', async () => {
    const { k, event, save } = await county()
    const [kept, returned, gone] = await save(...[1, 2, 3].map(day => event('E', `2024-05-0${day}`)))
    must(await confirm(world, clerk, kept!))
    must(await sendBack(world, clerk, returned!, '误'))
    must(await voidRecord(world, clerk, gone!, '误'))
    must(await create(world, clerk, 'event', { ...event('E', '2024-05-04'), draft: true }))
    const { records } = must(await explain(world, clerk, { indicator: 'events', org: k, period: '2024' }))
    expect(records).toMatchObject([{ id: kept, org: `${k}E`, day: '2024-05-01', value: 1 }])
    const { rows } = await world.store.pool.query('SELECT entry FROM journal WHERE seq = $1', [records[0]!.entry!.seq])
    expect(JSON.parse(rows[0].entry)).toMatchObject({ action: 'confirm', subject: `record:${kept}`, version: 2 })
    expect(records[0]!.entry!.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('refuses a page position that is none', async () => {
    const { k } = await county()
    const asked = { indicator: 'events', org: k, period: '2024' }
    for (const after of [
      'x',
      '2024-01-01.x',
      '2024-02-31.00000000-0000-4000-8000-000000000000',
      '2024-01-01.------------------------------------',
    ])
      expect(codes(await explain(world, clerk, { ...asked, after }))).toEqual(['page/cursor'])
  })
})

describe('tallies', () => {
  test('hold every record of 32 writers under one unit and under many, while folding runs', async () => {
    const { k, event, value, root } = await county()
    const writer = async (w: number) => {
      for (let i = 0; i < 8; i++) {
        const org = w % 2 ? 'E' : ['E1', 'W', ''][w % 3]!
        must(await create(world, clerk, 'event', event(org, `2024-0${1 + (i % 9)}-01`, { people: w })))
      }
    }
    let done = false
    const seen: number[] = []
    const folding = (async () => {
      while (!done) {
        await fold(world.store)
        seen.push((await value('events', '2024'))!)
      }
    })()
    await Promise.all(Array.from({ length: 32 }, (_, w) => writer(w)))
    done = true
    await folding
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(await value('events', '2024')).toBe(32 * 8)
    expect(await value('people', '2024')).toBe(8 * 496)
    expect(await value('events', '2024', { org: `${k}E`, scope: 'self' })).toBe(16 * 8)
    expect((await rebuild(world, { root })).differing).toEqual([])
  })

  test('are found by their key, however many there are', async () => {
    const { k, root } = await county()
    const ids = world.orgs.under(world.orgs.byCode(k)!.path).map(unit => unit.id)
    await world.store.owner.query(
      `INSERT INTO tally (root, indicator, org, dim, value, grain, start, n, total, own_n, own_total)
       SELECT $1, i.name, o.id, '', '', 'd', '2000-01-01'::date + d, 1, 1, 1, 1
       FROM unnest($2::int[]) AS o(id) CROSS JOIN unnest('{events,people,talks}'::text[]) AS i(name)
       CROSS JOIN generate_series(0, 8999) d
       ON CONFLICT DO NOTHING`,
      [root, ids],
    )
    await world.store.owner.query('VACUUM ANALYZE tally')
    const client = await world.store.pool.connect()
    const plans: string[] = []
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<{ rows: Record<string, string>[] }>
    // The very statement that answers a figure, explained in its place.
    const explained = {
      ...world,
      store: {
        ...world.store,
        pool: {
          query: async ({ text, values }: { text: string; values: unknown[] }) => {
            const { rows } = await query(`EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ${text}`, values)
            plans.push(rows.map(row => row['QUERY PLAN']).join('\n'))
            return { rows: [] }
          },
        },
      },
    } as unknown as World
    for (const period of ['2020', '2003-02-11..2019-11-23'])
      must(await figure(explained, clerk, { indicator: 'events', org: k, period }))
    client.release()
    for (const plan of plans) {
      expect(plan).toMatch(/Index (Only )?Scan using tally_pkey on tally t/)
      expect(plan).not.toContain('Seq Scan on tally t')
    }
    expect(plans).toHaveLength(2)
  })
})
