import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { figure } from '../../../kernel/figures/figure.ts'
import { rebuild } from '../../../kernel/figures/rebuild.ts'
import { verify } from '../../../kernel/journal/verify.ts'
import { perform } from '../../../kernel/operation.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { change } from '../../../kernel/records/records.ts'
import { must } from '../../../kernel/result.ts'
import { closeDespatch } from '../branch/close.ts'
import { openBag } from '../centre/open.ts'
import { takeIn } from '../events/intake.ts'
import { adjudicate } from '../notes/settle.ts'
import {
  A,
  B,
  bag,
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
  signed,
  worker,
} from '../testing.ts'
import { revokeDevice } from './devices.ts'
import { askHandover, sign } from './sign.ts'

let world: MailWorld
let counterA: Phone
let counterB: Phone
let counterC: Phone
let driver: Phone
beforeAll(async () => {
  world = await mailWorld()
  counterA = await phone(world, 'scanner-a', 'P-A', A)
  counterB = await phone(world, 'scanner-b', 'P-B', B)
  counterC = await phone(world, 'scanner-c', 'P-C', C)
  driver = await phone(world, 'driver-1', 'P-R')
})
afterAll(() => world.store.close())

type Outcome = { kept: boolean; state?: string; repeated?: boolean; notes?: string[]; problem?: { code: string } }
const send = async (signatures: readonly ReturnType<typeof signed>[], actor: Actor = clerk) =>
  (must(await perform(sign, world, actor, { org: 'P', signatures })) as { signatures: Outcome[] }).signatures

const piece = async (code: string) => {
  const { rows } = await world.store.pool.query('SELECT * FROM mail_piece WHERE subject LIKE $1', [`${code}%`])
  return rows[0] as { custodian: string; state: string; flags: string[]; since: string } | undefined
}

let serial = 0
/** A bag that A has closed at 09:00, with one item. */
async function closedBag(office = A): Promise<string> {
  const number = item(++serial)
  const time = instant('08:50')
  await takeIn(world, clerk, must(world.orgs.find('P')), [
    { subject: number, code: 'EMA', office, time, weight: 300, destination: '120001' },
  ])
  const done = await perform(closeDespatch, world, clerk, {
    org: 'P',
    office,
    wave: 1,
    time: instant('08:55'),
    bags: [{ destination: C, class: '02', items: [number], ordinary: 0, weight: 1_500 }],
  })
  return (must(done) as { bags: { code: string }[] }).bags[0]!.code
}

describe('a handover', () => {
  test('is complete only when both have signed the same list; the bag is then with the receiver', async () => {
    const code = await closedBag()
    const given = list(A, RUN, '09:10', [code])
    expect(await send([signed(counterA, 'giver', given)])).toMatchObject([{ kept: true, state: 'half' }])
    expect(await piece(code)).toMatchObject({ custodian: `office:${A}` })
    expect(await send([signed(driver, 'receiver', given)])).toMatchObject([{ kept: true, state: 'complete' }])
    expect(await piece(code)).toMatchObject({ custodian: `run:${RUN}`, flags: [] })
  })

  test('is known with both signatures, which verify later', async () => {
    const code = await closedBag()
    const given = list(A, RUN, '09:10', [code])
    await send([signed(driver, 'receiver', given), signed(counterA, 'giver', given)])
    const kept = must(await perform(askHandover, world, clerk, { org: 'P', handover: given.handover })) as {
      state: string
      content: string
      signatures: { role: string; valid: boolean }[]
    }
    expect(kept).toMatchObject({ state: 'complete', signatures: [{ valid: true }, { valid: true }] })
    expect(JSON.parse(kept.content)).toEqual(given)
    await world.store.owner.query(
      `UPDATE mail_signature SET content = replace(content, '${A}', '${B}') WHERE handover = $1`,
      [given.handover],
    )
    const forged = must(await perform(askHandover, world, clerk, { org: 'P', handover: given.handover })) as typeof kept
    expect(forged.signatures.every(({ valid }) => !valid)).toBe(true)
    expect(await perform(askHandover, world, clerk, { org: 'P-B', handover: given.handover })).toMatchObject({
      ok: false,
    })
  })

  test('of two different lists moves nothing and stands out until they sign the same', async () => {
    const [one, two] = [await closedBag(), await closedBag()]
    const given = list(A, RUN, '09:10', [one, two])
    const received = { ...given, pieces: [one] }
    expect(await send([signed(counterA, 'giver', given), signed(driver, 'receiver', received)])).toMatchObject([
      { state: 'half' },
      { state: 'differs' },
    ])
    expect(await piece(one)).toMatchObject({ custodian: `office:${A}` })
    const agreed = { ...given, pieces: [one], missing: [two] }
    expect(await send([signed(counterA, 'giver', agreed), signed(driver, 'receiver', agreed)])).toMatchObject([
      { state: 'differs' },
      { state: 'complete', notes: [expect.any(String)] },
    ])
    expect(await piece(one)).toMatchObject({ custodian: `run:${RUN}` })
    expect(await piece(two)).toMatchObject({ custodian: `office:${A}` })
  })

  test('tells how late it was, and counts for the route', async () => {
    const handed = async (punctual: string) =>
      must(
        await figure(world, clerk, {
          indicator: 'mail.bags-handed',
          org: 'P',
          period: '2025-06',
          where: { route: 'S1', punctual },
        }),
      ).value!
    const [early, late] = [await handed('true'), await handed('false')]
    const [one, two] = [await closedBag(), await closedBag()]
    for (const [code, time] of [
      [one, '08:30'],
      [two, '08:50'],
    ] as const) {
      const given = list(A, RUN, time, [code])
      await send([signed(counterA, 'giver', given), signed(driver, 'receiver', given)])
    }
    expect([await handed('true'), await handed('false')]).toEqual([early + 1, late + 1])
  })
})

