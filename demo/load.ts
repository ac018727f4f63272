import type pg from 'pg'
import { setTargets } from '../src/kernel/assessment/targets.ts'
import { fold } from '../src/kernel/figures/fold.ts'
import type { Ledger } from '../src/kernel/ledger.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { type Actor, operator } from '../src/kernel/people/actor.ts'
import { createPerson, listPeople } from '../src/kernel/people/people.ts'
import { today } from '../src/kernel/period/period.ts'
import { createMany } from '../src/kernel/records/records.ts'
import { fail, must, ok, type Result } from '../src/kernel/result.ts'
import type { Words } from '../src/kernel/words.ts'
import { afterwards } from './afterwards.ts'
import { type OriginalRecord, recordsUntil } from './generate/all.ts'
import { loadMail } from './mail.ts'
import { units } from './orgs.ts'
import { DEMO_PASSWORD, type DemoPerson, people } from './people.ts'
import { targets } from './targets.ts'

export interface LoadOptions {
  readonly onProgress?: (done: number, total: number, label: Words) => void
  readonly signal?: AbortSignal
}

const LABELS = {
  people: { zh: '建立单位和人员', en: 'Creating org units and people' },
  records: { zh: '录入记录', en: 'Entering records' },
  figures: { zh: '汇总数字', en: 'Adding up figures' },
} as const

/** Records of one save: large enough to be quick, small enough for a lively progress bar. */
const BATCH = 1000

/** Saves under way at once: the next is checked here while the database writes the one before. */
const SAVES = 2

/** One loader at a time in a database. */
const LOAD_LOCK = 7300_02

/**
 * Loads the two demonstration bureaus: units, people who sign in with DEMO_PASSWORD, targets, and records, each entered
 * by someone of its bureau under all rules. A loading that was cut off is finished by the next one.
 * @returns how much the ledger now holds of it; `demo/loaded`, `demo/codes-taken`, `demo/busy`, `demo/cancelled`
 */
export async function loadDemo(
  ledger: Ledger,
  options: LoadOptions = {},
): Promise<Result<{ records: number; orgs: number }>> {
  const client = await ledger.store.pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [LOAD_LOCK])
    if (!rows[0]?.mine)
      return fail('demo/busy', { zh: '另一个程序正在装入演示数据', en: 'Another program is loading the demonstration' })
    try {
      return await load(ledger, client, options)
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOAD_LOCK])
    }
  } finally {
    client.release()
  }
}

async function load(ledger: Ledger, client: pg.PoolClient, { onProgress, signal }: LoadOptions) {
  const begun = await begin(ledger, client)
  if (!begun.ok) return begun
  const records = recordsUntil(today(ledger.clock), type => ledger.registry.types.get(type)!.day)
  const total = people.length + records.length
  onProgress?.(0, total, LABELS.people)
  if (!ledger.orgs.byCode(units[0]!.code)) {
    must(await createUnits(ledger, operator('demo'), units))
    // Without statistics of the new units the first folds are planned badly.
    await ledger.store.owner.query('ANALYZE org_unit, org_span')
  }
  const enteredBy = await staff(ledger)
  await plan(ledger, client)

  const ids = await known(client)
  let done = people.length + ids.size
  onProgress?.(done, total, LABELS.records)
  const missing = records.filter(record => !ids.has(record.origin))
  const folding = folder(ledger)
  const saved = (count: number) => {
    done += count
    onProgress?.(done, total, LABELS.records)
    folding.more()
  }
  const named = new Map(records.flatMap(({ ref, origin }) => (ref ? [[ref, origin] as const] : [])))
  const idOf = (ref: string) => ids.get(named.get(ref)!)!
  for (const wave of wavesOf(records, missing)) {
    const complete = await saveAll(ledger, batchesOf(wave, enteredBy), idOf, ids, saved, signal)
    if (!complete) {
      await folding.rest()
      return cancelled
    }
  }
  await afterwards(ledger, records, ids, enteredBy)
  onProgress?.(total, total, LABELS.figures)
  await loadMail(ledger)
  await folding.rest()
  await client.query(`UPDATE definition SET digest = 'loaded' WHERE kind = 'demo'`)
  return ok({ records: records.length, orgs: units.length })
}

const cancelled = fail('demo/cancelled', {
  zh: '演示数据没有装完；再装一次会接着装',
  en: 'The demonstration is not complete; load it again to go on',
})

/** Marks the beginning; the mark tells a loading that was cut off from one that is complete. */
async function begin(ledger: Ledger, client: pg.PoolClient): Promise<Result<true>> {
  const { rows } = await client.query<{ digest: string }>(`SELECT digest FROM definition WHERE kind = 'demo'`)
  if (rows[0]?.digest === 'loaded')
    return fail('demo/loaded', { zh: '演示数据已经装入', en: 'The demonstration is loaded already' })
  if (rows[0]) return ok(true)
  const taken = units.find(unit => ledger.orgs.byCode(unit.code))
  if (taken)
    return fail('demo/codes-taken', {
      org: taken.code,
      zh: `单位代码“${taken.code}”已被使用，不能装入演示数据`,
      en: `The org unit code ${taken.code} is taken; the demonstration cannot be loaded here`,
    })
  await client.query(`INSERT INTO definition (kind, id, digest) VALUES ('demo', 'demo', 'loading')`)
  return ok(true)
}

/** Adds up in the database what is saved, beside the saving that keeps this process busy. */
function folder({ store }: Ledger) {
  let running: Promise<boolean> | undefined
  return {
    more() {
      running ??= fold(store).finally(() => {
        running = undefined
      })
    },
    async rest() {
      await running
      await fold(store)
    },
  }
}

