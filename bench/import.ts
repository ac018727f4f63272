import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { OpenLedger } from '../src/app.ts'
import { importFile } from '../src/kernel/exchange/import.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { must } from '../src/kernel/result.ts'
import { quantile, say, timed, withLedger } from './ledger.ts'

// Import of jsonl against a bare multi-row INSERT of the same rows into a copy of the record table with all its indexes,
// in turns within one run: `npx tsx bench/import.ts [rows]`. What the import does beyond that: reading and checking the
// file, two hashes a row, words and initials for search, journal and queue, tallies, and finding what is there already.

const ROWS = Number(process.argv[2] ?? 100_000)
const ROUNDS = 3
const PER_STATEMENT = 1000
const boss = operator('bench')

const TOPICS = ['disease', 'pest', 'fertiliser', 'feeding', 'market', 'policy']
const QUESTIONS = [
  '早稻叶片发黄，应当怎样防治？',
  '番茄什么时候追肥合适，一亩用多少？',
  '母猪产后不吃食，是什么原因？',
  '果树冬季如何修剪？',
  '今年补贴怎样申请，要带什么材料？',
]

/** The n-th call, unlike every other. */
const call = (n: number) => ({
  receivedOn: `2024-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
  topic: TOPICS[n % TOPICS.length],
  question: `${QUESTIONS[n % QUESTIONS.length]}（第${n}号来电）`,
  served: 1 + (n % 3),
  org: `U${n % 20}`,
})

async function writeCalls(path: string, from: number): Promise<void> {
  const text = function* () {
    for (let n = from; n < from + ROWS; n++) yield `${JSON.stringify(call(n))}\n`
  }
  await pipeline(Readable.from(text()), createWriteStream(path))
}

const TYPES: Readonly<Record<string, string>> = {
  root: 'int',
  id: 'uuid',
  type: 'text',
  type_version: 'int',
  org: 'int',
  day: 'date',
  status: 'text',
  state: 'text',
  version: 'int',
  fields: 'jsonb',
  unique_key: 'text',
  likeness: 'text',
  origin: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  updated_by: 'uuid',
  terms: 'text',
}
const NAMES = Object.keys(TYPES)
const LISTS = `E'\\x1f'`

/** The rows that an import wrote after a record, as the parameters of statements that write them once more. */
async function statementsOf(ledger: OpenLedger, after: string): Promise<unknown[][]> {
  const { rows } = await ledger.store.owner.query<Record<string, unknown>>(
    `SELECT ${NAMES.map(name => (name === 'terms' ? `array_to_string(terms, ${LISTS}) AS terms` : `${name}::text`)).join(', ')}
     FROM record WHERE id > $1 ORDER BY id`,
    [after],
  )
  const statements: unknown[][] = []
  for (let from = 0; from < rows.length; from += PER_STATEMENT) {
    const page = rows.slice(from, from + PER_STATEMENT)
    statements.push(NAMES.map(name => page.map(row => row[name])))
  }
  return statements
}

const BARE = `
  INSERT INTO bare (${NAMES.join(', ')})
  SELECT ${NAMES.map(name => (name === 'terms' ? `string_to_array(terms, ${LISTS})` : name)).join(', ')}
  FROM unnest(${NAMES.map((name, i) => `$${i + 1}::${TYPES[name]}[]`).join(', ')}) AS t(${NAMES.join(', ')})`

async function insertBare(ledger: OpenLedger, statements: readonly unknown[][]): Promise<void> {
  const client = await ledger.store.owner.connect()
  try {
    await client.query('BEGIN')
    for (const values of statements) await client.query({ name: 'bare', text: BARE, values })
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

await withLedger(async (ledger, dataDir) => {
  const towns = Array.from({ length: 20 }, (_, i) => ({ code: `U${i}`, kind: 'township', name: `${i}镇`, parent: 'R' }))
  must(await createUnits(ledger, boss, [{ code: 'R', kind: 'county', name: '测县' }, ...towns]))
  await ledger.store.owner.query('CREATE TABLE bare (LIKE record INCLUDING ALL)')
  const path = join(dataDir, 'calls.jsonl')
  const ratios: number[] = []
  let last = '00000000-0000-0000-0000-000000000000'
  for (let round = 0; round < ROUNDS; round++) {
    await writeCalls(path, round * ROWS)
    const before = process.cpuUsage()
    const importing = await timed(async () => {
      const done = must(await importFile(ledger, boss, { type: 'hotline.call', path, org: 'R' }))
      if (done.created !== ROWS) throw new Error(JSON.stringify(done.errors[0]))
    })
    const cpu = process.cpuUsage(before)
    const statements = await statementsOf(ledger, last)
    const bare = await timed(() => insertBare(ledger, statements))
    ratios.push(bare / importing)
    const rate = (ms: number) => `${Math.round((ROWS * 1000) / ms)} rows/s`
    const own = ((cpu.user + cpu.system) / ROWS).toFixed(0)
    say(
      `import ${rate(importing)} (${own} µs of its own a row), bare INSERT ${rate(bare)}, ratio ${(bare / importing).toFixed(2)}`,
    )
    const { rows } = await ledger.store.owner.query<{ id: string }>('SELECT id FROM record ORDER BY id DESC LIMIT 1')
    last = rows[0]!.id
  }
  say(`ratio, median of ${ROUNDS}: ${quantile(ratios, 0.5).toFixed(2)} (at least 0.33 is promised)`)
})
