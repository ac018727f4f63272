import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import type { Actor } from '../people/actor.ts'
import { must } from '../result.ts'
import { importFile } from './import.ts'
import { importTemplate } from './template.ts'
import { type Farm, openFarm } from './testing.ts'

let farm: Farm
beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

async function open(type = 'farm.harvest'): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(must(await importTemplate(farm.world, clerk, type, 'A')).buffer as ArrayBuffer)
  return book
}
/** A heading by its title, whatever unit stands behind it. */
const columnOf = (heads: readonly string[], title: string) =>
  heads.findIndex(head => head.replace(/\(.*/, '') === title) + 1
const headsOf = (sheet: ExcelJS.Worksheet) => (sheet.getRow(1).values as string[]).slice(1)

test('the template, filled in, imports', async () => {
  const book = await open()
  const sheet = book.worksheets[0]!
  const heads = headsOf(sheet)
  const fill = (row: number, values: Record<string, ExcelJS.CellValue>) => {
    for (const [head, value] of Object.entries(values)) sheet.getCell(row, columnOf(heads, head)).value = value
  }
  fill(2, {
    日期: new Date('2024-05-01T00:00:00Z'),
    作物: '水稻',
    说明: '早稻',
    参加人次: 3,
    金额: 12.34,
    单位: '东镇',
  })
  fill(3, { 日期: '2024-05-02', 作物: '茶叶', 说明: '春茶' })
  const path = join(farm.folder, 'filled.xlsx')
  await writeFile(path, Buffer.from(await book.xlsx.writeBuffer()))
  const summary = must(await importFile(farm.world, clerk, { type: 'farm.harvest', org: 'A', path }))
  expect(summary.errors).toEqual([])
  expect(summary.created).toBe(2)
  expect((await farm.records()).map(({ org, fields }) => [org, fields.on, fields.income])).toEqual([
    ['A-1', '2024-05-01', 1234],
    ['A', '2024-05-02', undefined],
  ])
})

test('drop-downs offer the choices and the units beneath, twins by their code; every column is explained', async () => {
  const book = await open()
  const [sheet, help] = book.worksheets
  const lists = book.getWorksheet('选项')!
  const heads = headsOf(sheet!)
  const offered = (head: string) =>
    (lists.getColumn(columnOf(heads, head)).values as string[]).filter(value => value !== undefined)
  expect(offered('作物')).toContain('水稻')
  expect(offered('单位')).toEqual(expect.arrayContaining(['甲县', '东镇', '西镇', 'A-1-1', 'A-2-1', '下村']))
  expect(offered('所在村')).toEqual(expect.arrayContaining(['A-1-1', '下村', 'A-2-1']))
  expect(offered('所在村')).not.toContain('东镇')
  expect(lists.state).toBe('veryHidden')
  const explained = (help!.getColumn(1).values as string[]).filter(Boolean)
  for (const head of heads) expect(explained).toContain(head)
})

test('is given to whoever may enter at the unit', async () => {
  const unit = farm.world.orgs.byCode('B')!
  const other: Actor = {
    person: null,
    name: 'x',
    from: 'test',
    grants: [{ org: unit.id, path: unit.path, role: 'clerk' }],
  }
  expect((await importTemplate(farm.world, other, 'farm.harvest', 'A')).ok).toBe(false)
  expect((await importTemplate(farm.world, clerk, 'farm.nothing', 'A')).ok).toBe(false)
})
