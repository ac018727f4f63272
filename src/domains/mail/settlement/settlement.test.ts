import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../../kernel/figures/explain.ts'
import { figure } from '../../../kernel/figures/figure.ts'
import { rebuild } from '../../../kernel/figures/rebuild.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { perform } from '../../../kernel/operation.ts'
import { createMany } from '../../../kernel/records/records.ts'
import { must } from '../../../kernel/result.ts'
import { takeIn } from '../events/intake.ts'
import { sign } from '../handover/sign.ts'
import {
  A,
  AIR,
  B,
  bag,
  C,
  clerk,
  D,
  instant,
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
import { askEntries, askStatement, settleDispute } from './statement.ts'

let world: MailWorld
const counters = new Map<string, Phone>()
let driver: Phone
beforeAll(async () => {
  world = await mailWorld()
  for (const [office, org] of [
    [A, 'P-A'],
    [B, 'P-B'],
    [C, 'P-C'],
    [D, 'P-D'],
    [AIR, 'P-C'],
  ] as const)
    counters.set(office, await phone(world, `scanner-${office}`, org, office))
  driver = await phone(world, 'driver-1', 'P-R')
})
afterAll(() => world.store.close())

const send = (signatures: readonly ReturnType<typeof signed>[]) => perform(sign, world, clerk, { org: 'P', signatures })
const take = (scans: readonly unknown[]) => takeIn(world, clerk, must(world.orgs.find('P')), scans)

interface Statement {
  lines: { office: string; route: string | null; sort: string; bags: number; metres: number; amount: number }[]
  total: number
}
const statement = async (of: object = {}, org = 'P') =>
  must(await perform(askStatement, world, clerk, { org, month: '2025-06', ...of })) as Statement

/** Stops of the round in their order, with the minute at which a bag gets on or off. */
const PLACES = [A, B, C, D, AIR]
const minuteAt = (office: string) => STOPS.findLast(stop => stop.office === office)!.arrives
const time = (office: string) =>
  instant(
    `${String(8 + Math.floor(minuteAt(office) / 60)).padStart(2, '0')}:${String(minuteAt(office) % 60).padStart(2, '0')}`,
  )

let serial = 0
/** All that happens to a bag from one office to another on the run, in signatures and scans. */
function journey(from: number, to: number) {
  const [origin, destination] = [PLACES[from]!, PLACES[to]!]
  const code = bag(++serial, origin, destination)
  const on = list(origin, RUN, time(origin), [code])
  const off = list(RUN, destination, time(destination), [code])
  return {
    origin,
    metres: STOPS.slice(
      STOPS.findIndex(stop => stop.office === origin) + 1,
      1 +
        STOPS.findIndex((stop, i) => i > STOPS.findIndex(one => one.office === origin) && stop.office === destination),
    ).reduce((sum, { km }) => sum + km * 1000, 0),
    closed: { subject: code, code: 'CLS', office: origin, time: instant('08:00'), items: 7, weight: 5_000, origin },
    opened: { subject: code, code: 'OPN', office: destination, time: instant('11:00'), items: 7 },
    signatures: [
      signed(counters.get(origin)!, 'giver', on),
      signed(driver, 'receiver', on),
      signed(driver, 'giver', off),
      signed(counters.get(destination)!, 'receiver', off),
    ],
  }
}

test('statements sum to the fen to what a naive count of the journeys owes, whatever order all came in', async () => {
  const legs = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 }))
    .filter(([from, to]) => from < to)
  let owed = 0
  let carried = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(legs, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.nat()),
      async (drawn, stream) => {
        const journeys = drawn.map(([from, to]) => journey(from, to))
        const steps = journeys.flatMap(({ closed, opened, signatures }) => [
          () => take([closed]),
          () => take([opened, closed]),
          ...signatures.map(one => () => send([one])),
        ])
        for (const [, step] of steps
          .map(one => [stream.next().value as number, one] as const)
          .toSorted(([a], [b]) => a - b))
          await step()
        for (const { metres } of journeys) {
          owed += Math.round((metres * 1200) / 100_000) + 7 * 3
          carried++
        }
        const { lines, total } = await statement()
        expect(total).toBe(owed)
        expect(lines.filter(({ sort }) => sort === 'carry').reduce((sum, { bags }) => sum + bags, 0)).toBe(carried)
        const value = must(
          await figure(world, clerk, { indicator: 'mail.settlement', org: 'P', period: '2025-06' }),
        ).value
        expect(value).toBe(total)
      },
    ),
    { numRuns: 10, seed: 7300 },
  )
  expect((await rebuild(world)).differing).toEqual([])
})

