import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk as operating, registry, testWorld, type World } from '../../../test/world.ts'
import { addEvidence } from '../evidence/evidence.ts'
import { figure } from '../figures/figure.ts'
import { verify } from '../journal/verify.ts'
import { perform } from '../operation.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { change, create, createMany, voidRecord } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must, type Result } from '../result.ts'
import assessment from './index.ts'
import { operations } from './operations.ts'
import * as steps from './steps.ts'
import { setTargets } from './targets.ts'

let world: World
const TOWNSHIPS = ['A-1', 'A-2', 'A-3', 'A-4']

beforeAll(async () => {
  world = await testWorld({ registry: registryOf([...registry.domains, assessment]) })
  const unit = (code: string, kind: string, parent?: string) => ({ code, kind, name: `${code}单位`, parent })
  must(
    await createUnits(world, operating, [
      unit('A', 'county'),
      ...TOWNSHIPS.map(code => unit(code, 'township', 'A')),
      unit('A-D1', 'department', 'A'),
      unit('A-D2', 'department', 'A'),
    ]),
  )
  const visit = (org: string, people: number, topic = 'rice') => ({
    org,
    fields: { on: '2024-03-15', people, topic, place: '东村' },
  })
  must(
    await createMany(world, operating, 'world.visit', [
      visit('A-1', 100),
      visit('A-2', 60),
      visit('A-3', 60),
      visit('A-3', 10, 'pigs'),
      visit('A-4', 20),
    ]),
  )
})
afterAll(() => world.store.close())

