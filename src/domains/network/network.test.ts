import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { createUnits } from '../../kernel/org/change.ts'
import { change, create } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import network from './index.ts'
import { firstOverload } from './load.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([network]) })
  must(await createUnits(world, clerk, [{ code: 'Y', kind: 'administration', name: '管理局' }]))
})
afterAll(() => world.store.close())

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const ask = async (indicator: string, period: string, where?: Record<string, string>) =>
  must(await figure(world, clerk, { indicator, org: 'Y', period, ...(where ? { where } : {}) })).value

let numbers = 0
const branch = (fields: Record<string, unknown>) =>
  create(world, clerk, 'network.branch', {
    org: 'Y',
    fields: { number: `B-${++numbers}`, name: '支局', sort: 'branch', ...fields },
  })

const day = fc.integer({ min: 1, max: 12 }).map(month => `2024-${String(month).padStart(2, '0')}-15`)
const entered = fc.record({
  electronicOn: day,
  networkedOn: fc.option(day, { nil: undefined }),
  closedOn: fc.option(day, { nil: undefined }),
})

describe('electronic branches (P27)', () => {
  test('networked never exceed electronic on any day, whatever is entered; stocks are opening, additions and closures', () =>
    fc.assert(
      fc.asyncProperty(fc.array(entered, { maxLength: 6 }), async all => {
        for (const fields of all) {
          const isOrdered =
            !(fields.networkedOn && fields.networkedOn < fields.electronicOn) &&
            !(fields.closedOn && fields.closedOn < (fields.networkedOn ?? fields.electronicOn))
          expect((await branch(fields)).ok).toBe(isOrdered)
        }
        let before = 0
        for (let month = 1; month <= 12; month++) {
          const period = `2024-${String(month).padStart(2, '0')}`
          const [electronic, networked] = [
            await ask('network.electronic', period),
            await ask('network.networked', period),
          ]
          expect(networked).toBeLessThanOrEqual(electronic!)
          const [added, closed] = [await ask('network.electronic-added', period), await ask('network.closed', period)]
          expect(electronic).toBe(before + added! - closed!)
          before = electronic!
        }
      }),
      { numRuns: 8 },
    ))
})

describe('readiness for a service (P43)', () => {
  test('is a state with its day, and the share of ready outlets is a figure', async () => {
    const service = 'international-money-order'
    const outlet = async (networkedOn?: string) =>
      must(await branch({ electronicOn: '2023-01-05', ...(networkedOn ? { networkedOn } : {}) })).id
    const list = async (of: string) =>
      must(
        await create(world, clerk, 'network.readiness', {
          org: 'Y',
          fields: { branch: of, service, on: '2025-01-10' },
        }),
      ).id
    const [a, b] = [await list(await outlet('2023-02-01')), await list(await outlet())]
    expect(codes(await change(world, clerk, a, { state: 'ready' }))).toEqual(['record/transition'])
    expect(codes(await change(world, clerk, a, { state: 'trained' }))).toEqual(['network.readiness/undated'])
    for (const one of [a, b])
      must(await change(world, clerk, one, { state: 'trained', fields: { trainedOn: '2025-02-01' } }))
    const ready = { state: 'ready', fields: { readyOn: '2025-03-01' } }
    expect(codes(await change(world, clerk, b, ready))).toEqual(['network.readiness/not-networked'])
    must(await change(world, clerk, a, ready))
    expect(await ask('network.ready-share', '2025')).toBe(0.5)
    expect(await ask('network.ready', '2025-02', { service })).toBe(0)
    must(await change(world, clerk, a, { state: 'trained' }))
    expect(await ask('network.ready-share', '2025')).toBe(0)
  })
})

describe('the load of a host (P44)', () => {
  const plan = {
    capacity: 1900,
    forecast: [
      { year: 2025, load: 1600 },
      { year: 2024, load: 1350 },
    ],
  }
  const passed = (...measured: [string, number][]) =>
    firstOverload({ ...plan, measured: measured.map(([on, load]) => ({ on, load })) })

  test('passes the plan on the first day that more is measured than is planned for its year, or than it can do', () => {
    expect(passed(['2024-06-30', 1350], ['2025-06-30', 1600])).toBeNull()
    expect(passed(['2025-07-01', 1700], ['2024-07-01', 1351])).toBe('2024-07-01')
    expect(passed(['2027-01-01', 1601])).toBe('2027-01-01')
    expect(passed(['2023-01-01', 1900])).toBeNull()
    expect(passed(['2023-01-02', 1901])).toBe('2023-01-02')
    expect(firstOverload(plan)).toBeNull()
  })

  test('beyond the plan waits for somebody until it is answered', async () => {
    const fields = { number: 'H-1', title: '主机', site: 'Y', approvedOn: '2023-09-14', until: 2026, ...plan }
    const id = must(await create(world, clerk, 'network.host', { org: 'Y', fields })).id
    const waiting = async () => must(await awaiting(world, clerk, 'Y')).filter(one => one.id === 'network.overload')
    expect(await waiting()).toEqual([])
    const measured = [{ on: '2025-06-30', load: 1601 }]
    must(await change(world, clerk, id, { fields: { measured } }))
    expect(await waiting()).toMatchObject([{ count: 1 }])
    must(await change(world, clerk, id, { fields: { answeredOn: '2025-06-30' } }))
    expect(await waiting()).toEqual([])
  })
})
