import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, type World } from '../../../test/world.ts'
import { setTargets } from '../assessment/targets.ts'
import { change, voidRecord } from '../records/records.ts'
import { must } from '../result.ts'
import { composeReport } from './compose.ts'
import { type Block, figuresOf, inlinesOfBlock, textOf } from './document.ts'
import { proveReport } from './proof.ts'
import { overtaken, overtakenReports } from './refresh.ts'
import { draftReport, editReport, issueReport, redraftReport, withdrawReport } from './reports.ts'
import { listReports, readReport, type StoredReport } from './stored.ts'
import { actorAt, reportWorld, visitAt } from './testing.ts'

const summary = `{{ org.name }}{{ period.words }}总结如下。

# 走访

{% section %}共走访{{ world.visits }}，{{ world.visits | compared }}，服务{{ world.people | about }}，计划{{ world.visits | target }}。{% endsection %}

{% section %}
# 水产

水产走访{{ world.visits | where: 'topic', 'fish' }}。
{% endsection %}

{% section %}
{% chart 'world.visits', by: 'month' %}
{% endsection %}

# 结语

再接再厉。`

let ledger: World
let first: string
const request = { template: 'summary', org: 'C', period: '2024' }
const told = ({ document: { blocks } }: Pick<StoredReport, 'document'>) =>
  blocks.map(block => textOf(inlinesOfBlock(block)))
const draft = async () => must(await draftReport(ledger, clerk, request))
const code = (done: { ok: boolean; problems?: readonly { code: string }[] }) =>
  done.ok ? 'done' : done.problems![0]!.code

beforeAll(async () => {
  ledger = await reportWorld({ templates: { summary, titled: 'title: {{ org.name }}的计划\n\n没有数字。' } })
  first = await visitAt(ledger, 'T1', { people: 3264 })
  await visitAt(ledger, 'T2', { on: '2023-05-18' })
  must(await setTargets(ledger, clerk, [{ indicator: 'world.visits', org: 'C', period: '2024', value: 4 }]))
})
afterAll(() => ledger.store.close())

describe('composing', () => {
  test('a template is told for a unit and period; it may name its own title', async () => {
    const document = must(await composeReport(ledger, clerk, request))
    expect(document).toMatchObject({
      title: '示范县2024年工作总结',
      organ: '示范县',
      date: '2025-06-30',
      period: '2024',
    })
    expect(told({ document })[2]).toBe('共走访1次，与上年持平，服务3260多人次，计划4次。')
    expect(must(await composeReport(ledger, clerk, { ...request, template: 'titled' })).title).toBe('示范县的计划')
  })

  test('in English it has the same figures in tables, without Chinese sentences', async () => {
    const document = must(await composeReport(ledger, clerk, { ...request, language: 'en' }))
    expect(document).toMatchObject({
      title: 'Demonstration County: Summary, 2024',
      language: 'en',
      organ: 'Demonstration County',
    })
    const chinese = must(await composeReport(ledger, clerk, request))
    const addresses = (blocks: readonly Block[]) => new Set(figuresOf({ blocks }).map(({ address }) => address))
    expect(addresses(document.blocks)).toEqual(addresses(chinese.blocks))
    expect(JSON.stringify(document)).not.toMatch(/\p{Script=Han}/u)
  })

  test('an unknown template names those that there are', async () => {
    const done = await composeReport(ledger, clerk, { ...request, template: 'none' })
    expect(done).toMatchObject({
      ok: false,
      problems: [{ code: 'report/unknown-template', zh: expect.stringContaining('summary') }],
    })
  })
})

describe('permission', () => {
  test.each([
    ['clerk', 'permission/denied'],
    ['manager', 'done'],
    ['analyst', 'done'],
    ['auditor', 'permission/denied'],
    ['administrator', 'done'],
  ] as const)('a %s who drafts: %s', async (role, expected) => {
    const actor = actorAt(ledger, role, 'C')
    const report = await draft()
    expect(code(await draftReport(ledger, actor, request))).toBe(expected)
    expect(code(await editReport(ledger, actor, report.id, { title: '新标题' }))).toBe(expected)
    expect(code(await issueReport(ledger, actor, report.id))).toBe(expected)
    expect(code(await redraftReport(ledger, actor, report.id))).toBe(expected)
    expect(code(await withdrawReport(ledger, actor, report.id, { reason: '试试' }))).toBe(expected)
    expect(code(await readReport(ledger, actor, report.id))).toBe('done')
  })

  test('who may not read a unit does not learn that it has reports', async () => {
    const { id } = await draft()
    const stranger = actorAt(ledger, 'administrator', 'T1')
    expect(code(await readReport(ledger, stranger, id))).toBe('report/unknown')
    expect(code(await editReport(ledger, stranger, id, {}))).toBe('report/unknown')
    expect(must(await listReports(ledger, stranger))).toEqual([])
    expect(code(await readReport(ledger, clerk, 'no-id'))).toBe('report/unknown')
  })
})

