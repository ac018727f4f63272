import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../../kernel/figures/explain.ts'
import { figure } from '../../../kernel/figures/figure.ts'
import { rebuild } from '../../../kernel/figures/rebuild.ts'
import { seal } from '../../../kernel/journal/seal.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { perform } from '../../../kernel/operation.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { createMany } from '../../../kernel/records/records.ts'
import { must } from '../../../kernel/result.ts'
import { backup } from '../../../store/backup.ts'
import { partitionDays } from '../../../store/partitions.ts'
import { restore } from '../../../store/restore.ts'
import { openStore } from '../../../store/store.ts'
import { testDatabase } from '../../../store/testing.ts'
import { A, B, bag, C, clerk, D, instant, item, type MailWorld, mailWorld, worker } from '../testing.ts'
import { walk } from './custody.ts'
import { takeIn } from './intake.ts'
import { historiesOf } from './keep.ts'
import { listQuarantine, settleQuarantine } from './operations.ts'
import { eventOfScan, type Scan } from './scan.ts'

let world: MailWorld
beforeAll(async () => {
  world = await mailWorld()
})
afterAll(() => world.store.close())

const take = (scans: readonly unknown[], actor: Actor = clerk) =>
  takeIn(world, actor, must(world.orgs.find('P')), scans)

const scan = (subject: string, code: string, time: string, office: string, more: Partial<Scan> = {}): Scan => ({
  subject,
  code,
  time: instant(time),
  office,
  ...more,
})

const piece = async (subject: string) => {
  const { rows } = await world.store.pool.query('SELECT * FROM mail_piece WHERE subject LIKE $1', [`${subject}%`])
  return rows[0] as Record<string, unknown> | undefined
}

const value = async (indicator: string, more: { where?: Record<string, string>; org?: string } = {}) =>
  must(await figure(world, clerk, { indicator, org: 'P', period: '2025', ...more })).value

