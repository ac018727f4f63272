import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, registry as records, testWorld, type World } from '../../../test/world.ts'
import { inTransaction } from '../../store/transaction.ts'
import { domain } from '../domain.ts'
import { seal } from '../journal/seal.ts'
import { verify } from '../journal/verify.ts'
import { createUnits, moveUnit } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { addDays, day as parseDay } from '../period/period.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import type { EventSource } from './event-source.ts'
import { post } from './events.ts'
import { explain } from './explain.ts'
import { type FigureRequest, figure, figures } from './figure.ts'
import { fold } from './fold.ts'
import { eventsOf, formula } from './indicator.ts'
import { rebuild, rebuildChanged } from './rebuild.ts'

// A turnstile counts who passes: a table of its own, in a database of its own.

const passing: EventSource = {
  id: 'gate.passing',
  title: { zh: '通行', en: 'Passing' },
  table: 'gate_passing',
  columns: ['id', 'gate', 'kind', 'weight', 'times'],
  label: `e.gate || ' ' || e.place`,
  times: 'e.times',
  dimensions: {
    gate: { info: { kind: 'text', title: { zh: '门', en: 'Gate' } }, sql: 'e.gate' },
    kind: {
      info: {
        kind: 'choice',
        title: { zh: '类别', en: 'Kind' },
        choices: { car: { zh: '车', en: 'Car' }, walker: { zh: '行人', en: 'Walker' } },
      },
      sql: 'e.kind',
    },
  },
}

const registry = registryOf([
  ...records.domains,
  domain('gate', {
    zh: '门禁',
    en: 'Gates',
    types: [],
    sources: [passing],
    indicators: {
      'gate.passings': eventsOf(passing, { zh: '通行', en: 'Passings', unit: 'item', by: ['gate', 'kind'] }),
      'gate.weight': eventsOf(passing, { zh: '重量', en: 'Weight', unit: 'g', by: ['gate'], amount: 'e.weight' }),
      'gate.cars': eventsOf(passing, { zh: '车', en: 'Cars', unit: 'item', where: { kind: ['car'] }, by: ['gate'] }),
      'gate.car-share': formula('gate.cars / gate.passings', { zh: '车占比', en: 'Share of cars', unit: '%' }),
    },
  }),
])

interface Passing {
  readonly id: string
  readonly org: string
  readonly day: string
  readonly gate: string
  readonly kind: 'car' | 'walker'
  readonly weight: number
  readonly times: number
}

let world: World
beforeAll(async () => {
  world = await testWorld({ registry })
  await world.store.owner.query(`
    CREATE TABLE gate_passing (root int, seq bigint, place int, id uuid, org int, day date, at timestamptz, gate text,
      kind text, weight bigint, times int, PRIMARY KEY (root, id))`)
  await world.store.owner.query('GRANT SELECT, INSERT, UPDATE ON gate_passing TO yilu_app')
  must(
    await createUnits(world, clerk, [
      { code: 'G', kind: 'city', name: '市' },
      { code: 'G-A', kind: 'county', name: '甲', parent: 'G' },
      { code: 'G-B', kind: 'county', name: '乙', parent: 'G' },
      { code: 'H', kind: 'city', name: '另市' },
    ]),
  )
})
afterAll(() => world.store.close())

const enter = (passings: readonly Passing[]) =>
  inTransaction(world.store.pool, client => {
    const org = must(world.orgs.find('G'))
    return post(client, world, clerk, {
      root: org.root,
      org,
      action: 'pass',
      source: passing,
      insert: seq => ({
        text: `INSERT INTO gate_passing SELECT $1::int, $2::bigint, i.ord::int, i.id, i.org, i.day, $3::timestamptz, i.gate, i.kind, i.weight, i.times
          FROM unnest($4::uuid[], $5::int[], $6::date[], $7::text[], $8::text[], $9::bigint[], $10::int[])
            WITH ORDINALITY AS i(id, org, day, gate, kind, weight, times, ord) ON CONFLICT DO NOTHING RETURNING *`,
        values: [
          org.root,
          seq,
          world.clock().toISOString(),
          passings.map(one => one.id),
          passings.map(one => must(world.orgs.find(one.org)).id),
          passings.map(one => one.day),
          passings.map(one => one.gate),
          passings.map(one => one.kind),
          passings.map(one => one.weight),
          passings.map(one => one.times),
        ],
      }),
    })
  })

