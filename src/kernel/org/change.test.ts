import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, registry, testWorld, type World } from '../../../test/world.ts'
import { figure } from '../figures/figure.ts'
import { fold } from '../figures/fold.ts'
import { rebuild } from '../figures/rebuild.ts'
import { createMany } from '../records/records.ts'
import { must } from '../result.ts'
import { closeUnit, createUnits, mergeUnit, moveUnit, type NewUnit, renameUnit, splitUnit } from './change.ts'
import { orgDirectory, spanOn } from './directory.ts'
import { followOrgs } from './follow.ts'

let world: World
let n = 0

beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.store.close())

/** County K with townships E and W, villages E-1, E-2 and W-1, and one visit of each unit in 2024-03 and 2024-09. */
async function county() {
  const k = `K${++n}`
  const unit = (code: string, kind: string, parent?: string): NewUnit => ({
    code: k + code,
    kind,
    name: `单位${code}`,
    ...(parent === undefined ? {} : { parent: k + parent }),
  })
  const units = [
    unit('', 'county'),
    unit('E', 'township', ''),
    unit('W', 'township', ''),
    unit('E-1', 'village', 'E'),
    unit('E-2', 'village', 'E'),
    unit('W-1', 'village', 'W'),
  ]
  must(await createUnits(world, clerk, units))
  const visit = (code: string, on: string, people: number) => ({
    org: k + code,
    fields: { on, topic: 'rice', people, place: code || '县', endedOn: '2025-03-01' },
  })
  const visits = ['', 'E', 'W', 'E-1', 'E-2', 'W-1'].flatMap((code, i) => [
    visit(code, '2024-03-10', 10 ** i),
    visit(code, '2024-09-10', 2 * 10 ** i),
  ])
  must(await createMany(world, clerk, 'world.visit', visits))
  const ask = async (code: string, period: string, more: object = {}) =>
    must(await figure(world, clerk, { indicator: 'world.people', org: k + code, period, ...more })).value
  const root = () => world.orgs.byCode(k)!.root
  return { k, ask, visit, root }
}

/** Tallies and a recount agree, folded or not. */
async function agrees(root: number) {
  await fold(world.store)
  expect((await rebuild({ ...world, registry }, { root })).differing).toEqual([])
}

