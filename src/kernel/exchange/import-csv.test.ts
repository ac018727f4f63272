import { readFile, writeFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { codes, csv, type Farm, lines, openFarm } from './testing.ts'

let farm: Farm
beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

const noted = async (note: string) => (await farm.records()).find(record => record.fields.note === note)?.fields
const rowOf = (result: Awaited<ReturnType<Farm['load']>>) => (result.ok ? undefined : result.problems[0]!.row)

describe('the encoding', () => {
  const text = (note: string) => csv(`2024-05-01,水稻,${note},3,`)
  test.each([
    ['utf8', {}],
    ['utf8', { addBOM: true }],
    ['gb18030', {}],
    ['utf16le', { addBOM: true }],
    ['utf16be', { addBOM: true }],
  ] as const)('%s %o is told from the file', async (encoding, options) => {
    // 㐂 takes four bytes in GB18030, 𬭊 (a rare name's character) a pair of surrogates.
    const note = `${encoding}${'addBOM' in options}㐂𬭊`
    const content = iconv.encode(text(note), encoding, options)
    expect(must(await farm.load('a.csv', content))).toMatchObject({ created: 1 })
    expect(await noted(note)).toMatchObject({ crop: 'rice', people: 3 })
  })

  test('that is none of these is refused with the line where it shows', async () => {
    const content = Buffer.concat([Buffer.from(text('好')), Buffer.from([0xff, 0xfe, 0xff, 0x0a])])
    const refused = await farm.load('b.csv', content)
    expect(codes(refused)).toEqual(['import/encoding'])
    expect(rowOf(refused)).toBe(3)
  })

  test('of a UTF-8 file with a broken byte is not taken for another: no wrong characters come in', async () => {
    const content = Buffer.from(csv(...Array.from({ length: 20 }, (_, i) => `2024-05-01,水稻,第${i}行说明,3,`)))
    content[content.length - 12] = 0x41
    expect(codes(await farm.load('c.csv', content))).toEqual(['import/encoding'])
  })

  test('is found although a character lies across two pieces of the file', async () => {
    const filler = '说'.repeat(199)
    const rows = Array.from({ length: 2000 }, (_, i) => `2024-05-01,水稻,${filler.slice(0, 150 + (i % 49))},1,`)
    const summary = must(await farm.load('d.csv', iconv.encode(csv(...rows), 'gb18030')))
    expect(summary).toMatchObject({ created: 2000, rejected: 0 })
    const kept = (await farm.records()).filter(({ fields }) => /^说{150,}$/.test(String(fields.note)))
    expect(kept).toHaveLength(2000)
  })
})

describe('quotes', () => {
  test('that stand astray are refused with their row', async () => {
    const refused = await farm.load('a.csv', csv('2024-05-01,水稻,好,1,', '2024-05-01,水稻,他说"好"了,1,'))
    expect(codes(refused)).toEqual(['import/csv-quote'])
    expect(rowOf(refused)).toBe(3)
  })

  test('that are never closed are refused with the row that opens them', async () => {
    const refused = await farm.load(
      'a.csv',
      csv('2024-05-01,水稻,"没有完,1,', ...Array(50).fill('2024-05-01,水稻,好,1,')),
    )
    expect(codes(refused)).toEqual(['import/csv-quote'])
    expect(rowOf(refused)).toBe(2)
  })

  test('hold commas, quotes and line breaks as they are', async () => {
    must(await farm.load('a.csv', csv('2024-05-01,水稻,"一,二""三""\n四",1,')))
    expect(await noted('一,二"三"\n四')).toMatchObject({ people: 1 })
  })
})

describe('a file', () => {
  test.each([
    ['commas', ','],
    ['tabs', '\t'],
    ['semicolons', ';'],
  ])('may be divided by %s', async (name, mark) => {
    const text = [
      ['日期', '作物', '说明'],
      ['2024-05-01', '水稻', name],
    ]
    must(await farm.load('a.csv', lines(...text.map(row => row.join(mark)))))
    expect(await noted(name)).toMatchObject({ on: '2024-05-01' })
  })

  test('may end its lines in any way', async () => {
    must(await farm.load('a.csv', csv('2024-05-01,水稻,回车,1,').replaceAll('\n', '\r\n')))
    expect(await noted('回车')).toMatchObject({ people: 1 })
  })

  test('with headings alone or nothing but blanks has nothing to import', async () => {
    expect(codes(await farm.load('a.csv', csv()))).toEqual(['import/no-rows'])
    expect(codes(await farm.load('a.csv', '日期,作物,说明'))).toEqual(['import/no-rows'])
    expect(codes(await farm.load('a.csv', csv('', ',,,,', '')))).toEqual(['import/no-rows'])
    expect(codes(await farm.load('a.csv', '\n \n'))).toEqual(['import/no-rows'])
    expect(codes(await farm.load('a.csv', ''))).toEqual(['import/empty'])
  })

  test('with a cell of ten million characters is refused with its row', async () => {
    for (const cell of ['x'.repeat(10_000_000), `"${'字\n'.repeat(3_000_000)}"`]) {
      const refused = await farm.load('a.csv', csv('2024-05-01,水稻,好,1,', `2024-05-01,水稻,${cell},1,`))
      expect(codes(refused)).toEqual(['import/row-too-long'])
      expect(rowOf(refused)).toBe(3)
    }
  })

  test('with characters that cannot be stored is refused with row and column', async () => {
    const summary = must(await farm.load('a.csv', csv('2024-05-01,水稻,空\u0000字,1,')))
    expect(summary.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, '说明', 'field/characters'],
    ])
  })

  test('tells each value that does not fit by its rule', async () => {
    const rows = [
      '2024-02-30,水稻,一,1,',
      '2024-05-01,水稻,二,NaN,',
      '2024-05-01,水稻,三,-1,',
      '2024-05-01,水稻,四,99999999999,',
      '2024-05-01,水稻,五,1,99999999999999999999',
      '2024-05-01,水稻,六,1.5,',
      '明天,水稻,七,1,',
      '2099-05-01,水稻,八,1,',
      `2024-05-01,水稻,${'九'.repeat(201)},1,`,
    ]
    const summary = must(await farm.load('a.csv', csv(...rows)))
    expect(summary).toMatchObject({ read: 9, created: 0, rejected: 9 })
    expect(summary.errors.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 日期 import/no-such-day',
      '3 参加人次 import/quantity-format',
      '4 参加人次 field/negative',
      '5 参加人次 field/too-large',
      '6 金额(元) import/quantity-too-large',
      '7 参加人次 field/kind',
      '8 日期 import/day',
      '9 日期 field/future-day',
      '10 说明 field/too-long',
    ])
  })
})

