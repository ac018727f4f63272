import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import { figure } from '../figures/figure.ts'
import type { Touched } from '../ledger.ts'
import { voidRecord } from '../records/records.ts'
import { must } from '../result.ts'
import { importFile } from './import.ts'
import { csv, type Farm, lines, openFarm } from './testing.ts'

let farm: Farm
const opened: Farm[] = []

beforeEach(async () => {
  farm = await openFarm()
  opened.push(farm)
})
afterAll(() => Promise.all(opened.map(farm => farm.close())))

describe('rows', () => {
  test('of a csv file become records, journal entries and figures', async () => {
    const summary = must(await farm.load('a.csv', csv('2024-05-01,水稻,早稻,3,12.34', '2024-05-02,rice,晚稻,4,0.10')))
    expect(summary).toEqual({ type: 'farm.harvest', read: 2, created: 2, unchanged: 0, rejected: 0, errors: [] })
    expect((await farm.records()).map(record => record.fields)).toEqual([
      { on: '2024-05-01', crop: 'rice', note: '早稻', people: 3, income: 1234 },
      { on: '2024-05-02', crop: 'rice', note: '晚稻', people: 4, income: 10 },
    ])
    const { rows } = await farm.world.store.pool.query(`SELECT entry FROM journal WHERE subject LIKE 'record:%'`)
    expect(rows).toHaveLength(2)
    const people = await figure(farm.world, clerk, { indicator: 'farm.people', org: 'A', period: '2024' })
    expect(must(people).value).toBe(7)
  })

  test('of a repeated file add nothing, whatever its format; one more row adds one', async () => {
    const rows = ['2024-05-01,水稻,早稻,3,12.34', '2024-05-01,水稻,早稻,3,12.34', '2024-05-02,茶叶,春茶,4,']
    expect(must(await farm.load('a.csv', csv(...rows)))).toMatchObject({ created: 3, unchanged: 0 })
    expect(must(await farm.load('b.csv', csv(...rows)))).toMatchObject({ read: 3, created: 0, unchanged: 3 })
    const more = [...rows, '2024-05-02,茶叶,春茶,4,']
    expect(must(await farm.load('c.csv', csv(...more)))).toMatchObject({ created: 1, unchanged: 3 })
    const objects = lines(
      '{"on":"2024-05-01","crop":"rice","note":"早稻","people":3,"income":1234}',
      '{"people":4,"note":"春茶","crop":"tea","on":"2024-05-02"}',
    )
    expect(must(await farm.load('d.jsonl', objects))).toMatchObject({ created: 0, unchanged: 2 })
  })

  test('that were voided stay void when their file is imported again', async () => {
    must(await farm.load('a.csv', csv('2024-05-01,水稻,早稻,3,')))
    const { rows } = await farm.world.store.pool.query<{ id: string }>('SELECT id FROM record')
    must(await voidRecord(farm.world, clerk, rows[0]!.id, '记错了'))
    expect(must(await farm.load('a.csv', csv('2024-05-01,水稻,早稻,3,')))).toMatchObject({ created: 0, unchanged: 1 })
  })

  test('are all refused when one is bad, each error with row, column, rule and words', async () => {
    const text = csv('2024-05-01,水稻,好,3,', '2024-02-30,玉米,坏,-1,12.345', '2030-01-01,茶叶,未来,3,')
    const summary = must(await farm.load('a.csv', text))
    expect(summary).toMatchObject({ read: 3, created: 0, rejected: 2 })
    expect(summary.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, '日期', 'import/no-such-day'],
      [3, '金额(元)', 'import/quantity-too-fine'],
      [3, '作物', 'field/choice'],
      [3, '参加人次', 'field/negative'],
      [4, '日期', 'field/future-day'],
    ])
    expect(summary.errors[0]!.message.zh).toContain('2024-02-30')
    expect(await farm.records()).toEqual([])
    const { rows } = await farm.world.store.pool.query(
      'SELECT 1 FROM journal_queue q JOIN journal j ON true WHERE j.subject LIKE $1',
      ['record:%'],
    )
    expect(rows).toEqual([])
  })

  test('with errors beyond a thousand are all counted, the first thousand named', async () => {
    const summary = must(await farm.load('a.csv', csv(...Array.from({ length: 1500 }, () => '2024-05-01,水稻,,1,'))))
    expect(summary.rejected).toBe(1500)
    expect(summary.errors).toHaveLength(1000)
  })

  test('keep SQL, HTML and quotes just as they are', async () => {
    const note = `'; DROP TABLE record; -- <script>alert("x")</script> $1 {{ }} ../../etc`
    must(await farm.load('a.csv', csv(`2024-05-01,水稻,"${note.replaceAll('"', '""')}",1,`)))
    expect((await farm.records())[0]!.fields.note).toBe(note)
  })

  test('tell live updates once for each org unit, after the commit', async () => {
    const told: (readonly Touched[])[] = []
    const ledger = { ...farm.world, onTouched: (touched: readonly Touched[]) => void told.push(touched) }
    const rows = lines(
      '日期,作物,说明,单位',
      '2024-05-01,水稻,一,东镇',
      '2024-05-01,水稻,二,A-1',
      '2024-05-01,水稻,三,',
    )
    const path = await farm.write('a.csv', rows)
    must(await importFile(ledger, clerk, { type: 'farm.harvest', org: 'A', path }))
    expect(told).toHaveLength(1)
    expect(told[0]!.map(({ org }) => farm.world.orgs.byId(org)!.code).sort()).toEqual(['A', 'A-1'])
  })
})
