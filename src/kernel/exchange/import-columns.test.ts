import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk } from '../../../test/world.ts'
import { createUnits } from '../org/change.ts'
import { createPerson } from '../people/people.ts'
import { must } from '../result.ts'
import { codes, csv, type Farm, lines, openFarm } from './testing.ts'

let farm: Farm
beforeAll(async () => {
  farm = await openFarm()
})
afterAll(() => farm.close())

const noted = async (note: string) => (await farm.records()).find(record => record.fields.note === note)!
const problemsOf = async (text: string) => {
  const result = await farm.load('a.csv', text)
  return result.ok ? [] : result.problems
}
const errorsOf = async (text: string, name = 'a.csv') => {
  const summary = must(await farm.load(name, text))
  expect(summary.created).toBe(0)
  return summary.errors.map(({ row, column, code }) => `${row} ${column} ${code}`)
}

describe('headings', () => {
  test('that are unknown, missing or there twice refuse the file, all of them named', async () => {
    const problems = await problemsOf(lines('日期,品种,说明,日期', '2024-05-01,早稻,好,2024-05-01'))
    expect(problems.map(({ code, column }) => `${code} ${column}`).sort()).toEqual([
      'import/column-twice 日期',
      'import/missing-column 作物',
      'import/unknown-column 品种',
    ])
    expect(problems.every(problem => problem.row === 1)).toBe(true)
    expect(codes(await farm.load('a.csv', lines('日期,On,作物,说明', '2024-05-01,,水稻,好')))).toEqual([
      'import/column-twice',
    ])
  })

  test('are found in either language, by the name of the field, with any width, case, mark or remark', async () => {
    const all = [
      '日期*,作物（必填）,说明 ',
      'ON,crop,Note',
      'on,Crop,note',
      '＊日期，作物：，说　明'.replaceAll('，', ','),
    ]
    for (const [i, heads] of all.entries())
      expect(must(await farm.load('a.csv', lines(heads, `2024-05-01,水稻,表头${i}`)))).toMatchObject({ created: 1 })
  })

  test('say in which unit the numbers below are; one that does not fit refuses the file', async () => {
    const heads = '日期,作物,说明,金额(万元),产量（吨）,面积(公顷),参加人次(万人次)'
    must(await farm.load('a.csv', lines(heads, '2024-05-01,水稻,单位,1.2,3.5,2,0.12')))
    expect((await noted('单位')).fields).toMatchObject({
      income: 1_200_000,
      weight: 3_500_000,
      area: 20_000,
      people: 1200,
    })
    expect(codes(await farm.load('a.csv', lines('日期,作物,说明,金额(公斤)', '2024-05-01,水稻,错,1')))).toEqual([
      'import/unit',
    ])
  })

  test('of what the ledger works out itself are let pass, and what stands below them is not taken', async () => {
    must(await farm.load('a.csv', lines('日期,作物,说明,记录状态,错误原因', '2024-05-01,水稻,原因,已录入,不要紧')))
    expect((await noted('原因')).fields).not.toHaveProperty('reason')
  })

  test('of personal data take it encrypted; masked values do not come in', async () => {
    must(await farm.load('a.csv', lines('日期,作物,说明,农户', '2024-05-01,水稻,农户,张三丰')))
    expect(JSON.stringify(await noted('农户'))).not.toContain('张三丰')
    expect(await errorsOf(lines('日期,作物,说明,农户', '2024-05-01,水稻,遮盖,张**'))).toEqual(['2 农户 import/masked'])
  })
})

describe('the column of org units', () => {
  const rows = (...orgs: string[]) =>
    lines('日期,作物,说明,单位', ...orgs.map((org, i) => `2024-05-01,水稻,归属${i},${org}`))

  test('takes names and codes beneath the unit of the file; empty is that unit itself', async () => {
    must(await farm.load('a.csv', rows('东镇', 'A-2', '下村', 'A-2-1', '')))
    const orgs = await Promise.all([0, 1, 2, 3, 4].map(async i => (await noted(`归属${i}`)).org))
    expect(orgs).toEqual(['A-1', 'A-2', 'A-1-2', 'A-2-1', 'A'])
  })

  test('refuses units outside the subtree, unknown ones, and names that several have', async () => {
    const text = lines(
      '日期,作物,说明,单位',
      ...['西镇', 'A', 'B', '乙县', '没有镇', '上村'].map(org => `2024-05-01,水稻,外,${org}`),
    )
    const inside = must(await farm.load('a.csv', text, { org: 'A-1' }))
    expect(inside.created).toBe(0)
    expect(inside.errors.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 import/org-outside',
      '3 import/org-outside',
      '4 import/org-outside',
      '5 import/unknown-org',
      '6 import/unknown-org',
    ])
    expect(await errorsOf(rows('上村'))).toEqual(['2 单位 import/org-ambiguous'])
  })
})

