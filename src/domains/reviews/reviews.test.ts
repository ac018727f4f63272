import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { perform } from '../../kernel/operation.ts'
import { must } from '../../kernel/result.ts'
import { conflict } from './conflict.ts'
import { meanMark, ranked, ranking } from './ranking.ts'

let at: Bureau
let project: string
let nomination: string
let number = 0
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())
beforeEach(async () => {
  number++
  project = await at.enter('projects.project', {
    number: `P-${number}`,
    title: `项目${number}`,
    programme: 'spark',
    level: 'provincial',
    applicant: '甲县人民医院',
    appliedOn: '2025-01-10',
  })
  nomination = await at.enter('awards.nomination', {
    title: `成果${number}`,
    kind: 'progress',
    year: 2025,
    nominatedOn: '2025-02-01',
    body: '甲县 农技中心（水稻组）',
  })
})

const expert = (body: string, more: object = {}) =>
  at.enter('talent.expert', {
    number: `E-${++number}`,
    name: '周禾',
    body,
    field: 'agriculture',
    rank: 'senior',
    joinedOn: '2024-01-01',
    ...more,
  })
const review = (by: string, more: object) => ({
  expert: by,
  reviewedOn: '2025-03-01',
  need: 18,
  novelty: 20,
  method: 20,
  team: 12,
  funds: 10,
  verdict: 'support',
  ...more,
})

describe('a conflict of interest bars an expert', () => {
  test('who belongs to the applicant, or is tied to it', async () => {
    const own = await expert('甲县人民医院')
    const tied = await expert('省医科大学', { ties: [{ body: '甲县人民医院', tie: 'relative' }] })
    const free = await expert('省医科大学')
    expect(await at.tried('reviews.review', review(own, { project }))).toEqual(['reviews.barred/conflict'])
    expect(await at.tried('reviews.review', review(tied, { project }))).toEqual(['reviews.barred/conflict'])
    expect(await at.tried('reviews.review', review(free, { project }))).toEqual([])
  })

  test('of prizes too, however the name is written', async () => {
    const own = await expert('甲县农技中心(水稻组)')
    expect(await at.tried('reviews.review', review(own, { nomination }))).toEqual(['reviews.barred/conflict'])
    expect(await at.tried('reviews.review', review(own, { project }))).toEqual([])
  })

  test.each([
    [{ body: '甲县人民医院外科' }, ['甲县人民医院'], '甲县人民医院外科'],
    [{ body: '甲县人民医院' }, ['乙县人民医院'], undefined],
    [{ body: '省农科院', ties: [{ body: '甲县茶叶站' }] }, ['甲县茶叶站', '省茶科所'], '甲县茶叶站'],
    [{ body: '省农科院', ties: [] }, [], undefined],
  ])('%j for %j', (fields, submitters, expected) => expect(conflict(fields, submitters)).toBe(expected))
})

test('an expert judges one thing once, while in the pool', async () => {
  const one = await expert('省农科院', { leftOn: '2025-06-01' })
  expect(await at.tried('reviews.review', review(one, { project }))).toEqual([])
  expect(await at.tried('reviews.review', review(one, { project }))).toEqual(['reviews.once/twice'])
  expect(await at.tried('reviews.review', review(one, { nomination }))).toEqual([])
  expect(await at.tried('reviews.review', review(one, { project, nomination }))).toEqual(['record/one-subject'])
  expect(await at.tried('reviews.review', review(one, {}))).toEqual(['record/one-subject'])
  expect(await at.tried('reviews.review', review(one, { project, need: 21 }))).toHaveLength(1)
  const late = await expert('省农科院', { leftOn: '2025-02-01' })
  expect(await at.tried('reviews.review', review(late, { project }))).toEqual(['reviews.in-pool/not-in-pool'])
})

test('marks of five or more are taken without the highest and the lowest', () => {
  expect(meanMark([60, 80, 82])).toBe(74)
  expect(meanMark([10, 80, 82, 84, 100])).toBe(82)
})

test('best first, equal marks share a place', () => {
  const one = (id: string, score: number, verdict = 'support') => ({ id, score, verdict })
  expect(ranked([one('a', 80), one('b', 90), one('c', 80), one('d', 70), one('a', 80, 'reject')])).toEqual([
    { id: 'b', score: 90, reviews: 1, supporting: 1, place: 1 },
    { id: 'a', score: 80, reviews: 2, supporting: 1, place: 2 },
    { id: 'c', score: 80, reviews: 1, supporting: 1, place: 2 },
    { id: 'd', score: 70, reviews: 1, supporting: 1, place: 4 },
  ])
  expect(ranked([])).toEqual([])
})

test('the ranking of a period is by the total of the criteria', async () => {
  const org = 'B'
  const by = await expert('省农科院')
  await at.enter('reviews.review', review(by, { project, reviewedOn: '2025-04-01' }), { org })
  await at.enter('reviews.review', review(by, { nomination, reviewedOn: '2025-04-01', need: 1 }), { org })
  const told = must(await perform(ranking, at.world, clerk, { org, period: '2025-Q2', of: 'project' }))
  expect(told).toEqual({ ranking: [{ id: project, score: 80, reviews: 1, supporting: 1, place: 1 }] })
})