describe('a signature', () => {
  test('sent again is no news, and one of the same number for another list is refused', async () => {
    const [one, two] = [await closedBag(), await closedBag()]
    const given = list(A, RUN, '09:10', [one])
    const mine = signed(counterA, 'giver', given)
    expect(await send([mine, mine])).toMatchObject([{ kept: true }, { kept: true, repeated: true }])
    counterA.counter--
    const again = signed(counterA, 'giver', list(A, RUN, '09:12', [two]))
    expect(await send([again])).toMatchObject([{ kept: false, problem: { code: 'mail/replayed' } }])
    expect(await piece(two)).toMatchObject({ custodian: `office:${A}` })
    const { rows } = await world.store.pool.query(`SELECT reason FROM mail_quarantine WHERE reason = 'mail/replayed'`)
    expect(rows).toHaveLength(1)
  })

  test('of one list does not do for another, nor in another role or by another device', async () => {
    const code = await closedBag()
    const mine = signed(counterA, 'giver', list(A, RUN, '09:10', [code]))
    const other = { ...mine, content: signed(driver, 'giver', list(A, RUN, '09:11', [code])).content }
    expect(await send([other, { ...mine, role: 'receiver' as const }, { ...mine, device: 'driver-1' }])).toMatchObject([
      { problem: { code: 'mail/signature' } },
      { problem: { code: 'mail/signature' } },
      { problem: { code: 'mail/signature' } },
    ])
  })

  test('by a device counts only for its own office or the runs of its unit', async () => {
    const code = await closedBag()
    const given = list(A, RUN, '09:10', [code])
    expect(await send([signed(counterB, 'giver', given), signed(counterA, 'receiver', given)])).toMatchObject([
      { problem: { code: 'mail/not-party' } },
      { problem: { code: 'mail/not-party' } },
    ])
  })

  test.each([
    ['no JSON', () => '{', 'mail/list'],
    ['no list', () => JSON.stringify({}), 'mail/list'],
  ])('of %s is refused', async (_, content, code) => {
    const mine = { ...signed(counterA, 'giver', list(A, RUN, '09:10', [])), content: content() }
    expect(await send([mine])).toMatchObject([{ kept: false, problem: { code } }])
  })

  test('of what is no list that can be, is refused with the reason', async () => {
    const code = await closedBag()
    const wrongDigit = code.replace(/.$/, digit => String((Number(digit) + 1) % 10))
    const lists = [
      [list(A, RUN, '09:10', [wrongDigit]), 'mail/bag/check'],
      [list(A, RUN, '19:00', [code]), 'mail/future'],
      [list(A, 'S9-20250630-1', '09:10', [code]), 'mail/unknown-run'],
      [list(A, RUN, '09:10', [code], { office: B }), 'mail/list'],
      [list(A, RUN, '09:10', [code, code]), 'mail/list'],
      [list('10000999', RUN, '09:10', [code]), 'mail/unknown-office'],
    ] as const
    for (const [wrong, problem] of lists)
      expect(await send([signed(counterA, 'giver', wrong)])).toMatchObject([
        { kept: false, problem: { code: problem } },
      ])
  })

  test('after the device was revoked is refused; earlier ones stand, and what claims to be earlier waits for a person', async () => {
    const stolen = await phone(world, 'stolen', 'P-A', A)
    const [one, two] = [await closedBag(), await closedBag()]
    const before = list(A, RUN, '09:10', [one])
    await send([signed(stolen, 'giver', before), signed(driver, 'receiver', before)])
    world.at('18:10')
    must(await perform(revokeDevice, world, clerk, { org: 'P-A', device: 'stolen', reason: '遗失' }))
    world.at('18:20')
    const after = list(A, RUN, '18:15', [two])
    expect(await send([signed(stolen, 'giver', after)])).toMatchObject([
      { kept: false, problem: { code: 'mail/revoked' } },
    ])
    const backdated = list(A, RUN, '09:15', [two])
    expect(await send([signed(stolen, 'giver', backdated)])).toMatchObject([
      { problem: { code: 'mail/revoked-since' } },
    ])
    expect(await piece(one)).toMatchObject({ custodian: `run:${RUN}` })
    expect(await piece(two)).toMatchObject({ custodian: `office:${A}` })
    expect(must(await perform(askHandover, world, clerk, { org: 'P', handover: before.handover }))).toMatchObject({
      state: 'complete',
    })
  })

  test('is taken from who works for the device, and from nobody else', async () => {
    const given = list(A, RUN, '09:10', [await closedBag()])
    expect(await send([signed(counterA, 'giver', given)], worker(world, 'P-B'))).toMatchObject([
      { problem: { code: 'permission/denied' } },
    ])
    counterA.counter--
    expect(await send([signed(counterA, 'giver', given)], worker(world, 'P-A'))).toMatchObject([{ kept: true }])
  })
})