const at = (org: string, role: Role): Actor => {
  const { id, path } = world.orgs.byCode(org)!
  return { person: null, name: `${org} ${role}`, from: 'test', grants: [{ org: id, path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(problem => problem.code))

const byPeople = { code: '1', title: '走访人次', source: 'figure', weight: 60, indicator: 'world.people' }
const linear = { ...byPeople, method: 'linear', floor: '20', full: '100人次' }
const judged = { code: '2', title: '组织领导', source: 'judged', weight: 40, evidence: '会议纪要' }
const bonus = { code: '3', title: '经验推广', kind: 'bonus', source: 'judged', weight: 5 }
const veto = { code: '9', title: '弄虚作假', kind: 'veto', source: 'judged' }

let names = 0
async function schemeOf(items: readonly object[], more: object = {}) {
  const fields = { name: `办法${++names}`, startsOn: '2024-01-01', cycle: 'year', kinds: 'township', items, ...more }
  return create(world, at('A', 'manager'), 'assessment.scheme', { org: 'A', state: 'inForce', fields })
}

async function ask(name: string, actor: Actor, input: object) {
  const operation = operations.find(one => one.id === `assessment.${name}`)!
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  return perform(operation, world, actor, operation.input.parse(input)) as Promise<Result<any>>
}
const standing = async (scheme: string, actor = at('A', 'manager'), org = 'A', period = '2024') =>
  must(await ask('standing', actor, { org, scheme, period }))
const scores = async (scheme: string) =>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  (await standing(scheme)).units.map((unit: any) => [unit.org, unit.score, unit.rank])

describe('points from figures', () => {
  test('follow in proportion, and units with the same score share their rank', async () => {
    const { id } = must(await schemeOf([{ ...linear, weight: 100 }]))
    expect(await scores(id)).toEqual([
      ['A-1', 100, 1],
      ['A-2', 50, 3],
      ['A-3', 62.5, 2],
      ['A-4', 0, 4],
    ])
    const rice = must(await schemeOf([{ ...linear, weight: 100, narrowed: 'topic=rice' }]))
    expect(await scores(rice.id)).toEqual([
      ['A-1', 100, 1],
      ['A-2', 50, 2],
      ['A-3', 50, 2],
      ['A-4', 0, 4],
    ])
  })

  test('by step, by rank and by share of the target, rounded to the digits of the scheme', async () => {
    must(
      await setTargets(
        world,
        operating,
        TOWNSHIPS.slice(0, 3).map(org => ({ indicator: 'world.people', org, period: '2024', value: 90 })),
      ),
    )
    const scheme = must(
      await schemeOf(
        [
          { ...byPeople, weight: 30, method: 'step', steps: '50=10；70=20；100=30' },
          { ...byPeople, code: '2', weight: 30, method: 'ranked' },
          { ...byPeople, code: '3', weight: 40, method: 'target' },
        ],
        { digits: 1 },
      ),
    )
    const { units } = await standing(scheme.id)
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
    expect(units.map((unit: any) => unit.items.map((item: any) => item.points))).toEqual([
      [30, 30, 40],
      [10, 15, 26.7],
      [20, 22.5, 31.1],
      [0, 7.5, 0],
    ])
    expect(units[1].score).toBe(51.7)
  })

  test('of a quarter follow from the figures of the quarter', async () => {
    const { id } = must(await schemeOf([{ ...linear, weight: 100 }], { cycle: 'quarter' }))
    const q = async (period: string) => (await standing(id, at('A', 'manager'), 'A', period)).units[0].score
    expect([await q('2024-Q1'), await q('2024-Q2')]).toEqual([100, 0])
    expect(codes(await ask('standing', at('A', 'manager'), { org: 'A', scheme: id, period: '2024' }))).toEqual([
      'period/cycle',
    ])
  })
})

/** Opens a scheme and gives the marks of its items by unit and number. */
async function opened(items: readonly object[], more: object = {}) {
  const scheme = must(await schemeOf(items, more)).id
  const run = { org: 'A', scheme, period: '2024' }
  must(await steps.open(world, at('A', 'manager'), run))
  const markOf = async (org: string, code: string) => {
    const { items: columns, units } = await standing(scheme)
    const column = columns.findIndex((item: { code: string }) => item.code === code)
    return units.find((unit: { org: string }) => unit.org === org).items[column].mark
  }
  return { scheme, run, markOf }
}
const file = () => ({ name: '会议纪要.txt', stream: Readable.from([Buffer.from('会议纪要')]) })

describe('an item judged by evidence', () => {
  test('goes from statement to check, publication, appeal and ruling, each step in the journal', async () => {
    const { scheme, run, markOf } = await opened([linear, judged], { kinds: 'township' })
    const [clerk, manager] = [at('A-1', 'clerk'), at('A', 'manager')]
    const mark = (await markOf('A-1', '2')).id
    expect(codes(await steps.state(world, clerk, { org: 'A-1', mark, score: 38 }))).toEqual(['assessment/no-evidence'])
    must(await addEvidence(world, clerk, mark, file()))
    expect(codes(await steps.state(world, clerk, { org: 'A-1', mark, score: 41 }))).toEqual(['assessment/score'])
    must(await steps.state(world, clerk, { org: 'A-1', mark, score: 38, statement: '每月研究一次' }))
    expect((await standing(scheme)).units[0].score, 'what is stated does not count yet').toBe(60)

    expect(codes(await steps.check(world, at('A-1', 'manager'), { org: 'A-1', mark, score: 40 }))).toEqual([
      'permission/denied',
    ])
    expect(codes(await steps.check(world, manager, { org: 'A', mark, back: true }))).toEqual(['assessment/reason'])
    must(await steps.check(world, manager, { org: 'A', mark, back: true, remark: '缺四季度' }))
    must(await steps.state(world, clerk, { org: 'A-1', mark, score: 36 }))
    must(await steps.check(world, manager, { org: 'A', mark, score: 30 }))
    expect((await standing(scheme)).units[0].score).toBe(90)

    expect(codes(await steps.publish(world, manager, run))).toEqual(['assessment/unchecked'])
    for (const org of TOWNSHIPS.slice(1)) {
      const other = (await markOf(org, '2')).id
      must(await addEvidence(world, at(org, 'clerk'), other, file()))
      must(await steps.state(world, at(org, 'clerk'), { org, mark: other, score: 20 }))
      must(await steps.check(world, manager, { org: 'A', mark: other, score: 20 }))
    }
    expect(must(await steps.publish(world, manager, run))).toEqual({ published: 4 })
    expect(codes(await steps.publish(world, manager, run))).toEqual(['assessment/published'])
    expect(await markOf('A-1', '2')).toMatchObject({ state: 'published', appealBy: '2025-07-07' })

    const seen = await standing(scheme, clerk, 'A-1')
    expect(seen.units).toHaveLength(1)
    expect(seen.units[0]).toMatchObject({ org: 'A-1', score: 90, rank: 1 })

    must(await steps.appeal(world, clerk, { org: 'A-1', mark, reason: '四季度已补' }))
    expect(codes(await steps.conclude(world, manager, run))).toEqual(['assessment/appeals'])
    expect(codes(await steps.settle(world, clerk, { org: 'A-1', mark, score: 40, ruling: '同意' }))).toEqual([
      'permission/denied',
    ])
    must(await steps.settle(world, manager, { org: 'A', mark, score: 35.5, ruling: '部分采纳' }))
    expect((await standing(scheme)).units[0]).toMatchObject({ score: 90, now: 95.5 })
    expect(codes(await steps.conclude(world, manager, run))).toEqual(['assessment/appealing'])

    const later: World = { ...world, clock: () => new Date('2025-07-08T04:00:00Z') }
    expect(
      codes(
        await steps.appeal(later, at('A-2', 'clerk'), {
          org: 'A-2',
          mark: (await markOf('A-2', '2')).id,
          reason: '不服',
        }),
      ),
    ).toEqual(['assessment/late'])
    expect(must(await steps.conclude(later, manager, run))).toEqual({ concluded: 4 })
    expect((await standing(scheme)).units[0]).toMatchObject({ score: 95.5, now: null, rank: 1 })
    expect((await standing(scheme)).stage).toBe('final')

    const { rows } = await world.store.pool.query<{ action: string }>(
      `SELECT entry::json ->> 'action' AS action FROM journal WHERE subject = $1 ORDER BY seq`,
      [`record:${mark}`],
    )
    expect(rows.map(row => row.action)).toEqual([
      'create',
      'assess-state',
      'assess-return',
      'assess-state',
      'assess-check',
      'assess-publish',
      'assess-appeal',
      'assess-settle',
    ])
    const figures = await figure(world, operating, { indicator: 'assessment.score', org: 'A-1', period: '2025' })
    expect(must(figures).value).toBe(95.5)
    expect((await verify(world)).problems).toEqual([])
  })

  test('is written by these steps alone', async () => {
    const { scheme, markOf } = await opened([linear, judged])
    const { id: mark, version } = await markOf('A-1', '2')
    const manager = at('A', 'administrator')
    expect(
      codes(await change(world, manager, mark, { fields: { score: 40 }, state: 'submitted' }, { version })),
    ).toEqual(['record/through'])
    expect(codes(await voidRecord(world, manager, mark, '不要了'))).toEqual(['record/through'])
    const fields = { scheme, period: '2024', unit: 'A-1', item: '7', title: '私加', openedOn: '2025-01-01' }
    expect(codes(await create(world, manager, 'assessment.mark', { org: 'A-1', fields }))).toEqual(['record/through'])
  })

  test('opened twice is there once', async () => {
    const { run } = await opened([linear, judged])
    expect(must(await steps.open(world, at('A', 'manager'), run))).toEqual({ opened: 0 })
  })
})

describe('bonus and veto', () => {
  test('a veto leaves nothing of the score, whatever the other points', async () => {
    const { scheme, markOf } = await opened([{ ...linear, weight: 100 }, bonus, veto], { bonusCeiling: 3 })
    const manager = at('A', 'manager')
    const [plus, no] = [(await markOf('A-1', '3')).id, (await markOf('A-1', '9')).id]
    must(await steps.state(world, at('A-1', 'clerk'), { org: 'A-1', mark: plus, score: 5 }))
    must(await steps.check(world, manager, { org: 'A', mark: plus, score: 5 }))
    expect((await standing(scheme)).units[0]).toMatchObject({ score: 103, bonus: 3, rank: 1, vetoes: [] })
    expect(codes(await steps.state(world, at('A-1', 'clerk'), { org: 'A-1', mark: no, score: 0 }))).toEqual([
      'assessment/step',
    ])
    must(await steps.check(world, manager, { org: 'A', mark: no, score: 1, remark: '数字造假' }))
    expect((await standing(scheme)).units[0]).toMatchObject({ score: 0, rank: 3, vetoes: ['9'] })
  })

  test('a veto by a figure fires from its limit on', async () => {
    const low = {
      code: '9',
      title: '走访过少',
      kind: 'veto',
      source: 'figure',
      indicator: 'world.people',
      method: 'linear',
      full: '61',
    }
    const { id } = must(await schemeOf([{ ...linear, weight: 100 }, low]))
    expect((await scores(id)).map(([, score]: [string, number]) => score)).toEqual([0, 50, 0, 0])
  })
})

test('a county is assessed by items of its departments, each with value, evidence, due day and state', async () => {
  const items = [
    {
      code: '1',
      title: '财政科技投入占比',
      source: 'value',
      unit: '%',
      weight: 70,
      method: 'linear',
      floor: '1%',
      full: '2%',
      department: 'A-D1',
      dueOn: '2025-05-15',
      evidence: '决算表',
    },
    { ...judged, weight: 30, department: 'A-D2', dueOn: '2025-06-10' },
  ]
  const { scheme, markOf } = await opened(items, { kinds: undefined })
  const mark = (await markOf('A', '1')).id
  const clerk = at('A-D1', 'clerk')
  expect(codes(await steps.state(world, at('A-D2', 'clerk'), { org: 'A-D2', mark, value: 15, base: 1000 }))).toEqual([
    'mark/unknown',
  ])
  must(await addEvidence(world, clerk, mark, file()))
  expect(codes(await steps.state(world, clerk, { org: 'A-D1', mark }))).toEqual(['assessment/value'])
  expect(codes(await steps.state(world, clerk, { org: 'A-D1', mark, value: 15, base: 0 }))).toEqual([
    'assessment/value',
  ])
  must(await steps.state(world, clerk, { org: 'A-D1', mark, value: 15, base: 1000 }))
  must(await steps.check(world, at('A', 'manager'), { org: 'A', mark }))
  const { items: columns, units } = await standing(scheme)
  expect(columns).toMatchObject([
    { department: 'A-D1', dueOn: '2025-05-15', evidence: '决算表' },
    { department: 'A-D2', dueOn: '2025-06-10', evidence: '会议纪要' },
  ])
  // Numerator and denominator stand beside the rate; what nobody has told yet is open.
  expect(units[0].items).toMatchObject([
    { value: '1.5%（15/1000）', points: 35, mark: { state: 'checked', files: 1 } },
    { value: null, points: 0, mark: { state: 'open', files: 0 } },
  ])
})

describe('a scheme is refused', () => {
  test.each<[string, string, readonly object[]]>([
    ['points that do not add up to 100', 'record/scheme-weights', [{ ...linear, weight: 99.5 }]],
    ['the same number twice', 'record/scheme-repeated', [linear, { ...judged, code: '1' }]],
    ['no way to points', 'record/scheme-method', [{ ...byPeople, weight: 100 }]],
    ['no indicator', 'record/scheme-indicator', [{ ...linear, indicator: undefined, weight: 100 }]],
    [
      'a target without a figure',
      'record/scheme-target',
      [{ ...linear, source: 'value', method: 'target', weight: 100 }],
    ],
  ])('with %s, when it is saved', async (_, code, items) => {
    expect(codes(await schemeOf(items))).toEqual([code])
  })

  test.each<[string, object]>([
    ['an indicator that nobody declares', { indicator: 'world.nothing' }],
    ['a dimension the indicator does not have', { narrowed: 'colour=red' }],
    ['a limit that cannot be read', { full: '很多' }],
    ['no limit', { full: undefined }],
    ['steps that cannot be read', { method: 'step', steps: '60→4' }],
  ])('with %s, when it is opened, naming the item', async (_, more) => {
    const { id } = must(await schemeOf([{ ...linear, weight: 100, ...more }]))
    const opened = await steps.open(world, at('A', 'manager'), { org: 'A', scheme: id, period: '2024' })
    expect(opened).toMatchObject({ ok: false, problems: [{ code: 'scheme/item' }] })
    expect(opened.ok ? '' : opened.problems[0]!.field).toMatch(/^items\[1\]\./)
  })

  test('before it is in force, by those who do not decide, and for no units', async () => {
    const items = [{ ...linear, weight: 100 }]
    const fields = { name: '拟订中', startsOn: '2024-01-01', cycle: 'year', kinds: 'township', items }
    const { id } = must(await create(world, at('A', 'clerk'), 'assessment.scheme', { org: 'A', fields }))
    const run = { org: 'A', scheme: id, period: '2024' }
    expect(codes(await steps.open(world, at('A', 'manager'), run))).toEqual(['assessment/not-in-force'])
    expect(codes(await steps.open(world, at('A', 'clerk'), run))).toEqual(['permission/denied'])
    const none = must(await schemeOf(items, { kinds: 'village' })).id
    expect(codes(await steps.open(world, at('A', 'manager'), { ...run, scheme: none }))).toEqual([
      'assessment/no-units',
    ])
    expect(codes(await steps.open(world, at('A', 'manager'), { ...run, scheme: 'nothing' }))).toEqual([
      'scheme/unknown',
    ])
  })
})

test('a unit is told of the schemes above it; who may not read is told nothing', async () => {
  const { schemes } = must(await ask('schemes', at('A-1', 'clerk'), { org: 'A-1' }))
  expect(schemes.length).toBeGreaterThan(3)
  expect(schemes.every((one: { decides: boolean }) => !one.decides)).toBe(true)
  expect(must(await ask('schemes', at('A', 'manager'), { org: 'A' })).schemes[0]).toMatchObject({
    org: 'A',
    decides: true,
  })
})
