import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { registry as world } from '../../test/world.ts'
import { registry } from '../app.ts'
import { describe as described } from './openapi.ts'
import { pathOf } from './route.ts'
import { apiRoutes } from './routes.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into as it comes
type Document = any

test.each([
  ['the small world', world],
  ['all domains', registry],
])('the description of %s is proper OpenAPI 3.1', async (_, declared) => {
  const document = described(apiRoutes(declared), declared)
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
  expect(document.openapi).toBe('3.1.0')
})

test('every route is described, with who may call it', () => {
  const { paths }: Document = described(apiRoutes(registry), registry)
  for (const route of apiRoutes(registry)) {
    const operation = paths[pathOf(route).replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    expect(operation, route.name).toMatchObject({ operationId: route.name, 'x-yilu-may': route.may })
  }
  const names = apiRoutes(registry).map(route => route.name)
  expect(new Set(names).size).toBe(names.length)
})

test('each record type says what may be entered', () => {
  const { paths, components }: Document = described(apiRoutes(registry), registry)
  for (const type of registry.types.keys()) {
    const { schema } = paths[`/api/v1/types/${type}/records`].post.requestBody.content['application/json']
    expect(schema.allOf[1].properties.fields.$ref).toBe(`#/components/schemas/record.${type}`)
    expect(components.schemas[`record.${type}`].properties).toBeTypeOf('object')
  }
})

test('whatever is referred to is there', () => {
  const document = JSON.stringify(described(apiRoutes(registry), registry))
  const { components }: Document = JSON.parse(document)
  const names = [...document.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(match => match[1]!)
  expect(names.length).toBeGreaterThan(50)
  expect(names.filter(name => !(name in components.schemas))).toEqual([])
})
