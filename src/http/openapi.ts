import { z } from 'zod'
import { typeSchema } from '../kernel/records/type.ts'
import type { Registry } from '../kernel/registry.ts'
import { ok } from '../kernel/result.ts'
import { type May, pathOf, type Route, route } from './route.ts'
import * as shapes from './shapes.ts'

// The API described from its routes and the ledger's declarations. Source: OpenAPI 3.1.0

type Json = { [name: string]: unknown }

const SCHEMAS = '#/components/schemas/'

/** The description itself, as a route. It is the same for everyone and made once. */
export function openApi(routes: readonly Route[], registry: Registry): Route {
  let made: Json | undefined
  return route(
    {
      name: 'openapi',
      method: 'GET',
      path: '/api/openapi.json',
      bare: true,
      title: { zh: '接口说明', en: 'This description' },
      may: 'anyone',
      answer: z.looseObject({}),
    },
    () => {
      made ??= describe(routes, registry)
      return ok(made)
    },
  )
}

export function describe(routes: readonly Route[], registry: Registry): Json {
  const idOf = naming(routes)
  const paths: { [path: string]: Json } = {}
  for (const one of routes) {
    put(paths, pathOf(one), one, operation(one, idOf))
    // What may be entered differs by record type: each has a path of its own that says so.
    if (one.path === '/types/:type/records' && one.method === 'POST')
      for (const type of registry.types.values()) {
        const path = pathOf(one).replace(':type', encodeURIComponent(type.id))
        const body = entering(type.id)
        put(paths, path, one, {
          ...operation(one, idOf, body),
          operationId: `${one.name}-${type.id}`,
          summary: type.title.zh,
        })
      }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '一录 Yilu',
      version: '1',
      summary: '一录入，全程共享，数字可证',
      description:
        'Record once, share throughout, prove every figure. Errors are problem details (RFC 9457) with `code` and, in ' +
        '`errors`, every problem in Chinese and English. Changes take an `Idempotency-Key`; changes of a record name ' +
        'in `If-Match` the version they are based on. Browsers send the session cookie and, with changes, ' +
        '`X-CSRF-Token`; programs send an API token. Money is in fen, mass in g, length in mm, area in m².',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      schemas: { ...schemas(routes, idOf), ...typeSchemas(registry) },
      responses: {
        Problem: {
          description: 'Refused',
          content: { 'application/problem+json': { schema: { $ref: `${SCHEMAS}Problem` } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'yilu_session', description: 'POST /api/v1/session' },
        token: { type: 'http', scheme: 'bearer', description: 'POST /api/v1/me/tokens' },
      },
    },
  }
}

function put(paths: { [path: string]: Json }, path: string, { method }: Route, described: Json) {
  const key = path.replaceAll(/:([A-Za-z]+)/g, '{$1}')
  paths[key] = { ...paths[key], [method.toLowerCase()]: described }
}

const schemaName = (type: string) => `record.${type}`

/** What is entered of one record type: the shape of every entry, with the type's own fields. */
const entering = (type: string): Json => ({
  allOf: [
    { $ref: `${SCHEMAS}Entered` },
    { type: 'object', properties: { fields: { $ref: SCHEMAS + schemaName(type) } } },
  ],
})

function operation(one: Route, idOf: Naming, body?: Json): Json {
  return {
    operationId: one.name,
    summary: one.title.zh,
    description: `${one.title.en}. ${mayWords(one.may)}`,
    'x-yilu-may': one.may,
    ...(one.may === 'anyone' ? { security: [] } : {}),
    parameters: parametersOf(one),
    ...bodyOf(one, idOf, body),
    responses: { ...answerOf(one, idOf), default: { $ref: '#/components/responses/Problem' } },
  }
}

function mayWords(may: May): string {
  if (may === 'anyone') return 'Anyone may.'
  if (may === 'signed-in') return 'Whoever has signed in may.'
  return `Needs the right to ${may.right} (${may.at}).`
}

function parametersOf(one: Route): Json[] {
  const path = [...one.path.matchAll(/:([A-Za-z]+)/g)].map(match => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = one.query ? (plainSchema(one.query) as { properties?: Json; required?: string[] }) : {}
  const named = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    ...((schema as Json).type === 'object' ? { style: 'deepObject', explode: true } : {}),
    schema,
  }))
  const header = (name: string, required: boolean, description: string) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  })
  return [
    ...path,
    ...named,
    ...(one.ifMatch
      ? [header('If-Match', one.ifMatch === 'needed', 'The ETag that the change is based on, or *')]
      : []),
    ...(one.method !== 'GET' && !one.reads && one.key !== 'never'
      ? [header('Idempotency-Key', false, 'The same key and content again change nothing more')]
      : []),
    ...(one.name === 'live' ? [header('Last-Event-ID', false, 'The last id seen: what came after is told')] : []),
  ]
}

