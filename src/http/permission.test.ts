import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk } from '../../test/world.ts'
import { disclose } from '../kernel/disclosure/disclosure.ts'
import { addEvidence } from '../kernel/evidence/evidence.ts'
import type { Role } from '../kernel/people/actor.ts'
import { rightsOf } from '../kernel/people/actor.ts'
import { createPerson, ROLES } from '../kernel/people/people.ts'
import { draftReport, issueReport } from '../kernel/reports/reports.ts'
import { must } from '../kernel/result.ts'
import { pathOf, type Route } from './route.ts'
import { allRoutes } from './routes.ts'
import {
  type Answered,
  asking,
  type Browser,
  loginOf,
  PASSWORD,
  type Served,
  serve,
  visit,
  visitFields,
} from './testing.ts'

// Every route, asked by every role inside and outside its subtree and by nobody, against what the route says of itself.

let served: Served
let routes: readonly Route[]
const browsers = new Map<string, Browser>()

beforeAll(async () => {
  served = await serve()
  routes = allRoutes(served.world)
  for (const role of ROLES) {
    const grants = [{ org: 'A2', role }]
    must(await createPerson(served.world, clerk, { login: `a2-${role}`, name: role, password: PASSWORD, grants }))
  }
  for (const role of ROLES) {
    browsers.set(`inside ${role}`, await served.as(loginOf(role)))
    browsers.set(`outside ${role}`, await served.as(`a2-${role}`))
  }
})
afterAll(() => served.close())

