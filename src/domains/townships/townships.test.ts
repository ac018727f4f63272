import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAt, type Counties, codes, counties } from '../../../test/counties.ts'
import { clerk } from '../../../test/world.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { addEvidence } from '../../kernel/evidence/evidence.ts'
import { explain } from '../../kernel/figures/explain.ts'
import { perform } from '../../kernel/operation.ts'
import { change, voidRecord } from '../../kernel/records/records.ts'
import { must } from '../../kernel/result.ts'
import envoys from '../envoys/index.ts'
import training from '../training/index.ts'
import townships from './index.ts'
import { ranking } from './ranking.ts'

let here: Counties
beforeAll(async () => {
  here = await counties(townships, envoys, training)
})
afterAll(() => here.close())

let number = 0
const deputy = async (village: string, since = '2025-01-01', until?: string) =>
  must(
    await here.save('townships.post', {
      post: 'village-deputy',
      holder: '田禾苗',
      village,
      since,
      ...(until ? { until } : {}),
    }),
  ).id

test('villages without a deputy are listed, until they have one', async () => {
  const missing = async () =>
    must(await gaps(here.world, clerk, 'A', '2025'))
      .filter(one => one.id === 'townships.no-deputy')
      .flatMap(one => one.missing.map(({ org }) => org))
  expect(await missing()).toEqual(['A-1-1', 'A-1-2'])
  await deputy('A-1-1', '2024-01-01', '2025-03-01')
  expect(await missing()).toEqual(['A-1-1', 'A-1-2'])
  await deputy('A-1-2')
  expect(await missing()).toEqual(['A-1-1'])
  await deputy('A-1-1', '2025-03-01')
  expect(await missing()).toEqual([])
  expect(
    codes(await here.save('townships.post', { post: 'village-deputy', holder: '无村', since: '2025-01-01' })),
  ).toEqual(['record/village-of-deputy'])
})

test('the stock at year end is opening plus new minus lapsed', async () => {
  const spans = fc.array(
    fc.record({ since: fc.integer({ min: 0, max: 1200 }), lasts: fc.option(fc.integer({ min: 1, max: 900 })) }),
    { minLength: 12, maxLength: 12 },
  )
  const at = (days: number) => new Date(Date.parse('2021-06-01') + days * 86_400_000).toISOString().slice(0, 10)
  for (const list of fc.sample(spans, { numRuns: 3, seed: 7 }))
    for (const { since, lasts } of list)
      must(
        await here.save('townships.recognition', {
          kind: 'science',
          number: `S${++number}`,
          holder: '田禾苗',
          village: 'A-1-1',
          since: at(since),
          ...(lasts === null ? {} : { until: at(since + lasts) <= '2025-06-30' ? at(since + lasts) : undefined }),
        }),
      )
  const stock = async (period: string) => (await here.told('townships.recognised', period))!
  expect(await stock('2023')).toBeGreaterThan(5)
  for (const year of [2022, 2023, 2024, 2025]) {
    const [news, lapsed] = [
      (await here.told('townships.newly-recognised', String(year)))!,
      (await here.told('townships.lapsed', String(year)))!,
    ]
    expect(await stock(String(year))).toBe((await stock(String(year - 1))) + news - lapsed)
  }
})

test('nobody is counted twice in one association', async () => {
  const body = async (name: string) =>
    must(await here.save('envoys.body', { name, kind: 'association', trade: 'rice', foundedOn: '2025-01-01' })).id
  const person = async () =>
    must(
      await here.save('training.trainee', {
        number: `P${++number}`,
        name: '田禾苗',
        audience: 'farmer',
        registeredOn: '2025-01-01',
      }),
    ).id
  const [rice, tea, one, two] = [await body('稻协'), await body('茶协'), await person(), await person()]
  const join = (body: string, person: string) =>
    here.save('townships.membership', { body, person, since: '2025-02-01' })
  must(await join(rice, one))
  expect(codes(await join(rice, one))).toEqual(['record/duplicate-key'])
  must(await join(tea, one))
  must(await join(rice, two))
  expect([await here.told('townships.members'), await here.told('townships.member-persons')]).toEqual([3, 2])
})

const CHECKLIST = [
  { item: '科技投入', met: true },
  { item: '科技人员', met: true },
]
const applies = async (title: string) =>
  must(await here.save('townships.candidacy', { township: 'A-1', title, declaredOn: '2025-01-10', honoured: 3 })).id
const round = (candidacy: string, level: string, heldOn: string, more: Record<string, unknown> = {}) =>
  here.save('townships.round', { candidacy, level, heldOn, verdict: 'passed', checklist: CHECKLIST, ...more })

