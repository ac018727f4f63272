import type { BarsMark, BoxMark, Page, TextMark } from '../../../kernel/labels/page.ts'
import { code128, QUIET } from '../../../kernel/labels/symbol.ts'
import { type Day, partsOf } from '../../../kernel/period/day.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type BagCode, classes, dayOfYear, parseBag } from '../codes/bag.ts'
import { type ItemCode, parseItem, products } from '../codes/item.ts'
import { kindWords } from '../codes/s10.ts'

/** The narrow bar in mm: three whole dots of a 203 dpi printer, above the 0.33 that bag labels must have. */
const MODULE_WIDTH = 0.375
/** Bars of a bag label are at least 15 mm high. */
const BARS = 18

export interface BagLabel {
  /** Class, wave, number and weight are told from the code, so that words and bars cannot differ. */
  readonly code: BagCode
  /** Names of the offices; their postcodes are in the code. */
  readonly from: string
  readonly to: string
  readonly closedOn: Day
  readonly items: number
  /** Accountable items (给据) among them. */
  readonly registered: number
  readonly closedBy: string
}

/**
 * The label of a bag (128码袋牌), 100 × 78 mm.
 * @returns the page, or an error of the code, `mail/label/day` where day and code differ, `mail/label/items`
 */
export function bagLabel(label: BagLabel): Result<Page> {
  const read = parseBag(label.code)
  if (!read.ok) return read
  const bag = read.value
  if (bag.dayOfYear !== dayOfYear(label.closedOn))
    return fail('mail/label/day', {
      field: 'closedOn',
      value: label.closedOn,
      zh: `总包条码中是当年第${bag.dayOfYear}天，与封发日期${label.closedOn}不符`,
      en: `The bag code is of day ${bag.dayOfYear} of the year, not of ${label.closedOn}`,
    })
  const counts = [label.items, label.registered]
  if (counts.some(count => !Number.isInteger(count) || count < 0) || label.registered > label.items)
    return fail('mail/label/items', {
      field: 'items',
      value: label.items,
      registered: label.registered,
      zh: `袋内共${label.items}件、其中给据${label.registered}件，不可能`,
      en: `A bag cannot hold ${label.items} items of which ${label.registered} are accountable`,
    })
  const width = 100
  const bars = barsAcross(label.code, { width, y: 51, height: BARS, set: 'C' })
  if (!bars.ok) return bars
  const { month, date } = partsOf(label.closedOn)
  return ok({
    width,
    height: 78,
    marks: [
      frame(2, 2, 96, 47),
      write('中国邮政 总包袋牌', 4, 4, 60, 4),
      write(classes[bag.class].zh, 56, 3.4, 40, 5, 'right'),
      rule(2, 9.5, 96),
      write('发', 4, 11.4, 8, 4),
      write(label.from, 12, 11, 62, 5),
      write(officeWords(bag.origin), 74, 11.6, 22, 4, 'right'),
      rule(2, 17.5, 96),
      write('到', 4, 21, 8, 4),
      write(label.to, 12, 19.2, 62, 8.5),
      write(officeWords(bag.destination), 74, 21.4, 22, 4, 'right'),
      rule(2, 29.5, 96),
      ...cells(31, [
        ['袋号', String(bag.serial).padStart(4, '0')],
        ['日期', `${month}月${date}日`],
        ['频次', `第${bag.wave}频次`],
        ['重量', `${(bag.weight / 10).toFixed(1)}千克`],
      ]),
      rule(2, 39.5, 96),
      ...cells(41, [
        ['件数', `${label.items}件`],
        ['其中给据', `${label.registered}件`],
        ['封发人', label.closedBy],
      ]),
      bars.value,
      write(grouped(label.code), 4, 70.5, 92, 3.8, 'center'),
    ],
  })
}

export interface ItemLabel {
  readonly code: ItemCode
  readonly from: string
  readonly to: string
  /** Grams. */
  readonly weight: number
  /** Office and day of acceptance. */
  readonly acceptedAt: string
  readonly acceptedOn: Day
}

/**
 * The label of an item, 80 × 50 mm; product or service is told from the code.
 * @returns the page, or an error of the code, or `mail/label/weight`
 */
export function itemLabel(label: ItemLabel): Result<Page> {
  const read = parseItem(label.code)
  if (!read.ok) return read
  if (!Number.isInteger(label.weight) || label.weight < 1)
    return fail('mail/label/weight', {
      field: 'weight',
      value: label.weight,
      zh: `邮件重量应为正整数克，不能是${label.weight}`,
      en: `The weight of an item is whole grams of at least 1, not ${label.weight}`,
    })
  const { product, kind, service, country } = read.value
  const width = 80
  const bars = barsAcross(label.code, { width, y: 10, height: 15 })
  if (!bars.ok) return bars
  const digits = label.code.slice(2, 11)
  return ok({
    width,
    height: 50,
    marks: [
      write(product ? products[product].zh : kindWords[kind].zh, 3, 3, 46, 5),
      write(`${label.weight}克`, 49, 3.6, 28, 4, 'right'),
      bars.value,
      write(
        `${service} ${digits.slice(0, 4)} ${digits.slice(4, 8)} ${digits[8]} ${country}`,
        3,
        26.5,
        74,
        4.2,
        'center',
      ),
      rule(3, 32, 74),
      write(`寄：${label.from}`, 3, 33.6, 74, 3.4),
      write(`收：${label.to}`, 3, 38.2, 74, 4),
      rule(3, 43.5, 74),
      write(label.acceptedAt, 3, 45, 50, 3),
      write(label.acceptedOn, 53, 45, 24, 3, 'right'),
    ],
  })
}

const write = (
  text: string,
  x: number,
  y: number,
  width: number,
  size: number,
  align?: TextMark['align'],
): TextMark => ({
  ...{ kind: 'text', x, y, width, size, text, align },
})

const frame = (x: number, y: number, width: number, height: number): BoxMark => ({
  ...{ kind: 'box', x, y, width, height, line: 0.3 },
})

const rule = (x: number, y: number, width: number): BoxMark => frame(x, y, width, 0)

/** A row of titles over values, in equal parts of the frame. */
const cells = (y: number, pairs: readonly (readonly [title: string, value: string])[]): TextMark[] =>
  pairs.flatMap(([title, value], index) => {
    const width = 92 / pairs.length
    const x = 4 + index * width
    return [write(title, x, y, width - 2, 2.6), write(value, x, y + 3.2, width - 2, 4)]
  })

const officeWords = ({ postcode, serial }: { postcode: string; serial: number }) =>
  `${postcode}-${String(serial).padStart(2, '0')}`

/** 51000007 10000001 06 328 1 0042 153 7: as the parts lie. */
const grouped = (code: BagCode) => code.replace(/^(.{8})(.{8})(..)(...)(.)(.{4})(...)(.)$/, '$1 $2 $3 $4 $5 $6 $7 $8')

function barsAcross(
  code: string,
  { width, y, height, set }: { width: number; y: number; height: number; set?: 'B' | 'C' },
): Result<BarsMark> {
  const symbol = code128(code, set)
  if (!symbol.ok) return symbol
  const x = (width - symbol.value.modules * MODULE_WIDTH) / 2
  if (x < QUIET * MODULE_WIDTH) throw new Error(`the label is too narrow for ${code}`)
  return ok({ kind: 'bars', x, y, height, module: MODULE_WIDTH, symbol: symbol.value })
}
