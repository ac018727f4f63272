import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { units } from '../demo/orgs.ts'
import { DEMO_PASSWORD, people } from '../demo/people.ts'
import { openLedger } from '../src/app.ts'
import { fold } from '../src/kernel/figures/fold.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { createPerson } from '../src/kernel/people/people.ts'
import { createMany, type Entered } from '../src/kernel/records/records.ts'
import { must } from '../src/kernel/result.ts'
import { freePort, startProgram } from '../test/program.ts'
import { contextOf, launch } from '../web/test/window.ts'
import { quantile, say } from './ledger.ts'

// The web application in a real Chromium, before a county with 100,000 hotline calls of one year: frames while its list
// is scrolled, from an interaction to the next paint with the processor slowed down four times, and how soon the figures
// can be used over a line of 1.6 Mbit/s and 150 ms. Build it first: `node bin/build-web.js`.

const CALLS = Number(process.env.YILU_WEB_CALLS ?? 100_000)
const BATCH = 2_000
const AS = 'kja-manager'
const PLACE = 'org=KJ-A&period=2024'
const LIST = `/app/ledger/hotline.call?${PLACE}`
const FIGURES = `/app/figures?${PLACE}&indicator=hotline.calls&by=month&as=line`
const SLOWER = 4
/** 1.6 Mbit/s down, 0.75 up, in bytes a second; milliseconds there and back. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }

const dataDir = await mkdtemp(join(tmpdir(), 'yilu-bench-web-'))
try {
  await fill()
  const program = await startProgram(dataDir, await freePort())
  const browser = await launch()
  try {
    await frames(browser, program.base)
    await interactions(browser, program.base)
    await slowLine(browser, program.base)
  } finally {
    await browser.close()
    await program.stop()
  }
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

async function fill(): Promise<void> {
  const boss = operator('bench')
  const ledger = await openLedger({ dataDir })
  const own = units.filter(({ code }) => code === 'KJ' || code.startsWith('KJ-A'))
  must(await createUnits(ledger, boss, own))
  const { name, role } = people.find(({ login }) => login === AS)!
  must(
    await createPerson(ledger, boss, {
      login: AS,
      name,
      password: DEMO_PASSWORD,
      grants: [{ org: 'KJ-A', role }],
    }),
  )
  const townships = own.filter(({ kind }) => kind === 'township').map(({ code }) => code)
  for (let from = 0; from < CALLS; from += BATCH)
    must(await createMany(ledger, boss, 'hotline.call', calls(from, townships), { allowSimilar: true }))
  while (await fold(ledger.store));
  await ledger.store.owner.query('ANALYZE')
  await ledger.close()
}

function calls(from: number, townships: readonly string[]): Entered[] {
  return Array.from({ length: BATCH }, (_, i) => ({
    org: townships[(from + i) % townships.length]!,
    state: 'answered',
    fields: {
      receivedOn: new Date(Date.UTC(2024, 0, 1 + ((from + i) % 366))).toISOString().slice(0, 10),
      topic: ['pest', 'disease', 'variety'][i % 3]!,
      question: `第${from + i}个问题：水稻叶片发黄怎么办`,
      answer: '先排水再施肥',
      responseMinutes: 10 + (i % 120),
      served: 1 + (i % 5),
    },
  }))
}

async function opened(browser: Browser, base: string, path: string, until: string): Promise<Page> {
  const page = await (await contextOf(browser, base, { as: AS })).newPage()
  await page.goto(base + path)
  await page.locator(until).first().waitFor()
  return page
}

/** Scrolls the list by some rows a frame for ten seconds, over pages that are fetched on the way. */
async function frames(browser: Browser, base: string): Promise<void> {
  const page = await opened(browser, base, LIST, 'table.records tbody tr td')
  const times = await page.evaluate<number[]>(`new Promise(done => {
    const box = document.querySelector('.grid-box')
    const times = []
    let before = 0
    const step = now => {
      if (before) times.push(now - before)
      before = now
      box.scrollTop += 60
      if (times.length < 600) requestAnimationFrame(step)
      else done(times)
    }
    requestAnimationFrame(step)
  })`)
  const depth = await page.evaluate<number>(`Math.round(document.querySelector('.grid-box').scrollTop / 36)`)
  const late = times.filter(time => time > 25).length
  const rate = (1000 * times.length) / times.reduce((sum, time) => sum + time, 0)
  say(`list of ${CALLS.toLocaleString('en')}: ${rate.toFixed(1)} frames a second over ${depth} rows (60 asked for)`)
  say(`  ${late} of ${times.length} frames late, p95 ${quantile(times, 0.95).toFixed(1)} ms`)
  await page.context().close()
}

