import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { figure } from '../../kernel/figures/figure.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { change, create, voidRecord } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must, type Result } from '../../kernel/result.ts'
import samples from './index.ts'
import { map } from './map.ts'

let world: World
beforeAll(async () => {
  world = await testWorld({ registry: registryOf([samples]) })
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '甲县' },
      { code: 'A-1', kind: 'village', name: '一村', parent: 'A' },
      { code: 'B', kind: 'county', name: '乙县' },
    ]),
  )
})
afterAll(() => world.store.close())

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(({ code }) => code))
let number = 0

const HANDED = [
  { on: '2025-03-06', from: '县科技局', to: '货运站', seal: 'whole' },
  { on: '2025-03-08', from: '货运站', to: '检测中心', seal: 'whole' },
]
const parcelFields = (handovers: unknown = HANDED) => ({
  number: `P${++number}`,
  packedOn: '2025-03-05',
  laboratory: '检测中心',
  handovers,
})
const newParcel = async (state = 'received', handovers: unknown = HANDED) =>
  must(await create(world, clerk, 'samples.parcel', { org: 'A', state, fields: parcelFields(handovers) })).id
const take = (more: Record<string, unknown>, state = 'tested') =>
  create(world, clerk, 'samples.sample', {
    org: 'A',
    state,
    fields: {
      number: `T${++number}`,
      kind: 'soil',
      takenOn: '2025-03-01',
      village: 'A-1',
      place: { lon: 150.1, lat: 20.5 },
      testedOn: '2025-04-01',
      selenium: 0.52,
      ...more,
    },
  })

test('a sample goes from plan through hands to its result, which is classed', async () => {
  const plan = must(
    await create(world, clerk, 'samples.plan', {
      org: 'A',
      fields: { name: '富硒普查', plannedOn: '2025-01-10', soil: 2, produce: 1 },
    }),
  ).id
  const parcel = must(
    await create(world, clerk, 'samples.parcel', { org: 'A', fields: { ...parcelFields([]), plan } }),
  ).id
  const { id } = must(await take({ parcel, testedOn: undefined, selenium: undefined }, 'taken'))
  const result = { fields: { testedOn: '2025-04-01', selenium: 0.52 }, state: 'tested' }
  expect(codes(await change(world, clerk, id, result))).toEqual(['samples.result-after-custody/not-received'])
  must(await change(world, clerk, parcel, { state: 'sent', fields: { handovers: HANDED.slice(0, 1) } }))
  expect(codes(await change(world, clerk, parcel, { state: 'received' }))).toEqual([
    'samples.received-by-handover/not-handed-over',
  ])
  must(await change(world, clerk, parcel, { state: 'received', fields: { handovers: HANDED } }))
  must(await change(world, clerk, id, result))
  const told = async (indicator: string) =>
    must(await figure(world, clerk, { indicator, org: 'A', period: '2025' })).value
  expect([await told('samples.soil'), await told('samples.rich'), await told('samples.planned')]).toEqual([1, 1, 3])
})

test.each([
  ['hands that do not meet', [HANDED[0], { ...HANDED[1], from: '别处' }], 'record/handover-gap'],
  ['days out of order', [HANDED[0], { ...HANDED[1], on: '2025-03-05' }], 'record/handover-order'],
  ['a handover before packing', [{ ...HANDED[0], on: '2025-03-04' }], 'record/handover-order'],
])('a chain of custody with %s is refused', async (_, handovers, code) => {
  const fields = parcelFields(handovers)
  expect(codes(await create(world, clerk, 'samples.parcel', { org: 'A', fields }))).toEqual([code])
})

test('no result without parcel, without content, out of order, or from a broken seal', async () => {
  const parcel = await newParcel()
  const broken = await newParcel('received', [HANDED[0], { ...HANDED[1], seal: 'broken' }])
  const refused = async (more: Record<string, unknown>) => codes(await take({ parcel, ...more }))
  expect(await refused({ parcel: undefined })).toEqual(['samples.result-after-custody/not-received'])
  expect(await refused({ parcel: broken })).toEqual(['samples.result-after-custody/seal-broken'])
  expect(await refused({ selenium: undefined })).toEqual(['samples.result-after-custody/no-result'])
  expect(await refused({ testedOn: '2025-03-07' })).toEqual(['samples.result-after-custody/order'])
  expect(await refused({ takenOn: '2025-03-06' })).toEqual(['samples.result-after-custody/order'])
  expect(await refused({ kind: 'produce' })).toEqual(['record/crop-of-produce'])
  expect(await refused({})).toEqual([])
})

test('the parcel of a tested sample stays received', async () => {
  const parcel = await newParcel()
  must(await take({ parcel }))
  expect(codes(await voidRecord(world, clerk, parcel, '登错'))).toEqual(['samples.custody-stays/tested'])
  expect(
    codes(await change(world, clerk, parcel, { fields: { handovers: [HANDED[0], { ...HANDED[1], seal: 'broken' }] } })),
  ).toEqual(['samples.custody-stays/tested'])
})

test('the map shows every tested sample by class, as many as the figure', async () => {
  const parcel = await newParcel()
  must(await take({ parcel, kind: 'produce', crop: 'tea', selenium: 0.3 }))
  must(await take({ parcel, testedOn: undefined, selenium: undefined }, 'taken'))
  const ask = async (actor: Actor, more: Record<string, unknown> = {}) =>
    perform(map, world, actor, map.input.parse({ org: 'A', period: '2025', ...more }))
  const all = map.answer!.parse(must(await ask(clerk))) as { samples: Record<string, unknown>[] }
  const { value } = must(await figure(world, clerk, { indicator: 'samples.tested', org: 'A', period: '2025' }))
  expect(all.samples).toHaveLength(value!)
  const tea = must(await ask(clerk, { kind: 'produce' })) as typeof all
  expect(tea.samples).toEqual([
    expect.objectContaining({
      village: 'A-1',
      villageName: '一村',
      lon: 150.1,
      lat: 20.5,
      selenium: 0.3,
      class: 'rich',
    }),
  ])
  expect(must(await ask(clerk, { period: '2024' }))).toEqual({ samples: [] })
  const unit = world.orgs.byCode('B')!
  const stranger: Actor = {
    person: null,
    name: 'x',
    from: 'test',
    grants: [{ org: unit.id, path: unit.path, role: 'manager' }],
  }
  expect(codes(await ask(stranger))).toEqual(['permission/denied'])
  expect(codes(await ask(clerk, { period: 'nie' }))).toEqual(['period/format'])
})
