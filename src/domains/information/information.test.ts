import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { createUnits } from '../../kernel/org/change.ts'
import { create } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import information from './index.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([information]) })
  const village = (code: string) => ({ code, kind: 'village', name: `${code}村`, parent: 'T' })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'T', kind: 'township', name: '一镇', parent: 'A' },
      ...['V1', 'V2', 'V3', 'V4'].map(village),
    ]),
  )
})
afterAll(() => world.store.close())

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))
const enter = (type: string, fields: Record<string, unknown>) =>
  create(world, clerk, `information.${type}`, { org: 'T', fields })
const value = async (indicator: string, period: string, org = 'A') =>
  must(await figure(world, clerk, { indicator: `information.${indicator}`, org, period })).value
const villagesWithout = async (id: string, period: string) =>
  must(await gaps(world, clerk, 'A', period))
    .find(gap => gap.id === `information.without-${id}`)
    ?.missing.map(one => one.org) ?? []

test('coverage is villages with, of all villages, with the list of those without', async () => {
  expect(await value('page-coverage', '2024')).toBe(0)
  expect(await villagesWithout('page', '2024')).toEqual(['V1', 'V2', 'V3', 'V4'])
  must(await enter('page', { village: 'V1', openedOn: '2024-03-01' }))
  must(await enter('page', { village: 'V2', openedOn: '2024-03-01', closedOn: '2025-02-01' }))
  expect(await value('page-coverage', '2024')).toBe(0.5)
  expect(await villagesWithout('page', '2024')).toEqual(['V3', 'V4'])
  expect(await value('page-coverage', '2025-06')).toBe(0.25)
  expect(await villagesWithout('page', '2025-06')).toEqual(['V2', 'V3', 'V4'])
})

test('computers, classrooms and distance education are told apart, their devices counted', async () => {
  must(await enter('facility', { village: 'V1', kind: 'computer', devices: 3, installedOn: '2024-01-01' }))
  must(await enter('facility', { village: 'V1', kind: 'distance', installedOn: '2024-01-01' }))
  must(await enter('facility', { village: 'V2', kind: 'computer', devices: 2, installedOn: '2024-01-01' }))
  expect(await value('computer-coverage', '2024')).toBe(0.5)
  expect(await value('distance-coverage', '2024')).toBe(0.25)
  expect(await value('devices', '2024')).toBe(6)
  expect(await villagesWithout('distance', '2024')).toEqual(['V2', 'V3', 'V4'])
  const twice = await enter('facility', { village: 'V1', kind: 'computer', installedOn: '2024-02-01' })
  expect(codes(twice)).toEqual(['record/duplicate-key'])
})

test('what was sent and read is told by village; more cannot be read than were sent', async () => {
  const message = { sentOn: '2024-05-18', channel: 'sms', kind: 'technique', title: '防治稻飞虱' }
  const deliveries = [
    { village: 'V1', sent: 40, read: 30 },
    { village: 'V2', sent: 60, read: 20 },
  ]
  must(await enter('message', { ...message, deliveries }))
  must(await enter('message', { ...message, title: '台风预警', deliveries: [{ village: 'V1', sent: 40 }] }))
  const by = async (indicator: string) => {
    const asked = { indicator: `information.${indicator}`, org: 'A', period: '2024', by: 'village' }
    return Object.fromEntries(must(await figure(world, clerk, asked)).rows!.map(row => [row.key, row.value]))
  }
  expect(await by('sent')).toEqual({ V1: 80, V2: 60 })
  expect(await by('read')).toEqual({ V1: 30, V2: 20 })
  expect(await value('read-rate', '2024')).toBeCloseTo(50 / 140, 10)
  expect(await value('messages', '2024')).toBe(2)
  const bad = [
    { village: 'V1', sent: 1, read: 2 },
    { village: 'V1', sent: 1 },
  ]
  expect(codes(await enter('message', { ...message, deliveries: bad }))).toEqual([
    'record/read-exceeds-sent',
    'record/village-twice',
  ])
})

test('officers stand by department while they are appointed; users are the newest count of each village', async () => {
  const officer = { officer: '李大田', department: 'science', since: '2024-01-01' }
  must(await enter('officer', { ...officer, number: 'X1', village: 'V1' }))
  must(await enter('officer', { ...officer, number: 'X2', village: 'V2', department: 'culture', until: '2024-09-01' }))
  expect([await value('officers', '2024-06'), await value('officers', '2024')]).toEqual([2, 1])
  expect(await villagesWithout('officer', '2024')).toEqual(['V2', 'V3', 'V4'])
  for (const [org, on, users] of [
    ['V1', '2024-01-31', 30],
    ['V1', '2024-06-30', 45],
    ['V2', '2024-03-31', 20],
  ] as const)
    must(await create(world, clerk, 'information.audience', { org, fields: { on, village: org, users } }))
  expect([await value('users', '2024-05'), await value('users', '2024')]).toEqual([50, 65])
})
