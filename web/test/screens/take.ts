import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext } from 'playwright-core'
import sharp from 'sharp'
import { loadDemo } from '../../../demo/load.ts'
import { openLedger } from '../../../src/app.ts'
import { must } from '../../../src/kernel/result.ts'
import { freePort, startProgram } from '../../../test/program.ts'
import { contextOf, launch } from '../window.ts'
import { prepare } from './prepare.ts'
import { type Scene, scenes } from './scenes.ts'

/**
 * Takes a picture of every screen with the demonstration, in both languages and schemes, at desk and telephone width, into
 * docs/screens/: `npm run screens`, or `npm run screens -- home audit` for some.
 */

const OUT = fileURLToPath(new URL('../../../docs/screens/', import.meta.url))
const LOOKS = (['zh', 'en'] as const).flatMap(language =>
  (['light', 'dark'] as const).flatMap(scheme => [1440, 360].map(width => ({ language, scheme, width }))),
)
type Look = (typeof LOOKS)[number]

const asked = process.argv.slice(2)
const dataDir = await mkdtemp(join(tmpdir(), 'yilu-screens-'))
let failed = 0
try {
  const ledger = await openLedger({ dataDir })
  must(await loadDemo(ledger))
  await ledger.close()
  const program = await startProgram(dataDir, await freePort())
  const browser = await launch()
  try {
    const all = scenes(await prepare(program.base))
    const wanted = asked.length > 0 ? all.filter(({ name }) => asked.includes(name)) : all
    if (asked.length === 0) await emptied()
    for (const look of LOOKS) {
      const windows = windowsOf(browser, program.base, look)
      for (const scene of wanted) if (!(await take(windows, program.base, scene, look))) failed++
      await windows.close()
    }
  } finally {
    await browser.close()
    await program.stop()
  }
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
process.exit(failed === 0 ? 0 : 1)

/** Pictures of screens that are no more would stay for ever. */
async function emptied(): Promise<void> {
  await mkdir(OUT, { recursive: true })
  const old = (await readdir(OUT)).filter(name => name.endsWith('.webp'))
  await Promise.all(old.map(name => rm(join(OUT, name))))
}

interface Windows {
  of(scene: Scene): Promise<BrowserContext>
  close(): Promise<void>
}

/** A browser for each person; scenes that leave something behind have one of their own. */
function windowsOf(browser: Browser, base: string, look: Look): Windows {
  const open = new Map<string, Promise<BrowserContext>>()
  return {
    of({ name, as, firstRun }) {
      const key = firstRun || name === 'outbox' ? name : (as ?? '')
      const found = open.get(key) ?? contextOf(browser, base, { as, firstRun, ...look })
      open.set(key, found)
      return found
    },
    async close() {
      for (const context of open.values()) await (await context).close()
    },
  }
}

/** @returns whether the screen came to stand as it should */
async function take(windows: Windows, base: string, scene: Scene, look: Look): Promise<boolean> {
  const { name, path, until, act } = scene
  const page = await (await windows.of(scene)).newPage()
  page.setDefaultTimeout(30_000)
  const file = `${name}.${look.language}.${look.scheme}.${look.width}.webp`
  try {
    await page.goto(`${base}/app${path}`)
    await act?.(page)
    await page.locator(until).first().waitFor()
    // What moves has come to rest: charts and panels take up to half a second.
    await page.waitForTimeout(800)
    await sharp(await page.screenshot())
      .webp({ quality: 72 })
      .toFile(join(OUT, file))
    return true
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`)
    return false
  } finally {
    await page.close()
  }
}
