import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bureau, bureau } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { listRecords } from '../../kernel/records/list.ts'
import { history } from '../../kernel/records/read.ts'
import { must } from '../../kernel/result.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

test('versions and states are kept, one version is in force, and approved ones are found', async () => {
  const draft = { title: '科技奖励办法', version: 1, kind: 'measure', draftedOn: '2024-01-10', outline: '奖励范围' }
  const first = await at.enter('schemes.scheme', draft)
  expect(await at.tried('schemes.scheme', draft)).toHaveLength(1)
  expect(await at.changed(first, { state: 'submitted', fields: { submittedOn: '2024-02-01' } })).toEqual([])
  expect(await at.changed(first, { state: 'approved' })).toEqual(['schemes.one-in-force/missing'])
  expect(await at.changed(first, { state: 'approved', fields: { approvedOn: '2024-03-01' } })).toEqual([])
  const fields = await at.becomes(first, 'schemes.revise')
  expect(fields).toMatchObject({ replaces: first, title: '科技奖励办法', version: 2 })
  const second = await at.enter('schemes.scheme', { ...fields, draftedOn: '2025-01-10' })
  const approved = { state: 'approved', fields: { approvedOn: '2025-03-01' } }
  expect(await at.changed(second, approved)).toEqual(['schemes.one-in-force/in-force'])
  expect(await at.changed(first, { state: 'ended', fields: { endedOn: '2025-03-01' } })).toEqual([])
  expect(await at.changed(second, approved)).toEqual([])
  const found = must(await listRecords(at.world, clerk, { type: 'schemes.scheme', org: 'A', state: ['approved'] }))
  expect(found.records.map(({ id }) => id)).toEqual([second])
  expect(must(await history(at.world, clerk, first)).map(({ state }) => state)).toEqual([
    'draft',
    'submitted',
    'approved',
    'ended',
  ])
  const force = async (period: string) =>
    must(await figure(at.world, clerk, { indicator: 'schemes.in-force', org: 'A', period })).value
  expect([await force('2023'), await force('2024'), await force('2025')]).toEqual([0, 1, 1])
})
