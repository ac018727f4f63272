import { afterAll, beforeAll, expect, test } from 'vitest'
import { proofOfEntry } from '../../src/kernel/journal/proofs.ts'
import { seal } from '../../src/kernel/journal/seal.ts'
import { createUnits } from '../../src/kernel/org/change.ts'
import { create } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { clerk, testWorld, type World } from '../../test/world.ts'
import { isMeant } from '../src/kit/initials.ts'
import { checkEntry, type EntryProof, verdict } from '../src/proof/check.ts'

let world: World
const seqs: number[] = []

beforeAll(async () => {
  world = await testWorld()
  must(await createUnits(world, clerk, [{ code: 'A', kind: 'county', name: '甲县科技局' }]))
  await seal(world)
})
afterAll(() => world.store.close())

test('every entry of a growing journal is proven, at any size', async () => {
  for (let i = 0; i < 12; i++) {
    const fields = { on: '2024-05-18', place: `村委会${i}`, topic: 'rice', people: i }
    seqs.push(must(await create(world, clerk, 'world.visit', { org: 'A', fields })).seq)
    await seal(world)
    for (const seq of seqs) {
      const steps = await checkEntry(must(await proofOfEntry(world, clerk, seq)))
      expect(steps.map(({ outcome }) => outcome)).toEqual(Array(6).fill('holds'))
    }
  }
})

test('whatever of a proof is altered, it no longer holds', async () => {
  const proof = must(await proofOfEntry(world, clerk, seqs[4]!))
  const { checkpoint } = proof
  const other = must(await proofOfEntry(world, clerk, seqs[5]!))
  const flipped = (hex: string) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
  const altered: Partial<EntryProof>[] = [
    { entry: proof.entry.replace('"version":1', '"version":2') },
    { entry: ` ${proof.entry}` },
    { entry: other.entry },
    { index: proof.index + 1 },
    { size: proof.size + 1 },
    { path: proof.path.slice(1) },
    { path: [...proof.path, proof.path[0]!] },
    ...proof.path.map((_, i) => ({ path: proof.path.map((hash, j) => (i === j ? flipped(hash) : hash)) })),
    { checkpoint: { ...checkpoint, body: checkpoint.body.replace(/"root":"./, '"root":"x') } },
    { checkpoint: { ...checkpoint, signature: checkpoint.signature.replace(/^./, c => (c === 'A' ? 'B' : 'A')) } },
  ]
  for (const change of altered) expect(verdict(await checkEntry({ ...proof, ...change })), String(change)).toBe(false)
  expect(verdict(await checkEntry(proof, { subject: 'record:another' }))).toBe(false)
  expect(verdict(await checkEntry(proof, { hash: 'another' }))).toBe(false)
})

test.each([
  ['接听科技求助电话', 'jtkj', true],
  ['接听科技求助电话', '求助', true],
  ['Hotline calls', 'hot', true],
  ['接听科技求助电话', 'zz', false],
])('%s is found by %s: %s', (text, sought, found) => {
  expect(isMeant(text, sought)).toBe(found)
})