test('a whole day of offline phones gives the same in any order of their syncing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async stream => {
      const codes = await Promise.all([closedBag(), closedBag(), closedBag(B)])
      const [one, two, three] = codes as [string, string, string]
      const atA = list(A, RUN, '09:10', [one, two])
      const atB = list(B, RUN, '09:30', [three])
      const atC = list(RUN, C, '10:00', [one, three], { missing: [two] })
      const all = [
        signed(counterA, 'giver', atA),
        signed(driver, 'receiver', atA),
        signed(counterB, 'giver', atB),
        signed(driver, 'receiver', atB),
        signed(driver, 'giver', atC),
        signed(counterC, 'receiver', atC),
      ]
      const shuffled = [...all, all[2]!]
        .map(one => [stream.next().value as number, one] as const)
        .toSorted(([a], [b]) => a - b)
      for (const [, one] of shuffled) await send([one])
      expect((await Promise.all(codes.map(piece))).map(found => [found!.custodian, found!.flags])).toEqual([
        [`office:${C}`, []],
        [`run:${RUN}`, []], // missing: it stays with the giver
        [`office:${C}`, []],
      ])
    }),
    { numRuns: 12, seed: 7300 },
  )
})

describe('a verification note', () => {
  test('appears at the office responsible at once, waits there 24 hours, and is answered in a permitted way alone', async () => {
    const code = await closedBag()
    const given = list(A, RUN, '09:10', [], { missing: [code] })
    const [, done] = await send([signed(counterA, 'giver', given), signed(driver, 'receiver', given)])
    const id = done!.notes![0]!
    const { rows } = await world.store.pool.query<{ org: number; state: string; fields: Record<string, string> }>(
      'SELECT org, state, fields FROM record WHERE id = $1',
      [id],
    )
    const { org, state, fields } = rows[0]!
    expect(world.orgs.byId(org)?.code).toBe('P-A')
    expect(state).toBe('open')
    expect(fields).toMatchObject({ kind: 'missing', subject: code, custodian: `office:${A}` })
    expect(Date.parse(fields.due!) - Date.parse(fields.made!)).toBe(24 * 3_600_000)
    const clerkA = worker(world, 'P-A')
    expect(await change(world, clerkA, id, { state: 'answered' })).toMatchObject({
      problems: [{ code: 'mail.note-answered/answer' }],
    })
    const answer = { state: 'answered', fields: { answer: 'objected', reply: '有交接签名' } }
    expect(await change(world, clerkA, id, answer)).toMatchObject({ problems: [{ code: 'mail.note-answered/proof' }] })
    expect(await change(world, worker(world, 'P-B'), id, answer)).toMatchObject({ ok: false })
    must(
      await change(world, clerkA, id, {
        state: 'answered',
        fields: { answer: 'accepted', reply: '漏装，已随二频补发' },
      }),
    )
    expect(await change(world, clerkA, id, { state: 'settled' })).toMatchObject({ ok: false })
    must(await change(world, worker(world, 'P-A', 'manager'), id, { state: 'settled' }))
  })

  test('is settled by a finding, which alone moves what was missing', async () => {
    const code = await closedBag()
    const found = { org: 'P-C', number: code, to: `office:${C}`, reason: '在中心局场地找到' }
    expect(
      await perform(adjudicate, world, worker(world, 'P-C', 'manager'), { ...found, number: 'RA000000058CN' }),
    ).toMatchObject({
      problems: [{ code: 'mail/s10/check' }],
    })
    expect(must(await perform(adjudicate, world, worker(world, 'P-C', 'manager'), found))).toEqual({
      from: `office:${A}`,
      to: `office:${C}`,
    })
    expect(await piece(code)).toMatchObject({ custodian: `office:${C}`, flags: [] })
  })

  test('is made of every difference when a bag is opened', async () => {
    const code = await closedBag()
    const inside = item(serial)
    const toRun = list(A, RUN, '09:10', [code])
    const toCentre = list(RUN, C, '10:00', [code])
    await send([
      signed(counterA, 'giver', toRun),
      signed(driver, 'receiver', toRun),
      signed(driver, 'giver', toCentre),
      signed(counterC, 'receiver', toCentre),
    ])
    const strange = item(900_001)
    const opened = {
      org: 'P',
      office: C,
      bag: code,
      time: instant('10:30'),
      found: [strange],
      weight: 4_000,
      seal: 'broken',
    }
    const done = must(await perform(openBag, world, clerk, opened)) as {
      missing: string[]
      surplus: string[]
      notes: string[]
    }
    expect(done).toMatchObject({ missing: [inside], surplus: [strange] })
    expect(done.notes).toHaveLength(4)
    expect(await piece(code)).toMatchObject({ state: 'opened', custodian: 'ended' })
    expect(await perform(openBag, world, clerk, opened)).toMatchObject({ problems: [{ code: 'mail/opened' }] })
    expect(await perform(openBag, world, worker(world, 'P-B'), opened)).toMatchObject({
      problems: [{ code: 'permission/denied' }],
    })
  })
})

