import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { domain } from '../domain.ts'
import { addEvidence } from '../evidence/evidence.ts'
import { importFile } from '../exchange/import.ts'
import { createUnits } from '../org/change.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import { changeMany } from './bulk.ts'
import { choice, day, money, reference, rows, text } from './fields.ts'
import { change, create, createMany, voidRecord } from './records.ts'
import { rule } from './rule.ts'
import { recordType } from './type.ts'

const budget = recordType('shop.budget', {
  title: { zh: '预算', en: 'Budget' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    number: text({ zh: '编号', en: 'Number', max: 20 }),
    amount: money({ zh: '金额', en: 'Amount' }),
  }),
  key: ['number'],
  states: { planned: ['open'], open: [] },
})
const payment = recordType('shop.payment', {
  title: { zh: '支付', en: 'Payment' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    budget: reference('shop.budget', { zh: '预算', en: 'Budget' }),
    amount: money({ zh: '金额', en: 'Amount' }),
  }),
})
const scale = recordType('shop.scale', {
  title: { zh: '秤', en: 'Scale' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    number: text({ zh: '编号', en: 'Number', max: 20, linked: true }),
    use: choice({ no: { zh: '停用', en: 'No' }, yes: { zh: '在用', en: 'Yes' } }, { zh: '使用', en: 'Use' }),
  }),
})
const certificate = recordType('shop.certificate', {
  title: { zh: '证书', en: 'Certificate' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    number: text({ zh: '编号', en: 'Number', max: 20, linked: true }),
  }),
})
const sale = recordType('shop.sale', {
  title: { zh: '销售', en: 'Sale' },
  day: 'on',
  fields: z.object({
    on: day({ zh: '日期', en: 'On' }),
    lines: rows(
      {
        budget: reference('shop.budget', { zh: '预算', en: 'Budget' }),
        amount: money({ zh: '金额', en: 'Amount' }),
      },
      { zh: '明细', en: 'Lines' },
    ),
  }),
})

const beyond = [{ field: 'amount', code: 'beyond', zh: '超出预算', en: 'beyond the budget' }]
const total = (list: readonly { fields: Readonly<Record<string, unknown>> }[]) =>
  list.reduce((sum, { fields }) => sum + Number(fields.amount), 0)
const spent = (budget: string, sales: readonly { fields: Readonly<Record<string, unknown>> }[]) =>
  sales
    .flatMap(({ fields }) => fields.lines as { budget: string; amount: number }[])
    .filter(line => line.budget === budget)
    .reduce((sum, line) => sum + line.amount, 0)

const shop = registryOf([
  domain('shop', {
    zh: '店',
    en: 'Shop',
    types: [budget, payment, scale, certificate, sale],
    indicators: {},
    rules: [
      rule('shop.within-budget', {
        zh: '支付不超预算',
        en: 'Payments within the budget',
        type: 'shop.payment',
        reads: { budgets: { by: 'budget' }, others: { of: 'shop.payment', via: 'budget', same: 'budget' } },
        check: (now, { budgets, others }) =>
          total([now, ...others!]) <= total(budgets!) && budgets!.every(({ state }) => state === 'open') ? [] : beyond,
      }),
      rule('shop.budget-covers', {
        zh: '预算不少于已支付',
        en: 'A budget covers its payments',
        type: 'shop.budget',
        leaving: true,
        reads: { payments: { of: 'shop.payment', via: 'budget' } },
        check: (now, { payments }) =>
          total(payments!) <= (now.status === 'void' ? 0 : Number(now.fields.amount)) ? [] : beyond,
      }),
      rule('shop.certified', {
        zh: '有证才能使用',
        en: 'In use only with a certificate',
        type: 'shop.scale',
        reads: { certificates: { of: 'shop.certificate', via: 'number', same: 'number' } },
        check: ({ fields }, { certificates }) =>
          fields.use === 'no' || certificates!.length > 0
            ? []
            : [{ field: 'use', code: 'certificate', zh: '还没有证书', en: 'no certificate yet' }],
      }),
      rule('shop.lines-within-budget', {
        zh: '每行不超预算',
        en: 'Each line within its budget',
        type: 'shop.sale',
        reads: {
          budgets: { by: 'lines.budget' },
          others: { of: 'shop.sale', via: 'lines.budget', same: 'lines.budget' },
        },
        check: (now, { budgets, others }) =>
          budgets!.every(budget => spent(budget.id, [now, ...others!]) <= Number(budget.fields.amount))
            ? []
            : [{ field: 'lines', code: 'beyond', zh: '超出预算', en: 'beyond the budget' }],
      }),
      rule('shop.receipt', {
        zh: '大额支付要有票据',
        en: 'Large payments have a receipt',
        type: 'shop.payment',
        reads: {},
        check: (now, _, before) =>
          before && Number(now.fields.amount) > 5000 && now.evidence === 0
            ? [{ field: 'amount', code: 'receipt', zh: '请附票据', en: 'attach the receipt' }]
            : [],
      }),
    ],
  }),
])

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: shop })
  must(await createUnits(world, clerk, [{ code: 'A', kind: 'county', name: '甲县' }]))
})
afterAll(() => world.store.close())

const on = '2025-03-01'
let number = 0
const newBudget = async (amount: number) =>
  must(
    await create(world, clerk, 'shop.budget', {
      org: 'A',
      state: 'open',
      fields: { on, number: `B${++number}`, amount },
    }),
  ).id
const pay = (id: string, amount: number) =>
  create(world, clerk, 'shop.payment', { org: 'A', fields: { on, budget: id, amount } })
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))

