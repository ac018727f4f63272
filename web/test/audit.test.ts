import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ReportDocument } from '../../src/kernel/reports/document.ts'
import { writeDocx } from '../../src/kernel/reports/docx.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp } from './browser.ts'

const SCREEN = '/app/audit?org=KJ-A&period=2024'
const TEXT = `甲县科技管理中心2024年工作总结
全年接听科技求助电话31个。
检测样品1549个，其中土壤样品1054个，农产品样品485个。
培训农民____人次，发放明白纸77张。`

const DOCUMENT: ReportDocument = {
  title: '甲县科技管理中心2024年工作总结',
  organ: '甲县科技管理中心',
  date: '2024-12-31',
  period: '2024',
  language: 'zh',
  blocks: [{ kind: 'paragraph', inlines: [{ text: '全年接听科技求助电话31个，办班____期。' }] }],
  signature: { name: '甲县科技管理中心', date: '2024-12-31' },
}

describe.runIf(hasBrowser)('checking a report in the web application', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const paste = async (page: Page, text = TEXT) => {
    await page.getByLabel('总结全文').last().fill(text)
    await page.locator('.summary').waitFor()
  }
  const held = (page: Page) => page.getByText(/与台账相符\d+个/).waitFor()

  test('a pasted text is marked: what the ledger denies, what does not add up, what is blank', async () => {
    const page = await app.open(SCREEN, { as: 'kja-auditor' })
    await paste(page)
    await held(page)
    expect(await page.locator('.marked .mark-disagrees').textContent()).toBe('31个')
    expect(await page.locator('.marked .mark-identity').allTextContents()).toEqual(['1549个', '1054个', '485个'])
    expect(await page.locator('.marked .mark-blank').textContent()).toContain('____')
    expect(await page.locator('.findings').textContent()).toContain('1054个 + 485个 = 1539个 ≠ 1549个')
    expect(app.complaints(page)).toEqual([])
  })

  test('a number opens what the ledger has, down to where it comes from', async () => {
    const page = await app.open(SCREEN, { as: 'kja-auditor' })
    await paste(page)
    await held(page)
    await page.locator('.marked .mark-disagrees').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.claim-panel').textContent()).toContain('文中多1个')
    await page.locator('.claim-panel').getByRole('button', { name: '30个' }).click()
    await page.getByRole('dialog').locator('[data-adds-up=true]').waitFor()
  })

  test('without the ledger the text stays in the browser', async () => {
    const page = await app.open(SCREEN, { as: 'kja-clerk' })
    await page.getByRole('checkbox').uncheck()
    const sent: string[] = []
    page.on('request', request => {
      if (request.postData()?.includes('1549')) sent.push(request.url())
    })
    await paste(page)
    await page.locator('.marked .mark-identity').first().waitFor()
    await page.locator('.findings').getByText('此处留空').waitFor()
    expect(sent).toEqual([])
  })

  test('numbers are sorted by a column, and come back to the order of the text', async () => {
    const page = await app.open(SCREEN, { as: 'kja-clerk' })
    await paste(page)
    const values = () => page.locator('#claim-0, [id^=claim-]').locator('td.number').allTextContents()
    const written = await values()
    const head = page.getByRole('columnheader', { name: '数值' })
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect(await values()).toEqual(['31 个', '77 张', '485 个', '1,054 个', '1,549 个'])
    await head.getByRole('button').click()
    expect((await values())[0]).toBe('1,549 个')
    await head.getByRole('button').click()
    expect(await values()).toEqual(written)
  })

  test('a Word file is read, and handed back with comments', async () => {
    const page = await app.open(SCREEN, { as: 'kja-manager' })
    const file = { name: '总结.docx', mimeType: 'application/octet-stream', buffer: await writeDocx(DOCUMENT) }
    await page.locator('input[type=file]').setInputFiles(file)
    await held(page)
    expect(await page.locator('.marked').textContent()).toContain('全年接听科技求助电话31个')
    const [marked] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '取回加了批注的 Word 文档' }).click(),
    ])
    expect(marked.suggestedFilename()).toMatch(/\.docx$/)
    await page.locator('input[type=file]').setInputFiles({ ...file, name: 'x.docx', buffer: Buffer.from('%PDF-1.7') })
    await page.getByText('不能读取 PDF').waitFor()
  })

  test('what words mean is confirmed once and remembered; who may not report is not asked', async () => {
    const page = await app.open(SCREEN, { as: 'kja-manager' })
    await paste(page, '甲县科技管理中心2024年工作总结\n全年处理来信来访30个。')
    await held(page)
    expect(await page.getByText(/与台账相符0个/).count()).toBe(1)
    await page.locator('.marked a').click()
    await page.getByLabel('选择指标').click()
    await page.keyboard.type('接听科技求助电话')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '确认对应' }).click()
    await page.getByText(/与台账相符1个/).waitFor()
    const clerk = await app.open(SCREEN, { as: 'kja-clerk' })
    await paste(clerk, '甲县科技管理中心2024年工作总结\n全年处理来信来访30个。')
    await clerk.getByText(/与台账相符1个/).waitFor()
    await clerk.locator('.marked a').click()
    expect(await clerk.locator('.claim-panel').count()).toBe(1)
    expect(await clerk.getByRole('button', { name: '确认对应' }).count()).toBe(0)
  })

  test.each([
    { width: 1440, scheme: 'light', language: 'zh' },
    { width: 360, scheme: 'dark', language: 'en' },
  ] as const)('is accessible and fits at $width, $scheme, $language', async options => {
    const page = await app.open(SCREEN, { as: 'kja-manager', ...options })
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('textbox').fill(TEXT)
    await page.locator('.marked .mark-disagrees').click()
    await page.locator('.claim-panel').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    expect(app.complaints(page)).toEqual([])
  })
})
