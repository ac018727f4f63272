import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { change, create, voidRecord } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import { analysis } from './analysis.ts'
import trials from './index.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([trials]) })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'B', kind: 'county', name: '乙县' },
    ]),
  )
})
afterAll(() => world.store.close())

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(({ code }) => code))
const yields: Readonly<Record<string, readonly number[]>> = {
  A: [90.3, 89.2, 98.2, 93.9, 87.4, 97.9],
  B: [92.5, 89.5, 90.6, 94.7, 87, 95.8],
  C: [85.5, 90.8, 89.6, 86.2, 88, 93.4],
  D: [82.5, 89.5, 85.6, 87.4, 78.9, 90.7],
}
const names = Object.keys(yields)
const plots = names.flatMap((treatment, row) =>
  yields[treatment]!.map((_, block) => ({
    number: row * 6 + block + 1,
    treatment,
    block: block + 1,
    row: row + 1,
    column: block + 1,
  })),
)
const values = names.flatMap((treatment, row) =>
  yields[treatment]!.map((value, block) => ({ plot: row * 6 + block + 1, value })),
)

let number = 0
const plan = (more: Record<string, unknown> = {}) => ({
  number: `S-${++number}`,
  title: '水稻品种比较试验',
  kind: 'variety',
  crop: '水稻',
  design: 'blocks',
  startedOn: '2025-03-01',
  area: 6670,
  treatments: names.map(code => ({ code, name: `品种${code}` })),
  plots,
  ...more,
})
const newTrial = async (more: Record<string, unknown> = {}, state = 'running') =>
  must(await create(world, clerk, 'trials.trial', { org: 'A', state, fields: plan(more) })).id
const measure = (trial: string, list: readonly { plot: number; value: number }[] = values, trait = 'yield') =>
  create(world, clerk, 'trials.measurement', {
    org: 'A',
    fields: { trial, measuredOn: '2025-06-01', trait, values: list },
  })
const appraise = (trial: string) =>
  create(world, clerk, 'trials.appraisal', {
    org: 'A',
    fields: { trial, appraisedOn: '2025-06-20', subject: '品种A', experts: 5, verdict: 'passed', opinion: '适合推广' },
  })
const analyse = async (trial: string, more: Record<string, unknown> = {}, actor: Actor = clerk) =>
  perform(analysis, world, actor, analysis.input.parse({ org: 'A', trial, ...more }))

test('yields by treatment are compared with a stated test', async () => {
  const trial = await newTrial()
  must(await measure(trial))
  const found = analysis.answer!.parse(must(await analyse(trial)))
  expect(found).toMatchObject({
    trial: '水稻品种比较试验',
    design: 'blocks',
    test: { zh: expect.stringContaining('随机区组方差分析') },
    lsd: expect.closeTo(3.33, 2),
    treatments: [
      { code: 'A', name: '品种A', n: 6, letters: 'a' },
      { code: 'B', name: '品种B', letters: 'ab' },
      { code: 'C', name: '品种C' },
      { code: 'D', name: '品种D' },
    ],
  })
  expect(found).toHaveProperty('sources.0', {
    source: 'treatments',
    df: 3,
    ss: expect.closeTo(178.17, 2),
    ms: expect.closeTo(59.39, 2),
    f: expect.closeTo(8.11, 2),
    p: expect.closeTo(0.0019, 4),
  })
})

test('a newer measurement takes the place of the one before', async () => {
  const trial = await newTrial({ design: 'random' })
  must(await measure(trial))
  must(
    await create(world, clerk, 'trials.measurement', {
      org: 'A',
      fields: { trial, measuredOn: '2025-06-10', trait: 'yield', values: values.slice(0, 12) },
    }),
  )
  const found = must(await analyse(trial)) as { measuredOn: string; treatments: unknown[]; design: string }
  expect([found.measuredOn, found.treatments.length, found.design]).toEqual(['2025-06-10', 2, 'random'])
})

test('what cannot be tested says why, and a stranger is told nothing', async () => {
  const [measured, demonstration] = [await newTrial(), await newTrial({ design: 'none' })]
  must(await measure(measured))
  expect(codes(await analyse(measured, { trait: 'height' }))).toEqual(['trials/not-measured'])
  expect(codes(await analyse(demonstration))).toEqual(['trials/no-design'])
  expect(codes(await analyse(measured, { org: 'B' }))).toEqual(['trials/unknown'])
  const unit = world.orgs.byCode('B')!
  const stranger: Actor = {
    person: null,
    name: 'stranger',
    from: 'test',
    grants: [{ org: unit.id, path: unit.path, role: 'manager' }],
  }
  expect(codes(await analyse(measured, {}, stranger))).toEqual(['record/unknown'])
})

test('an appraisal rests on the records of a concluded trial, and they stay', async () => {
  const trial = await newTrial()
  expect(codes(await appraise(trial))).toEqual(['trials.appraisal-rests-on-trial/not-concluded'])
  must(await change(world, clerk, trial, { state: 'concluded' }))
  expect(codes(await appraise(trial))).toEqual(['trials.appraisal-rests-on-trial/nothing-measured'])
  const { id } = must(await measure(trial))
  must(await appraise(trial))
  expect(codes(await voidRecord(world, clerk, id, '重测'))).toEqual(['trials.appraised-records-stay/appraised'])
  must(await measure(trial, values, 'height'))
  must(await voidRecord(world, clerk, id, '重测'))
})

test('what is measured are plots of the trial, once each, and they stay on its plan', async () => {
  const trial = await newTrial()
  expect(codes(await measure(trial, [{ plot: 99, value: 1 }]))).toEqual(['trials.measured-plots/no-such-plot'])
  const [first] = values
  expect(codes(await measure(trial, [first!, first!]))).toEqual(['trials.measured-plots/plot-twice'])
  must(await measure(trial))
  expect(codes(await change(world, clerk, trial, { fields: { design: 'random', plots: plots.slice(1) } }))).toEqual([
    'trials.measured-plots-stay/plot-lost',
  ])
})

test.each([
  [
    'a treatment twice',
    {
      treatments: [
        { code: 'A', name: '甲' },
        { code: 'A', name: '乙' },
      ],
    },
    'record/treatment-twice',
  ],
  ['a plot twice', { design: 'random', plots: [...plots, plots[0]] }, 'record/plot-twice'],
  ['an unknown treatment', { design: 'random', plots: [{ ...plots[0], treatment: 'X' }] }, 'record/treatment-unknown'],
  ['an incomplete block', { plots: plots.slice(1) }, 'record/incomplete-block'],
])('a plan with %s is refused', async (_, more, code) => {
  expect(codes(await create(world, clerk, 'trials.trial', { org: 'A', fields: plan(more) }))).toContain(code)
})

test('area is kept in m² and told in 亩', async () => {
  const { value, unit } = must(await figure(world, clerk, { indicator: 'trials.area', org: 'A', period: '2025' }))
  expect([value! % 6670, unit]).toEqual([0, 'mu'])
})
