import type ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { codes, type Farm, openFarm, rowXml, SHEET, sheetOf, workbook, xlsxOf } from './testing.ts'

let farm: Farm
beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

const HEADS = ['日期', '作物', '说明']
const ON = new Date('2024-05-18T00:00:00Z')
const row = (note: string) => [ON, '水稻', note]

async function errorsOf(make: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void) {
  const summary = must(await farm.load('a.xlsx', await workbook(make)))
  expect(summary.created).toBe(0)
  return summary.errors.map(({ sheet, row, column, code }) => [...(sheet ? [sheet] : []), row, column, code])
}

/** What was stored of the record with a note. */
const noted = async (note: string) => (await farm.records()).find(record => record.fields.note === note)?.fields

describe('a cell', () => {
  test('that is a formula is named, whether it has a result or not', async () => {
    const errors = await errorsOf(sheet => {
      sheet.addRow([...HEADS, '参加人次'])
      sheet.addRow([...row('一'), { formula: 'SUM(A1:A2)', result: 3 }])
      sheet.addRow([...row('二'), { formula: 'cmd()' }])
      sheet.addRow([...row('三'), 4])
    })
    expect(errors).toEqual([
      [2, '参加人次', 'import/formula'],
      [3, '参加人次', 'import/formula'],
    ])
  })

  test('that shows an error is named with it', async () => {
    const errors = await errorsOf(sheet => {
      sheet.addRow([...HEADS, '参加人次'])
      sheet.addRow([...row('一'), { error: '#N/A' }])
      sheet.addRow([{ error: '#REF!' }, '水稻', '二', 1])
    })
    expect(errors).toEqual([
      [2, '参加人次', 'import/error-value'],
      [3, '日期', 'import/error-value'],
    ])
  })

  test('of many digits is taken as text, and refused where its end is lost already', async () => {
    const errors = await errorsOf(sheet => {
      sheet.addRow(HEADS)
      sheet.addRow(row('13800001111'))
      sheet.addRow([ON, '水稻', Number('110101199003071234')])
    })
    expect(errors).toEqual([[3, '说明', 'import/number-too-long']])
  })

  test('tells percentages, rich texts, links and times of day as people see them', async () => {
    const content = await workbook(sheet => {
      sheet.addRow([...HEADS, '含水率', '过磅时刻', '是否灌溉'])
      const added = sheet.addRow([
        ON,
        '水稻',
        { richText: [{ text: '早' }, { font: { bold: true }, text: '稻' }] },
        0.145,
        new Date('2024-05-18T09:30:00Z'),
        true,
      ])
      added.getCell(4).numFmt = '0.0%'
      added.getCell(5).numFmt = 'yyyy/m/d h:mm'
      sheet.addRow([ON, { text: '茶叶', hyperlink: 'http://example.invalid' }, '链接', 14.5])
    })
    expect(must(await farm.load('seen.xlsx', content)).errors).toEqual([])
    expect(await noted('早稻')).toMatchObject({
      moisture: 14.5,
      weighedAt: '2024-05-18T01:30:00.000Z',
      irrigated: true,
    })
    expect(await noted('链接')).toMatchObject({ crop: 'tea', moisture: 14.5 })
  })

  test('of ten million characters is refused, and not read to its end', async () => {
    const sheet = `<worksheet><sheetData>${rowXml(...HEADS)}${rowXml('2024-05-18', '水稻', 'x'.repeat(10_000_000))}</sheetData></worksheet>`
    expect(codes(await farm.load('long.xlsx', xlsxOf(sheet)))).toEqual(['import/row-too-long'])
  })
})