test('a town passes a round only with its checklist', async () => {
  const town = await applies('先进乡镇一')
  const self = (more: Record<string, unknown>) => round(town, 'self', '2025-02-01', more)
  expect(codes(await self({ checklist: undefined }))).toEqual(['townships.round-with-checklist/missing'])
  expect(codes(await self({ checklist: [...CHECKLIST, { item: '科技示范户', met: false }] }))).toEqual([
    'townships.round-with-checklist/unmet',
  ])
  must(await self({ verdict: 'failed', checklist: undefined }))
})

test('rounds are a chain of dates', async () => {
  const town = await applies('先进乡镇二')
  expect(codes(await round(town, 'county', '2025-03-01'))).toEqual(['townships.round-chain/gap'])
  const self = must(await round(town, 'self', '2025-02-01')).id
  expect(codes(await round(town, 'county', '2025-01-31'))).toEqual(['townships.round-chain/order'])
  must(await round(town, 'county', '2025-03-01'))
  expect(codes(await round(town, 'region', '2025-05-01'))).toEqual(['townships.round-chain/gap'])
  must(await round(town, 'prefecture', '2025-04-01'))
  expect(codes(await change(here.world, clerk, self, { fields: { verdict: 'failed' } }))).toEqual([
    'townships.round-chain/order',
  ])
  expect(codes(await voidRecord(here.world, clerk, self, '登错'))).toEqual(['townships.round-chain/gap'])
  must(await round(town, 'region', '2025-05-01'))
  expect(await here.told('townships.passed')).toBe(1)
})

test('figures of the campaign open to names and places', async () => {
  const saved = must(
    await here.save('townships.base', { name: '东村辣椒基地', kind: 'crops', village: 'A-1-1', since: '2025-01-20' }),
  ).id
  const { records } = must(
    await explain(here.world, clerk, { indicator: 'townships.crop-bases', org: 'A', period: '2025' }),
  )
  expect(records.map(one => one.id)).toEqual([saved])
})

const assess = (post: string, done: readonly (readonly [string, number])[], on = '2025-02-10') =>
  here.save('townships.assessment', {
    post,
    quarter: '2025-Q1',
    assessedOn: '2025-04-05',
    items: done.map(([task, quantity]) => ({ task, quantity, on, place: '东村', by: '田禾苗' })),
  })

test('points follow from rule and evidence, and the list ranks with ties right', async () => {
  const work = [
    [
      ['course', 9],
      ['visit', 10],
    ],
    [
      ['course', 2],
      ['solved', 2],
    ],
    [
      ['publicity', 4],
      ['visit', 10],
    ],
    [['meeting', 1]],
  ] as const
  for (const done of work) {
    const { id } = must(await assess(await deputy('A-1-1'), done))
    expect(codes(await change(here.world, clerk, id, { state: 'checked' }))).toEqual([
      'townships.checked-with-evidence/no-evidence',
    ])
    const stream = (async function* () {
      yield Buffer.from('签到表')
    })()
    must(await addEvidence(here.world, clerk, id, { name: '佐证.txt', stream }))
    must(await change(here.world, clerk, id, { state: 'checked' }))
  }
  must(await assess(await deputy('A-1-2'), [['course', 1]]))
  const ask = (org: string, actor = clerk) => perform(ranking, here.world, actor, { org, quarter: '2025-Q1' })
  const { deputies } = must(await ask('A')) as { deputies: { points: number; rank: number; holder: string }[] }
  expect(deputies.map(one => [one.points, one.rank])).toEqual([
    [40, 1],
    [22, 2],
    [22, 2],
    [4, 4],
  ])
  expect(deputies[0]).toMatchObject({ holder: '田**', village: '东村', aspects: { training: 30, service: 10 } })
  expect(await here.told('townships.points')).toBe(22)
  expect(codes(await ask('A', actorAt(here.world, 'B', 'manager')))).toEqual(['permission/denied'])
})

test('work outside the quarter, of somebody who is no deputy, or checked by a clerk is refused', async () => {
  const post = await deputy('A-1-1')
  expect(codes(await assess(post, [['visit', 1]], '2025-04-01'))).toEqual(['record/outside-quarter'])
  const leader = must(await here.save('townships.post', { post: 'leader', holder: '田禾苗', since: '2025-01-01' })).id
  expect(codes(await assess(leader, [['visit', 1]]))).toEqual(['townships.checked-with-evidence/not-a-deputy'])
  const { id } = must(await assess(post, [['visit', 1]]))
  const actor = actorAt(here.world, 'A', 'clerk')
  expect(codes(await change(here.world, actor, id, { state: 'checked' }))).toEqual(['permission/denied'])
})
