import { Code128Reader } from '@zxing/library'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import { fitted, GETA, printable, widthOf } from './font.ts'
import type { Page } from './page.ts'
import { pdf } from './pdf.ts'
import { sheets, type Tag, tagPages, tagSheets } from './sheet.ts'
import { type Bars, code128, MODULE, QUIET, QUIET_QR, qr } from './symbol.ts'
import { pictures, poppler, scan, wordsOf } from './testing.ts'

const at = new Date('2024-05-06T00:00:00Z')
const options = { title: '标签', at }

/** Symbol values by the independent reader's table of patterns. */
function values({ widths }: Bars): number[] {
  const patterns: number[][] = Reflect.get(Code128Reader, 'CODE_PATTERNS')
  const found: number[] = []
  for (let from = 0; from < widths.length; ) {
    const length = widths.length - from === 7 ? 7 : 6
    const pattern = widths.slice(from, from + length).join()
    found.push(patterns.findIndex(each => each.join() === pattern))
    from += length
  }
  return found
}

describe('Code 128', () => {
  test('has the symbol values of the standard', () => {
    expect(values(must(code128('1234567890', 'C')))).toEqual([105, 12, 34, 56, 78, 90, 85, 106])
    expect(values(must(code128('RR473124829CN', 'B')))).toEqual([
      104, 50, 50, 20, 23, 19, 17, 18, 20, 24, 18, 25, 35, 46, 3, 106,
    ])
    expect(values(must(code128('Yilu', 'B')))).toEqual([104, 57, 73, 76, 85, 51, 106])
    expect(values(must(code128('1234567890')))).toEqual([105, 12, 34, 56, 78, 90, 85, 106])
  })

  test('has the check character of the standard for any text', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.integer({ min: 32, max: 126 }).map(code => String.fromCharCode(code)),
          minLength: 1,
          maxLength: 40,
        }),
        text => {
          const found = values(must(code128(text)))
          const [start, ...rest] = found.slice(0, -2)
          expect(found.at(-1)).toBe(106)
          expect(found.at(-2)).toBe(rest.reduce((sum, value, index) => sum + (index + 1) * value, start!) % 103)
        },
      ),
    ))

  test('names what it cannot print', () => {
    const code = (text: string, set?: 'B' | 'C') => {
      const made = code128(text, set)
      return made.ok ? undefined : made.problems[0]!.code
    }
    expect(code('')).toBe('label/empty')
    expect(code('设备1')).toBe('label/characters')
    expect(code('12A4', 'C')).toBe('label/characters')
    expect(code('123', 'C')).toBe('label/odd')
    expect(code('A'.repeat(81))).toBe('label/long')
    expect(qr('').ok).toBe(false)
    expect(qr('长'.repeat(200)).ok).toBe(false)
  })
})

describe('text', () => {
  test('is printed in any character of GBK, and a geta mark stands for another', () => {
    expect(printable('龘靐堃珺䶮 Ab-9（一号）')).toBe('龘靐堃珺〓 Ab-9（一号）')
    expect(printable('一\n二\t三')).toBe('一 二 三')
    expect(printable('𠮷')).toBe(GETA)
  })

  test('never passes its width, and is cut only when smaller print does not help', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[一-龥A-Za-z0-9 ]{0,60}$/),
        fc.double({ min: 4, max: 80, noNaN: true }),
        (text, width) => {
          const shown = fitted(text, 4, width)
          expect(widthOf(shown.text) * shown.size).toBeLessThanOrEqual(width + 1e-6)
          expect(shown.size).toBeGreaterThanOrEqual(2.4)
          if (shown.text !== text) expect(widthOf(text) * 2.4).toBeGreaterThan(width)
        },
      ),
    ))
})

