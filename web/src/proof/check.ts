import { canonical } from '../../../src/kernel/journal/canonical-json.ts'
import { canHash, isSigned, keyIdOf, sha256, toHex, utf8 } from './bytes.ts'
import { leafOf, rootOfPath } from './inclusion.ts'

// What is checked of a proof, step by step, in the reader's own browser. Nothing is taken from the server but the proof.

export type StepName =
  | 'canonical'
  | 'version'
  | 'leaf'
  | 'path'
  | 'checkpoint'
  | 'signature'
  | 'statement'
  | 'content'
  | 'entry'
  | 'named'
  | 'bound'

export interface Step {
  readonly name: StepName
  /** `unable`: this browser cannot check it. */
  readonly outcome: 'holds' | 'fails' | 'unable'
  /** What was computed or compared: a hash, a number. */
  readonly detail: string
}

/** @returns whether all that could be checked holds; undefined when nothing could be */
export function verdict(steps: readonly Step[]): boolean | undefined {
  if (steps.some(({ outcome }) => outcome === 'fails')) return false
  return steps.some(({ outcome }) => outcome === 'holds') ? true : undefined
}

const step = (name: StepName, holds: boolean | undefined, detail: string): Step => ({
  name,
  outcome: holds === undefined ? 'unable' : holds ? 'holds' : 'fails',
  detail,
})

const NO_CRYPTO: readonly Step[] = [{ name: 'leaf', outcome: 'unable', detail: '' }]

interface Signed {
  readonly body: string
  readonly signature: string
}

interface Checkpoint {
  readonly number: number
  readonly size: number
  readonly root: string
  readonly at: string
  readonly key: string
}

export interface EntryProof {
  readonly seq: number
  readonly entry: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly checkpoint: Signed
  readonly publicKey: string
}

/**
 * Checks that an entry stands in the sealed journal.
 * @param expected what the screen says of it: the record's entry and its hash
 */
export async function checkEntry(
  proof: EntryProof,
  expected: { readonly hash?: string; readonly subject?: string } = {},
): Promise<readonly Step[]> {
  if (!canHash()) return NO_CRYPTO
  const entry = parsed<{ subject?: string; action?: string; version?: number; at?: string }>(proof.entry)
  const leaf = await leafOf(proof.entry)
  return [
    step('canonical', entry !== undefined && isCanonical(proof.entry), `${proof.entry.length} B`),
    step(
      'version',
      expected.subject === undefined || entry?.subject === expected.subject,
      [entry?.subject, entry?.action, entry?.version, entry?.at].filter(part => part !== undefined).join(' · '),
    ),
    step('leaf', expected.hash === undefined || leaf === expected.hash, leaf),
    ...(await checkPath(leaf, proof, proof.checkpoint, proof.publicKey)),
  ]
}

interface Place {
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
}

async function checkPath(
  leaf: string,
  { index, size, path }: Place,
  signed: Signed,
  publicKey: string,
): Promise<readonly Step[]> {
  const checkpoint = parsed<Checkpoint>(signed.body)
  const root = await rootOfPath(leaf, index, size, path)
  return [
    step('path', root !== undefined, `${index + 1} / ${size} · ${path.length}`),
    step('checkpoint', root !== undefined && root === checkpoint?.root && size === checkpoint.size, root ?? '—'),
    await checkSignature('signature', signed, publicKey, checkpoint?.key),
  ]
}

async function checkSignature(name: StepName, signed: Signed, publicKey: string, key: string | undefined) {
  const id = await keyIdOf(publicKey)
  const holds = await isSigned(signed.body, signed.signature, publicKey)
  return step(name, holds === undefined ? undefined : holds && id === key, id)
}

/** What a public page is signed with. */
export interface Statement extends Signed {
  readonly checkpoint: Signed | null
  readonly publicKey: string
}

interface Said {
  readonly about: unknown
  readonly checkpoint: string | null
  readonly key: string
}

/**
 * Checks a signed statement against what the page shows, and the checkpoint that it names.
 * @param shown what the statement must be about
 */
export async function checkStatement(statement: Statement, shown: unknown): Promise<readonly Step[]> {
  if (!canHash()) return NO_CRYPTO
  const said = parsed<Said>(statement.body)
  const { checkpoint } = statement
  const named = checkpoint ? parsed<Checkpoint>(checkpoint.body) : undefined
  return [
    step('bound', said !== undefined && isCanonical(statement.body) && canonical(said.about) === canonical(shown), ''),
    await checkSignature('statement', statement, statement.publicKey, said?.key),
    ...(checkpoint
      ? [
          step('named', named !== undefined && said?.checkpoint === named.root, named?.root ?? '—'),
          await checkSignature('signature', checkpoint, statement.publicKey, named?.key),
        ]
      : []),
  ]
}

export interface ShownReport {
  readonly id: string
  readonly org: string
  readonly template: string
  readonly period: string
  readonly status: string
  readonly number: string | null
  readonly document: unknown
}

/** Checks a public report: its text against the hash in the statement, and the entry that issued it against the journal. */
export async function checkReport(
  report: ShownReport,
  statement: Statement,
  proof: (Place & { readonly leaf: string }) | null,
): Promise<readonly Step[]> {
  if (!canHash()) return NO_CRYPTO
  const { id, org, template, period, status, number, document } = report
  const hash = toHex(await sha256(utf8(canonical({ id, org, template, period, status, number, document }))))
  const steps = await checkStatement(statement, { report: id, hash, leaf: proof?.leaf ?? null })
  const content = step('content', steps[0]?.outcome === 'holds', hash)
  if (!proof || !statement.checkpoint) return [content, ...steps]
  const place = await checkPath(proof.leaf, proof, statement.checkpoint, statement.publicKey)
  // The entry itself names people and is not public: the statement vouches for its hash.
  const entry = step('entry', steps[0]?.outcome === 'holds', proof.leaf)
  const named = steps.filter(({ name }) => name !== 'signature')
  return [content, ...named.slice(0, 2), entry, ...named.slice(2), ...place]
}

const isCanonical = (text: string): boolean => {
  const value = parsed<unknown>(text)
  return value !== undefined && canonical(value) === text
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}
