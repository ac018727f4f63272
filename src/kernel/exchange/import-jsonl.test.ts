import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { codes, type Farm, lines, openFarm } from './testing.ts'

let farm: Farm
beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

const object = (more: object) => JSON.stringify({ on: '2024-05-01', crop: 'rice', note: '好', ...more })
const noted = async (note: string) => (await farm.records()).find(record => record.fields.note === note)?.fields

async function errorsOf(...rows: string[]) {
  const summary = must(await farm.load('a.jsonl', lines(...rows)))
  expect(summary).toMatchObject({ created: 0 })
  return summary.errors.map(({ row, column, code }) => `${row} ${column} ${code}`)
}

test('values are taken as they are stored, titles as they are shown', async () => {
  must(
    await farm.load(
      'a.jsonl',
      lines(
        object({ note: '存的', income: 1234 }),
        '{"日期":"2024-05-01","作物":"茶叶","说明":"看的","金额(元)":12.34}',
      ),
    ),
  )
  expect(await noted('存的')).toMatchObject({ income: 1234 })
  expect(await noted('看的')).toMatchObject({ income: 1234, crop: 'tea' })
})

test('lines that are no JSON object are named', async () => {
  const rows = ['{"on":NaN}', '[1,2]', '12', 'null', '{"on":', '', object({ note: 'a' })]
  expect(await errorsOf(...rows)).toEqual([
    '1  import/json',
    '2  import/json-object',
    '3  import/json-object',
    '4  import/json-object',
    '5  import/json',
  ])
})

test('values of the wrong kind are named with line and key', async () => {
  const rows = [
    object({ note: 'a\ud800b' }),
    object({ note: { html: '<b>' } }),
    object({ people: '3' }),
    object({ people: 1.5 }),
    `{"on":"2024-05-01","crop":"rice","note":"x","people":1e999}`,
    object({ on: 20240501 }),
    object({ on: '2024-02-30' }),
    object({ note: '\u0000' }),
    object({ crop: ['rice'] }),
    object({ colour: 'red' }),
    `{"on":"2024-05-01","crop":"rice","note":"x","__proto__":{"people":5}}`,
    object({ place: { lon: 500, lat: 0 } }),
    object({ note: null }),
  ]
  const errors = await errorsOf(...rows)
  expect(errors.map(error => error.split(' ').slice(0, 2).join(' '))).toEqual([
    '1 note',
    '2 note',
    '3 people',
    '4 people',
    '5 people',
    '6 on',
    '7 on',
    '8 note',
    '9 crop',
    '10 colour',
    '11 __proto__',
    '12 place',
    '13 note',
  ])
  expect(errors[0]).toBe('1 note field/characters')
  expect(errors[9]).toBe('10 colour import/unknown-column')
})

test('a field said twice, by name and by title, is not guessed', async () => {
  expect(await errorsOf(object({ 日期: '2024-05-02' }))).toEqual(['1 日期 import/column-twice'])
})

test('objects nested without end are refused, and given back', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const line = `{"on":"2024-05-01","crop":"rice","note":${deep}}`
  expect(await errorsOf(line, line.replace('note', 'sales'))).toEqual(['1  import/too-deep', '2  import/too-deep'])
  const partial = must(await farm.load('deep.jsonl', lines(line, object({ note: '浅' })), { partial: true }))
  expect(partial).toMatchObject({ created: 1, rejected: 1 })
})

test('a very long line is refused with its number, without being held whole', async () => {
  const refused = await farm.load('a.jsonl', lines(object({}), object({ note: 'x'.repeat(30_000_000) })))
  expect(codes(refused)).toEqual(['import/row-too-long'])
  expect(refused.ok ? 0 : refused.problems[0]!.row).toBe(2)
})

test('other encodings than UTF-8 are refused', async () => {
  expect(codes(await farm.load('a.jsonl', Buffer.from(`\ufeff${object({})}`, 'utf16le')))).toEqual(['import/encoding'])
  const wrong = Buffer.concat([Buffer.from('{"on":"'), Buffer.from([0xff, 0xff]), Buffer.from('"}\n')])
  expect(codes(await farm.load('a.jsonl', wrong))).toEqual(['import/encoding'])
})

test('the mark of UTF-8, Windows line ends and a last line without end are fine', async () => {
  const text = `\ufeff${object({ note: '甲' })}\r\n${object({ note: '乙' })}`
  expect(must(await farm.load('a.jsonl', text))).toMatchObject({ created: 2 })
})

test('nothing but blank lines is nothing', async () => {
  expect(codes(await farm.load('a.jsonl', '\n \n'))).toEqual(['import/no-rows'])
})

describe('rejected lines', () => {
  test('come back with their reason; mended, they import', async () => {
    const rows = [object({ note: '留' }), object({ note: '改', people: -1 }), '{"on":']
    const first = must(await farm.load('mend.jsonl', lines(...rows), { partial: true }))
    expect(first).toMatchObject({ read: 3, created: 1, rejected: 2 })
    const [bad, broken] = (await readFile(first.rejectedFile!, 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(bad).toMatchObject({ note: '改', people: -1, reason: expect.stringContaining('参加人次') })
    expect(broken).toMatchObject({ line: '{"on":', reason: expect.stringContaining('JSON') })
    expect(must(await farm.load('mended.jsonl', lines(JSON.stringify({ ...bad, people: 1 }))))).toMatchObject({
      created: 1,
    })
    expect(await noted('改')).toMatchObject({ people: 1 })
  })
})
