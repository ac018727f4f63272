import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registry } from '../src/app.ts'
import { targetsUnder } from '../src/kernel/assessment/targets.ts'
import { gaps } from '../src/kernel/awaiting/gaps.ts'
import { readClaims } from '../src/kernel/claims/read.ts'
import { reconcile } from '../src/kernel/claims/reconcile.ts'
import { explain } from '../src/kernel/figures/explain.ts'
import { type Figure, type FigureRequest, figure, figures } from '../src/kernel/figures/figure.ts'
import { rebuild } from '../src/kernel/figures/rebuild.ts'
import { unitOf } from '../src/kernel/figures/units.ts'
import { type Style, writeNumber } from '../src/kernel/figures/wording.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { isPassword } from '../src/kernel/people/passwords.ts'
import { composeReport } from '../src/kernel/reports/compose.ts'
import { figuresOf, inlinesOfBlock, type ReportDocument } from '../src/kernel/reports/document.ts'
import { runningText } from '../src/kernel/reports/running-text.ts'
import { must, type Result } from '../src/kernel/result.ts'
import { testWorld, type World } from '../test/world.ts'
import { type ExpectedFigure, expected, narrowingOf } from './expected.ts'
import { recordsUntil } from './generate/all.ts'
import { loadDemo } from './load.ts'
import { units } from './orgs.ts'
import { DEMO_PASSWORD, people } from './people.ts'

const reader = operator('test')
const dayOf = (type: string) => registry.types.get(type)!.day

let ledger: World
let interrupted: Result<unknown>
let loaded: Awaited<ReturnType<typeof loadDemo>>
const steps: [done: number, total: number][] = []

beforeAll(async () => {
  ledger = { ...(await testWorld({ registry })), clock: () => new Date('2026-01-15T04:00:00Z') }
  const stop = new AbortController()
  interrupted = await loadDemo(ledger, {
    signal: stop.signal,
    onProgress: done => {
      if (done > 4000) stop.abort()
    },
  })
  loaded = await loadDemo(ledger, { onProgress: (done, total) => steps.push([done, total]) })
}, 900_000)

afterAll(() => ledger?.store.close())

const count = async (query: string) => (await ledger.store.pool.query<{ n: number }>(query)).rows[0]!.n

describe('loading', () => {
  test('a loading that was cut off is finished by the next, with every record once', async () => {
    expect(interrupted).toMatchObject({ ok: false, problems: [{ code: 'demo/cancelled' }] })
    expect(loaded).toMatchObject({ ok: true, value: { orgs: units.length } })
    expect(steps[1]![0], 'what was saved before is not saved again').toBeGreaterThan(4000)
    const records = must(loaded).records
    expect(records).toBeGreaterThanOrEqual(40_000)
    expect(await count('SELECT count(*)::int AS n FROM record')).toBe(records)
    expect(await count('SELECT count(DISTINCT origin)::int AS n FROM record')).toBe(records)
    const changes = recordsUntil('2026-01-15', dayOf).reduce((sum, { later = [] }) => sum + later.length, 0)
    expect(await count(`SELECT count(*)::int AS n FROM journal WHERE subject LIKE 'record:%'`)).toBe(records + changes)
  })

  test('progress only goes forward, up to the whole', () => {
    const done = steps.map(([step]) => step)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(new Set(steps.map(([, total]) => total)).size).toBe(1)
    expect(steps.at(-1)![0]).toBe(steps.at(-1)![1])
  })

  test('a ledger that holds the demonstration is not loaded again', async () => {
    expect(await loadDemo(ledger)).toMatchObject({ ok: false, problems: [{ code: 'demo/loaded' }] })
  })

  test('everyone can sign in, and every record was entered by one of them', async () => {
    const { rows } = await ledger.store.pool.query<{ login: string; password: string }>(
      'SELECT login, password FROM person ORDER BY login',
    )
    expect(rows.map(row => row.login)).toEqual(people.map(person => person.login).sort())
    expect(await isPassword(rows[0]!.password, DEMO_PASSWORD)).toBe(true)
    expect(await count('SELECT count(*)::int AS n FROM record WHERE updated_by IS NULL')).toBe(0)
  })

  test('the postal administration has 500 branches in districts, beside its specialised bureaus', async () => {
    const of = (kind: string) => units.filter(unit => unit.kind === kind).length
    expect([of('branch'), of('district'), of('specialised')]).toEqual([500, 10, 7])
    expect(await count('SELECT count(*)::int AS n FROM org_unit')).toBe(units.length)
  })

  test('tallies equal a recount of the records', async () => {
    expect((await rebuild(ledger)).differing).toEqual([])
  }, 600_000)
})

