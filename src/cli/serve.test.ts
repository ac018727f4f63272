import { once } from 'node:events'
import { access, readFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../store/store.ts'
import { type Installed, install, type Running } from './testing.ts'

let installed: Installed
beforeAll(async () => {
  installed = await install()
})
afterAll(() => installed.remove())

const dataIn = (name: string) => join(installed.folder, name)

/** Starts a service on a free port and waits until it is ready. */
async function serve(data: string, ...more: string[]): Promise<Running & { port: number }> {
  const running = installed.start(['serve', '--data', data, '--port', '0', ...more])
  const [, port] = await running.says(/http:\/\/127\.0\.0\.1:(\d+)\n/)
  await running.says(/按 Ctrl-C 停止/)
  return { ...running, port: Number(port) }
}

const isRunning = (data: string) =>
  access(join(data, 'pg/postmaster.pid')).then(
    () => true,
    () => false,
  )

test('an empty ledger tells how to let the first administrator in, and these commands do', async () => {
  const data = dataIn('first')
  const service = await serve(data)
  const told = service.said().stdout
  expect(told).toMatch(/一录 0\.1\.0 已就绪，用时 \d+\.\d 秒/)
  const lines = [...told.matchAll(/^ {2}(?:yilu|node \S+) (.*)$/gm)].map(([, words]) => words!.split(' '))
  expect(lines).toHaveLength(2)
  for (const words of lines) expect(await installed.yilu(words)).toMatchObject({ code: 0 })
  const { document } = await installed.json(['user', 'password', 'admin', '--data', data])
  const signedIn = await fetch(`http://127.0.0.1:${service.port}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(document),
  })
  expect(signedIn.status).toBe(201)
  service.child.kill('SIGINT')
  expect(await service.finished).toMatchObject({ code: 0 })
  expect(await isRunning(data)).toBe(false)
})

test('a request under way is answered when the service is told to stop, and a new one is not taken', async () => {
  const service = await serve(dataIn('first'))
  const body = JSON.stringify({ login: 'admin', password: 'not the password' })
  const socket = connect(service.port, '127.0.0.1')
  let answered = ''
  socket.setEncoding('utf8').on('data', chunk => (answered += chunk))
  socket.write(
    `POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  )
  await fetch(`http://127.0.0.1:${service.port}/healthz`)
  service.child.kill('SIGTERM')
  await service.says(/正在停止/)
  await expect(refusedFetch(service.port)).resolves.toBe(true)
  socket.write(body.slice(10))
  await once(socket, 'close')
  expect(answered).toMatch(/^HTTP\/1\.1 401 /)
  expect(await service.finished).toMatchObject({ code: 0 })
})

/** Until the listening socket is gone, answers 503 or none at all. */
async function refusedFetch(port: number): Promise<boolean> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
    if (answer === undefined || answer.status === 503) return true
  }
}

test('one service to a data directory; a command beside it joins; after kill -9 the next start goes on', async () => {
  const data = dataIn('one')
  const first = await serve(data)
  const second = await installed.yilu(['serve', '--data', data, '--port', '0'])
  expect(second).toMatchObject({ code: 3, stdout: '' })
  expect(second.stderr).toMatch(/另一个 yilu serve .*\[store\/in-use\]\nError: Another yilu serve/)
  expect(await installed.yilu(['org', 'add', 'K', '科技局', '--kind', 'bureau', '--data', data])).toMatchObject({
    code: 0,
  })
  expect(await isRunning(data)).toBe(true)
  first.child.kill('SIGKILL')
  await first.finished
  const next = await serve(data)
  expect((await installed.json(['org', 'list', '--data', data])).document).toMatchObject([{ code: 'K' }])
  next.child.kill('SIGTERM')
  expect(await next.finished).toMatchObject({ code: 0 })
  expect(await isRunning(data)).toBe(false)
})

test('a taken port is said before anything is opened', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const refused = await installed.yilu(['serve', '--data', dataIn('none'), '--port', String(port)])
  taken.close()
  expect(refused).toMatchObject({ code: 3, stdout: '' })
  expect(refused.stderr).toContain(`端口 ${port} 已被占用`)
  await expect(access(dataIn('none'))).rejects.toThrow()
})

test('a ledger that a newer program upgraded is refused and left as it is', async () => {
  const data = dataIn('newer')
  expect(await installed.yilu(['org', 'add', 'K', '科技局', '--kind', 'bureau', '--data', data])).toMatchObject({
    code: 0,
  })
  const store = await openStore({ dataDir: data })
  await store.owner.query(`INSERT INTO migration (number, name, sha256) VALUES (9999, '9999-later', '')`)
  await store.close()
  for (const args of [
    ['serve', '--port', '0'],
    ['org', 'list'],
    ['backup', 'x.yilu'],
  ]) {
    const refused = await installed.yilu([...args, '--data', data])
    expect(refused).toMatchObject({ code: 3, stdout: '' })
    expect(refused.stderr).toMatch(/^错误：.*请升级程序 {2}\[store\/newer-schema\]\nError: .*upgrade the program\n$/)
  }
  expect(await isRunning(data)).toBe(false)
})

test('a database that is not there is named, without its password', async () => {
  const refused = await installed.yilu([
    'org',
    'list',
    '--data',
    dataIn('url'),
    '--database-url',
    'postgresql://u:secret@127.0.0.1:9/x',
  ])
  expect(refused).toMatchObject({ code: 3, stdout: '' })
  expect(refused.stderr).toContain('[store/unreachable]')
  expect(refused.stderr).not.toContain('secret')
})

test('what the service did stands in its log, a line of JSON each', async () => {
  const service = await serve(dataIn('one'))
  await fetch(`http://127.0.0.1:${service.port}/healthz?secret=1`)
  service.child.kill('SIGTERM')
  const { stderr } = await service.finished
  const answered = stderr.split('\n').find(line => line.includes('/healthz'))!
  expect(JSON.parse(answered)).toMatchObject({
    method: 'GET',
    path: '/healthz',
    status: 200,
    reqId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(await readFile(join(dataIn('one'), 'postgres.log'), 'utf8')).not.toMatch(/PANIC/)
})
