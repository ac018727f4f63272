import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, type World } from '../../../test/world.ts'
import { setTargets } from '../assessment/targets.ts'
import { voidRecord } from '../records/records.ts'
import { must } from '../result.ts'
import { blocksOf } from './assemble.ts'
import { type Block, figuresOf, inlinesOfBlock, textOf } from './document.ts'
import { renderTemplate } from './template.ts'
import { actorAt, HOSTILE, reportWorld, visitAt } from './testing.ts'

let ledger: World
beforeAll(async () => {
  ledger = await reportWorld({
    paragraphs: {
      told: '{% section %}走访{{ world.visits }}。{% endsection %}',
      circle: "{% paragraph 'world.other' %}",
      other: "{% paragraph 'world.circle' %}",
    },
  })
  await visitAt(ledger, 'T1', { people: 3264, payments: [{ paidOn: '2024-05-18', amount: 100_000_000 }] })
  await visitAt(ledger, 'T1', { people: 10, topic: 'fish', place: HOSTILE.replace('\u0007', '').slice(0, 40) })
  await visitAt(ledger, 'T2', { people: 6, on: '2024-07-01', place: '# 标题' })
  await visitAt(ledger, 'T2', {
    people: 100,
    on: '2023-07-01',
    payments: [{ paidOn: '2023-07-01', amount: 84_000_000 }],
  })
  must(
    await setTargets(ledger, clerk, [
      { indicator: 'world.visits', org: 'C', period: '2024', value: 4 },
      { indicator: 'world.visits', org: 'C', period: '2025', value: 12 },
    ]),
  )
})
afterAll(() => ledger.store.close())

const rendered = (
  template: string,
  more: { org?: string; period?: string; language?: 'zh' | 'en' } = {},
  actor = clerk,
) => renderTemplate(ledger, actor, { template, org: 'C', period: '2024', ...more })

async function blocks(template: string, more = {}, actor = clerk): Promise<Block[]> {
  const { text, bindings } = must(await rendered(template, more, actor))
  return blocksOf(text, bindings)
}
const text = async (template: string, more = {}, actor = clerk) =>
  (await blocks(template, more, actor)).map(block => textOf(inlinesOfBlock(block))).join('\n')
const bound = async (template: string) =>
  figuresOf({ blocks: await blocks(template) }).map(({ address, value }) => [address, value])
const refusal = async (template: string, actor = clerk) => {
  const done = await rendered(template, {}, actor)
  return done.ok ? undefined : done.problems[0]
}

describe('figures', () => {
  test('a figure is told with its unit and style, by either spelling, and bound', async () => {
    expect(await text('{{ world.people }}、{{ figure "world.people" | about }}')).toBe('3280人次、3280人次')
    expect(await text("{{ world.people | where: 'topic', 'rice' | about | classifier: '名' }}")).toBe('3270名')
    expect(await bound("{{ world.people | where: 'topic', 'rice' }}")).toEqual([
      ['world.people?org=C&period=2024&where.topic=rice', 3270],
    ])
    expect(await text("{{ world.paid | in: '万元' }}")).toBe('100万元')
    expect(await text("{{ world.paid | in: '亿元' }}、{{ world.paid | in: '亿元' | digits: 1 }}")).toBe(
      '0.01亿元、0亿元',
    )
    expect(await text('{{ world.people | own }}', { org: 'T1' })).toBe('3274人次')
  })

  test('null, zero, negative and huge figures are told, not hidden', async () => {
    expect(await text("走访{{ world.people-each | where: 'topic', 'x' }}").catch(() => 'refused')).toBe('refused')
    expect(await text('{{ world.people-each }}和{{ world.visits }}', { period: '2020' })).toBe('—和0次')
    expect(await text('{{ world.people | compared }}', { period: '2023' })).toBe('比上年增加100人次')
    await visitAt(ledger, 'T1', { on: '2021-01-01', people: 1_000_000_000 })
    expect(await text('{{ world.people }}、{{ world.people | about }}', { period: '2021' })).toBe(
      '1000000000人次、10亿人次',
    )
  })

  test('targets, attainment, last year and comparisons are bound like the figure itself', async () => {
    expect(
      await text('{{ world.visits | next_target }}、{{ world.visits | target }}、{{ world.visits | attainment }}'),
    ).toBe('12次、4次、75%')
    expect(await text("{{ world.paid | in: '万元' | compared }}")).toBe('比上年增加16万元')
    expect(await text("{{ world.paid | in: '万元' | compared: 'both' }}")).toBe('比上年增加16万元，同比增长19%')
    expect(
      await bound(
        "{{ world.visits | next_target }}{{ world.visits | attainment }}{{ world.paid | compared: 'both' }}{{ world.visits | last_year }}",
      ),
    ).toEqual([
      ['world.visits?org=C&period=2025&as=target', 12],
      ['world.visits?org=C&period=2024&as=attainment', 0.75],
      ['world.paid?org=C&period=2024&as=difference', 16_000_000],
      ['world.paid?org=C&period=2024&as=growth', 16 / 84],
      ['world.visits?org=C&period=2023', 1],
    ])
  })

  test('a comparison without a base tells the amount instead of a percentage', async () => {
    expect(await text("{{ world.people | compared: 'percent' }}", { period: '2023' })).toBe('比上年增加100人次')
    expect(await text('{{ world.people-each | compared }}', { period: '2023' })).toBe('上年无可比数字')
  })

  test('a condition decides by the value', async () => {
    const template = '{% if world.people >= 3000 %}很多{% else %}不多{% endif %}'
    expect([await text(template), await text(template, { period: '2023' })]).toEqual(['很多', '不多'])
  })
})

