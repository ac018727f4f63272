import { leaves } from '../kernel/figures/expression.ts'
import { type FigureRequest, figures, questionOf } from '../kernel/figures/figure.ts'
import { formulaOf } from '../kernel/figures/formulas.ts'
import type { Ledger, Touched } from '../kernel/ledger.ts'
import { type Actor, permit } from '../kernel/people/actor.ts'
import type { Registry } from '../kernel/registry.ts'
import { parseAddress } from '../kernel/reports/address.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { eventStream } from './events.ts'
import { type Notice, noticeOf, positionOf } from './feed.ts'
import { identify } from './gate.ts'
import { inside } from './problem.ts'
import { type Call, sent } from './route.ts'

/** Passes on what `openLedger` tells of committed changes, so that streams need not wait for their next look. */
export interface Notices {
  readonly post: (touched: readonly Touched[]) => void
  subscribe(listener: () => void): void
}

export function notices(): Notices {
  const listeners = new Set<() => void>()
  return {
    post: () => {
      for (const listener of listeners) listener()
    },
    subscribe: listener => void listeners.add(listener),
  }
}

const MOST_FIGURES = 200
const MOST_STREAMS = 6
/** Changes told again at most after a break; beyond, the reader is told to load everything anew. */
const MOST_REPLAYED = 5_000

export interface LiveRequest {
  /** Addresses of figures: `training.people?org=KJ-A&period=2024`. */
  readonly figures: readonly string[]
  /** Changes of records and units at this unit and beneath. */
  readonly org?: string
}

const open = new WeakMap<object, Map<string, number>>()

/**
 * Streams what changes: the value of each figure asked for, when it does, and what was done under an org unit. Ids are
 * places in the journal; whoever comes back with the last one misses nothing, and may be told something twice.
 */
export async function live(call: Call, asked: LiveRequest): Promise<Result<unknown>> {
  const { ledger, request, feed, metrics } = call
  const watched = watchedFigures(ledger, call.actor, asked.figures)
  if (!watched.ok) return watched
  const org = asked.org === undefined ? undefined : ledger.orgs.find(asked.org)
  if (org && !org.ok) return org
  if (org) {
    const permitted = permit(call.actor, 'read', org.value)
    if (!permitted.ok) return permitted
  }
  const leave = enter(call)
  if (!leave.ok) return leave
  const queue: Notice[] = []
  // Until the first values are told, what is found meanwhile waits.
  let working = true
  let { actor } = call
  const stop = await feed
    .subscribe(found => {
      queue.push(...found)
      if (queue.length > 10 * MOST_REPLAYED) return stream.close()
      void work()
    })
    .catch((error: unknown) => {
      leave.value()
      throw error
    })
  metrics.streams(1)
  const stream = eventStream(call, {
    position: feed.position,
    onClose: () => {
      stop()
      leave.value()
      metrics.streams(-1)
    },
    // A session may end and a role may go while the stream is open.
    onBeat: () =>
      void identify(call, request)
        .then(caller => {
          if (caller) actor = caller.actor
          else stream.close()
        })
        .catch(() => undefined),
  })
  const shown = new Map<string, number | null>()

  async function tellFigures(touched: readonly Notice[] | undefined): Promise<void> {
    const due = watched.ok
      ? watched.value.filter(one => !touched || touched.some(notice => one.isTouchedBy(notice)))
      : []
    if (due.length === 0) return
    const id = feed.position()
    const found = await figures(
      ledger,
      actor,
      due.map(one => one.request),
    )
    if (!found.ok) return stream.close() // no longer permitted
    for (const [i, one] of due.entries()) {
      const { value, unit } = found.value[i]!
      if (shown.has(one.address) && shown.get(one.address) === value) continue
      shown.set(one.address, value)
      stream.send({ id, event: 'figure', data: { address: one.address, value, unit } })
    }
  }

  const tellChanges = (found: readonly Notice[], id: string) => {
    if (!org) return
    const { path, root } = ledger.orgs.byId(org.value.id) ?? org.value
    if (!permit(actor, 'read', { path, code: org.value.code }).ok) return stream.close()
    for (const notice of found) {
      const at = notice.org === undefined ? undefined : ledger.orgs.byCode(notice.org)
      if (notice.root === root && at?.path.startsWith(path))
        stream.send({ id, event: 'change', data: { seq: notice.seq, ...told(notice) } })
    }
  }

  async function work(): Promise<void> {
    if (working) return
    working = true
    try {
      while (queue.length > 0 && !stream.closed) {
        const found = queue.splice(0)
        tellChanges(found, feed.position())
        await tellFigures(found)
      }
    } catch (error) {
      request.log.warn(inside(error), 'live stream broke off')
      stream.close()
    } finally {
      working = false
    }
  }

  const since = positionOf(headerOf(request.headers['last-event-id']))
  if (since !== undefined && org) {
    const missed = await changesSince(ledger, org.value.root, since)
    if (missed) tellChanges(missed, feed.position())
    else stream.send({ id: feed.position(), event: 'reset', data: {} })
  }
  stream.send({ id: feed.position(), event: 'hello', data: { figures: asked.figures.length } })
  await tellFigures(undefined)
  working = false
  void work()
  return ok(sent)
}