describe('generating', () => {
  test('the same records come out every time', () => {
    const once = JSON.stringify(recordsUntil('2026-01-15', dayOf))
    expect(JSON.stringify(recordsUntil('2026-01-15', dayOf))).toBe(once)
    expect(JSON.stringify(recordsUntil('2027-01-15', dayOf))).toBe(once)
  })

  test.each(['2023-05-10', '2024-12-31', '2025-06-30'])('nothing is told of what comes after %s', today => {
    const late = recordsUntil(today, dayOf).flatMap(({ type, fields }) =>
      daysIn(type, fields).filter(({ value }) => value > today),
    )
    expect(late).toEqual([])
  })
})

/** Days of a record that may not lie in the future, those of sub-rows too. */
function daysIn(type: string, fields: Readonly<Record<string, unknown>>, infos = registry.types.get(type)!.fields) {
  return Object.entries(fields).flatMap(([name, value]): { type: string; name: string; value: string }[] => {
    const info = infos[name]
    if (info?.kind === 'rows' && Array.isArray(value)) return value.flatMap(row => daysIn(type, row, info.rows))
    return info?.kind === 'day' && !info.future ? [{ type, name, value: String(value) }] : []
  })
}

function requestOf(one: ExpectedFigure): FigureRequest {
  const { own, where } = narrowingOf(one)
  return { indicator: one.indicator, org: one.org, period: one.period, where, scope: own ? 'self' : 'tree' }
}

const nameOf = ({ indicator, org, period, where }: ExpectedFigure) =>
  `${org} ${period} ${indicator}${where ? ` ${JSON.stringify(where)}` : ''}`

