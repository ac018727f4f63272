import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAt, type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { perform } from '../../kernel/operation.ts'
import { change, voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import outreach from '../outreach/index.ts'
import training from '../training/index.ts'
import materials from './index.ts'
import { stock } from './stock.ts'

let here: Counties
beforeAll(async () => {
  here = await counties(materials, outreach, training)
})
afterAll(() => here.close())

let number = 0
const print = async (...copies: number[]) =>
  must(
    await here.save('materials.material', {
      name: `防震减灾手册${++number}`,
      sort: 'booklet',
      since: '2025-01-05',
      printings: copies.map(one => ({ printedOn: '2025-01-10', copies: one, cost: one * 150 })),
    }),
  ).id
const fair = (...handouts: [string, number][]) =>
  here.save('outreach.event', {
    heldOn: '2025-05-12',
    kind: 'campaign',
    occasion: 'disaster-day',
    title: '防灾减灾',
    place: '集市',
    handouts: handouts.map(([material, copies]) => ({ material, copies })),
  })
const course = (material: string, copies: number) =>
  here.save('training.session', {
    heldOn: '2025-05-20',
    form: 'course',
    title: '避震知识',
    topic: 'other',
    audience: 'farmer',
    place: '文化站',
    attended: 30,
    materials: 7,
    handouts: [{ material, copies }],
  })

test('no more is handed out than was printed, at fairs and courses together', async () => {
  const [booklet, other] = [await print(600, 400), await print(50)]
  must(await fair([booklet, 700], [other, 10]))
  must(await course(booklet, 200))
  expect(codes(await fair([other, 1], [booklet, 101]))).toEqual(['materials.stock-for-event/beyond-stock'])
  expect(codes(await course(booklet, 101))).toEqual(['materials.stock-for-session/beyond-stock'])
  expect(codes(await fair([booklet, 60], [booklet, 60]))).toEqual(['materials.stock-for-event/beyond-stock'])
  must(await fair([booklet, 100]))
})

test('two events at once cannot take the same last copies', async () => {
  const booklet = await print(100)
  const done = await Promise.all(Array.from({ length: 6 }, () => fair([booklet, 40])))
  expect(done.filter(one => one.ok)).toHaveLength(2)
})

test('a printing of which copies are out cannot be taken back', async () => {
  const booklet = await print(100)
  const event = must(await fair([booklet, 80])).id
  const printings = [{ printedOn: '2025-01-10', copies: 79 }]
  expect(codes(await change(here.world, clerk, booklet, { fields: { printings } }))).toEqual([
    'materials.printed-covers/beyond-stock',
  ])
  expect(codes(await voidRecord(here.world, clerk, booklet, '登错'))).toEqual(['materials.printed-covers/beyond-stock'])
  must(await voidRecord(here.world, clerk, event, '登错'))
  must(await voidRecord(here.world, clerk, booklet, '登错'))
})

test("the year's copies open to events, and what is left is told", async () => {
  const booklet = await print(500)
  const events = [must(await fair([booklet, 120])).id, must(await fair([booklet, 30])).id]
  const { value, records } = must(
    await explain(here.world, clerk, { indicator: 'outreach.materials', org: 'A', period: '2025' }),
  )
  expect(records.reduce((sum, one) => sum + one.value!, 0)).toBe(value)
  expect(records.map(one => one.id)).toEqual(expect.arrayContaining(events))
  const found = must(await perform(stock, here.world, clerk, { org: 'A' })) as { materials: { id: string }[] }
  expect(found.materials.find(one => one.id === booklet)).toMatchObject({ printed: 500, given: 150, left: 350 })
  expect(codes(await perform(stock, here.world, actorAt(here.world, 'B', 'clerk'), { org: 'A' }))).toEqual([
    'permission/denied',
  ])
})

test('copies of a session are those from stock and those besides', async () => {
  const before = (await here.told('training.materials'))!
  must(await course(await print(20), 20))
  expect((await here.told('training.materials'))! - before).toBe(27)
})
