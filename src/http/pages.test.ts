import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk } from '../../test/world.ts'
import { createUnits } from '../kernel/org/change.ts'
import { createPerson } from '../kernel/people/people.ts'
import { draftReport, editReport } from '../kernel/reports/reports.ts'
import { must } from '../kernel/result.ts'
import { escaped, html, type Part } from './pages/html.ts'
import { type Ask, asking, type Browser, PASSWORD, type Served, serve, visit } from './testing.ts'

// Pages without a script: signing in, forms, and that nothing anyone enters becomes markup.

let served: Served
let county: Browser
let nobody: Ask

beforeAll(async () => {
  served = await serve()
  county = await served.as('county')
  nobody = asking(served.base)
})
afterAll(() => served.close())

const form = (values: Readonly<Record<string, string>>) => ({
  body: new URLSearchParams({ ...values, _csrf: county.csrf }),
})

/** Asks as a browser does: the cookie, and nothing else. */
const browse: Ask = (method, path, asked) => asking(served.base, { cookie: county.cookie })(method, path, asked)

describe('signing in', () => {
  const signIn = (values: Readonly<Record<string, string>>) =>
    nobody('POST', '/sign-in', { body: new URLSearchParams(values) })

  test('a page asked for by nobody leads to the form and back', async () => {
    const sent = await nobody('GET', '/figures/world.visits?org=A&period=2024')
    expect(sent.status).toBe(302)
    const asked = sent.headers.get('location')!
    expect(asked).toBe(`/sign-in?next=${encodeURIComponent('/figures/world.visits?org=A&period=2024')}`)
    const page = await nobody('GET', asked)
    expect(page.text).toContain('value="/figures/world.visits?org=A&amp;period=2024"')
    const done = await signIn({ login: 'county', password: PASSWORD, next: '/figures/world.visits?org=A&period=2024' })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/figures/world.visits?org=A&period=2024'])
    expect(done.headers.get('set-cookie')).toMatch(/^yilu_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('a wrong password shows the form again, without the password', async () => {
    const page = await signIn({ login: 'a1-clerk"><b>', password: 'wrong password' })
    expect(page.status).toBe(401)
    expect(page.text).toContain('登录名或密码不对')
    expect(page.text).toContain('value="a1-clerk&quot;&gt;&lt;b&gt;"')
    expect(page.text).not.toContain('wrong password')
  })

  test.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ])('leads to no other site: %s', async next => {
    const done = await signIn({ login: 'county', password: PASSWORD, next })
    expect(done.headers.get('location')).toBe('/')
  })
})

describe('a record', () => {
  test('is entered with a form and found in the figures, with what was wrong told beside its field', async () => {
    const fields = { 'f[on]': '2021-05-18', 'f[place]': '礼堂', 'f[topic]': 'rice', 'f[people]': '-5' }
    const refused = await browse('POST', '/types/world.visit/new?org=A1', form(fields))
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(/href="#f-people">人数：不能是负数/)
    expect(refused.text).toContain('value="礼堂"')
    const rows = { 'rows-payments[0][paidOn]': '2021-05-19', 'rows-payments[0][amount]': '0.29' }
    const saved = await browse(
      'POST',
      '/types/world.visit/new?org=A1',
      form({ ...fields, ...rows, 'f[people]': '1,250' }),
    )
    expect(saved.status).toBe(303)
    const record = await browse('GET', saved.headers.get('location')!)
    expect(record.text).toMatch(/1,250/)
    expect(record.text).toMatch(/0\.29/)
    const paid = await county.ask('GET', '/api/v1/figures/world.paid?org=A&period=2021')
    expect(paid.json.value).toBe(29)
    const home = await browse('GET', '/?org=A&period=2021')
    expect(home.text).toMatch(/1,250/)
  })

  test('changed by someone else meanwhile is not overwritten; the form shows what changed', async () => {
    const id = await visit(served.world, 'A1', { place: '村口', people: 3 })
    const edit = await browse('GET', `/records/${id}/edit`)
    expect(edit.text).toContain('name="version" value="1"')
    const values = { 'f[on]': '2024-05-18', 'f[place]': '村口', 'f[topic]': 'rice', 'f[weather]': 'fine', version: '1' }
    const other = await browse('POST', `/records/${id}/edit`, form({ ...values, 'f[people]': '4' }))
    expect(other.status).toBe(303)
    const mine = await browse('POST', `/records/${id}/edit`, form({ ...values, 'f[people]': '9' }))
    expect(mine.status).toBe(409)
    expect(mine.text).toMatch(/<del>3<\/del> → <ins>4<\/ins>/)
    expect(mine.text).toContain('name="version" value="2"')
    expect(mine.text).toContain('value="9"')
  })

  test('keeps personal data that a form leaves empty, and shows it masked', async () => {
    const id = await visit(served.world, 'A1', { host: '欧阳文书', people: 3 })
    const edit = await browse('GET', `/records/${id}/edit`)
    expect(edit.text).toContain('placeholder="欧**"')
    expect(edit.text).not.toContain('欧阳文书')
    const values = { 'f[on]': '2024-05-18', 'f[place]': '村口', 'f[topic]': 'rice', 'f[host]': '', version: '1' }
    expect((await browse('POST', `/records/${id}/edit`, form({ ...values, 'f[people]': '4' }))).status).toBe(303)
    const revealed = await county.ask('POST', `/api/v1/records/${id}/reveal`, { body: { purpose: '回访' } })
    expect(revealed.json.fields).toEqual({ host: '欧阳文书' })
  })

  test('is changed by no form without the page’s token', async () => {
    const id = await visit(served.world)
    const sent = await browse('POST', `/records/${id}/step`, {
      body: new URLSearchParams({ step: 'void', version: '1', reason: '重复' }),
    })
    expect(sent.status).toBe(403)
    expect(sent.text).toContain('页面已过期')
  })
})

test('a file is imported with a form, and its bad rows are shown', async () => {
  const page = await browse('GET', '/types/world.visit/import?org=A1')
  const action = /action="([^"]+)"/.exec(page.text.slice(page.text.indexOf('<main')))![1]!.replaceAll('&amp;', '&')
  const file = new FormData()
  file.set('file', new Blob(['日期,地点,主题,人数\n2024-07-32,村口,水稻,4\n']), '走访.csv')
  const withoutToken = await browse('POST', action.replace(/_csrf=[^&]*/, ''), { body: file })
  expect(withoutToken.status).toBe(403)
  const sent = await browse('POST', action, { body: file })
  expect(sent.status).toBe(303)
  const job = sent.headers.get('location')!
  await county.ask('GET', `/api/v1${job}/events`)
  const shown = await browse('GET', job)
  expect(shown.text).toMatch(/<td class="number">2<\/td><td>日期<\/td>/)
})

