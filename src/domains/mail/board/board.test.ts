import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notices } from '../../../http/live.ts'
import { API } from '../../../http/route.ts'
import { buildServer } from '../../../http/server.ts'
import { PASSWORD } from '../../../http/testing.ts'
import { perform } from '../../../kernel/operation.ts'
import { createPerson } from '../../../kernel/people/people.ts'
import { must } from '../../../kernel/result.ts'
import { closeDespatch } from '../branch/close.ts'
import { takeIn } from '../events/intake.ts'
import { sign } from '../handover/sign.ts'
import { plannedStops } from '../network/network.ts'
import type { Run } from '../runs/runs.ts'
import {
  A,
  B,
  C,
  clerk,
  D,
  instant,
  item,
  list,
  type MailWorld,
  mailWorld,
  type Phone,
  phone,
  RUN,
  STOPS,
  signed,
  worker,
} from '../testing.ts'
import { runView } from './board.ts'
import { addRun, askBoard, askLabel, closeRun, holdRun } from './questions.ts'

let world: MailWorld
let counter: Phone
let driver: Phone
const board = notices()
beforeAll(async () => {
  world = { ...(await mailWorld()), onTouched: board.post }
  counter = await phone(world, 'scanner-a', 'P-A', A)
  driver = await phone(world, 'driver-1', 'P-R')
})
afterAll(() => world.store.close())

const departs = instant('08:00')
const run: Run = {
  id: RUN,
  org: 1,
  route: 'S1',
  day: '2025-06-30',
  wave: 1,
  departs,
  capacity: 100,
  stops: plannedStops(STOPS, departs),
  vehicle: null,
  extra: false,
  heldUntil: null,
  closedAt: null,
}
const called = (...calls: (readonly [string, string])[]) =>
  calls.map(([office, time]) => ({ office, time: instant(time) }))

describe('a run', () => {
  test.each([
    ['before its time is planned', [], '07:50', { state: 'planned', next: A }],
    ['on its way to the first stop runs', [], '08:20', { state: 'running', next: A }],
    ['past its time without a handover is late, by itself', [], '08:36', { state: 'late', late: 11, next: A }],
    [
      'that handed over is due at the next stop',
      [[A, '08:24']],
      '08:40',
      { state: 'running', at: A, next: B, late: 0 },
    ],
    [
      'that left one stop late is late no more when the next is not due',
      [[A, '08:44']],
      '08:50',
      { state: 'running', next: B },
    ],
    [
      'that passed over a stop is seen further on',
      [
        [A, '08:24'],
        [C, '09:05'],
      ],
      '09:10',
      { state: 'running', at: C, next: D },
    ],
    [
      'that was at its last stop is done',
      [
        [A, '08:24'],
        [D, '09:35'],
        ['10000009', '10:00'],
      ],
      '23:00',
      { state: 'done', next: null },
    ],
  ] as const)('%s', (_, calls, now, wanted) => {
    expect(runView(run, called(...calls), 3, instant(now))).toMatchObject({ ...wanted, load: 3 })
  })

  test('that is held waits, and is late only after what it was held', () => {
    const held = { ...run, heldUntil: instant('08:30') }
    expect(runView(held, [], 0, instant('08:20'))).toMatchObject({ state: 'held' })
    expect(runView(held, [], 0, instant('08:50'))).toMatchObject({ state: 'running' })
    expect(runView(held, [], 0, instant('09:06'))).toMatchObject({ state: 'late', late: 11 })
    expect(runView({ ...held, closedAt: instant('09:00') }, [], 0, instant('09:06'))).toMatchObject({
      state: 'closed',
      next: null,
    })
  })
})

interface Board {
  runs: { run: string; state: string; load: number }[]
  offices: { office: string; items: number; bags: number }[]
  alarms: { kind: string; count: number; which: string[] }[]
}
const ask = async (org = 'P') => must(await perform(askBoard, world, clerk, { org })) as Board

let serial = 0
async function close(time = '08:10') {
  const number = item(++serial)
  await takeIn(world, clerk, must(world.orgs.find('P')), [
    { subject: number, code: 'EMA', office: A, time: instant(time), weight: 100 },
  ])
  const bags = [{ destination: C, class: '02', items: [number], weight: 900, ordinary: 0 }]
  const done = must(
    await perform(closeDespatch, world, clerk, { org: 'P', office: A, wave: 1, time: instant(time), bags }),
  )
  return (done as { bags: { code: string }[] }).bags[0]!.code
}

