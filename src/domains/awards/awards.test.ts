import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { must } from '../../kernel/result.ts'
import { inARow, yearsInARow } from './in-a-row.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

const award = (more: object = {}) => ({
  title: '湖区螺情遥感监测',
  kind: 'progress',
  level: 'third',
  grantor: 'provincial',
  year: 2024,
  awardedOn: '2024-04-20',
  recipient: '甲县血防站',
  ...more,
})
const nominationOf = (title: string) => ({
  title,
  kind: 'progress',
  proposed: 'second',
  year: 2025,
  nominatedOn: '2025-02-01',
  body: '甲县热作站',
})

test('provincial awards open to the two results, and classes add up', async () => {
  const first = await at.enter('awards.award', award())
  const second = await at.enter('awards.award', award({ title: '光接入平台', kind: 'invention' }))
  const asked = { indicator: 'awards.provincial', org: 'A', period: '2024' }
  const { value, records } = must(await explain(at.world, clerk, asked))
  expect(value).toBe(2)
  expect(records.map(({ id }) => id).sort()).toEqual([first, second].sort())
  for (const [title, level] of [
    ['甲', 'first'],
    ['乙', 'second'],
    ['丙', 'third'],
    ['丁', 'third'],
  ])
    await at.enter('awards.award', award({ title, level, grantor: 'county', year: 2022, awardedOn: '2023-09-08' }))
  const classes = { indicator: 'awards.progress-prizes', org: 'A', period: '2023', by: 'level' }
  const told = must(await figure(at.world, clerk, classes))
  expect(told.rows).toEqual([
    { key: 'first', value: 1 },
    { key: 'second', value: 1 },
    { key: 'third', value: 2 },
  ])
  expect(told.value).toBe(4)
})

test('a commendation names its document, and stands once', async () => {
  const commended = award({ title: '科普先进个人', kind: 'person', level: 'none', grantor: 'county' })
  expect(await at.tried('awards.award', commended)).toEqual(['record/missing'])
  expect(await at.tried('awards.award', { ...commended, document: '甲科表〔2024〕1号' })).toEqual([])
  expect(await at.tried('awards.award', { ...commended, document: '甲科表〔2024〕2号' })).toHaveLength(1)
})

test('a nomination is publicised for a week after three reviews, and granted when that is over', async () => {
  const nomination = await at.enter('awards.nomination', nominationOf('荔枝保鲜'))
  const shown = { state: 'publicised', fields: { publicFrom: '2025-03-01', publicUntil: '2025-03-08' } }
  expect(await at.changed(nomination, shown)).toEqual(['awards.reviewed/not-reviewed'])
  for (const number of [1, 2, 3]) {
    const expert = await at.enter('talent.expert', {
      number: `E-${number}`,
      name: '周禾',
      body: '省农科院',
      field: 'agriculture',
      rank: 'senior',
      joinedOn: '2024-01-01',
    })
    const marks = { need: 15, novelty: 15, method: 15, team: 10, funds: 10, verdict: 'support' }
    await at.enter('reviews.review', { nomination, expert, reviewedOn: '2025-02-20', ...marks })
  }
  const short = { ...shown, fields: { ...shown.fields, publicUntil: '2025-03-07' } }
  expect(await at.changed(nomination, short)).toEqual(['awards.reviewed/too-short'])
  expect(await at.becomes(nomination, 'awards.grant')).toEqual({})
  expect(await at.changed(nomination, shown)).toEqual([])
  const waiting = must(await awaiting(at.world, clerk, 'A')).find(({ id }) => id === 'awards.publicity')
  expect(waiting).toMatchObject({ count: 1, late: 1 })
  const fields = await at.becomes(nomination, 'awards.grant')
  expect(fields).toMatchObject({ nomination, title: '荔枝保鲜', level: 'second', recipient: '甲县热作站' })
  const granted = { ...fields, grantor: 'county' }
  expect(await at.tried('awards.award', { ...granted, awardedOn: '2025-03-08' })).toEqual([
    'awards.publicised/not-publicised',
  ])
  expect(await at.tried('awards.award', { ...granted, awardedOn: '2025-03-09' })).toEqual([])
})

test('五年连续 is computed from the years', async () => {
  expect([yearsInARow([2021, 2022, 2023, 2024, 2025]), yearsInARow([2021, 2023, 2024]), yearsInARow([2024])]).toEqual([
    5, 2, 1,
  ])
  const honour = (year: number) =>
    at.enter(
      'awards.award',
      award({
        title: '科普工作先进集体',
        kind: 'body',
        level: 'none',
        year,
        awardedOn: `${year}-03-01`,
        document: `表〔${year}〕3号`,
        recipient: '乙县科技局',
      }),
      { org: 'B' },
    )
  for (const year of [2019, 2021, 2022, 2023, 2024, 2025]) await honour(year)
  expect(must(await perform(inARow, at.world, clerk, { org: 'S', least: 2 }))).toEqual({
    honours: [{ title: '科普工作先进集体', recipient: '乙县科技局', years: 5, last: 2025 }],
  })
})