describe('a scan', () => {
  test('is seen at once: the item, who has it, and the figures', async () => {
    const before = await value('mail.accepted', { where: { product: 'ems' } })
    const accepted = scan(item(1, 'ems'), 'EMA', '09:00', A, { destination: '120001', weight: 480, amount: 2_050 })
    expect(await take([accepted])).toEqual({ received: 1, created: 1, repeated: 0, quarantined: [] })
    expect(await piece(item(1, 'ems'))).toMatchObject({
      custodian: `office:${A}`,
      origin: A,
      destination: '120001',
      product: 'ems',
      weight: 480,
      flags: [],
    })
    expect(await value('mail.accepted', { where: { product: 'ems' } })).toBe(before! + 1)
    expect(await value('mail.revenue', { org: 'P-A' })).toBe(2_050)
    expect(await value('mail.accepted-by-step', { where: { step: '00500' } })).toBeGreaterThan(0)
    expect(await value('mail.accepted-by-hour', { where: { hour: '09' } })).toBeGreaterThan(0)
  })

  test('sent again changes nothing, however often and written however', async () => {
    const again = scan(item(2), 'EMA', '09:01', A)
    await take([again])
    const figures = await value('mail.accepted')
    const entries = await world.store.pool.query('SELECT count(*) AS n FROM journal')
    const sloppy = { ...again, subject: ` ${again.subject.toLowerCase()} `, time: '2025-06-30T01:01:00Z' }
    expect(await take([again, sloppy, again])).toMatchObject({ created: 0, repeated: 3, quarantined: [] })
    expect(await value('mail.accepted')).toBe(figures)
    expect(await world.store.pool.query('SELECT count(*) AS n FROM journal').then(({ rows }) => rows)).toEqual(
      entries.rows,
    )
  })

  test('cannot be changed or removed afterwards', async () => {
    await expect(world.store.pool.query(`UPDATE mail_event SET office = 'x'`)).rejects.toThrow('append-only')
    await expect(world.store.owner.query('DELETE FROM mail_event')).rejects.toThrow('append-only')
  })

  test.each([
    ['a wrong check digit', { subject: 'RA000000058CN' }, 'mail/s10/check'],
    [
      'a bag code with a wrong digit',
      { subject: bag(1).replace(/.$/, digit => String((Number(digit) + 1) % 10)), code: 'CLS' },
      'mail/bag/check',
    ],
    ['an unknown office', { office: '99999999' }, 'mail/unknown-office'],
    ['no office', { office: undefined }, 'mail/office-missing'],
    ['an office code of letters', { office: 'ABCDEFGH' }, 'mail/office-code'],
    ['an unknown event', { code: 'XYZ' }, 'mail/code'],
    ['an event that is not for items', { code: 'CLS' }, 'mail/code'],
    ['a time in the future', { time: '2025-06-30T18:30:00+08:00' }, 'mail/future'],
    ['a time long past', { time: '2019-01-01T00:00:00+08:00' }, 'mail/past'],
    ['a time without offset', { time: '2025-06-30T10:00:00' }, 'mail/shape'],
    ['packing without a bag', { code: 'PCK' }, 'mail/bag'],
    ['packing into an item', { code: 'PCK', bag: item(9) }, 'mail/bag'],
    ['an unknown run', { run: 'S9-20250630-1' }, 'mail/unknown-run'],
    ['a handover without signatures', { code: 'HND' }, 'mail/needs-signatures'],
    ['an unknown product', { product: 'drone' }, 'mail/product'],
    ['a postcode of no province', { destination: '990001'.replace('99', '98') }, 'mail/postcode/province'],
    ['a field that nobody knows', { colour: 'red' }, 'mail/shape'],
    ['what no database can hold', { subject: 'RA\u0000', remark: '\ud800' }, 'mail/s10/length'],
  ])('with %s is kept in quarantine with the reason, and does not keep the others out', async (_, wrong, code) => {
    world.at('18:00')
    const good = scan(item(1_000 + Math.floor(Math.random() * 1e6)), 'EMA', '10:00', A)
    const bad = { ...scan(item(3), 'EMA', '10:00', A), ...wrong }
    const outcome = await take([bad, good])
    expect(outcome).toMatchObject({ received: 2, created: 1, quarantined: [{ index: 0, problem: { code } }] })
    expect(outcome.quarantined[0]!.problem.zh).toMatch(/\p{Script=Han}/u)
    const held = must(await perform(listQuarantine, world, clerk, { org: 'P', limit: 500 })) as {
      scans: { reason: string; payload: unknown }[]
    }
    expect(held.scans.map(({ reason }) => reason)).toContain(code)
  })

  test('that is no object at all is kept as it came', async () => {
    expect((await take([null, 7, 'text', []])).quarantined.map(({ problem }) => problem.code)).toEqual(
      Array(4).fill('mail/shape'),
    )
  })

  test('with the identity of another but other content goes to quarantine: nothing is overwritten', async () => {
    const first = scan(item(4), 'EMA', '09:05', A, { weight: 100 })
    await take([first])
    expect((await take([{ ...first, weight: 900 }])).quarantined).toMatchObject([{ problem: { code: 'mail/differs' } }])
    expect(await piece(item(4))).toMatchObject({ weight: 100 })
  })

  test('is refused where one may not work, and taken where one may', async () => {
    const own = scan(item(5), 'EMA', '09:06', A)
    expect((await take([own], worker(world, 'P-B'))).quarantined).toMatchObject([
      { problem: { code: 'permission/denied' } },
    ])
    expect(await piece(item(5))).toBeUndefined()
    expect((await take([own], worker(world, 'P-A', 'auditor'))).created).toBe(0)
    expect((await take([own], worker(world, 'P-A'))).created).toBe(1)
  })
})

