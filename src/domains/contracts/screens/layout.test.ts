import { expect, test } from 'vitest'
import { at, lineOf, span, ticks } from './layout.ts'

const line = { from: '2024-01-01', until: '2026-01-01' }

test('days stand where they belong, and at the ends when beyond', () => {
  expect([at(line, '2024-01-01'), at(line, '2026-01-01'), at(line, '2020-05-01'), at(line, '2030-05-01')]).toEqual([
    0, 100, 0, 100,
  ])
  // 366 of 731 days.
  expect(at(line, '2025-01-01')).toBe(50.07)
  expect(span(line, '2023-06-01', '2025-01-01')).toEqual({ left: 0, width: 50.07 })
  expect(span(line, '2025-01-01', '2025-01-01').width).toBeGreaterThan(0)
})

test('the line is of whole years and holds today', () => {
  expect(lineOf([{ from: '2023-05-01', until: '2025-02-01' }], '2024-06-01')).toEqual({
    from: '2023-01-01',
    until: '2026-01-01',
  })
  expect(lineOf([], '2024-06-01')).toEqual({ from: '2024-01-01', until: '2025-01-01' })
  expect(ticks(line).map(({ day }) => day)).toHaveLength(8)
  expect(
    ticks(line)
      .filter(({ year }) => year)
      .map(({ year }) => year),
  ).toEqual(['2024', '2025'])
})
