import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { must } from '../result.ts'
import type { Page } from './page.ts'
import { code128, MODULE, QUIET, qr } from './symbol.ts'
import { printed, runsAt, scan } from './testing.ts'
import { zpl } from './zpl.ts'

const barsPage = (code: string, module: number): Page => {
  const symbol = must(code128(code))
  return {
    width: 100,
    height: 30,
    marks: [{ kind: 'bars', x: (100 - symbol.modules * module) / 2, y: 5, height: 18, module, symbol }],
  }
}

describe('labels for a printer', () => {
  test.each([
    8, 12, 24,
  ] as const)('are read back at %i dots a mm, each bar in whole dots and wide enough', async dots => {
    for (const code of ['RR473124829CN', '510000071000000106328100421535', "Aa ~^_>'12"]) {
      const page = barsPage(code, 0.375)
      const [picture, ...more] = await printed(must(await zpl([page], dots)), page, dots)
      expect(more).toEqual([])
      expect(await scan(picture!, 'code128')).toBe(code)
      const runs = await runsAt(picture!, 14 * dots)
      const bars = runs.slice(1, -1)
      const module = Math.min(...bars)
      expect(bars.map(run => run / module)).toEqual(must(code128(code)).widths)
      expect(module / dots).toBeGreaterThanOrEqual(MODULE)
      expect(Math.min(runs[0]!, runs.at(-1)!)).toBeGreaterThanOrEqual(QUIET * module)
    }
  })

  test('widen a bar to a whole dot, and are refused where that passes the label', async () => {
    const narrow = barsPage('510000071000000106328100421535', 0.33)
    expect((await zpl([narrow], 8)).ok).toBe(true)
    const refused = await zpl([{ ...narrow, width: 80 }], 8)
    if (refused.ok) throw new Error('printed')
    expect(refused.problems[0]).toMatchObject({ code: 'label/too-wide', field: 'code' })
  })

  test('carry QR too', async () => {
    const symbol = must(qr('https://example.cn/设备/1'))
    const page: Page = { width: 40, height: 40, marks: [{ kind: 'matrix', x: 5, y: 5, module: 1, symbol }] }
    const [picture] = await printed(must(await zpl([page], 8)), page, 8)
    expect(await scan(picture!, 'qr')).toBe('https://example.cn/设备/1')
  })

  test('print Chinese text as the typeface draws it, where it stands, in ASCII commands', async () => {
    const text = (x: number, align: 'left' | 'right'): Page => ({
      ...{ width: 60, height: 20, marks: [{ kind: 'text', x, y: 5, width: 28, size: 8, text: '邮政', align }] },
    })
    const ink = async (picture: Buffer) => {
      const { data, info } = await sharp(picture)
        .flatten({ background: 'white' })
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const dark = [...data.keys()]
        .filter(at => at % info.channels === 0 && data[at]! < 128)
        .map(at => at / info.channels)
      const xs = dark.map(at => at % info.width)
      const ys = dark.map(at => Math.floor(at / info.width))
      return {
        left: Math.min(...xs) / 8,
        right: Math.max(...xs) / 8,
        top: Math.min(...ys) / 8,
        bottom: Math.max(...ys) / 8,
        dots: dark.length,
      }
    }
    const commands = must(await zpl([text(2, 'left'), text(2, 'right')], 8))
    expect(commands).toMatch(/^[\n -~]+$/)
    const [left, right, ...more] = await Promise.all((await printed(commands, { width: 60, height: 20 }, 8)).map(ink))
    expect(more).toEqual([])
    // Two characters of 8 mm: 16 mm of ink less their side bearings.
    for (const each of [left!, right!]) {
      expect(each.right - each.left).toBeGreaterThan(14)
      expect(each.right - each.left).toBeLessThan(16)
      expect(each.top).toBeGreaterThan(4.5)
      expect(each.bottom).toBeLessThan(13.5)
    }
    expect(left!.left).toBeGreaterThan(2)
    expect(left!.left).toBeLessThan(3)
    expect(right!.right).toBeGreaterThan(29)
    expect(right!.right).toBeLessThan(30)
    expect(left!.dots).toBe(right!.dots)
  })
})
