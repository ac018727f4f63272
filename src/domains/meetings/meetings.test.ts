import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { must } from '../../kernel/result.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

const meeting = (heldOn: string, kind = 'joint') => ({
  title: `${heldOn}会议`,
  kind,
  heldOn,
  chair: '副县长',
  people: 20,
  agenda: '研究科普工作',
})

test('a quarter without joint meeting is flagged, for each county', async () => {
  await at.enter('meetings.meeting', meeting('2024-02-10'))
  await at.enter('meetings.meeting', meeting('2024-05-10', 'office'))
  await at.enter('meetings.meeting', meeting('2024-08-10'))
  await at.enter('meetings.meeting', meeting('2024-11-10'))
  const of = async (org: string) =>
    must(await gaps(at.world, clerk, org, '2024')).find(({ id }) => id === 'meetings.joint')?.missing ?? []
  expect((await of('A')).map(({ what }) => what.zh)).toEqual(['2024年第二季度'])
  expect((await of('S')).filter(({ org }) => org === 'B')).toHaveLength(4)
  // The quarter that lasts is not missing yet.
  const lasting = must(await gaps(at.world, clerk, 'A', '2025')).find(({ id }) => id === 'meetings.joint')
  expect(lasting?.missing.map(({ what }) => what.zh)).toEqual(['2025年第一季度'])
})

test('a decision becomes a task with owner and day, and is done when its tasks are', async () => {
  const held = await at.enter('meetings.meeting', meeting('2025-03-10'))
  const fields = await at.becomes(held, 'meetings.decide')
  expect(fields).toEqual({ meeting: held, decidedOn: '2025-03-10' })
  const decided = { ...fields, number: 1, matter: '服务站选址', responsible: '科技局' }
  const decision = await at.enter('meetings.decision', decided)
  const task = await at.becomes(decision, 'meetings.task-of-decision')
  expect(task).toEqual({ decision, title: '服务站选址', owner: '科技局', unit: 'A', givenOn: '2025-03-10' })
  expect(await at.tried('meetings.task', task)).toEqual(['field/required'])
  const id = await at.enter('meetings.task', { ...task, dueOn: '2025-06-20' })
  const waiting = async (one: string) => must(await awaiting(at.world, clerk, 'A')).find(({ id }) => id === one)
  expect(await waiting('meetings.tasks')).toMatchObject({ count: 1, late: 1 })
  expect(await waiting('meetings.decisions')).toMatchObject({ count: 1 })
  expect(await at.changed(decision, { state: 'done' })).toEqual(['meetings.tasks-first/open-tasks'])
  expect(await at.changed(id, { fields: { doneOn: '2025-06-25' } })).toEqual(['record/missing'])
  expect(await at.changed(id, { fields: { doneOn: '2025-06-25', result: '选定两处' } })).toEqual([])
  expect(await at.changed(decision, { state: 'done' })).toEqual([])
  expect(await waiting('meetings.tasks')).toBeUndefined()
  const rate = { indicator: 'meetings.punctual-rate', org: 'A', period: '2025' }
  expect(must(await figure(at.world, clerk, rate)).value).toBe(0)
})

test('an opinion of superiors becomes a task with an owner', async () => {
  const visit = { visitedOn: '2025-04-02', visitor: '省科技厅副厅长', rank: 'provincial', place: '服务站' }
  const silent = await at.enter('meetings.visit', visit)
  expect(await at.becomes(silent, 'meetings.task-of-opinion')).toEqual({})
  const id = await at.enter('meetings.visit', { ...visit, visitedOn: '2025-04-09', opinions: '台账要逐项可查' })
  const fields = await at.becomes(id, 'meetings.task-of-opinion')
  expect(fields).toEqual({ visit: id, title: '台账要逐项可查', unit: 'A', givenOn: '2025-04-09' })
  const { owner: _, ...unowned } = { ...fields, owner: '办公室', dueOn: '2025-08-01' }
  expect(await at.tried('meetings.task', unowned)).toEqual(['field/required'])
  expect(await at.tried('meetings.task', { ...unowned, owner: '办公室' })).toEqual([])
})
