import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import type { Operation } from '../../kernel/declared.ts'
import { addEvidence } from '../../kernel/evidence/evidence.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor, Role } from '../../kernel/people/actor.ts'
import { change, create } from '../../kernel/records/records.ts'
import { showRecord } from '../../kernel/records/show.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import envoys from '../envoys/index.ts'
import hotline from './index.ts'

let world: World
let now: Date
const registry = registryOf([envoys, hotline])

const square = (lon: number, lat: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [lon, lat],
      [lon + 0.1, lat],
      [lon + 0.1, lat + 0.1],
      [lon, lat + 0.1],
      [lon, lat],
    ],
  ] as [number, number][][],
})

beforeAll(async () => {
  world = { ...(await testWorld({ registry })), clock: () => now }
  now = new Date('2024-05-18T01:00:00Z')
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'township', name: '一镇', parent: 'A', area: square(110, 20) },
      { code: 'A-1-1', kind: 'village', name: '东村', parent: 'A-1' },
      { code: 'A-2', kind: 'township', name: '二镇', parent: 'A', area: square(110.5, 20) },
      { code: 'B', kind: 'county', name: '乙县' },
    ]),
  )
})
afterAll(() => world.store.close())
beforeEach(() => {
  now = new Date('2024-05-18T01:00:00Z')
})

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
const as = (role: Role, code = 'A'): Actor => {
  const { id, path } = world.orgs.byCode(code)!
  return { person: null, name: role, from: 'test', grants: [{ org: id, path, role }] }
}
const operationNamed = (id: string): Operation => hotline.operations.find(one => one.id === id)!
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
async function ask(id: string, input: Record<string, unknown>, actor = as('clerk')): Promise<Result<any>> {
  const operation = operationNamed(id)
  const done = await perform(operation, world, actor, operation.input.parse({ org: 'A', ...input }))
  if (done.ok) operation.answer!.parse(done.value)
  return done
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const question = { topic: 'pest', crop: 'rice', question: '水稻叶片卷起来了，里面有虫' }
let number = 0
const ringing = async (phone: string | undefined) =>
  must(await ask('hotline.ring', { call: `c${++number}`, event: 'ringing', phone, line: '963110' })).ring as string
const seen = async (id: string) => must(await showRecord(world, clerk, id))
const envoyNamed = async (envoy: string, more: Record<string, unknown> = {}) => {
  const fields = {
    number: `T-${++number}`,
    envoy,
    grade: 'county',
    trade: 'rice',
    body: '农技中心',
    since: '2024-01-01',
    ...more,
  }
  return must(await create(world, clerk, 'envoys.appointment', { org: 'A', fields })).id
}

describe('a call that rings', () => {
  test('pops up with all that the caller asked before, whatever way the number is written, masked', async () => {
    const first = await ringing('13900000001')
    expect(must(await ask('hotline.history', { ring: first }))).toEqual({ count: 0, calls: [] })
    must(
      await ask('hotline.take', {
        ring: first,
        outcome: 'answer',
        fields: { ...question, caller: '王小明', answer: '三唑磷喷雾' },
      }),
    )
    const again = await ringing('+86 139-0000-0001')
    const { count, calls } = must(await ask('hotline.history', { ring: again }))
    expect(count).toBe(1)
    expect(calls[0].fields).toMatchObject({
      question: question.question,
      answer: '三唑磷喷雾',
      caller: '王**',
      phone: '139****0001',
    })
    expect(must(await ask('hotline.history', { phone: '139 0000 0001' })).count).toBe(1)
    expect(must(await ask('hotline.history', { phone: '13900000002' })).count).toBe(0)
    const { rings } = must(await ask('hotline.desk', {}))
    expect(rings.map((one: { id: string }) => one.id)).toContain(again)
    expect(JSON.stringify(rings)).not.toContain('0000')
  })

  test('leaves every desk once somebody has taken it', async () => {
    const ring = await ringing('13900000009')
    const onDesk = async () => must(await ask('hotline.desk', {})).rings.some((one: { id: string }) => one.id === ring)
    expect(await onDesk()).toBe(true)
    must(await ask('hotline.take', { ring, outcome: 'keep', fields: question }))
    expect(await onDesk()).toBe(false)
  })

  test('without a number it is taken all the same, and has no history', async () => {
    const hidden = await ringing(undefined)
    expect(must(await ask('hotline.history', { ring: hidden })).count).toBe(0)
    const { call } = must(await ask('hotline.take', { ring: hidden, outcome: 'keep', fields: question }))
    expect((await seen(call)).state).toBe('open')
  })

  test('is told once however often the exchange says so, in whatever order', async () => {
    const tell = async (event: string, more = {}) => must(await ask('hotline.ring', { call: 'x-1', event, ...more }))
    const rung = await tell('ringing', { phone: '13900000003' })
    later(1)
    expect(await tell('answered')).toEqual({ ring: rung.ring, state: 'talking' })
    expect(await tell('ringing')).toEqual({ ring: rung.ring, state: 'talking' })
    expect(await tell('ended')).toEqual({ ring: rung.ring, state: 'ended' })
    expect(await tell('answered')).toEqual({ ring: rung.ring, state: 'ended' })
    expect((await seen(rung.ring)).fields).toMatchObject({ hour: 'h09', waitMinutes: 1 })
    expect(codes(await ask('hotline.ring', { call: 'x-2', event: 'ended' }))).toEqual(['hotline/unknown-ring'])
    const [one, two] = await Promise.all([1, 2].map(() => ask('hotline.ring', { call: 'x-3', event: 'ringing' })))
    expect(must(one!).ring).toBe(must(two!).ring)
  })

  test('and that nobody picks up waits to be called back, until it is', async () => {
    const missed = await ringing('13900000004')
    must(await ask('hotline.ring', { call: `c${number}`, event: 'ended' }))
    const waiting = async () =>
      must(await awaiting(world, clerk, 'A')).find(({ id }) => id === 'hotline.call-backs')?.count ?? 0
    const before = await waiting()
    later(20)
    const { call } = must(
      await ask('hotline.take', { ring: missed, outcome: 'answer', fields: { ...question, answer: '已电话指导' } }),
    )
    expect(await waiting()).toBe(before - 1)
    expect((await seen(call)).fields).toMatchObject({ responseMinutes: 20, inTime: 'yes', phone: '139****0004' })
  })
})

describe('the service promise', () => {
  const unanswered = async () => must(await awaiting(world, clerk, 'A')).find(({ id }) => id === 'hotline.unanswered')
  const onDesk = async (id: string) =>
    must(await ask('hotline.desk', {})).open.find((one: { id: string }) => one.id === id) as
      | { late: boolean; minutesLeft: number }
      | undefined

  test('a call is answered or dispatched within the promised time, or shows late by itself', async () => {
    const { call } = must(await ask('hotline.take', { outcome: 'keep', fields: question }))
    const lateBefore = (await unanswered())!.late
    expect(await onDesk(call)).toMatchObject({ late: false, minutesLeft: 120 })
    later(120)
    expect(await onDesk(call)).toMatchObject({ late: false, minutesLeft: 0 })
    later(1)
    expect(await onDesk(call)).toMatchObject({ late: true, minutesLeft: -1 })
    expect((await unanswered())!.late).toBeGreaterThan(lateBefore)
    must(await ask('hotline.respond', { call, outcome: 'answer', answer: '已答复' }))
    expect(await onDesk(call)).toBeUndefined()
    expect((await seen(call)).fields).toMatchObject({ responseMinutes: 121, inTime: 'no' })
  })

  test('an urgent call has half an hour; passing it on does not stop its clock', async () => {
    const { call } = must(await ask('hotline.take', { outcome: 'keep', fields: { ...question, urgency: 'urgent' } }))
    later(10)
    must(await ask('hotline.respond', { call, outcome: 'escalate', escalatedTo: '县植保站' }))
    expect((await seen(call)).state).toBe('escalated')
    later(21)
    expect(await onDesk(call)).toMatchObject({ late: true })
  })

  test('what is not said is refused, and nothing is saved', async () => {
    const before = must(await ask('hotline.desk', {})).today
    const refused = async (more: Record<string, unknown>) =>
      codes(await ask('hotline.take', { fields: question, ...more }))
    expect(await refused({ outcome: 'answer' })).toEqual(['hotline/no-answer'])
    expect(await refused({ outcome: 'dispatch' })).toEqual(['hotline/no-envoy'])
    expect(await refused({ outcome: 'escalate' })).toEqual(['hotline/no-unit'])
    expect(await refused({ outcome: 'keep', fields: { crop: 'rice' } })).toEqual(['field/required', 'field/required'])
    expect(await refused({ outcome: 'dispatch', envoy: '00000000-0000-4000-8000-000000000000' })).toEqual([
      'field/no-such-record',
    ])
    expect(must(await ask('hotline.desk', {})).today).toBe(before)
  })

  test('one who may only read, or of another county, neither sees the desk nor takes a call', async () => {
    for (const actor of [as('analyst'), as('clerk', 'B')]) {
      const taken = await ask('hotline.take', { outcome: 'keep', fields: question }, actor)
      expect(codes(taken)).toEqual(['permission/denied'])
      expect(codes(await ask('hotline.history', { phone: '13900000001' }, actor))).toEqual(['permission/denied'])
    }
  })
})

describe('sending someone', () => {
  test('the nearest fitting envoy comes first, the one sent is told in full once, and has one more on hand then', async () => {
    const near = await envoyNamed('李大田', { township: 'A-1' })
    const far = await envoyNamed('赵远山', { township: 'A-2' })
    await envoyNamed('钱养猪', { township: 'A-1', trade: 'pigs' })
    await envoyNamed('孙到期', { township: 'A-1', until: '2024-05-18' })
    const asked = { village: 'A-1-1', crop: 'rice' }
    const ranked = must(await ask('hotline.envoys', asked))
    expect(ranked.map((one: { name: string; km: number }) => [one.name, one.km])).toEqual([
      ['李**', 0],
      ['赵**', 52],
      ['钱**', 0],
    ])
    expect(ranked[0]).toMatchObject({ id: near, fit: 2, open: 0, township: '一镇' })

    const sent = must(
      await ask('hotline.take', {
        outcome: 'dispatch',
        envoy: near,
        visitBy: '2024-05-19',
        fields: { ...question, village: 'A-1-1' },
      }),
    )
    expect(sent.envoy).toBe('李大田')
    expect((await seen(sent.call)).state).toBe('dispatched')
    expect((await seen(sent.dispatch)).fields).toMatchObject({
      call: sent.call,
      envoy: near,
      topic: 'pest',
      village: 'A-1-1',
      sent: 1,
    })
    expect(must(await ask('hotline.envoys', asked))[0]).toMatchObject({ id: near, open: 1, recent: 1 })
    for (let n = 0; n < 6; n++) must(await ask('hotline.take', { outcome: 'dispatch', envoy: near, fields: question }))
    expect(must(await ask('hotline.envoys', asked))[0].id).toBe(far)
  })

  test('a visit is proven by picture and signature, or the number of its paper slip, and answers the call', async () => {
    const envoy = await envoyNamed('周到场')
    const { call, dispatch } = must(await ask('hotline.take', { outcome: 'dispatch', envoy, fields: question }))
    const report = { dispatch, fields: { finding: '稻纵卷叶螟', advice: '三天内用药，七天后复查', households: 3 } }
    expect(codes(await ask('hotline.visited', report))).toEqual(['hotline.visit-proven/unproven'])
    expect((await seen(call)).state).toBe('dispatched')
    const attached = async (name: string, content: string) => {
      const stream = (async function* () {
        yield Buffer.concat([PIXEL, Buffer.from(content)])
      })()
      return must(await addEvidence(world, clerk, dispatch, { name, stream })).sha256
    }
    const picture = await attached('现场.png', 'field')
    expect(codes(await ask('hotline.visited', { ...report, fields: { ...report.fields, picture } }))).toEqual([
      'hotline.visit-proven/unproven',
    ])
    const signature = await attached('签名.png', 'signed')
    must(await ask('hotline.visited', { ...report, fields: { ...report.fields, picture, signature } }))
    expect(await seen(call)).toMatchObject({ state: 'answered', fields: { answer: '三天内用药，七天后复查' } })
    expect(await seen(dispatch)).toMatchObject({ state: 'visited', fields: { visitedOn: '2024-05-18' } })

    const paper = must(await ask('hotline.take', { outcome: 'dispatch', envoy, fields: question }))
    must(await ask('hotline.visited', { dispatch: paper.dispatch, fields: { slip: '服务单0012' } }))
    expect((await seen(paper.call)).state).toBe('dispatched')
  })

  test('nobody is sent before the call came', async () => {
    const { call } = must(await ask('hotline.take', { outcome: 'keep', fields: question }))
    const fields = { sentOn: '2024-05-17', call, topic: 'pest', sent: 1 }
    expect(codes(await create(world, clerk, 'hotline.dispatch', { org: 'A', fields }))).toEqual([
      'hotline.sent-after-call/before-call',
    ])
  })
})

test('a follow-up that was agreed waits from its day on until it is made, and tells how satisfied the caller was', async () => {
  const fields = { ...question, answer: '已答复', followUpBy: '2024-05-25' }
  const { call } = must(await ask('hotline.take', { outcome: 'answer', fields }))
  const waiting = async () => must(await awaiting(world, clerk, 'A')).find(({ id }) => id === 'hotline.follow-ups')
  expect(await waiting()).toBeUndefined()
  now = new Date('2024-05-26T01:00:00Z')
  expect(await waiting()).toMatchObject({ count: 1, late: 1 })
  must(await change(world, clerk, call, { fields: { followedUpOn: '2024-05-26', satisfaction: 'satisfied' } }))
  expect(await waiting()).toBeUndefined()
  const rate = await figure(world, clerk, { indicator: 'hotline.satisfaction-rate', org: 'A', period: '2024-05' })
  expect(must(rate).value).toBe(1)
})

test('calls are told by hour, crop and village, and rings by how many were picked up', async () => {
  now = new Date('2024-03-05T00:30:00Z')
  const at = (hour: string) => ({
    ...question,
    crop: 'tea',
    village: 'A-1-1',
    receivedAt: `2024-03-05T${hour}:10:00+08:00`,
  })
  for (const hour of ['07', '07', '06']) must(await ask('hotline.take', { outcome: 'keep', fields: at(hour) }))
  const by = async (dimension: string) => {
    const rows = must(
      await figure(world, clerk, { indicator: 'hotline.calls', org: 'A', period: '2024-03-05', by: dimension }),
    ).rows!
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  }
  expect(await by('hour')).toEqual({ h06: 1, h07: 2 })
  expect(await by('crop')).toEqual({ tea: 3 })
  expect(await by('village')).toEqual({ 'A-1-1': 3 })
  for (const call of ['p1', 'p2']) must(await ask('hotline.ring', { call, event: 'ringing' }))
  must(await ask('hotline.ring', { call: 'p1', event: 'answered' }))
  must(await ask('hotline.ring', { call: 'p2', event: 'ended' }))
  const rate = await figure(world, clerk, { indicator: 'hotline.pick-up-rate', org: 'A', period: '2024-03' })
  expect(must(rate).value).toBe(0.5)
})

test('the roster names one officer a shift; the desk shows who is on today', async () => {
  const fields = { on: '2024-05-18', shift: 'day', officer: '值班员甲', extension: '8001' }
  must(await create(world, clerk, 'hotline.duty', { org: 'A', fields }))
  must(await create(world, clerk, 'hotline.duty', { org: 'A', fields: { ...fields, on: '2024-06-18' } }))
  const twice = await create(world, clerk, 'hotline.duty', { org: 'A', fields: { ...fields, officer: '值班员乙' } })
  expect(codes(twice)).toEqual(['record/duplicate-key'])
  expect(must(await ask('hotline.desk', {})).duty.map((one: { fields: object }) => one.fields)).toMatchObject([
    { officer: '值班员甲' },
  ])
})

test('a call is told at the time of its day', async () => {
  const fields = { ...question, receivedOn: '2024-05-17', receivedAt: '2024-05-18T08:00:00+08:00' }
  expect(codes(await create(world, clerk, 'hotline.call', { org: 'A', fields }))).toEqual([
    'record/received-on-another-day',
  ])
})
