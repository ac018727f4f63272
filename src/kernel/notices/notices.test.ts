import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clerk as operating, registry, testWorld, visit, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { createPerson } from '../people/people.ts'
import { change, create, sendBack, submit } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import returns from '../returns/index.ts'
import { submitReturn } from '../returns/steps.ts'
import { startServices } from '../service.ts'
import { mail, sms } from './channels.ts'
import { type Channel, deliver, failedDeliveries, type Message, retry } from './delivery.ts'
import { sending, tellAll } from './index.ts'
import { contactOf, gather, inbox, markRead, setContact } from './notices.ts'

let world: World
let now = Date.parse('2024-06-07T02:00:00Z')
let form: string
const actors = new Map<string, Actor>()

const due = domain('due', {
  zh: '到期',
  en: 'Due',
  types: [],
  indicators: {},
  awaiting: [
    {
      id: 'due.ending',
      title: { zh: '走访将结束', en: 'Visits ending' },
      type: visit,
      due: { field: 'endedOn', days: 7 },
    },
  ],
})

beforeAll(async () => {
  const made = await testWorld({ registry: registryOf([...registry.domains, returns, due]) })
  world = { ...made, clock: () => new Date(now++) }
  const unit = (code: string, kind: string, parent?: string) => ({ code, kind, name: `${code}单位`, parent })
  must(
    await createUnits(world, operating, [
      unit('A', 'county'),
      unit('A-1', 'township', 'A'),
      unit('A-2', 'township', 'A'),
    ]),
  )
  const people: [string, string, Role][] = [
    ['county', 'A', 'manager'],
    ['desk', 'A', 'clerk'],
    ['first', 'A-1', 'clerk'],
    ['reader', 'A-2', 'analyst'],
    ['admin', 'A', 'administrator'],
  ]
  for (const [login, org, role] of people) {
    const { id } = must(await createPerson(world, operating, { login, name: login, grants: [{ org, role }] }))
    const { id: at, path } = world.orgs.byCode(org)!
    actors.set(login, { person: id, name: login, from: 'test', grants: [{ org: at, path, role }] })
  }
  const fields = {
    name: '月报',
    startsOn: '2024-05-01',
    cycle: 'month',
    kinds: 'township',
    dueDays: 5,
    items: [{ code: '1', title: '说明', kind: 'words' }],
  }
  form = must(await create(world, operating, 'returns.form', { org: 'A', state: 'inForce', fields })).id
})
afterAll(() => world.store.close())

const person = (login: string) => actors.get(login)!
const titles = async (login: string) =>
  must(await inbox(world, person(login)))
    .notices.map(notice => notice.title.zh)
    .reverse()
const root = () => world.orgs.byCode('A')!.root

describe('the inbox', () => {
  test('tells each thing once, to those who do the work at the unit or nearest above it', async () => {
    expect(await titles('first')).toEqual(['月报（2024-05）应于2024-06-07前上报'])
    // Nobody enters for A-2 but the county's clerk; who may only read is told nothing.
    expect(await titles('desk')).toEqual(['月报（2024-05）应于2024-06-07前上报'])
    expect(await titles('reader')).toEqual([])
    expect(must(await gather(world, root()))).toEqual({ written: 0 })
    expect(await titles('first')).toHaveLength(1)

    now = Date.parse('2024-06-11T02:00:00Z')
    must(await submitReturn(world, person('first'), { org: 'A-1', form, period: '2024-05', answers: { '1': '无' } }))
    expect(await titles('county')).toEqual(['A-1单位已上报月报（2024-05），待核准'])
    expect(await titles('desk')).toContain('月报（2024-05）已逾期，期限为2024-06-07')
  })

  test('tells of records sent back, again when it happens again, and of days that come near once a week', async () => {
    const fields = { on: '2024-06-01', topic: 'rice', place: '东村', people: 3, endedOn: '2024-06-15' }
    const { id } = must(await create(world, person('first'), 'world.visit', { org: 'A-1', fields }))
    const back = 'A-1单位2024-06-01的走访被退回，待更正'
    for (let i = 0; i < 2; i++) {
      must(await sendBack(world, person('county'), id, '人数不对'))
      expect((await titles('first')).filter(title => title === back)).toHaveLength(i + 1)
      must(await submit(world, person('first'), id))
    }
    const dueOnes = async () => (await titles('first')).filter(title => title.startsWith('A-1单位走访将结束'))
    expect(await dueOnes()).toEqual(['A-1单位走访将结束：1'])
    now = Date.parse('2024-06-18T02:00:00Z')
    expect(await dueOnes()).toEqual(['A-1单位走访将结束：1', 'A-1单位走访将结束：1，其中已过期1'])
    must(await change(world, person('first'), id, { fields: { endedOn: '2025-06-15' } }))
    now = Date.parse('2024-06-25T02:00:00Z')
    expect(await dueOnes()).toHaveLength(2)
  })

  test('is read by its owner alone, and can be marked unread again', async () => {
    const all = must(await inbox(world, person('first')))
    expect(all.unread).toBe(all.notices.length)
    const ids = all.notices.map(notice => notice.id)
    expect(must(await markRead(world, person('desk'), { notices: ids, read: true }))).toEqual({ changed: 0 })
    expect(must(await markRead(world, person('first'), { notices: ids.slice(0, 2), read: true }))).toEqual({
      changed: 2,
    })
    expect(must(await inbox(world, person('first'), { unread: true })).notices).toHaveLength(ids.length - 2)
    expect(must(await markRead(world, person('first'), { notices: 'all', read: false }))).toEqual({ changed: 2 })
  })
})