describe('days', () => {
  test('are the same in a workbook that counts from 1904', async () => {
    for (const date1904 of [false, true]) {
      const note = `自${date1904 ? 1904 : 1900}`
      const content = await workbook(
        sheet => {
          sheet.addRow(HEADS)
          sheet.addRow(row(note)).getCell(1).numFmt = 'yyyy"年"m"月"d"日"'
        },
        { date1904 },
      )
      must(await farm.load(`${note}.xlsx`, content))
      expect(await noted(note)).toMatchObject({ on: '2024-05-18' })
    }
  })

  test('written as plain numbers are not guessed', async () => {
    const errors = await errorsOf(sheet => {
      sheet.addRow(HEADS)
      sheet.addRow([45_430, '水稻', '序号'])
    })
    expect(errors).toEqual([[2, '日期', 'import/day']])
  })
})

describe('sheets', () => {
  test('with merged cells are refused, each range named; nothing is saved', async () => {
    const content = await workbook(sheet => {
      sheet.addRow(HEADS)
      sheet.addRow(row('合并一'))
      sheet.addRow(row('合并二'))
      sheet.mergeCells('A2:A3')
    })
    const refused = await farm.load('merged.xlsx', content)
    expect(refused.ok ? [] : refused.problems).toMatchObject([
      { code: 'import/merged-cells', row: 2, column: 'A', range: 'A2:A3' },
    ])
    expect(await noted('合并一')).toBeUndefined()
  })

  test('are read one after the other, each with its headings; errors name theirs', async () => {
    const both = (second: string) =>
      workbook((sheet, book) => {
        sheet.addRow(HEADS)
        sheet.addRow(row(`甲${second}`))
        const next = book.addWorksheet('五月')
        next.addRow(['说明', '日期', '作物'])
        next.addRow([`乙${second}`, ON, second])
        // What a spreadsheet program adds by itself.
        book.addWorksheet('Sheet3')
      })
    expect(must(await farm.load('b.xlsx', await both('茶叶')))).toMatchObject({ created: 2 })
    expect(await noted('乙茶叶')).toMatchObject({ on: '2024-05-18', crop: 'tea' })
    const summary = must(await farm.load('c.xlsx', await both('小麦')))
    expect(summary.errors.map(({ sheet, row, column }) => [sheet, row, column])).toEqual([['五月', 2, '作物']])
  })

  test('of which one has other headings refuse the file by its name', async () => {
    const content = await workbook((sheet, book) => {
      sheet.addRow(HEADS)
      sheet.addRow(row('前'))
      book.addWorksheet('汇总').addRow(['合计', 12])
    })
    const refused = await farm.load('sum.xlsx', content)
    expect(codes(refused)).toContain('import/unknown-column')
    expect(refused.ok ? [] : refused.problems.map(problem => problem.sheet)).toContain('汇总')
    expect(await noted('前')).toBeUndefined()
  })

  test('that are hidden are not read', async () => {
    const content = await workbook((sheet, book) => {
      sheet.addRow(HEADS)
      sheet.addRow(row('看得见'))
      for (const state of ['hidden', 'veryHidden'] as const) {
        const hidden = book.addWorksheet(state, { state })
        hidden.addRow(HEADS)
        hidden.addRow(row('看不见'))
      }
    })
    expect(must(await farm.load('hidden.xlsx', content))).toMatchObject({ read: 1, created: 1 })
    expect(await noted('看不见')).toBeUndefined()
  })

  test('may have empty rows and a column without heading as long as it is empty', async () => {
    const errors = await errorsOf(sheet => {
      sheet.addRow([...HEADS, '', '参加人次'])
      sheet.addRow([])
      sheet.addRow([...row('空一行'), '', 2])
      sheet.addRow([...row('多一格'), '多', 2])
    })
    expect(errors).toEqual([[4, 'D', 'import/no-heading']])
  })
})