describe('what the reports published', () => {
  const told = expected.filter(one => !one.target)

  test('every figure is met exactly', async () => {
    const found = must(await figures(ledger, reader, told.map(requestOf)))
    const lines = (value: (one: ExpectedFigure, i: number) => unknown) =>
      told.map((one, i) => `${nameOf(one)} = ${value(one, i)}`)
    expect(lines((_, i) => found[i]!.value)).toEqual(lines(one => one.value))
    expect(told.length).toBeGreaterThan(80)
  })

  test('every figure counts in the unit that the report counted in', () => {
    const units = told.map(one => [one.indicator, registry.indicators.get(one.indicator)!.unit])
    expect(units).toEqual(told.map(one => [one.indicator, one.unit]))
  })

  test('every target is set', async () => {
    const planned = expected.filter(one => one.target)
    const set = must(await targetsUnder(ledger, reader, 'KJ', '2025'))
    for (const { indicator, org, period, value } of planned)
      expect(set).toContainEqual(expect.objectContaining({ indicator, org, period, value }))
    expect(planned).toHaveLength(6)
  })

  test('500 branches and offices are networked at the end of 2024, 130 of them anew, never more than are electronic', async () => {
    const ask = async (indicator: string, period = '2024') =>
      must(await figure(ledger, reader, { indicator, org: 'YZ', period })).value
    expect([await ask('network.networked'), await ask('network.networked-added')]).toEqual([500, 130])
    expect([await ask('network.electronic'), await ask('network.electronic-added')]).toEqual([570, 200])
    expect(await ask('network.networked', '2023')).toBe(370)
  })

  test('252 scales looked at again of 2517 verified are 10.01 %', async () => {
    const share = must(await figure(ledger, reader, { indicator: 'metrology.spot-share', org: 'YZ', period: '2024' }))
    expect(share.value).toBeCloseTo(252 / 2517, 12)
    expect(writeNumber(share.value, share.unit, { digits: 2 })).toBe('10.01%')
  })

  test('the city adds up its counties', async () => {
    const { rows, value } = must(
      await figure(ledger, reader, { indicator: 'training.people', org: 'KJ', period: '2024', by: 'org' }),
    )
    expect(rows!.reduce((sum, row) => sum + row.value!, 0)).toBe(value)
    expect(rows!.find(row => row.key === 'KJ-A')!.value).toBe(12_046)
  })

  test('growth has a base: the year before and the year after are told too', async () => {
    const ask = async (indicator: string, org: string, period: string): Promise<Figure['value']> =>
      must(await figure(ledger, reader, { indicator, org, period })).value
    expect(await ask('projects.funds-won', 'KJ-B', '2023')).toBe(11_000_000)
    for (const { indicator, org } of told.filter(one => !one.where && one.period === '2024'))
      if (!NEW_IN_2024.has(`${org} ${indicator}`))
        expect(await ask(indicator, org, '2023'), `${org} ${indicator} 2023`).toBeGreaterThan(0)
    for (const indicator of ['hotline.calls', 'training.people', 'envoys.service-days', 'projects.applied'])
      expect(await ask(indicator, 'KJ', '2025'), `${indicator} 2025`).toBeGreaterThan(0)
  })
})

/** The hotline's stations opened in 2024; money came to county C in one year and prizes in another; what was begun in 2024. */
const NEW_IN_2024: ReadonlySet<string> = new Set([
  'KJ-A hotline.stations',
  'KJ-C projects.funds-received',
  ...['tested', 'soil', 'produce'].map(name => `KJ-B samples.${name}`),
  ...['large-dryers', 'small-dryers', 'kilns'].map(name => `KJ-B trials.${name}`),
  ...['candidates', 'passed', 'honoured'].map(name => `KJ-C townships.${name}`),
  'KJ-C households.aid',
  ...['pairings', 'led', 'cash'].map(name => `KJ-D households.${name}`),
  ...['surveyed', 'hamlets', 'problems'].map(name => `KJ-A worksites.${name}`),
])
describe('what is managed', () => {
  test('28 accepted open to 28 named projects, by kind, each with day, acceptor and a file that proves it', async () => {
    const asked = { indicator: 'projects.accepted', org: 'YZ', period: '2024' }
    const { records, value } = must(await explain(ledger, reader, asked))
    expect([value, records.length]).toEqual([28, 28])
    const { rows } = await ledger.store.pool.query<{
      title: string
      acceptor: string
      programme: string
      files: number
    }>(
      `SELECT p.fields ->> 'title' AS title, p.fields ->> 'acceptor' AS acceptor, p.fields ->> 'programme' AS programme,
         (SELECT count(*)::int FROM record a JOIN record_evidence e ON e.record = a.id
          WHERE a.type = 'acceptance.acceptance' AND a.fields ->> 'project' = p.id::text
            AND a.day::text = p.fields ->> 'acceptedOn') AS files
       FROM record p WHERE p.id = ANY($1::uuid[])`,
      [records.map(({ id }) => id)],
    )
    expect(rows.filter(row => !row.title || !row.acceptor || row.files === 0)).toEqual([])
    expect(
      rows
        .filter(row => row.programme === 'soft-science')
        .map(row => row.title)
        .sort(),
    ).toEqual(['三网优化整合研究', '两网通信链路优化研究', '经营信息统计系统研究'].sort())
    const by = must(await figure(ledger, reader, { ...asked, by: 'programme' }))
    expect(by.rows!.reduce((sum, row) => sum + row.value!, 0)).toBe(28)
  })

  test('11 new projects and their 1328万元 come from the same records', async () => {
    const [counted, summed] = await Promise.all(
      ['projects.established', 'projects.investment'].map(async indicator =>
        must(await explain(ledger, reader, { indicator, org: 'YZ', period: '2024' })),
      ),
    )
    expect([counted!.value, summed!.value]).toEqual([11, 1_328_000_000])
    const ids = (one: typeof counted) => one!.records.map(({ id }) => id).sort()
    expect(ids(counted)).toEqual(ids(summed))
  })

  test('151 applications are those of thirteen programmes, of which 30 are national against 29 of the fund', async () => {
    const asked = { indicator: 'projects.applied', org: 'KJ', period: '2024-H1', scope: 'self' as const }
    const by = must(await figure(ledger, reader, { ...asked, by: 'programme' }))
    expect([by.value, by.rows!.length, by.rows!.reduce((sum, row) => sum + row.value!, 0)]).toEqual([151, 13, 151])
    const national = must(await figure(ledger, reader, { ...asked, where: { level: 'national' } }))
    const fund = must(await figure(ledger, reader, { ...asked, where: { programme: 'national-sme-fund' } }))
    expect([national.value, fund.value]).toEqual([30, 29])
  })

  test('quarters without joint meeting and months without notice are told', async () => {
    const missing = async (id: string, period: string) =>
      must(await gaps(ledger, reader, 'KJ', period))
        .find(gap => gap.id === id)!
        .missing.map(({ org, what }) => [org, what.zh])
    expect(await missing('meetings.joint', '2024')).toEqual([
      ['KJ-C', '2024年第二季度'],
      ['KJ-D', '2024年第三季度'],
    ])
    expect(await missing('openness.months', '2024')).toEqual([
      ['KJ-B', '2024年8月'],
      ['KJ-D', '2024年1月'],
    ])
    const found = must(await gaps(ledger, reader, 'KJ', '2024')).map(({ id }) => id)
    expect(found).not.toContain('correspondence.numbers')
    expect(found).not.toContain('publications.numbers')
  })
})

