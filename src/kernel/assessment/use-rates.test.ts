import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerk, registry, testWorld, type World } from '../../../test/world.ts'
import { toNumber } from '../figures/fraction.ts'
import { createUnits } from '../org/change.ts'
import { parsePeriod } from '../period/period.ts'
import { change, create, sendBack, voidRecord } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import assessment from './index.ts'
import { findScheme } from './marks.ts'
import { standingOf, valueText } from './standing.ts'
import { usageOf } from './use-rates.ts'

let world: World
let now = '2024-03-01T01:00:00Z'
beforeAll(async () => {
  const made = await testWorld({ registry: registryOf([...registry.domains, assessment]) })
  world = { ...made, clock: () => new Date(now) }
  const unit = (code: string, kind: string, parent?: string) => ({ code, kind, name: code, parent })
  must(
    await createUnits(world, clerk, [
      unit('A', 'county'),
      ...['A-1', 'A-2', 'A-3'].map(code => unit(code, 'township', 'A')),
    ]),
  )
})
afterAll(() => world.store.close())

const UNITS = ['A', 'A-1', 'A-2', 'A-3']
type Fate = 'kept' | 'answered' | 'corrected' | 'returned' | 'voided'
interface Entry {
  readonly org: string
  readonly month: number
  /** Days from the event to its entry. */
  readonly after: number
  readonly fate: Fate
}
const entries: Entry[] = []

async function enter({ org, month, after, fate }: Entry) {
  const at = Date.UTC(2024, month - 1, 20, 1)
  now = new Date(at).toISOString()
  const on = new Date(at - after * 86_400_000).toISOString().slice(0, 10)
  const fields = { on, topic: 'rice', place: '东村', people: 3 }
  const { id } = must(await create(world, clerk, 'world.visit', { org, fields, state: 'open' }))
  if (fate === 'answered') must(await change(world, clerk, id, { state: 'done' }))
  if (fate === 'corrected') must(await change(world, clerk, id, { fields: { people: 4 } }))
  if (fate === 'returned') must(await sendBack(world, clerk, id, '人数不对'))
  if (fate === 'voided') must(await voidRecord(world, clerk, id, '重复'))
  entries.push({ org, month, after, fate })
}

/** From what was done, without looking at what is stored. */
function expected(org: string, month: number) {
  const under = entries.filter(one => one.org === org || (org === 'A' && one.org.startsWith('A')))
  const within = under.filter(one => one.month === month)
  const units = (list: readonly Entry[]) => new Set(list.map(one => one.org)).size
  return {
    online: { part: units(within), whole: units(under.filter(one => one.month <= month)) },
    accuracy: {
      part: within.filter(({ fate }) => fate === 'kept' || fate === 'answered').length,
      whole: within.length,
    },
    timely: { part: within.filter(({ after }) => after <= 5).length, whole: within.length },
  }
}

test('rates follow from what was entered when, and what became of it', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          org: fc.constantFrom(...UNITS),
          month: fc.integer({ min: 3, max: 6 }),
          after: fc.integer({ min: 0, max: 10 }),
          fate: fc.constantFrom<Fate>('kept', 'answered', 'corrected', 'returned', 'voided'),
        }),
        { maxLength: 6 },
      ),
      async more => {
        for (const one of more) await enter(one)
        const units = UNITS.map(code => world.orgs.byCode(code)!)
        for (const month of [3, 4, 5, 6]) {
          const found = await usageOf(world, units, must(parsePeriod(`2024-0${month}`)))
          expect(found).toEqual(UNITS.map(org => expected(org, month)))
        }
      },
    ),
    { numRuns: 12 },
  ))

test('they give points in a scheme, with numerator and denominator', async () => {
  await enter({ org: 'A-3', month: 7, after: 0, fate: 'kept' })
  await enter({ org: 'A-3', month: 7, after: 9, fate: 'kept' })
  now = '2024-08-10T01:00:00Z'
  const items = [
    { code: '1', title: '及时率', source: 'use', rate: 'timely', weight: 60, method: 'linear', full: '100%' },
    {
      code: '2',
      title: '准确率',
      source: 'use',
      rate: 'accuracy',
      weight: 40,
      method: 'linear',
      floor: '50%',
      full: '100%',
    },
  ]
  const fields = { name: '经营责任制', startsOn: '2024-01-01', cycle: 'month', kinds: 'township', items }
  const { id } = must(await create(world, clerk, 'assessment.scheme', { org: 'A', state: 'inForce', fields }))
  const scheme = must(await findScheme(world, world.orgs.byCode('A')!.root, id))
  const standing = must(await standingOf(world, scheme, must(parsePeriod('2024-07'))))
  const last = standing.at(-1)!
  expect([last.unit.code, toNumber(last.score), last.rank]).toEqual(['A-3', 70, 1])
  expect(valueText(scheme.items[0]!, last.items[0]!)).toBe('50%（1/2）')
})