function bodyOf(one: Route, idOf: Naming, body?: Json): Json {
  if (one.body === undefined) return {}
  if (one.body === 'multipart')
    return {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
              required: ['file'],
            },
          },
        },
      },
    }
  const schema = body ?? { $ref: SCHEMAS + idOf(one.body) }
  return { requestBody: { required: true, content: { 'application/json': { schema } } } }
}

function answerOf(one: Route, idOf: Naming): Json {
  const status = String(one.status ?? (one.answer ? 200 : 204))
  if (!one.answer) return { [status]: { description: 'Done' } }
  if (one.answer instanceof z.ZodType) {
    const schema = { $ref: SCHEMAS + idOf(one.answer) }
    return { [status]: { description: 'Good', content: { 'application/json': { schema } } } }
  }
  const content = Object.fromEntries(one.answer.map(mediaType => [mediaType, {}]))
  return { [status]: { description: 'A file or a stream', content } }
}

type Naming = (schema: z.ZodType) => string

/** The name of each schema among the components: its own, or that of the first route that has it. */
function naming(routes: readonly Route[]): Naming {
  const names = new Map<z.ZodType, string>()
  for (const shape of Object.values(shapes)) {
    const id = shape instanceof z.ZodType ? shapes.named.get(shape)?.id : undefined
    if (id) names.set(shape as z.ZodType, id)
  }
  for (const { name, body, answer } of routes) {
    if (body instanceof z.ZodType && !names.has(body)) names.set(body, `${name}Body`)
    if (answer instanceof z.ZodType && !names.has(answer)) names.set(answer, `${name}Answer`)
  }
  return schema => names.get(schema)!
}

const plainSchema = (schema: z.ZodType): Json =>
  withoutMeta(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json)

function schemas(routes: readonly Route[], idOf: Naming): Json {
  const registry = z.registry<{ id: string }>()
  const add = (schema: unknown) => {
    if (schema instanceof z.ZodType && idOf(schema) && !registry.has(schema)) registry.add(schema, { id: idOf(schema) })
  }
  for (const shape of Object.values(shapes)) add(shape)
  for (const { body, answer } of routes) {
    add(body)
    add(answer)
  }
  const made = z.toJSONSchema(registry, { uri: id => SCHEMAS + id, io: 'input', unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(made.schemas).map(([id, schema]) => [id, withoutMeta(schema as Json)]))
}

const typeSchemas = (registry: Registry): Json =>
  Object.fromEntries(
    [...registry.types.values()].map(type => {
      const { yilu, ...schema } = typeSchema(type)
      return [schemaName(type.id), { ...withoutMeta(schema), 'x-yilu': yilu }]
    }),
  )

/** Without what stands for the whole document already, and with our own words marked as such. */
function withoutMeta({ $schema: _schema, $id: _id, ...schema }: Json): Json {
  return marked(schema) as Json
}

function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name === 'yilu' ? 'x-yilu' : name,
      name === 'yilu' ? inner : marked(inner),
    ]),
  )
}
