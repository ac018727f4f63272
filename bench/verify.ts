// How fast `verify` is: npx tsx bench/verify.ts [entries]. The ratio holds within one run; see docs/journal.md.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { from as copyFrom } from 'pg-copy-streams'
import { uuidv7 } from 'uuidv7'
import { type OpenLedger, openLedger } from '../src/app.ts'
import { entryText, leafHash } from '../src/kernel/journal/entry.ts'
import { type Hashed, recordHash } from '../src/kernel/journal/record-hash.ts'
import { seal } from '../src/kernel/journal/seal.ts'
import { nodeHash } from '../src/kernel/journal/tree.ts'
import { type Verification, verify } from '../src/kernel/journal/verify.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { must } from '../src/kernel/result.ts'

const TYPE = 'training.session'
const CROPS = ['水稻', '玉米', '茶叶', '柑橘', '生猪', '水产']

/** The n-th record and its journal entry, such as a save would have written them. */
function made(n: number, orgCode: string, org: number) {
  const at = new Date(Date.parse('2024-01-01T00:00:00Z') + n * 1000).toISOString()
  const day = at.slice(0, 10)
  const id = uuidv7()
  const fields = {
    heldOn: day,
    title: `${CROPS[n % CROPS.length]}高产栽培技术培训第${n}期`,
    kind: 'practical',
    place: `${orgCode}村委会`,
    hours: (n % 16) / 2,
    people: 20 + (n % 80),
    materials: n % 300,
    topic: 'planting',
  }
  const content = {
    id,
    day,
    status: 'entered',
    state: '',
    version: 1,
    type: TYPE,
    typeVersion: 1,
    fields,
    mergedInto: null,
  }
  const entry = entryText({
    action: 'create',
    actor: null,
    after: recordHash(content, orgCode),
    at,
    before: null,
    from: 'import sessions.xlsx',
    org: orgCode,
    root: 'bench',
    subject: `record:${id}`,
    type: TYPE,
    version: 1,
  })
  return { content, entry, at, org }
}

type Made = ReturnType<typeof made>

/** Writes records, entries and the queue by COPY, as fast as the server takes them. */
export async function fillJournal(ledger: OpenLedger, count: number): Promise<void> {
  const operate = operator('bench')
  const towns = Array.from({ length: 50 }, (_, i) => `town-${i}`)
  must(
    await createUnits(ledger, operate, [
      { code: 'bench', kind: 'county', name: '测县' },
      ...towns.map(code => ({ code, kind: 'township', name: code, parent: 'bench' })),
    ]),
  )
  const { id: root } = ledger.orgs.byCode('bench')!
  const { rows } = await ledger.store.owner.query<{ seq: number }>('SELECT max(seq) AS seq FROM journal')
  const first = rows[0]!.seq + 1
  const page = 20_000
  for (let from = 0; from < count; from += page) {
    const list = Array.from({ length: Math.min(page, count - from) }, (_, i) => {
      const code = towns[(from + i) % towns.length]!
      return made(from + i, code, ledger.orgs.byCode(code)!.id)
    })
    await copy(
      ledger,
      'record (root, id, type, type_version, org, day, status, state, version, fields, created_at, updated_at)',
      list.map(({ content, at, org }) => [
        root,
        content.id,
        content.type,
        1,
        org,
        content.day,
        content.status,
        content.state,
        1,
        JSON.stringify(content.fields),
        at,
        at,
      ]),
    )
    await copy(
      ledger,
      'journal (root, seq, subject, entry)',
      list.map(({ content, entry }, i) => [root, first + from + i, `record:${content.id}`, entry]),
    )
    await copy(ledger, 'journal_queue (seqs, hashes)', [queueRow(list, first + from)])
  }
  await ledger.store.owner.query(`SELECT setval(pg_get_serial_sequence('journal', 'seq'), $1)`, [first + count])
  await ledger.store.owner.query('VACUUM ANALYZE record, journal')
}

const queueRow = (list: readonly Made[], first: number) => [
  `{${list.map((_, i) => first + i).join(',')}}`,
  `\\\\x${Buffer.concat(list.map(({ entry }) => leafHash(entry))).toString('hex')}`,
]