describe('the board', () => {
  test('tells what each office and run has, and alarms that go when their cause goes', async () => {
    world.at('08:20')
    const code = await close()
    expect((await ask()).offices.find(({ office }) => office === A)).toMatchObject({ bags: 1, items: 0 })
    const what = list(A, RUN, '08:19', [code])
    must(await perform(sign, world, clerk, { org: 'P', signatures: [signed(counter, 'giver', what)] }))
    world.at('08:55')
    const alarms = async () => (await ask()).alarms.map(({ kind }) => kind)
    expect(await alarms()).toEqual(['late-run', 'handover-half'])
    must(await perform(sign, world, clerk, { org: 'P', signatures: [signed(driver, 'receiver', what)] }))
    const now = await ask()
    expect(now.runs.find(one => one.run === RUN)).toMatchObject({ load: 1 })
    expect(now.offices.find(({ office }) => office === A)).toMatchObject({ bags: 0 })
    await takeIn(world, clerk, must(world.orgs.find('P')), [
      { subject: code, code: 'EMJ', office: C, time: instant('08:50') },
    ])
    expect((await ask()).alarms).toContainEqual({ kind: 'custody-gap', count: 1, which: [code] })
    await takeIn(world, clerk, must(world.orgs.find('P')), [{}])
    expect(await alarms()).toContain('quarantine')
  })

  test('shows each only what lies beneath its unit', async () => {
    const { runs, offices } = await ask('P-A')
    expect(runs).toEqual([])
    expect(offices.map(({ office }) => office)).toEqual([A])
  })

  test("changes within two seconds of a bag's closing, for everyone who looks", async () => {
    world.at('11:00')
    must(
      await createPerson(world, clerk, {
        login: 'room',
        name: '指挥室',
        password: PASSWORD,
        grants: [{ org: 'P', role: 'manager' }],
      }),
    )
    const app = await buildServer(world, { notices: board })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    const signedIn = await fetch(`${base}${API}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'zh' },
      body: JSON.stringify({ login: 'room', password: PASSWORD }),
    })
    const cookie = signedIn.headers
      .getSetCookie()
      .map(one => one.split(';')[0])
      .join('; ')
    const leaving = new AbortController()
    try {
      const stream = await fetch(`${base}${API}/live?org=P`, { headers: { cookie }, signal: leaving.signal })
      const reader = stream.body!.getReader()
      const decoder = new TextDecoder()
      let text = ''
      const until = async (wanted: RegExp) => {
        while (!wanted.test(text)) text += decoder.decode((await reader.read()).value, { stream: true })
      }
      await until(/event: hello/)
      const began = performance.now()
      await close('10:50')
      await until(/"action":"mail-close"/)
      const found = await fetch(`${base}${API}/domains/mail/board?org=P`, { headers: { cookie } }).then(
        answer => answer.json() as Promise<Board>,
      )
      expect(performance.now() - began).toBeLessThan(2_000)
      expect(found.offices.find(({ office }) => office === A)?.bags).toBe(1)
    } finally {
      leaving.abort()
      await app.close()
    }
  })
})

describe('a dispatcher', () => {
  const manager = () => worker(world, 'P-R', 'manager')
  test('holds, adds and closes runs, with a reason in the journal', async () => {
    world.at('14:00')
    const second = 'S1-20250630-2'
    must(
      await perform(holdRun, world, manager(), {
        org: 'P-R',
        run: second,
        until: instant('15:30'),
        reason: '大雪封路',
      }),
    )
    const added = must(
      await perform(addRun, world, manager(), { org: 'P-R', route: 'S1', departs: instant('17:00'), reason: '双十一' }),
    ) as { run: string }
    expect(added.run).toBe('S1-20250630-X1')
    must(await perform(closeRun, world, manager(), { org: 'P-R', run: added.run, reason: '货量不足' }))
    expect((await ask()).runs.map(({ run, state }) => [run, state])).toContainEqual([added.run, 'closed'])
    const { rows } = await world.store.pool.query(
      `SELECT entry::json ->> 'action' AS action, entry::json -> 'note' ->> 'reason' AS reason FROM journal WHERE subject LIKE 'mail:run%' ORDER BY seq`,
    )
    expect(rows).toEqual([
      { action: 'mail-run-hold', reason: '大雪封路' },
      { action: 'mail-run-add', reason: '双十一' },
      { action: 'mail-run-close', reason: '货量不足' },
    ])
  })

  test('of another unit may not, nor a clerk; a closed run takes nothing more', async () => {
    const held = { org: 'P-A', run: RUN, until: instant('15:30'), reason: '试' }
    expect(await perform(holdRun, world, worker(world, 'P-A', 'manager'), held)).toMatchObject({
      problems: [{ code: 'permission/denied' }],
    })
    expect(
      await perform(closeRun, world, manager(), { org: 'P-R', run: 'S1-20250630-X1', reason: '试' }),
    ).toMatchObject({ problems: [{ code: 'mail/closed-run' }] })
    world.at('18:00')
    const what = list(A, 'S1-20250630-X1', '17:30', [await close('17:00')])
    const refused = must(await perform(sign, world, clerk, { org: 'P', signatures: [signed(counter, 'giver', what)] }))
    expect(refused).toMatchObject({ signatures: [{ problem: { code: 'mail/closed-run' } }] })
  })
})

test('the label of a closed bag is printed for it and for no other', async () => {
  const code = await close('12:00')
  const given = must(await perform(askLabel, world, clerk, { org: 'P', bag: code, as: 'zpl' })) as {
    content: Buffer
    name: string
  }
  expect(given.content.toString()).toMatch(/^\^XA/)
  expect(given.name).toBe(`${code}.zpl`)
  const sheet = must(await perform(askLabel, world, clerk, { org: 'P', bag: code, as: 'pdf' })) as { content: Buffer }
  expect(sheet.content.subarray(0, 5).toString()).toBe('%PDF-')
  const wrong = code.replace(/.$/, digit => String((Number(digit) + 1) % 10))
  expect(await perform(askLabel, world, clerk, { org: 'P', bag: wrong, as: 'pdf' })).toMatchObject({
    problems: [{ code: 'mail/bag/check' }],
  })
})
