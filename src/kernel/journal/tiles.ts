import type pg from 'pg'
import { type NodeAt, nodeHash, type Place } from './tree.ts'

// The tree is kept in tiles of 256 hashes: level 0 holds leaves, level k the roots of the full tiles of level k-1. What
// lies between the levels is computed, so that a hash of any perfect subtree takes one tile.

export const TILE = 256
const LAYERS = 8
const HASH = 32

export interface TilePlace {
  readonly level: number
  readonly idx: number
}

const keyOf = ({ level, idx }: TilePlace) => `${level}/${idx}`

/** Hashes laid end to end, taken apart. */
export const split = (hashes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.floor(hashes.length / HASH) }, (_, i) => hashes.subarray(i * HASH, (i + 1) * HASH))

/** The perfect subtrees within one tile: layer 0 is what it holds, layer 8 its root when it is full. */
export function layersOf(hashes: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const layers = [hashes]
  for (let height = 0; height < LAYERS; height++) {
    const below = layers[height]!
    const layer: Uint8Array[] = []
    for (let i = 0; i + 1 < below.length; i += 2) layer.push(nodeHash(below[i]!, below[i + 1]!))
    layers.push(layer)
  }
  return layers
}

/** The tile that a perfect subtree is found in, and where in it. */
export function locate({ height, index }: Place): TilePlace & { layer: number; position: number } {
  const level = Math.floor(height / LAYERS)
  const layer = height % LAYERS
  const first = index * 2 ** layer
  return { level, idx: Math.floor(first / TILE), layer, position: (first % TILE) / 2 ** layer }
}

/** Reads the tiles that hold the given subtrees, in one query; what lies within a tile is computed once. */
export async function readNodes(client: pg.Pool | pg.ClientBase, places: readonly Place[]): Promise<NodeAt> {
  const wanted = new Map(places.map(place => locate(place)).map(place => [keyOf(place), place]))
  const tiles = [...wanted.values()]
  const { rows } = await client.query<TilePlace & { hashes: Buffer }>({
    name: 'merkle-tiles',
    text: `SELECT t.level, t.idx, t.hashes FROM unnest($1::smallint[], $2::bigint[]) AS w(level, idx)
           JOIN merkle_tile t ON t.level = w.level AND t.idx = w.idx`,
    values: [tiles.map(tile => tile.level), tiles.map(tile => tile.idx)],
  })
  const found = new Map(rows.map(row => [keyOf(row), split(row.hashes)]))
  const layered = new Map<string, ReturnType<typeof layersOf>>()
  return (height, index) => {
    const { layer, position, ...tile } = locate({ height, index })
    const key = keyOf(tile)
    const hashes = found.get(key) ?? []
    if (layer > 0 && !layered.has(key)) layered.set(key, layersOf(hashes))
    const node = (layer === 0 ? hashes : layered.get(key)![layer]!)[position]
    if (!node) throw new Error(`tile ${key} of the Merkle tree has no subtree of height ${height} at ${index}`)
    return node
  }
}
