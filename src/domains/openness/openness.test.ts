import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau, codesOf } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { must } from '../../kernel/result.ts'
import { take } from './take.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

test('a month without notice is flagged, and the month that lasts is not', async () => {
  const notice = (publishedOn: string) =>
    at.enter('openness.notice', { publishedOn, kind: 'accounts', channel: 'board', title: '财务公示' })
  for (const month of ['01', '02', '04', '05']) await notice(`2025-${month}-25`)
  const found = must(await gaps(at.world, clerk, 'A', '2025')).find(({ id }) => id === 'openness.months')
  expect(found?.missing.map(({ org, what }) => [org, what.zh])).toEqual([['A', '2025年3月']])
})

test('a request is due so many working days later as was promised, and promises kept are counted', async () => {
  const promise = await at.enter('openness.promise', { matter: '项目申报受理', since: '2025-01-01', limit: 5 })
  const input = { org: 'A', promise, applicant: '甲县热作站', receivedOn: '2025-04-29' }
  // Labour Day: 1 to 5 May off, Sunday 27 April worked.
  const { id, dueOn } = must(await perform(take, at.world, clerk, input)) as { id: string; dueOn: string }
  expect(dueOn).toBe('2025-05-09')
  const second = must(await perform(take, at.world, clerk, input)) as { id: string }
  expect(await at.changed(id, { fields: { doneOn: '2025-05-09' } })).toEqual([])
  expect(await at.changed(second.id, { fields: { doneOn: '2025-05-10' } })).toEqual([])
  const rate = { indicator: 'openness.kept-rate', org: 'A', period: '2025' }
  expect(must(await figure(at.world, clerk, rate)).value).toBe(0.5)
  expect(codesOf(await perform(take, at.world, clerk, { ...input, promise: id }))).toEqual(['openness/no-promise'])
  expect(codesOf(await perform(take, at.world, clerk, { ...input, receivedOn: '2025-02-30' }))).toHaveLength(1)
  expect(codesOf(await perform(take, at.world, at.as('clerk', 'B'), input))).toEqual(['record/unknown'])
})