describe('sections', () => {
  test('vanish when all their figures are zero or missing, and only then', async () => {
    const template = `开头。\n\n{% section %}\n## 走访\n\n{% paragraph 'world.told' %}\n{% endsection %}`
    expect(await text(template)).toBe('开头。\n走访\n走访3次。')
    expect(await text(template, { period: '2020' })).toBe('开头。')
  })

  test('one with nothing but a chart or a table stays while that tells something', async () => {
    const template = "{% section %}\n{% chart 'world.visits', by: 'month' %}\n{% endsection %}"
    expect((await blocks(template)).map(({ kind }) => kind)).toEqual(['chart'])
    expect(await blocks(template, { period: '2020' })).toEqual([])
  })
})

describe('breakdowns', () => {
  test('every row is bound to a figure of its own, and the sum to the whole', async () => {
    expect(await bound("{% breakdown 'world.visits', by: 'topic' %}")).toEqual([
      ['world.visits?org=C&period=2024&where.topic=fish', 1],
      ['world.visits?org=C&period=2024&where.topic=rice', 2],
      ['world.visits?org=C&period=2024', 3],
    ])
    const [table] = await blocks("{% breakdown 'world.visits', by: 'topic' %}")
    expect(table).toMatchObject({
      kind: 'table',
      columns: [{ title: '主题' }, { title: '走访（次）', align: 'right' }],
    })
    expect(await bound("{% breakdown 'world.visits', by: 'org' %}")).toEqual([
      ['world.visits?org=T1&period=2024', 2],
      ['world.visits?org=T2&period=2024', 1],
      ['world.visits?org=C&period=2024', 3],
    ])
  })

  test('a chart has a point a month, drawn in its unit', async () => {
    const [chart] = await blocks("{% chart 'world.paid', by: 'month', in: '万元', type: 'line' %}")
    expect(chart).toMatchObject({
      kind: 'chart',
      type: 'line',
      unit: 'fen',
      drawnIn: 'wan-yuan',
      address: 'world.paid?org=C&period=2024&by=month',
    })
    expect(chart?.kind === 'chart' && chart.points[4]).toMatchObject({
      label: '5月',
      figure: { address: 'world.paid?org=C&period=2024-05', value: 100_000_000, written: '100' },
    })
  })
})

