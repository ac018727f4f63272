import type pg from 'pg'
import { refusal } from '../../store/problem.ts'
import { inTransaction } from '../../store/transaction.ts'
import type { Ledger } from '../ledger.ts'
import { canonical } from './canonical.ts'
import type { Checkpoint, CheckpointBody } from './checkpoint.ts'
import { layersOf, locate, split, TILE } from './tiles.ts'
import { type NodeAt, rootOf } from './tree.ts'

/** One sealer at a time. Any constant will do; it is only ours in this database. */
const SEAL_LOCK = 7300_03

/** A checkpoint covers at most so many entries, and an entry waits for one at most so long. */
const MOST_ENTRIES = 1000
const LONGEST_WAIT_MS = 60_000

/** Queue rows and entries that one transaction takes at most, so that memory stays bounded after a large import. */
const BATCH_ROWS = 10_000
const BATCH_ENTRIES = 50_000

/** Whether it is time for a checkpoint: 1,000 entries wait, or the oldest has waited 60 s. */
export async function sealDue(ledger: Ledger): Promise<boolean> {
  const { rows } = await ledger.store.pool.query<{ waiting: number; since: string | null }>(`
    WITH waiting AS (SELECT id, seqs FROM journal_queue ORDER BY id LIMIT ${MOST_ENTRIES})
    SELECT (SELECT coalesce(sum(cardinality(seqs)), 0) FROM waiting)::int AS waiting,
           (SELECT entry::json ->> 'at' FROM journal WHERE seq = (SELECT seqs[1] FROM waiting ORDER BY id LIMIT 1)) AS since`)
  const { waiting, since } = rows[0]!
  if (waiting === 0) return false
  if (waiting >= MOST_ENTRIES || since === null) return true
  return ledger.clock().getTime() - Date.parse(since) >= LONGEST_WAIT_MS
}

/**
 * Seals what is queued now: grows the Merkle tree and signs a checkpoint for every 1,000 entries and for the rest.
 * Leaves stand in the order in which the queue is taken. A transaction moves entries from the queue into the tree, so
 * that each is sealed exactly once wherever a crash falls.
 * Throws `journal/damaged` when the tree is not what the last checkpoint signed: nothing is signed on top of that.
 * @returns the newest checkpoint; null when nothing was queued, or another program is at it
 */
export async function seal(ledger: Ledger): Promise<Checkpoint | null> {
  const { rows } = await ledger.store.pool.query<{ last: number | null }>('SELECT max(id) AS last FROM journal_queue')
  const last = rows[0]!.last
  if (last === null) return null
  let newest: Checkpoint | null = null
  for (;;) {
    const sealed = await inTransaction(ledger.store.pool, client => sealBatch(ledger, client, last))
    if (sealed === null) return newest
    newest = sealed
  }
}

interface Queued {
  readonly id: number
  readonly seqs: readonly number[]
  readonly hashes: Buffer
}

async function sealBatch(ledger: Ledger, client: pg.PoolClient, last: number): Promise<Checkpoint | null> {
  const lock = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [SEAL_LOCK])
  if (!lock.rows[0]?.mine) return null
  const { rows } = await client.query<Queued>(
    `WITH taken AS (
       DELETE FROM journal_queue WHERE id IN (
         SELECT id FROM (
           SELECT id, sum(cardinality(seqs)) OVER (ORDER BY id) - cardinality(seqs) AS before
           FROM (SELECT id, seqs FROM journal_queue WHERE id <= $1 ORDER BY id LIMIT ${BATCH_ROWS}) waiting) counted
         WHERE before < ${BATCH_ENTRIES})
       RETURNING id, seqs, hashes)
     SELECT id, seqs, hashes FROM taken ORDER BY id`,
    [last],
  )
  if (rows.length === 0) return null
  const bodies: CheckpointBody[] = []
  const tree = await openTree(client)
  let previous = tree.last
  const sign = () => {
    const body: CheckpointBody = {
      number: (previous?.number ?? 0) + 1,
      size: tree.size(),
      root: tree.root(),
      previous: previous?.root ?? null,
      at: ledger.clock().toISOString(),
      key: ledger.keys.keyId,
    }
    bodies.push(body)
    previous = body
  }
  for (const { id, seqs, hashes } of rows) {
    const leaves = split(hashes)
    if (leaves.length !== seqs.length) throw damaged(`journal_queue ${id}`)
    for (const [i, leaf] of leaves.entries()) {
      tree.append(leaf, seqs[i]!)
      if (tree.size() - (previous?.size ?? 0) === MOST_ENTRIES) sign()
    }
  }
  if (tree.size() > (previous?.size ?? 0)) sign()
  await tree.save()
  return saveCheckpoints(ledger, client, bodies)
}

