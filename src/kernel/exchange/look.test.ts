import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import { must } from '../result.ts'
import { lookInto } from './look.ts'
import { codes, type Farm, openFarm } from './testing.ts'

let farm: Farm
beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

const look = async (name: string, content: string | Buffer) =>
  lookInto(farm.world, clerk, { type: 'farm.harvest', org: 'A', path: await farm.write(name, content), name })

test('a look says what each column is taken for, which are not known, and which are missing', async () => {
  const seen = must(await look('a.csv', '日期,庄稼,金额(万元)\n2024-05-01,水稻,3\n\n2024-05-02,茶叶,4\n'))
  expect(seen.columns.map(({ field }) => field)).toEqual(['on', null, 'income'])
  expect(seen.columns[1]!.problem).toMatchObject({ code: 'import/unknown-column', value: '庄稼' })
  expect(seen.missing.map(({ field }) => field)).toEqual(['crop', 'note'])
  expect(seen.rows).toEqual([
    { row: 2, cells: ['2024-05-01', '水稻', '3'] },
    { row: 4, cells: ['2024-05-02', '茶叶', '4'] },
  ])
  expect(seen.whole).toBe(true)
})

test('a look into a workbook shows dates and shares as texts that could be imported again', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('收成')
  sheet.addRow(['日期', '作物', '说明', '含水率'])
  sheet.addRow([new Date('2024-05-01T00:00:00Z'), '水稻', '早稻', 0.12])
  sheet.getCell('A2').numFmt = 'yyyy-mm-dd'
  sheet.getCell('D2').numFmt = '0%'
  const seen = must(await look('a.xlsx', Buffer.from(await workbook.xlsx.writeBuffer())))
  expect(seen.rows).toEqual([{ row: 2, cells: ['2024-05-01', '水稻', '早稻', '12%'] }])
  workbook.addWorksheet('第二张').addRow(['日期'])
  expect(must(await look('a.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()))).whole).toBe(false)
})

test('a look loads nothing, shows no more than five thousand rows, and refuses what an import would', async () => {
  const rows = Array.from({ length: 5_001 }, (_, i) => `2024-05-01,水稻,第${i}行`).join('\n')
  const seen = must(await look('a.csv', `日期,作物,说明\n${rows}`))
  expect([seen.rows.length, seen.whole]).toEqual([5_000, false])
  expect(await farm.records()).toEqual([])
  expect(codes(await look('a.csv', ''))).toEqual(['import/empty'])
  expect(codes(await look('a.doc', 'x'))).toEqual(['import/format'])
})