test('rejected rows come back as they were, with reasons, none of them a formula; mended, they import', async () => {
  const text = csv('2024-05-01,水稻,留下,1,', '2024-02-30,水稻,=cmd|calc,2,12.34', '2024-05-01,小麦,"改,二",-3,')
  const first = must(await farm.load('mend.csv', text, { partial: true }))
  expect(first).toMatchObject({ read: 3, created: 1, rejected: 2 })
  expect(first.rejectedFile).toMatch(/mend\.rejected\.csv$/)
  const rejected = await readFile(first.rejectedFile!, 'utf8')
  expect(rejected.split('\n')[0]).toBe('\ufeff日期,作物,说明,参加人次,金额(元),错误原因')
  expect(rejected).toMatch(/'=cmd\|calc,2,12\.34,.*2024-02-30/)
  await writeFile(
    first.rejectedFile!,
    rejected.replace('2024-02-30,', '2024-02-29,').replace('小麦', '茶叶').replace(',-3,', ',3,'),
  )
  const mended = must(await farm.load('mended.csv', await readFile(first.rejectedFile!)))
  expect(mended.errors).toEqual([])
  expect(mended).toMatchObject({ created: 2 })
  expect(await noted('=cmd|calc')).toMatchObject({ on: '2024-02-29', income: 1234 })
  expect(await noted('改,二')).toMatchObject({ crop: 'tea', people: 3 })
})
