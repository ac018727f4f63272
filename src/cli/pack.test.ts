import { execFile } from 'node:child_process'
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calls, system } from './testing.ts'

// The package as npm makes it, unpacked elsewhere beside its dependencies for use, and none for development.

const top = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
let folder: string
let yilu: (...args: string[]) => Promise<string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yilu-pack-'))
  await chmod(folder, 0o755)
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: top })
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }]
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, 'yilu'), { recursive: true })
  await system('tar', ['-xzf', join(folder, filename), '-C', join(modules, 'yilu'), '--strip-components=1'])
  for (const name of await dependencies()) {
    const link = join(modules, name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(top, 'node_modules', name), link)
  }
  yilu = async (...args) => {
    const env = { ...process.env, LANG: 'zh_CN.UTF-8', YILU_DATA: join(folder, 'data'), DATABASE_URL: '' }
    const done = await run(process.execPath, [join(modules, 'yilu/bin/yilu.js'), ...args], { cwd: folder, env })
    return done.stdout
  }
}, 180_000)
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  for (const made of ['src', 'demo']) await rm(join(top, 'dist', made), { recursive: true, force: true })
})

/** What package.json asks for at run time and this platform has. */
async function dependencies(): Promise<string[]> {
  const declared = JSON.parse(await readFile(join(top, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >
  const names = Object.keys({ ...declared.dependencies, ...declared.optionalDependencies })
  const there = await Promise.all(
    names.map(name =>
      access(join(top, 'node_modules', name)).then(
        () => [name],
        () => [],
      ),
    ),
  )
  return there.flat()
}

test('holds what runs and what says how, no sources and no tests', async () => {
  const files = await readdir(join(folder, 'node_modules/yilu'), { recursive: true })
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'README.md',
      'LICENSE',
      'bin/yilu.js',
      'dist/src/cli/main.js',
      'dist/src/store/migrations/0001-ledger.sql',
      'dist/demo/expected-figures.json',
      'dist/web/index.html',
      'docs/verify-proof.mjs',
    ]),
  )
  expect(files.filter(name => /(\.test\.|testing\.|(?<!\.d)\.ts$)/.test(name))).toEqual([])
})

test('runs without anything that only development needs', async () => {
  expect(await yilu('--version')).toBe('0.1.0\n')
  expect(JSON.parse(await yilu('types', '--json'))).toEqual(
    expect.arrayContaining([expect.objectContaining({ type: 'hotline.call' })]),
  )
  await yilu('org', 'add', 'K', '科技局', '--kind', 'bureau')
  await writeFile(join(folder, 'calls.jsonl'), calls(24))
  await yilu('import', 'hotline.call', 'calls.jsonl', '--org', 'K')
  expect(JSON.parse(await yilu('figure', 'hotline.calls', '--org', 'K', '--period', '2024', '--json'))).toMatchObject({
    value: 24,
  })
  for (const format of ['docx', 'html', 'md', 'json'])
    await yilu('report', 'annual-summary', '--org', 'K', '--period', '2024', '--out', `summary.${format}`)
  await yilu('audit', 'summary.md', '--json').catch(({ code }: { code: number }) => expect(code).toBe(1))
  expect(JSON.parse(await yilu('verify', '--json'))).toMatchObject({ ok: true })
})

test('every module it holds can be loaded: the service and the demonstration too', async () => {
  const dist = join(folder, 'node_modules/yilu/dist')
  const modules = (await readdir(dist, { recursive: true })).filter(name => /^(src|demo)\/.*\.js$/.test(name))
  const imports = modules.map(name => `await import(${JSON.stringify(join(dist, name))})`).join('\n')
  await writeFile(join(folder, 'all.mjs'), imports)
  await run(process.execPath, [join(folder, 'all.mjs')], { cwd: folder })
  expect(modules.length).toBeGreaterThan(100)
})
