import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp } from './browser.ts'

const PLACE = '?org=KJ-A&period=2024'

describe.runIf(hasBrowser)('help and the first steps', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  test.each([
    ['', '首页'],
    ['ledger', '台账'],
    ['ledger/hotline.call/new', '录入和记录'],
    ['figures', '数字'],
    ['reports', '总结和计划'],
    ['audit', '核对'],
    ['admin', '管理'],
  ])('? on /%s tells of 「%s」', async (path, title) => {
    const page = await app.open(`/app/${path}${PLACE}`, { as: 'kja-administrator' })
    await page.locator('main h1').first().waitFor()
    await page.locator('main').focus()
    await page.keyboard.press('?')
    await page.getByRole('heading', { level: 1, name: `帮助：${title}` }).waitFor()
    expect(await page.locator('.help ol li').count()).toBeGreaterThan(3)
    await page.goBack()
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/app/${path}`)
  })

  test('who is new is led through five steps, once', async () => {
    const page = await app.open(`/app/${PLACE}`, { as: 'kja-clerk', firstRun: true })
    const tour = page.getByRole('dialog')
    await tour.getByText('第1步，共5步').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    for (let step = 2; step <= 5; step++) {
      await page.keyboard.press('Enter')
      await tour.getByText(`第${step}步，共5步`).waitFor()
      expect(await page.locator('.tour-target').count()).toBe(1)
    }
    await page.keyboard.press('Enter')
    await tour.waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('table.figures').waitFor()
    expect(await tour.count()).toBe(0)
    expect(app.complaints(page)).toEqual([])
  })

  test('the steps can be skipped, and taken again from the help', async () => {
    const page = await app.open(`/app/${PLACE}`, { as: 'kja-clerk', firstRun: true, width: 360, language: 'en' })
    const tour = page.getByRole('dialog')
    await tour.getByRole('button', { name: 'Skip' }).click()
    await tour.waitFor({ state: 'detached' })
    await page.goto(`${app.base}/app/help${PLACE}`)
    await page.getByRole('link', { name: 'Take the five-step tour again' }).click()
    await tour.getByText('Step 1 of 5').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    await page.keyboard.press('Escape')
    await tour.waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('tour')
  })

  test.each([
    { width: 1440, scheme: 'light', language: 'zh' },
    { width: 360, scheme: 'dark', language: 'en' },
  ] as const)('help is accessible and fits at $width, $scheme, $language', async options => {
    const page = await app.open(`/app/help${PLACE}`, { as: 'kja-clerk', ...options })
    await page.locator('.keys').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    expect(app.complaints(page)).toEqual([])
  })
})