describe("a month's settlement", () => {
  test('of a route opens to the bags carried, each once', async () => {
    const { lines } = await statement()
    const asked = { indicator: 'mail.bags-settled', org: 'P', period: '2025-06', where: { route: 'S1' }, limit: 500 }
    const { records, value } = must(await explain(world, clerk, asked))
    const bags = lines.filter(({ route }) => route === 'S1').reduce((sum, one) => sum + one.bags, 0)
    expect(value).toBe(bags)
    expect(new Set(records.map(({ label }) => label)).size).toBeGreaterThan(0)
    const standing = records.reduce(
      (map, { label, value }) => map.set(label!, (map.get(label!) ?? 0) + value),
      new Map<string, number>(),
    )
    expect([...standing.values()].every(n => n === 0 || n === 1)).toBe(true)
    expect([...standing.values()].filter(n => n === 1).length).toBe(bags)
  })

  test('is told to each unit of its own offices alone', async () => {
    const { lines } = await statement({}, 'P-A')
    expect(new Set(lines.map(({ office }) => office))).toEqual(new Set([A]))
  })
})

test('a dispute is settled by entries that reverse, and stays settled when late events come', async () => {
  const { closed, signatures, origin } = journey(0, 2)
  await take([closed])
  for (const one of signatures) await send([one])
  const entries = async () =>
    (
      must(await perform(askEntries, world, clerk, { org: 'P', month: '2025-06', office: origin, limit: 500 })) as {
        entries: { basis: string; bag: string; times: number; amount: number; reason: string | null }[]
      }
    ).entries.filter(one => one.bag === closed.subject && one.basis.startsWith('carry'))
  const { basis } = (await entries())[0]!
  const before = (await statement()).total
  const settle = { org: 'P', basis, reason: '此袋由加班车免费带运', amount: 100 }
  expect(await perform(settleDispute, world, worker(world, 'P-B', 'manager'), { ...settle, org: 'P-B' })).toMatchObject(
    { problems: [{ code: 'mail/unknown-charge' }] },
  )
  expect(must(await perform(settleDispute, world, clerk, settle))).toEqual({ before: 158, after: 100 })
  expect((await statement()).total).toBe(before - 58)
  await take([{ ...closed, time: instant('07:55') }]) // a late event makes the program look at the bag again
  expect((await entries()).map(({ times, amount, reason }) => [times, amount, reason !== null])).toEqual([
    [1, 158, false],
    [-1, 158, true],
    [1, 100, true],
  ])
  expect((await statement()).total).toBe(before - 58)
  expect(await perform(settleDispute, world, clerk, { ...settle, basis: 'carry:x:y' })).toMatchObject({ ok: false })
  expect((await verify(world)).problems).toEqual([])
})

test('a tariff holds from its day on', async () => {
  must(
    await createMany(world, clerk, 'mail.tariff', [
      { org: 'P', fields: { version: 2, since: '2025-06-30', carrying: 2400, handling: 5 } },
    ]),
  )
  const before = (await statement({ office: B })).total
  const { closed, signatures } = journey(1, 2)
  await take([closed])
  for (const one of signatures) await send([one])
  // 7.2 km at 24.00 yuan for 100 km
  expect((await statement({ office: B })).total).toBe(before + 173)
})