test('a file is attached with a form, and can be looked at', async () => {
  const id = await visit(served.world)
  const page = await browse('GET', `/records/${id}`)
  const action = /action="([^"]+evidence[^"]+)"/.exec(page.text)![1]!.replaceAll('&amp;', '&')
  const file = new FormData()
  file.set('file', new Blob(['收条：今收到资料 30 份']), '收条<1>.txt')
  expect((await browse('POST', action.replace(/_csrf=[^&]*/, '_csrf=guessed'), { body: file })).status).toBe(403)
  expect((await browse('POST', action, { body: file })).status).toBe(303)
  const shown = await browse('GET', `/records/${id}`)
  const [, link, name] = /href="(\/api\/v1\/evidence\/[0-9a-f]{64})">([^<]*)</.exec(shown.text)!
  expect(name).toMatch(/^收条.*\.txt$/)
  const read = await browse('GET', link!)
  expect(read.text).toBe('收条：今收到资料 30 份')
  expect(read.headers.get('content-security-policy')).toContain('sandbox')
  const removal = /action="(\/records\/[^"]+\/remove)"/.exec(shown.text)![1]!
  expect((await browse('POST', removal, form({ reason: '放错了' }))).status).toBe(303)
  expect((await browse('GET', `/records/${id}`)).text).not.toContain(link)
  const none = new FormData()
  none.set('file', new Blob([]), '')
  expect((await browse('POST', action, { body: none })).status).toBeGreaterThanOrEqual(400)
})

