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

const patent = (number: string, more: object = {}) => ({
  number,
  title: '一种烘干装置',
  kind: 'utility',
  holder: '甲县特色产业办',
  appliedOn: '2024-02-01',
  ...more,
})

test('patents by kind, holder and year, with fees due warned until they are paid', async () => {
  const granted = { grantedOn: '2024-09-01', feeDueOn: '2025-08-01' }
  const { feeDueOn: _, ...without } = granted
  expect(await at.tried('intellectual.patent', patent('1', without), { state: 'granted' })).toEqual(['record/missing'])
  expect(await at.tried('intellectual.patent', patent('1', { ...granted, grantedOn: '2024-01-31' }))).toEqual([
    'record/before',
  ])
  const first = await at.enter('intellectual.patent', patent('1', granted), { state: 'granted' })
  await at.enter('intellectual.patent', patent('2', { kind: 'invention', holder: '乙县热作站' }))
  await at.enter('intellectual.patent', patent('3', { ...granted, feeDueOn: '2026-08-01' }), { state: 'granted' })
  const told = async (indicator: string, by: string) =>
    must(await figure(at.world, clerk, { indicator, org: 'A', period: '2024', by })).rows
  expect(await told('intellectual.patents-applied', 'kind')).toEqual([
    { key: 'invention', value: 1 },
    { key: 'utility', value: 2 },
  ])
  expect(await told('intellectual.patents-granted', 'holder')).toEqual([{ key: '甲县特色产业办', value: 2 }])
  const due = async () => must(await awaiting(at.world, clerk, 'A')).find(({ id }) => id === 'intellectual.fees')
  expect(await due()).toMatchObject({ count: 1, late: 0 })
  const paid = { feeDueOn: '2026-08-01', fees: [{ paidOn: '2025-06-20', amount: 60_000 }] }
  expect(await at.changed(first, { fields: paid })).toEqual([])
  expect(await due()).toBeUndefined()
  const fees = { indicator: 'intellectual.fees', org: 'A', period: '2025' }
  expect(must(await figure(at.world, clerk, fees)).value).toBe(60_000)
})

test('papers, standards and varieties come from their projects', async () => {
  const project = await at.enter('projects.project', {
    number: 'P-1',
    title: '金银花无硫干制',
    programme: 'spark',
    level: 'provincial',
    applicant: '甲县特色产业办',
    appliedOn: '2024-01-10',
  })
  const fields = await at.becomes(project, 'intellectual.output-of')
  expect(fields).toEqual({ project, body: '甲县特色产业办' })
  const output = (kind: string, title: string) =>
    at.enter('intellectual.output', {
      ...fields,
      kind,
      title,
      level: 'provincial',
      publishedOn: '2025-03-01',
      where: '号',
    })
  await output('paper', '工艺比较')
  await output('monograph', '金银花')
  await output('standard', '技术规程')
  await output('variety', '银屏1号')
  const value = async (indicator: string) =>
    must(await figure(at.world, clerk, { indicator, org: 'A', period: '2025' })).value
  expect(await value('intellectual.papers')).toBe(2)
  expect(await value('intellectual.standards')).toBe(1)
  expect(await value('intellectual.varieties')).toBe(1)
})
