import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Page } from '../../../kernel/labels/page.ts'
import { pdf } from '../../../kernel/labels/pdf.ts'
import { pictures, poppler, printed, scan, wordsOf } from '../../../kernel/labels/testing.ts'
import { zpl } from '../../../kernel/labels/zpl.ts'
import { addDays, type Day, day } from '../../../kernel/period/day.ts'
import { must } from '../../../kernel/result.ts'
import { dayOfYear, makeBag, parseBag } from '../codes/bag.ts'
import { makeItem, parseItem } from '../codes/item.ts'
import { parsePostcode } from '../codes/postcode.ts'
import { type BagLabel, bagLabel, type ItemLabel, itemLabel } from './labels.ts'

const closedOn: Day = must(day('2024-11-23'))
const postcode = (text: string) => must(parsePostcode(text)).code

const bag = (serial: number, weight = 153, on = closedOn): BagLabel => ({
  code: must(
    makeBag({
      origin: { postcode: postcode('510620'), serial: 7 },
      destination: { postcode: postcode('100010'), serial: 1 },
      ...{ class: '06', dayOfYear: dayOfYear(on), wave: 1, serial, weight },
    }),
  ),
  from: '天河北支局',
  to: '北京邮区中心局',
  closedOn: on,
  ...{ items: 120, registered: 15, closedBy: '王小芳' },
})

const item = (serial: number): ItemLabel => ({
  code: must(makeItem('registered', serial)),
  from: '广州市天河区体育东路1号',
  to: '北京市西城区金融大街甲3号　李　明',
  ...{ weight: 48, acceptedAt: '天河北支局', acceptedOn: closedOn },
})

const codeOf = (page: Page) => page.marks.flatMap(mark => (mark.kind === 'bars' ? [mark.symbol.text] : []))

describe('a printed label scans back to exactly its number', () => {
  test('as PDF, a page per label', async ({ skip }) => {
    if (!poppler && !process.env.CI) skip('not run: pdftoppm is not installed on this machine')
    const pages = [
      must(bagLabel(bag(1))),
      must(itemLabel(item(1))),
      must(bagLabel(bag(9999, 1))),
      must(itemLabel(item(99_999_999))),
    ]
    const file = await pdf(pages, { title: '袋牌', at: new Date(0) })
    const shown = await pictures(file, 203)
    expect(shown).toHaveLength(4)
    for (const [index, page] of pages.entries()) {
      const code = await scan(shown[index]!, 'code128')
      expect([code]).toEqual(codeOf(page))
      expect((page.width > 90 ? parseBag(code) : parseItem(code)).ok).toBe(true)
    }
  })

  test('as ZPL, at the densities of printers', async () => {
    for (const dots of [8, 12] as const) {
      for (const page of [must(bagLabel(bag(42))), must(itemLabel(item(47_312_482)))]) {
        const [picture] = await printed(must(await zpl([page], dots)), page, dots)
        expect([await scan(picture!, 'code128')]).toEqual(codeOf(page))
      }
    }
  })
})

test('a bag label says all of its code in words, and who closed it', async ({ skip }) => {
  if (!poppler && !process.env.CI) skip('not run: pdftoppm is not installed on this machine')
  const label = bag(42)
  const words = await wordsOf(await pdf([must(bagLabel(label))], { title: '袋牌', at: new Date(0) }))
  for (const word of [
    '天河北支局',
    '510620-07',
    '北京邮区中心局',
    '100010-01',
    '特快专递',
    '0042',
    '11月23日',
    '第1频次',
  ])
    expect(words).toContain(word)
  for (const word of ['15.3千克', '120件', '15件', '王小芳']) expect(words).toContain(word)
  expect(words.replaceAll(' ', '')).toContain(label.code)
})

test('an item label says product, number, weight, from and to', async ({ skip }) => {
  if (!poppler && !process.env.CI) skip('not run: pdftoppm is not installed on this machine')
  const label = item(47_312_482)
  const words = await wordsOf(await pdf([must(itemLabel(label))], { title: '面单', at: new Date(0) }))
  for (const word of ['挂号信', '48克', '寄：广州市天河区体育东路1号', '李', '天河北支局', '2024-11-23'])
    expect(words).toContain(word)
  expect(words.replaceAll(' ', '')).toContain(label.code)
})

test('bars are as high and wide, and have the light margins, that bag labels must have', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 999 }),
      fc.nat(99_999_999),
      (serial, weight, itemSerial) => {
        for (const page of [must(bagLabel(bag(serial, weight))), must(itemLabel(item(itemSerial)))]) {
          const bars = page.marks.filter(mark => mark.kind === 'bars')
          expect(bars).toHaveLength(1)
          const { module, height, x, symbol } = bars[0]!
          expect(module).toBeGreaterThanOrEqual(0.33)
          expect(height).toBeGreaterThanOrEqual(15)
          expect(x).toBeGreaterThanOrEqual(10 * module)
          expect(page.width - x - symbol.modules * module).toBeGreaterThanOrEqual(10 * module - 1e-9)
        }
      },
    ),
  ))

test('nothing on a label lies upon its bars or outside it', () => {
  for (const page of [must(bagLabel(bag(1))), must(itemLabel(item(1)))]) {
    const bars = page.marks.find(mark => mark.kind === 'bars')!
    for (const mark of page.marks) {
      const bottom = mark.y + (mark.kind === 'text' ? mark.size * 1.2 : mark.kind === 'matrix' ? 0 : mark.height)
      expect(mark.x).toBeGreaterThanOrEqual(0)
      expect(bottom).toBeLessThanOrEqual(page.height)
      if (mark.kind === 'text' || mark.kind === 'box') {
        expect(mark.x + mark.width).toBeLessThanOrEqual(page.width)
        expect(bottom <= bars.y || mark.y >= bars.y + bars.height).toBe(true)
      }
    }
  }
})

test('a label that contradicts its code, or cannot be, is refused', () => {
  const why = (result: ReturnType<typeof bagLabel>) => (result.ok ? undefined : result.problems[0]!.code)
  const good = bag(1)
  expect(why(bagLabel(good))).toBeUndefined()
  expect(why(bagLabel({ ...good, closedOn: addDays(closedOn, 1) }))).toBe('mail/label/day')
  expect(why(bagLabel({ ...good, registered: 121 }))).toBe('mail/label/items')
  expect(why(bagLabel({ ...good, items: 1.5 }))).toBe('mail/label/items')
  expect(why(itemLabel({ ...item(1), weight: 0 }))).toBe('mail/label/weight')
})
