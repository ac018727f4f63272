import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { boardPage } from '../../kernel/disclosure/posted.ts'
import { addEvidence } from '../../kernel/evidence/evidence.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor, Role } from '../../kernel/people/actor.ts'
import { history } from '../../kernel/records/read.ts'
import { change, create } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import knowledge from './index.ts'

let world: World
let now: Date
beforeAll(async () => {
  now = new Date('2024-05-18T01:00:00Z')
  world = { ...(await testWorld({ registry: registryOf([knowledge]) })), clock: () => now }
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'city', name: '某市' },
      { code: 'A-1', kind: 'county', name: '甲县', parent: 'A' },
      { code: 'A-2', kind: 'county', name: '乙县', parent: 'A' },
      { code: 'Z', kind: 'city', name: '他市' },
    ]),
  )
})
afterAll(() => world.store.close())
beforeEach(() => {
  now = new Date('2024-05-18T01:00:00Z')
})

const as = (role: Role, code: string): Actor => {
  const { id, path } = world.orgs.byCode(code)!
  return { person: null, name: role, from: 'test', grants: [{ org: id, path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const signed = { reviewer: '植保站长', goodUntil: '2024-12-31' }
const written = (question: string, more: Record<string, unknown> = {}) => ({
  writtenOn: '2024-05-01',
  question,
  crop: 'rice',
  subject: 'pest',
  answer: '按说明用药',
  ...more,
})
const entered = async (org: string, fields: Record<string, unknown>, state = 'reviewed') =>
  must(await create(world, clerk, 'knowledge.answer', { org, fields, state })).id
const suggest = knowledge.operations[0]!
const suggested = async (text: string, more: Record<string, unknown> = {}, actor = as('clerk', 'A-1')) => {
  const answer = suggest.answer!.parse(
    must(await perform(suggest, world, actor, suggest.input.parse({ org: 'A-1', text, ...more }))),
  ) as { question: string }[]
  return answer.map(({ question }) => question)
}
const onBoard = async (org = 'A') =>
  must(await boardPage(world, org, 'knowledge.answers')).posted.map(({ fields }) => fields.question)

test('an answer is offered while it is asked for, once a manager has reviewed it and until its last day', async () => {
  const id = await entered('A-2', written('水稻叶片卷起来，里面有虫，怎么治？'), 'written')
  expect(await suggested('水稻叶子卷了有虫')).toEqual([])
  expect(await onBoard()).toEqual([])
  const reviewed = { state: 'reviewed', fields: signed }
  expect(codes(await change(world, as('clerk', 'A-2'), id, reviewed))).toEqual(['permission/denied'])
  expect(codes(await change(world, clerk, id, { state: 'reviewed' }))).toEqual([
    'knowledge.answer-signed/unsaid',
    'knowledge.answer-signed/unsaid',
  ])
  must(await change(world, as('manager', 'A-2'), id, reviewed))
  const [question] = await onBoard()
  // Another county of the same tree is offered it too: what was reviewed is for everybody.
  expect(await suggested('水稻叶子卷了有虫')).toEqual([question])
  now = new Date('2024-12-31T12:00:00Z')
  expect(await suggested('水稻叶子卷了有虫')).toEqual([question])
  now = new Date('2024-12-31T16:00:00Z')
  expect(await suggested('水稻叶子卷了有虫')).toEqual([])
  expect(await onBoard()).toEqual([])
})

test('what was reviewed is changed only after it was taken back, and every version stays', async () => {
  const id = await entered('A-1', written('早稻几时播种？', signed))
  expect(codes(await change(world, clerk, id, { fields: { answer: '三月' } }))).toEqual([
    'knowledge.answer-unchanged/vouched-for',
  ])
  must(await change(world, clerk, id, { fields: { goodUntil: '2025-12-31' } }))
  must(await change(world, clerk, id, { state: 'written', fields: { answer: '三月上旬' } }))
  must(await change(world, clerk, id, { state: 'reviewed' }))
  const versions = must(await history(world, clerk, id))
  expect(versions.map(({ state, fields }) => [state, fields.answer])).toEqual([
    ['reviewed', '按说明用药'],
    ['reviewed', '按说明用药'],
    ['written', '三月上旬'],
    ['reviewed', '三月上旬'],
  ])
})

test('an entry waits to be reviewed, and again from thirty days before it expires', async () => {
  const waiting = async (id: string) => must(await awaiting(world, clerk, 'A-2')).find(one => one.id === id)
  await entered('A-2', written('晚稻几时播种？'), 'written')
  expect(await waiting('knowledge.answer-unreviewed')).toMatchObject({ count: 1 })
  expect(await waiting('knowledge.answer-expiring')).toBeUndefined()
  now = new Date('2024-12-02T01:00:00Z')
  expect(await waiting('knowledge.answer-expiring')).toMatchObject({ count: 1, late: 0 })
  now = new Date('2025-01-01T01:00:00Z')
  expect(await waiting('knowledge.answer-expiring')).toMatchObject({ count: 1, late: 1 })
})

test('the one most likely meant comes first, of the crop asked for, from this tree alone', async () => {
  for (const question of ['辣椒疫病怎么防治', '辣椒炭疽病怎么防治', '辣椒几时移栽', '拖拉机打不着火'])
    await entered('A-1', written(question, { ...signed, crop: 'chilli' }))
  await entered('A-1', written('茄子疫病怎么防治', { ...signed, crop: 'vegetables' }))
  await entered('Z', written('辣椒疫病他市怎么防治', signed))
  expect((await suggested('辣椒得了疫病'))[0]).toBe('辣椒疫病怎么防治')
  expect((await suggested('疫病怎么防治', { crop: 'vegetables' }))[0]).toBe('茄子疫病怎么防治')
  expect(await suggested('辣椒疫病', { limit: '1' })).toHaveLength(1)
  expect(await suggested('辣椒疫病')).not.toContain('辣椒疫病他市怎么防治')
  for (const nothing of ['', ' ', '\u0000', '？？？', 'xyzzy']) expect(await suggested(nothing)).toEqual([])
})

test('a pest is published with its picture', async () => {
  const fields = {
    writtenOn: '2024-05-01',
    name: '稻纵卷叶螟',
    alias: '刮青虫',
    kind: 'insect',
    crops: ['rice'],
    symptoms: '叶片纵卷成苞',
    control: '二龄前用药',
    ...signed,
  }
  const { id } = must(await create(world, clerk, 'knowledge.harm', { org: 'A-1', fields }))
  expect(codes(await change(world, clerk, id, { state: 'reviewed' }))).toEqual(['knowledge.harm-pictured/missing'])
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const stream = (async function* () {
    yield Buffer.from(png, 'base64')
  })()
  const { sha256 } = must(await addEvidence(world, clerk, id, { name: '螟虫.png', stream }))
  must(await change(world, clerk, id, { state: 'reviewed', fields: { picture: sha256 } }))
  const { posted } = must(await boardPage(world, 'A', 'knowledge.harms', { search: '刮青虫' }))
  expect(posted).toMatchObject([{ fields: { name: '稻纵卷叶螟' } }])
})

test('the calendar says what is to be done for a crop in a season', async () => {
  const fields = {
    writtenOn: '2024-05-01',
    crop: 'rice',
    from: 'm03a',
    until: 'm04b',
    stage: '秧田期',
    work: '浸种催芽，湿润育秧',
    ...signed,
  }
  must(await create(world, clerk, 'knowledge.season', { org: 'A-1', fields, state: 'reviewed' }))
  const { posted } = must(await boardPage(world, 'A-1', 'knowledge.calendar', { by: 'rice' }))
  expect(posted).toMatchObject([{ fields: { from: 'm03a', until: 'm04b', stage: '秧田期' } }])
  expect(must(await boardPage(world, 'A-1', 'knowledge.calendar', { by: 'tea' })).posted).toEqual([])
  expect(
    codes(await create(world, clerk, 'knowledge.season', { org: 'A-1', fields: { ...fields, from: '三月' } })),
  ).toEqual(['field/choice'])
})
