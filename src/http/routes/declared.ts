import { z } from 'zod'
import type { Operation } from '../../kernel/declared.ts'
import { formulaText } from '../../kernel/figures/explain.ts'
import type { Indicator } from '../../kernel/figures/indicator.ts'
import { type RecordType, typeSchema } from '../../kernel/records/type.ts'
import { indicatorNamed, type Registry, typeNamed } from '../../kernel/registry.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// What is defined: record types, indicators, report templates.

const shownType = (registry: Registry, type: RecordType) => ({
  type: type.id,
  domain: registry.domainOf(type.id),
  title: type.title,
  schema: typeSchema(type),
})

function shownIndicator(registry: Registry, id: string, indicator: Indicator) {
  const domain = registry.domains.find(one => Object.hasOwn(one.indicators, id))
  return {
    indicator: id,
    domain: domain?.id ?? '',
    title: indicator.title,
    unit: indicator.unit,
    kind: indicator.kind,
    dimensions: [...indicator.by],
    formula: formulaText(id, indicator),
    type: 'type' in indicator ? indicator.type.id : null,
    ...(indicator.kind === 'events'
      ? { fields: Object.fromEntries(indicator.by.map(name => [name, indicator.source.dimensions[name]!.info])) }
      : {}),
  }
}

const shownOperation = ({ id, title, kind, may, on, input }: Operation) =>
  on ? [{ id, title, kind, may, on, input: z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }) }] : []

export const declaredRoutes = [
  route(
    {
      name: 'listDomains',
      method: 'GET',
      path: '/domains',
      title: { zh: '业务', en: 'Domains' },
      may: 'signed-in',
      answer: z.strictObject({
        domains: z.array(
          z.strictObject({
            domain: z.string(),
            title: shapes.words,
            screens: z.array(
              z.strictObject({ id: z.string(), title: shapes.words, help: shapes.words, may: z.string() }),
            ),
            /** What is done or given with the records of a type; `input` is its JSON Schema. */
            operations: z.array(
              z.strictObject({
                id: z.string(),
                title: shapes.words,
                kind: z.string(),
                may: z.string(),
                on: z.strictObject({ type: z.string(), as: z.string().optional(), field: z.string().optional() }),
                input: z.record(z.string(), z.unknown()),
              }),
            ),
          }),
        ),
      }),
    },
    ({ ledger: { registry } }) =>
      ok({
        domains: registry.domains.map(({ id, title, screens, operations }) => ({
          domain: id,
          title,
          screens,
          operations: operations.flatMap(shownOperation),
        })),
      }),
  ),
  route(
    {
      name: 'listTypes',
      method: 'GET',
      path: '/types',
      title: { zh: '台账', en: 'Record types' },
      may: 'signed-in',
      answer: z.strictObject({ types: z.array(shapes.type) }),
    },
    ({ ledger: { registry } }) => ok({ types: [...registry.types.values()].map(type => shownType(registry, type)) }),
  ),
  route(
    {
      name: 'readType',
      method: 'GET',
      path: '/types/:type',
      title: { zh: '台账的定义', en: 'A record type' },
      may: 'signed-in',
      answer: shapes.type,
    },
    ({ ledger: { registry }, params }) => {
      const type = typeNamed(registry, params.type)
      return type.ok ? ok(shownType(registry, type.value)) : type
    },
  ),
  route(
    {
      name: 'listIndicators',
      method: 'GET',
      path: '/indicators',
      title: { zh: '指标', en: 'Indicators' },
      may: 'signed-in',
      answer: z.strictObject({ indicators: z.array(shapes.indicator) }),
    },
    ({ ledger: { registry } }) =>
      ok({ indicators: [...registry.indicators].map(([id, indicator]) => shownIndicator(registry, id, indicator)) }),
  ),
  route(
    {
      name: 'readIndicator',
      method: 'GET',
      path: '/indicators/:indicator',
      title: { zh: '指标的定义', en: 'An indicator' },
      may: 'signed-in',
      answer: shapes.indicator,
    },
    ({ ledger: { registry }, params }) => {
      const indicator = indicatorNamed(registry, params.indicator)
      return indicator.ok ? ok(shownIndicator(registry, params.indicator, indicator.value)) : indicator
    },
  ),
  route(
    {
      name: 'listTemplates',
      method: 'GET',
      path: '/templates',
      title: { zh: '总结和计划的模板', en: 'Report templates' },
      may: 'signed-in',
      answer: z.strictObject({ templates: z.array(shapes.template) }),
    },
    ({ ledger: { registry } }) =>
      ok({
        templates: [...registry.templates.values()].map(({ id, title, kinds }) => ({
          template: id,
          title,
          kinds: kinds ? [...kinds] : null,
        })),
      }),
  ),
]
