import { readFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import type { Download, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp } from './browser.ts'

const of = (more: string) => `/app/figures?org=KJ-A&period=2024&indicator=hotline.calls${more}`

describe.runIf(hasBrowser)('the figures explorer', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const open = (more: string, options = {}) => app.open(of(more), { as: 'kja-clerk', ...options })
  const numbers = (page: Page) => page.locator('table.grid tbody .figure').allTextContents()

  test('indicators are found by initials and chosen by keyboard; the address shows the same to another', async () => {
    const page = await app.open('/app/figures?org=KJ-A&period=2024', { as: 'kja-clerk' })
    await page.getByRole('button', { name: '选择指标' }).press('Enter')
    await page.getByLabel('按名称、拼音首字母查找').fill('jtkj')
    const choice = page.getByRole('checkbox', { name: '接听科技求助电话' })
    await choice.press('Space')
    await page.keyboard.press('Escape')
    await expect.poll(() => numbers(page)).toEqual(['30'])
    await page.getByLabel('分列').selectOption('topic')
    await page.getByLabel('对比').selectOption('last-year')
    await expect.poll(() => numbers(page)).toHaveLength(6)
    const other = await app.open(page.url().slice(app.base.length), { as: 'kja-manager', language: 'en' })
    await expect.poll(() => numbers(other)).toEqual(await numbers(page))
    expect(await other.locator('table.grid').textContent()).toContain('Pests')
    expect(app.complaints(page)).toEqual([])
  })

  test('a figure goes down to a record whose proof holds in the browser', async () => {
    const page = await open('&by=org')
    await page.locator('table.grid .figure').first().click()
    const panel = page.getByRole('dialog')
    await panel.getByRole('button', { name: '核验' }).first().click()
    const proof = panel.locator('.proof').first()
    await proof.waitFor()
    expect(await proof.getAttribute('data-verdict')).toBe('holds')
    expect(await proof.locator('li').count()).toBe(6)
    expect(await proof.textContent()).toContain('检查点签名有效')
    expect(await accessibilityProblems(page)).toEqual([])
  })

  test('a proof that was tampered with on the way is refused', async () => {
    const page = await open('')
    await page.route('**/journal/*/proof', async route => {
      const answer = await route.fetch()
      const proof = (await answer.json()) as { entry: string }
      await route.fulfill({ response: answer, json: { ...proof, entry: proof.entry.replace('"create"', '"change"') } })
    })
    await page.locator('table.grid .figure').click()
    await page.getByRole('button', { name: '核验' }).first().click()
    await page.locator('.proof[data-verdict=fails]').waitFor()
    expect(await page.locator('.proof').textContent()).toContain('不相符')
  })

  test('all units of a figure are seen to add up, and all its records are listed page by page', async () => {
    const page = await open('')
    await page.locator('table.grid .figure').click()
    await page.locator('[data-adds-up=true]').waitFor()
    await page.getByRole('button', { name: '再列一些' }).click()
    await page.getByText('全部 30 条，合计 30').waitFor()
    expect(await page.locator('.records > li').count()).toBe(30)
  })

  test.each([
    ['line', 'canvas'],
    ['bar', 'canvas'],
    ['heat', 'canvas'],
    ['map', '.area-map canvas, .area-svg path'],
  ])('as %s it is drawn from our own server, with its table and its picture', async (form, drawn) => {
    const page = await open(`&as=${form}`)
    const strangers: string[] = []
    page.on('request', request => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(app.base)) strangers.push(request.url())
    })
    await page.locator(drawn).first().waitFor()
    expect(await page.locator('table.grid tbody tr').count()).toBeGreaterThan(2)
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出图片' }).click(),
    ])
    expect((await contentOf(picture)).length).toBeGreaterThan(2_000)
    expect(strangers).toEqual([])
    expect(app.complaints(page)).toEqual([])
    expect(await accessibilityProblems(page)).toEqual([])
  })

  test('the table is exported as it is shown, numbers as numbers', async () => {
    const page = await open('&indicator=hotline.people-served&by=month')
    await page.locator('table.grid tbody tr').first().waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 Excel' }).click(),
    ])
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await contentOf(file)) as unknown as ExcelJS.Buffer)
    const sheet = workbook.worksheets[0]!
    expect(sheet.rowCount).toBe(13)
    expect(sheet.getRow(1).values).toContain('接听科技求助电话（个）')
    expect(sheet.getRow(2).getCell(2).value).toBe(10)
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 CSV' }).click(),
    ])
    expect((await contentOf(csv)).toString('utf8')).toMatch(/^\uFEFF月份,接听科技求助电话（个）.*\r\n1月,10,/)
  })

  test.each([
    { width: 1440, scheme: 'dark', language: 'en' },
    { width: 360, scheme: 'light', language: 'zh' },
  ] as const)('is accessible and fits at $width, $scheme, $language', async options => {
    const page = await open('&by=month&compare=last-year', options)
    await page.locator('table.grid tbody tr').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    await page.locator('.picker button').first().click()
    await page.locator('.indicators label').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    expect(app.complaints(page)).toEqual([])
  })
})

const contentOf = async (file: Download): Promise<Buffer> => readFile(await file.path())
