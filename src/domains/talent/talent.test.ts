import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { must } from '../../kernel/result.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

const post = (number: string, more: object = {}) => ({
  number,
  kind: 'agronomy',
  station: '一镇农技站',
  authorisedOn: '2015-01-01',
  ...more,
})

test('the share in post is a figure of each township, and vacancies are listed', async () => {
  const org = 'A-1'
  await at.enter('talent.post', post('G1', { filledOn: '2018-07-01' }), { org })
  await at.enter('talent.post', post('G2'), { org })
  const left = await at.enter('talent.post', post('G3', { filledOn: '2018-07-01', leftOn: '2024-03-01' }), { org })
  await at.enter('talent.post', post('G4', { filledOn: '2019-07-01' }), { org })
  const share = async (period: string) =>
    must(await figure(at.world, clerk, { indicator: 'talent.in-post-share', org, period })).value
  expect(await share('2023')).toBe(0.75)
  expect(await share('2024')).toBe(0.5)
  const vacancies = async () => must(await awaiting(at.world, clerk, 'A')).find(({ id }) => id === 'talent.vacancies')
  expect((await vacancies())?.count).toBe(2)
  expect(await at.changed(left, { fields: { withdrawnOn: '2025-01-01' } })).toEqual([])
  expect((await vacancies())?.count).toBe(1)
  const withdrawn = { indicator: 'talent.withdrawn', org: 'A', period: '2025' }
  expect(must(await figure(at.world, clerk, withdrawn)).value).toBe(1)
  expect(await at.tried('talent.post', post('G5', { leftOn: '2024-01-01' }), { org })).toEqual(['record/before'])
})

test('the pool tells ages and skills, and its names stay masked', async () => {
  const person = { number: 'R1', name: '周禾苗', body: '一镇', trade: 'rural', skill: '养蜂', rank: 'none' }
  await at.enter('talent.person', { ...person, bornIn: 1995, joinedOn: '2024-05-01' })
  await at.enter('talent.person', { ...person, number: 'R2', bornIn: 1960, joinedOn: '2024-05-01' })
  const ages = { indicator: 'talent.people', org: 'A', period: '2024', by: 'age' }
  expect(must(await figure(at.world, clerk, ages)).rows).toEqual([
    { key: 'old', value: 1 },
    { key: 'young', value: 1 },
  ])
  const { rows } = await at.world.store.pool.query<{ name: unknown }>(
    `SELECT fields -> 'name' AS name FROM record WHERE type = 'talent.person'`,
  )
  expect(JSON.stringify(rows)).not.toContain('周禾苗')
})