interface Request {
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const UUID = '00000000-0000-4000-8000-000000000000'

/** What a route is asked with, so that nothing but permission stands in the way. Everything lies at A1 or beneath. */
interface Sample {
  readonly params?: () => Promise<Record<string, string>> | Record<string, string>
  readonly query?: string
  readonly body?: (made: Record<string, string>) => unknown
  /** The route streams until it is left. */
  readonly streams?: boolean
}

const record = async () => ({ record: await visit(served.world, 'A1', { place: `会议室${Math.random()}` }) })
const report = async () => {
  const asked = { template: 'world.summary', org: 'A1', period: '2024' }
  return { report: must(await draftReport(served.world, clerk, asked)).id }
}
const evidence = async () => {
  const { record: id } = await record()
  const content = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const stream = (async function* () {
    yield content
  })()
  const { sha256 } = must(await addEvidence(served.world, clerk, id, { name: '照片.png', stream }))
  return { record: id, file: sha256 }
}
const person = async () => {
  const login = `p${Math.random().toString(36).slice(2)}`
  const made = await createPerson(served.world, clerk, { login, name: '某人', grants: [{ org: 'A1', role: 'clerk' }] })
  return { person: must(made).id }
}
const disclosed = async () => ({
  org: 'A1',
  disclosure: must(await disclose(served.world, clerk, 'A1', { indicator: 'world.visits', period: '2024' })).id,
})
const disclosedReport = async () => {
  const { report: id } = await report()
  must(await issueReport(served.world, clerk, id))
  must(await disclose(served.world, clerk, 'A1', { report: id }))
  return { org: 'A1', report: id }
}
const posted = () => ({ org: 'A1', board: 'world.visits' })
const org = () => ({ org: 'A11' })
const entered = () => ({ org: 'A1', fields: visitFields({ place: `礼堂${Math.random()}` }) })
const asOf = '2025-01-01'
const type = () => ({ type: 'world.visit' })

function csv(): FormData {
  const form = new FormData()
  form.set('file', new Blob(['日期,地点,主题,人数\n2024-03-01,村口,水稻,4\n']), '走访.csv')
  return form
}

function note(): FormData {
  const form = new FormData()
  form.set('file', new Blob(['现场记录']), '记录.txt')
  return form
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  'GET /api/v1/types/:type/export': { params: type, query: 'org=A1&format=csv' },
  'GET /api/v1/types/:type/template': { params: type, query: 'org=A1' },
  'POST /api/v1/records/:record/evidence': { params: record, body: note },
  'POST /api/v1/records/:record/evidence/:file/remove': { params: evidence, body: () => ({ reason: '放错了' }) },
  'GET /api/v1/evidence/:file': { params: evidence },
  'GET /api/v1/evidence/:file/thumbnail': { params: evidence },
  'POST /api/v1/session': { body: () => ({ login: 'nobody', password: 'nothing at all' }) },
  'PUT /api/v1/me/password': { body: () => ({ current: 'not this one', password: 'another password' }) },
  'POST /api/v1/me/tokens': { body: () => ({ name: 'token', days: 1 }) },
  'DELETE /api/v1/me/tokens/:token': { params: () => ({ token: UUID }) },
  'POST /api/v1/me/notices/read': { body: () => ({ notices: [UUID] }) },
  'PUT /api/v1/me/contact': { body: () => ({ email: null, phone: null, byMail: true, bySms: false }) },
  'POST /api/v1/notices/retry': { body: () => ({ notices: [UUID] }) },
  'POST /api/v1/people': {
    body: () => ({
      login: `q${Math.random().toString(36).slice(2)}`,
      name: '新人',
      grants: [{ org: 'A1', role: 'clerk' }],
    }),
  },
  'GET /api/v1/people/:person': { params: person },
  'PATCH /api/v1/people/:person': { params: person, body: () => ({ disabled: true }) },
  'PUT /api/v1/people/:person/password': { params: person, body: () => ({ password: 'a new password' }) },
  'POST /api/v1/people/:person/grants': { params: person, body: () => ({ org: 'A1', role: 'analyst' }) },
  'DELETE /api/v1/people/:person/grants': { params: person, query: 'org=A1&role=clerk' },
  'GET /api/v1/orgs/:org': { params: org },
  'GET /api/v1/orgs/:org/areas': { params: org },
  'POST /api/v1/orgs': {
    body: () => ({ units: [{ code: `N${Math.random()}`, kind: 'village', name: '新村', parent: 'A1' }] }),
  },
  'POST /api/v1/orgs/:org/rename': { params: org, body: () => ({ name: '石门新村', asOf }) },
  // Under itself: refused for that, once it is permitted.
  'POST /api/v1/orgs/:org/move': { params: org, body: () => ({ parent: 'A11', asOf }) },
  'POST /api/v1/orgs/:org/merge': { params: org, body: () => ({ into: 'A11', asOf }) },
  'POST /api/v1/orgs/:org/split': {
    params: org,
    body: () => ({ parts: [{ code: 'not a code', kind: 'village', name: '村' }], asOf }),
  },
  'POST /api/v1/orgs/:org/close': { params: org, body: () => ({ asOf: '2999-01-01' }) },
  'GET /api/v1/awaiting': { query: 'org=A1' },
  'GET /api/v1/records/recent': { query: 'org=A1' },
  'GET /api/v1/gaps': { query: 'org=A1&period=2024' },
  'GET /api/v1/domains/world/echo': { query: 'org=A1&words=你好' },
  'GET /api/v1/domains/world/sheet': { query: 'org=A1' },
  'POST /api/v1/domains/world/note': { body: () => ({ org: 'A1', words: '记一笔' }) },
  'GET /api/v1/records/:record/referring': { params: record },
  'GET /api/v1/records/:record/leads': { params: record },
  'GET /api/v1/types/:type': { params: type },
  'GET /api/v1/indicators/:indicator': { params: () => ({ indicator: 'world.visits' }) },
  'GET /api/v1/types/:type/records': { params: type, query: 'org=A1' },
  'POST /api/v1/types/:type/records': { params: type, body: entered },
  'POST /api/v1/types/:type/records/many': { params: type, body: () => ({ records: [entered(), entered()] }) },
  'POST /api/v1/types/:type/records/similar': { params: type, body: entered },
  'GET /api/v1/records/:record': { params: record },
  'GET /api/v1/records/:record/history': { params: record },
  'GET /api/v1/records/:record/as-of': { params: record, query: 'instant=2100-01-01T00:00:00Z' },
  'PATCH /api/v1/records/:record': { params: record, body: () => ({ fields: { people: 3 } }) },
  'POST /api/v1/records/:record/submit': { params: record },
  'POST /api/v1/records/:record/confirm': { params: record },
  'POST /api/v1/records/:record/undo': { params: record },
  'POST /api/v1/records/:record/return': { params: record, body: () => ({ reason: '请补全' }) },
  'POST /api/v1/records/:record/void': { params: record, body: () => ({ reason: '重复' }) },
  'POST /api/v1/records/:record/merge': { params: record, body: () => ({ others: [UUID] }) },
  'POST /api/v1/records/:record/reveal': { params: record, body: () => ({ purpose: '回访' }) },
  'POST /api/v1/records/:record/erase': { params: record, body: () => ({ reason: '本人要求' }) },
  'POST /api/v1/records/bulk': {
    params: record,
    body: made => ({ ids: [made.record], patch: { fields: { people: 4 } } }),
  },
  'POST /api/v1/types/:type/import': { params: type, query: 'org=A1', body: () => csv() },
  'POST /api/v1/types/:type/import/look': { params: type, query: 'org=A1', body: () => csv() },
  'GET /api/v1/figures/:indicator': { params: () => ({ indicator: 'world.visits' }), query: 'org=A1&period=2024' },
  'POST /api/v1/figures': { body: () => ({ figures: [{ indicator: 'world.visits', org: 'A1', period: '2024' }] }) },
  'GET /api/v1/figures/:indicator/explain': {
    params: () => ({ indicator: 'world.visits' }),
    query: 'org=A1&period=2024',
  },
  'GET /api/v1/live': { query: 'org=A1', streams: true },
  'GET /api/v1/targets': { query: 'org=A1&period=2024' },
  'GET /api/v1/targets/held': { query: 'org=A1&period=2024' },
  'PUT /api/v1/targets': {
    body: () => ({ targets: [{ indicator: 'world.visits', org: 'A1', period: '2024', value: 5 }] }),
  },
  'GET /api/v1/targets/:indicator/attainment': {
    params: () => ({ indicator: 'world.visits' }),
    query: 'org=A1&period=2024',
  },
  'GET /api/v1/reports': { query: 'org=A1' },
  'GET /api/v1/reports/overtaken': { query: 'org=A1' },
  'GET /api/v1/reports/compose': { query: 'template=world.summary&org=A1&period=2024&format=md' },
  'POST /api/v1/reports': { body: () => ({ template: 'world.summary', org: 'A1', period: '2024' }) },
  'GET /api/v1/reports/:report': { params: report },
  'GET /api/v1/reports/:report/download': { params: report, query: 'format=md' },
  'GET /api/v1/reports/:report/overtaken': { params: report },
  'GET /api/v1/reports/:report/proof': { params: report },
  'PATCH /api/v1/reports/:report': { params: report, body: () => ({ title: '新的标题' }) },
  'POST /api/v1/reports/:report/issue': { params: report, body: () => ({}) },
  'POST /api/v1/reports/:report/withdraw': { params: report, body: () => ({ reason: '数字有变' }) },
  'POST /api/v1/reports/:report/redraft': { params: report },
  'GET /api/v1/public/:org': { params: disclosed },
  'GET /api/v1/public/:org/boards/:board': { params: posted },
  'GET /api/v1/public/:org/reports/:report': { params: disclosedReport },
  'GET /api/v1/orgs/:org/disclosures': { params: () => ({ org: 'A1' }) },
  'POST /api/v1/orgs/:org/disclosures': {
    params: () => ({ org: 'A1' }),
    body: () => ({ indicator: 'world.people', period: '2024' }),
  },
  'DELETE /api/v1/orgs/:org/disclosures/:disclosure': { params: disclosed },
  'POST /api/v1/sheets': { body: () => ({ title: '表', rows: [['指标', 1]] }) },
  'GET /api/v1/search': { query: 'text=村委' },
  'POST /api/v1/audit': { body: () => ({ text: '全年接听电话769个。' }) },
  'POST /api/v1/audit/file': { body: note },
  'POST /api/v1/audit/marked': { query: 'org=A1&period=2024', body: note },
  'PUT /api/v1/audit/links': {
    body: () => ({ org: 'A1', wording: '走村#', base: '次', indicator: 'world.visits', where: {} }),
  },
  'GET /api/v1/journal': { query: 'org=A1' },
  'GET /api/v1/journal/:entry/proof': { params: entryOfRecord },
  'GET /api/v1/checkpoints/consistency': { query: 'from=1&to=1' },
  'GET /api/v1/jobs/:job': { params: () => ({ job: UUID }) },
  'GET /api/v1/jobs/:job/events': { params: () => ({ job: UUID }) },
  'GET /api/v1/jobs/:job/file': { params: () => ({ job: UUID }) },
  'DELETE /api/v1/jobs/:job': { params: () => ({ job: UUID }) },
  'POST /sign-in': { body: () => ({ login: 'nobody', password: 'nothing at all' }) },
  'GET /': { query: 'org=A1&period=2024' },
  'GET /figures/:indicator': { params: () => ({ indicator: 'world.visits' }), query: 'org=A1&period=2024' },
  'GET /records': { query: 'org=A1' },
  'GET /types/:type/records': { params: type, query: 'org=A1' },
  'GET /types/:type/new': { params: type, query: 'org=A1' },
  'POST /types/:type/new': { params: type, query: 'org=A1', body: () => ({}) },
  'GET /records/:record': { params: record },
  'POST /records/:record/evidence/:file/remove': { params: evidence, body: () => ({ reason: '放错了' }) },
  'GET /records/:record/edit': { params: record },
  'POST /records/:record/edit': { params: record, body: () => ({ version: 1 }) },
  'POST /records/:record/evidence': { params: record, body: note },
  'POST /records/:record/step': { params: record, body: () => ({ step: 'void', version: '1', reason: '重复' }) },
  'GET /reports': { query: 'org=A1' },
  'POST /reports': { body: () => ({ template: 'world.summary', org: 'A1', period: '2024' }) },
  'GET /reports/:report': { params: report },
  'POST /reports/:report/issue': { params: report, body: () => ({ version: '1' }) },
  'POST /reports/:report/withdraw': { params: report, body: () => ({ version: '1', reason: '数字有变' }) },
  'POST /reports/:report/redraft': { params: report },
  'GET /types/:type/import': { params: type, query: 'org=A1' },
  'POST /types/:type/import': { params: type, query: 'org=A1', body: () => csv() },
  'GET /jobs/:job': { params: () => ({ job: UUID }) },
  'GET /search': { query: 'text=村委' },
  'POST /audit': { body: () => ({ text: '全年接听电话769个。' }) },
  'GET /public/:org': { params: disclosed },
  'GET /public/:org/boards/:board': { params: posted },
  'GET /public/:org/reports/:report': { params: disclosedReport },
  'GET /journal': { query: 'org=A1' },
  'GET /journal/:entry': { params: entryOfRecord },
}

/** The journal entry of a record at A1. */
async function entryOfRecord() {
  const { record: id } = await record()
  const { rows } = await served.world.store.pool.query<{ seq: number }>('SELECT seq FROM journal WHERE subject = $1', [
    `record:${id}`,
  ])
  return { entry: String(rows[0]!.seq) }
}

const nameOf = (route: Route) => `${route.method} ${pathOf(route)}`

async function requestOf(route: Route): Promise<Request> {
  const sample = SAMPLES[nameOf(route)] ?? {}
  const params = (await sample.params?.()) ?? {}
  const path = pathOf(route).replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'missing'))
  return {
    path: sample.query ? `${path}?${sample.query}` : path,
    ...(sample.body ? { body: sample.body(params) } : {}),
    headers: route.ifMatch ? { 'if-match': '*' } : {},
  }
}