test('a scan in quarantine is taken once what was wrong is mended, and only once', async () => {
  const early = scan(item(6), 'EMA', '09:07', '10000301')
  await take([early])
  type Held = { open: number; scans: { id: string; payload: { office?: string } | null }[] }
  const held = async () => must(await perform(listQuarantine, world, clerk, { org: 'P', limit: 500 })) as Held
  const found = (await held()).scans.find(({ payload }) => payload?.office === '10000301')!
  const settle = { org: 'P', id: found.id, how: 'again', reason: '局所已登记' }
  expect(await perform(settleQuarantine, world, clerk, settle)).toMatchObject({ value: { taken: false } })
  const fields = { code: '10000301', name: '北街支局', kind: 'branch', since: '2025-01-01' }
  must(await createMany(world, clerk, 'mail.office', [{ org: 'P-A', fields }]))
  expect(await perform(settleQuarantine, world, clerk, settle)).toMatchObject({ value: { taken: true } })
  expect(await piece(item(6))).toMatchObject({ custodian: 'office:10000301' })
  expect((await held()).scans.some(({ id }) => id === found.id)).toBe(false)
  expect(await perform(settleQuarantine, world, clerk, settle)).toMatchObject({
    problems: [{ code: 'mail/quarantine' }],
  })
})

describe('events of offline phones', () => {
  const life = (serial: number): Scan[] => [
    scan(item(serial), 'EMA', '09:00', A, { destination: '120001', weight: 100 }),
    scan(item(serial), 'PCK', '09:30', A, { bag: bag((serial % 9_000) + 1) }),
    scan(item(serial), 'UNP', '11:00', C, { bag: bag((serial % 9_000) + 1) }),
    scan(item(serial), 'PCK', '11:30', C, { bag: bag((serial % 9_000) + 1, C, D) }),
    scan(item(serial), 'UNP', '14:00', D, { bag: bag((serial % 9_000) + 1, C, D) }),
    scan(item(serial), 'EMG', '14:01', D),
    scan(item(serial), 'EMI', '16:00', D),
  ]

  test('come to the same in any order, in any batches, with repeats: as walking through the set', async () => {
    let serial = 100_000
    const noise = fc.record({
      code: fc.constantFrom('EMA', 'PCK', 'UNP', 'EMG', 'EDG', 'EMI'),
      time: fc.integer({ min: 0, max: 59 }).map(n => `1${n % 6}:${String(n).padStart(2, '0')}`),
      office: fc.constantFrom(A, B, C, D),
      bag: fc.integer({ min: 0, max: 1 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(noise, { maxLength: 4, selector: ({ code, time, office }) => `${code} ${time} ${office}` }),
        fc.infiniteStream(fc.nat()),
        async (noises, stream) => {
          const all = [1, 2, 3].flatMap(() => {
            const own = ++serial
            const strange = noises.map(({ bag: n, ...one }) =>
              scan(
                item(own),
                one.code,
                one.time,
                one.office,
                one.code === 'PCK' || one.code === 'UNP' ? { bag: bag(n + 1) } : {},
              ),
            )
            return [...life(own), ...strange]
          })
          const draw = () => stream.next().value as number
          const sent = [...all, ...all.filter(() => draw() % 4 === 0)]
            .map(one => [draw(), one] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, one]) => one)
          while (sent.length > 0) await take(sent.splice(0, 1 + (draw() % 9)))
          for (const own of [serial - 2, serial - 1, serial]) {
            const events = all
              .filter(({ subject }) => subject === item(own))
              .map(one => must(eventOfScan(one, new Date(instant('18:00')))))
            const { custody } = walk(events)
            expect(await piece(item(own))).toMatchObject({
              custodian: custody.custodian,
              state: custody.state,
              flags: custody.flags,
              flagged: custody.flagged,
              since: custody.since,
            })
          }
        },
      ),
      { numRuns: 40, seed: 7300 },
    )
    expect((await rebuild(world)).differing).toEqual([])
  })

  test('at the same time from several phones neither fail nor double', async () => {
    const all = Array.from({ length: 40 }, (_, i) => life(200_000 + i)).flat()
    const phones = Array.from({ length: 6 }, (_, phone) =>
      all.toSorted((a, b) => (a.subject + a.code + phone < b.subject + b.code + phone ? -1 : 1)),
    )
    const done = await Promise.all(
      phones.map(async (mine, phone) => {
        let created = 0
        const list = phone % 2 ? mine.toReversed() : mine
        for (let i = 0; i < list.length; i += 60) created += (await take(list.slice(i, i + 60))).created
        return created
      }),
    )
    expect(done.reduce((sum, n) => sum + n, 0)).toBe(all.length)
    for (const n of [0, 17, 39]) expect(await piece(item(200_000 + n))).toMatchObject({ state: 'delivered', flags: [] })
  })

  test('give the time an item took once both ends are known, corrected when an end comes late', async () => {
    const subject = item(300_000)
    const timed = () => value('mail.items-timed')
    const before = (await timed())!
    await take([scan(subject, 'EMI', '16:00', D), scan(subject, 'UNP', '12:00', D, { bag: bag(7, A, D) })])
    expect(await timed()).toBe(before)
    await take([
      scan(subject, 'EMA', '09:00', A, { product: 'registered' }),
      scan(subject, 'PCK', '10:00', A, { bag: bag(7, A, D) }),
    ])
    expect(await timed()).toBe(before + 1)
    await take([scan(subject, 'EMI', '15:30', D)]) // the true end, from a phone that was off
    expect(await timed()).toBe(before + 1)
    const { rows } = await world.store.pool.query(
      'SELECT times, minutes FROM mail_transit WHERE subject = $1 ORDER BY seq, place',
      [subject],
    )
    expect(rows).toEqual([
      { times: 1, minutes: 420 },
      { times: -1, minutes: 420 },
      { times: 1, minutes: 390 },
    ])
    expect(await value('mail.items-in-time')).toBe(1)
  })
})

