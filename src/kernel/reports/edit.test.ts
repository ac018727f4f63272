import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, type World } from '../../../test/world.ts'
import { must } from '../result.ts'
import { type Block, figuresOf, inlinesOfBlock, textOf } from './document.ts'
import { draftReport, editReport } from './reports.ts'
import { readReport, type StoredReport } from './stored.ts'
import { HOSTILE, reportWorld, visitAt } from './testing.ts'

const summary = `{{ org.name }}{{ period.words }}总结如下。

# 走访

共走访{{ world.visits }}，{{ world.visits | compared }}，服务{{ world.people | about }}。

{% chart 'world.visits', by: 'month' %}`

let ledger: World
let first: string
const request = { template: 'summary', org: 'C', period: '2024' }
const told = ({ document: { blocks } }: Pick<StoredReport, 'document'>) =>
  blocks.map(block => textOf(inlinesOfBlock(block)))
const draft = async () => must(await draftReport(ledger, clerk, request))
const code = (done: { ok: boolean; problems?: readonly { code: string }[] }) =>
  done.ok ? 'done' : done.problems![0]!.code

beforeAll(async () => {
  ledger = await reportWorld({ templates: { summary } })
  first = await visitAt(ledger, 'T1', { people: 3264 })
  await visitAt(ledger, 'T2', { on: '2023-05-18' })
})
afterAll(() => ledger.store.close())

describe('editing', () => {
  const withBlock = (report: StoredReport, at: number, block: Block) => report.document.blocks.with(at, block)
  const paragraphOf = (report: StoredReport, at: number) => {
    const block = report.document.blocks[at]!
    if (block.kind !== 'paragraph') throw new Error('no paragraph')
    return block
  }

  test('text between figures changes, figures stay bound; what a client says of their value is not believed', async () => {
    const report = await draft()
    const { inlines } = paragraphOf(report, 2)
    const lying = inlines.map(inline =>
      'figure' in inline
        ? { figure: { ...inline.figure, value: 999, unit: 'fen' } }
        : { text: `${inline.text}${HOSTILE.replace('\u0007', '')}` },
    )
    const after = must(
      await editReport(ledger, clerk, report.id, {
        version: 1,
        blocks: withBlock(report, 2, { kind: 'paragraph', inlines: lying }),
      }),
    )
    expect(figuresOf(after.document)).toEqual(figuresOf(report.document))
    expect(told(after)[2]).toContain('DROP TABLE')
    expect(after.version).toBe(2)
    expect(must(await readReport(ledger, clerk, report.id)).document).toEqual(after.document)
  })

  test('a figure that is written over is marked and no longer follows; it can be bound again', async () => {
    const report = await draft()
    const over = (words: string, more = {}) =>
      paragraphOf(report, 2).inlines.map((inline, i) =>
        'figure' in inline && i === 1 ? { figure: { ...inline.figure, written: words, ...more } } : inline,
      )
    const edit = async (words: string, more = {}) =>
      must(
        await editReport(ledger, clerk, report.id, {
          blocks: withBlock(report, 2, { kind: 'paragraph', inlines: over(words, more) }),
        }),
      )
    const written = await edit('三次')
    expect(figuresOf(written.document)[0]).toMatchObject({ written: '三次', detached: true, value: 1 })
    expect(figuresOf((await edit('三次')).document)[0]).toMatchObject({ written: '三次', detached: true })
    expect(figuresOf((await edit('三次', { detached: false })).document)[0]).not.toHaveProperty('detached')
    expect(figuresOf((await edit('1次')).document)[0]).toEqual(figuresOf(report.document)[0])
  })

  test('one figure written in two ways keeps both', async () => {
    const report = await draft()
    const { inlines } = paragraphOf(report, 2)
    const people = inlines.find(inline => 'figure' in inline && inline.figure.indicator === 'world.people')!
    expect(people).toMatchObject({ figure: { written: '3260多人次' } })
    const after = must(
      await editReport(ledger, clerk, report.id, {
        blocks: [{ kind: 'paragraph', inlines: [people, { text: '，' }, people] }],
      }),
    )
    expect(figuresOf(after.document).map(({ written, detached }) => [written, detached])).toEqual([
      ['3260多人次', undefined],
      ['3260多人次', undefined],
    ])
  })

  test('a figure that the draft did not have is asked of the ledger; what is none is refused', async () => {
    const report = await draft()
    const add = (address: string) =>
      editReport(ledger, clerk, report.id, {
        blocks: [{ kind: 'paragraph', inlines: [{ figure: { address, written: '9999次', value: 9999 } as never }] }],
      })
    expect(figuresOf(must(await add('world.visits?org=T1&period=2024')).document)).toMatchObject([
      { value: 1, written: '1次', name: '东镇2024年走访' },
    ])
    expect(code(await add('world.nothing?org=T1&period=2024'))).toBe('indicator/unknown')
    expect(code(await add('world.visits?org=T1&period=2024-13'))).toBe('period/month')
    expect(code(await add(`record:${first}?field=people`))).toBe('report/unknown-figure')
    expect(code(await add('nonsense'))).not.toBe('done')
  })

  test.each([
    ['a block of an unknown kind', { blocks: [{ kind: 'picture' }] }],
    ['a heading of level 9', { blocks: [{ kind: 'heading', level: 9, inlines: [] }] }],
    ['a row with too few cells', { blocks: [{ kind: 'table', columns: [{ title: 'a', align: 'left' }], rows: [[]] }] }],
    ['lone surrogates', { title: '标题\ud800' }],
    ['private-use marks', { title: '标题\ue000' }],
    ['no title', { title: '' }],
    ['an unknown field', { colour: 'red' }],
    ['ten megabytes of text', { blocks: [{ kind: 'paragraph', inlines: [{ text: '字'.repeat(10_000_000) }] }] }],
  ])('%s is refused and nothing saved', async (_, edit) => {
    const report = await draft()
    expect(code(await editReport(ledger, clerk, report.id, edit as never))).toBe('report/edit')
    expect(must(await readReport(ledger, clerk, report.id))).toEqual(report)
  })

  test('a chart keeps its points whatever an editor sends; one that the draft had not is refused', async () => {
    const report = await draft()
    const chart = report.document.blocks.find(block => block.kind === 'chart')!
    const edit = (block: unknown) => editReport(ledger, clerk, report.id, { blocks: [block as Block] })
    const edited = must(
      await edit({ ...chart, caption: '每月走访', type: 'line', unit: 'fen', drawnIn: 'nonsense', points: [] }),
    )
    expect(edited.document.blocks).toEqual([{ ...chart, caption: '每月走访', type: 'line' }])
    expect(code(await edit({ ...chart, address: 'world.people?org=C&period=2024&by=month' }))).toBe('report/edit')
  })

  test('a stale version is refused, and of two who save at once one', async () => {
    const report = await draft()
    must(await editReport(ledger, clerk, report.id, { title: '一稿', version: 1 }))
    expect(code(await editReport(ledger, clerk, report.id, { title: '二稿', version: 1 }))).toBe('report/stale')
    const both = await Promise.all(['甲', '乙'].map(title => editReport(ledger, clerk, report.id, { title })))
    expect(both.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(1)
    expect(must(await readReport(ledger, clerk, report.id)).version).toBe(2 + both.filter(({ ok }) => ok).length)
  })
})
