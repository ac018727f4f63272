import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { must } from '../../kernel/result.ts'
import { publicNotes } from './public.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

const nobody: Actor = { person: null, name: 'nobody', grants: [], from: 'test' }
const read = async (org: string) =>
  (must(await perform(publicNotes, at.world, nobody, { org })) as { notes: { title: string }[] }).notes

test('a note is public in one step, a draft never, and leaves in one step', async () => {
  const note = { title: '切换经验', topic: 'system', writtenOn: '2025-05-01', body: '三次预演' }
  const id = await at.enter('notes.note', note, { org: 'A-1' })
  expect(await read('A')).toEqual([])
  expect(await at.changed(id, { state: 'published' })).toEqual([])
  expect(await read('A')).toEqual([
    { id, unit: '一镇', day: '2025-05-01', topic: 'system', title: '切换经验', body: '三次预演' },
  ])
  expect(await read('B')).toEqual([])
  expect(await at.changed(id, { state: 'withdrawn' })).toEqual([])
  expect(await read('A')).toEqual([])
  expect((await perform(publicNotes, at.world, nobody, { org: 'Z' })).ok).toBe(false)
})

test('a problem of the base has an owner and an answer date, and waits until it is answered', async () => {
  const problem = { raisedOn: '2025-06-01', topic: 'network', problem: '线路切换慢', unit: 'A', owner: '运维班' }
  expect(await at.tried('notes.problem', problem, { org: 'A-1' })).toEqual(['field/required'])
  const { owner: _, ...unowned } = { ...problem, dueOn: '2025-06-10' }
  expect(await at.tried('notes.problem', unowned, { org: 'A-1' })).toEqual(['field/required'])
  const id = await at.enter('notes.problem', { ...problem, dueOn: '2025-06-10' }, { org: 'A-1' })
  const waiting = async () => must(await awaiting(at.world, clerk, 'A')).find(one => one.id === 'notes.problems')
  expect(await waiting()).toMatchObject({ count: 1, late: 1 })
  expect(await at.changed(id, { state: 'answered', fields: { answer: '已改' } })).toEqual(['record/incomplete'])
  const answered = { answer: '已改为自动切换', answeredOn: '2025-06-12' }
  expect(await at.changed(id, { state: 'answered', fields: answered })).toEqual([])
  expect(await waiting()).toBeUndefined()
  const rate = { indicator: 'notes.answer-rate', org: 'A', period: '2025' }
  expect(must(await figure(at.world, clerk, rate)).value).toBe(1)
  expect(await at.becomes(id, 'notes.write-up')).toMatchObject({ title: '线路切换慢', body: '已改为自动切换' })
})
