#!/usr/bin/env node
// Checks proofs of a Yilu ledger without Yilu, by Node's own modules: node verify-proof.mjs PROOF.json PUBLICKEY.pem
// PROOF.json: one proof, an array of them, or {"proofs": […]}. PUBLICKEY.pem: the ledger's key; have it from its owner,
// not from the proof. Exit 0: all hold, 1: one does not. A proof is of inclusion {entry, index, size, path, checkpoint:
// {body, signature}} or of consistency {from: {body, signature}, to: {body, signature}, path}. Sources: RFC 8785
// (canonical JSON), RFC 6962, 2.1 (tree), RFC 9162, 2.1.3.2 and 2.1.4.2 (checking), RFC 8032 (Ed25519).
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leafHash = text => sha256(Buffer.of(0), Buffer.from(text, 'utf8'))
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right)

function demand(holds, what) {
  if (!holds) throw new Error(what)
}

/** RFC 8785 for what JSON.parse gives: ECMAScript writes numbers and strings, keys stand in UTF-16 order. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

const hashesOf = path =>
  path.map(hex => {
    demand(/^[0-9a-f]{64}$/.test(hex), 'the path holds something that is no SHA-256')
    return Buffer.from(hex, 'hex')
  })

function checkpointOf({ body, signature }, key) {
  demand(verify(null, Buffer.from(body), key, Buffer.from(signature, 'base64')), 'the signature is not of this key')
  const { number, size, root, at } = JSON.parse(body)
  demand(Number.isSafeInteger(size) && size > 0 && /^[0-9a-f]{64}$/.test(root), 'that is no checkpoint')
  return { number, size, root, at }
}

/** Goes from a node up to the root and tells of each sibling whether it stands to the left. */
function climb(at, last, siblings, join) {
  for (const sibling of siblings) {
    demand(last > 0n, 'the path is too long')
    const isLeft = at % 2n === 1n || at === last
    join(sibling, isLeft)
    if (isLeft) while (at % 2n === 0n && at > 0n) [at, last] = [at / 2n, last / 2n]
    ;[at, last] = [at / 2n, last / 2n]
  }
  demand(last === 0n, 'the path is too short')
}

function checkInclusion({ entry, index, size, path, checkpoint: given }, key) {
  const checkpoint = checkpointOf(given, key)
  demand(canonical(JSON.parse(entry)) === entry, 'the entry is not canonical JSON')
  demand(size === checkpoint.size, 'the proof is for another size than the checkpoint')
  demand(Number.isSafeInteger(index) && index >= 0 && index < size, 'the leaf does not lie in the tree')
  let hash = leafHash(entry)
  climb(BigInt(index), BigInt(size - 1), hashesOf(path), (sibling, isLeft) => {
    hash = isLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  })
  demand(hash.toString('hex') === checkpoint.root, 'the path does not lead to the root that was signed')
  const { action, subject, at: when } = JSON.parse(entry)
  return `entry ${index} (${action} ${subject}, ${when}) is in checkpoint ${checkpoint.number} (${size}, ${checkpoint.at})`
}

function checkConsistency({ from, to, path }, key) {
  const [first, second] = [checkpointOf(from, key), checkpointOf(to, key)]
  const said = `checkpoint ${second.number} (${second.size}) begins with checkpoint ${first.number} (${first.size})`
  demand(first.size <= second.size, 'the checkpoints are the wrong way round')
  if (first.size === second.size) {
    demand(path.length === 0 && first.root === second.root, 'checkpoints of one size have different roots')
    return said
  }
  let [at, last] = [BigInt(first.size - 1), BigInt(second.size - 1)]
  while (at % 2n === 1n) [at, last] = [at / 2n, last / 2n]
  const isPower = at === 0n // of two: the first tree is one subtree of the second
  const hashes = [...(isPower ? [Buffer.from(first.root, 'hex')] : []), ...hashesOf(path)]
  demand(hashes.length > 0, 'the path is too short')
  let [old, now] = [hashes[0], hashes[0]]
  climb(at, last, hashes.slice(1), (sibling, isLeft) => {
    if (isLeft) old = nodeHash(sibling, old)
    now = isLeft ? nodeHash(sibling, now) : nodeHash(now, sibling)
  })
  demand(old.toString('hex') === first.root, 'the path does not lead to the earlier root')
  demand(now.toString('hex') === second.root, 'the path does not lead to the later root')
  return said
}

try {
  const [proofFile, keyFile] = process.argv.slice(2)
  demand(proofFile && keyFile, 'usage: node verify-proof.mjs PROOF.json PUBLICKEY.pem')
  const key = createPublicKey(readFileSync(keyFile))
  const given = JSON.parse(readFileSync(proofFile, 'utf8'))
  const proofs = Array.isArray(given) ? given : (given.proofs ?? [given])
  demand(proofs.length > 0, 'there is no proof in the file')
  for (const proof of proofs)
    console.log(`OK: ${'entry' in proof ? checkInclusion(proof, key) : checkConsistency(proof, key)}`)
} catch (error) {
  console.error(`NOT PROVEN: ${error.message}`)
  process.exitCode = 1
}