test('the ledger proves every event: figures open to it, verify and rebuild agree', async () => {
  await seal(world)
  const asked = { indicator: 'mail.accepted', org: 'P-A', period: '2025-06', where: { product: 'ems' } }
  const { records, value } = must(await explain(world, clerk, asked))
  expect(records.reduce((sum, one) => sum + one.value, 0)).toBe(value)
  expect(records[0]).toMatchObject({ label: `${item(1, 'ems')} EMA`, proof: { size: expect.any(Number) } })
  expect((await verify(world)).problems).toEqual([])
  expect((await rebuild(world)).differing).toEqual([])
  const { rows } = await world.store.pool.query(
    'SELECT subject, first_day, last_day FROM mail_piece WHERE subject = $1',
    [item(1, 'ems')],
  )
  expect((await historiesOf(world.store.pool, must(world.orgs.find('P')).root, rows)).get(item(1, 'ems'))).toHaveLength(
    1,
  )
})

test('a backup holds the events of every day, and restored they verify and stay append-only', async () => {
  await take([scan(item(400_001), 'EMA', '2025-05-30T10:00:00+08:00', A)])
  const file = join(world.store.dataDir, 'mail.yilu')
  await backup(world.store, file)
  const { databaseUrl, drop } = await testDatabase({ empty: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'yilu-store-'))
  const store = await openStore({ dataDir, databaseUrl })
  try {
    await restore(store, file)
    expect(await partitionDays(store, 'mail_event')).toEqual(await partitionDays(world.store, 'mail_event'))
    const count = 'SELECT count(*) AS n, max(seq) AS seq FROM mail_event'
    expect((await store.pool.query(count)).rows).toEqual((await world.store.pool.query(count)).rows)
    expect((await verify({ ...world, store })).problems).toEqual([])
    await expect(store.owner.query('DELETE FROM mail_event')).rejects.toThrow('append-only')
  } finally {
    await store.close()
    await drop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