describe('notable records', () => {
  const list =
    "{% records 'world.visit', sort: '-people', limit: 2 %}\n- {{ record.org }}{{ record.fields.topic }}{{ record.fields.people }}\n{% endrecords %}"

  test('are chosen, sorted and told in words, their numbers bound to the record', async () => {
    const told = await blocks(list)
    expect(told).toHaveLength(1)
    expect(told[0]?.kind === 'list' && told[0].items.map(textOf)).toEqual(['东镇水稻3264人次', '东镇水产10人次'])
    expect(figuresOf({ blocks: told }).map(({ address }) => address)).toEqual([
      expect.stringMatching(/^record:[0-9a-f-]{36}\?field=people$/),
      expect.stringMatching(/^record:[0-9a-f-]{36}\?field=people$/),
    ])
    expect(await text("{% records 'world.visit', topic: 'fish' %}{{ record.fields.topic }}{% endrecords %}")).toBe(
      '水产',
    )
  })

  test('are those that the actor may read, and that count', async () => {
    const id = await visitAt(ledger, 'T2', { people: 9999, on: '2022-01-01' })
    expect(await text(list, { period: '2022' })).toBe('西镇水稻9999人次')
    must(await voidRecord(ledger, clerk, id, '录错了'))
    expect(await text(list, { period: '2022' })).toBe('')
    expect(await text(list, { org: 'T2' }, actorAt(ledger, 'clerk', 'T2'))).toBe('西镇水稻6人次')
    expect(await refusal(list, actorAt(ledger, 'manager', 'T2'))).toMatchObject({ code: 'permission/denied' })
  })

  test('what they say is text: no heading, no table, no template, no figure', async () => {
    const told = await blocks("{% records 'world.visit' %}\n\n{{ record.fields.place }}\n\n{% endrecords %}")
    expect(told.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph', 'paragraph'])
    expect(told.map(block => textOf(inlinesOfBlock(block)))).toEqual(['村委会', HOSTILE.slice(0, 40), '# 标题'])
    expect(figuresOf({ blocks: told })).toEqual([])
  })

  test('private-use characters in a record forge no figure', async () => {
    await visitAt(ledger, 'T1', { on: '2019-01-01', place: '\ue000' + '0\ue001|\ue0020' })
    const told = await blocks(
      "{{ world.visits }}\n\n{% records 'world.visit' %}\n\n{{ record.fields.place }}\n\n{% endrecords %}",
      { period: '2019' },
    )
    expect(told.map(block => textOf(inlinesOfBlock(block)))).toEqual(['1次', '0|0'])
  })

  test('personal data stays out', async () => {
    await visitAt(ledger, 'T1', { on: '2018-01-01', host: '张三' })
    expect(
      await text("{% records 'world.visit' %}[{{ record.fields.host }}]{% endrecords %}", { period: '2018' }),
    ).toBe('[]')
  })
})

describe('mistakes', () => {
  test.each([
    ['{{ world.visits', 'report/template-syntax', 1],
    ['好。\n\n{% section %}没有结束', 'report/template-syntax', 3],
    ['好。\n{{ world.visits | nonsense }}', 'report/template-syntax', 2],
    ['{% nonsense %}', 'report/template-syntax', 1],
    ['好。\n\n{{ nobody.visits }}', 'report/template-syntax', 3],
    ['好。\n\n{{ world.nothing }}', 'report/unknown-figure', 3],
    ['{{ figure "world.nothing" }}', 'report/unknown-figure', 1],
    ["{% chart 'world.nothing' %}", 'report/unknown-figure', 1],
    ["{% paragraph 'world.nothing' %}", 'report/unknown-paragraph', 1],
    ["{% paragraph 'world.circle' %}", 'report/paragraph-circle', 1],
    ["{% records 'world.nothing' %}{% endrecords %}", 'type/unknown', 1],
    ["{% records 'world.visit', sort: 'host' %}{% endrecords %}", 'report/unknown-field', 1],
    ["{{ world.visits | where: 'colour', 'red' }}", 'figure/unknown-dimension', undefined],
    ["{{ world.visits | in: '亩' }}", 'unit/mismatch', 1],
    ["{{ world.visits | in: '寻' }}", 'unit/unknown', 1],
    ["{{ world.visits | about: 'dozens' }}", 'report/filter-argument', 1],
    ["{{ 'x' | about }}", 'report/not-a-figure', 1],
    ['{{ world.visits | plus: 1 }}', 'report/computed', 1],
    ['{% for i in (1..100000000) %}x{% endfor %}', 'report/template-syntax', undefined],
    ["{% include 'x' %}", 'report/template-syntax', undefined],
  ])('%s is refused by name, with its line, in both languages', async (template, code, line) => {
    const problem = await refusal(template)
    expect(problem).toMatchObject({ code, ...(line === undefined ? {} : { line }) })
    expect(problem?.zh).toMatch(/\p{Script=Han}/u)
    expect(problem?.en).toMatch(/^[A-Za-z][^。，]+$/)
  })

  test('an unknown period or org unit is refused, and so is one that the actor may not read', async () => {
    expect((await rendered('', { period: '2024-13' })).ok).toBe(false)
    expect((await rendered('', { org: 'X' })).ok).toBe(false)
    expect(await refusal('没有数字。', actorAt(ledger, 'analyst', 'T1'))).toMatchObject({ code: 'permission/denied' })
  })
})

test('sixty figures cost a handful of queries', async () => {
  const months = Array.from(
    { length: 60 },
    (_, i) => `{{ world.visits | where: 'topic', 't${i}' }}{{ world.people-each }}{{ world.visits | target }}`,
  )
  const { pool } = ledger.store
  const query = pool.query.bind(pool)
  let queries = 0
  const counting = new Proxy(pool, {
    get: (target, name) => {
      if (name !== 'query') return Reflect.get(target, name)
      queries++
      return query
    },
  })
  must(
    await renderTemplate({ ...ledger, store: { ...ledger.store, pool: counting } }, clerk, {
      template: months.join('\n\n'),
      org: 'C',
      period: '2024',
    }),
  )
  expect(queries).toBe(2)
})