test('what a rule forbids is refused with its field, in both languages, and nothing is saved', async () => {
  const id = await newBudget(1000)
  must(await pay(id, 600))
  const refused = await pay(id, 500)
  expect(refused.ok ? [] : refused.problems).toEqual([
    expect.objectContaining({
      code: 'shop.within-budget/beyond',
      field: 'amount',
      zh: '金额：超出预算',
      en: 'Amount: beyond the budget',
    }),
  ])
  must(await pay(id, 400))
})

test('two saves at once cannot break together what neither breaks alone', async () => {
  const id = await newBudget(1000)
  const done = await Promise.all(Array.from({ length: 12 }, () => pay(id, 300)))
  expect(done.filter(result => result.ok)).toHaveLength(3)
})

test('changes, moves to another budget and voided records are seen as they stand after the save', async () => {
  const [first, second] = [await newBudget(1000), await newBudget(100)]
  const one = must(await pay(first, 900)).id
  expect(codes(await change(world, clerk, one, { fields: { amount: 1001 } }))).toEqual(['shop.within-budget/beyond'])
  must(await change(world, clerk, one, { fields: { amount: 1000 } }))
  expect(codes(await change(world, clerk, one, { fields: { budget: second } }))).toEqual(['shop.within-budget/beyond'])
  expect(codes(await change(world, clerk, first, { fields: { amount: 999 } }))).toEqual(['shop.budget-covers/beyond'])
  expect(codes(await voidRecord(world, clerk, first, '不用了'))).toEqual(['shop.budget-covers/beyond'])
  must(await voidRecord(world, clerk, one, '付错了'))
  must(await voidRecord(world, clerk, first, '不用了'))
})

test('drafts are not held to rules until they are submitted', async () => {
  const id = await newBudget(100)
  const fields = { on, budget: id, amount: 200 }
  must(await create(world, clerk, 'shop.payment', { org: 'A', fields, draft: true }))
  expect(codes(await create(world, clerk, 'shop.payment', { org: 'A', fields }))).toHaveLength(1)
})

test('several records saved together count together', async () => {
  const id = await newBudget(1000)
  const fields = { on, budget: id, amount: 400 }
  const three = Array.from({ length: 3 }, () => ({ org: 'A', fields }))
  const refused = await createMany(world, clerk, 'shop.payment', three)
  expect(refused.ok ? [] : refused.problems.map(({ row }) => row)).toEqual([0, 1, 2])
  const made = must(await createMany(world, clerk, 'shop.payment', three.slice(1)))
  expect(
    codes(
      await changeMany(
        world,
        clerk,
        made.map(one => one.id),
        { fields: { amount: 501 } },
      ),
    ),
  ).not.toEqual([])
  must(
    await changeMany(
      world,
      clerk,
      made.map(one => one.id),
      { fields: { amount: 500 } },
    ),
  )
})

test('records are related by a number that both bear', async () => {
  const scale = (use: string) => create(world, clerk, 'shop.scale', { org: 'A', fields: { on, number: '秤-7', use } })
  expect(codes(await scale('yes'))).toEqual(['shop.certified/certificate'])
  const made = must(await scale('no'))
  must(await create(world, clerk, 'shop.certificate', { org: 'A', fields: { on, number: '秤-7' } }))
  must(await change(world, clerk, made.id, { fields: { use: 'yes' } }))
})

test('what sub-rows name is read, of every row and once', async () => {
  const [first, second] = [await newBudget(1000), await newBudget(500)]
  const sell = (...lines: [string, number][]) =>
    create(world, clerk, 'shop.sale', {
      org: 'A',
      fields: { on, lines: lines.map(([budget, amount]) => ({ budget, amount })) },
    })
  must(await sell([first, 600], [second, 300]))
  must(await sell([second, 200], [first, 300], [first, 100]))
  expect(codes(await sell([first, 1]))).toEqual(['shop.lines-within-budget/beyond'])
  const third = await newBudget(100)
  expect(codes(await sell([third, 100], [second, 1]))).toEqual(['shop.lines-within-budget/beyond'])
  must(await sell([third, 100]))
})

test('files attached are seen', async () => {
  const id = await newBudget(9000)
  const one = must(await pay(id, 6000)).id
  expect(codes(await change(world, clerk, one, { fields: { amount: 7000 } }))).toEqual(['shop.receipt/receipt'])
  const stream = (async function* () {
    yield Buffer.from('收据')
  })()
  must(await addEvidence(world, clerk, one, { name: '收据.txt', stream }))
  must(await change(world, clerk, one, { fields: { amount: 7000 } }))
})

test('a row of a file is held to the rows before it, and named', async () => {
  await newBudget(1000)
  const path = join(tmpdir(), `payments-${process.pid}.csv`)
  const key = `B${number}`
  await writeFile(path, `日期,预算,金额\n${on},${key},4元\n${on},${key},5元\n${on},${key},2元\n${on},${key},1元\n`)
  const asked = { type: 'shop.payment', path, org: 'A' }
  const refused = must(await importFile(world, clerk, asked))
  expect(refused).toMatchObject({ created: 0, rejected: 1, errors: [{ row: 4, column: '金额' }] })
  expect(must(await importFile(world, clerk, { ...asked, partial: true }))).toMatchObject({ created: 3, rejected: 1 })
})

test('entering what rules only look at waits for nobody', async () => {
  const client = await world.store.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `rules:${world.orgs.byCode('A')!.root}`,
    ])
    await newBudget(1000)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('a rule that relates by what no record is found by is a mistake of its declaration', () => {
  const wrong = rule('shop.wrong', {
    zh: '错',
    en: 'Wrong',
    type: 'shop.payment',
    reads: { all: { of: 'shop.payment', via: 'amount' } },
    check: () => [],
  })
  expect(() =>
    registryOf([domain('x', { zh: 'x', en: 'x', types: [payment, budget], indicators: {}, rules: [wrong] })]),
  ).toThrow('relates by')
})
