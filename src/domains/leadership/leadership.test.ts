import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import assessment from '../../kernel/assessment/index.ts'
import { findScheme } from '../../kernel/assessment/marks.ts'
import { standingOf } from '../../kernel/assessment/standing.ts'
import { toNumber } from '../../kernel/figures/fraction.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import { change, create } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import { changed, changesOf, type Holding, type Member } from './groups.ts'
import leadership from './index.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([leadership, assessment]) })
  const unit = (code: string, parent?: string) => ({ code, kind: parent ? 'township' : 'county', name: code, parent })
  must(await createUnits(world, clerk, [unit('A'), unit('A-1', 'A'), unit('A-2', 'A')]))
})
afterAll(() => world.store.close())

const ask = (name: string, input: object, actor: Actor = clerk) => {
  const operation = leadership.operations.find(one => one.id === `leadership.${name}`)!
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  return perform(operation, world, actor, operation.input.parse(input)) as Promise<Result<any>>
}
const hold = (holder: string, since: string, until?: string) =>
  create(world, clerk, 'leadership.holding', {
    org: 'A',
    fields: { post: '分管副局长', holder, since, ...(until ? { until } : {}) },
  })

describe('a lead group', () => {
  test('is proposed to change when a post changes hands, and changes once that is adopted', async () => {
    const first = must(await hold('张三', '2023-01-01'))
    const members = [
      { role: 'head', post: '局长', holder: '王五' },
      { role: 'deputy', post: '分管副局长', holder: '张三' },
    ]
    const fields = { name: '科技进步考核领导小组', establishedOn: '2023-03-01', members }
    const { id } = must(await create(world, clerk, 'leadership.group', { org: 'A', fields }))
    expect(must(await ask('proposals', { org: 'A' })).proposals).toEqual([])

    must(await change(world, clerk, first.id, { fields: { until: '2025-05-01' } }))
    const vacant = { at: 1, post: '分管副局长', from: '张三', to: null }
    expect(must(await ask('proposals', { org: 'A' })).proposals).toMatchObject([{ group: id, changes: [vacant] }])
    must(await hold('李四', '2025-05-01'))
    expect(must(await ask('proposals', { org: 'A' })).proposals).toMatchObject([
      { changes: [{ ...vacant, to: '李四' }] },
    ])

    const { id: at, path } = world.orgs.byCode('A')!
    const reader: Actor = { person: null, name: 'r', from: 'test', grants: [{ org: at, path, role: 'analyst' }] }
    expect(await ask('adopt', { org: 'A', group: id }, reader)).toMatchObject({
      ok: false,
      problems: [{ code: 'permission/denied' }],
    })
    expect(must(await ask('adopt', { org: 'A', group: id }))).toEqual({ changed: 1 })
    expect(await ask('adopt', { org: 'A', group: id })).toMatchObject({
      ok: false,
      problems: [{ code: 'leadership/no-change' }],
    })
    expect(must(await ask('proposals', { org: 'A' })).proposals).toEqual([])
  })

  test('once changed agrees with the posts, whatever it was before', () => {
    const posts = fc.constantFrom('局长', '副局长', '主任')
    const holders = fc.constantFrom('甲', '乙', '丙')
    const days = fc.integer({ min: 1, max: 9 }).map(n => `2025-01-0${n}`)
    const holding = fc.record({
      org: fc.constant('A'),
      post: posts,
      holder: holders,
      since: days,
      until: fc.option(days),
    })
    const member: fc.Arbitrary<Member> = fc.record({ role: fc.constant('member'), post: posts, holder: holders })
    fc.assert(
      fc.property(fc.array(member), fc.array(holding), days, (members, holdings: Holding[], day) => {
        const after = changed(members, changesOf('A', members, holdings, day))
        expect(changesOf('A', after, holdings, day)).toEqual([])
        const untouched = members.filter(({ post }) => !holdings.some(one => one.post === post && one.since <= day))
        for (const one of untouched) expect(after).toContainEqual(one)
      }),
    )
  })
})

test('a duty that vetoes and fails leaves nothing of the score', async () => {
  const duty = async (org: string, veto: boolean) => {
    const fields = { title: '计划生育责任', post: '镇长', setOn: '2025-02-01', dueOn: '2025-06-01', veto }
    return must(await create(world, clerk, 'leadership.duty', { org, fields })).id
  }
  const ids = [await duty('A-1', true), await duty('A-2', false)]
  const items = [
    {
      code: '1',
      title: '责任事项',
      source: 'figure',
      weight: 100,
      indicator: 'leadership.duties',
      method: 'linear',
      full: '1',
    },
    { code: '2', title: '一票否决', kind: 'veto', source: 'figure', indicator: 'leadership.vetoes' },
  ]
  const fields = { name: '责任制', startsOn: '2025-01-01', cycle: 'year', kinds: 'township', items }
  const { id } = must(await create(world, clerk, 'assessment.scheme', { org: 'A', fields }))
  const scheme = must(await findScheme(world, world.orgs.byCode('A')!.root, id))
  const scores = async () =>
    must(await standingOf(world, scheme, must(parsePeriod('2025')))).map(one => [toNumber(one.score), one.rank])
  expect(await scores()).toEqual([
    [100, 1],
    [100, 1],
  ])
  for (const one of ids) must(await change(world, clerk, one, { state: 'failed' }))
  expect(await scores()).toEqual([
    [0, 2],
    [100, 1],
  ])
})