describe('where notices go', () => {
  test.each([
    ['contact/email', { email: 'nobody' }],
    ['contact/email', { email: 'a@b.c\r\nBcc: d@e.f' }],
    ['contact/phone', { phone: '12345' }],
  ])('%s is refused', async (code, wrong) => {
    const contact = { email: null, phone: null, byMail: true, bySms: false, ...wrong }
    expect(await setContact(world, person('first'), contact)).toMatchObject({ ok: false, problems: [{ code }] })
  })
})

/** What happens that the ones of a test are the only ones to be sent: a record of its own is sent back. */
let visits = 0
async function somethingHappens(login = 'first') {
  const fields = { on: '2024-05-02', topic: 'rice', place: `${++visits}村`, people: 3 }
  const { id } = must(await create(world, operating, 'world.visit', { org: 'A-1', fields }))
  must(await sendBack(world, operating, id, '不对'))
  must(await inbox(world, person(login)))
}
const states = async () =>
  (await world.store.pool.query<{ state: string }>('SELECT state FROM notice_delivery ORDER BY notice')).rows.map(
    row => row.state,
  )

describe('delivery', () => {
  beforeEach(async () => {
    await world.store.pool.query('DELETE FROM notice_delivery')
    must(
      await setContact(world, person('first'), {
        email: 'first@example.cn',
        phone: '13800000000',
        byMail: true,
        bySms: false,
      }),
    )
  })
  const fake = (fails: (message: Message) => Error | null = () => null) => {
    const sent: Message[] = []
    const channel: Channel = {
      id: 'mail',
      async send(message) {
        const error = fails(message)
        if (error) throw error
        sent.push(message)
      },
    }
    return { sent, channel }
  }

  test('sends one message a person, and nothing twice, however many send at once', async () => {
    await somethingHappens()
    await somethingHappens()
    const { sent, channel } = fake()
    await Promise.all([deliver(world, channel), deliver(world, channel), tellAll(world, [channel])])
    expect(sent.flatMap(message => message.notices)).toHaveLength(2)
    expect(new Set(sent.map(message => message.to))).toEqual(new Set(['first@example.cn']))
    expect(await states()).toEqual(['sent', 'sent'])
    expect(await deliver(world, channel)).toEqual({ sent: 0, failed: 0 })
  })

  test('that fails is tried later and later, then given up, shown, and sent once somebody says so', async () => {
    await somethingHappens()
    const broken = fake(() => new Error('connection refused'))
    let tries = 0
    for (let i = 0; i < 40 && (await states())[0] !== 'failed'; i++) {
      tries += (await deliver(world, broken.channel)).failed
      now += 6 * 3_600_000
    }
    expect(tries).toBe(6)
    const [failed, ...others] = await failedDeliveries(world, person('admin'))
    expect([failed, others]).toMatchObject([
      { name: 'first', attempts: 6, error: 'connection refused', state: 'failed' },
      [],
    ])
    expect(await failedDeliveries(world, person('first'))).toEqual([])
    expect(await retry(world, person('first'), [failed!.notice])).toEqual({ retried: 0 })
    expect(await retry(world, person('admin'), [failed!.notice])).toEqual({ retried: 1 })
    const { sent, channel } = fake()
    await deliver(world, channel)
    expect(sent).toHaveLength(1)
  })

  test('waits before it is tried again', async () => {
    await somethingHappens()
    await deliver(world, fake(() => new Error('busy')).channel)
    const { sent, channel } = fake()
    await deliver(world, channel)
    expect(sent).toEqual([])
    now += 2 * 60_000
    await deliver(world, channel)
    expect(sent).toHaveLength(1)
  })

  test('that was cut off is not sent again by itself, but shown', async () => {
    await somethingHappens()
    await world.store.pool.query(`UPDATE notice_delivery SET state = 'sending'`)
    now += 16 * 60_000
    const { sent, channel } = fake()
    await deliver(world, channel)
    expect(sent).toEqual([])
    expect(await failedDeliveries(world, person('admin'))).toMatchObject([{ state: 'failed' }])
  })
})

