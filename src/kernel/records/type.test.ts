import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestStore, testStore } from '../../store/testing.ts'
import { choice, choices, count, day, instant, personalName, rows, text } from './fields.ts'
import { storedField } from './stored-field.ts'
import { recordType, typeSchema, upgrade } from './type.ts'

const on = day({ zh: '日期', en: 'On' })
const name = text({ zh: '名称', en: 'Name' })
const sorts = { a: { zh: '甲', en: 'A' }, b: { zh: '乙', en: 'B', retired: true }, d: { zh: '丁', en: 'D' } }

/** Four versions: a rename, a name taken over by another field, choices that became others twice, fields added. */
const thing = recordType('thing', {
  title: { zh: '东西', en: 'Thing' },
  changes: [
    { version: 2, renamed: { label: 'title', kind: 'sort' }, added: { size: 1 } },
    { version: 3, choices: { sort: { c: 'b' }, tags: { c: 'b' } }, added: { "it's": '"é"' } },
    { version: 4, renamed: { title: 'name' }, choices: { sort: { b: 'd' }, tags: { b: 'd' } } },
  ],
  day: 'on',
  fields: z.object({
    on,
    name,
    size: count({ zh: '大小', en: 'Size' }),
    "it's": name.optional(),
    sort: choice(sorts, { zh: '种类', en: 'Sort' }).optional(),
    tags: choices(sorts, { zh: '标签', en: 'Tags' }).optional(),
  }),
})

let store: TestStore

beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())

describe('fields stored under an older version', () => {
  test.each([
    [
      1,
      { label: '犁', kind: 'c', tags: ['c', 'a'] },
      { name: '犁', sort: 'd', tags: ['d', 'a'], size: 1, "it's": '"é"' },
    ],
    [2, { title: '犁', sort: 'c', size: 7 }, { name: '犁', sort: 'd', size: 7, "it's": '"é"' }],
    [3, { title: '犁', sort: 'b' }, { name: '犁', sort: 'd' }],
    [4, { name: '犁', sort: 'b' }, { name: '犁', sort: 'b' }],
    [9, { label: '新' }, { label: '新' }],
  ])('%i are read as the present one has them', (version, stored, expected) => {
    expect(upgrade(thing, version, stored)).toEqual(expected)
  })

  test('are the same to the database as to the program', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.dictionary(
          fc.constantFrom('label', 'title', 'name', 'kind', 'sort', 'size', "it's"),
          fc.oneof(fc.constantFrom('a', 'b', 'c', 'd', '"', "'"), fc.integer()),
        ),
        fc.option(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), { nil: undefined }),
        async (version, stored, tags) => {
          const fields = { ...stored, ...(tags?.length ? { tags } : {}) }
          const expected = upgrade(thing, version, fields)
          const names = Object.keys(thing.fields)
          const { rows } = await store.pool.query<{ values: unknown[] }>(
            `SELECT jsonb_build_array(${names.map(one => storedField(thing, one)).join(', ')}) AS values
             FROM (SELECT $1::int AS type_version, $2::jsonb AS fields) r`,
            [version, JSON.stringify(fields)],
          )
          expect(rows[0]!.values).toEqual(names.map(one => expected[one] ?? null))
        },
      ),
      { numRuns: 300 },
    ))
})

describe('a declaration that contradicts itself is found at start', () => {
  const declared = (more: object) => () =>
    recordType('x', { title: { zh: '某', en: 'X' }, day: 'on', fields: z.object({ on, name }), ...more })
  const owner = personalName({ zh: '所有人', en: 'Owner' })

  test.each<[string, object]>([
    ['a day that is none', { day: 'name' }],
    ['a state that leads nowhere', { states: { open: ['done'] } }],
    ['a key of no field', { key: ['number'] }],
    ['a likeness of no field', { like: ['number'] }],
    ['a column of no field', { columns: ['number'] }],
    ['a key of personal data', { fields: z.object({ on, name, owner }), key: ['owner'] }],
    ['personal data in rows', { fields: z.object({ on, all: rows({ owner }, { zh: '全部', en: 'All' }) }) }],
    ['a field of no builder', { fields: z.object({ on, other: z.string() }) }],
  ])('%s', (_, more) => {
    expect(declared(more)).toThrow()
  })
})

test('a type tells its shape as JSON Schema, with titles and hints in both languages', () => {
  const dated = recordType('dated', {
    title: { zh: '时刻', en: 'Dated' },
    day: 'on',
    fields: z.object({ on, at: instant({ zh: '时刻', en: 'At' }).optional() }),
  })
  expect(typeSchema(dated)).toMatchObject({
    title: '时刻',
    type: 'object',
    required: ['on'],
    additionalProperties: false,
    properties: {
      on: { title: '日期', yilu: { kind: 'day', title: { zh: '日期', en: 'On' } } },
      at: { type: 'string' },
    },
    yilu: { type: 'dated', day: 'on', version: 1 },
  })
  expect(dated.schema.parse({ on: '2024-05-18', at: '2024-05-18T08:00:00+08:00' })).toEqual({
    on: '2024-05-18',
    at: '2024-05-18T00:00:00.000Z',
  })
})
