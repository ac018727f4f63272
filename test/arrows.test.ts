import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const top = fileURLToPath(new URL('..', import.meta.url))

/** What each room may import. Arrows run downwards only: cli, http → domains → kernel → store. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  store: ['store'],
  kernel: ['kernel', 'store'],
  domains: ['kernel'],
  // A domain's own screens belong to the web application: they borrow its kit, and of the kernel what runs in a browser.
  screens: ['screens', 'web', 'kernel'],
  http: ['http', 'kernel', 'store'],
  cli: ['cli', 'app', 'http', 'kernel', 'store', 'demo'],
  app: ['app', 'http', 'domains', 'kernel', 'store'],
  demo: ['demo', 'app', 'domains', 'kernel', 'store'],
}

interface Import {
  readonly from: string
  readonly to: string
}

/** 'src/kernel/org/change.ts' → 'kernel'; 'src/app.ts' → 'app'; 'demo/load.ts' → 'demo'. */
function roomOf(file: string): string {
  const [first, second] = file.split('/')
  if (/^src\/domains\/[^/]+\/screens\//.test(file)) return 'screens'
  return first === 'src' ? second!.replace(/\.ts$/, '') : first!
}

/** Imports of program files; tests may reach across, the program may not. */
async function importsOf(folders: readonly string[]): Promise<Import[]> {
  const found: Import[] = []
  for (const folder of folders) {
    const files = await readdir(join(top, folder), { recursive: true })
    for (const name of files) {
      const file = join(folder, name)
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$|(^|\/)testing\.ts$/.test(file)) continue
      const text = await readFile(join(top, file), 'utf8')
      found.push(...specifiers(text).map(path => ({ from: file, to: relative(top, join(top, dirname(file), path)) })))
    }
  }
  return found
}

/** Relative specifiers of static and dynamic imports and re-exports. */
const specifiers = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]+)['"]/g)].map(match => match[1]!)

function forbidden(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) => {
      if (!MAY[roomOf(from)]?.includes(roomOf(to)) && !sameDomain(from, to)) return true
      return false
    })
    .map(({ from, to }) => `${from} → ${to}`)
}

const domainOf = (file: string) => /^src\/domains\/([^/]+)\//.exec(file)?.[1]
const sameDomain = (from: string, to: string) => domainOf(from) !== undefined && domainOf(from) === domainOf(to)

/** A circle of imports, as the files it runs through; undefined when there is none. */
function circle(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const to of next.get(file) ?? []) {
      const found = walk(to, [...path, file])
      if (found) return found
    }
    done.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const found = walk(file, [])
    if (found) return found
  }
  return undefined
}

describe('imports', async () => {
  const imports = await importsOf(['src', 'demo'])

  test('run downwards only, and no domain imports another', () => {
    expect(imports.length).toBeGreaterThan(50)
    expect(forbidden(imports)).toEqual([])
  })

  test('form no circle', () => {
    expect(circle(imports.filter(({ from }) => from.startsWith('src/')))).toBeUndefined()
  })
})

test('the check itself finds an arrow upwards, a domain in a domain and a circle', () => {
  const arrow = (from: string, to: string) => ({ from, to })
  expect(forbidden([arrow('src/kernel/a.ts', 'src/http/b.ts')])).toHaveLength(1)
  expect(forbidden([arrow('src/store/a.ts', 'src/kernel/b.ts')])).toHaveLength(1)
  expect(forbidden([arrow('src/domains/a/index.ts', 'src/domains/b/index.ts')])).toHaveLength(1)
  expect(forbidden([arrow('src/domains/a/index.ts', 'src/domains/a/topics.ts')])).toEqual([])
  expect(forbidden([arrow('src/domains/a/screens/desk.tsx', 'src/domains/b/topics.ts')])).toHaveLength(1)
  expect(forbidden([arrow('src/domains/a/index.ts', 'src/domains/a/screens/desk.tsx')])).toEqual([])
  expect(forbidden([arrow('src/domains/a/screens/desk.tsx', 'web/src/kit/query.ts')])).toEqual([])
  expect(circle([arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'a')])).toEqual(['a', 'b', 'c', 'a'])
  expect(
    specifiers(`import type { A } from './a.ts'\nconst b = await import('../b.ts')\nexport { c } from "./c.ts"`),
  ).toEqual(['./a.ts', '../b.ts', './c.ts'])
})