/** None of the values holds a tab, a line feed or a backslash that is not meant. */
async function copy(ledger: OpenLedger, into: string, rows: readonly (readonly unknown[])[]): Promise<void> {
  const client = await ledger.store.owner.connect()
  try {
    const sink = client.query(copyFrom(`COPY ${into} FROM STDIN`))
    await pipeline(Readable.from(rows.map(row => `${row.join('\t')}\n`)), sink)
  } finally {
    client.release()
  }
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

interface Written extends Hashed {
  readonly entry: string
  readonly code: string
}

const PAIRS = `
  SELECT j.entry, o.code, r.id, r.day, r.status, r.state, r.version, r.type, r.type_version AS "typeVersion", r.fields,
         r.merged_into AS "mergedInto"
  FROM record r JOIN org_unit o ON o.id = r.org JOIN journal j ON j.root = r.root AND j.subject = 'record:' || r.id
  WHERE r.root = $1 AND r.id > $2 ORDER BY r.id LIMIT 20000`

/** Hashing alone: the same entries and records, in memory already, by the same functions. Seconds. */
async function hashAlone({ store, orgs }: OpenLedger): Promise<{ entries: number; tree: number; records: number }> {
  const { root } = orgs.byCode('bench')!
  const spent = { entries: 0, tree: 0, records: 0 }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await store.pool.query<Written>(PAIRS, [root, after])
    if (rows.length === 0) return spent
    let leaves: Uint8Array[] = []
    spent.entries += await seconds(async () => {
      leaves = rows.map(row => leafHash(row.entry))
    })
    // A tree has as many inner nodes as leaves, but one.
    spent.tree += await seconds(async () => leaves.reduce((left, right) => nodeHash(left, right)))
    spent.records += await seconds(async () => rows.map(row => recordHash(row, row.code)))
    after = rows.at(-1)!.id
  }
}

export interface VerifyBench {
  readonly entries: number
  readonly sealing: number
  /** Leaf hashes of all entries, seconds. */
  readonly hashingEntries: number
  /** The inner nodes of their tree. */
  readonly hashingTree: number
  /** Canonical form and hash of the records that the entries vouch for. */
  readonly hashingRecords: number
  readonly verifying: number
  /** All hashing / verifying: how near verification comes to what it cannot do without. */
  readonly ratio: number
  readonly ratioToEntriesAlone: number
  /** Resident memory at its highest while verifying, bytes. */
  readonly memory: number
}

/** Fills a new ledger with so many entries and as many records, seals, and verifies it. */
export async function benchVerify(count: number, say: (line: string) => void = () => undefined): Promise<VerifyBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yilu-bench-'))
  const ledger = await openLedger({ dataDir })
  try {
    say(`filling ${count} entries: ${(await seconds(() => fillJournal(ledger, count))).toFixed(1)} s`)
    const sealing = await seconds(() => seal(ledger))
    const before = await hashAlone(ledger)
    let memory = 0
    const onProgress = () => {
      memory = Math.max(memory, process.memoryUsage.rss())
    }
    let found: Verification | undefined
    const verifying = await seconds(async () => {
      found = await verify(ledger, { onProgress })
    })
    if (!found?.ok) throw new Error(`the ledger does not verify: ${JSON.stringify(found?.problems.slice(0, 3))}`)
    // Before and after, because a machine is not equally busy all the time.
    const after = await hashAlone(ledger)
    const mean = (part: keyof typeof after) => (before[part] + after[part]) / 2
    const alone = { entries: mean('entries'), tree: mean('tree'), records: mean('records') }
    const hashing = alone.entries + alone.tree + alone.records
    return {
      entries: found.entries,
      sealing,
      hashingEntries: alone.entries,
      hashingTree: alone.tree,
      hashingRecords: alone.records,
      verifying,
      ratio: hashing / verifying,
      ratioToEntriesAlone: alone.entries / verifying,
      memory,
    }
  } finally {
    await ledger.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = Number(process.argv[2] ?? 1_000_000)
  console.log(JSON.stringify(await benchVerify(count, line => console.error(line)), null, 2))
}