async function saveCheckpoints(ledger: Ledger, client: pg.PoolClient, bodies: readonly CheckpointBody[]) {
  const texts = bodies.map(body => canonical(body))
  const signatures = texts.map(text => ledger.keys.sign(text))
  await client.query(
    `INSERT INTO checkpoint (number, size, body, signature)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[])`,
    [bodies.map(body => body.number), bodies.map(body => body.size), texts, signatures],
  )
  return { ...bodies.at(-1)!, signature: signatures.at(-1)!.toString('base64') }
}

interface Tile {
  readonly level: number
  readonly idx: number
  readonly hashes: Uint8Array[]
  readonly seqs: number[]
}

/** The right edge of the tree, which is all that growing it needs. */
async function openTree(client: pg.PoolClient) {
  const { rows } = await client.query<{ size: number; body: string }>(
    'SELECT size, body FROM checkpoint ORDER BY number DESC LIMIT 1',
  )
  const last = rows[0] ? (JSON.parse(rows[0].body) as CheckpointBody) : undefined
  let size = rows[0]?.size ?? 0
  const edge = await readEdge(client, size)
  const changed = new Set<Tile>()

  function push(level: number, hash: Uint8Array, seq?: number) {
    let tile = edge[level]
    if (!tile || tile.hashes.length === TILE)
      tile = edge[level] = { level, idx: tile ? tile.idx + 1 : fullTiles(size, level), hashes: [], seqs: [] }
    tile.hashes.push(hash)
    if (seq !== undefined) tile.seqs.push(seq)
    changed.add(tile)
    if (tile.hashes.length === TILE) push(level + 1, layersOf(tile.hashes)[8]![0]!)
  }

  const nodeAt = (): NodeAt => {
    const layers = edge.map(tile => layersOf(tile?.hashes ?? []))
    return (height, index) => {
      const { level, layer, position } = locate({ height, index })
      return layers[level]![layer]![position]!
    }
  }
  const root = () => Buffer.from(rootOf(size, nodeAt())).toString('hex')
  if (size > 0 && (last?.size !== size || root() !== last.root)) throw damaged('merkle_tile')

  return {
    last,
    size: () => size,
    root,
    append(leaf: Uint8Array, seq: number) {
      push(0, leaf, seq)
      size++
    },
    async save() {
      const tiles = [...changed]
      const seqs = tiles.map(tile => (tile.level === 0 ? tile.seqs : null))
      await client.query(
        `INSERT INTO merkle_tile AS t (level, idx, hashes, seqs, min_seq, max_seq)
         SELECT level, idx, hashes, seqs::bigint[], min_seq, max_seq
         FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::text[], $5::bigint[], $6::bigint[])
           AS n(level, idx, hashes, seqs, min_seq, max_seq)
         ON CONFLICT (level, idx) DO UPDATE
           SET hashes = excluded.hashes, seqs = excluded.seqs, min_seq = excluded.min_seq, max_seq = excluded.max_seq`,
        [
          tiles.map(tile => tile.level),
          tiles.map(tile => tile.idx),
          tiles.map(tile => Buffer.concat(tile.hashes)),
          seqs.map(list => list && `{${list.join(',')}}`),
          seqs.map(list => list && Math.min(...list)),
          seqs.map(list => list && Math.max(...list)),
        ],
      )
    },
  }
}

/** Full tiles of a level in a tree of `size` leaves. */
const fullTiles = (size: number, level: number) => Math.floor(size / TILE ** (level + 1))

/** The last, unfinished tile of each level; none where a level ends with a full tile. */
async function readEdge(client: pg.PoolClient, size: number): Promise<(Tile | undefined)[]> {
  const places: { level: number; idx: number; count: number }[] = []
  for (let level = 0; size >= TILE ** level; level++) {
    const count = Math.floor(size / TILE ** level) % TILE
    if (count > 0) places.push({ level, idx: fullTiles(size, level), count })
  }
  const { rows } = await client.query<{ level: number; idx: number; hashes: Buffer; seqs: number[] | null }>(
    `SELECT t.level, t.idx, t.hashes, t.seqs FROM unnest($1::smallint[], $2::bigint[]) AS w(level, idx)
     JOIN merkle_tile t ON t.level = w.level AND t.idx = w.idx`,
    [places.map(place => place.level), places.map(place => place.idx)],
  )
  const edge: (Tile | undefined)[] = []
  for (const { level, idx, count } of places) {
    const row = rows.find(found => found.level === level)
    const tile = { level, idx, hashes: split(row?.hashes ?? Buffer.alloc(0)), seqs: [...(row?.seqs ?? [])] }
    if (tile.hashes.length !== count || (level === 0 && tile.seqs.length !== count))
      throw damaged(`merkle_tile ${level}/${idx}`)
    edge[level] = tile
  }
  return edge
}

const damaged = (where: string) =>
  refusal('journal/damaged', {
    zh: `流水的封存数据（${where}）与最近的检查点不符，已停止封存，请运行 yilu verify`,
    en: `The sealed journal (${where}) is not what the last checkpoint says; sealing has stopped, run yilu verify`,
    where,
  })
