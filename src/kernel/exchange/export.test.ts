import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import type { Actor } from '../people/actor.ts'
import { create, voidRecord } from '../records/records.ts'
import { must } from '../result.ts'
import { type ExportFormat, exportRecords } from './export.ts'
import { importFile } from './import.ts'
import { type Farm, openFarm, sheetOf } from './testing.ts'

let farm: Farm
const full = {
  on: '2024-05-01',
  crop: 'rice',
  note: '早稻“试验”，两行\n第二行，含｜竖线与\\反斜线',
  people: 1200,
  income: 1234,
}

beforeAll(async () => {
  farm = await openFarm()
  must(await create(farm.world, clerk, 'farm.harvest', { org: 'A-1', fields: full }))
  must(
    await create(farm.world, clerk, 'farm.harvest', {
      org: 'A-2-1',
      fields: { ...full, on: '2024-06-01', crop: 'tea', note: '=cmd|calc' },
    }),
  )
})
afterAll(() => farm.close())

const query = { type: 'farm.harvest', org: 'A', sort: 'day' }

async function exported(format: ExportFormat, more: object = {}, actor: Actor = clerk): Promise<Buffer> {
  const out = new PassThrough()
  const [, content] = await Promise.all([
    exportRecords(farm.world, actor, { ...query, ...more }, format, out).then(must),
    buffer(out),
  ])
  return content
}

test.each(['xlsx', 'csv', 'jsonl'] as const)('an export as %s imports again as the same records', async format => {
  const other = await openFarm()
  try {
    const path = await other.write(`out.${format}`, await exported(format))
    const summary = must(await importFile(other.world, clerk, { type: 'farm.harvest', org: 'A', path }))
    expect(summary.errors).toEqual([])
    expect(summary).toMatchObject({ read: 2, created: 2 })
    const sorted = (list: { org: string; fields: Record<string, unknown> }[]) =>
      list.map(({ org, fields }) => ({ org, fields })).sort((a, b) => (a.org < b.org ? -1 : 1))
    expect(sorted(await other.records())).toEqual(sorted(await farm.records()))
  } finally {
    await other.close()
  }
})

test('an export of the same ledger adds nothing when it is imported there', async () => {
  const path = await farm.write('again.csv', await exported('csv'))
  expect(must(await importFile(farm.world, clerk, { type: 'farm.harvest', org: 'A', path }))).toMatchObject({
    created: 0,
    unchanged: 2,
  })
})

describe('a sheet', () => {
  test('has headings with units, days as days, money in yuan', async () => {
    const path = join(farm.folder, 'look.xlsx')
    const out = createWriteStream(path)
    must(await exportRecords(farm.world, clerk, query, 'xlsx', out))
    const sheet = await sheetOf(path)
    const heads = (sheet.getRow(1).values as string[]).filter(Boolean)
    expect(heads).toContain('金额(元)')
    const row = sheet.getRow(2)
    const at = (heading: string) => row.getCell(heads.indexOf(heading) + 1).value
    expect(at('日期')).toEqual(new Date('2024-05-01T00:00:00Z'))
    expect(at('金额(元)')).toBe(12.34)
    expect(at('作物')).toBe('水稻')
    expect(at('单位')).toBe('东镇')
  })

  test('runs no formula that somebody typed as text, and is read as UTF-8 by Excel', async () => {
    const text = (await exported('csv')).toString('utf8')
    expect(text.startsWith('\ufeff')).toBe(true)
    expect(text).toContain("'=cmd|calc")
    expect(text).not.toMatch(/(^|,)"?=cmd/m)
  })

  test('masks personal data', async () => {
    const fields = { ...full, on: '2024-07-01', farmer: '张三丰' }
    must(await create(farm.world, clerk, 'farm.harvest', { org: 'A-1', fields }))
    for (const format of ['csv', 'jsonl'] as const) {
      const text = (await exported(format, { period: '2024-07' })).toString('utf8')
      expect(text).toContain('张**')
      expect(text).not.toContain('三丰')
    }
  })
})

test('the filter of the list and the rights of the actor decide what is exported', async () => {
  const tea = (await exported('jsonl', { filter: { crop: 'tea' } })).toString('utf8').trim().split('\n')
  expect(tea).toHaveLength(1)
  const unit = farm.world.orgs.byCode('A-2')!
  const reader: Actor = {
    person: null,
    name: 'r',
    from: 'test',
    grants: [{ org: unit.id, path: unit.path, role: 'analyst' }],
  }
  expect((await exported('jsonl', { org: 'A-2' }, reader)).toString('utf8').trim().split('\n')).toHaveLength(1)
  const denied = await exportRecords(farm.world, reader, { ...query, org: 'A-1' }, 'csv', new PassThrough())
  expect(denied.ok).toBe(false)
})

test('nothing found gives headings alone', async () => {
  const made = must(
    await create(farm.world, clerk, 'farm.fair', { org: 'A', fields: { on: '2024-01-01', title: '集' } }),
  )
  must(await voidRecord(farm.world, clerk, made.id, '测试'))
  const path = join(farm.folder, 'none.csv')
  must(await exportRecords(farm.world, clerk, { type: 'farm.fair', org: 'B' }, 'csv', createWriteStream(path)))
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(1)
})
