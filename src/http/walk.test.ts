import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seal } from '../kernel/journal/seal.ts'
import { PASSWORD, type Served, serve, visit } from './testing.ts'

// What a stranger does first, in a browser without scripts: from a figure to one record and its proof, a change, and the
// figure and the report that notice it.

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium'

let served: Served
let chrome: Browser

/** A browser without scripts and without a session. */
async function opened(width = 1280): Promise<Page> {
  const viewport = { width, height: 800 }
  const context = await chrome.newContext({ baseURL: served.base, javaScriptEnabled: false, viewport })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('登录名').fill('county')
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}

// Reported as skipped where there is no Chromium to walk with.
describe.skipIf(!existsSync(chromiumPath))('in Chromium', () => {
  beforeAll(async () => {
    served = await serve()
    for (const people of [10, 20, 30]) await visit(served.world, 'A11', { people })
    await visit(served.world, 'A11', { people: 25, on: '2023-05-18' })
    await seal(served.world)
    chrome = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    })
  })
  afterAll(async () => {
    await chrome?.close()
    await served.close()
  })

  test('a stranger follows a figure to a record, changes it, and is told by figure and report', async () => {
    const page = await opened()
    const refused: string[] = []
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text())
    })

    await page.goto('/')
    await signIn(page)
    // The newest year with records is shown without being asked for.
    await expect(page.getByRole('heading', { level: 1 }).textContent()).resolves.toContain('2024年')
    const line = page.getByRole('row', { name: /^走访人次/ })
    expect(await line.textContent()).toMatch(/60[\s\S]*25[\s\S]*\+140\.0%/)

    await page.getByRole('link', { name: '总结', exact: true }).click()
    await page.getByLabel('模板').selectOption('world.summary')
    await page.getByRole('button', { name: '起草' }).click()
    await page.getByRole('button', { name: '印发' }).click()
    const report = page.url()
    expect(await page.getByText('文中的数字与台账一致').count()).toBe(1)

    await page.locator('a.figure', { hasText: '60人次' }).click()
    expect(await page.locator('.value').textContent()).toBe('60人次')
    expect(await page.getByText('已封存', { exact: true }).count()).toBe(3)
    await page.getByRole('link', { name: '青石镇' }).click()
    await page.getByRole('link', { name: '石门村' }).first().click()
    const figure = page.url()
    await page.locator('tbody a[href^="/records/"]').first().click()
    const record = page.url()
    expect(await page.getByText('检查点 1，第').count()).toBe(1)
    await page.locator('a[href^="/journal/"]').click()
    expect(await page.locator('pre').first().textContent()).toContain(`"subject":"record:${record.split('/').at(-1)}"`)

    await page.goto(`${record}/edit`)
    const people = page.getByLabel('人数')
    const before = Number(await people.inputValue())
    await people.fill(String(before + 5))
    await page.getByRole('button', { name: '保存' }).click()
    expect(await page.locator('.differences').first().textContent()).toContain(`${before} → ${before + 5}`)

    await page.goto(figure)
    expect(await page.locator('.value').textContent()).toBe('65人次')
    expect(await page.getByText('待封存', { exact: true }).count()).toBe(1)
    await page.goto(report)
    expect(await page.locator('.overtaken').textContent()).toMatch(
      /印发以后，有 1 个数字变了[\s\S]*60人次[\s\S]*65人次/,
    )

    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载 docx' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/甲县科技局2024年.*\.docx$/)
    const docx = await readFile((await download.path())!)
    expect(docx.subarray(0, 2).toString()).toBe('PK')

    await page.getByRole('button', { name: '退出' }).click()
    await page.goto(record)
    expect(page.url()).toContain('/sign-in?next=')
    expect(refused).toEqual([])
  })

  test.each([1280, 360])('no page is wider than a screen of %i pixels', async width => {
    const page = await opened(width)
    await page.goto('/sign-in')
    await signIn(page)
    const paths = [
      '/?org=A&period=2024',
      '/figures/world.people?org=A&period=2024',
      '/types/world.visit/records?org=A',
      '/types/world.visit/new?org=A1',
      '/reports',
      '/journal',
      '/audit',
    ]
    for (const path of paths) {
      await page.goto(path)
      const box = await page.locator('body').boundingBox()
      const main = await page.locator('main').boundingBox()
      expect([path, (main?.x ?? 0) + (main?.width ?? 0) <= width && (box?.width ?? 0) <= width]).toEqual([path, true])
    }
  })
})