test('every bag is settled exactly once for its leg, and the month opens to the bags carried', async () => {
  const value = async (indicator: string) =>
    must(await figure(world, clerk, { indicator, org: 'P', period: '2025-06', where: { route: 'S1' } })).value
  const [bags, fen] = [(await value('mail.bags-settled'))!, (await value('mail.settlement'))!]
  const code = await closedBag()
  const toRun = list(A, RUN, '09:10', [code])
  const toCentre = list(RUN, C, '10:00', [code])
  const all = [
    signed(driver, 'giver', toCentre),
    signed(counterC, 'receiver', toCentre),
    signed(counterA, 'giver', toRun),
    signed(driver, 'receiver', toRun),
  ]
  await send(all)
  await send(all)
  // 13.2 km from A to C at 12.00 yuan for 100 km: 1.584 yuan
  expect([await value('mail.bags-settled'), await value('mail.settlement')]).toEqual([bags + 1, fen + 158])
  expect((await rebuild(world)).differing).toEqual([])
  expect((await verify(world)).problems).toEqual([])
})

test('a handover of 200 bags is one transaction', async () => {
  const bags = Array.from({ length: 200 }, (_, i) => bag(5_000 + i, A, D))
  const given = list(A, RUN, '09:10', bags)
  const [, done] = await send([signed(counterA, 'giver', given), signed(driver, 'receiver', given)])
  expect(done).toMatchObject({ state: 'complete' })
  const { rows } = await world.store.pool.query(
    `SELECT count(DISTINCT seq) AS entries, count(*) AS n FROM mail_event WHERE handover = $1`,
    [given.handover],
  )
  expect(rows).toEqual([{ entries: 1, n: 200 }])
})
