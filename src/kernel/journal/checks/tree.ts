import type { Ledger } from '../../ledger.ts'
import { canonical } from '../canonical.ts'
import type { CheckpointBody } from '../checkpoint.ts'
import { leafHash } from '../entry.ts'
import { layersOf, split, TILE } from '../tiles.ts'
import { nodeHash, placesOf } from '../tree.ts'
import type { Findings } from './findings.ts'
import { pages, type Reading } from './reading.ts'
import type { SeenEntries } from './seen.ts'

interface LeafTile {
  readonly idx: number
  readonly hashes: Buffer
  readonly seqs: readonly number[]
  readonly min_seq: number
  readonly max_seq: number
  /** Whether its leaves are the hashes of the journal's entries; the server hashes them. */
  readonly agrees: boolean | null
}

/** The hash of an entry, by the server. */
export const LEAF = `sha256('\\x00'::bytea || convert_to(j.entry, 'UTF8'))`

/** Entries mostly lie in a tile as they are numbered, which takes one range of the index; else each is looked up. */
const LEAF_TILES = `
  SELECT t.idx, t.hashes, t.seqs, t.min_seq, t.max_seq,
    (t.max_seq - t.min_seq < 1024 AND (
      SELECT t.seqs = array_agg(j.seq ORDER BY j.seq) AND t.hashes = string_agg(${LEAF}, ''::bytea ORDER BY j.seq)
      FROM journal j WHERE j.seq BETWEEN t.min_seq AND t.max_seq))
    OR t.hashes = (
      SELECT string_agg(${LEAF}, ''::bytea ORDER BY s.place)
      FROM unnest(t.seqs) WITH ORDINALITY AS s(seq, place) JOIN journal j ON j.seq = s.seq) AS agrees
  FROM merkle_tile t WHERE t.level = 0 ORDER BY t.idx`

type Layers = ReturnType<typeof layersOf>

/** The tree to the left of a tile: perfect subtrees, the largest first. */
interface Left {
  readonly height: number
  readonly hash: Uint8Array
}

export interface Sealed {
  readonly entries: number
  readonly checkpoints: number
  /** Of the last checkpoint, hex; null where there is none. */
  readonly root: string | null
}

/**
 * Computes the whole tree from its leaves and compares entries, leaves, the tiles above and every checkpoint. Where they
 * differ, the side that the rest does not bear out is named.
 */
export async function checkTree(
  ledger: Ledger,
  reading: Reading,
  findings: Findings,
  seen: SeenEntries,
): Promise<Sealed> {
  const above = await tilesAbove(reading, findings)
  const checkpoints = await checkpointReader(ledger, reading, findings)
  const roots: Uint8Array[] = [] // of full leaf tiles
  let left: Left[] = []
  let size = 0
  let next = 0
  for await (const page of pages<LeafTile>(reading.beside, 'leaf_tiles', LEAF_TILES, 16)) {
    for (const tile of page) {
      if (tile.idx !== next) findings.add('tile', `0/${next}`, '默克尔树的这一块不见了', 'This tile is missing')
      next = tile.idx + 1
      checkShape(tile, findings)
      const stored = layersOf(split(tile.hashes).slice(0, TILE))
      const layers = tile.agrees
        ? stored
        : await settle(reading, findings, tile, stored, candidate =>
            bearsOut(candidate, tile, { left, start: size }, above, checkpoints),
          )
      for (const seq of tile.seqs)
        if (!seen.add(seq))
          findings.add('tile', `0/${tile.idx}`, `流水${seq}被封存了两次`, `Entry ${seq} is sealed twice`)
      const end = size + layers[0]!.length
      await checkpoints.upTo(end, at => rootWithin(left, layers, size, at))
      size = end
      const full = layers[8]![0]
      if (full) {
        roots.push(full)
        left = joined(left, full)
      }
    }
    reading.advance(page.length * TILE)
  }
  await checkpoints.end(size, findings)
  checkAbove(above, roots, findings)
  return { entries: size, checkpoints: checkpoints.count(), root: checkpoints.root() }
}

function checkShape({ idx, hashes, seqs, min_seq, max_seq }: LeafTile, findings: Findings) {
  const isWhole = hashes.length === seqs.length * 32 && seqs.length > 0 && seqs.length <= TILE
  if (isWhole && min_seq === Math.min(...seqs) && max_seq === Math.max(...seqs)) return
  findings.add('tile', `0/${idx}`, '默克尔树的这一块与它的流水号不符', 'This tile and its entry numbers differ')
}

