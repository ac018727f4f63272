import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, registryBefore, testWorld, type World } from '../../../test/world.ts'
import { createUnits, renameUnit } from '../org/change.ts'
import type { Actor } from '../people/actor.ts'
import { createMany, voidRecord } from '../records/records.ts'
import { must } from '../result.ts'
import { search } from './search.ts'

let world: World

beforeAll(async () => {
  world = await testWorld()
  must(
    await createUnits(world, clerk, [
      { code: '370000', kind: 'county', name: '临河县' },
      { code: '370001', kind: 'township', name: '东山镇', nameEn: 'Dongshan', parent: '370000' },
      { code: '370002', kind: 'township', name: '西山镇', parent: '370000' },
      { code: '370003', kind: 'village', name: '山前村', parent: '370001' },
    ]),
  )
  must(await renameUnit(world, clerk, '370002', '新城街道', '2025-01-01'))
  const visit = (org: string, place: string, on: string) => ({
    org,
    fields: { on, topic: 'rice', people: 1, place },
  })
  const before: World = { ...world, registry: registryBefore }
  const old = { on: '2023-01-01', subject: 'rice', crowd: 1, place: '东山水稻所' }
  must(await createMany(before, clerk, 'world.visit', [{ org: '370002', fields: old }]))
  const saved = must(
    await createMany(world, clerk, 'world.visit', [
      visit('370001', '水稻示范田', '2024-05-01'),
      visit('370002', '水稻所', '2024-06-01'),
      visit('370003', '水边的稻田', '2024-07-01'),
      visit('370003', '水稻地', '2024-08-01'),
    ]),
  )
  must(await voidRecord(world, clerk, saved[3]!.id, '误'))
  for (const [org, title] of [
    ['370000', '临河县2024年工作总结'],
    ['370001', '东山镇2024年工作总结'],
  ] as const)
    await world.store.pool.query(
      `INSERT INTO report (root, id, org, template, period, title, number, status, content, version, created_at)
       SELECT u.root, gen_random_uuid(), u.id, 'summary', '2024', $2, '临科〔2025〕3号', 'draft', '{}', 1, now()
       FROM org_unit u WHERE u.code = $1`,
      [org, title],
    )
})
afterAll(() => world.store.close())

const at = (code: string): Actor => {
  const unit = world.orgs.byCode(code)!
  return { person: null, name: '', from: 'test', grants: [{ org: unit.id, path: unit.path, role: 'analyst' }] }
}
async function found(text: string, actor = clerk) {
  const { records, orgs, reports } = must(await search(world, actor, text))
  return {
    records: records.map(record => record.fields.place),
    orgs: orgs.map(org => org.code),
    reports: reports.map(report => report.title),
  }
}

describe('a search', () => {
  test.each([
    ['水稻', { records: ['水稻所', '水稻示范田', '东山水稻所'], orgs: [], reports: [] }],
    ['sdsft', { records: ['水稻示范田'], orgs: [], reports: [] }],
    ['东山', { records: ['东山水稻所'], orgs: ['370001'], reports: ['东山镇2024年工作总结'] }],
    ['dongshan', { records: [], orgs: ['370001'], reports: [] }],
    ['山', { records: [], orgs: ['370001', '370002', '370003'], reports: ['东山镇2024年工作总结'] }],
    ['西山', { records: [], orgs: ['370002'], reports: [] }],
    ['xcjd', { records: [], orgs: ['370002'], reports: [] }],
    ['37000', { records: [], orgs: ['370000', '370001', '370002', '370003'], reports: [] }],
    ['临科〔2025〕3号', { records: [], orgs: [], reports: ['东山镇2024年工作总结', '临河县2024年工作总结'] }],
    ["%' OR 1=1 --", { records: [], orgs: [], reports: [] }],
  ])('for %s finds what holds it, by word or initials', async (text, expected) => {
    const got = await found(text)
    expect({ ...got, orgs: [...got.orgs].sort(), reports: [...got.reports].sort() }).toEqual({
      ...expected,
      reports: [...expected.reports].sort(),
    })
  })

  test('shows nothing from where the actor may not read', async () => {
    expect(await found('水稻', at('370001'))).toEqual({ records: ['水稻示范田'], orgs: [], reports: [] })
    expect(await found('山', at('370001'))).toEqual({
      records: [],
      orgs: ['370003', '370001'],
      reports: ['东山镇2024年工作总结'],
    })
    expect(await found('山', { ...at('370001'), grants: [] })).toEqual({ records: [], orgs: [], reports: [] })
  })

  test('names the units above a unit', async () => {
    const { orgs } = must(await search(world, clerk, '山前'))
    expect(orgs).toEqual([{ code: '370003', name: '山前村', kind: 'village', above: ['临河县', '东山镇'] }])
  })

  test('gives no more than asked, and says what it cannot do', async () => {
    expect(must(await search(world, clerk, '水稻', { limit: 1 })).records).toHaveLength(1)
    expect(await search(world, clerk, ' \0 ')).toMatchObject({ problems: [{ code: 'search/empty' }] })
    expect(await search(world, clerk, 'a', { limit: 1000 })).toMatchObject({ problems: [{ code: 'search/limit' }] })
  })
})