describe('a unit', () => {
  test('moved as of a day counts where it stood, and the present tree can be asked too', async () => {
    const { k, ask, root } = await county()
    must(await moveUnit(world, clerk, `${k}E-2`, `${k}W`, '2024-06-01'))
    const [east, west] = [10 + 1000 + 10_000, 100 + 100_000]
    expect([await ask('E', '2024-H1'), await ask('W', '2024-H1')]).toEqual([east, west])
    expect([await ask('E', '2024-H2'), await ask('W', '2024-H2')]).toEqual([2 * 1010, 2 * (west + 10_000)])
    expect(await ask('E', '2024')).toBe(east + 2 * 1010)
    const now = { tree: 'now' }
    expect([await ask('E', '2024-H1', now), await ask('W', '2024-H1', now)]).toEqual([1010, west + 10_000])
    expect(await ask('', '2024', now)).toBe(await ask('', '2024'))
    expect(spanOn(world.orgs.byCode(`${k}E-2`)!, '2024-05-31').parent).toBe(world.orgs.byCode(`${k}E`)!.id)
    await agrees(root())
  })

  test('moved takes its stock along on that day', async () => {
    const { k, ask, root } = await county()
    must(await moveUnit(world, clerk, `${k}E-2`, `${k}W`, '2024-06-01'))
    const standing = (code: string, day: string) => ask(code, `${day}..${day}`, { indicator: 'world.standing' })
    expect([await standing('E', '2024-05-31'), await standing('W', '2024-05-31')]).toEqual([3, 2])
    expect([await standing('E', '2024-06-01'), await standing('W', '2024-06-01')]).toEqual([2, 3])
    expect([await standing('E', '2025-02-28'), await standing('E', '2025-03-01')]).toEqual([4, 0])
    await agrees(root())
  })

  test('renamed keeps its past name for the past', async () => {
    const { k, ask } = await county()
    must(await renameUnit(world, clerk, `${k}E`, ' 东关街道 ', '2024-06-01'))
    const unit = world.orgs.byCode(`${k}E`)!
    expect([unit.name, spanOn(unit, '2024-05-31').name, spanOn(unit, '2024-06-01').name]).toEqual([
      '东关街道',
      '单位E',
      '东关街道',
    ])
    expect(await ask('E', '2024')).toBe(3 * 11_010)
  })

  test('merged closes; its children and stock go over, its past stays its own', async () => {
    const { k, ask, root } = await county()
    must(await mergeUnit(world, clerk, `${k}W`, `${k}E`, '2025-01-01'))
    const gone = world.orgs.byCode(`${k}W`)!
    expect([gone.closed, gone.successor]).toEqual(['2025-01-01', world.orgs.byCode(`${k}E`)!.id])
    expect(await ask('W', '2024')).toBe(3 * 100_100)
    expect(await ask('E', '2024')).toBe(3 * 11_010)
    expect(await ask('E', '2024', { tree: 'now' })).toBe(3 * 111_110)
    expect(await ask('E', '2025-01', { indicator: 'world.standing' })).toBe(10)
    expect(world.orgs.byCode(`${k}W-1`)!.spans.at(-1)!.parent).toBe(world.orgs.byCode(`${k}E`)!.id)
    await agrees(root())
  })

  test('split closes; each child goes to its part', async () => {
    const { k, ask, visit, root } = await county()
    const part = (code: string, takes: string[]) => ({ code: k + code, kind: 'township', name: code, takes })
    const parts = [part('N', [`${k}E-1`]), part('S', [`${k}E-2`])]
    must(await splitUnit(world, clerk, `${k}E`, parts, '2025-01-01'))
    must(await createMany(world, clerk, 'world.visit', [visit('E-1', '2025-02-01', 7), visit('S', '2025-02-01', 8)]))
    expect([await ask('N', '2025'), await ask('S', '2025'), await ask('E', '2025')]).toEqual([7, 8, 0])
    expect([await ask('N', '2024'), await ask('E', '2024'), await ask('', '2025')]).toEqual([0, 3 * 11_010, 15])
    expect(await ask('N', '2024', { tree: 'now' })).toBe(3 * 1000)
    await agrees(root())
  })

  test('closed takes no records from that day on, and what it has stays', async () => {
    const { k, ask, visit } = await county()
    must(await closeUnit(world, clerk, `${k}W-1`, '2024-10-01'))
    const late = await createMany(world, clerk, 'world.visit', [visit('W-1', '2024-10-01', 1)])
    expect(late).toMatchObject({ problems: [{ code: 'org/closed' }] })
    must(await createMany(world, clerk, 'world.visit', [visit('W-1', '2024-09-30', 1)]))
    expect(await ask('W', '2024')).toBe(3 * 100_100 + 1)
  })

  test('changed several times keeps every tree it stood in', async () => {
    const { k, ask, root } = await county()
    must(await moveUnit(world, clerk, `${k}E-1`, `${k}W`, '2024-03-01'))
    must(await moveUnit(world, clerk, `${k}W`, `${k}E`, '2024-04-01'))
    must(await moveUnit(world, clerk, `${k}E-1`, k, '2024-09-10'))
    expect([await ask('W', '2024-03'), await ask('E', '2024-03')]).toEqual([101_100, 10_010])
    expect([await ask('W', '2024-09'), await ask('E', '2024-09')]).toEqual([2 * 100_100, 2 * 110_110])
    await agrees(root())
  })
})

