import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { disclose } from '../../src/kernel/disclosure/disclosure.ts'
import { seal } from '../../src/kernel/journal/seal.ts'
import { draftReport, issueReport } from '../../src/kernel/reports/reports.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

describe.runIf(hasBrowser)('the public page', () => {
  let app: App
  let report: string
  beforeAll(async () => {
    app = await openApp()
    const template = [...app.ledger.registry.templates.keys()][0]!
    const draft = must(await draftReport(app.ledger, tester, { template, org: 'KJ-A', period: '2024' }))
    report = must(await issueReport(app.ledger, tester, draft.id)).id
    must(await disclose(app.ledger, tester, 'KJ-A', { indicator: 'hotline.calls', period: '2024' }))
    must(await disclose(app.ledger, tester, 'KJ-A', { report }))
    await seal(app.ledger)
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  test('shows what was chosen to somebody who has not signed in, and verifies it in the browser', async () => {
    const page = await app.open('/app/public/KJ-A')
    await page.getByText('接听科技求助电话').waitFor()
    expect(await page.locator('table tbody').textContent()).toContain('30')
    expect(await page.locator('table tbody tr').count()).toBe(1)
    await page.getByRole('button', { name: '在浏览器中核验' }).click()
    await page.locator('.proof[data-verdict=holds]').waitFor()
    expect(await page.locator('.proof li').count()).toBe(4)
    await page.locator('main ul a').click()
    await page.locator('article.report').waitFor()
    await page.getByRole('button', { name: '在浏览器中核验' }).click()
    await page.locator('.proof[data-verdict=holds]').waitFor()
    expect(await page.locator('.proof').textContent()).toContain('由正文算出散列')
    expect(app.complaints(page)).toEqual([])
  })

  test('a number that was altered on the way is found', async () => {
    const page = await app.open('/app/missing', {})
    await page.route('**/api/v1/public/KJ-A', async route => {
      const answer = await route.fetch()
      const told = (await answer.json()) as { figures: { value: number }[] }
      told.figures[0]!.value = 3000
      await route.fulfill({ response: answer, json: told })
    })
    await page.goto(`${app.base}/app/public/KJ-A`)
    await page.getByRole('button', { name: '在浏览器中核验' }).click()
    await page.locator('.proof[data-verdict=fails]').waitFor()
  })

  test('nothing else is told to anybody', async () => {
    const ask = async (path: string) => (await fetch(app.base + path)).status
    for (const path of ['KJ', 'KJ-A-01', 'nowhere', `KJ-A/reports/00000000-0000-4000-8000-000000000000`])
      expect(await ask(`/api/v1/public/${path}`)).toBe(404)
    for (const path of ['/figures/hotline.calls?org=KJ-A&period=2024', `/reports/${report}`, '/orgs', '/indicators'])
      expect(await ask(`/api/v1${path}`)).toBe(401)
    const told = await (await fetch(`${app.base}/api/v1/public/KJ-A`)).text()
    expect(told).not.toMatch(/KJ-A-01|people-served|question|"actor"/)
    const page = await app.open('/app/public/KJ-A-01')
    await page.getByText('这里没有公开的内容').waitFor()
  })

  test('stands in a frame of another site, and as a page without scripts', async () => {
    // A page of another origin: its port is another.
    const other = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html').end(`<iframe src="${app.base}/app/public/KJ-A"></iframe>`)
    })
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const page = await app.open('/app/public/KJ-A')
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    const shown = page.frameLocator('iframe').locator('table tbody')
    await shown.waitFor()
    expect(await shown.textContent()).toContain('30')
    other.close()
    const plain = await fetch(`${app.base}/public/KJ-A`)
    expect(await plain.text()).toContain('接听科技求助电话')
    expect(plain.headers.get('content-security-policy')).toContain('frame-ancestors *')
    expect(plain.headers.get('x-frame-options')).toBeNull()
    expect((await fetch(`${app.base}/app/figures`)).headers.get('content-security-policy')).toContain(
      "frame-ancestors 'none'",
    )
  })

  test('a manager chooses what is shown, takes it back, and undoes that', async () => {
    const page = await app.open('/app/figures?org=KJ-A&publish=1', { as: 'kja-manager' })
    await page.getByRole('button', { name: '选择指标' }).click()
    await page.getByRole('checkbox', { name: '得到咨询或指导的农民' }).check()
    await page.getByRole('button', { name: '完成' }).click()
    await page.locator('form.controls select').selectOption('last-year')
    await page.getByRole('button', { name: '公开', exact: true }).click()
    const added = page.locator('.publish li', { hasText: '得到咨询或指导的农民 · 上年' })
    await added.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    const shown = async () => (await (await fetch(`${app.base}/api/v1/public/KJ-A`)).text()).includes('people-served')
    expect(await shown()).toBe(true)
    await added.getByRole('button').click()
    await expect.poll(shown).toBe(false)
    await page.getByRole('button', { name: '撤销' }).click()
    await expect.poll(shown).toBe(true)
    await added.getByRole('button').click()
    await expect.poll(shown).toBe(false)
  })

  test('a clerk sees what is shown and cannot choose', async () => {
    const page = await app.open('/app/figures?org=KJ-A&publish=1', { as: 'kja-clerk' })
    await page.getByText('只有本单位的审核员或管理员').waitFor()
    await page.locator('.publish li').first().waitFor()
    expect(await page.locator('.publish').getByRole('button').count()).toBe(0)
  })

  test.each([
    { width: 1440, scheme: 'dark', language: 'en' },
    { width: 360, scheme: 'light', language: 'zh' },
  ] as const)('is accessible and fits at $width, $scheme, $language', async options => {
    const page = await app.open('/app/public/KJ-A', options)
    await page.locator('table').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    await page.goto(`${app.base}/app/public/KJ-A?report=${report}`)
    await page.locator('article.report').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
  })
})
