import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clerk, registry, registryBefore, testWorld, type World } from '../../../test/world.ts'
import { createUnits, mergeUnit, moveUnit } from '../org/change.ts'
import { change, confirm, create, sendBack, submit, voidRecord } from '../records/records.ts'
import { must } from '../result.ts'
import { figure } from './figure.ts'
import { fold } from './fold.ts'
import { rebuild, rebuildChanged } from './rebuild.ts'

/**
 * Random histories against a naive re-count. The oracle below knows nothing of tallies, spans or deltas: it keeps the
 * records as a list and, for every question, looks at each.
 */

interface Said {
  org: number
  on: string
  topic: 'rice' | 'pigs' | 'fish'
  people: number
  hours?: number
  place: string
  endedOn?: string
  payments: { paidOn: string; amount: number }[]
}
interface Known extends Said {
  id: string
  status: 'draft' | 'entered' | 'returned' | 'confirmed' | 'void'
  state: 'open' | 'done'
}

const days = fc.integer({ min: 0, max: 540 }).map(n => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const orgs = fc.integer({ min: 0, max: 6 })
/** Units that records mostly belong to and that change their place. */
const leaves = fc.constantFrom(3, 4, 5, 6, 2)
const said: fc.Arbitrary<Said> = fc.record(
  {
    org: fc.oneof({ weight: 3, arbitrary: leaves }, { weight: 1, arbitrary: orgs }),
    on: days,
    topic: fc.constantFrom('rice', 'pigs', 'fish'),
    people: fc.integer({ min: 0, max: 500 }),
    hours: fc.integer({ min: 0, max: 99 }).map(n => n / 10),
    place: fc.constantFrom('东村', '西村', '南村', '北村'),
    endedOn: days,
    payments: fc.array(fc.record({ paidOn: days, amount: fc.integer({ min: 0, max: 1_000_000 }) }), { maxLength: 2 }),
  },
  { requiredKeys: ['org', 'on', 'topic', 'people', 'place', 'payments'] },
)
const pick = fc.nat()
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), said, draft: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), pick, said }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('done' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('void' as const, 'confirm' as const, 'return' as const, 'submit' as const),
      pick,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      org: leaves,
      to: fc.constantFrom(0, 1, 2, 3),
      asOf: days,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), org: leaves, to: orgs, asOf: days }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('declare' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const question = fc.record({
  indicator: fc.constantFrom('visits', 'people', 'hours', 'places', 'standing', 'paid'),
  org: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 2) }, { weight: 1, arbitrary: orgs }),
  from: days,
  length: fc.integer({ min: 1, max: 600 }),
  topic: fc.option(fc.constantFrom('rice', 'pigs', 'fish'), { nil: undefined }),
  scope: fc.constantFrom('tree' as const, 'tree' as const, 'self' as const),
  tree: fc.constantFrom('then' as const, 'now' as const),
})
type Asked = typeof question extends fc.Arbitrary<infer T> ? T : never

/** The oracle's tree: for each unit the parents it has had, newest last. 0 is the root; 1–2 stand under it, the rest under those. */
type Tree = { since: string; parent: number }[][]
const plant = (): Tree => [[], ...[0, 0, 1, 1, 2, 2].map(parent => [{ since: '', parent }])]

const parentOn = (tree: Tree, org: number, on: string) => tree[org]!.filter(span => span.since <= on).at(-1)?.parent
function isUnder(tree: Tree, org: number, above: number, on: string): boolean {
  for (let at: number | undefined = org; at !== undefined; at = parentOn(tree, at, on)) if (at === above) return true
  return false
}
const END = '9999-12-30'
const addDays = (day: string, n: number) => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10)

function recount(records: readonly Known[], tree: Tree, asked: Asked): number | null {
  const until = addDays(asked.from, asked.length)
  const within = (day: string) => asked.from <= day && day < until
  const here = (record: Known, on: string) =>
    asked.scope === 'self'
      ? record.org === asked.org
      : isUnder(tree, record.org, asked.org, asked.tree === 'now' ? END : on)
  const counting = records.filter(
    r => (r.status === 'entered' || r.status === 'confirmed') && (asked.topic === undefined || r.topic === asked.topic),
  )
  const dated = counting.filter(r => within(r.on) && here(r, r.on))
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  switch (asked.indicator) {
    case 'visits':
      return dated.length
    case 'people':
      return sum(dated.map(r => r.people))
    case 'hours': {
      const tenths = dated.flatMap(r => (r.hours === undefined ? [] : [Math.round(r.hours * 10)]))
      return tenths.length === 0 ? null : sum(tenths) / 10 / tenths.length
    }
    case 'places':
      return new Set(dated.map(r => r.place)).size
    case 'standing': {
      const last = addDays(until, -1)
      return counting.filter(
        r =>
          r.on < until && !(r.endedOn !== undefined && (r.endedOn < r.on ? r.on : r.endedOn) < until) && here(r, last),
      ).length
    }
    default:
      return sum(
        counting.flatMap(r => r.payments.filter(p => within(p.paidOn) && here(r, p.paidOn)).map(p => p.amount)),
      )
  }
}

