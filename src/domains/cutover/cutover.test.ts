import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { addEvidence } from '../../kernel/evidence/evidence.ts'
import { importFile } from '../../kernel/exchange/import.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor, Role } from '../../kernel/people/actor.ts'
import { listRecords } from '../../kernel/records/list.ts'
import { change, create, createMany } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import { board } from './board.ts'
import { checklist } from './checklist.ts'
import cutover from './index.ts'
import { rehearse } from './rehearse.ts'
import type { Gate } from './topics.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([cutover]) })
  must(
    await createUnits(world, clerk, [
      { code: 'Y', kind: 'administration', name: '管理局' },
      { code: 'Y-1', kind: 'district', name: '东区局', parent: 'Y' },
      { code: 'Y-2', kind: 'district', name: '西区局', parent: 'Y' },
      { code: 'Y-1-1', kind: 'branch', name: '一支局', parent: 'Y-1' },
      { code: 'Y-1-2', kind: 'branch', name: '二支局', parent: 'Y-1' },
      { code: 'Y-2-1', kind: 'branch', name: '三支局', parent: 'Y-2' },
    ]),
  )
})
afterAll(() => world.store.close())

const at = (org: string, role: Role): Actor => {
  const unit = world.orgs.byCode(org)!
  return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const put = async (type: string, fields: Record<string, unknown>, state?: string, org = 'Y') =>
  must(await create(world, clerk, `cutover.${type}`, { org, fields, ...(state ? { state } : {}) })).id

const proof = async (record: string) =>
  must(
    await addEvidence(world, clerk, record, {
      name: '记录.txt',
      stream: (async function* () {
        yield Buffer.from(`通过 ${record}`)
      })(),
    }),
  )

let numbers = 0
const campaign = (requires: Partial<Record<Gate, number>>, more: Record<string, unknown> = {}) =>
  put('campaign', {
    number: `QH-${++numbers}`,
    title: '绿卡统一版切换',
    sort: 'system',
    openedOn: '2025-05-10',
    windowFrom: '2025-06-23',
    windowTo: '2025-06-25',
    dueOn: '2025-06-25',
    requires: Object.entries(requires).map(([gate, times]) => ({ gate, times })),
    ...more,
  })
const step = (id: string, code: string, phase: string, after: string[] = [], more: Record<string, unknown> = {}) => ({
  campaign: id,
  code,
  title: `步骤${code}`,
  phase,
  after: after.map(one => ({ step: one })),
  owner: '信息局',
  dueOn: '2025-06-20',
  minutes: 60,
  ...more,
})
const times = { startedAt: '2025-06-20T00:00:00Z', finishedAt: '2025-06-20T01:30:00Z' }
const GO = { state: 'live', fields: { approvedBy: '局长', liveOn: '2025-06-24' } }
const passed = async (id: string, gate: Gate, count = 1) => {
  for (let i = 1; i <= count; i++)
    await proof(await put('check', { campaign: id, gate, title: `第${i}次`, heldOn: '2025-06-01', result: 'passed' }))
}
const boardOf = async (id: string, actor: Actor = clerk) =>
  // The answer as the board's own declaration has it.
  board.answer!.parse(must(await perform(board, world, actor, { org: 'Y', campaign: id }))) as {
    campaign: Record<string, unknown>
    total: Record<string, number>
    districts: { org: string; sites: Record<string, number> }[]
    batches: { number: number; switched: number; planned: number }[]
    gates: { gate: string; needed: number; passed: number }[]
    steps: { code: string; slack: number | null; minutes: number }[]
    estimate: { minutes: number; path: string[]; rehearsals: number }
    hours: { hour: string; done: number; whole: number }[]
    incidents: unknown[]
  }

describe('going live (P1)', () => {
  test('is refused until every preparation step, test, rehearsal and plan is passed with evidence', async () => {
    const id = await campaign({ test: 3, rehearsal: 3, 'contingency-plan': 1, 'disk-plan': 1 })
    const prepared = await put('step', step(id, 'A', 'preparation'))
    expect(codes(await change(world, clerk, id, GO)).sort()).toEqual([
      ...Array(4).fill('cutover.go-live/gate'),
      'cutover.go-live/step',
    ])
    await passed(id, 'test', 2)
    await passed(id, 'contingency-plan')
    await passed(id, 'disk-plan')
    const third = await put('check', {
      campaign: id,
      gate: 'test',
      title: '第3次',
      heldOn: '2025-06-02',
      result: 'passed',
    })
    await put('check', { campaign: id, gate: 'disk-plan', title: '初稿', heldOn: '2025-06-02', result: 'failed' })
    must(await change(world, clerk, prepared, { state: 'running', fields: { startedAt: times.startedAt } }))
    must(await change(world, clerk, prepared, { state: 'done', fields: times }))
    // The third test and the step are done, and have nothing to show for it; nothing is rehearsed.
    expect(codes(await change(world, clerk, id, GO))).toHaveLength(3)
    await proof(third)
    await proof(prepared)
    for (let i = 0; i < 3; i++) {
      expect(codes(await change(world, clerk, id, GO))).toEqual(['cutover.go-live/gate'])
      const copy = must(await perform(rehearse, world, clerk, { org: 'Y', campaign: id, on: '2025-06-10' })) as {
        campaign: string
      }
      must(await change(world, clerk, copy.campaign, { state: 'live' }))
      must(await change(world, clerk, copy.campaign, { state: 'done' }))
      await proof(copy.campaign)
    }
    expect(codes(await change(world, clerk, id, { state: 'live' }))).toEqual(Array(2).fill('cutover.go-live/unsigned'))
    must(await change(world, clerk, id, GO))
    expect((await boardOf(id)).campaign).toMatchObject({
      windowFrom: '2025-06-23',
      windowTo: '2025-06-25',
      approvedBy: '局长',
      daysLate: -1,
    })
  })

  test('cannot be had by entering the campaign as live, and is decided by a manager', async () => {
    const fields = { number: 'X', title: '切换', sort: 'system', openedOn: '2025-05-10', windowFrom: '2025-06-23' }
    const rest = { windowTo: '2025-06-25', dueOn: '2025-06-25', requires: [{ gate: 'test', times: 1 }] }
    const live = { org: 'Y', state: 'live', fields: { ...fields, ...rest, ...GO.fields } }
    expect(codes(await create(world, clerk, 'cutover.campaign', live))).toEqual(['cutover.go-live/gate'])
    const id = await campaign({})
    expect(codes(await change(world, at('Y', 'clerk'), id, GO))).toEqual(['permission/denied'])
    must(await change(world, at('Y', 'manager'), id, GO))
  })

  test('a window that ends before it begins is refused', async () => {
    const wrong = { windowFrom: '2025-06-25', windowTo: '2025-06-23' }
    await expect(campaign({}, wrong)).rejects.toThrow('record/order')
  })

  test('of the renumbering of a service line asks three plans and a simulated test, by the same template (P9)', async () => {
    const gates: Partial<Record<Gate, number>> = {
      'change-plan': 1,
      'contingency-plan': 1,
      'test-plan': 1,
      'simulated-test': 1,
    }
    const id = await campaign(gates, { title: '185升位', sort: 'renumbering', dueOn: '2025-06-20' })
    for (const gate of Object.keys(gates) as Gate[]) {
      expect(codes(await change(world, clerk, id, GO))).toContain('cutover.go-live/gate')
      await passed(id, gate)
    }
    must(await change(world, clerk, id, GO))
    expect((await boardOf(id)).campaign.daysLate).toBe(4)
  })
})

describe('steps', () => {
  test('begin only when those before them are done, and never wait for one another', async () => {
    const id = await campaign({})
    const entered = [step(id, 'A', 'cutover'), step(id, 'B', 'cutover', ['A'])].map(fields => ({ org: 'Y', fields }))
    const [a, b] = must(await createMany(world, clerk, 'cutover.step', entered)).map(one => one.id) as [string, string]
    const begin = { state: 'running', fields: { startedAt: times.startedAt } }
    expect(codes(await change(world, clerk, b, begin))).toEqual(['cutover.step-order/before'])
    expect(codes(await change(world, clerk, a, { fields: { after: [{ step: 'B' }] } }))).toEqual([
      'cutover.step-order/order',
    ])
    expect(codes(await change(world, clerk, a, { fields: { after: [{ step: 'Z' }] } }))).toEqual([
      'cutover.step-order/order',
    ])
    must(await change(world, clerk, a, begin))
    expect(codes(await change(world, clerk, a, { state: 'done' }))).toEqual(['cutover.step-order/time'])
    must(await change(world, clerk, a, { state: 'done', fields: times }))
    must(await change(world, clerk, b, begin))
  })

  test('have an owner and a due date, and say by how many days they came before or after it (P26)', async () => {
    const id = await campaign(
      {},
      { title: '次晨递设备配置', sort: 'equipping', openedOn: '2025-04-13', dueOn: '2025-05-18' },
    )
    const { owner: _, ...unowned } = step(id, 'A', 'preparation')
    expect(codes(await create(world, clerk, 'cutover.step', { org: 'Y', fields: unowned }))).toEqual(['field/required'])
    await put('step', step(id, 'A', 'preparation', [], { dueOn: '2025-06-22', ...times }), 'done')
    await change(world, clerk, id, { fields: { liveOn: '2025-05-16' } })
    const shown = await boardOf(id)
    expect(shown.campaign.daysLate).toBe(-2)
    expect(shown.steps).toMatchObject([{ code: 'A', owner: '信息局', daysLate: -2 }])
  })

  test('rehearsed take what they took, and the rehearsal itself counts nowhere', async () => {
    const id = await campaign({})
    const plan = [
      step(id, 'A', 'cutover'),
      step(id, 'B', 'cutover', ['A']),
      step(id, 'C', 'cutover', [], { minutes: 90 }),
    ]
    must(
      await createMany(
        world,
        clerk,
        'cutover.step',
        plan.map(fields => ({ org: 'Y', fields })),
      ),
    )
    await put('site', { campaign: id, code: 'R1', name: '一支局', plannedOn: '2025-06-24' }, undefined, 'Y-1-1')
    expect((await boardOf(id)).estimate).toEqual({ minutes: 120, path: ['A', 'B'], rehearsals: 0 })
    const before = must(await figure(world, clerk, { indicator: 'cutover.sites', org: 'Y', period: '2025' })).value
    const copy = must(await perform(rehearse, world, clerk, { org: 'Y', campaign: id, on: '2025-06-10' })) as {
      campaign: string
      sites: number
    }
    expect(copy).toMatchObject({ steps: 3, sites: 1 })
    const copies = must(await listRecords(world, clerk, { type: 'cutover.step', org: 'Y', limit: 500 })).records
    const ofCopy = (code: string) =>
      copies.find(({ fields }) => fields.campaign === copy.campaign && fields.code === code)!.id
    must(await change(world, clerk, ofCopy('C'), { state: 'running', fields: { startedAt: '2025-06-10T00:00:00Z' } }))
    must(await change(world, clerk, ofCopy('C'), { state: 'done', fields: { finishedAt: '2025-06-10T02:40:00Z' } }))
    expect((await boardOf(id)).estimate).toEqual({ minutes: 160, path: ['C'], rehearsals: 1 })
    expect(must(await figure(world, clerk, { indicator: 'cutover.sites', org: 'Y', period: '2025' })).value).toBe(
      before,
    )
    expect(
      codes(await perform(rehearse, world, clerk, { org: 'Y', campaign: copy.campaign, on: '2025-06-11' })),
    ).toEqual(['cutover/rehearsal'])
    expect(
      codes(await perform(rehearse, world, at('Y', 'analyst'), { org: 'Y', campaign: id, on: '2025-06-11' })),
    ).toEqual(['permission/denied'])
  })
})

describe('sites (P2, P7, P18)', () => {
  const file = async (name: string, lines: string[]) => {
    const path = join(tmpdir(), `${name}-${process.pid}.csv`)
    await writeFile(path, ['所属切换工程,网点编号,网点名称,组网方式,计划日期', ...lines].join('\n'))
    return path
  }
  const ask = async (indicator: string, mode?: string) =>
    must(await figure(world, clerk, { indicator, org: 'Y', period: '2024', ...(mode ? { where: { mode } } : {}) }))
      .value

  test('471 imported with their modes are 318 merged and 153 stand-alone, each opening to its sites', async () => {
    await campaign({}, { number: 'WD-1', sort: 'retrofit' })
    const line = (i: number) =>
      `WD-1,W${String(i).padStart(3, '0')},网点${i},${i <= 318 ? '两网合一' : '储蓄独立网点'},2024-08-${10 + (i % 20)}`
    const path = await file(
      'sites',
      Array.from({ length: 471 }, (_, i) => line(i + 1)),
    )
    const asked = { type: 'cutover.site', path, org: 'Y' }
    expect(must(await importFile(world, clerk, asked))).toMatchObject({ created: 471, rejected: 0 })
    expect([
      await ask('cutover.outlets'),
      await ask('cutover.outlets', 'merged'),
      await ask('cutover.outlets', 'stand-alone'),
    ]).toEqual([471, 318, 153])
    const opened = must(
      await explain(world, clerk, {
        indicator: 'cutover.outlets',
        org: 'Y',
        period: '2024',
        where: { mode: 'stand-alone' },
      }),
    )
    expect(opened.value).toBe(153)
    expect(opened.records.length).toBeGreaterThan(0)

    const again = await file('more-sites', [
      'WD-1,W472,网点472,两网合一,2024-08-10',
      'WD-1,W007,网点7,两网合一,2024-08-10',
    ])
    expect(must(await importFile(world, clerk, { ...asked, path: again }))).toMatchObject({
      created: 0,
      errors: [{ row: 3, column: '网点编号' }],
    })
  })

  test('a changed mode changes the merged lines wherever they are told, in the same instant', async () => {
    const [one] = must(
      await listRecords(world, clerk, { type: 'cutover.site', org: 'Y', filter: { mode: 'merged' } }),
    ).records
    must(await change(world, clerk, one!.id, { fields: { mode: 'stand-alone' } }))
    expect([await ask('cutover.outlets', 'merged'), await ask('cutover.outlets', 'stand-alone')]).toEqual([317, 154])
  })

  test('a branch is in one batch of its own campaign, and progress is switched of planned', async () => {
    const [id, other] = [await campaign({}, { sort: 'branches' }), await campaign({})]
    const batch = (of: string, number: number) =>
      put('batch', { campaign: of, number, from: '2025-06-10', to: '2025-06-12' })
    const [first, second, foreign] = [await batch(id, 1), await batch(id, 2), await batch(other, 1)]
    const site = (code: string, of: string) => ({
      org: 'Y-1-1',
      fields: { campaign: id, code, name: '支局', batch: of, plannedOn: '2025-06-10' },
    })
    const a = must(await create(world, clerk, 'cutover.site', site('B1', first))).id
    expect(codes(await create(world, clerk, 'cutover.site', site('B1', second)))).toEqual(['record/duplicate-key'])
    expect(codes(await create(world, clerk, 'cutover.site', site('B2', foreign)))).toEqual([
      'cutover.site/other-campaign',
    ])
    must(await create(world, clerk, 'cutover.site', site('B2', first)))
    must(await create(world, clerk, 'cutover.site', site('B3', second)))
    must(await change(world, clerk, a, { state: 'running', fields: { startedAt: '2025-06-10T00:00:00Z' } }))
    must(await change(world, clerk, a, { state: 'done', fields: { finishedAt: '2025-06-10T01:00:00Z' } }))
    expect((await boardOf(id)).batches).toMatchObject([
      { number: 1, switched: 1, planned: 2 },
      { number: 2, switched: 0, planned: 1 },
    ])
  })
})

describe('the board', () => {
  test('tells by district and hour what is done, running and blocked, as of the last save', async () => {
    const id = await campaign({}, { checklist: [{ item: '通信正常' }, { item: '终端可登录' }] })
    const site = (code: string, org: string) =>
      put('site', { campaign: id, code, name: code, plannedOn: '2025-06-24' }, undefined, org)
    const [a, b] = [await site('1', 'Y-1-1'), await site('2', 'Y-1-2')]
    await site('3', 'Y-2-1')
    const branch = at('Y-1-1', 'clerk')
    must(await change(world, branch, a, { state: 'running', fields: { startedAt: '2025-06-23T16:10:00Z' } }))
    const done = { state: 'done', fields: { finishedAt: '2025-06-23T17:05:00Z' } }
    expect(codes(await change(world, branch, a, done))).toEqual(['cutover.site/unchecked'])

    // Whoever stands at the site reads its list, though the campaign lies above them.
    const list = () => perform(checklist, world, branch, { org: 'Y-1-1', site: a })
    expect(must(await list())).toMatchObject({
      campaign: '绿卡统一版切换',
      items: [{ item: '通信正常', checkedAt: null }, { item: '终端可登录' }],
    })
    expect(codes(await perform(checklist, world, branch, { org: 'Y-1-1', site: b }))).toEqual(['record/unknown'])
    const checks = ['通信正常', '终端可登录'].map(item => ({ item, checkedAt: '2025-06-23T17:00:00Z' }))
    must(await change(world, branch, a, { ...done, fields: { ...done.fields, checks } }))
    expect(codes(await change(world, clerk, b, { state: 'blocked' }))).toEqual(['cutover.site/why'])
    must(await change(world, clerk, b, { state: 'blocked', fields: { blockedBy: '专线不通' } }))
    const happened = { on: '2025-06-24', happenedAt: '2025-06-23T17:00:00Z', severity: 'serious', what: '专线不通' }
    await put('incident', { campaign: id, ...happened })

    const shown = await boardOf(id)
    expect(shown.total).toMatchObject({ done: 1, blocked: 1, waiting: 1, running: 0 })
    expect(shown.districts).toMatchObject([
      { org: 'Y-1', name: '东区局', sites: { done: 1, blocked: 1 } },
      { org: 'Y-2', name: '西区局', sites: { waiting: 1 } },
    ])
    expect(shown.hours).toEqual([{ hour: '2025-06-24 01:00', done: 1, whole: 1 }])
    expect(shown.incidents).toMatchObject([{ severity: 'serious', closedAt: null }])
  })

  test('is not for whoever may not read the campaign', async () => {
    const id = await campaign({})
    expect(codes(await perform(board, world, at('Y-1', 'manager'), { org: 'Y-1', campaign: id }))).toEqual([
      'record/unknown',
    ])
    const [site] = must(await listRecords(world, clerk, { type: 'cutover.site', org: 'Y' })).records
    expect(codes(await perform(board, world, clerk, { org: 'Y', campaign: site!.id }))).toEqual(['cutover/no-campaign'])
  })
})