/** How a published number was rounded, where it was. The words are the report's own. */
const ROUNDED: Readonly<Record<string, Style>> = {
  '3260多人次': { form: 'about' },
  '1.2万人次': { form: 'about' },
  '2.2万多份(册)': { form: 'about', classifier: '份(册)' },
  '200多人次': { form: 'about', round: 'hundreds' },
  '1.6万人次': { form: 'about' },
  '2万份(册)': { form: 'about', classifier: '份(册)' },
  '8000余人次': { form: 'about', round: 'thousands', more: '余' },
  '25000余份': { form: 'about', round: 'thousands', more: '余' },
  '8000余份': { form: 'about', round: 'thousands', more: '余' },
  '30余名': { form: 'about', round: 'tens', more: '余', classifier: '名' },
  '30余户': { form: 'about', round: 'tens', more: '余', classifier: '户' },
  '40多天': { form: 'about', round: 'tens', classifier: '天' },
  '400多名': { form: 'about', round: 'hundreds', classifier: '名' },
}

/** No number in digits, or a sum of several. */
const IN_WORDS: ReadonlySet<string> = new Set([
  '三个',
  '四项',
  '二个',
  '省重点项目',
  '(27-16)万元',
  '3个+8个',
  '70万元+25万元',
  '1万元×3',
  '57+525+13',
  '4期+12期',
  '5座+1座+1座',
  '2.5万元+4000元+8000元+1200余元',
])

describe('the published wording', () => {
  const published = expected.flatMap(one =>
    one.published && !IN_WORDS.has(one.published) ? [{ ...one, published: one.published }] : [],
  )

  test.each(published)('$org $indicator: $published', ({ published, value, unit }) => {
    const [, classifier] = /^\d+(\D+)$/.exec(published) ?? []
    const exact: Style = unitOf(unit).measure === 'money' ? { in: classifier } : { classifier }
    expect(writeNumber(value, unit, ROUNDED[published] ?? exact)).toBe(published)
  })

  test('every rounding that a report used is among them', () => {
    expect(new Set(published.map(one => one.published).filter(words => words in ROUNDED))).toEqual(
      new Set(Object.keys(ROUNDED)),
    )
  })
})

