import { brotliCompressSync, constants } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { create } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const HOME = '/app/?org=KJ-A&period=2024'
const KB = 1024

describe.runIf(hasBrowser)('the home of an org unit', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const enter = async (question: string) =>
    must(
      await create(app.ledger, tester, 'hotline.call', {
        org: 'KJ-A-03',
        fields: { receivedOn: '2024-05-18', topic: 'pest', question, served: 4 },
      }),
    )

  test('figures move in an open browser when someone else saves, and say so', async () => {
    const page = await app.open(HOME, { as: 'kja-clerk' })
    const calls = page.locator('tr[data-figure^="hotline.calls?"] button')
    await expect.poll(() => calls.textContent()).toBe('30')
    await enter('玉米地里有粘虫怎么治')
    await expect.poll(() => calls.getAttribute('data-moved'), { timeout: 15_000 }).toBe('up')
    expect(await calls.textContent()).toBe('▲ 31')
    expect(await page.locator('main p[role=status]').textContent()).toMatch(/变为/)
    await expect.poll(() => page.locator('aside').textContent()).toContain('录入')
    expect(app.complaints(page)).toEqual([])
  })

  test('a number opens where it comes from, beside the page, by keyboard too', async () => {
    const page = await app.open(HOME, { as: 'kja-clerk' })
    const people = page.locator('tr[data-figure^="hotline.people-served?"] button')
    await people.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog')
    await panel.locator('[data-adds-up=true]').waitFor()
    expect(await panel.textContent()).toContain('sum(hotline.call.served)')
    expect(page.url()).toContain('explain=hotline.people-served')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url()).not.toContain('explain')
  })

  test('the first view takes at most 250 KB of scripts', async () => {
    const page = await app.open(HOME, { as: 'kja-clerk' })
    await page.locator('table.figures').waitFor()
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter(name => /\.m?js(\?|$)/.test(name)),
    )
    expect(scripts.length).toBeGreaterThan(3)
    const sizes = await Promise.all(
      scripts.map(async address => {
        const content = Buffer.from(await (await fetch(address)).arrayBuffer())
        return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length
      }),
    )
    const total = sizes.reduce((sum, size) => sum + size, 0)
    expect(total / KB).toBeLessThanOrEqual(250)
  })

  test('a unit without figures is told what to do', async () => {
    const page = await app.open('/app/?org=KJ-A-05&period=1999', { as: 'kja-clerk' })
    await page.getByText('先到台账录入一条').waitFor()
  })

  test.each([
    { width: 1440, scheme: 'light', language: 'zh' },
    { width: 360, scheme: 'dark', language: 'en' },
  ] as const)('is accessible and fits at $width, $scheme, $language', async options => {
    const page = await app.open(HOME, { as: 'kja-manager', ...options })
    await page.locator('table.figures').waitFor()
    await page.locator('.awaiting').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    expect(app.complaints(page)).toEqual([])
  })
})