const fieldsOf = (s: Said, old: boolean) => ({
  on: s.on,
  [old ? 'subject' : 'topic']: old && s.topic === 'fish' ? 'seafood' : s.topic,
  [old ? 'crowd' : 'people']: s.people,
  place: s.place,
  payments: s.payments,
  ...(s.hours !== undefined && { hours: s.hours }),
  ...(s.endedOn !== undefined && { endedOn: s.endedOn }),
})

/** Runs a history on the ledger and on the oracle; what the ledger refuses, the oracle leaves out. */
async function replay(world: World, name: string, steps: readonly Step[]) {
  const code = (n: number) => `${name}-${n}`
  must(
    await createUnits(
      world,
      clerk,
      [0, 1, 2, 3, 4, 5, 6].map(n => ({
        code: code(n),
        kind: 'township',
        name: `单位${n}`,
        parent: n === 0 ? undefined : code([0, 0, 0, 1, 1, 2, 2][n]!),
      })),
    ),
  )
  let ledger: World = { ...world, registry: registryBefore }
  let old = true
  const records: Known[] = []
  const tree = plant()
  const at = (n: number) => (records.length === 0 ? undefined : records[n % records.length])
  for (const one of steps) {
    switch (one.do) {
      case 'create': {
        const done = await create(ledger, clerk, 'world.visit', {
          org: code(one.said.org),
          fields: fieldsOf(one.said, old),
          draft: one.draft,
        })
        if (done.ok)
          records.push({ ...one.said, id: done.value.id, status: one.draft ? 'draft' : 'entered', state: 'open' })
        break
      }
      case 'change': {
        const record = at(one.pick)
        if (!record) break
        const emptied = {
          ...(one.said.hours === undefined && { hours: null }),
          ...(one.said.endedOn === undefined && { endedOn: null }),
        }
        const done = await change(ledger, clerk, record.id, {
          org: code(one.said.org),
          fields: { ...fieldsOf(one.said, old), ...emptied },
        })
        if (done.ok)
          Object.assign(record, { hours: undefined, endedOn: undefined }, one.said, {
            status: record.status === 'confirmed' ? 'entered' : record.status,
          })
        break
      }
      case 'done': {
        const record = at(one.pick)
        if (record && (await change(ledger, clerk, record.id, { state: 'done' })).ok) {
          record.state = 'done'
          if (record.status === 'confirmed') record.status = 'entered'
        }
        break
      }
      case 'void':
      case 'confirm':
      case 'return':
      case 'submit': {
        const record = at(one.pick)
        if (!record) break
        const act = { void: voidRecord, confirm, return: sendBack, submit }[one.do]
        const to = { void: 'void', confirm: 'confirmed', return: 'returned', submit: 'entered' } as const
        const done = await (one.do === 'void' || one.do === 'return'
          ? (act as typeof voidRecord)(ledger, clerk, record.id, '测试')
          : (act as typeof confirm)(ledger, clerk, record.id))
        if (done.ok) record.status = to[one.do]
        break
      }
      case 'move':
        if ((await moveUnit(ledger, clerk, code(one.org), code(one.to), one.asOf)).ok)
          tree[one.org]!.push({ since: one.asOf, parent: one.to })
        break
      case 'merge':
        if ((await mergeUnit(ledger, clerk, code(one.org), code(one.to), one.asOf)).ok) {
          const children = tree.flatMap((_, n) => (parentOn(tree, n, END) === one.org ? [n] : []))
          for (const moved of [...children, one.org]) tree[moved]!.push({ since: one.asOf, parent: one.to })
        }
        break
      case 'fold':
        await fold(ledger.store)
        break
      case 'declare':
        ledger = { ...world, registry }
        old = false
        await rebuild(ledger, { root: world.orgs.byCode(code(0))!.root })
    }
  }
  return { ledger, old, records, tree, code }
}

const HISTORIES = 2000
const PER_DATABASE = 200

test(`figures equal a recount after any of ${HISTORIES} histories, and rebuild agrees with the tallies`, {
  timeout: 600_000,
}, async () => {
  for (let done = 0; done < HISTORIES; done += PER_DATABASE) {
    const world = await testWorld({ registry: registryBefore })
    let n = 0
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }),
          fc.array(question, { minLength: 6, maxLength: 10 }),
          async (steps, questions) => {
            const { ledger, records, tree, code } = await replay(world, `H${done}-${n++}`, steps)
            for (const asked of questions) {
              const topic = ledger.registry === registry ? 'topic' : 'subject'
              const value = ledger.registry === registry || asked.topic !== 'fish' ? asked.topic : 'seafood'
              const found = await figure(ledger, clerk, {
                indicator: `world.${asked.indicator}`,
                org: code(asked.org),
                period: `${asked.from}..${addDays(asked.from, asked.length - 1)}`,
                where: value ? { [topic]: value } : {},
                scope: asked.scope,
                tree: asked.tree,
              })
              const expected = recount(records, tree, asked)
              expect({ asked, value: rounded(must(found).value) }).toEqual({ asked, value: rounded(expected) })
            }
          },
        ),
        { numRuns: PER_DATABASE, seed: 7300 + done, endOnFailure: false },
      )
      await rebuildChanged({ ...world, registry })
      const again = await rebuild({ ...world, registry })
      expect(again.differing).toEqual([])
    } finally {
      await world.store.close()
    }
  }
})

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1e9) / 1e9)
