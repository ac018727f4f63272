import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { useEffect, useSyncExternalStore } from 'react'
import type { Problem } from '../kit/api.ts'

// Entries that could not be sent wait in this browser's IndexedDB, in the order they were made, each under the
// idempotency key it was made with: a repeat after a lost answer adds nothing.

export interface WaitingFile {
  readonly name: string
  readonly content: Blob
}

interface Shared {
  /** The idempotency key of the intention. */
  readonly key: string
  /** Who made it: only their own session may send it. */
  readonly person: string
  readonly type: string
  readonly org: string
  /** Instant it was made. */
  readonly at: string
  /** Evidence to be attached once the record is there. */
  readonly files: readonly WaitingFile[]
  /** How often it was sent. What was sent may have arrived although no answer did. */
  readonly tries: number
  /** Why the server refused it; empty while it waits. */
  readonly problems: readonly Problem[]
}

export interface WaitingEntry extends Shared {
  readonly kind: 'create'
  readonly fields: Readonly<Record<string, unknown>>
  readonly state?: string
  readonly draft?: boolean
  readonly allowSimilar?: boolean
  /** The record it became; only evidence is still to be sent. */
  readonly record?: string
}

export interface WaitingChange extends Shared {
  readonly kind: 'change'
  readonly record: string
  /** The version that was changed, and what it said. */
  readonly version: number
  readonly base: Readonly<Record<string, unknown>>
  /** What is to be said instead; null empties a field. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly state?: string
}

export type Waiting = WaitingEntry | WaitingChange
/** With the number that orders it. */
export type Queued = Waiting & { readonly n: number }

interface Shelf extends DBSchema {
  waiting: { key: number; value: Waiting }
}

let opened: Promise<IDBPDatabase<Shelf>> | undefined
const shelf = () => {
  opened ??= openDB<Shelf>('yilu', 1, {
    upgrade: database => void database.createObjectStore('waiting', { autoIncrement: true }),
    // Another tab brings a newer version: it must not wait for this one.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opened = undefined
    },
  })
  return opened
}

let known: readonly Queued[] = []
const listeners = new Set<() => void>()
/** Other tabs of this browser have the same queue. */
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('yilu.queue')
channel?.addEventListener('message', () => void read())

async function read(): Promise<readonly Queued[]> {
  const transaction = (await shelf()).transaction('waiting')
  const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()])
  known = values.map((value, i) => ({ ...value, n: keys[i]! }))
  for (const listener of listeners) listener()
  return known
}

async function told(): Promise<void> {
  channel?.postMessage('changed')
  await read()
}

/** Keeps an entry until it is sent. Resolves once it is on the disk. */
export async function keep(waiting: Waiting): Promise<void> {
  const database = await shelf()
  const transaction = database.transaction('waiting', 'readwrite', { durability: 'strict' })
  await Promise.all([transaction.store.add(waiting), transaction.done])
  // The browser may otherwise clear what it keeps when its disk is full.
  void navigator.storage?.persist?.()
  await told()
}

export async function update({ n, ...waiting }: Queued): Promise<void> {
  await (await shelf()).put('waiting', waiting, n)
  await told()
}

export async function forget(n: number): Promise<void> {
  await (await shelf()).delete('waiting', n)
  await told()
}

/** What waits, in the order it was made. */
export const waiting = (): Promise<readonly Queued[]> => read()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What waits in this browser, of everybody who enters here. */
export function useQueue(): readonly Queued[] {
  useEffect(() => void read().catch(() => undefined), [])
  return useSyncExternalStore(subscribe, () => known)
}