const told = ({ action, subject, org, type }: Notice) => ({ action, subject, org, ...(type ? { type } : {}) })

const headerOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)

interface Watched {
  readonly address: string
  readonly request: FigureRequest
  isTouchedBy(notice: Notice): boolean
}

function watchedFigures(ledger: Ledger, actor: Actor, addresses: readonly string[]): Result<readonly Watched[]> {
  if (addresses.length > MOST_FIGURES)
    return fail('live/too-many', {
      field: 'figures',
      zh: `一次最多关注${MOST_FIGURES}个数字`,
      en: `At most ${MOST_FIGURES} figures at a time`,
    })
  const watched: Watched[] = []
  for (const address of addresses) {
    const request = parseAddress(address)
    if ('record' in request || request.as || request.by || request.row)
      return fail('live/address', {
        field: 'figures',
        value: address.slice(0, 200),
        zh: `“${address.slice(0, 200)}”不是一个可以关注的数字`,
        en: `${address.slice(0, 200)} is not the address of a plain figure`,
      })
    const question = questionOf(ledger, actor, request)
    if (!question.ok) return question
    const types = typesOf(ledger.registry, request.indicator)
    const { root } = question.value.org
    watched.push({
      address,
      request,
      isTouchedBy: notice =>
        notice.root === root &&
        (notice.type === undefined ? notice.subject.startsWith('org:') : types.has(notice.type)),
    })
  }
  return ok(watched)
}

/** Record types and event sources that an indicator counts, through the formulas it is made of. */
function typesOf(registry: Registry, id: string): ReadonlySet<string> {
  const indicator = registry.indicators.get(id)
  if (!indicator) return new Set()
  if (indicator.kind === 'events') return new Set([indicator.source.id])
  // A change of the tree is told to everybody who watches a unit of it.
  if (indicator.kind === 'units') return new Set()
  if (indicator.kind !== 'formula') return new Set([indicator.type.id])
  return new Set(leaves(formulaOf(registry, id)).flatMap(leaf => [...typesOf(registry, leaf.indicator)]))
}

/** Takes one of the person's places; gives it back when called. */
function enter({ caller, ledger }: Call): Result<() => void> {
  const person = caller?.actor.person ?? ''
  const counts = open.get(ledger) ?? new Map<string, number>()
  open.set(ledger, counts)
  const count = counts.get(person) ?? 0
  if (count >= MOST_STREAMS)
    return fail('live/too-many', {
      retryAfter: 5,
      zh: `每人最多同时打开${MOST_STREAMS}个实时连接`,
      en: `At most ${MOST_STREAMS} live streams a person`,
    })
  counts.set(person, count + 1)
  let left = false
  return ok(() => {
    if (left) return
    left = true
    const now = (counts.get(person) ?? 1) - 1
    if (now === 0) counts.delete(person)
    else counts.set(person, now)
  })
}

/** What was done in a tree after a place in the journal; null when it is too much to tell. */
async function changesSince(ledger: Ledger, root: number, since: number): Promise<readonly Notice[] | null> {
  const { rows } = await ledger.store.pool.query<{ seq: number; root: number; entry: string }>(
    'SELECT seq, root, entry FROM journal WHERE root = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [root, since, MOST_REPLAYED + 1],
  )
  return rows.length > MOST_REPLAYED ? null : rows.map(noticeOf)
}
