import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { inTransaction } from '../../store/transaction.ts'
import { createUnits } from '../org/change.ts'
import { createPerson } from '../people/people.ts'
import { createMany } from '../records/records.ts'
import { must } from '../result.ts'
import { checkpoints, latestCheckpoint } from './checkpoint.ts'
import { appendTo, type Entry } from './entry.ts'
import { listEntries } from './list.ts'
import { consistencyProof, inclusionProofs, proofOfConsistency, proofOfEntry } from './proofs.ts'
import { seal, sealDue } from './seal.ts'

let world: World
beforeAll(async () => {
  world = await testWorld()
  must(
    await createUnits(world, clerk, [
      { code: 'county', kind: 'county', name: '县' },
      { code: 'town', kind: 'township', name: '镇', parent: 'county' },
      { code: 'other', kind: 'township', name: '乡', parent: 'county' },
    ]),
  )
})
afterAll(() => world.store.close())

const entry = (n: number, at = '2025-06-30T04:00:00.000Z'): Entry => ({
  action: 'note',
  actor: null,
  after: null,
  at,
  before: null,
  from: 'test',
  root: '',
  subject: `test:${n}`,
})

const append = (ns: readonly number[], at?: string) =>
  inTransaction(world.store.pool, client =>
    appendTo(
      client,
      0,
      ns.map(n => entry(n, at)),
    ),
  )

const range = (length: number) => Array.from({ length }, (_, i) => i)

async function leaves(): Promise<{ seqs: number[]; hashes: Buffer[] }> {
  const { rows } = await world.store.pool.query<{ seqs: number[]; hashes: Buffer }>(
    'SELECT seqs, hashes FROM merkle_tile WHERE level = 0 ORDER BY idx',
  )
  const all = Buffer.concat(rows.map(row => row.hashes))
  return {
    seqs: rows.flatMap(row => row.seqs),
    hashes: range(all.length / 32).map(i => all.subarray(i * 32, i * 32 + 32)),
  }
}

const digest = async () => {
  const { seqs, hashes } = await leaves()
  return { size: seqs.length, leaves: sha256(...hashes, Buffer.from(seqs.join())).toString('hex') }
}

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

function naiveRoot(hashes: readonly Buffer[]): Buffer {
  if (hashes.length <= 1) return hashes[0] ?? sha256()
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return sha256(Buffer.of(1), naiveRoot(hashes.slice(0, k)), naiveRoot(hashes.slice(k)))
}

test('nothing queued: nothing is sealed and nothing is due', async () => {
  await seal(world)
  const before = await latestCheckpoint(world)
  expect(await seal(world)).toBeNull()
  expect(await sealDue(world)).toBe(false)
  expect(await latestCheckpoint(world)).toEqual(before)
})

test('a checkpoint is due after 1,000 entries or 60 seconds', async () => {
  const now = world.clock().toISOString()
  await append([1], now)
  expect(await sealDue(world)).toBe(false)
  await append(range(999), now)
  expect(await sealDue(world)).toBe(true)
  await seal(world)
  await append([2], new Date(world.clock().getTime() - 60_000).toISOString())
  expect(await sealDue(world)).toBe(true)
  await seal(world)
  expect(await sealDue(world)).toBe(false)
})

test('writers and sealers side by side: every entry is sealed once, checkpoints are at most 1,000 apart and chained', async () => {
  let writing = true
  const sealer = async () => {
    while (writing) await seal(world)
  }
  const writer = async (n: number) => {
    for (const i of range(40)) await append(range(i % 10 === n ? 300 : 1 + ((i * n) % 7)))
  }
  const sealers = [sealer(), sealer()]
  await Promise.all(range(8).map(writer))
  await append(range(70_000)) // one row of the queue, longer than a tile of level 1 holds
  writing = false
  await Promise.all(sealers)
  await seal(world)

  const { seqs, hashes } = await leaves()
  const journal = await world.store.pool.query<{ seq: number; hash: Buffer }>(
    `SELECT seq, sha256('\\x00'::bytea || convert_to(entry, 'UTF8')) AS hash FROM journal ORDER BY seq`,
  )
  expect([...seqs].sort((a, b) => a - b)).toEqual(journal.rows.map(row => row.seq))
  const hashOf = new Map(journal.rows.map(row => [row.seq, row.hash]))
  expect(seqs.every((seq, i) => hashOf.get(seq)!.equals(hashes[i]!))).toBe(true)

  const all = await everyCheckpoint()
  for (const [i, checkpoint] of all.entries()) {
    const { signature, ...body } = checkpoint
    const before = all[i - 1]
    expect(checkpoint).toMatchObject({ number: i + 1, previous: before?.root ?? null, key: world.keys.keyId })
    expect(checkpoint.size - (before?.size ?? 0)).toBeLessThanOrEqual(1000)
    expect(checkpoint.size).toBeGreaterThan(before?.size ?? 0)
    const text = JSON.stringify(Object.fromEntries(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))))
    expect(world.keys.isSigned(text, Buffer.from(signature, 'base64'), body.key)).toBe(true)
  }
  for (const { size, root } of [all[0]!, all[Math.floor(all.length / 2)]!, all.at(-1)!])
    expect(root).toBe(naiveRoot(hashes.slice(0, size)).toString('hex'))
})

