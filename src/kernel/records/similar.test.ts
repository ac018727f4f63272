import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { createUnits } from '../org/change.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import { count, day, personalName, text } from './fields.ts'
import { erase } from './personal.ts'
import { change, confirm, create, createMany, voidRecord } from './records.ts'
import { similarTo } from './similar.ts'
import { computed, recordType } from './type.ts'
import { undo } from './undo.ts'

const talk = recordType('talk', {
  title: { zh: '讲座', en: 'Talk' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    title: text({ zh: '题目', en: 'Title', max: 80 }),
    speaker: personalName({ zh: '主讲人', en: 'Speaker' }).optional(),
    heard: count({ zh: '人数', en: 'Heard' }),
  }),
  like: ['on', 'title', 'speaker'],
})

/** Nobody types what is computed, so that it tells nothing apart while a question is typed. */
const question = recordType('question', {
  title: { zh: '提问', en: 'Question' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    asked: text({ zh: '问题', en: 'Asked', max: 2000 }),
    minutes: count({ zh: '用时', en: 'Minutes' }).optional(),
  }),
  computed: {
    quick: computed({ zh: '及时', en: 'Quick', kind: 'text' }, ({ minutes }) => (Number(minutes) < 30 ? 'yes' : 'no')),
  },
})

let world: World

beforeAll(async () => {
  world = await testWorld({
    registry: registryOf([domain('talks', { zh: '讲座', en: 'Talks', types: [talk, question], indicators: {} })]),
  })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'B', kind: 'township', name: '乙镇', parent: 'A' },
    ]),
  )
})
afterAll(() => world.store.close())

let days = 0
/** A day of its own for each test. */
const aDay = () => new Date(Date.UTC(2024, 0, ++days)).toISOString().slice(0, 10)
const said = (on: string, more: object = {}) => ({
  org: 'A',
  fields: { on, title: '水稻栽培', speaker: '张三丰', heard: 30, ...more },
})
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const found = async (on: string, more: object = {}) =>
  must(await similarTo(world, clerk, 'talk', said(on, more))).map(record => record.id)

test('a record that looks like one that is there is refused, named, and saved when that is meant', async () => {
  const on = aDay()
  const { id } = must(await create(world, clerk, 'talk', said(on)))
  expect(await create(world, clerk, 'talk', said(on, { heard: 31 }))).toMatchObject({
    problems: [{ code: 'record/similar', records: [id] }],
  })
  must(await create(world, clerk, 'talk', { ...said(on), org: 'B' }))
  must(await create(world, clerk, 'talk', said(on, { heard: 31 }), { allowSimilar: true }))
  must(await create(world, clerk, 'talk', said(on, { speaker: '李时珍' })))
})

test('of many rows each similar one is named, and nothing is saved', async () => {
  const on = aDay()
  const { id } = must(await create(world, clerk, 'talk', said(on)))
  const rows = [said(on, { title: '养猪' }), said(on), said(on, { title: '养猪' })]
  expect(await createMany(world, clerk, 'talk', rows)).toMatchObject({
    problems: [
      { code: 'record/similar', row: 1, records: [id], rows: [] },
      { code: 'record/similar', row: 2, records: [], rows: [0] },
    ],
  })
  const twice = [said(on, { title: '养猪' }), said(on, { title: '养猪' })]
  expect(await createMany(world, clerk, 'talk', twice)).toMatchObject({ problems: [{ row: 1, rows: [0] }] })
  expect(await found(on, { title: '养猪' })).toEqual([])
})

test('while typing, records alike and records of the day with the same text come up, the former first', async () => {
  const on = aDay()
  const alike = must(await create(world, clerk, 'talk', said(on))).id
  const near = must(await create(world, clerk, 'talk', said(on, { title: '水稻 栽培！', speaker: '李时珍' }))).id
  expect(await found(on)).toEqual([alike, near])
  expect(await found(on, { speaker: null, heard: undefined })).toEqual([near, alike])
  expect(await found(on, { title: ' ', speaker: null })).toEqual([])
  expect(await found(aDay())).toEqual([])
  const except = must(await similarTo(world, clerk, 'talk', { ...said(on), except: alike }))
  expect(except.map(record => record.id)).toEqual([near])
  expect(await found('2024-02-30')).toEqual([])
  expect(must(await similarTo(world, clerk, 'talk', { org: 'A', fields: null }))).toEqual([])
})

test('a text that is computed does not keep records with the same question from coming up', async () => {
  const asked = { org: 'A', fields: { on: aDay(), asked: '稻飞虱怎么治？', minutes: 10 } }
  const { id } = must(await create(world, clerk, 'question', asked))
  const typed = { org: 'A', fields: { on: asked.fields.on, asked: '稻飞虱怎么治' } }
  expect(must(await similarTo(world, clerk, 'question', typed)).map(record => record.id)).toEqual([id])
})

test('a record keeps looking like itself through confirmation, change and undo, and no longer when void or erased', async () => {
  const on = aDay()
  const { id } = must(await create(world, clerk, 'talk', said(on)))
  const again = async () => codes(await create(world, clerk, 'talk', said(on)))
  must(await confirm(world, clerk, id))
  expect(await again()).toEqual(['record/similar'])
  must(await change(world, clerk, id, { fields: { heard: 44 } }))
  expect(await again()).toEqual(['record/similar'])
  must(await change(world, clerk, id, { fields: { speaker: '李时珍' } }))
  const other = must(await create(world, clerk, 'talk', said(on))).id
  must(await voidRecord(world, clerk, other, '误'))
  must(await undo(world, clerk, id))
  expect(await again()).toEqual(['record/similar'])
  must(await erase(world, clerk, id, '本人要求'))
  must(await change(world, clerk, id, { fields: { heard: 45 } }))
  must(await voidRecord(world, clerk, must(await create(world, clerk, 'talk', said(on))).id, '误'))
})

test('one who may not enter there is shown nothing', async () => {
  const nobody = { person: null, name: '', from: 'test', grants: [] }
  expect(codes(await similarTo(world, nobody, 'talk', said(aDay())))).toEqual(['permission/denied'])
})
