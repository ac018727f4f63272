import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bureau, bureau, codesOf } from '../../../test/bureau.ts'
import { clerk } from '../../../test/world.ts'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { perform } from '../../kernel/operation.ts'
import { createMany, voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import { issue, nextNumber } from './issue.ts'

let at: Bureau
beforeAll(async () => {
  at = await bureau()
})
afterAll(() => at.close())

const document = (series: string, more: object = {}) => ({
  series,
  title: '关于申报项目的通知',
  kind: 'notice',
  issuedOn: '2025-03-01',
  recipients: '各乡镇',
  ...more,
})

describe('the numbers of a series', () => {
  test('begin at 1 and follow one another; none is taken back', async () => {
    const series = '甲科发〔2025〕'
    expect(await at.tried('correspondence.outgoing', document(series, { number: 2 }))).toEqual([
      'correspondence.sequence/not-next',
    ])
    const first = await at.enter('correspondence.outgoing', document(series, { number: 1 }))
    expect(await at.tried('correspondence.outgoing', document(series, { number: 3 }))).toEqual([
      'correspondence.sequence/not-next',
    ])
    expect(await at.tried('correspondence.outgoing', document(series, { number: 1 }))).toHaveLength(1)
    expect(await at.tried('correspondence.outgoing', document(series, { number: 2 }))).toEqual([])
    expect(codesOf(await voidRecord(at.world, clerk, first, '误发'))).toEqual(['correspondence.sequence/stays'])
    expect(await at.changed(first, { fields: { number: 9 } })).toEqual(['correspondence.sequence/stays'])
    expect(await at.changed(first, { state: 'cancelled' })).toEqual([])
    expect(must(await perform(nextNumber, at.world, clerk, { org: 'A', series }))).toEqual({ number: 3 })
  })

  test('come in one file without a gap, or not at all', async () => {
    const series = '册科发〔2025〕'
    const entered = (numbers: number[]) =>
      createMany(
        at.world,
        clerk,
        'correspondence.outgoing',
        numbers.map(number => ({ org: 'A', fields: document(series, { number }) })),
      )
    expect(codesOf(await entered([1, 2, 4]))).toEqual(['correspondence.sequence/not-next'])
    expect(codesOf(await entered([1, 2, 3]))).toEqual([])
  })

  test('ten issued at once get ten numbers in a row', async () => {
    const input = { org: 'A', ...document('并科发〔2025〕') }
    const issued = await Promise.all(Array.from({ length: 10 }, () => perform(issue, at.world, clerk, input)))
    const numbers = issued.map(one => (must(one) as { number: number }).number).sort((a, b) => a - b)
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(must(await gaps(at.world, clerk, 'A', '2025')).map(({ id }) => id)).not.toContain('correspondence.numbers')
  })

  test('belong to the year and are written as the standard says', async () => {
    expect(await at.tried('correspondence.outgoing', document('甲科发[2025]', { number: 1 }))).toEqual(['record/form'])
    expect(await at.tried('correspondence.outgoing', document('甲科发〔2024〕', { number: 1 }))).toEqual([
      'record/other-year',
    ])
  })

  test('are given to whoever may enter at the unit', async () => {
    const input = { org: 'A', ...document('权科发〔2025〕') }
    expect(codesOf(await perform(issue, at.world, at.as('clerk', 'B'), input))).toEqual(['permission/denied'])
    expect(codesOf(await perform(issue, at.world, at.as('clerk'), input))).toEqual([])
  })
})

test('a document received tells who has it, waits for its day, and is answered without its title typed again', async () => {
  const received = {
    year: 2025,
    number: 1,
    from: '市科技局',
    title: '报送半年总结',
    kind: 'notice',
    receivedOn: '2025-06-20',
  }
  expect(await at.tried('correspondence.incoming', { ...received, urgency: 'urgent' })).toEqual(['record/missing'])
  const circulation = [
    { to: '局长', sentOn: '2025-06-20', readOn: '2025-06-21' },
    { to: '办公室', sentOn: '2025-06-21' },
  ]
  const id = await at.enter('correspondence.incoming', {
    ...received,
    urgency: 'urgent',
    dueOn: '2025-06-28',
    circulation,
  })
  const { rows } = await at.world.store.pool.query<{ reader: string }>(
    `SELECT fields ->> 'withReader' AS reader FROM record WHERE id = $1`,
    [id],
  )
  expect(rows).toEqual([{ reader: '办公室' }])
  const waiting = must(await awaiting(at.world, clerk, 'A')).find(one => one.id === 'correspondence.due')
  expect(waiting).toMatchObject({ count: 1, late: 1 })
  expect(await at.becomes(id, 'correspondence.answer')).toEqual({
    answers: id,
    kind: 'reply',
    recipients: '市科技局',
    title: '关于报送半年总结的复函',
  })
  await at.enter('correspondence.incoming', { ...received, number: 3 })
  await at.enter('correspondence.incoming', { ...received, number: 1 }, { org: 'B' })
  const missing = must(await gaps(at.world, clerk, 'S', '2025')).find(
    one => one.id === 'correspondence.received-numbers',
  )
  expect(missing?.missing.map(({ org, what }) => [org, what.zh])).toEqual([['A', '2025第2号']])
})
