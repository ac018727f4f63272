import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { must } from '../../kernel/result.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

test('a missing number of a periodical is flagged, for each unit that numbers its own', async () => {
  const issue = (org: string, title: string, year: number, number: number) =>
    at.enter('publications.issue', { title, year, number, publishedOn: `${year}-0${number}-20` }, { org })
  for (const number of [1, 2, 4]) await issue('A', 'briefing', 2024, number)
  for (const number of [1, 3]) await issue('B', 'briefing', 2024, number)
  for (const number of [1, 2]) await issue('A', 'digest', 2024, number)
  await issue('A', 'briefing', 2025, 1)
  const found = must(await gaps(at.world, clerk, 'S', '2024')).find(({ id }) => id === 'publications.numbers')
  expect(found?.missing.map(({ org, what }) => [org, what.zh])).toEqual([
    ['A', '工作简报 2024第3号'],
    ['B', '工作简报 2024第2号'],
  ])
  expect(must(await gaps(at.world, clerk, 'S', '2025')).map(({ id }) => id)).not.toContain('publications.numbers')
})
