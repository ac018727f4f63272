import { randomBytes } from 'node:crypto'
import { readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calls, type Installed, install, system } from './testing.ts'

// Long work that is interrupted or runs out of room leaves nothing behind.

let installed: Installed
let env: { YILU_DATA: string }
beforeAll(async () => {
  installed = await install()
  env = { YILU_DATA: join(installed.folder, 'data') }
  expect(await installed.yilu(['org', 'add', 'K', '科技局', '--kind', 'bureau'], { env })).toMatchObject({ code: 0 })
})
afterAll(() => installed.remove())

const callsOf = async (data: Record<string, string>) => {
  const { document } = await installed.json(['figure', 'hotline.calls', '--org', 'K', '--period', '2024'], {
    env: data,
  })
  return (document as { value: number }).value
}

describe('Ctrl-C', () => {
  test('during an import saves nothing of it', async () => {
    await writeFile(join(installed.folder, 'many.jsonl'), calls(400_000))
    const running = installed.start(['import', 'hotline.call', 'many.jsonl', '--org', 'K', '--json'], { env })
    await running.says(/^导入 +\d+%/m)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.finished
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toMatch(/中断/)
    expect(stderr).not.toMatch(/\n +at /)
    expect(await callsOf(env)).toBe(0)
  })

  test('during a backup leaves no file', async () => {
    await truncate(await fresh(join(env.YILU_DATA, 'evidence/large')), 7 * 2 ** 30)
    const running = installed.start(['backup', 'ledger.yilu'], { env })
    await running.says(/^备份 /m)
    running.child.kill('SIGINT')
    expect(await running.finished).toMatchObject({ code: 130, stdout: '' })
    expect((await readdir(installed.folder)).filter(name => name.startsWith('ledger'))).toEqual([])
    await truncate(join(env.YILU_DATA, 'evidence/large'), 0)
  })

  test('during the demonstration says how to go on', async () => {
    const data = { YILU_DATA: join(installed.folder, 'demo') }
    const running = installed.start(['demo', '--json'], { env: data })
    await running.says(/^装入示范数据 +[1-9]\d?%/m)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.finished
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toMatch(/接着装.*\[demo\/cancelled\]/)
  })
})

async function fresh(path: string): Promise<string> {
  await writeFile(path, '')
  return path
}

// A small file system of its own is a Linux matter, and root's; elsewhere these promises stand untested.
describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('a full disk', () => {
  const megabytes = async (size: number) => {
    const folder = join(installed.folder, `disk-${size}`)
    await system('mkdir', [folder])
    await system('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=755`, 'tmpfs', folder])
    mounted.push(folder)
    return folder
  }
  const mounted: string[] = []
  afterAll(async () => {
    for (const folder of mounted) await system('umount', ['-l', folder])
  })

  test('is told when there is no room for a ledger, or for its backup', async () => {
    const disk = await megabytes(8)
    const refused = await installed.yilu(['serve', '--port', '0', '--data', join(disk, 'data')])
    expect(refused).toMatchObject({ code: 3, stdout: '' })
    expect(refused.stderr).toMatch(/磁盘.*\[store\/disk-full\]/)
    await writeFile(join(env.YILU_DATA, 'evidence/noise'), randomBytes(16 * 2 ** 20))
    const backup = await installed.yilu(['backup', join(disk, 'ledger.yilu')], { env })
    expect(backup).toMatchObject({ code: 3, stdout: '' })
    expect(backup.stderr).toContain('[store/disk-full]')
    expect((await readdir(disk)).filter(name => name.startsWith('ledger'))).toEqual([])
  })

  test('during an import saves nothing, and all is well once there is room', async () => {
    const disk = await megabytes(256)
    const data = { YILU_DATA: join(disk, 'data') }
    expect(await installed.yilu(['org', 'add', 'K', '科技局', '--kind', 'bureau'], { env: data })).toMatchObject({
      code: 0,
    })
    await writeFile(join(installed.folder, 'some.jsonl'), calls(8_000))
    await system('bash', ['-c', `dd if=/dev/zero of=${disk}/filler bs=1M 2>/dev/null; truncate -s -1M ${disk}/filler`])
    const full = await installed.yilu(['import', 'hotline.call', 'some.jsonl', '--org', 'K'], { env: data })
    expect(full).toMatchObject({ code: 3, stdout: '' })
    expect(full.stderr).toMatch(/\[store\/(disk-full|unavailable)\]/)
    await system('rm', [join(disk, 'filler')])
    expect(await callsOf(data)).toBe(0)
    expect(await installed.yilu(['import', 'hotline.call', 'some.jsonl', '--org', 'K'], { env: data })).toMatchObject({
      code: 0,
    })
    expect(await callsOf(data)).toBe(8_000)
  })
})
