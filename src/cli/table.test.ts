import { expect, test } from 'vitest'
import { pairs, table, tableStart } from './table.ts'
import { displayWidth } from './width.ts'

test('Chinese, full-width characters and emoji take two cells, combining marks none', () => {
  expect(displayWidth('abc')).toBe(3)
  expect(displayWidth('示范市A')).toBe(7)
  expect(displayWidth('（，。）１')).toBe(10)
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth('🌾𠮷')).toBe(4)
  expect(displayWidth('—“”─')).toBe(4)
})

test('a table is aligned by cells, numbers to the right, nothing after the last column', () => {
  const columns = [{ title: '单位' }, { title: '个', align: 'right' as const }]
  expect(
    table(columns, [
      ['甲县', '769'],
      ['B', '1,265'],
    ]),
  ).toBe('单位     个\n────  ─────\n甲县    769\nB     1,265')
})

test('pairs leave out what is not there', () => {
  expect(
    pairs([
      ['指标', 'a'],
      ['空', undefined],
      ['数', 'b'],
    ]),
  ).toBe('指标  a\n数    b')
})

test('a long table is cut, and says how much more there is', () => {
  const rows = Array.from({ length: 1_025 }, (_, i) => [String(i)])
  const lines = tableStart([{ title: 'n' }], rows, 'zh').split('\n')
  expect(lines).toHaveLength(2 + 20 + 1)
  expect(lines.at(-1)).toBe('还有 1,005 行，用 --json 看')
  expect(tableStart([{ title: 'n' }], rows.slice(0, 20), 'en').split('\n')).toHaveLength(22)
})
