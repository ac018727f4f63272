import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import type { Actor } from '../people/actor.ts'
import { must } from '../result.ts'
import { importTemplate } from './template.ts'
import { type Farm, openFarm } from './testing.ts'

let farm: Farm

beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

async function template(type = 'farm.harvest', org = 'A', language: 'zh' | 'en' = 'zh'): Promise<ExcelJS.Workbook> {
  const content = must(await importTemplate(farm.world, clerk, type, org, language))
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer)
  return book
}

const headings = (sheet: ExcelJS.Worksheet) => (sheet.getRow(1).values as string[]).slice(1)
const columnOf = (sheet: ExcelJS.Worksheet, heading: string) => headings(sheet).indexOf(heading) + 1
const bytes = async (book: ExcelJS.Workbook) => Buffer.from(await book.xlsx.writeBuffer())

/** What the drop-down of a cell offers. */
function offeredAt(book: ExcelJS.Workbook, heading: string): unknown[] {
  const sheet = book.worksheets[0]!
  const rule = sheet.getCell(2, columnOf(sheet, heading)).dataValidation
  const [, name, column, last] = /^(.+)!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)$/.exec(String(rule.formulae[0]))!
  const list = book.getWorksheet(name)!
  expect(list.state).toBe('veryHidden')
  return Array.from({ length: Number(last) }, (_, i) => list.getCell(`${column}${i + 1}`).value)
}

test.each(['zh', 'en'] as const)('a template in %s, filled in, imports just as it is', async language => {
  const book = await template('farm.harvest', 'A', language)
  const sheet = book.worksheets[0]!
  const titles =
    language === 'zh'
      ? ['日期*', '作物*', '说明*', '参加人次(人次)', '金额(元)', '单位', '所在村', '状态', '是否灌溉']
      : ['On*', 'Crop*', 'Note*', 'People(person-times)', 'Income(yuan)', 'Org unit', 'Village', 'State', 'Irrigated']
  const rows = [
    [new Date('2024-05-01T00:00:00Z'), language === 'zh' ? '水稻' : 'Rice', '一', 3, 12.34, '东镇', '下村'],
    [new Date('2024-05-02T00:00:00Z'), language === 'zh' ? '茶叶' : 'Tea', '二', 4, 0.1, '西镇', '上村(A-2-1)'],
  ]
  const ends = language === 'zh' ? ['办结', '是'] : ['Closed', 'yes']
  for (const [i, row] of rows.entries())
    for (const [j, value] of [...row, ...ends].entries())
      sheet.getCell(i + 2, columnOf(sheet, titles[j]!)).value = value as ExcelJS.CellValue
  const summary = must(await farm.load(`filled-${language}.xlsx`, await bytes(book)))
  expect(summary.errors).toEqual([])
  // The second language says the same facts once more.
  expect([summary.created, summary.unchanged]).toEqual(language === 'zh' ? [2, 0] : [0, 2])
  const closed = { crop: 'rice', note: '一', on: '2024-05-01', people: 3, income: 1234 }
  expect((await farm.records())[0]).toEqual({
    org: 'A-1',
    state: 'closed',
    fields: { ...closed, irrigated: true, village: 'A-1-2' },
  })
})

test('a template as it is holds no rows', async () => {
  const summary = await farm.load('blank.xlsx', await bytes(await template()))
  expect(summary.ok ? [] : summary.problems.map(problem => problem.code)).toEqual(['import/no-rows'])
})

test('every field has a column with help and a line of instructions; required ones are marked', async () => {
  const book = await template()
  const sheet = book.worksheets[0]!
  const known = Object.values(farm.world.registry.types.get('farm.harvest')!.fields).map(info => info.title.zh)
  const heads = headings(sheet)
  for (const title of known) expect(heads.filter(head => head.startsWith(title))).toHaveLength(1)
  expect(heads.filter(head => head.endsWith('*'))).toEqual(['日期*', '作物*', '说明*'])
  for (const [i] of heads.entries()) expect(JSON.stringify(sheet.getCell(1, i + 1).note)).toMatch(/必填|选填/)
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
  const guide = book.getWorksheet('填写说明')!
  const lines = guide.getColumn(1).values.map(String)
  for (const head of heads) expect(lines).toContain(head.replace('*', ''))
  const text = JSON.stringify(guide.getSheetValues())
  expect(text).toContain('水稻、茶叶')
  expect(text).toContain('数字，最多1位小数，0 到 100')
  expect(text).toContain('不填即为1人次')
})

test('drop-downs offer choices and the units beneath the template’s own', async () => {
  const book = await template('farm.harvest', 'A-1')
  expect(offeredAt(book, '作物*')).toEqual(['水稻', '茶叶'])
  expect(offeredAt(book, '是否灌溉')).toEqual(['是', '否'])
  expect(offeredAt(book, '状态')).toEqual(['在办', '办结'])
  expect(offeredAt(book, '所在村')).toEqual(['上村(A-1-1)', '下村'])
  expect(offeredAt(book, '单位')).toEqual(['东镇', '上村(A-1-1)', '下村'])
  // A village has no village beneath it: there is nobody else to enter for, and any village of the tree to choose.
  const village = await template('farm.harvest', 'A-1-2')
  expect(headings(village.worksheets[0]!)).not.toContain('单位')
  expect(offeredAt(village, '所在村')).toEqual(['下村'])
})

test('days and telephones keep their form: cells of dates are dates, of texts are texts', async () => {
  const sheet = (await template()).worksheets[0]!
  const format = (heading: string) => sheet.getColumn(columnOf(sheet, heading)).numFmt
  expect(format('日期*')).toBe('yyyy-mm-dd')
  expect(format('农户')).toBe('@')
})

test('who may not enter there gets no template; nor does an unknown type or unit', async () => {
  const unit = farm.world.orgs.byCode('A-2')!
  const grants = [{ org: unit.id, path: unit.path, role: 'clerk' as const }]
  const other: Actor = { person: null, name: '', from: 'test', grants }
  const codeOf = async (actor: Actor, type: string, org: string) => {
    const made = await importTemplate(farm.world, actor, type, org)
    return made.ok ? '' : made.problems[0]!.code
  }
  expect(await codeOf(other, 'farm.harvest', 'A-1')).toBe('permission/denied')
  expect(await codeOf(other, 'farm.harvest', 'A-2')).toBe('')
  expect(await codeOf(clerk, 'farm.none', 'A')).toBe('type/unknown')
  expect(await codeOf(clerk, 'farm.harvest', 'Z')).toBe('org/unknown')
})
