import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { units } from '../../demo/orgs.ts'
import { DEMO_PASSWORD, people } from '../../demo/people.ts'
import { registry } from '../../src/app.ts'
import { notices } from '../../src/http/live.ts'
import { buildServer } from '../../src/http/server.ts'
import { loadKeys } from '../../src/kernel/journal/keys.ts'
import { seal } from '../../src/kernel/journal/seal.ts'
import type { Ledger } from '../../src/kernel/ledger.ts'
import { createUnits } from '../../src/kernel/org/change.ts'
import { orgDirectory } from '../../src/kernel/org/directory.ts'
import { operator } from '../../src/kernel/people/actor.ts'
import { createPerson } from '../../src/kernel/people/people.ts'
import { createMany, type Entered } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { testStore } from '../../src/store/testing.ts'
import { CHROMIUM, contextOf, launch, type Opening } from './window.ts'

// What tests of the web application share: a served ledger with all domains, and real browsers before it.

/** Without a browser on the machine these tests cannot be run. */
export const hasBrowser = existsSync(CHROMIUM)

export interface App {
  readonly ledger: Ledger
  readonly base: string
  /** A page in a browser of its own: no cookie or stored place is shared with another. */
  open(path: string, options?: Opening): Promise<Page>
  /** What a page has told its console that should not be, and errors that nothing caught. */
  complaints(page: Page): readonly string[]
  /** Closes all pages with their streams: after each test, as a person may have six streams only. */
  closePages(): Promise<void>
  close(): Promise<void>
}

export const tester = operator('test')

/** Hotline calls of three months in two years at the county and its townships; every one answered. */
const calls = (): Entered[] =>
  ['2023', '2024'].flatMap((year, y) =>
    Array.from({ length: 12 + y * 18 }, (_, i) => ({
      org: ['KJ-A', 'KJ-A-01', 'KJ-A-02'][i % 3]!,
      state: 'answered',
      fields: {
        receivedOn: `${year}-0${1 + (i % 3)}-${String(1 + (i % 27)).padStart(2, '0')}`,
        topic: ['pest', 'disease', 'variety'][i % 3]!,
        question: `水稻第${i + 1}块田叶子发黄怎么办`,
        answer: '先排水再施肥',
        responseMinutes: 30 + i,
        served: 1 + (i % 5),
      },
    })),
  )

/** Serves a small county of the demonstration; close it when done. */
export async function openApp(): Promise<App> {
  await buildWeb()
  const board = notices()
  const store = await testStore()
  const ledger: Ledger = {
    store,
    registry,
    orgs: await orgDirectory(store),
    keys: await loadKeys(store.dataDir),
    clock: () => new Date(),
    onTouched: board.post,
  }
  must(
    await createUnits(
      ledger,
      tester,
      units.filter(({ code }) => code === 'KJ' || code.startsWith('KJ-A')),
    ),
  )
  const own = people.filter(({ login }) => login.startsWith('kja-'))
  for (const { login, name, org, role } of own)
    must(await createPerson(ledger, tester, { login, name, password: DEMO_PASSWORD, grants: [{ org, role }] }))
  must(await createMany(ledger, tester, 'hotline.call', calls(), { allowSimilar: true }))
  await seal(ledger)
  const server = await buildServer(ledger, {
    notices: board,
    web: fileURLToPath(new URL('../../dist/web', import.meta.url)),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const browser = await launch()
  const told = new WeakMap<Page, string[]>()
  return {
    ledger,
    base,
    complaints: page => told.get(page) ?? [],
    async open(path, options = {}) {
      const page = await (await contextOf(browser, base, options)).newPage()
      const complaints: string[] = []
      told.set(page, complaints)
      page.on('pageerror', error => complaints.push(error.message))
      page.on('console', message => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      await page.goto(base + path)
      return page
    },
    async closePages() {
      await Promise.all(browser.contexts().map(context => context.close()))
    },
    async close() {
      await browser.close()
      await server.close()
      await store.close()
    },
  }
}

/** Builds the web application when its sources are newer than what was built. */
const buildWeb = (): Promise<unknown> => import(new URL('../../bin/build-web.js', import.meta.url).href)

/** What axe-core finds against WCAG 2.2 AA on a page, each as `rule: element`. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  // The whole page at once: what lies under the navigation at the foot of a telephone is reached by scrolling.
  const before = page.viewportSize()!
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: before.width, height: Math.min(height + 100, 8000) })
  const problems = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          context: Document,
          options: unknown,
        ): Promise<{ violations: { id: string; nodes: { html: string; target: unknown }[] }[] }>
      }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
  await page.setViewportSize(before)
  return problems
}

/** Whether nothing stands beyond the right border of the window. */
export const fitsWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
