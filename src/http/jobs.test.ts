import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../test/world.ts'
import { createPerson } from '../kernel/people/people.ts'
import { must } from '../kernel/result.ts'
import { API } from './route.ts'
import { type Answered, type Ask, type Browser, PASSWORD, type Served, serve } from './testing.ts'

// Long work over HTTP: importing a file, verifying, backing up.

let served: Served
let entering: Browser
let auditor: Browser

beforeAll(async () => {
  served = await serve({ largestUpload: 64 * 1024 })
  entering = await served.as('a1-clerk')
  auditor = await served.as('a1-auditor')
})
afterAll(() => served.close())

function upload(content: string, name = '走访.csv'): FormData {
  const form = new FormData()
  form.set('file', new Blob([content]), name)
  return form
}

const HEAD = '日期,地点,主题,人数\n'
const importing = (content: string, query = '', name?: string) =>
  entering.ask('POST', `${API}/types/world.visit/import?org=A1${query}`, { body: upload(content, name) })

/** The job once it has ended: its stream of events ends with it. */
async function ended(ask: Ask, started: Answered) {
  expect(started.status, started.text).toBe(202)
  const events = await ask('GET', `${API}/jobs/${started.json.id}/events`)
  expect(events.headers.get('content-type')).toMatch('text/event-stream')
  const last = events.text.trim().split('\n\n').at(-1)!
  return JSON.parse(/^data: (.*)$/m.exec(last)![1]!)
}

test('a file is imported, told of as it goes, and imported again adds nothing', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `2024-03-01,第${i}村,水稻,${i}\n`).join('')
  const job = await ended(entering.ask, await importing(HEAD + rows))
  expect(job).toMatchObject({ kind: 'import', state: 'done', result: { read: 50, created: 50, rejected: 0 } })
  const again = await ended(entering.ask, await importing(HEAD + rows))
  expect(again.result).toMatchObject({ created: 0, unchanged: 50 })
  const figure = await entering.ask('GET', `${API}/figures/world.visits?org=A1&period=2024-03`)
  expect(figure.json.value).toBe(50)
})

test('bad rows are named by row and column; nothing is kept unless the good ones are asked for', async () => {
  const content = `${HEAD}2024-04-01,甲地,水稻,4\n2024-04-31,乙地,水稻,4\n2024-04-02,丙地,水稻,-1\n`
  const count = async () => (await entering.ask('GET', `${API}/figures/world.visits?org=A1&period=2024-04`)).json.value
  const job = await ended(entering.ask, await importing(content))
  expect(job.result).toMatchObject({ created: 0, rejected: 2 })
  expect(job.result.errors).toMatchObject([
    { row: 3, column: '日期' },
    { row: 4, column: '人数', code: 'field/negative' },
  ])
  expect(await count()).toBe(0)
  const partial = await ended(entering.ask, await importing(content, '&partial=true'))
  expect(partial.result).toMatchObject({ created: 1, rejected: 2 })
  expect(await count()).toBe(1)
  const rejected = await entering.ask('GET', partial.file)
  expect(rejected.headers.get('content-disposition')).toMatch(/^attachment; filename="/)
  expect(rejected.text).toContain('乙地')
})

test('a file too large, a file that is none, and a name that climbs are refused or made harmless', async () => {
  const large = await importing(HEAD + 'x'.repeat(100_000))
  expect([large.status, large.json.code]).toEqual([413, 'request/too-large'])
  const none = await entering.ask('POST', `${API}/types/world.visit/import?org=A1`, { body: new FormData() })
  expect(none.json.code).toBe('request/no-file')
  const json = await entering.ask('POST', `${API}/types/world.visit/import?org=A1`, { body: {} })
  expect([json.status, json.json.code]).toEqual([415, 'request/media-type'])
  const climbing = await ended(
    entering.ask,
    await importing(`${HEAD}2024-05-01,甲地,水稻,4\n`, '', '../../etc/passwd.csv'),
  )
  expect(climbing.result).toMatchObject({ created: 1 })
  expect(climbing.progress.label).toBe('passwd.csv')
})

test('a job is its owner’s alone', async () => {
  const started = await importing(`${HEAD}2024-06-01,甲地,水稻,4\n`)
  await ended(entering.ask, started)
  const { id } = started.json
  const listed = await entering.ask('GET', `${API}/jobs`)
  expect(listed.json.jobs.map((job: { id: string }) => job.id)).toContain(id)
  for (const path of ['', '/events', '/file'])
    expect((await auditor.ask('GET', `${API}/jobs/${id}${path}`)).status).toBe(404)
  expect((await auditor.ask('DELETE', `${API}/jobs/${id}`)).status).toBe(404)
})

test('an auditor verifies the ledger', async () => {
  const job = await ended(auditor.ask, await auditor.ask('POST', `${API}/verifications`))
  expect(job).toMatchObject({ kind: 'verify', state: 'done', result: { ok: true, problems: [] } })
  expect(job.result.entries).toBeGreaterThan(50)
})

test('a backup is for those who administer every tree', async () => {
  const county = await served.as('county')
  expect((await county.ask('POST', `${API}/backups`)).status).toBe(403)
  const grants = ['A', 'B'].map(org => ({ org, role: 'administrator' as const }))
  must(await createPerson(served.world, clerk, { login: 'whole', name: '总管理员', password: PASSWORD, grants }))
  const whole = await served.as('whole')
  const job = await ended(whole.ask, await whole.ask('POST', `${API}/backups`))
  expect(job).toMatchObject({ kind: 'backup', state: 'done' })
  const response = await fetch(served.base + job.file, { headers: { cookie: whole.cookie } })
  const archive = gunzipSync(Buffer.from(await response.arrayBuffer()))
  expect(archive.subarray(0, 11).toString()).toBe('backup.json')
  expect((await county.ask('GET', job.file)).status).toBe(404)
})
