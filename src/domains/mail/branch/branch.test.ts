import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../../kernel/journal/verify.ts'
import { perform } from '../../../kernel/operation.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { must } from '../../../kernel/result.ts'
import { parseBag } from '../codes/bag.ts'
import { takeIn } from '../events/intake.ts'
import { A, B, bag, C, clerk, D, instant, item, type MailWorld, mailWorld, worker } from '../testing.ts'
import { closeDespatch } from './close.ts'
import { type Balance, closeShift } from './shift.ts'

let world: MailWorld
beforeAll(async () => {
  world = await mailWorld()
})
afterAll(() => world.store.close())

const accept = async (serials: readonly number[], time = '09:00', office = A) => {
  const scans = serials.map(serial => ({
    subject: item(serial),
    code: 'EMA',
    office,
    time: instant(time),
    weight: 500,
    destination: '120001',
  }))
  expect((await takeIn(world, clerk, must(world.orgs.find('P')), scans)).quarantined).toEqual([])
}

interface Closed {
  bags: { code: string; items: number; registered: number; from: string; to: string; weight: number }[]
  bill: unknown[]
  repeated: number
}
const bagOf = (items: readonly string[], more: object = {}) => ({
  destination: C,
  class: '02',
  items,
  weight: 500 * items.length + 800,
  ordinary: 0,
  ...more,
})
const close = (bags: readonly object[], more: object = {}, actor: Actor = clerk) =>
  perform(closeDespatch, world, actor, { org: 'P', office: A, wave: 1, time: instant('10:00'), bags, ...more })

describe('closing a despatch', () => {
  test('puts items into bags with codes that read back to them, and draws up the route bill', async () => {
    await accept([1, 2, 3, 4])
    const done = must(
      await close([
        bagOf([item(1), item(2)]),
        bagOf([item(3)]),
        bagOf([item(4)], { destination: D, ordinary: 60, class: '01', weight: 3_000 }),
      ]),
    ) as Closed
    expect(done.bags.map(({ code }) => must(parseBag(code)))).toMatchObject([
      { serial: 1, wave: 1, class: '02', weight: 18, dayOfYear: 181 },
      { serial: 2 },
      { serial: 3, class: '01', destination: { postcode: '120000', serial: 1 } },
    ])
    expect(done.bags[0]).toMatchObject({ from: '东街支局', to: '中心局', items: 2, registered: 2 })
    expect(done.bags[2]).toMatchObject({ items: 61, registered: 1 })
    expect(done.bill).toEqual([
      { to: '中心局', destination: C, bags: 2, weight: 1_800 + 1_300 },
      { to: '城南投递局', destination: D, bags: 1, weight: 3_000 },
    ])
    const { rows } = await world.store.pool.query('SELECT custodian FROM mail_piece WHERE subject = $1', [item(1)])
    expect(rows).toEqual([{ custodian: `bag:${done.bags[0]!.code}-25` }])
  })

  test('twice under its own code does nothing twice; serials of one office follow one another without a gap', async () => {
    await accept([5, 6])
    const own = bag(100, A, C)
    const first = must(await close([bagOf([item(5)], { code: own })])) as Closed
    expect(must(await close([bagOf([item(5)], { code: own })]))).toMatchObject({ repeated: 2 })
    expect(first.bags[0]!.code).toBe(own)
    await accept([7, 8, 9])
    const done = await Promise.all([6, 7, 8, 9].map(serial => close([bagOf([item(serial)])])))
    const serials = done.map(one => must(parseBag((must(one) as Closed).bags[0]!.code)).serial).sort((a, b) => a - b)
    expect(serials).toEqual([101, 102, 103, 104])
  })

  test.each([
    ['an item that is not on hand', () => bagOf([item(999)]), 'mail/not-on-hand'],
    ['an item of another office', () => bagOf([item(20)]), 'mail/not-on-hand'],
    ['an item twice', () => bagOf([item(21), item(21)]), 'mail/twice'],
    ['a wrong check digit', () => bagOf(['RA000000058CN']), 'mail/s10/check'],
    ['an unknown destination', () => bagOf([item(21)], { destination: '99999999' }), 'mail/unknown-office'],
    ['a weight below that of its items', () => bagOf([item(21), item(22)], { weight: 300 }), 'mail/weight-differs'],
    ['a weight far above', () => bagOf([item(21)], { weight: 9_000 }), 'mail/weight-differs'],
    ['a code of another office', () => bagOf([item(21)], { code: bag(1, B, C) }), 'mail/bag-code'],
    ['a code with a wrong digit', () => bagOf([item(21)], { code: bag(7, A, C).replace(/.$/, '') }), 'mail/bag/length'],
  ])('with %s is refused as a whole', async (_, wrong, code) => {
    await accept([20], '09:00', B)
    await accept([21, 22, 23])
    expect(await close([bagOf([item(23)]), wrong()])).toMatchObject({ ok: false, problems: [{ code }] })
    const { rows } = await world.store.pool.query('SELECT custodian FROM mail_piece WHERE subject = $1', [item(23)])
    expect(rows).toEqual([{ custodian: `office:${A}` }])
  })

  test('is for those who work at the office', async () => {
    await accept([30])
    expect(await close([bagOf([item(30)])], {}, worker(world, 'P-B'))).toMatchObject({
      problems: [{ code: 'permission/denied' }],
    })
    expect(await close([bagOf([item(30)])], { time: instant('19:30') })).toMatchObject({
      problems: [{ code: 'mail/future' }],
    })
    expect((await close([bagOf([item(30)])], {}, worker(world, 'P-A'))).ok).toBe(true)
  })
})

