import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { DEMO_PASSWORD } from '../../demo/people.ts'

// Browsers as people have them: a size, a language, a colour scheme, and somebody signed in.

export const CHROMIUM = process.env.YILU_CHROMIUM ?? '/usr/bin/chromium'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS })

export interface Opening {
  /** Login of a demonstration person; nobody when not given. */
  readonly as?: string
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
  readonly language?: 'zh' | 'en'
  /** Whether the tour of five steps is shown, as to somebody new. */
  readonly firstRun?: boolean
}

export async function contextOf(browser: Browser, base: string, options: Opening): Promise<BrowserContext> {
  const { as, width = 1440, scheme = 'light', language = 'zh' } = options
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 900 },
    hasTouch: width < 500,
    colorScheme: scheme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  })
  const stored = { 'yilu.language': language, ...(as && !options.firstRun ? { [`yilu.tour.${as}`]: 'done' } : {}) }
  // The first-run tour is for its own test.
  await context.addInitScript(`Object.assign(localStorage, ${JSON.stringify(stored)})`)
  if (as !== undefined) {
    const answer = await context.request.post(`${base}/api/v1/session`, {
      data: { login: as, password: DEMO_PASSWORD },
    })
    if (!answer.ok()) throw new Error(await answer.text())
  }
  return context
}