/** A mail server on this machine that keeps what it gets and refuses one address. */
async function mailServer() {
  const got: { to: string; text: string }[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith('nobody') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        got.push({ to: session.envelope.rcptTo.map(one => one.address).join(), text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    got,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

const decoded = (text: string) => {
  const [, body = ''] = text.split(/\r?\n\r?\n(.*)/s)
  return /base64/.test(text)
    ? Buffer.from(body, 'base64').toString()
    : Buffer.from(
        body
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString()
}

describe('channels', () => {
  test('mail reaches a real server, in the language of the person; a refused address is given up at once', async () => {
    await world.store.pool.query('DELETE FROM notice_delivery')
    const server = await mailServer()
    const channel = mail({ url: server.url, from: 'yilu@example.cn', site: 'https://yilu.example.cn' })
    try {
      await somethingHappens()
      expect(await deliver(world, channel)).toEqual({ sent: 1, failed: 0 })
      expect(server.got[0]!.to).toBe('first@example.cn')
      expect(decoded(server.got[0]!.text)).toMatch(/走访被退回，待更正\s+https:\/\/yilu\.example\.cn\/app\/records\//)
      expect(server.got[0]!.text).toMatch(/Message-ID: <[0-9a-f-]{36}@yilu>/)

      must(
        await setContact(world, person('first'), {
          email: 'nobody@example.cn',
          phone: null,
          byMail: true,
          bySms: false,
        }),
      )
      await somethingHappens()
      expect(await deliver(world, channel)).toEqual({ sent: 0, failed: 1 })
      expect(await failedDeliveries(world, person('admin'))).toMatchObject([{ state: 'failed', attempts: 1 }])
    } finally {
      channel.close()
      await server.close()
    }
  })

  test('short messages go to a gateway', async () => {
    const asked: { body: string; headers: IncomingMessage['headers'] }[] = []
    let status = 200
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      asked.push({ body, headers: request.headers })
      response.writeHead(status).end('no')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const channel = sms({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`, token: 't' })
    const title = { zh: '月报应上报', en: 'Report due' }
    const message: Message = { id: 'x', to: '13800000000', language: 'zh', notices: [{ title, link: '/' }] }
    await channel.send(message)
    expect(asked[0]!.headers.authorization).toBe('Bearer t')
    expect(JSON.parse(asked[0]!.body)).toEqual({ id: 'x', to: '13800000000', text: '【一录】月报应上报' })
    status = 500
    await expect(channel.send(message)).rejects.toThrow('500 no')
    server.close()
  })

  test('the service sends what there is when it is set up, and is not there otherwise', async () => {
    await world.store.pool.query('DELETE FROM notice_delivery')
    must(
      await setContact(world, person('first'), { email: 'first@example.cn', phone: null, byMail: true, bySms: false }),
    )
    const server = await mailServer()
    await somethingHappens()
    const start = (env: Record<string, string>) => startServices([sending], world, env, () => undefined)
    await (await start({})).close()
    expect(await states()).toEqual(['waiting'])
    const running = await start({ YILU_SMTP_URL: server.url })
    await expect.poll(() => server.got.length, { timeout: 10_000 }).toBe(1)
    await running.close()
    await server.close()
    expect((await contactOf(world, person('first'))).email).toBe('first@example.cn')
  })
})
