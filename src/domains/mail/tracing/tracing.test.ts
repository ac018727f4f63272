import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { perform } from '../../../kernel/operation.ts'
import { createUnits } from '../../../kernel/org/change.ts'
import { must } from '../../../kernel/result.ts'
import { closeDespatch } from '../branch/close.ts'
import { openBag } from '../centre/open.ts'
import { takeIn } from '../events/intake.ts'
import { sign } from '../handover/sign.ts'
import { A, C, clerk, D, instant, item, list, type MailWorld, mailWorld, phone, RUN, signed } from '../testing.ts'
import { askPublicTrace, askRun, askTrace, askTraceList } from './questions.ts'

// An item goes from A in a bag with the run to C, is sorted there into another bag, goes to D and is delivered. Nobody
// scans the item itself while it is in a bag.

let world: MailWorld
let first = ''
let second = ''
const number = item(1)

beforeAll(async () => {
  world = await mailWorld()
  const [a, c, d, r] = [
    await phone(world, 'scanner-a', 'P-A', A),
    await phone(world, 'scanner-c', 'P-C', C),
    await phone(world, 'scanner-d', 'P-D', D),
    await phone(world, 'driver-1', 'P-R'),
  ]
  const take = (code: string, time: string, office: string, more: object = {}) =>
    takeIn(world, clerk, must(world.orgs.find('P')), [{ subject: number, code, time: instant(time), office, ...more }])
  const close = async (office: string, destination: string, time: string) => {
    const bags = [{ destination, class: '02', items: [number], weight: 900, ordinary: 0 }]
    const done = must(
      await perform(closeDespatch, world, clerk, { org: 'P', office, wave: 1, time: instant(time), bags }),
    )
    return (done as { bags: { code: string }[] }).bags[0]!.code
  }
  const hand = async (from: Awaited<ReturnType<typeof phone>>, to: typeof from, what: ReturnType<typeof list>) =>
    must(
      await perform(sign, world, clerk, {
        org: 'P',
        signatures: [signed(from, 'giver', what), signed(to, 'receiver', what)],
      }),
    )
  const open = (office: string, bag: string, time: string) =>
    perform(openBag, world, clerk, { org: 'P', office, bag, time: instant(time), found: [number] })

  await take('EMA', '08:00', A, { weight: 120, amount: 420, destination: '120001', remark: '收件人王某' })
  first = await close(A, C, '08:10')
  await hand(a, r, list(A, RUN, '08:25', [first]))
  await hand(r, c, list(RUN, C, '09:05', [first]))
  must(await open(C, first, '09:20'))
  second = await close(C, D, '09:40')
  await hand(c, r, list(C, RUN, '09:50', [second]))
  await hand(r, d, list(RUN, D, '10:10', [second]))
  must(await open(D, second, '10:30'))
  await take('EMG', '10:31', D)
  await take('EDG', '10:40', D)
  await take('EMI', '11:30', D)
})
afterAll(() => world.store.close())

interface Chain {
  piece: { state: string; custodian: { kind: string } }
  chain: {
    code: string
    time: string
    inherited: string | null
    officeName: string | null
    custodian: { kind: string; name: string }
  }[]
}
const trace = async (of: string) => must(await perform(askTrace, world, clerk, { org: 'P', number: of })) as Chain

describe('tracing', () => {
  test('tells what happened in the order of time, with what the bags went through', async () => {
    const { piece, chain } = await trace(number)
    expect(chain.map(({ code, inherited }) => [code, inherited])).toEqual([
      ['EMA', null],
      ['PCK', null],
      ['HND', first],
      ['HND', first],
      ['UNP', null],
      ['PCK', null],
      ['HND', second],
      ['HND', second],
      ['UNP', null],
      ['EMG', null],
      ['EDG', null],
      ['EMI', null],
    ])
    expect(chain.map(({ time }) => time)).toEqual(chain.map(({ time }) => time).sort())
    expect(chain[2]!.custodian).toMatchObject({ kind: 'run' })
    expect(piece).toMatchObject({ state: 'delivered', custodian: { kind: 'ended' } })
  })

  test('of a bag tells its own chain, by the code on its label', async () => {
    const { piece, chain } = await trace(first)
    expect(chain.map(({ code }) => code)).toEqual(['CLS', 'HND', 'HND', 'OPN'])
    expect(chain[0]).toMatchObject({ officeName: '东街支局' })
    expect(piece.state).toBe('opened')
  })

  test('refuses a number that cannot be, and says that of another nothing is known', async () => {
    const ask = (of: string) => perform(askTrace, world, clerk, { org: 'P', number: of })
    expect(await ask('RA000000058CN')).toMatchObject({ problems: [{ code: 'mail/s10/check' }] })
    expect(await ask(item(77))).toMatchObject({ problems: [{ code: 'mail/unknown-piece' }] })
    must(await createUnits(world, clerk, [{ code: 'Q', kind: 'administration', name: '另市' }]))
    expect(await perform(askTrace, world, clerk, { org: 'Q', number })).toMatchObject({
      problems: [{ code: 'mail/unknown-piece' }],
    })
  })

  test('of a list tells each in a line, the wrong ones too', async () => {
    const asked = `${number}，${first} ${item(77)}\nRA000000058CN`
    const { pieces } = must(await perform(askTraceList, world, clerk, { org: 'P', numbers: asked })) as {
      pieces: unknown[]
    }
    expect(pieces).toMatchObject([
      { number, found: true, state: 'delivered' },
      { number: first, found: true, state: 'opened' },
      { number: item(77), found: false },
      { found: false, problem: { code: 'mail/s10/check' } },
    ])
  })

  test('by run tells what it was given and gave', async () => {
    const told = must(await perform(askRun, world, clerk, { org: 'P', run: RUN })) as {
      handovers: unknown[]
      aboard: unknown[]
    }
    expect(told.handovers).toHaveLength(4)
    expect(told.aboard).toEqual([])
    expect(await perform(askRun, world, clerk, { org: 'P', run: 'S9-20250630-1' })).toMatchObject({ ok: false })
  })

  test('for the public tells where and when, of items alone, and nothing of bags, weights or persons', async () => {
    const told = must(await perform(askPublicTrace, world, clerk, { number })) as {
      state: unknown
      events: { place: string; what: { zh: string } }[]
    }
    expect(told.events.map(({ place, what }) => `${place} ${what.zh}`)).toEqual([
      '东街支局 收寄',
      '东街支局 离开',
      '中心局 到达',
      '中心局 离开',
      '城南投递局 到达',
      '城南投递局 到达投递局',
      '城南投递局 安排投递',
      '城南投递局 妥投',
    ])
    expect(told.state).toEqual({ zh: '已妥投', en: 'Delivered' })
    expect(JSON.stringify(told)).not.toMatch(/王某|120|420|PCK|S1-/)
    expect(await perform(askPublicTrace, world, clerk, { number: first })).toMatchObject({
      problems: [{ code: 'mail/unknown-piece' }],
    })
  })
})
