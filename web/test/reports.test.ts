import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { create } from '../../src/kernel/records/records.ts'
import { figuresOf } from '../../src/kernel/reports/document.ts'
import { draftReport, editReport } from '../../src/kernel/reports/reports.ts'
import { readReport } from '../../src/kernel/reports/stored.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const LIST = '/app/reports?org=KJ-A&period=2024'
const WIDTHS = [
  { width: 1440, scheme: 'light', language: 'zh' },
  { width: 360, scheme: 'dark', language: 'en' },
] as const

describe.runIf(hasBrowser)('reports in the web application', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const drafted = async () =>
    must(await draftReport(app.ledger, tester, { template: 'annual-summary', org: 'KJ-A', period: '2024' }))
  const stored = async (id: string) => must(await readReport(app.ledger, tester, id))
  const openReport = async (id: string, as = 'kja-manager') => {
    const page = await app.open(`/app/reports/${id}?org=KJ-A&period=2024`, { as })
    await page.locator('.report-title').waitFor()
    return page
  }
  const save = async (page: Page) => {
    await page.getByRole('button', { name: '保存修改' }).click()
    await expect.poll(() => page.getByText('有修改尚未保存').count()).toBe(0)
  }

  test('a draft comes from the list with its figures, and is read back as it is written', async () => {
    const page = await app.open(LIST, { as: 'kja-manager' })
    await page.getByRole('button', { name: '起草' }).click()
    await page.locator('.chip[data-figure^="hotline.calls?"]').first().waitFor()
    await page.getByText('没有发现互相矛盾之处').waitFor()
    await page.locator('.report-text').first().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('另有____项；培训5场，其中甲镇3场，乙镇4场。')
    await page.locator('.findings').getByText('没填的空白').waitFor()
    expect(await page.locator('.check [role=status]').textContent()).toMatch(/[1-9]\d*处空白/)
    expect(app.complaints(page)).toEqual([])
  })

  test('text between figures is saved, and no figure drifts', async () => {
    const report = await drafted()
    const before = figuresOf(report.document)
    const page = await openReport(report.id)
    await page.locator('.report-paragraph .report-text').first().click()
    await page.keyboard.press('Home')
    await page.keyboard.type('今年以来，')
    await save(page)
    const after = await stored(report.id)
    expect(after.version).toBe(report.version + 1)
    expect(JSON.stringify(after.document.blocks)).toContain('今年以来，')
    expect(figuresOf(after.document)).toEqual(before)
  })

  test('unsaved words outlive a closed window, and each step can be undone', async () => {
    const report = await drafted()
    const page = await openReport(report.id)
    await page.locator('.report-paragraph .report-text').first().click()
    await page.keyboard.press('Home')
    await page.keyboard.type('没保存的话。')
    await page.keyboard.press('Enter')
    await page.reload()
    await page.getByText('上次没有保存的修改').waitFor()
    expect(await page.locator('.report-paragraph').first().textContent()).toBe('没保存的话。')
    await page.locator('.report-paragraph .report-text').nth(1).click()
    await page.keyboard.press('Home')
    await page.keyboard.press('Backspace')
    await expect.poll(() => page.locator('.report-paragraph').first().textContent()).toMatch(/^没保存的话。./)
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.locator('.report-paragraph').first().textContent()).toBe('没保存的话。')
  })

  test('a figure opens where it comes from; written over it is marked, and can follow the ledger again', async () => {
    const report = await drafted()
    const page = await openReport(report.id)
    const chip = page.locator('.chip[data-figure="hotline.calls?org=KJ-A&period=2024"]').first()
    await chip.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '看这个数字的来历' }).click()
    await page.getByRole('dialog').locator('[data-adds-up=true]').waitFor()
    await page.keyboard.press('Escape')
    await chip.click()
    await page.getByLabel('改写成别的说法').fill('九千个')
    await page.getByRole('button', { name: '改写并脱离台账' }).click()
    expect(await chip.getAttribute('class')).toContain('detached')
    await page.locator('.check').getByText('已脱离台账').waitFor()
    await save(page)
    expect(figuresOf((await stored(report.id)).document).find(({ detached }) => detached)?.written).toBe('九千个')
    await chip.click()
    await page.getByRole('button', { name: '重新跟随台账' }).click()
    await page.getByText('有修改尚未保存').waitFor()
    await save(page)
    expect(figuresOf((await stored(report.id)).document)).toEqual(figuresOf(report.document))
  })

  test('what somebody else saved in between is shown, not overwritten', async () => {
    const report = await drafted()
    const page = await openReport(report.id)
    must(await editReport(app.ledger, tester, report.id, { title: '别人的标题', version: report.version }))
    await page.locator('.report-paragraph .report-text').first().click()
    await page.keyboard.type('我的话')
    await page.getByRole('button', { name: '保存修改' }).click()
    await page.getByText('您的修改没有保存').waitFor()
    expect((await stored(report.id)).document.title).toBe('别人的标题')
    await page.getByRole('button', { name: '用我的保存' }).click()
    await page.getByText('已保存').last().waitFor()
    const now = await stored(report.id)
    expect(JSON.stringify(now.document.blocks)).toContain('我的话')
    expect(now.document.title).toBe('别人的标题')
  })

  test('issued under a number, overtaken by a fact, drafted anew, withdrawn with a reason', async () => {
    const report = await drafted()
    const page = await openReport(report.id)
    await page.getByRole('button', { name: '印发' }).click()
    await page.getByLabel(/发文字号/).fill('示科发〔2024〕12号')
    await page.locator('.reasoned').getByRole('button').click()
    await page.locator('.state.issued').waitFor()
    must(
      await create(app.ledger, tester, 'hotline.call', {
        org: 'KJ-A-03',
        fields: { receivedOn: '2024-05-18', topic: 'pest', question: '印发之后才补录的来电', served: 4 },
      }),
    )
    await page.reload()
    await page.getByText('印发以后，台账里的这些数字变了').waitFor()
    await app.open(LIST, { as: 'kja-manager' }).then(list => list.getByText('个数字已变').first().waitFor())
    const official = page.frameLocator('iframe.official')
    await official.getByText('示科发〔2024〕12号').waitFor()
    await page.getByRole('button', { name: '按现在的数字重新起草' }).click()
    await page.locator('.state.draft').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: '撤回' }).click()
    await page.getByLabel('撤回原因').fill('数字有误')
    await page.locator('.reasoned').getByRole('button').click()
    await page.locator('.state.withdrawn').waitFor()
    await page.locator('.trail').getByText('数字有误').waitFor()
    expect(app.complaints(page)).toEqual([])
  })

  test('a report is downloaded as docx', async () => {
    const page = await openReport((await drafted()).id)
    await page.getByRole('button', { name: '下载' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /docx/ }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/2024年.*\.docx$/)
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK')
  })

  test('who may not write reports is not asked to', async () => {
    const report = await drafted()
    const page = await app.open(`/app/reports/${report.id}?org=KJ-A&period=2024`, { as: 'kja-clerk' })
    await page.locator('.report-title').waitFor()
    expect(await page.locator('.report-text').count()).toBe(0)
    expect(await page.getByRole('button', { name: '印发' }).count()).toBe(0)
  })

  test.each(WIDTHS)('is accessible and fits at $width, $scheme, $language', async options => {
    const report = await drafted()
    const page = await app.open(LIST, { as: 'kja-manager', ...options })
    await page.locator('table.figures').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    await page.goto(`${app.base}/app/reports/${report.id}?org=KJ-A&period=2024`)
    await page.locator('.check [role=status]').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    await page.getByRole('tab').nth(1).click()
    await page.frameLocator('iframe.official').locator('h1').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    expect(app.complaints(page)).toEqual([])
  })
})