const value = async (asked: Omit<FigureRequest, 'org' | 'period'> & { org?: string; period?: string }) =>
  must(await figure(world, clerk, { org: 'G', period: '2024', ...asked })).value

const passings: fc.Arbitrary<Passing> = fc.record({
  id: fc.uuid(),
  org: fc.constantFrom('G', 'G-A', 'G-B'),
  day: fc.integer({ min: 0, max: 400 }).map(n => addDays(must(parseDay('2024-01-01')), n)),
  gate: fc.constantFrom('east', "o'clock", '\\west'),
  kind: fc.constantFrom('car', 'walker'),
  weight: fc.integer({ min: -5_000, max: 5_000 }),
  times: fc.constantFrom(1, 1, 1, -1),
})

test('figures of events equal a naive count after any batches, repeated ones too, and rebuild agrees', async () => {
  let all: Passing[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(passings, { maxLength: 8 }), { maxLength: 5 }), async batches => {
      for (const batch of batches) {
        const fresh = batch.filter((one, i) => batch.findIndex(({ id }) => id === one.id) === i)
        const posted = await enter([...batch])
        expect(posted?.ids.length ?? 0).toBe(fresh.filter(({ id }) => !all.some(one => one.id === id)).length)
        expect(await enter(batch)).toBeNull() // a repeat adds nothing, not even an entry
        all = [...all, ...fresh.filter(({ id }) => !all.some(one => one.id === id))]
      }
      if (all.length % 2 === 0) await fold(world.store)
      const of2024 = all.filter(({ day }) => day < '2025-01-01')
      const sum = (list: readonly Passing[], of = (one: Passing) => one.times) =>
        list.reduce((n, one) => n + of(one), 0)
      expect(await value({ indicator: 'gate.passings' })).toBe(sum(of2024))
      expect(await value({ indicator: 'gate.passings', scope: 'self' })).toBe(
        sum(of2024.filter(({ org }) => org === 'G')),
      )
      expect(await value({ indicator: 'gate.weight', org: 'G-A' })).toBe(
        sum(
          of2024.filter(({ org }) => org === 'G-A'),
          one => one.weight * one.times,
        ),
      )
      expect(await value({ indicator: 'gate.cars', where: { gate: "o'clock" }, period: '2024-03' })).toBe(
        sum(all.filter(one => one.kind === 'car' && one.gate === "o'clock" && one.day.startsWith('2024-03'))),
      )
      expect(await value({ indicator: 'gate.passings', where: { gate: '\\west', kind: 'walker' } })).toBe(
        sum(of2024.filter(one => one.kind === 'walker' && one.gate === '\\west')),
      )
    }),
    { numRuns: 60, seed: 7300 },
  )
  expect((await rebuild(world)).differing).toEqual([])
  expect(await rebuildChanged(world)).toContain('gate.cars')
  expect(await rebuildChanged(world)).toEqual([])
})