async function ask(route: Route, browser: Browser | undefined, request: Request): Promise<Answered> {
  const { streams } = SAMPLES[nameOf(route)] ?? {}
  const headers = { ...request.headers }
  if (route.page && request.body && !(request.body instanceof FormData)) {
    const form = new URLSearchParams(request.body as Record<string, string>)
    if (browser) form.set('_csrf', browser.csrf)
    const { cookie = '' } = browser ?? {}
    return asking(served.base, { cookie })(route.method, request.path, { body: form })
  }
  if (!streams) {
    const asker = browser?.ask ?? asking(served.base)
    return asker(route.method, request.path, { body: request.body, headers })
  }
  const leaving = new AbortController()
  const cookie = browser?.cookie ?? ''
  const answer = await fetch(served.base + request.path, { headers: { cookie }, signal: leaving.signal })
  leaving.abort()
  return { status: answer.status, headers: answer.headers, text: '', json: undefined }
}

const isRefused = ({ status, headers, json }: Answered) =>
  // Of records named in a body, those that may not be read are as good as not there.
  json?.code === 'record/unknown' ||
  status === 401 ||
  status === 403 ||
  status === 404 ||
  headers.get('location')?.startsWith('/sign-in?') === true

/** Routes whose own answer looks like a refusal whoever asks. */
const ANSWERS_SO = new Set([
  'POST /api/v1/session',
  'POST /sign-in',
  'PUT /api/v1/me/password',
  'DELETE /api/v1/me/tokens/:token',
  'GET /api/v1/jobs/:job',
  'GET /api/v1/jobs/:job/events',
  'GET /api/v1/jobs/:job/file',
  'DELETE /api/v1/jobs/:job',
  'GET /jobs/:job',
  'GET /api/v1/checkpoints/consistency',
  // What is merged does not exist.
  'POST /api/v1/records/:record/merge',
])

