import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../test/world.ts'
import { change, createMany } from '../kernel/records/records.ts'
import { must } from '../kernel/result.ts'
import { inTransaction } from '../store/transaction.ts'
import { API } from './route.ts'
import { type Browser, type Served, serve, visit, visitFields } from './testing.ts'

// Updates as they happen, and after a break.

let served: Served
let manager: Browser

beforeAll(async () => {
  served = await serve()
  manager = await served.as('a1-manager')
})
afterAll(() => served.close())

interface Event {
  readonly id: string
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: events are looked into as they come
  readonly data: any
}

/** Listens to a stream; `next` waits for the next event that fits. */
async function listen(query: string, { lastId, browser = manager }: { lastId?: string; browser?: Browser } = {}) {
  const leaving = new AbortController()
  const headers: Record<string, string> = { cookie: browser.cookie, ...(lastId ? { 'last-event-id': lastId } : {}) }
  const response = await fetch(`${served.base}${API}/live?${query}`, { headers, signal: leaving.signal })
  const events: Event[] = []
  const waiting = new Set<() => void>()
  const reading = (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parsed(text.slice(0, end))
        text = text.slice(end + 2)
        if (event) events.push(event)
      }
      for (const wake of waiting) wake()
    }
  })().catch(() => undefined)
  return {
    status: response.status,
    events,
    async next(fits: (event: Event) => boolean): Promise<Event> {
      for (;;) {
        const found = events.findIndex(fits)
        if (found >= 0) return events.splice(0, found + 1).at(-1)!
        await new Promise<void>(resolve => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
    async leave() {
      leaving.abort()
      await reading
    },
  }
}

function parsed(text: string): Event | undefined {
  const lines = text.split('\n').map(line => /^(\w*): ?(.*)$/.exec(line))
  const value = (name: string) => lines.find(line => line?.[1] === name)?.[2]
  const data = value('data')
  return data === undefined ? undefined : { id: value('id') ?? '', event: value('event') ?? '', data: JSON.parse(data) }
}

const figures = (...addresses: string[]) => addresses.map(one => `figures=${encodeURIComponent(one)}`).join('&')
const people = (org: string, period = '2024') => `world.people?org=${org}&period=${period}`
const isFigure = (value: number) => (event: Event) => event.event === 'figure' && event.data.value === value

test('a figure is told at once when it changes, and only then', async () => {
  const stream = await listen(figures(people('A1', '2020'), 'world.people-each?org=A1&period=2020'))
  await stream.next(event => event.event === 'figure' && event.data.address === people('A1', '2020'))
  const id = await visit(served.world, 'A11', { on: '2020-03-01', people: 40 })
  const told = await stream.next(isFigure(40))
  expect(told.data).toEqual({ address: people('A1', '2020'), value: 40, unit: 'person-time' })
  expect(told.id).toMatch(/^\d+(~\d+)?$/)
  await visit(served.world, 'A2', { on: '2020-03-01', people: 7 })
  must(await change(served.world, clerk, id, { fields: { people: 42 } }))
  const next = await stream.next(event => event.event === 'figure' && event.data.address === people('A1', '2020'))
  expect(next.data.value).toBe(42)
  await stream.leave()
})

test('whoever comes back is told what was missed, from the last id on', async () => {
  const stream = await listen('org=A1')
  await stream.next(event => event.event === 'hello')
  const first = await visit(served.world, 'A1')
  const seen = await stream.next(event => event.data.subject === `record:${first}`)
  await stream.leave()
  const missed = [await visit(served.world, 'A1'), await visit(served.world, 'A11')]
  await visit(served.world, 'A2')
  const back = await listen('org=A1', { lastId: seen.id })
  for (const id of missed) await back.next(event => event.data.subject === `record:${id}`)
  const after = await visit(served.world, 'A1')
  const last = await back.next(event => event.event === 'change' && event.data.subject === `record:${after}`)
  expect(last.data).toMatchObject({ action: 'create', org: 'A1', type: 'world.visit' })
  expect(back.events.some(event => event.data.org === 'A2')).toBe(false)
  await back.leave()
})

test('what another program saves is told too, even when it commits after a later change', async () => {
  const stream = await listen('org=A1')
  await stream.next(event => event.event === 'hello')
  let early = ''
  let late = ''
  let positionMeanwhile = ''
  // The world's own notice is not given: as if another process had saved.
  const elsewhere = { ...served.world, onTouched: () => undefined }
  await inTransaction(served.world.store.pool, async client => {
    const entered = [{ org: 'A1', fields: visitFields({ place: '慢' }) }]
    early = must(await createMany(elsewhere, clerk, 'world.visit', entered, { client }))[0]!.id
    late = await visit(elsewhere, 'A1', { place: '快' })
    const told = await stream.next(event => event.data.subject === `record:${late}`)
    positionMeanwhile = told.id
  })
  await stream.next(event => event.data.subject === `record:${early}`)
  await stream.leave()
  // An id given while something was under way leads back before it.
  const back = await listen('org=A1', { lastId: positionMeanwhile })
  await back.next(event => event.data.subject === `record:${early}`)
  await back.leave()
})

test('nothing is told of what may not be read', async () => {
  const refused = async (query: string, code: string) => {
    const answer = await manager.ask('GET', `${API}/live?${query}`)
    expect(answer.json.code).toBe(code)
  }
  await refused('org=A2', 'permission/denied')
  await refused(figures(people('A2')), 'permission/denied')
  await refused(figures('world.nothing?org=A1&period=2024'), 'indicator/unknown')
  await refused(figures('record:1?field=people'), 'live/address')
  await refused(figures(...Array.from({ length: 201 }, (_, i) => people('A1', String(1900 + i)))), 'live/too-many')
})

test('a person has so many streams and no more; one that is left makes room', async () => {
  const analyst = await served.as('a1-analyst')
  const streams = []
  for (let i = 0; i < 6; i++) streams.push(await listen('org=A1', { browser: analyst }))
  const one = await analyst.ask('GET', `${API}/live?org=A1`)
  expect([one.status, one.json.code]).toEqual([429, 'live/too-many'])
  await streams[0]!.leave()
  let again = await listen('org=A1', { browser: analyst })
  // The server learns of a closed connection a moment later.
  for (let tries = 0; again.status === 429 && tries < 200; tries++) again = await listen('org=A1', { browser: analyst })
  expect(again.status).toBe(200)
  for (const stream of [...streams, again]) await stream.leave()
})