/**
 * Entries and leaves of a tile differ: which side is wrong?
 * @returns the layers with which the rest of the tree is best compared
 */
async function settle(
  { beside }: Reading,
  findings: Findings,
  tile: LeafTile,
  stored: Layers,
  isBorneOut: (layers: Layers) => boolean,
): Promise<Layers> {
  const { rows } = await beside.query<{ seq: number; entry: string | null }>(
    `SELECT s.seq, j.entry FROM unnest($1::bigint[]) WITH ORDINALITY AS s(seq, place)
     LEFT JOIN journal j ON j.seq = s.seq ORDER BY s.place`,
    [tile.seqs],
  )
  const fromEntries = rows.map(({ entry }) => (entry === null ? undefined : leafHash(entry)))
  const isComplete = fromEntries.length === stored[0]!.length && fromEntries.every(hash => hash !== undefined)
  if (!isBorneOut(stored) && isComplete) {
    const derived = layersOf(fromEntries)
    if (isBorneOut(derived)) {
      findings.add(
        'tile',
        `0/${tile.idx}`,
        '默克尔树的这一块被改动，与流水不符',
        'This tile was altered: the entries are those that were sealed',
      )
      return derived
    }
    findings.add('tile', `0/${tile.idx}`, '默克尔树的这一块与检查点不符', 'This tile is not what was sealed')
  }
  for (const [i, { seq, entry }] of rows.entries()) {
    const hash = fromEntries[i]
    if (entry === null) findings.add('entry', seq, '已封存的流水不见了', 'This entry was sealed and is missing')
    else if (!hash || !stored[0]![i] || Buffer.compare(hash, stored[0]![i]) !== 0)
      findings.add('entry', seq, '流水的内容与封存时不同', 'This entry is not what was sealed')
  }
  return stored
}

/** Whether a full tile's root stands in the tile above, or what a checkpoint signed follows from the tile. */
function bearsOut(
  layers: Layers,
  tile: LeafTile,
  { left, start }: { left: readonly Left[]; start: number },
  above: Above,
  checkpoints: Checkpoints,
): boolean {
  const full = layers[8]![0]
  if (full) {
    const stored = above.get(1)?.get(Math.floor(tile.idx / TILE))?.[tile.idx % TILE]
    return stored !== undefined && Buffer.compare(stored, full) === 0
  }
  return checkpoints.borneOut(start + layers[0]!.length, at => rootWithin(left, layers, start, at))
}

/** The root over what lies left of a tile and the tile's leaves up to `size`. */
function rootWithin(left: readonly Left[], layers: Layers, start: number, size: number): string {
  const within = placesOf({ from: 0, until: size - start }).map(({ height, index }) => layers[height]![index]!)
  const hashes = [...left.map(({ hash }) => hash), ...within]
  return Buffer.from(hashes.reduceRight((right, hash) => nodeHash(hash, right))).toString('hex')
}

function joined(left: readonly Left[], root: Uint8Array): Left[] {
  const list = [...left]
  let node: Left = { height: 8, hash: root }
  while (list.at(-1)?.height === node.height)
    node = { height: node.height + 1, hash: nodeHash(list.pop()!.hash, node.hash) }
  return [...list, node]
}

/** Tiles of level 1 and above: a 256th of the tree. level → idx → hashes. */
type Above = ReadonlyMap<number, ReadonlyMap<number, readonly Uint8Array[]>>

async function tilesAbove({ beside }: Reading, findings: Findings): Promise<Above> {
  const above = new Map<number, Map<number, Uint8Array[]>>()
  for await (const page of pages<AboveTile>(beside, 'tiles_above', TILES_ABOVE))
    for (const { level, idx, hashes, plain } of page) {
      const tiles = above.get(level) ?? new Map<number, Uint8Array[]>()
      above.set(level, tiles)
      tiles.set(idx, split(hashes))
      if (!plain)
        findings.add(
          'tile',
          `${level}/${idx}`,
          '默克尔树的上层不应有流水号',
          'A tile above the leaves has no entry numbers',
        )
    }
  return above
}

interface AboveTile {
  readonly level: number
  readonly idx: number
  readonly hashes: Buffer
  readonly plain: boolean
}

const TILES_ABOVE = `
  SELECT level, idx, hashes, seqs IS NULL AND min_seq IS NULL AND max_seq IS NULL AS plain
  FROM merkle_tile WHERE level > 0 ORDER BY level, idx`