describe('the balance of a shift', () => {
  const end = (counted: readonly string[], reason?: string, actor: Actor = clerk) =>
    perform(closeShift, world, actor, { org: 'P', office: B, counted, ...(reason && { reason }) })
  type Done = { shift: number; balanced: boolean; balance: Balance }

  test('holds when all that was accepted was dispatched or is counted, item by item', async () => {
    await accept([41, 42, 43, 44], '09:00', B)
    const done = must(await close([bagOf([item(41), item(42)])], { office: B })) as Closed
    const counted = [item(43), item(44), item(20), done.bags[0]!.code]
    world.at('18:00')
    expect(must(await end(counted))).toMatchObject({
      shift: 1,
      balanced: true,
      balance: {
        forward: 0,
        accepted: 5,
        received: 1,
        dispatched: 2,
        delivered: 0,
        onHand: 4,
        missing: [],
        surplus: [],
      },
    })
  })

  test('is refused with the items that are missing or too many; a reason closes it and is kept', async () => {
    world.at('19:00')
    await accept([45], '18:30', B)
    const counted = [item(43), item(20), item(45), item(777)]
    const refused = await end(counted)
    expect(refused).toMatchObject({
      ok: false,
      problems: [
        { code: 'mail/unbalanced', balance: { missing: expect.arrayContaining([item(44)]), surplus: [item(777)] } },
      ],
    })
    expect(await end(['RA000000058CN'])).toMatchObject({ problems: [{ code: 'mail/s10/check', field: 'counted' }] })
    expect(await end(counted, 'P-A 的人不能交班', worker(world, 'P-A'))).toMatchObject({
      problems: [{ code: 'permission/denied' }],
    })
    expect(must(await end(counted, '一件挂号待查，已报支局长'))).toMatchObject({
      shift: 2,
      balanced: false,
      balance: { accepted: 1 },
    })
    const { rows } = await world.store.pool.query('SELECT reason FROM mail_shift WHERE shift = 2')
    expect(rows).toEqual([{ reason: '一件挂号待查，已报支局长' }])
    expect((await verify(world)).problems).toEqual([])
  })

  test('of the next shift begins with what was on hand', async () => {
    world.at('20:00')
    const { balance } = must(await end([], '盘点另行')) as Done
    expect(balance).toMatchObject({ forward: 5, accepted: 0, dispatched: 0, onHand: 5 })
  })
})
