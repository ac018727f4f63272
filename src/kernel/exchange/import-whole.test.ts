import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import { figure } from '../figures/figure.ts'
import { verify } from '../journal/verify.ts'
import type { Actor } from '../people/actor.ts'
import { must } from '../result.ts'
import { importFile } from './import.ts'
import { codes, csv, type Farm, openFarm } from './testing.ts'

// An import is whole or it is not there: interrupted, not permitted, twice at once, without room.

let farm: Farm
const opened: Farm[] = []
beforeEach(async () => {
  farm = await openFarm()
  opened.push(farm)
})
afterAll(() => Promise.all(opened.map(farm => farm.close())))

const many = (count: number, note = '第') =>
  csv(
    ...Array.from(
      { length: count },
      (_, i) => `2024-05-${String(1 + (i % 28)).padStart(2, '0')},水稻,${note}${i},2,1.5`,
    ),
  )

async function expectNothing() {
  expect(await farm.records()).toEqual([])
  const { rows } = await farm.world.store.pool.query(
    `SELECT subject FROM journal WHERE subject LIKE 'record:%' UNION ALL SELECT unnest(indicators) FROM tally_pending
     UNION ALL SELECT indicator FROM tally UNION ALL SELECT commitment FROM personal`,
  )
  expect(rows).toEqual([])
}

const people = async () =>
  must(await figure(farm.world, clerk, { indicator: 'farm.people', org: 'A', period: '2024' })).value

describe('an import that is interrupted', () => {
  test.each([1000, 3000, 5000])('after %d rows leaves nothing, neither records nor files', async after => {
    const controller = new AbortController()
    const onProgress = (done: number) => {
      if (done >= after) controller.abort()
    }
    const bad = `${many(5000)}2024-05-01,小麦,坏,1,\n`
    const result = await farm.load('a.csv', bad, { signal: controller.signal, onProgress, partial: true })
    expect(codes(result)).toEqual(['import/interrupted'])
    await expectNothing()
    expect(await readdir(farm.folder)).toEqual(['a.csv'])
    expect(must(await farm.load('a.csv', bad, { partial: true }))).toMatchObject({ created: 5000, rejected: 1 })
  })

  test('before it begins does not begin', async () => {
    expect(codes(await farm.load('a.csv', many(10), { signal: AbortSignal.abort() }))).toEqual(['import/interrupted'])
    await expectNothing()
  })
})

test('progress tells the rows read, and how many there are going to be', async () => {
  const seen: [number, number][] = []
  must(await farm.load('a.csv', many(5000), { onProgress: (done, total) => void seen.push([done, total]) }))
  expect(seen.map(([done]) => done)).toEqual([...seen.map(([done]) => done)].sort((a, b) => a - b))
  expect(seen.at(-1)).toEqual([5000, 5000])
  for (const [done, total] of seen) expect(total).toBeGreaterThanOrEqual(done)
})

test('who may not enter there imports nothing', async () => {
  const path = await farm.write('a.csv', many(3))
  const actorAt = (code: string, role: 'clerk' | 'analyst' | 'auditor'): Actor => {
    const unit = farm.world.orgs.byCode(code)!
    return { person: null, name: '', from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
  }
  const request = { type: 'farm.harvest', path, org: 'A' }
  for (const actor of [
    actorAt('A-1', 'clerk'),
    actorAt('B', 'clerk'),
    actorAt('A', 'analyst'),
    actorAt('A', 'auditor'),
  ])
    expect(codes(await importFile(farm.world, actor, request))).toEqual(['permission/denied'])
  expect(codes(await importFile(farm.world, clerk, { ...request, org: 'none' }))).toEqual(['org/unknown'])
  expect(codes(await importFile(farm.world, clerk, { ...request, type: 'farm.none' }))).toEqual(['type/unknown'])
  expect(codes(await importFile(farm.world, clerk, { ...request, path: join(farm.folder, 'none.csv') }))).toEqual([
    'import/no-file',
  ])
  await expectNothing()
  expect(must(await importFile(farm.world, actorAt('A-1', 'clerk'), { ...request, org: 'A-1-1' })).created).toBe(3)
})

describe('two imports at once', () => {
  test('of the same file create each record once, whichever comes first', async () => {
    const path = await farm.write('a.csv', many(2500))
    const both = await Promise.all(
      [1, 2].map(async () => must(await importFile(farm.world, clerk, { type: 'farm.harvest', org: 'A', path }))),
    )
    expect(both.map(summary => summary.created).sort()).toEqual([0, 2500])
    expect(both.map(summary => summary.unchanged).sort()).toEqual([0, 2500])
    expect(await farm.records()).toHaveLength(2500)
    expect(await people()).toBe(5000)
  })

  test('of files that overlap in another order end well, too', async () => {
    const [head, ...rows] = many(2400).trimEnd().split('\n')
    const text = (list: string[]) => [head, ...list, ''].join('\n')
    const paths = [
      await farm.write('a.csv', text(rows.slice(0, 1600))),
      await farm.write('b.csv', text(rows.slice(800).reverse())),
    ]
    const both = await Promise.all(
      paths.map(async path => must(await importFile(farm.world, clerk, { type: 'farm.harvest', org: 'A', path }))),
    )
    expect(both.reduce((sum, { created }) => sum + created, 0)).toBe(2400)
    expect(both.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(800)
    expect(await farm.records()).toHaveLength(2400)
  })

  test('of different files do not hinder one another', async () => {
    const both = await Promise.all([farm.load('a.csv', many(1500, '甲')), farm.load('b.csv', many(1500, '乙'))])
    expect(both.map(result => must(result).created)).toEqual([1500, 1500])
    expect(await people()).toBe(6000)
    expect((await verify(farm.world)).problems).toEqual([])
  })
})

describe('rejected rows', () => {
  const bad = `${many(2)}2024-05-01,小麦,坏,1,\n`

  test('cannot be written where there is no room: nothing is imported, and it is said', async () => {
    // A directory stands where the file would have to go.
    await mkdir(join(farm.folder, 'a.rejected.csv', 'x'), { recursive: true })
    const result = await farm.load('a.csv', bad, { partial: true })
    expect(codes(result)).toEqual(['import/rejected-file'])
    await expectNothing()
  })

  test('lie beside the file, whatever the file calls itself', async () => {
    const path = await farm.write('upload', bad)
    const name = '../../../etc/热线 来电.csv'
    const request = { type: 'farm.harvest', org: 'A', path, name, partial: true }
    const { rejectedFile } = must(await importFile(farm.world, clerk, request))
    expect(rejectedFile).toBe(join(farm.folder, 'upload.rejected.csv'))
  })

  test('are not written when there are none, nor without being asked for', async () => {
    must(await farm.load('good.csv', many(2), { partial: true }))
    must(await farm.load('bad.csv', bad))
    expect((await readdir(farm.folder)).sort()).toEqual(['bad.csv', 'good.csv'])
  })
})