/** Level after level, what is stored against what follows from the level below. */
function checkAbove(above: Above, leafRoots: readonly Uint8Array[], findings: Findings) {
  let computed = leafRoots
  const highest = Math.max(0, ...above.keys())
  for (let level = 1; level <= highest || computed.length > 0; level++) {
    const stored = above.get(level) ?? new Map<number, readonly Uint8Array[]>()
    const roots: Uint8Array[] = []
    const places = new Set([...Array(Math.ceil(computed.length / TILE)).keys(), ...stored.keys()])
    for (const idx of places) {
      const expected = computed.slice(idx * TILE, (idx + 1) * TILE)
      const hashes = stored.get(idx)
      if (!hashes || !Buffer.concat(hashes).equals(Buffer.concat(expected)))
        findings.add(
          'tile',
          `${level}/${idx}`,
          '默克尔树的这一块与下层不符',
          'This tile does not follow from the tiles beneath it',
        )
      if (expected.length === TILE) roots.push(layersOf(expected)[8]![0]!)
    }
    computed = roots
  }
}

interface Row {
  readonly number: number
  readonly size: number
  readonly body: string
  readonly signature: Buffer
}

type Checkpoints = Awaited<ReturnType<typeof checkpointReader>>

/** Checks checkpoints in order, each when the tree has grown to its size. */
async function checkpointReader(ledger: Ledger, { client }: Reading, findings: Findings) {
  const { rows } = await client.query<Row>('SELECT number, size, body, signature FROM checkpoint ORDER BY number')
  const signed: (CheckpointBody | undefined)[] = rows.map((row, i) => signedBody(ledger, row, i, findings))
  for (const [i, body] of signed.entries()) {
    const before = signed[i - 1]
    if (body && (i === 0 || before) && (body.previous !== (before?.root ?? null) || body.size <= (before?.size ?? 0)))
      findings.add(
        'checkpoint',
        body.number,
        '检查点没有接上前一个检查点',
        'This checkpoint does not follow from the one before',
      )
  }
  let next = 0
  const sizeOf = (i: number) => signed[i]?.size ?? rows[i]!.size

  return {
    count: () => rows.length,
    root: () => signed.at(-1)?.root ?? null,
    async upTo(size: number, rootAt: (size: number) => string) {
      for (; next < rows.length && sizeOf(next) <= size; next++) {
        const body = signed[next]
        if (body && body.root !== rootAt(body.size))
          findings.add(
            'checkpoint',
            body.number,
            `前${body.size}条流水与检查点签署时不同`,
            `The first ${body.size} entries are not those that this checkpoint signed`,
          )
      }
    },
    /** Whether the checkpoint that ends exactly there has this root. */
    borneOut(size: number, rootAt: (size: number) => string) {
      const body = signed.findLast(one => one?.size === size)
      return body !== undefined && body.root === rootAt(size)
    },
    async end(size: number, findings: Findings) {
      for (; next < rows.length; next++)
        findings.add(
          'checkpoint',
          rows[next]!.number,
          '检查点之内的流水不全',
          'The tree is shorter than this checkpoint says',
        )
      const last = rows.length === 0 ? 0 : sizeOf(rows.length - 1)
      if (last < size)
        findings.add(
          'checkpoint',
          rows.length + 1,
          '缺少最近的检查点',
          `No checkpoint signs the entries after the first ${last}`,
        )
    },
  }
}

/** What a checkpoint says, if its key signed it and its row says the same. */
function signedBody(ledger: Ledger, row: Row, i: number, findings: Findings): CheckpointBody | undefined {
  if (!ledger.keys.isSigned(row.body, row.signature, keyOf(row.body))) {
    findings.add(
      'checkpoint',
      row.number,
      '检查点的签名不符，或不是本账本的密钥所签',
      'The signature does not fit this checkpoint, or another key made it',
    )
    return undefined
  }
  const body = JSON.parse(row.body) as CheckpointBody
  if (body.number !== row.number || body.size !== row.size || row.number !== i + 1 || canonical(body) !== row.body)
    findings.add('checkpoint', row.number, '检查点的编号或大小不符', 'The number or size of this checkpoint is wrong')
  return body
}

function keyOf(body: string): string {
  try {
    return (JSON.parse(body) as CheckpointBody).key
  } catch {
    return ''
  }
}