describe('nothing that is entered becomes markup', () => {
  const EVIL = `<img src=x onerror=alert(1)>"'><script>alert(1)</script>&`
  const pages: string[] = []

  beforeAll(async () => {
    const { world } = served
    const place = EVIL.slice(0, 40)
    const record = await visit(world, 'A2', { place, host: EVIL.slice(0, 50), on: '2024-06-01' })
    must(await createUnits(world, clerk, [{ code: 'A3', kind: 'township', name: EVIL, nameEn: EVIL, parent: 'A' }]))
    const grants = [{ org: 'A', role: 'administrator' as const }]
    must(await createPerson(world, clerk, { login: 'evil', name: EVIL.slice(0, 60), password: PASSWORD, grants }))
    const draft = must(await draftReport(world, clerk, { template: 'world.summary', org: 'A', period: '2024' }))
    const blocks = [{ kind: 'paragraph' as const, inlines: [{ text: EVIL }] }]
    must(await editReport(world, clerk, draft.id, { title: EVIL, blocks }))
    pages.push(
      '/?org=A&period=2024',
      '/?org=A3&period=2024',
      '/types/world.visit/records?org=A2&search=%3Cimg',
      `/records/${record}`,
      `/records/${record}/edit`,
      '/types/world.visit/new?org=A3',
      '/reports?org=A',
      `/reports/${draft.id}`,
      '/journal?org=A&text=%3Cscript%3E',
      `/search?text=${encodeURIComponent('img src')}`,
      '/figures/world.visits?org=A&period=2024',
      `/figures/%3Cscript%3E?org=A&period=2024`,
      `/?org=${encodeURIComponent(EVIL)}`,
      `/?org=A&period=${encodeURIComponent(EVIL.slice(0, 40))}`,
      `/nothing/${encodeURIComponent(EVIL)}`,
    )
  })

  test.each(['zh', 'en'])('on any page, in %s', async lang => {
    const evil = await served.as('evil')
    let shown = 0
    for (const path of pages) {
      const { text } = await evil.ask('GET', `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      expect(text, path).not.toMatch(/<img|<script|onerror=alert\(1\)>"|javascript:/i)
      if (text.includes('&lt;img src=x')) shown++
    }
    // The test sees the texts, escaped, or it would prove nothing.
    expect(shown).toBeGreaterThanOrEqual(8)
  })

  test('nor in a text that is audited', async () => {
    const { text } = await browse('POST', '/audit', form({ text: `全年培训769人次${EVIL}` }))
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toMatch(/<img|<script/)
  })

  test('the template tag escapes whatever is put into it', () => {
    const list: Part[] = ['<', html`<i>${'"'}</i>`, null, false, undefined, 0]
    expect(html`<p title="${`"'`}">${list}</p>`.html).toBe('<p title="&quot;&#39;">&lt;<i>&quot;</i>0</p>')
    expect(escaped(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;')
  })
})

test('pages are in Chinese until English is asked for, and stay in it', async () => {
  expect((await browse('GET', '/records', { headers: { 'accept-language': 'en' } })).text).toContain(
    '<html lang="zh-CN">',
  )
  const english = await browse('GET', '/records?lang=en')
  expect(english.text).toContain('<html lang="en">')
  const cookie = `${county.cookie}; ${english.headers.get('set-cookie')!.split(';')[0]}`
  expect((await asking(served.base, { cookie })('GET', '/records')).text).toContain('<html lang="en">')
})