describe('sheets', () => {
  const tags: Tag[] = Array.from({ length: 27 }, (_, index) => ({
    code: `SB-2024-${String(index + 1).padStart(4, '0')}`,
    symbol: index % 2 === 0 ? 'qr' : 'code128',
    lines: ['信函分拣机', `处理中心 ${index + 1} 号位`],
  }))

  /** Where place `index` lies on an A4 sheet of 3 × 8 at 300 dpi. */
  const cut = (index: number) => {
    const { margin, gap, columns, rows, page } = sheets['a4-3x8']
    const dots = 300 / 25.4
    const width = (page.width - 2 * margin.x - (columns - 1) * gap.x) / columns
    const height = (page.height - 2 * margin.y - (rows - 1) * gap.y) / rows
    return {
      left: Math.round((margin.x + (index % columns) * (width + gap.x)) * dots),
      top: Math.round((margin.y + Math.floor(index / columns) * (height + gap.y)) * dots),
      width: Math.floor(width * dots),
      height: Math.floor(height * dots),
    }
  }

  test('are read back by another reader, each tag in its place, from the second sheet too', async ({ skip }) => {
    if (!poppler && !process.env.CI) skip('not run: pdftoppm is not installed on this machine')
    const file = must(await tagSheets(tags, { ...options, skip: 2 }))
    const [first, second, ...more] = await pictures(file)
    expect(more).toEqual([])
    for (const index of [0, 1, 2, 3, 12, 13, 20, 21])
      expect(await scan(first!, tags[index]!.symbol, cut(index + 2))).toBe(tags[index]!.code)
    for (const index of [22, 23, 25, 26])
      expect(await scan(second!, tags[index]!.symbol, cut(index - 22))).toBe(tags[index]!.code)
    const words = await wordsOf(file)
    for (const { code, lines } of tags) for (const text of [code, ...lines]) expect(words).toContain(text)
  })

  test('keep narrow bars and light margins as the standards ask, for any layout', () => {
    for (const layout of Object.values(sheets)) {
      for (const { marks, width } of must(tagPages(tags, layout, 0))) {
        for (const mark of marks) {
          if (mark.kind === 'bars') {
            expect(mark.module).toBeGreaterThanOrEqual(MODULE)
            expect(mark.x).toBeGreaterThanOrEqual(QUIET * mark.module)
            expect(mark.x + (mark.symbol.modules + QUIET) * mark.module).toBeLessThanOrEqual(width)
          }
          if (mark.kind === 'matrix') {
            expect(mark.module).toBeGreaterThanOrEqual(MODULE)
            expect(mark.x).toBeGreaterThanOrEqual(QUIET_QR * mark.module)
          }
        }
      }
    }
  })

  test('refuse what does not fit, and name the tag', async () => {
    const refused = async (tag: Partial<Tag>) => {
      const made = await tagSheets([tags[0]!, { ...tags[1]!, ...tag }], options)
      return made.ok ? undefined : made.problems.map(({ code, index }) => [code, index])
    }
    expect(await refused({})).toBeUndefined()
    expect(await refused({ code: 'A'.repeat(30) })).toEqual([['label/too-wide', 1]])
    expect(await refused({ code: '设备' })).toEqual([['label/characters', 1]])
    expect(await refused({ lines: Array.from({ length: 12 }, () => '行') })).toEqual([['label/too-small', 1]])
    expect(await refused({ symbol: 'qr', lines: Array.from({ length: 20 }, () => '行') })).toEqual([
      ['label/too-small', 1],
    ])
    const none = await tagSheets([], options)
    expect(none.ok).toBe(false)
  })

  test('are the same bytes for the same tags and instant', async () => {
    const one = must(await tagSheets(tags, options))
    expect(must(await tagSheets(tags, options)).equals(one)).toBe(true)
    expect(one.length).toBeLessThan(200_000)
  })
})

test('a page has the size asked for, in mm', async () => {
  const page: Page = {
    width: 100,
    height: 62.5,
    marks: [{ kind: 'box', x: 1, y: 1, width: 98, height: 60, line: 0.3 }],
  }
  const file = (await pdf([page], options)).toString('latin1')
  const [, width, height] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(file)!
  expect((Number(width) / 72) * 25.4).toBeCloseTo(100, 1)
  expect((Number(height) / 72) * 25.4).toBeCloseTo(62.5, 1)
})
