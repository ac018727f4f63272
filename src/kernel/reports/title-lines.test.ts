import { expect, test } from 'vitest'
import { headingNumbers } from './headings.ts'
import { titleLines } from './title-lines.ts'

const width = (line: string) => [...line].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 0.5 : 1), 0)

test('a title that fits stays in one line', () => {
  expect(titleLines('甲县科技管理中心2024年工作总结')).toEqual(['甲县科技管理中心2024年工作总结'])
})

test('a long title is set in lines that fit, none of equal length, no word broken, nothing lost', () => {
  const title = '甲县科技管理中心关于2024年度实用技术培训和科技特派员工作情况的总结报告'
  const lines = titleLines(title)
  expect(lines.join('')).toBe(title)
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(width(line)).toBeLessThanOrEqual(20)
  expect(width(lines[0]!)).not.toBe(width(lines[1]!))
  for (const word of ['2024', '技术', '总结', '报告'])
    expect(
      lines.some(line => line.includes(word)),
      word,
    ).toBe(true)
})

test('three lines are never an hourglass', () => {
  const lines = titleLines(
    '示范市邮政管理局关于进一步做好2024年度科技项目申报立项和设备更新改造以及计量检定工作情况的半年总结报告',
  )
  expect(lines.length).toBeGreaterThan(2)
  const [first, middle, last] = lines.map(width) as [number, number, number]
  expect(middle < first && middle < last).toBe(false)
  expect(lines.some(line => line.includes('2024年度'))).toBe(true)
})

test('a title without a place to break stays whole', () => {
  const title = 'A'.repeat(100)
  expect(titleLines(title)).toEqual([title])
})

test('headings count 一、（一）1.（1） and each level begins anew under the one above', () => {
  const levels = [1, 2, 2, 3, 3, 4, 1, 2] as const
  const blocks = levels.map(level => ({ kind: 'heading' as const, level, inlines: [] }))
  expect(headingNumbers(blocks, 'zh')).toEqual(['一、', '（一）', '（二）', '1.', '2.', '（1）', '二、', '（一）'])
  expect(headingNumbers(blocks, 'en')).toEqual(['1. ', '1.1 ', '1.2 ', '1.2.1 ', '1.2.2 ', '(1) ', '2. ', '2.1 '])
  const many = headingNumbers(
    Array.from({ length: 21 }, () => ({ kind: 'heading' as const, level: 1 as const, inlines: [] })),
    'zh',
  )
  expect([many[9], many[10], many[19], many[20]]).toEqual(['十、', '十一、', '二十、', '二十一、'])
})