test('of changes at once each is made on the tree that the others left', async () => {
  const { k, ask, root } = await county()
  const both = await Promise.all([
    moveUnit(world, clerk, `${k}E`, `${k}W`, '2024-06-01'),
    moveUnit(world, clerk, `${k}W`, `${k}E`, '2024-06-01'),
  ])
  expect(both.map(one => one.ok).sort()).toEqual([false, true])
  expect(both.find(one => !one.ok)).toMatchObject({ problems: [{ code: 'org/cycle' }] })
  expect(await ask('', '2024')).toBe(3 * 111_111)
  await agrees(root())
})

test('a move is the same while records are being saved', async () => {
  const { k, ask, visit, root } = await county()
  const saving = Array.from({ length: 40 }, (_, i) =>
    createMany(world, clerk, 'world.visit', [visit('E-2', i % 2 ? '2024-05-31' : '2024-06-01', 1_000_000)]),
  )
  const moved = moveUnit(world, clerk, `${k}E-2`, `${k}W`, '2024-06-01')
  await Promise.all([...saving, moved, fold(world.store)])
  must(await moved)
  expect([await ask('E', '2024-05'), await ask('W', '2024-06')]).toEqual([20_000_000, 20_000_000])
  await agrees(root())
})

test('another program hears of a change and reads the tree it is in', async () => {
  const { k } = await county()
  const other = await orgDirectory(world.store)
  const stop = followOrgs(world.store, other)
  await expect.poll(() => other.byCode(k)?.name).toBe('单位')
  // The listener may still be on its way: a change is told until it is heard.
  await expect
    .poll(async () => {
      must(await renameUnit(world, clerk, k, `乙县${n++}`, '2024-06-01'))
      return other.byCode(k)?.name.startsWith('乙县')
    })
    .toBe(true)
  await stop()
})

test('a subtree of 10,000 units moves in one transaction, and its figures with it', async () => {
  const k = `K${++n}`
  const units: NewUnit[] = [
    { code: k, kind: 'province', name: '省' },
    { code: `${k}-a`, kind: 'city', name: '甲市', parent: k },
    { code: `${k}-b`, kind: 'city', name: '乙市', parent: k },
    { code: `${k}-c`, kind: 'county', name: '大县', parent: `${k}-a` },
  ]
  for (let i = 0; i < 100; i++) {
    units.push({ code: `${k}-${i}`, kind: 'township', name: `镇${i}`, parent: `${k}-c` })
    for (let j = 0; j < 99; j++)
      units.push({ code: `${k}-${i}-${j}`, kind: 'village', name: `村${j}`, parent: `${k}-${i}` })
  }
  must(await createUnits(world, clerk, units))
  const visit = (code: string, on: string) => ({
    org: `${k}-${code}`,
    fields: { on, topic: 'rice', people: 1, place: '村' },
  })
  const visits = Array.from({ length: 100 }, (_, i) => [
    visit(`${i}-${i % 99}`, '2024-03-01'),
    visit(`${i}`, '2024-09-01'),
  ])
  must(await createMany(world, clerk, 'world.visit', visits.flat()))
  must(await moveUnit(world, clerk, `${k}-c`, `${k}-b`, '2024-06-01'))
  const ask = async (code: string, period: string, more: object = {}) =>
    must(await figure(world, clerk, { indicator: 'world.people', org: `${k}${code}`, period, ...more })).value
  expect([await ask('-a', '2024'), await ask('-b', '2024'), await ask('', '2024')]).toEqual([100, 100, 200])
  expect([await ask('-a', '2024', { tree: 'now' }), await ask('-b', '2024', { tree: 'now' })]).toEqual([0, 200])
  const path = world.orgs.byCode(`${k}-b`)!.path
  expect(world.orgs.under(path)).toHaveLength(10_002)
  expect(world.orgs.under(path).every(unit => unit.spans.length === 2 || unit.code === `${k}-b`)).toBe(true)
})