describe('issuing', () => {
  test('brings the figures to this instant, dates and numbers the report, and freezes it', async () => {
    const report = await draft()
    const more = await visitAt(ledger, 'T1')
    const issued = must(await issueReport(ledger, clerk, report.id, { number: '示科发[2025]12号', version: 1 }))
    expect(issued).toMatchObject({ status: 'issued', number: '示科发〔2025〕12号', version: 2 })
    expect(issued.document).toMatchObject({
      number: '示科发〔2025〕12号',
      redHead: true,
      signature: { date: '2025-06-30' },
    })
    expect(told(issued)[2]).toBe('共走访2次，比上年增加1次，服务3270多人次，计划4次。')
    expect(code(await editReport(ledger, clerk, report.id, { title: '改' }))).toBe('report/issued')
    expect(code(await issueReport(ledger, clerk, report.id))).toBe('report/issued')
    must(await voidRecord(ledger, clerk, more, '录错了'))
  })

  test('a report with a place left blank is not issued; numbers that do not fit are told in the journal', async () => {
    const report = await draft()
    const say = async (text: string) =>
      must(await editReport(ledger, clerk, report.id, { blocks: [{ kind: 'paragraph', inlines: [{ text }] }] }))
    await say('全年培训农民____人次。')
    const refused = await issueReport(ledger, clerk, report.id)
    expect(code(refused)).toBe('report/blank')
    expect(refused).toMatchObject({ problems: [{ value: expect.stringContaining('____') }] })
    await say('检测样品1549个，其中土壤样品1054个，农产品样品494个。走访9次。')
    must(await issueReport(ledger, clerk, report.id))
    const { rows } = await ledger.store.pool.query<{ entry: string }>(
      'SELECT entry FROM journal WHERE subject = $1 ORDER BY seq DESC LIMIT 1',
      [`report:${report.id}`],
    )
    expect(JSON.parse(rows[0]!.entry).note).toMatchObject({
      check: {
        claims: 4,
        failing: [expect.stringContaining('1054')],
        disagreeing: [{ quote: '9次', address: 'world.visits?org=C&period=2024', ledger: '1次' }],
      },
    })
  })

  test('a detached figure is left as it was written', async () => {
    const report = await draft()
    const blocks = report.document.blocks.map(block =>
      block.kind === 'paragraph'
        ? {
            ...block,
            inlines: block.inlines.map(inline =>
              'figure' in inline ? { figure: { ...inline.figure, written: '若干' } } : inline,
            ),
          }
        : block,
    )
    must(await editReport(ledger, clerk, report.id, { blocks }))
    const extra = await visitAt(ledger, 'T1')
    const issued = must(await issueReport(ledger, clerk, report.id))
    expect(told(issued)[2]).toBe('共走访若干，若干，服务若干，计划若干。')
    expect(issued.document).not.toHaveProperty('redHead')
    must(await voidRecord(ledger, clerk, extra, '录错了'))
  })

  test.each([
    ['示科发2024-12'],
    ['示科发〔2024〕第12号'],
    ['示科发〔2024〕012号'],
    ['〔2024〕12号'],
    ["'; DROP TABLE report"],
  ])('the number %s is refused', async number => {
    const { id } = await draft()
    expect(code(await issueReport(ledger, clerk, id, { number }))).toBe('report/number')
  })

  test('a number is given once, also when two issue at once', async () => {
    const [a, b] = await Promise.all([draft(), draft()])
    const done = await Promise.all(
      [a, b].map(({ id }) => issueReport(ledger, clerk, id, { number: '示科发〔2025〕99号' })),
    )
    expect(done.map(code).sort()).toEqual(['done', 'report/number-taken'])
  })

  test('the journal proves what was issued, and a changed byte shows', async () => {
    const report = await draft()
    must(await issueReport(ledger, clerk, report.id))
    const proof = must(await proveReport(ledger, clerk, report.id))
    expect(proof).toMatchObject({
      holds: true,
      steps: [
        { action: 'report-draft', version: 1 },
        { action: 'report-issue', version: 2 },
      ],
    })
    expect(proof.entry?.text).toContain(proof.hash)
    await ledger.store.owner.query(
      "UPDATE report SET content = jsonb_set(content, '{title}', '\"改过\"') WHERE id = $1",
      [report.id],
    )
    expect(must(await proveReport(ledger, clerk, report.id)).holds).toBe(false)
  })
})

