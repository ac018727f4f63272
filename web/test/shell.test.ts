import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../demo/people.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp } from './browser.ts'

const PLACE = '?org=KJ-A&period=2024'

const SIGN_IN = {
  zh: { login: '登录名', password: '密码', enter: '登录', wrong: /登录名或密码/ },
  en: { login: 'Login', password: 'Password', enter: 'Sign in', wrong: /login or the password|login or password/i },
} as const

/** Every screen with what shows that it is there. */
const SCREENS: readonly (readonly [path: string, ready: string])[] = [
  ['', 'table.figures'],
  ['ledger', 'main a[href*="/ledger/hotline.call"]'],
  ['ledger/hotline.call', 'main h1'],
  ['ledger/hotline.call/new', 'main form'],
  ['figures', 'main h1'],
  ['reports', 'main h1'],
  ['audit', 'main h1'],
  ['admin', 'main h1'],
  ['help', 'main h1'],
  ['no-such-screen', 'main h1'],
]

describe.runIf(hasBrowser)('the shell of the web application', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const rooms = (page: Page) => page.locator('nav.rooms a').allTextContents()

  test.each(['zh', 'en'] as const)('one signs in by keyboard in %s, and a wrong password is told', async language => {
    const words = SIGN_IN[language]
    const page = await app.open(`/app/reports${PLACE}`, { language })
    await page.getByLabel(words.login, { exact: true }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.type('kja-manager')
    await page.keyboard.press('Tab')
    await page.keyboard.type('not-the-password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText(words.wrong).waitFor()
    await page.getByLabel(words.password, { exact: true }).fill(DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.locator('nav.rooms').waitFor()
    expect(new URL(page.url()).pathname).toBe('/app/reports')
    expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-CN' : 'en')
  })

  test('each role is shown what it may do, and the server holds to it', async () => {
    const clerk = await app.open(`/app/${PLACE}`, { as: 'kja-clerk' })
    await clerk.locator('nav.rooms').waitFor()
    expect(await rooms(clerk)).toEqual(['首页', '台账', '数字', '总结', '考核', '上报', '核对', '提醒'])
    await clerk.goto(`${app.base}/app/reports${PLACE}`)
    await clerk.locator('main h1').waitFor()
    expect(await clerk.getByRole('button', { name: '起草' }).count()).toBe(0)
    const statuses = await clerk.evaluate(() =>
      Promise.all(['/people', '/journal', '/system'].map(path => fetch(`/api/v1${path}`).then(({ status }) => status))),
    )
    expect(statuses).toEqual([403, 403, 403])
    const auditor = await app.open(`/app/${PLACE}`, { as: 'kja-auditor' })
    await auditor.locator('nav.rooms').waitFor()
    expect(await rooms(auditor)).toContain('管理')
    await auditor.goto(`${app.base}/app/ledger/hotline.call${PLACE}`)
    await auditor.locator('main h1').waitFor()
    expect(await auditor.getByRole('link', { name: '新录入' }).count()).toBe(0)
    expect(await auditor.getByRole('button', { name: '新录入' }).count()).toBe(0)
  })

  test('the main screens are reached without a mouse', async () => {
    const page = await app.open(`/app/${PLACE}`, { as: 'kja-manager' })
    await page.locator('table.figures').waitFor()
    for (const [path, title] of [
      ['/app/ledger', '台账'],
      ['/app/figures', '数字'],
      ['/app/reports', '总结'],
      ['/app/audit', '核对'],
    ] as const) {
      await page.locator('main').focus()
      await tabTo(page, `nav.rooms a[href*="${path}"]`)
      await page.keyboard.press('Enter')
      await expect.poll(() => new URL(page.url()).pathname).toBe(path)
      await page.locator('nav.rooms a.active', { hasText: title }).waitFor()
      // A new screen takes the focus, so that it is read aloud and Tab goes on from there.
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')
    }
    await page.keyboard.press('/')
    await page.getByRole('dialog').getByRole('textbox').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(app.complaints(page)).toEqual([])
  })

  test('a link leads past the navigation', async () => {
    const page = await app.open(`/app/help${PLACE}`, { as: 'kja-clerk' })
    await page.locator('main h1').waitFor()
    await page.locator('main').focus()
    await tabTo(page, 'a.skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })

  test('language and colours change at once and are remembered', async () => {
    const page = await app.open(`/app/help${PLACE}`, { as: 'kja-clerk' })
    await page.locator('details.me summary').click()
    await page.getByRole('button', { name: '深色' }).click()
    expect(await page.locator('html').getAttribute('data-scheme')).toBe('dark')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: /^Help/ }).waitFor()
    expect(await page.evaluate(() => localStorage.getItem('yilu.language'))).toBe('en')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('#login').waitFor()
  })

  test('only scripts of the application itself can run', async () => {
    const answer = await fetch(`${app.base}/app/`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
    expect(scripts).toBe("'self'")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(await answer.text()).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/)
    const page = await app.open(`/app/help${PLACE}`, { as: 'kja-clerk' })
    await page.locator('main h1').waitFor()
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      return 'ran' in window
    })
    expect(ran).toBe(false)
  })

  test.each([
    { width: 1440, scheme: 'light', language: 'zh' },
    { width: 1440, scheme: 'dark', language: 'en' },
    { width: 360, scheme: 'light', language: 'en' },
    { width: 360, scheme: 'dark', language: 'zh' },
  ] as const)('every screen is accessible, fits and complains of nothing at $width, $scheme, $language', async options => {
    const page = await app.open(`/app/${PLACE}`, { as: 'kja-administrator', ...options })
    for (const [path, ready] of SCREENS) {
      await page.goto(`${app.base}/app/${path}${PLACE}`)
      await page.locator(ready).first().waitFor()
      expect(await accessibilityProblems(page), path).toEqual([])
      expect(await fitsWidth(page), path).toBe(true)
    }
    expect(app.complaints(page)).toEqual([])
  })
})

/** Presses Shift+Tab, from the screen back to the header, until the element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Shift+Tab')
    if (await page.evaluate(sought => document.activeElement?.matches(sought) ?? false, selector)) return
  }
  throw new Error(`${selector} is not reached by keyboard`)
}