describe('a figure of events', () => {
  test('opens to the rows beneath it, each with a proven entry; their values add up to it', async () => {
    await seal(world)
    const asked = { indicator: 'gate.weight', org: 'G', period: '2024', where: { gate: 'east' } }
    const rows: number[] = []
    for (let after: string | undefined, more = true; more; ) {
      const page = must(await explain(world, clerk, { ...asked, limit: 7, ...(after && { after }) }))
      for (const { value, label, entry, proof } of page.records) {
        rows.push(value)
        expect(label).toMatch(/^east \d+$/)
        expect(entry?.hash).toMatch(/^[0-9a-f]{64}$/)
        expect(proof?.size).toBeGreaterThan(0)
      }
      after = page.next
      more = after !== undefined
    }
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.reduce((sum, one) => sum + one, 0)).toBe(await value(asked))
    const { orgs, formula } = must(await explain(world, clerk, asked))
    expect(formula).toBe('sum(gate.passing)')
    expect(orgs.reduce((sum, one) => sum + (one.value ?? 0), 0)).toBe(await value(asked))
  })

  test('tells the past, breaks down, and goes into formulas', async () => {
    const before = await value({ indicator: 'gate.passings' })
    const instant = world.clock().toISOString()
    await enter([
      { id: crypto.randomUUID(), org: 'G-B', day: '2024-06-01', gate: 'east', kind: 'car', weight: 1, times: 1 },
    ])
    expect(await value({ indicator: 'gate.passings' })).toBe(before! + 1)
    expect(await value({ indicator: 'gate.passings', asOf: instant })).toBe(before)
    const asked = { indicator: 'gate.passings', org: 'G', period: '2024', by: 'kind' }
    const [now] = must(await figures(world, clerk, [asked]))
    const [then] = must(await figures(world, clerk, [{ ...asked, asOf: world.clock().toISOString() }]))
    expect(now!.rows!.map(({ key }) => key)).toEqual(['car', 'walker'])
    expect([...then!.rows!].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(now!.rows)
    const cars = (await value({ indicator: 'gate.cars' }))!
    expect(await value({ indicator: 'gate.car-share' })).toBeCloseTo(cars / (before! + 1), 9)
  })

  test('is refused where one may not read, and by a dimension that there is not', async () => {
    const unit = must(world.orgs.find('H'))
    const stranger: Actor = {
      person: null,
      name: '',
      from: 'test',
      grants: [{ org: unit.id, path: unit.path, role: 'manager' }],
    }
    const asked = { indicator: 'gate.passings', org: 'G', period: '2024' }
    expect(await explain(world, stranger, asked)).toMatchObject({
      ok: false,
      problems: [{ code: 'permission/denied' }],
    })
    expect(await figure(world, clerk, { ...asked, by: 'colour' })).toMatchObject({
      problems: [{ code: 'figure/unknown-dimension' }],
    })
  })

  test('stays with the ancestors of its day when its unit moves', async () => {
    const passings = (org: string, period: string) => value({ indicator: 'gate.passings', org, period })
    const [whole, ofA, later] = await Promise.all([
      passings('G', '2024'),
      passings('G-A', '2024'),
      passings('G-B', '2024-07-01..2024-12-31'),
    ])
    must(await moveUnit(world, clerk, 'G-B', 'G-A', '2024-07-01'))
    expect(await passings('G', '2024')).toBe(whole)
    expect(later).not.toBe(0)
    expect(await passings('G-A', '2024')).toBe(ofA! + later!)
    expect((await rebuild(world)).differing).toEqual([])
  })
})

test('verify finds an altered, a missing and an added event', async () => {
  expect((await verify(world)).problems).toEqual([])
  const { rows } = await world.store.owner.query<{ id: string }>('SELECT id FROM gate_passing ORDER BY seq LIMIT 3')
  const found = async () => (await verify(world)).problems.map(({ kind, message }) => `${kind}: ${message.en}`)
  const { owner } = world.store
  await owner.query('UPDATE gate_passing SET weight = weight + 1 WHERE id = $1', [rows[0]!.id])
  expect(await found()).toEqual(['event: These events are not what was written'])
  await owner.query('UPDATE gate_passing SET weight = weight - 1 WHERE id = $1', [rows[0]!.id])
  await owner.query('CREATE TEMP TABLE kept AS SELECT * FROM gate_passing WHERE id = $1', [rows[1]!.id])
  await owner.query('DELETE FROM gate_passing WHERE id = $1', [rows[1]!.id])
  expect((await found())[0]).toMatch(/^event: The journal vouches for \d+ events, there are \d+$/)
})

test('an indicator of events that nobody declares, or by what they do not have, is found at start', () => {
  const words = { zh: '甲', en: 'A', types: [] }
  const counted = eventsOf(passing, { zh: '甲', en: 'A', unit: 'item', by: ['colour'] })
  expect(() => registryOf([domain('a', { ...words, indicators: { 'a.b': counted } })])).toThrow('no domain declares')
  expect(() => registryOf([domain('a', { ...words, sources: [passing], indicators: { 'a.b': counted } })])).toThrow(
    'colour',
  )
})
