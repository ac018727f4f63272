import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { clerk, registry, testWorld, visit as visited, type World } from '../../test/world.ts'
import { board } from '../kernel/disclosure/board.ts'
import { action, givenFile, question } from '../kernel/operation.ts'
import { createUnits } from '../kernel/org/change.ts'
import type { Role } from '../kernel/people/actor.ts'
import { createPerson, ROLES } from '../kernel/people/people.ts'
import { create } from '../kernel/records/records.ts'
import { registryOf } from '../kernel/registry.ts'
import { fail, must, ok } from '../kernel/result.ts'
import { notices } from './live.ts'
import { buildServer, type ServerOptions } from './server.ts'

/** A small county with two townships, served on a port of its own; every role stands at township A1. */
export interface Served {
  readonly world: World
  readonly app: FastifyInstance
  readonly base: string
  /** Signs in and gives what asks as that person: cookie and CSRF token go along. */
  as(login: string): Promise<Browser>
  close(): Promise<void>
}

export interface Asked {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  readonly json: any
}

export type Ask = (method: string, path: string, asked?: Asked) => Promise<Answered>

export interface Browser {
  readonly ask: Ask
  readonly cookie: string
  readonly csrf: string
}

export const PASSWORD = 'correct horse battery'

/** One person of each role at A1, one administrator of the whole county, one of a county beside it. */
export const loginOf = (role: Role) => `a1-${role}`

const unit = { org: z.string() }

/** One of each kind: what domains may answer and do beyond records. */
const operations = [
  question(
    'world.echo',
    {
      zh: '回声',
      en: 'Echo',
      input: z.strictObject({ ...unit, words: z.string() }),
      answer: z.strictObject({ said: z.string() }),
    },
    async (_, __, { words }) =>
      words === '安静' ? fail('world/silence', { field: 'words', zh: '没有回声', en: 'No echo' }) : ok({ said: words }),
  ),
  action(
    'world.note',
    {
      zh: '记一笔',
      en: 'Note',
      input: z.strictObject({ ...unit, words: z.string() }),
      answer: z.strictObject({ org: z.string() }),
    },
    async (_, __, { org }) => ok({ org }),
  ),
  givenFile(
    'world.sheet',
    { zh: '一张纸', en: 'A sheet', input: z.strictObject(unit), mediaTypes: ['text/plain'] },
    async () => ok({ content: Buffer.from('纸'), name: '纸.txt', mediaType: 'text/plain' }),
  ),
]

/** Visits that anybody may see until they end. */
const boards = [
  board('world.visits', {
    zh: '走访公示',
    en: 'Visits shown',
    type: visited,
    state: ['open'],
    until: 'endedOn',
    fields: ['place', 'topic', 'people'],
    by: 'topic',
  }),
]

/** The world with a report to draft. */
const reporting = registryOf(
  registry.domains.map(domain => ({
    ...domain,
    operations,
    boards,
    templates: [
      {
        id: 'world.summary',
        title: { zh: '走访工作总结', en: 'Summary of visits' },
        template: '{{ org.name }}{{ period.words }}走访{{ world.visits }}，接待{{ world.people }}。',
      },
    ],
  })),
)

export async function serve(options: ServerOptions = {}): Promise<Served> {
  const board = notices()
  const plain = await testWorld({ registry: reporting })
  const world: World = { ...plain, onTouched: board.post }
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县科技局', nameEn: 'County A' },
      { code: 'A1', kind: 'township', name: '青石镇', parent: 'A' },
      { code: 'A11', kind: 'village', name: '石门村', parent: 'A1' },
      { code: 'A2', kind: 'township', name: '白水镇', parent: 'A' },
      { code: 'B', kind: 'county', name: '乙县科技局' },
    ]),
  )
  const people: readonly (readonly [string, string, Role, string])[] = [
    ...ROLES.map(role => [loginOf(role), 'A1', role, `青石${role}`] as const),
    ['county', 'A', 'administrator', '甲县管理员'],
    ['beside', 'B', 'administrator', '乙县管理员'],
  ]
  for (const [login, org, role, name] of people)
    must(await createPerson(world, clerk, { login, name, password: PASSWORD, grants: [{ org, role }] }))
  const app = await buildServer(world, { notices: board, ...options })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return {
    world,
    app,
    base,
    async as(login) {
      const signedIn = await asking(base)('POST', '/api/v1/session', { body: { login, password: PASSWORD } })
      if (signedIn.status !== 201) throw new Error(signedIn.text)
      const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
      const { csrf } = signedIn.json
      return { cookie, csrf, ask: asking(base, { cookie, 'x-csrf-token': csrf }) }
    },
    async close() {
      await app.close()
      await world.store.close()
    },
  }
}

/** Asks a server; a body is sent as JSON, or as it is when it is a string, a form or bytes. */
export function asking(base: string, always: Readonly<Record<string, string>> = {}): Ask {
  return async (method, path, { body, headers } = {}) => {
    const plain = typeof body === 'string' || body instanceof FormData || body instanceof URLSearchParams
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...always,
        ...(body === undefined || plain ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: plain ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
  }
}

/** A visit as the test world records it. */
export const visitFields = (more: Readonly<Record<string, unknown>> = {}) => ({
  on: '2024-05-18',
  place: '村委会',
  topic: 'rice',
  people: 12,
  ...more,
})

export async function visit(world: World, org = 'A1', more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return must(await create(world, clerk, 'world.visit', { org, fields: visitFields(more) })).id
}