/** Who enters a record. */
export type Entering = (record: Pick<OriginalRecord, 'type' | 'org' | 'state' | 'enteredAt'>) => Actor

/** Creates the people that are not there yet; gives who enters a record. */
async function staff(ledger: Ledger): Promise<Entering> {
  const present = new Map(must(await listPeople(ledger, operator('demo'))).map(one => [one.login, one.id]))
  await Promise.all(
    people.map(async ({ login, name, org, role }) => {
      if (present.has(login)) return
      const entered = { login, name, password: DEMO_PASSWORD, grants: [{ org, role }] }
      present.set(login, must(await createPerson(ledger, operator('demo'), entered)).id)
    }),
  )
  // The nearest one above: a township's own clerk, else the county's. What a manager decides, a manager enters.
  const nearest = [...people].sort((a, b) => b.org.length - a.org.length)
  const actors = new Map(nearest.map(person => [person, actorOf(ledger, person, present.get(person.login)!)]))
  return ({ type, org: own, enteredAt: org = own, state = '' }) => {
    const role = ledger.registry.types.get(type)!.stateRoles[state] ?? 'clerk'
    const person = nearest.find(one => one.role === role && (org === one.org || org.startsWith(`${one.org}-`)))
    return actors.get(person!)!
  }
}

function actorOf(ledger: Ledger, { name, org, role }: DemoPerson, person: string): Actor {
  const unit = must(ledger.orgs.find(org))
  return { person, name, grants: [{ org: unit.id, path: unit.path, role }], from: 'demo' }
}

async function plan(ledger: Ledger, client: pg.PoolClient) {
  for (const code of ['KJ', 'YZ']) {
    const { root } = must(ledger.orgs.find(code))
    const { rows } = await client.query('SELECT 1 FROM target WHERE root = $1 LIMIT 1', [root])
    const own = targets.filter(({ org }) => org === code || org.startsWith(`${code}-`))
    if (rows.length === 0) must(await setTargets(ledger, operator('demo'), own))
  }
}

/** Ids of what an earlier loading saved, by origin. */
async function known(client: pg.PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ origin: string; id: string }>(
    `SELECT origin, id FROM record WHERE origin LIKE 'demo %'`,
  )
  return new Map(rows.map(({ origin, id }) => [origin, id]))
}

interface Batch {
  readonly actor: Actor
  readonly type: string
  readonly records: readonly OriginalRecord[]
}

/** What others refer to comes before them. */
function wavesOf(all: readonly OriginalRecord[], missing: readonly OriginalRecord[]): OriginalRecord[][] {
  const named = new Map(all.flatMap(record => (record.ref ? [[record.ref, record] as const] : [])))
  const depths = new Map<OriginalRecord, number>()
  const depthOf = (record: OriginalRecord): number => {
    const known = depths.get(record)
    if (known !== undefined) return known
    const before = [...Object.values(record.refs ?? {}), ...(record.after ?? [])]
    const depth = Math.max(-1, ...before.map(ref => depthOf(named.get(ref)!))) + 1
    depths.set(record, depth)
    return depth
  }
  const waves: OriginalRecord[][] = []
  for (const record of missing) {
    const depth = depthOf(record)
    while (waves.length <= depth) waves.push([])
    waves[depth]!.push(record)
  }
  return waves
}

/** Fields with the ids of the records they refer to. */
function referring({ fields, refs = {} }: OriginalRecord, idOf: (ref: string) => string) {
  const whole = structuredClone(fields) as Record<string, unknown>
  for (const [path, ref] of Object.entries(refs)) {
    const [name = '', row, within] = path.split('.')
    if (within === undefined) whole[name] = idOf(ref)
    else (whole[name] as Record<string, unknown>[])[Number(row)]![within] = idOf(ref)
  }
  return whole
}

/** Records of one person and type, some at a time. */
function batchesOf(records: readonly OriginalRecord[], enteredBy: Entering): Batch[] {
  const groups = new Map<string, { actor: Actor; type: string; records: OriginalRecord[] }>()
  for (const record of records) {
    const actor = enteredBy(record)
    const key = `${actor.person} ${record.type}`
    const group = groups.get(key)
    if (group) group.records.push(record)
    else groups.set(key, { actor, type: record.type, records: [record] })
  }
  return [...groups.values()].flatMap(group =>
    Array.from({ length: Math.ceil(group.records.length / BATCH) }, (_, i) => ({
      ...group,
      records: group.records.slice(i * BATCH, (i + 1) * BATCH),
    })),
  )
}

/** @returns false when cancelled; whole batches are saved or not at all */
async function saveAll(
  ledger: Ledger,
  batches: readonly Batch[],
  idOf: (ref: string) => string,
  ids: Map<string, string>,
  saved: (count: number) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const queue = [...batches]
  const worker = async () => {
    for (let batch = queue.shift(); batch && !signal?.aborted; batch = queue.shift()) {
      const { actor, type, records } = batch
      const entered = records.map(record => ({
        org: record.org,
        state: record.state,
        origin: record.origin,
        fields: record.refs ? referring(record, idOf) : record.fields,
      }))
      const done = must(await createMany(ledger, actor, type, entered, { allowSimilar: true, through: true }))
      records.forEach(({ origin }, i) => {
        ids.set(origin, done[i]!.id)
      })
      saved(records.length)
    }
  }
  await Promise.all(Array.from({ length: SAVES }, worker))
  return !signal?.aborted
}
