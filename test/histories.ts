import fc from 'fast-check'
import { fold } from '../src/kernel/figures/fold.ts'
import { rebuild } from '../src/kernel/figures/rebuild.ts'
import { createUnits, mergeUnit, moveUnit } from '../src/kernel/org/change.ts'
import { changeMany } from '../src/kernel/records/bulk.ts'
import { mergeRecords } from '../src/kernel/records/merge.ts'
import { change, confirm, create, sendBack, submit, voidRecord } from '../src/kernel/records/records.ts'
import { undo } from '../src/kernel/records/undo.ts'
import { must } from '../src/kernel/result.ts'
import { clerk, registry, registryBefore, type World } from './world.ts'

/**
 * Random histories of a small world, replayed on the ledger and beside it on an oracle that knows nothing of tallies,
 * spans or deltas: it keeps the records as a list and, for every question, looks at each.
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

type Status = 'draft' | 'entered' | 'returned' | 'confirmed' | 'void'

type Version = Said & { readonly status: Status; readonly state: 'open' | 'done' }

/** A record with all it has ever said, newest last. */
export interface Known {
  readonly id: string
  readonly versions: Version[]
}

const days = fc.integer({ min: 0, max: 540 }).map(n => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const orgs = fc.integer({ min: 0, max: 6 })
/** Units that records mostly belong to and that change their place. */
const leaves = fc.constantFrom(3, 4, 5, 6, 2)
const people = fc.integer({ min: 0, max: 500 })
const said: fc.Arbitrary<Said> = fc.record(
  {
    org: fc.oneof({ weight: 3, arbitrary: leaves }, { weight: 1, arbitrary: orgs }),
    on: days,
    topic: fc.constantFrom('rice', 'pigs', 'fish'),
    people,
    hours: fc.integer({ min: 0, max: 99 }).map(n => n / 10),
    place: fc.constantFrom('东村', '西村', '南村', '北村'),
    endedOn: days,
    payments: fc.array(fc.record({ paidOn: days, amount: fc.integer({ min: 0, max: 1_000_000 }) }), { maxLength: 2 }),
  },
  { requiredKeys: ['org', 'on', 'topic', 'people', 'place', 'payments'] },
)
const pick = fc.nat()
const oneOf = <const T extends string>(...names: T[]) => fc.constantFrom(...names)

const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: oneOf('create'), said, draft: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: oneOf('change'), pick, said }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('done'), pick }) },
  { weight: 4, arbitrary: fc.record({ do: oneOf('void', 'confirm', 'return', 'submit'), pick }) },
  { weight: 3, arbitrary: fc.record({ do: oneOf('undo'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('join'), pick, other: pick, take: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: oneOf('bulk'), picks: fc.array(pick, { minLength: 1, maxLength: 3 }), people }),
  },
  { weight: 8, arbitrary: fc.record({ do: oneOf('move'), org: leaves, to: fc.constantFrom(0, 1, 2, 3), asOf: days }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('merge'), org: leaves, to: orgs, asOf: days }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('fold') }) },
  { weight: 1, arbitrary: fc.record({ do: oneOf('declare') }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

export const histories = ({ steps }: { steps: number }): fc.Arbitrary<Step[]> =>
  fc.array(step, { minLength: Math.ceil(steps / 3), maxLength: steps, size: 'max' })

const question = fc.record({
  indicator: oneOf('visits', 'people', 'hours', 'places', 'standing', 'paid'),
  org: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 2) }, { weight: 1, arbitrary: orgs }),
  from: days,
  length: fc.integer({ min: 1, max: 600 }),
  topic: fc.option(oneOf('rice', 'pigs', 'fish'), { nil: undefined }),
  scope: oneOf('tree', 'tree', 'self'),
  tree: oneOf('then', 'now'),
})
export type Asked = typeof question extends fc.Arbitrary<infer T> ? T : never

export const questions = fc.array(question, { minLength: 6, maxLength: 10 })

/** The oracle's tree: for each unit the parents it has had, newest last. 0 is the root; 1–2 stand under it, the rest under those. */
export type Tree = { since: string; parent: number }[][]

const PARENTS = [undefined, 0, 0, 1, 1, 2, 2] as const
const plant = (): Tree => PARENTS.map(parent => (parent === undefined ? [] : [{ since: '', parent }]))

const parentOn = (tree: Tree, org: number, on: string) => tree[org]!.filter(span => span.since <= on).at(-1)?.parent

function isUnder(tree: Tree, org: number, above: number, on: string): boolean {
  for (let at: number | undefined = org; at !== undefined; at = parentOn(tree, at, on)) if (at === above) return true
  return false
}

const END = '9999-12-30'
export const addDays = (day: string, n: number) => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10)

/** The plain meaning of a figure. */
export function recount(records: readonly Known[], tree: Tree, asked: Asked): number | null {
  const until = addDays(asked.from, asked.length)
  const within = (day: string) => asked.from <= day && day < until
  const here = (record: Said, on: string) =>
    asked.scope === 'self'
      ? record.org === asked.org
      : isUnder(tree, record.org, asked.org, asked.tree === 'now' ? END : on)
  const counting = records
    .map(record => record.versions.at(-1)!)
    .filter(({ status }) => status === 'entered' || status === 'confirmed')
    .filter(({ topic }) => asked.topic === undefined || topic === asked.topic)
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
    case 'paid':
      return sum(
        counting.flatMap(r => r.payments.filter(p => within(p.paidOn) && here(r, p.paidOn)).map(p => p.amount)),
      )
  }
}