describe('a file', () => {
  test('that unpacks to a thousand times its size is refused before it is unpacked', async () => {
    const bomb = xlsxOf(Buffer.alloc(64 * 1024 * 1024, ' '))
    expect(bomb.length).toBeLessThan(200_000)
    expect(codes(await farm.load('bomb.xlsx', bomb))).toEqual(['import/zip-bomb'])
  })

  test('that unpacks to more than it claims is refused when that shows', async () => {
    const liar = xlsxOf(Buffer.alloc(64 * 1024 * 1024, ' '), { [SHEET]: 1000 })
    expect(codes(await farm.load('liar.xlsx', liar))).toEqual(['import/xlsx-broken'])
  })

  test('whose entities would expand without end is refused', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`
    const sheet = `${laughs}<worksheet><sheetData>${rowXml(...HEADS)}${rowXml('2024-05-18', '水稻', '&b;')}</sheetData></worksheet>`
    expect(codes(await farm.load('laughs.xlsx', xlsxOf(sheet)))).toEqual(['import/xlsx-broken'])
  })

  test('that was cut off anywhere is refused, with nothing saved', async () => {
    const whole = await workbook(sheet => {
      sheet.addRow(HEADS)
      for (let i = 0; i < 500; i++) sheet.addRow(row(`截断${i}`))
    })
    for (const share of [0.02, 0.5, 0.9, 0.999]) {
      const part = whole.subarray(0, Math.floor(whole.length * share))
      expect(codes(await farm.load('cut.xlsx', part))).toEqual(['import/xlsx-broken'])
    }
    expect(await noted('截断0')).toBeUndefined()
  })

  test('with flipped bytes is refused or read as something, but never breaks the program', async () => {
    const whole = await workbook(sheet => {
      sheet.addRow(HEADS)
      for (let i = 0; i < 50; i++) sheet.addRow([ON, '水稻', 1e20])
    })
    for (let at = 40; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const flipped = Buffer.from(whole)
      flipped[at]! ^= 0x55
      const result = await farm.load('flipped.xlsx', flipped)
      expect(result.ok ? result.value.created : 0).toBe(0)
    }
  })

  test('that is no xlsx is told what it is', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    const plain = await workbook(sheet => sheet.addRow(HEADS))
    expect(codes(await farm.load('text.xlsx', '日期,作物\n'))).toEqual(['import/other-format'])
    expect(codes(await farm.load('other.csv', plain))).toEqual(['import/other-format'])
    expect(codes(await farm.load('old.xls', old))).toEqual(['import/old-format'])
    expect(codes(await farm.load('locked.xlsx', old))).toEqual(['import/old-format'])
    expect(codes(await farm.load('none.xlsx', ''))).toEqual(['import/empty'])
    expect(codes(await farm.load('page.pdf', '%PDF'))).toEqual(['import/format'])
    expect(codes(await farm.load('heads.xlsx', plain))).toEqual(['import/no-rows'])
  })
})

test('rejected rows come back as they were, with their sheet and reasons; mended, they import', async () => {
  const content = await workbook((sheet, book) => {
    sheet.addRow(HEADS)
    sheet.addRow(row('留下'))
    sheet.addRow([ON, '小麦', '改一'])
    const next = book.addWorksheet('五月')
    next.addRow(HEADS)
    next.addRow(['2024-02-30', '水稻', '改二'])
  })
  const first = must(await farm.load('mend.xlsx', content, { partial: true }))
  expect(first).toMatchObject({
    read: 3,
    created: 1,
    rejected: 2,
    rejectedFile: expect.stringMatching(/mend\.rejected\.xlsx$/),
  })
  const sheet = await sheetOf(first.rejectedFile!)
  expect((sheet.getRow(1).values as string[]).slice(1)).toEqual([...HEADS, '错误原因'])
  expect(sheet.rowCount).toBe(2)
  expect(sheet.getCell('A2').value).toEqual(ON)
  expect(String(sheet.getCell('D2').value)).toContain('作物')
  sheet.getCell('B2').value = '茶叶'
  const may = sheet.workbook.getWorksheet('五月')!
  expect(String(may.getCell('D2').value)).toContain('2024-02-30')
  may.getCell('A2').value = ON
  const mended = Buffer.from(await sheet.workbook.xlsx.writeBuffer())
  expect(must(await farm.load('mended.xlsx', mended))).toMatchObject({ created: 2, rejected: 0 })
  expect(await noted('改一')).toMatchObject({ crop: 'tea' })
})
