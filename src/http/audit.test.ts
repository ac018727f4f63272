import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk } from '../../test/world.ts'
import { auditShape } from '../kernel/claims/shape.ts'
import { readSource } from '../kernel/claims/source.ts'
import { composeReport } from '../kernel/reports/compose.ts'
import { writeReport } from '../kernel/reports/write.ts'
import { must } from '../kernel/result.ts'
import { API } from './route.ts'
import { type Browser, type Served, serve, visit } from './testing.ts'

// Texts and files read back over HTTP.

let served: Served
let analyst: Browser
let folder: string

beforeAll(async () => {
  served = await serve()
  analyst = await served.as('a1-analyst')
  folder = await mkdtemp(join(tmpdir(), 'yilu-audit-'))
  for (const place of ['甲', '乙', '丙']) await visit(served.world, 'A1', { place })
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await served.close()
})

const about = 'org=A1&period=2024'
const upload = (content: Buffer | string, name: string) => {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  return form
}
const verdicts = (audit: { links: { verdict: string }[] }) => audit.links.map(({ verdict }) => verdict)

test('a text is held against the ledger where its unit and period are given', async () => {
  const text = '2024年走访3次，走访人次40人次。'
  const alone = await analyst.ask('POST', `${API}/audit`, { body: { text } })
  expect(auditShape.parse(alone.json)).toMatchObject({ links: [], claims: [{ quote: '3次' }, { quote: '40人次' }] })
  const held = await analyst.ask('POST', `${API}/audit`, { body: { text, org: 'A1', period: '2024' } })
  expect(held.status, held.text).toBe(200)
  expect(verdicts(auditShape.parse(held.json))).toEqual(['agrees', 'disagrees'])
  expect(held.json.links[1]).toMatchObject({
    address: 'world.people?org=A1&period=2024',
    written: '36人次',
    difference: 4,
  })
  const elsewhere = await analyst.ask('POST', `${API}/audit`, { body: { text, org: 'A2', period: '2024' } })
  expect(elsewhere.status).toBe(403)
})

test('a file is read by what it is, and a broken one is refused in words', async () => {
  const page = upload('<h1>总结</h1><p>走访<b>3</b>次</p>', '总结.html')
  const read = await analyst.ask('POST', `${API}/audit/file?${about}`, { body: page })
  expect(auditShape.parse(read.json).text).toBe('# 总结\n走访3次')
  expect(verdicts(read.json)).toEqual(['agrees'])
  const broken = await analyst.ask('POST', `${API}/audit/file`, { body: upload('PK\u0003\u0004', '总结.docx') })
  expect(broken).toMatchObject({ status: 422, json: { code: 'text/docx-broken' } })
})

test('a Word document comes back with comments, anything else as a page', async () => {
  const document = must(
    await composeReport(served.world, clerk, { template: 'world.summary', org: 'A1', period: '2024' }),
  )
  await visit(served.world, 'A1', { place: '丁' })
  const content = await writeReport(document, 'docx')
  const marked = await analyst.ask('POST', `${API}/audit/marked?${about}`, { body: upload(content, '总结.docx') })
  expect(marked.status, marked.text.slice(0, 200)).toBe(200)
  expect(marked.headers.get('content-type')).toContain('wordprocessingml')
  const form = upload(content, '总结.docx')
  const raw = await fetch(`${served.base}${API}/audit/marked?${about}`, {
    method: 'POST',
    headers: { cookie: analyst.cookie, 'x-csrf-token': analyst.csrf },
    body: form,
  })
  const path = join(folder, 'marked.docx')
  await writeFile(path, Buffer.from(await raw.arrayBuffer()))
  const { docx } = must(await readSource(path))
  expect(docx!.xml).toContain('<w:commentRangeStart')
  const page = await analyst.ask('POST', `${API}/audit/marked?${about}`, { body: upload('走访9次', 'a.txt') })
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.text).toContain('<mark id="t1" class="disagrees"')
})

test('what a person confirms is used from then on', async () => {
  const body = { text: '下村看望4次。', org: 'A1', period: '2024' }
  const before = await analyst.ask('POST', `${API}/audit`, { body })
  expect(verdicts(before.json)).toEqual(['no-indicator'])
  const [{ words }] = before.json.links
  const [{ base }] = before.json.claims
  const link = { org: 'A1', wording: words, base, indicator: 'world.visits' }
  const done = await analyst.ask('PUT', `${API}/audit/links`, { body: link })
  expect(done, done.text).toMatchObject({ status: 200, json: { ...link, where: {} } })
  const after = await analyst.ask('POST', `${API}/audit`, { body })
  expect(after.json.links).toMatchObject([{ verdict: 'agrees', confirmed: true }])
})