export interface Replayed {
  readonly ledger: World
  readonly records: readonly Known[]
  readonly tree: Tree
  /** Whether the type is still declared as it was at first. */
  readonly old: boolean
  readonly code: (unit: number) => string
}

/** Runs a history on a tree of its own; what the ledger refuses, the oracle leaves out. */
export async function replay(world: World, name: string, steps: readonly Step[]): Promise<Replayed> {
  const code = (unit: number) => `${name}-${unit}`
  const units = PARENTS.map((parent, n) => ({
    code: code(n),
    kind: 'township',
    name: `单位${n}`,
    ...(parent === undefined ? {} : { parent: code(parent) }),
  }))
  must(await createUnits(world, clerk, units))
  let at: Replayed = { ledger: { ...world, registry: registryBefore }, records: [], tree: plant(), old: true, code }
  for (const one of steps) at = (await take(at, one)) ?? at
  return at
}

async function take(at: Replayed, one: Step): Promise<Replayed | undefined> {
  const { ledger, records, tree, code } = at
  const chosen = (n: number): Known | undefined => records[n % Math.max(records.length, 1)]
  switch (one.do) {
    case 'create': {
      const entered = { org: code(one.said.org), fields: fieldsOf(one.said, at.old), draft: one.draft }
      const done = await create(ledger, clerk, 'world.visit', entered)
      if (!done.ok) return
      const version: Version = { ...one.said, status: one.draft ? 'draft' : 'entered', state: 'open' }
      return { ...at, records: [...records, { id: done.value.id, versions: [version] }] }
    }
    case 'fold':
      await fold(ledger.store)
      return
    case 'declare': {
      const declared = { ...ledger, registry }
      await rebuild(declared, { root: ledger.orgs.byCode(code(0))!.root })
      return { ...at, ledger: declared, old: false }
    }
    case 'move':
      if ((await moveUnit(ledger, clerk, code(one.org), code(one.to), one.asOf)).ok)
        tree[one.org]!.push({ since: one.asOf, parent: one.to })
      return
    case 'merge':
      if ((await mergeUnit(ledger, clerk, code(one.org), code(one.to), one.asOf)).ok) {
        const children = tree.flatMap((_, n) => (parentOn(tree, n, END) === one.org ? [n] : []))
        for (const moved of [...children, one.org]) tree[moved]!.push({ since: one.asOf, parent: one.to })
      }
      return
    case 'join':
      return join(at, chosen(one.pick), chosen(one.other), one.take)
    case 'bulk': {
      const picked = [...new Set(one.picks.flatMap(n => chosen(n) ?? []))]
      const patch = { fields: { [at.old ? 'crowd' : 'people']: one.people } }
      const ids = picked.map(record => record.id)
      if ((await changeMany(ledger, clerk, ids, patch)).ok)
        for (const record of picked) says(record, { people: one.people, ...anew(record) })
      return
    }
    default: {
      const record = chosen(one.pick)
      if (record) await alter(at, record, one)
      return
    }
  }
}

const says = ({ versions }: Known, more: Partial<Version>) => versions.push({ ...versions.at(-1)!, ...more })

/** A change of a confirmed record takes its confirmation away. */
const anew = ({ versions }: Known): Partial<Version> =>
  versions.at(-1)!.status === 'confirmed' ? { status: 'entered' } : {}

type Altering = Extract<Step, { do: 'change' | 'done' | 'void' | 'confirm' | 'return' | 'submit' | 'undo' }>

async function alter({ ledger, code, old }: Replayed, record: Known, one: Altering) {
  const { id, versions } = record
  switch (one.do) {
    case 'change': {
      const nothing = { hours: undefined, endedOn: undefined }
      const fields = { hours: null, endedOn: null, ...fieldsOf(one.said, old) }
      if ((await change(ledger, clerk, id, { org: code(one.said.org), fields })).ok)
        says(record, { ...nothing, ...one.said, ...anew(record) })
      return
    }
    case 'done':
      if ((await change(ledger, clerk, id, { state: 'done' })).ok) says(record, { state: 'done', ...anew(record) })
      return
    case 'undo': {
      const before = versions.at(-2) ?? { ...versions[0]!, status: 'void' as const }
      if ((await undo(ledger, clerk, id)).ok) versions.push(before)
      return
    }
    case 'void':
      if ((await voidRecord(ledger, clerk, id, '测试')).ok) says(record, { status: 'void' })
      return
    case 'return':
      if ((await sendBack(ledger, clerk, id, '测试')).ok) says(record, { status: 'returned' })
      return
    case 'confirm':
      if ((await confirm(ledger, clerk, id)).ok) says(record, { status: 'confirmed' })
      return
    case 'submit':
      if ((await submit(ledger, clerk, id)).ok) says(record, { status: 'entered' })
  }
}

async function join({ ledger, old }: Replayed, keep: Known | undefined, other: Known | undefined, takes: boolean) {
  if (!keep || !other) return undefined
  const options = takes ? { take: { [old ? 'crowd' : 'people']: other.id } } : {}
  if (!(await mergeRecords(ledger, clerk, keep.id, [other.id], options)).ok) return undefined
  says(keep, takes ? { people: other.versions.at(-1)!.people, ...anew(keep) } : {})
  says(other, { status: 'void' })
  return undefined
}

const fieldsOf = (said: Said, old: boolean) => ({
  on: said.on,
  [old ? 'subject' : 'topic']: old && said.topic === 'fish' ? 'seafood' : said.topic,
  [old ? 'crowd' : 'people']: said.people,
  place: said.place,
  payments: said.payments,
  ...(said.hours !== undefined && { hours: said.hours }),
  ...(said.endedOn !== undefined && { endedOn: said.endedOn }),
})