/** Ending the session would end the walk. */
const ENDS = new Set(['DELETE /api/v1/session', 'POST /sign-out'])

function isExpected(route: Route, role: Role, place: 'inside' | 'outside'): boolean {
  const { may } = route
  if (may === 'anyone' || may === 'signed-in') return true
  if (!rightsOf(role).includes(may.right)) return false
  if (may.at === 'somewhere') return true
  return may.at !== 'everywhere' && place === 'inside'
}

test('every route is a declared one, and every declared one has a sample', () => {
  const declared = new Set(routes.map(nameOf))
  const parameters = routes.filter(route => route.path.includes(':') || (route.body && !ENDS.has(nameOf(route))))
  expect(parameters.map(nameOf).filter(name => !SAMPLES[name])).toEqual([])
  expect(Object.keys(SAMPLES).filter(name => !declared.has(name))).toEqual([])
  expect(routes.every(route => route.may !== undefined)).toBe(true)
})

describe('nobody', () => {
  test('is let in only where anyone may', async () => {
    const wrong: string[] = []
    for (const route of routes) {
      const answer = await ask(route, undefined, await requestOf(route))
      const asked = answer.status === 401 || answer.headers.get('location')?.startsWith('/sign-in?')
      if (route.may !== 'anyone' && !asked) wrong.push(`${nameOf(route)} ${answer.status}`)
    }
    expect(wrong).toEqual([])
  })
})

describe.each(ROLES)('%s', role => {
  test.each(['inside', 'outside'] as const)('%s may do what the routes say, and nothing else', async place => {
    const browser = browsers.get(`${place} ${role}`)!
    const wrong: string[] = []
    for (const route of routes) {
      const name = nameOf(route)
      if (ENDS.has(name) || ANSWERS_SO.has(name)) continue
      const answer = await ask(route, browser, await requestOf(route))
      const expected = isExpected(route, role, place)
      if (isRefused(answer) === expected || answer.status >= 500)
        wrong.push(
          `${name}: ${answer.status} ${answer.json?.code ?? ''}, expected ${expected ? 'to be let' : 'refused'}`,
        )
      if (answer.json && answer.status < 300 && route.answer && 'safeParse' in route.answer) {
        const shaped = route.answer.safeParse(answer.json)
        if (!shaped.success) wrong.push(`${name} answers otherwise than declared: ${shaped.error.message}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