describe('references', () => {
  const plots = lines('地块编号,起用日期,面积(亩)', 'D-001,2023-01-01,3', 'D-002,2023-01-01,4.5')

  test('name a record by its number or its id', async () => {
    must(await farm.load('plots.csv', plots, { type: 'farm.plot' }))
    const { rows } = await farm.world.store.pool.query<{ id: string }>(
      `SELECT id FROM record WHERE type = 'farm.plot' ORDER BY fields ->> 'number'`,
    )
    const ids = rows.map(row => row.id)
    must(
      await farm.load(
        'a.csv',
        lines('日期,作物,说明,所属地块', '2024-05-01,水稻,编号,D-002', `2024-05-01,水稻,标识,${ids[0]}`),
      ),
    )
    expect((await noted('编号')).fields.plot).toBe(ids[1])
    expect((await noted('标识')).fields.plot).toBe(ids[0])
    const json = JSON.stringify({ on: '2024-05-01', crop: 'rice', note: '行', plot: 'D-001' })
    must(await farm.load('a.jsonl', lines(json)))
    expect((await noted('行')).fields.plot).toBe(ids[0])
  })

  test('that name nothing are refused with row and column', async () => {
    const none = '00000000-0000-4000-8000-000000000000'
    const text = lines('日期,作物,说明,所属地块', '2024-05-01,水稻,无,D-999', `2024-05-01,水稻,无,${none}`)
    expect((await errorsOf(text)).map(error => error.split(' ').slice(0, 2))).toEqual([
      ['2', '所属地块'],
      ['3', '所属地块'],
    ])
  })

  test('cannot be told by a number that is there twice: numbers are unique, in the file and in the ledger', async () => {
    const again = lines('地块编号,起用日期,面积(亩)', 'D-002,2024-01-01,9', 'D-003,2024-01-01,1', 'D-003,2024-01-01,2')
    const summary = must(await farm.load('again.csv', again, { type: 'farm.plot' }))
    expect(summary.errors.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 地块编号 record/duplicate-key',
      '4 地块编号 record/duplicate-key',
    ])
  })
})

test('sub-rows, places, several choices and yes or no are read from their cells', async () => {
  const heads = '日期,作物,说明,销售,位置,措施,是否灌溉'
  const cells = '"2024-06-01｜粮站｜1200\n2024-07-01｜｜0.5","113.26,23.13",换种、节水,√'
  must(await farm.load('a.csv', lines(heads, `2024-05-01,水稻,格,${cells}`)))
  expect((await noted('格')).fields).toMatchObject({
    sales: [
      { soldOn: '2024-06-01', buyer: '粮站', paid: 120_000 },
      { soldOn: '2024-07-01', paid: 50 },
    ],
    place: { lon: 113.26, lat: 23.13 },
    ways: ['seed', 'water'],
    irrigated: true,
  })
})

test('rows that look like a record entered otherwise are refused unless they are allowed', async () => {
  const fairs = lines('日期,名称', '2024-05-01,春集')
  must(await farm.load('fairs.csv', fairs, { type: 'farm.fair' }))
  const more = lines('日期,名称,人数', '2024-05-01,春集,30')
  const refused = must(await farm.load('more.csv', more, { type: 'farm.fair' }))
  expect(refused.errors.map(error => error.code)).toEqual(['record/similar'])
  expect(must(await farm.load('more.csv', more, { type: 'farm.fair', allowSimilar: true }))).toMatchObject({
    created: 1,
  })
})

test('units and people that came after the program started are known', async () => {
  must(await createUnits(farm.world, clerk, [{ code: 'A-3', kind: 'township', name: '新镇', parent: 'A' }]))
  must(await createPerson(farm.world, clerk, { login: 'new', name: '新人', grants: [{ org: 'A', role: 'clerk' }] }))
  must(await farm.load('a.csv', lines('日期,作物,说明,单位', '2024-05-01,水稻,新,新镇')))
  expect((await noted('新')).org).toBe('A-3')
})

test('a bad row does not hide what else is wrong with it', async () => {
  expect(await errorsOf(csv('2024-02-30,小麦,,-1,1.234'))).toEqual([
    '2 日期 import/no-such-day',
    '2 金额(元) import/quantity-too-fine',
    '2 作物 field/choice',
    '2 说明 field/required',
    '2 参加人次 field/negative',
  ])
})