describe('after issue', () => {
  test('a change of a fact overtakes the report and says which figures; undone, the report holds again', async () => {
    const report = await draft()
    const issued = must(await issueReport(ledger, clerk, report.id))
    expect(must(await overtaken(ledger, clerk, issued))).toEqual([])
    must(await change(ledger, clerk, first, { fields: { people: 3300 } }))
    expect(must(await overtaken(ledger, clerk, issued))).toEqual([
      {
        address: 'world.people?org=C&period=2024',
        name: '示范县2024年走访人次',
        written: '3260多人次',
        stated: 3264,
        now: 3300,
        writtenNow: '3300人次',
      },
    ])
    const listed = must(await overtakenReports(ledger, clerk, { org: 'C' }))
    expect(listed.find(one => one.report.id === report.id)?.figures).toHaveLength(1)
    must(await change(ledger, clerk, first, { fields: { people: 3264 } }))
    expect(must(await overtaken(ledger, clerk, issued))).toEqual([])
    expect(must(await readReport(ledger, clerk, report.id)).document).toEqual(issued.document)
  })

  test('targets and comparisons are overtaken like figures, points of charts too', async () => {
    const issued = must(await issueReport(ledger, clerk, (await draft()).id))
    must(await setTargets(ledger, clerk, [{ indicator: 'world.visits', org: 'C', period: '2024', value: 5 }]))
    const extra = await visitAt(ledger, 'T2', { on: '2024-02-01' })
    expect(
      must(await overtaken(ledger, clerk, issued)).map(({ address, writtenNow }) => [address, writtenNow]),
    ).toEqual([
      ['world.visits?org=C&period=2024', '2次'],
      ['world.visits?org=C&period=2024&as=difference', '比上年增加1次'],
      ['world.people?org=C&period=2024', '3270多人次'],
      ['world.visits?org=C&period=2024&as=target', '5次'],
      ['world.visits?org=C&period=2024-02', '1'],
    ])
    must(await voidRecord(ledger, clerk, extra, '录错了'))
    must(await setTargets(ledger, clerk, [{ indicator: 'world.visits', org: 'C', period: '2024', value: 4 }]))
  })

  test('it is withdrawn with a reason, once, and stays readable', async () => {
    const { id } = await draft()
    must(await issueReport(ledger, clerk, id))
    expect(code(await withdrawReport(ledger, clerk, id, { reason: ' ' }))).toBe('report/reason')
    expect(code(await withdrawReport(ledger, clerk, id, { reason: '数字有误', version: 1 }))).toBe('report/stale')
    const withdrawn = must(await withdrawReport(ledger, clerk, id, { reason: '数字有误', version: 2 }))
    expect(withdrawn).toMatchObject({ status: 'withdrawn', version: 3, issuedAt: expect.any(String) })
    expect(code(await withdrawReport(ledger, clerk, id, { reason: '再撤一次' }))).toBe('report/withdrawn')
    expect(code(await editReport(ledger, clerk, id, { title: '改' }))).toBe('report/withdrawn')
    expect(must(await proveReport(ledger, clerk, id))).toMatchObject({ holds: true })
    expect(must(await proveReport(ledger, clerk, id)).steps.at(-1)).toMatchObject({
      action: 'report-withdraw',
      note: { reason: '数字有误' },
    })
  })

  test('drafted anew it has fresh figures, keeps the edited text, gains and loses what the ledger does', async () => {
    const report = await draft()
    const blocks = report.document.blocks.map((block, i): Block => {
      if (i === 0) return { kind: 'paragraph', inlines: [{ text: '改写的开头。' }] }
      if (block.kind === 'paragraph' && i === 2) return { ...block, inlines: [{ text: '改写：' }, ...block.inlines] }
      return block
    })
    must(
      await editReport(ledger, clerk, report.id, {
        blocks: [...blocks, { kind: 'paragraph', inlines: [{ text: '加的一段。' }] }],
      }),
    )
    must(await issueReport(ledger, clerk, report.id, { number: '示科发〔2025〕7号' }))
    const fish = await visitAt(ledger, 'T2', { topic: 'fish' })
    const again = must(await redraftReport(ledger, clerk, report.id))
    expect(again).toMatchObject({ status: 'draft', version: 1, number: null })
    expect(again.document).not.toHaveProperty('number')
    expect(told(again)).toEqual([
      '改写的开头。',
      '走访',
      '改写：共走访2次，比上年增加1次，服务3270多人次，计划4次。',
      '水产',
      '水产走访1次。',
      '000020000000',
      '结语',
      '再接再厉。',
      '加的一段。',
    ])
    must(await voidRecord(ledger, clerk, fish, '录错了'))
    expect(told(must(await redraftReport(ledger, clerk, again.id)))).toEqual(
      expect.not.arrayContaining(['水产', '水产走访1次。']),
    )
    expect(must(await readReport(ledger, clerk, report.id)).status).toBe('issued')
  })
})

test('lists are the newest first, of a unit and period, without text', async () => {
  const { id } = await draft()
  const list = must(await listReports(ledger, clerk, { org: 'C', period: '2024', limit: 5 }))
  expect(list[0]).toMatchObject({ id, org: 'C', status: 'draft' })
  expect(list[0]).not.toHaveProperty('document')
  expect(must(await listReports(ledger, clerk, { org: 'T1' }))).toEqual([])
  expect(code(await listReports(ledger, clerk, { org: 'X' }))).toBe('org/unknown')
})