/** The longest time from an interaction to the next paint, as Chromium's event timing has it. */
async function interactions(browser: Browser, base: string): Promise<void> {
  const steps: readonly (readonly [string, string, string, (page: Page) => Promise<unknown>])[] = [
    ['list: arrow keys', LIST, 'table.records td', page => arrows(page)],
    ['list: choose a record', LIST, 'table.records td', page => page.locator('tbody input').nth(2).click()],
    ['list: sort', LIST, 'table.records td', page => page.locator('thead button').nth(2).click()],
    ['list: filters', LIST, 'table.records td', page => page.locator('.toolbar .ant-btn').first().click()],
    ['form: type', `/app/ledger/hotline.call/new?${PLACE}`, 'textarea', page => typing(page)],
    ['home: open a figure', `/app/?${PLACE}`, 'table.figures .figure', page => page.locator('.figure').first().click()],
    ['figures: as bars', FIGURES, 'canvas', page => page.locator('.forms label').nth(2).click()],
  ]
  const longest: number[] = []
  for (const [name, path, until, act] of steps) {
    const page = await opened(browser, base, path, until)
    await page.waitForTimeout(1500)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.evaluate(`globalThis.durations = [0]; new PerformanceObserver(list => {
      for (const entry of list.getEntries()) if (entry.interactionId) durations.push(entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 })`)
    await act(page)
    await page.waitForTimeout(1500)
    const worst = Math.max(...(await page.evaluate<number[]>('durations')))
    longest.push(worst)
    say(`${name}: ${worst} ms to the next paint, processor ${SLOWER} times slower`)
    await page.context().close()
  }
  say(`interaction to next paint: ${Math.max(...longest)} ms at most (200 asked for)`)
}

async function arrows(page: Page): Promise<void> {
  await page.locator('[data-cell="0:0"]').focus()
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowDown')
}

async function typing(page: Page): Promise<void> {
  await page.locator('textarea').first().focus()
  await page.keyboard.type('晚稻叶片发黄卷曲，叶背有小飞虫', { delay: 60 })
}

/** From asking for the figures to a number that can be opened: on the first visit, and when the browser has been here. */
async function slowLine(browser: Browser, base: string): Promise<void> {
  for (const visit of ['first visit', 'later visit'] as const) {
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      const context = await contextOf(browser, base, { as: AS })
      const page = await context.newPage()
      if (visit === 'later visit') {
        await page.goto(base + FIGURES)
        await page.locator('canvas').waitFor()
        await page.waitForFunction('navigator.serviceWorker.controller !== null')
        await page.goto('about:blank')
      }
      const cdp = await context.newCDPSession(page)
      await cdp.send('Network.enable')
      await cdp.send('Network.emulateNetworkConditions', LINE)
      const begin = performance.now()
      await page.goto(base + FIGURES, { waitUntil: 'commit' })
      await page.locator('table.grid .figure').first().waitFor()
      times.push(performance.now() - begin)
      await context.close()
    }
    const [middle, worst] = [quantile(times, 0.5), Math.max(...times)]
    say(
      `figures over 1.6 Mbit/s, 150 ms, ${visit}: ${Math.round(middle)} ms, worst of 5 ${Math.round(worst)} (1,500 asked for)`,
    )
  }
}