async function everyCheckpoint() {
  const all = []
  for (;;) {
    const page = await checkpoints(world, { after: all.length, limit: 50 })
    if (page.length === 0) return all
    all.push(...page)
  }
}

test('a sealer that dies half-way leaves the queue and the tree as they were', async () => {
  await append(range(10))
  const before = await digest()
  const dying = {
    ...world,
    clock: () => {
      throw new Error('gone')
    },
  }
  await expect(seal(dying)).rejects.toThrow('gone')
  expect(await digest()).toEqual(before)
  expect(await seal(world)).toMatchObject({ size: before.size + 10 })
})

test('nothing is signed on top of a damaged tree', async () => {
  await append([1])
  const edge = `UPDATE merkle_tile SET hashes = set_byte(hashes, 7, get_byte(hashes, 7) # 1) WHERE (level, idx) = (SELECT 0, max(idx) FROM merkle_tile WHERE level = 0)`
  await world.store.owner.query(edge)
  await expect(seal(world)).rejects.toMatchObject({ problem: { code: 'journal/damaged' } })
  await world.store.owner.query(edge)
  expect(await seal(world)).not.toBeNull()
})

test('the application may neither change nor remove what the journal and the checkpoints say', async () => {
  await append([1])
  await seal(world)
  for (const statement of [
    `UPDATE journal SET entry = '{}'`,
    'DELETE FROM journal',
    'TRUNCATE journal',
    `UPDATE checkpoint SET body = '{}'`,
    'DELETE FROM checkpoint',
  ]) {
    await expect(world.store.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
    await expect(world.store.owner.query(statement)).rejects.toThrow(/append-only/)
  }
})

test('an entry that is not sealed has no proof yet', async () => {
  const [seq] = await append([1])
  expect(await inclusionProofs(world.store, [seq!, 1])).toMatchObject([null, { seq: 1 }])
  expect(await proofOfEntry(world, clerk, seq!)).toMatchObject({ ok: false, problems: [{ code: 'journal/unsealed' }] })
  expect(await proofOfEntry(world, clerk, 99_999_999)).toMatchObject({ problems: [{ code: 'journal/unknown' }] })
  await seal(world)
})

test('many proofs take few queries', async () => {
  let queries = 0
  const pool = new Proxy(world.store.pool, {
    get: (target, name) => {
      if (name === 'query') queries++
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const { seqs } = await leaves()
  const asked = range(500).map(i => seqs[(i * 7919) % seqs.length]!)
  const proofs = await inclusionProofs({ ...world.store, pool }, asked)
  expect(proofs.map(proof => proof?.seq)).toEqual(asked)
  expect(queries).toBe(2)
})

describe('the independent script', () => {
  const script = fileURLToPath(new URL('../../../docs/verify-proof.mjs', import.meta.url))
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yilu-proof-'))
    await writeFile(join(folder, 'key.pem'), world.keys.publicKey)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function check(proof: unknown): Promise<{ status: number; said: string }> {
    const file = join(folder, 'proof.json')
    await writeFile(file, JSON.stringify(proof))
    return new Promise(resolve =>
      execFile(process.execPath, [script, file, join(folder, 'key.pem')], (error, out, err) =>
        resolve({ status: error ? Number(error.code) : 0, said: out + err }),
      ),
    )
  }

  const proofs = async (count: number) => {
    const { seqs } = await leaves()
    const asked = range(count).map(i => seqs[Math.floor((i * (seqs.length - 1)) / Math.max(1, count - 1))]!)
    return Promise.all(asked.map(async seq => must(await proofOfEntry(world, clerk, seq))))
  }

  test('accepts proofs of entries anywhere in the journal', async () => {
    const { status, said } = await check(await proofs(20))
    expect(said).toMatch(/^(OK: entry \d+ .* is in checkpoint \d+ .*\n){20}$/)
    expect(status).toBe(0)
  })

  test('accepts that later checkpoints begin with earlier ones', async () => {
    const all = await everyCheckpoint()
    const pairs = range(12).map(i => [1 + i, 1 + i + ((i * 37) % (all.length - i))] as const)
    const given = await Promise.all(pairs.map(async ([from, to]) => must(await proofOfConsistency(world, from, to))))
    const { status, said } = await check({ proofs: given })
    expect(said).toMatch(/^(OK: checkpoint .* begins with checkpoint .*\n){12}$/)
    expect(status).toBe(0)
    expect(await proofOfConsistency(world, 2, 1)).toMatchObject({ ok: false })
    expect(await consistencyProof(world.store, 0, 7)).toEqual([])
  })

  test('refuses whatever was tampered with', async () => {
    const [proof] = await proofs(1)
    const good = proof!
    const flip = (hex: string) => hex.replace(/^./, first => (first === '0' ? '1' : '0'))
    const other = must(await proofOfConsistency(world, 1, 3))
    const tampered = {
      entry: { ...good, entry: good.entry.replace(/"action":"./, '"action":"X') },
      spacing: { ...good, entry: good.entry.replace(':', ': ') },
      index: { ...good, index: good.index + 1 },
      path: { ...good, path: good.path.map((hash, i) => (i === 1 ? flip(hash) : hash)) },
      short: { ...good, path: good.path.slice(1) },
      long: { ...good, path: [...good.path, good.path[0]] },
      body: { ...good, checkpoint: { ...good.checkpoint, body: good.checkpoint.body.replace(/"at":"2/, '"at":"1') } },
      signature: { ...good, checkpoint: { ...good.checkpoint, signature: other.from.signature } },
      older: { ...good, checkpoint: other.from },
      consistency: { ...other, path: other.path.map(flip) },
      nothing: [],
    }
    for (const [name, proof] of Object.entries(tampered)) {
      const { status, said } = await check(proof)
      expect({ name, status, said: said.slice(0, 10) }).toEqual({ name, status: 1, said: 'NOT PROVEN' })
    }
  })
})

describe('the list of entries', () => {
  test('pages newest first, and filters', async () => {
    const first = must(await listEntries(world, clerk, { action: 'org-create', limit: 2 }))
    expect(first.entries.map(one => one.subject)).toEqual(['org:other', 'org:town'])
    const rest = must(await listEntries(world, clerk, { action: 'org-create', limit: 2, after: first.next! }))
    expect(rest.entries.map(one => one.subject)).toEqual(['org:county'])
    expect(rest.next).toBeUndefined()
    const named = must(await listEntries(world, clerk, { text: '乡', org: 'county' }))
    expect(named.entries.map(one => one.subject)).toEqual(['org:other'])
    expect(must(await listEntries(world, clerk, { text: '%' })).entries).toEqual([])
    expect(await listEntries(world, clerk, { from: 'yesterday' })).toMatchObject({ ok: false })
  })

  test('shows an auditor the entries of the own subtree and of its people, and a clerk none', async () => {
    const person = (login: string, org: string, role: 'auditor' | 'clerk') =>
      createPerson(world, clerk, { login, name: login, grants: [{ org, role }] })
    const auditor = must(await person('auditor', 'town', 'auditor'))
    const clerkThere = must(await person('clerk', 'other', 'clerk'))
    must(
      await createMany(
        world,
        clerk,
        'world.visit',
        ['town', 'other'].map(org => ({ org, fields: { on: '2024-05-01', place: org, topic: 'rice', people: 3 } })),
      ),
    )
    await seal(world)
    const actorOf = (id: string, code: string, role: 'auditor' | 'clerk') => {
      const { id: org, path } = world.orgs.byCode(code)!
      return { person: id, name: '', from: 'test', grants: [{ org, path, role }] }
    }
    const seen = must(await listEntries(world, actorOf(auditor.id, 'town', 'auditor'), { limit: 500 })).entries
    expect(new Set(seen.map(one => one.org ?? one.subject))).toEqual(new Set(['town']))
    expect(seen.map(one => one.action).sort()).toEqual(['create', 'org-create', 'person-create'])
    expect(await listEntries(world, actorOf(clerkThere.id, 'other', 'clerk'))).toMatchObject({ ok: false })
    const own = seen.find(one => one.action === 'create')!
    const reader = actorOf(clerkThere.id, 'other', 'clerk')
    expect(await proofOfEntry(world, reader, own.seq)).toMatchObject({ ok: false })
    expect(await proofOfEntry(world, actorOf(clerkThere.id, 'town', 'clerk'), own.seq)).toMatchObject({ ok: true })
  })
})
