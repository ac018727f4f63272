import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { poppler, wordsOf } from '../../kernel/labels/testing.ts'
import { type GivenFile, perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor, Role } from '../../kernel/people/actor.ts'
import { leadsOf } from '../../kernel/records/beside.ts'
import { changeMany } from '../../kernel/records/bulk.ts'
import { listRecords } from '../../kernel/records/list.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { change, create, createMany, voidRecord } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import cutover from '../cutover/index.ts'
import { differences } from './custody/differences.ts'
import custody from './custody/index.ts'
import { move } from './custody/move.ts'
import { scan } from './custody/scan.ts'
import { depreciation } from './depreciation.ts'
import equipment from './index.ts'
import inspection from './inspection/index.ts'
import { inspect } from './inspection/inspect.ts'
import { open as openRounds } from './inspection/open.ts'
import { progress } from './inspection/progress.ts'
import { labels } from './labels.ts'
import { life } from './life.ts'
import maintenance from './maintenance/index.ts'
import { reliability } from './maintenance/reliability.ts'
import { chain } from './purchasing/chain.ts'
import purchasing from './purchasing/index.ts'
import { comparison, purchaseList } from './purchasing/versions.ts'
import spares from './spares/index.ts'
import { stock } from './spares/stock.ts'
import { takeIn } from './take-in.ts'

// What the demonstration bureau's rows promise, over the very declarations that the program runs. The clock stands at 2025-06-30.

let world: World
beforeAll(async () => {
  const domains = [cutover, purchasing, equipment, custody, inspection, maintenance, spares]
  world = await testWorld({ registry: registryOf(domains) })
  must(
    await createUnits(world, clerk, [
      { code: 'Y', kind: 'administration', name: '管理局' },
      { code: 'Y-1', kind: 'district', name: '东区局', parent: 'Y' },
      { code: 'Y-2', kind: 'district', name: '西区局', parent: 'Y' },
      { code: 'Y-1-1', kind: 'branch', name: '一支局', parent: 'Y-1' },
    ]),
  )
})
afterAll(() => world.store.close())