const textOf = (document: ReportDocument) =>
  document.blocks
    .filter(block => block.kind !== 'table' && block.kind !== 'chart')
    .map(block =>
      inlinesOfBlock(block)
        .map(inline => ('figure' in inline ? inline.figure.written : inline.text))
        .join(''),
    )
    .join('\n')

describe('reports', () => {
  const science = ['annual-summary', 'half-year-summary', 'annual-plan']
  const postal = ['annual-summary', 'postal-summary', 'postal-half-year-summary', 'postal-plan']
  const wanted = [
    ...['KJ', 'KJ-A', 'KJ-B', 'KJ-C', 'KJ-D'].flatMap(org => science.map(template => [template, org] as const)),
    ...postal.map(template => [template, 'YZ'] as const),
    ...['KJ', 'KJ-A', 'YZ'].flatMap(org => ['project-report', 'briefing'].map(template => [template, org] as const)),
  ].flatMap(([template, org]) => ['2024', '2024-H1'].map(period => [template, org, period] as const))
  // One unit of every kind and every sort of period; a small unit may have little or nothing to tell.
  const others = [
    ...['KJ-A', 'KJ-B-03', 'KJ-A-01-01'].flatMap(org => science.map(template => [template, org] as const)),
    ...['YZ', 'YZ-ZX', 'YZ-Q01', 'YZ-Q01-01'].flatMap(org => postal.map(template => [template, org] as const)),
  ].flatMap(([template, org]) => ['2025', '2024-Q3', '2024-05'].map(period => [template, org, period] as const))

  test.each(wanted)('%s of %s for %s reads without a gap', async (template, org, period) => {
    const document = must(await composeReport(ledger, reader, { template, org, period }))
    const text = textOf(document)
    expect(text).not.toMatch(/—|undefined|null|NaN|\[object|[，、]。|。。/)
    expect(figuresOf(document).length).toBeGreaterThan(3)
  })

  // Its text alone, as anybody might send it in: the audit knows nothing of the document's bindings.
  test.each([
    ...wanted,
    ...others,
  ])('%s of %s for %s reads back as the ledger has it', async (template, org, period) => {
    const document = must(await composeReport(ledger, reader, { template, org, period }))
    const { text, figures } = runningText(document)
    const year = Number(period.slice(0, 4))
    const reading = readClaims(text, { year, actor: document.organ })
    const links = must(await reconcile(ledger, reader, reading, { org, period }))
    const told = links.map(({ claim, verdict, address }) => [reading.claims[claim]!.quote, verdict, address].join(' '))
    expect(told.filter(line => !/ agrees(-rounded)? /.test(line))).toEqual([])
    // The very figure that the document is bound to, not another of the same size.
    const bound = figures
      .filter(({ figure }) => !/持平|无可比/.test(figure.written))
      .map(({ figure }) => figure.address)
    expect(links.map(({ address }) => address)).toEqual(bound)
    expect(reading.identities.filter(({ holds }) => !holds)).toEqual([])
    expect(reading.blanks).toEqual([])
  })

  test('every template is among them', () => {
    expect(new Set(wanted.map(([template]) => template))).toEqual(new Set(registry.templates.keys()))
  })

  test('the summary of county A says its figures as the county published them', async () => {
    const text = textOf(
      must(await composeReport(ledger, reader, { template: 'annual-summary', org: 'KJ-A', period: '2024' })),
    )
    for (const words of [
      '769个',
      '425人次',
      '3260多人次',
      '1.2万人次',
      '2.2万多份(册)',
      '200多人次',
      '1.6万人次',
      '31部',
    ])
      expect(text).toContain(words)
  })
})