const at = (org: string, role: Role): Actor => {
  const unit = world.orgs.byCode(org)!
  return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const put = async (type: string, org: string, fields: Record<string, unknown>, state?: string) =>
  must(await create(world, clerk, type, { org, fields, ...(state ? { state } : {}) })).id
const refused = async (type: string, fields: Record<string, unknown>, state?: string) =>
  codes(await create(world, clerk, type, { org: 'Y', fields, ...(state ? { state } : {}) }))
const ask = async (indicator: string, more: { where?: Record<string, string>; org?: string; period?: string } = {}) =>
  must(await figure(world, clerk, { indicator, org: 'Y', period: '2024', ...more })).value

let numbers = 0
const days = { arrivedOn: '2024-03-01', installedOn: '2024-03-04', poweredOn: '2024-03-05', testedOn: '2024-03-06' }
const device = (more: Record<string, unknown> = {}, state = 'tested', org = 'Y-1') =>
  put('equipment.device', org, { number: `SB-${++numbers}`, kind: 'atm', model: 'QK-200', ...days, ...more }, state)

describe('devices (P3)', () => {
  test('count as installed while their last state is tested; one that falls back lowers the count at once', async () => {
    const [atm] = [await device(), await device(), await device({ kind: 'pos', model: 'PS-12' })]
    const counts = async () => [
      await ask('equipment.installed', { where: { kind: 'atm' } }),
      await ask('equipment.installed', { where: { kind: 'pos' } }),
    ]
    expect(await counts()).toEqual([2, 1])
    must(await change(world, clerk, atm, { state: 'powered' }))
    expect(await counts()).toEqual([1, 1])
    must(await change(world, clerk, atm, { state: 'tested' }))
    expect(await counts()).toEqual([2, 1])
  })

  test('go through their steps in order only, each with its day', async () => {
    const id = await device({ installedOn: undefined, poweredOn: undefined, testedOn: undefined }, 'arrived')
    expect(codes(await change(world, clerk, id, { state: 'tested', fields: days }))).toEqual(['record/transition'])
    expect(codes(await change(world, clerk, id, { state: 'installed' }))).toEqual(['equipment.device-steps/undated'])
    expect(
      codes(await change(world, clerk, id, { state: 'installed', fields: { installedOn: '2024-02-28' } })),
    ).toEqual(['record/order'])
    must(await change(world, clerk, id, { state: 'installed', fields: { installedOn: '2024-03-04' } }))
  })

  test('are retired by a manager once their disposal is approved', async () => {
    const id = await device({ kind: 'generator', model: 'FD-30' })
    const retire = { state: 'retired', fields: { retiredOn: '2025-05-06' } }
    expect(codes(await change(world, at('Y', 'clerk'), id, retire))).toEqual(['permission/denied'])
    expect(codes(await change(world, at('Y', 'manager'), id, retire))).toEqual(['custody.disposed/no-disposal'])
    const approved = {
      sort: 'sale',
      approvedOn: '2025-05-04',
      approval: '处字12号',
      disposedOn: '2025-05-06',
      proceeds: 120_000,
    }
    await put('custody.disposal', 'Y-1', { device: id, ...approved })
    must(await change(world, at('Y', 'manager'), id, retire))
    expect(await ask('equipment.retired', { period: '2025', where: { kind: 'generator' } })).toBe(1)
  })
})

describe('a delivered lot (P4)', () => {
  const signed = (step: string, on: string) => ({ [`${step}On`]: on, [`${step}By`]: '李四' })

  test('goes from arrival to test in that order, dated and signed, with all its devices; the campaign waits for it', async () => {
    const campaign = await put('cutover.campaign', 'Y', {
      number: 'ZX-1',
      title: '生产作业系统上线',
      sort: 'system',
      openedOn: '2024-02-01',
      windowFrom: '2024-06-01',
      windowTo: '2024-06-03',
      dueOn: '2024-06-03',
      requires: [],
    })
    const entered = {
      number: 'PL-1',
      campaign,
      kind: 'server',
      model: 'FW-4U',
      quantity: 3,
      rejected: 1,
      price: 6_800_000,
      ...signed('arrived', '2024-03-01'),
    }
    const lot = await put('equipment.lot', 'Y-1', entered)
    const live = { state: 'live', fields: { approvedBy: '局长', liveOn: '2024-06-02' } }
    expect(codes(await change(world, clerk, campaign, live))).toEqual(['equipment.go-live/equipment'])

    // What the lot says is not entered again for its devices.
    const taken = must(await perform(takeIn, world, clerk, { org: 'Y-1', lot, numbers: 'FW-1 FW-2' })) as {
      devices: string[]
    }
    expect(must(await readRecord(world, clerk, taken.devices[0]!)).fields).toMatchObject({
      kind: 'server',
      model: 'FW-4U',
      cost: 6_800_000,
      arrivedOn: '2024-03-01',
    })
    expect(codes(await perform(takeIn, world, clerk, { org: 'Y-1', lot, numbers: 'FW-3' }))).toEqual([
      'equipment.device-steps/too-many',
    ])
    expect(codes(await perform(takeIn, world, at('Y-2', 'clerk'), { org: 'Y-2', lot, numbers: 'FW-3' }))).toEqual([
      'record/unknown',
    ])

    const step = async (state: string, name: string, on: string) => {
      const unsigned = { state, fields: { [`${name}On`]: on } }
      expect(codes(await change(world, clerk, lot, unsigned))).toContain('equipment.lot-steps/unsigned')
      const fields = { ...signed(name, on) }
      expect(codes(await change(world, clerk, lot, { state, fields }))).toEqual(['equipment.lot-steps/behind'])
      must(await changeMany(world, clerk, taken.devices, { state, fields: { [`${name}On`]: on } }))
      must(await change(world, clerk, lot, { state, fields }))
    }
    expect(codes(await change(world, clerk, lot, { state: 'tested' }))).toEqual(['record/transition'])
    await step('installed', 'installed', '2024-03-04')
    await step('powered', 'powered', '2024-03-05')
    expect(codes(await change(world, clerk, campaign, live))).toEqual(['equipment.go-live/equipment'])
    await step('tested', 'tested', '2024-03-06')
    must(await change(world, clerk, campaign, live))
  })
})

describe('a configuration plan (P5)', () => {
  const item = (kind: string, model: string, quantity: number, price = 100) => ({ kind, model, quantity, price })
  const version = (revision: number, items: unknown[], state?: string, more = {}) =>
    create(world, clerk, 'purchasing.configuration', {
      org: 'Y',
      fields: { number: 'PZ-1', revision, title: '自购设备', draftedOn: '2024-01-05', items, ...more },
      ...(state ? { state } : {}),
    })

  test('is compared version by version, and what is bought is what the approved one lists', async () => {
    const first = must(await version(1, [item('server', 'FW-2U', 4), item('terminal', 'ZJ-T3', 48)])).id
    const second = must(
      await version(2, [item('server', 'FW-4U', 4), item('terminal', 'ZJ-T3', 40, 90)], undefined, { reason: '核减' }),
    ).id
    expect(codes(await version(3, [item('server', 'FW-4U', 4), item('server', 'FW-4U', 1)]))).toEqual([
      'record/repeated',
    ])
    const compared = must(await perform(comparison, world, clerk, { org: 'Y', number: 'PZ-1' })) as {
      versions: unknown[]
    }
    expect(compared.versions[1]).toMatchObject({
      revision: 2,
      reason: '核减',
      changes: [
        { model: 'FW-2U', before: { quantity: 4 }, after: null },
        { model: 'FW-4U', before: null, after: { quantity: 4 } },
        { model: 'ZJ-T3', before: { quantity: 48, price: 100 }, after: { quantity: 40, price: 90 } },
      ],
    })

    const approve = { state: 'approved', fields: { approvedOn: '2024-01-20' } }
    expect(codes(await change(world, at('Y', 'clerk'), first, approve))).toEqual(['permission/denied'])
    must(await change(world, clerk, first, approve))
    expect(codes(await change(world, clerk, second, approve))).toEqual(['purchasing.one-approved/another'])
    expect(codes(await change(world, clerk, first, { fields: { items: [item('server', 'FW-2U', 9)] } }))).toEqual([
      'purchasing.one-approved/approved',
    ])
    must(await change(world, clerk, first, { state: 'superseded' }))
    must(await change(world, clerk, second, approve))

    const contract = (configuration: string, model: string, quantity: number) =>
      create(world, clerk, 'purchasing.contract', {
        org: 'Y',
        fields: {
          number: `HT-${++numbers}`,
          configuration,
          supplier: '半岭计算机厂',
          signedOn: '2024-02-01',
          dueOn: '2024-04-01',
          items: [item('server', model, quantity)],
        },
      })
    expect(codes(await contract(first, 'FW-2U', 1))).toEqual(['purchasing.as-approved/not-approved'])
    expect(codes(await contract(second, 'FW-2U', 1))).toEqual(['purchasing.as-approved/beyond-plan'])
    must(await contract(second, 'FW-4U', 3))
    expect(codes(await contract(second, 'FW-4U', 2))).toEqual(['purchasing.as-approved/beyond-plan'])
    expect(must(await perform(purchaseList, world, clerk, { org: 'Y', number: 'PZ-1' }))).toEqual({
      revision: 2,
      items: [
        { kind: 'server', model: 'FW-4U', quantity: 4, ordered: 3, left: 1 },
        { kind: 'terminal', model: 'ZJ-T3', quantity: 40, ordered: 0, left: 40 },
      ],
    })
    expect(codes(await perform(purchaseList, world, clerk, { org: 'Y', number: 'PZ-9' }))).toEqual([
      'purchasing/no-plan',
    ])
  })
})

describe('from plan to installation (P54)', () => {
  test('planned, tendered, ordered, arrived and installed are one chain, and the gap is seen', async () => {
    const period = '2023'
    const plan = await put('purchasing.plan', 'Y', {
      number: 'JH-1',
      plannedOn: '2023-01-10',
      kind: 'inserter',
      quantity: 10,
      budget: 100_000_000,
      reason: '帐单封装',
    })
    const [tendered] = must(await leadsOf(world, clerk, plan))
    const bids = [
      { bidder: '甲厂', price: 1, score: 90 },
      { bidder: '乙厂', price: 2, score: 80 },
    ]
    const tender = await put('purchasing.tender', 'Y', {
      number: 'ZB-1',
      openedOn: '2023-02-01',
      ...tendered!.fields,
      bids,
    })
    expect(codes(await change(world, clerk, tender, { fields: { winner: '丙厂' } }))).toEqual(['record/no-bid'])
    const order = {
      number: 'HT-I',
      tender,
      signedOn: '2023-03-01',
      dueOn: '2023-09-01',
      items: [{ kind: 'inserter', model: 'FZ-6', quantity: 8, price: 1 }],
    }
    expect(await refused('purchasing.contract', { ...order, supplier: '甲厂' })).toEqual([
      'purchasing.as-approved/not-winner',
    ])
    must(await change(world, clerk, tender, { state: 'awarded', fields: { winner: '甲厂' } }))
    const contract = await put('purchasing.contract', 'Y', { ...order, supplier: '甲厂' })

    const arrived = must(await leadsOf(world, clerk, contract)).find(one => one.type === 'equipment.lot')!
    const lot = { ...arrived.fields, number: 'PL-I', arrivedOn: '2023-05-01', arrivedBy: '李四' }
    expect(await refused('equipment.lot', { ...lot, quantity: 9 })).toEqual([
      'purchasing.within-contract/beyond-contract',
    ])
    const id = await put('equipment.lot', 'Y-1', { ...lot, quantity: 5 })
    const taken = must(
      await perform(takeIn, world, clerk, { org: 'Y-1', lot: id, numbers: 'FZ-1 FZ-2，FZ-3\nFZ-4 FZ-5' }),
    ) as { devices: string[] }
    const some = taken.devices.slice(0, 2)
    must(await changeMany(world, clerk, some, { state: 'installed', fields: { installedOn: '2023-05-03' } }))
    must(await changeMany(world, clerk, some, { state: 'powered', fields: { poweredOn: '2023-05-03' } }))
    must(await changeMany(world, clerk, some, { state: 'tested', fields: { testedOn: '2023-05-04' } }))

    const told = must(await perform(chain, world, clerk, { org: 'Y', period })) as { kinds: unknown[] }
    expect(told.kinds).toEqual([{ kind: 'inserter', planned: 10, ordered: 8, arrived: 5, installed: 2, gap: 8 }])
    expect([
      await ask('purchasing.to-order', { period }),
      await ask('purchasing.to-arrive', { period }),
      await ask('purchasing.to-install', { period }),
    ]).toEqual([2, 3, 3])
    const waiting = must(await awaiting(world, clerk, 'Y'))
    expect(waiting.find(one => one.id === 'purchasing.due')).toMatchObject({ late: expect.any(Number) })
  })
})

describe('overhauls, conversions and their money (P28, P29, P30, P37)', () => {
  const work = (of: string, more: Record<string, unknown> = {}) => ({
    sort: 'overhaul',
    device: of,
    kind: 'printer',
    startedOn: '2024-05-01',
    finishedOn: '2024-05-09',
    cost: 260_000,
    content: '更换打印头',
    ...more,
  })
  const project = (number: string, purpose: string, budget: number, more: Record<string, unknown> = {}) =>
    put('equipment.project', 'Y', {
      number,
      title: `项目${number}`,
      purpose,
      approvedOn: '2024-01-10',
      budget,
      ...more,
    })
  const pay = (of: string, fund: string, amount: number) =>
    create(world, clerk, 'equipment.payment', {
      org: 'Y',
      fields: { project: of, fund, amount, paidOn: '2024-06-01', payee: '维修中心', voucher: `V-${++numbers}` },
    })

  test('overhauls of a kind count distinct devices, and their cost adds to the overhaul fund used', async () => {
    const one = await device({ kind: 'printer', model: 'DY-24' })
    const two = await device({ kind: 'printer', model: 'DY-24' })
    await put('equipment.work', 'Y-1', work(one))
    await put('equipment.work', 'Y-1', work(one, { startedOn: '2024-09-01', finishedOn: '2024-09-03', cost: 40_000 }))
    await put('equipment.work', 'Y-1', work(two))
    expect(await ask('equipment.overhauled', { where: { kind: 'printer' } })).toBe(2)
    expect(await ask('equipment.work-cost', { where: { sort: 'overhaul' } })).toBe(560_000)
    await project('D-1', 'overhaul', 1_120_000)
    expect(await ask('equipment.overhaul-funds-used')).toBe(0.5)
    expect(await refused('equipment.work', work(one, { kind: 'atm', finishedOn: '2024-06-09' }))).toEqual([
      'equipment.work-kind/other-kind',
    ])
    expect(await refused('equipment.work', work(one, { finishedOn: '2024-04-30' }))).toEqual(['record/order'])
  })

  test('converted of all is told by kind, and a device is found by its old and its new configuration', async () => {
    const kind = 'label-maker'
    const [one] = [await device({ kind, model: 'ZQ-3' }), await device({ kind, model: 'ZQ-3' })]
    const changed = { sort: 'retrofit', kind, before: '单色标签模块', after: '条码打印模块' }
    await put('equipment.work', 'Y-1', work(one, changed))
    const where = { kind }
    const [converted, all] = [await ask('equipment.retrofitted', { where }), await ask('equipment.base', { where })]
    expect([converted, all]).toEqual([1, 2])
    expect(await ask('equipment.label-makers-converted')).toBe(0.5)
    for (const search of ['单色标签', '条码打印']) {
      const found = must(await listRecords(world, clerk, { type: 'equipment.work', search })).records
      expect(found.map(record => record.fields.device)).toEqual([one])
    }
  })

  test('two funds stay apart, and each adds up to the fen from its payments', async () => {
    const [bought, kept] = [await project('X-1', 'new', 1_000_001), await project('D-2', 'overhaul', 500_000)]
    const before = await ask('equipment.paid', { where: { fund: 'fixed-assets' } })
    expect(before).toBe(0)
    must(await pay(bought, 'fixed-assets', 333_333))
    must(await pay(bought, 'fixed-assets', 666_668))
    must(await pay(kept, 'overhaul', 77))
    expect(codes(await pay(kept, 'fixed-assets', 1))).toEqual(['equipment.payment-fund/other-fund'])
    expect(codes(await pay(bought, 'fixed-assets', 1))).toEqual(['equipment.payment-fund/beyond'])
    expect([
      await ask('equipment.paid', { where: { fund: 'fixed-assets' } }),
      await ask('equipment.paid', { where: { fund: 'overhaul' } }),
    ]).toEqual([1_000_001, 77])
    expect(codes(await change(world, clerk, kept, { fields: { purpose: 'renewal' } }))).toEqual([
      'equipment.project-fund/other-fund',
    ])
    expect(codes(await change(world, clerk, kept, { fields: { budget: 76 } }))).toEqual(['equipment.project-fund/paid'])
    expect(codes(await voidRecord(world, clerk, kept, '不做了'))).toEqual(['equipment.project-fund/paid'])
    const [funds, fixed] = [await ask('equipment.overhaul-funds'), await ask('equipment.fixed-asset-investment')]
    expect([funds, fixed]).toEqual([1_620_000, 1_000_001])
  })

  test('a project of years tells its duration, and each obstacle when it was opened and closed', async () => {
    const id = await project('G-1', 'renewal', 10, {
      approvedOn: '2021-03-16',
      startedOn: '2021-05-10',
      obstacles: [
        { what: '净高不足', openedOn: '2021-09-02', closedOn: '2022-01-14' },
        { what: '接口不一致', openedOn: '2023-04-11' },
      ],
    })
    expect(await ask('equipment.open-obstacles')).toBe(1)
    must(await change(world, clerk, id, { fields: { finishedOn: '2024-06-21' } }))
    expect(must(await readRecord(world, clerk, id)).fields.days).toBe(1138)
    expect(await ask('equipment.open-obstacles', { period: '2021' })).toBe(1)
    expect(await ask('equipment.open-obstacles', { period: '2022' })).toBe(0)
  })
})

describe('keeping devices (P58)', () => {
  test("a unit's list is right the moment a device has moved, and the move is kept", async () => {
    const id = await device({ number: 'MV-1', kind: 'computer', model: 'DN-5' })
    const list = async (org: string) =>
      must(await listRecords(world, clerk, { type: 'equipment.device', org, filter: { number: 'MV-1' } })).records
        .length
    const asked = { org: 'Y-2', device: id, reason: '人员调动' }
    expect(codes(await perform(move, world, at('Y-1', 'clerk'), asked))).toEqual(['permission/denied'])
    expect([await list('Y-1'), await list('Y-2')]).toEqual([1, 0])
    must(await perform(move, world, clerk, asked))
    expect([await list('Y-1'), await list('Y-2')]).toEqual([0, 1])
    expect(await ask('custody.moves', { period: '2025' })).toBe(1)
    expect(codes(await perform(move, world, clerk, asked))).toEqual(['record/same'])
  })

  test('a round shows checked of all by unit; a finding goes only by its repair (P35)', async () => {
    const there = [
      await device({ number: 'RD-1' }, 'tested', 'Y-1-1'),
      await device({ number: 'RD-2' }, 'tested', 'Y-1-1'),
    ]
    const round = await put('inspection.round', 'Y', {
      title: '自查',
      sort: 'self',
      from: '2025-06-01',
      to: '2025-06-30',
      orderedBy: '科技处',
    })
    const branch = at('Y-1-1', 'clerk')
    const scanned = (number: string, more = {}) =>
      perform(inspect, world, branch, { org: 'Y-1-1', round, number, ...more })
    expect(codes(await scanned('NONE'))).toEqual(['inspection/no-device'])
    expect(must(await perform(openRounds, world, branch, { org: 'Y-1-1' }))).toMatchObject({ open: [{ id: round }] })
    const told = must(
      await perform(inspect, world, clerk, { org: 'Y-1-1', round, number: 'RD-1', finding: '卡钞' }),
    ) as {
      check: string
    }
    expect(codes(await scanned('RD-1'))).toEqual(['record/duplicate-key'])
    const seen = async () =>
      must(await perform(progress, world, clerk, { org: 'Y-1', round })) as { units: { org: string }[] }
    expect((await seen()).units.find(one => one.org === 'Y-1-1')).toMatchObject({
      devices: there.length,
      checked: 1,
      faulty: 1,
      open: 1,
    })
    const open = () => ask('inspection.open-findings', { org: 'Y-1-1', period: '2025' })
    expect(await open()).toBe(1)
    expect(codes(await change(world, clerk, told.check, { fields: { result: 'sound' } }))).toEqual([
      'inspection.finding/open',
    ])
    expect(codes(await voidRecord(world, clerk, told.check, '不算'))).toEqual(['inspection.finding/open'])
    expect(codes(await change(world, clerk, told.check, { fields: { repairedOn: '2025-06-30' } }))).toEqual([
      'record/unsaid',
    ])

    // The finding becomes a fault with nothing typed again.
    const [lead] = must(await leadsOf(world, clerk, told.check))
    expect(lead).toMatchObject({
      type: 'maintenance.fault',
      fields: { device: there[0], symptom: '卡钞', finding: told.check },
    })
    must(await change(world, clerk, told.check, { fields: { repairedOn: '2025-06-30', repair: '更换搓钞轮' } }))
    expect(await open()).toBe(0)
  })

  test('tags of a unit come as sheets to print, to whoever may read it', async () => {
    const asked = (more = {}) => labels.input.parse({ org: 'Y-1-1', ...more })
    const given = must(await perform(labels, world, at('Y-1-1', 'clerk'), asked({ symbol: 'code128' }))) as GivenFile
    expect(given.content.subarray(0, 5).toString()).toBe('%PDF-')
    if (poppler) expect(await wordsOf(given.content)).toMatch(/RD-1[\s\S]*RD-2/)
    expect(codes(await perform(labels, world, clerk, asked({ numbers: 'NONE' })))).toEqual(['label/none'])
    expect(codes(await perform(labels, world, at('Y-2', 'clerk'), asked()))).toEqual(['permission/denied'])
  })
})

describe('stock-taking', () => {
  test('tells at each scan where a device belongs, and at the end what is missing, moved, retired or unknown', async () => {
    const take = await put('custody.take', 'Y-2', { title: '年度盘点', from: '2025-06-20', to: '2025-06-30' })
    for (const number of ['PD-1', 'PD-2']) await device({ number, kind: 'vehicle', model: 'CL-2T' }, 'tested', 'Y-2')
    await device({ number: 'PD-3', kind: 'vehicle', model: 'CL-2T' })
    const clerk2 = at('Y-2', 'clerk')
    const read = async (number: string) => must(await perform(scan, world, clerk2, { org: 'Y-2', take, number }))
    expect(await read('PD-1')).toMatchObject({ found: 'here', isRepeat: false, model: 'CL-2T' })
    expect(await read('PD-1')).toMatchObject({ found: 'here', isRepeat: true })
    expect(await read('PD-3')).toMatchObject({ found: 'elsewhere', unit: '东区局' })
    expect(await read('XX-1')).toMatchObject({ found: 'unknown', model: null })
    expect(codes(await perform(scan, world, at('Y-1', 'clerk'), { org: 'Y-1', take, number: 'PD-3' }))).toEqual([
      'field/no-such-record',
    ])
    const told = must(await perform(differences, world, clerk2, { org: 'Y-2', take })) as {
      counted: number
      agreed: number
      differences: { number: string; sort: string }[]
    }
    expect([told.counted, told.agreed]).toEqual([3, 1])
    const own = told.differences.filter(({ number }) => /^(PD|XX)-/.test(number))
    expect(own.map(({ number, sort }) => `${number} ${sort}`)).toEqual(['PD-2 missing', 'PD-3 moved', 'XX-1 unknown'])
    must(await change(world, clerk, take, { state: 'closed' }))
    expect(codes(await perform(scan, world, clerk2, { org: 'Y-2', take, number: 'PD-2' }))).toEqual([
      'custody.open/closed',
    ])
  })
})

describe('upkeep', () => {
  test('parts are issued as long as there are any, on every day and whatever is voided', async () => {
    const part = await put('spares.part', 'Y', {
      number: 'BJ-1',
      name: '打印头',
      fits: ['printer'],
      listedOn: '2024-01-01',
      least: 4,
    })
    const moved = (sort: string, on: string, quantity: number) =>
      create(world, clerk, 'spares.movement', { org: 'Y', fields: { part, sort, on, quantity } })
    expect(codes(await moved('issue', '2024-01-02', 1))).toEqual(['spares.in-stock/short'])
    const receipt = must(await moved('receipt', '2024-02-01', 10)).id
    must(await moved('issue', '2024-03-01', 7))
    expect(codes(await moved('issue', '2024-03-02', 4))).toEqual(['spares.in-stock/short'])
    expect(codes(await moved('issue', '2024-01-31', 1))).toEqual(['spares.in-stock/short'])
    expect(codes(await voidRecord(world, clerk, receipt, '记错'))).toEqual(['spares.in-stock/short'])
    const tries = await Promise.all(Array.from({ length: 6 }, () => moved('issue', '2024-03-03', 1)))
    expect(tries.filter(one => one.ok)).toHaveLength(3)
    expect(await ask('spares.stock')).toBe(0)
    expect(must(await perform(stock, world, clerk, { org: 'Y' }))).toMatchObject({
      parts: [{ number: 'BJ-1', stock: 0, isLow: true }],
    })
  })

  test('days between failures are days in use by faults; utilisation is hours run of hours planned', async () => {
    const kind = 'sorting-machine'
    const machines = [
      await device({ kind, model: 'FJ', cost: 36_000_000 }),
      await device({ kind, model: 'FJ', testedOn: '2025-06-20' }),
    ]
    const broke = (on: string, more = {}) =>
      create(world, clerk, 'maintenance.fault', {
        org: 'Y-1',
        fields: { device: machines[0], kind, occurredOn: on, symptom: '卡件', ...more },
        ...('repair' in more ? { state: 'repaired' } : {}),
      })
    must(await broke('2025-03-01', { repairedOn: '2025-03-04', repair: '清洁', cost: 86_000 }))
    must(await broke('2025-05-01'))
    expect(codes(await broke('2025-05-02', { repair: '清洁' }))).toEqual(['maintenance.fault/unsaid'])
    const told = must(await perform(reliability, world, clerk, { org: 'Y', period: '2025' })) as {
      kinds: { kind: string }[]
    }
    // 180 days of the first up to 30 June, 10 of the second.
    expect(told.kinds.find(one => one.kind === kind)).toEqual({
      kind,
      devices: 2,
      days: 190,
      faults: 2,
      betweenFailures: 95,
      toRepair: 3,
    })
    await put('maintenance.usage', 'Y-1', { device: machines[0], kind, on: '2025-05-31', running: 300, planned: 400 })
    expect(await ask('maintenance.utilisation', { period: '2025' })).toBe(0.75)
    const beyond = { device: machines[0], kind, on: '2025-04-30', running: 401, planned: 400 }
    expect(await refused('maintenance.usage', beyond)).toEqual(['record/beyond'])

    const cost = must(await perform(life, world, clerk, { org: 'Y-1', device: machines[0] })) as { whole: number }
    expect(cost).toMatchObject({
      bought: 36_000_000,
      repairs: 86_000,
      works: 0,
      proceeds: 0,
      whole: 36_086_000,
      days: 481,
    })
  })

  test('what a unit has depreciated by a day adds up to what its devices cost', async () => {
    const org = 'Y-2'
    await device({ kind: 'server', model: 'FW', cost: 7_200_001, testedOn: '2024-12-15' }, 'tested', org)
    const told = async (on: string) => must(await perform(depreciation, world, clerk, { org, on }))
    expect(await told('2024-12-31')).toMatchObject({
      devices: 1,
      cost: 7_200_001,
      depreciated: 100_000,
      net: 7_100_001,
    })
    expect(await told('2030-11-30')).toMatchObject({ depreciated: 7_200_001, net: 0 })
    expect(codes(await perform(depreciation, world, at('Y-1', 'clerk'), { org }))).toEqual(['permission/denied'])
  })
})

test('many devices that arrive together are registered together or not at all', async () => {
  const fields = (number: string) => ({ number, kind: 'pos', model: 'PS', ...days })
  const entered = ['G-1', 'G-2', 'G-1'].map(number => ({ org: 'Y-1', fields: fields(number), state: 'tested' }))
  expect((await createMany(world, clerk, 'equipment.device', entered)).ok).toBe(false)
  expect(
    must(await listRecords(world, clerk, { type: 'equipment.device', filter: { number: 'G-2' } })).records,
  ).toEqual([])
})
