import type { Ledger } from '../kernel/ledger.ts'

// Follows the journal for live updates, whichever program wrote to it. Sequence numbers become visible out of order:
// one that is missing may belong to a transaction that is still running, so gaps are watched until none can fill them.

/** A change that was committed. */
export interface Notice {
  readonly seq: number
  readonly root: number
  readonly action: string
  readonly subject: string
  readonly org?: string
  readonly type?: string
}

export interface Feed {
  /** Told of every change after this moment, each once. The promise is kept once the place in the journal is known. */
  subscribe(listener: (notices: readonly Notice[]) => void): Promise<() => void>
  /** Where the feed stands: `1042`, or `1042~1017` when something after 1017 may still come. */
  position(): string
  /** Says that something was just committed here, so that nobody waits for the next look. */
  poke(): void
  close(): void
}

/** Numbers [from, to] not seen yet. Transactions from `xmax` on began after the gap was noticed and cannot fill it. */
interface Gap {
  readonly from: number
  readonly to: number
  readonly xmax: bigint
  readonly noticedAt: number
}

interface Row {
  readonly seq: number
  readonly root: number
  readonly entry: string
}

interface Snapshot {
  readonly xmin: bigint
  readonly xmax: bigint
}

const LOOK_MS = 1_000
/** A number is drawn a moment before its transaction gets an id; a gap is watched at least so long. */
const WATCHED_MS = 5_000
/** How far back gaps are looked for when following begins. */
const LOOK_BACK = 100_000
const AT_ONCE = 2_000

export function feedOf(ledger: Ledger): Feed {
  const listeners = new Set<(notices: readonly Notice[]) => void>()
  let highest = 0
  let gaps: Gap[] = []
  let following: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let again = false
  let closed = false

  async function begin(): Promise<void> {
    const { rows } = await ledger.store.pool.query<{
      at: number
      a: number | null
      b: number | null
      xmin: string
      xmax: string
    }>(
      `WITH last AS (SELECT coalesce(max(seq), 0) AS at FROM journal),
         steps AS (SELECT seq, lead(seq) OVER (ORDER BY seq) AS next FROM journal, last WHERE seq > last.at - $1)
       SELECT last.at, s.seq + 1 AS a, s.next - 1 AS b,
              pg_snapshot_xmin(pg_current_snapshot())::text AS xmin, pg_snapshot_xmax(pg_current_snapshot())::text AS xmax
       FROM last LEFT JOIN steps s ON s.next > s.seq + 1`,
      [LOOK_BACK],
    )
    highest = Number(rows[0]!.at)
    // With nothing else under way, what is missing was rolled back long ago.
    const { xmin, xmax } = rows[0]!
    gaps = rows.flatMap(row =>
      row.a === null || xmin === xmax ? [] : [{ from: row.a, to: row.b!, xmax: BigInt(xmax), noticedAt: Date.now() }],
    )
    schedule()
  }

  const schedule = () => {
    clearTimeout(timer)
    if (!closed && listeners.size > 0) timer = setTimeout(look, LOOK_MS).unref()
  }

  function look(): void {
    if (looking) {
      again = true
      return
    }
    looking = lookOnce()
      .catch(() => undefined) // the database is away; the next look finds what was missed
      .finally(() => {
        looking = undefined
        if (again && listeners.size > 0) {
          again = false
          look()
        } else schedule()
      })
  }

  async function lookOnce(): Promise<void> {
    for (;;) {
      const { rows, snapshot } = await read()
      const full = rows.length === AT_ONCE
      advance(rows, snapshot, full)
      if (rows.length > 0) {
        const notices = rows.map(noticeOf)
        for (const listener of listeners) listener(notices)
      }
      if (!full || closed) return
    }
  }

  async function read(): Promise<{ rows: Row[]; snapshot: Snapshot }> {
    const { rows } = await ledger.store.pool.query<{
      seq: number | null
      root: number
      entry: string
      xmin: string
      xmax: string
    }>({
      name: 'feed-look',
      text: `WITH found AS (
          SELECT seq, root, entry FROM journal WHERE seq > $1
          UNION ALL
          SELECT j.seq, j.root, j.entry FROM unnest($2::bigint[], $3::bigint[]) AS g(a, b) JOIN journal j ON j.seq BETWEEN g.a AND g.b
          ORDER BY seq LIMIT ${AT_ONCE})
        SELECT f.seq, f.root, f.entry,
               pg_snapshot_xmin(pg_current_snapshot())::text AS xmin, pg_snapshot_xmax(pg_current_snapshot())::text AS xmax
        FROM (SELECT 1) one LEFT JOIN found f ON true ORDER BY f.seq`,
      values: [highest, gaps.map(gap => gap.from), gaps.map(gap => gap.to)],
    })
    const first = rows[0]!
    return {
      rows: rows.flatMap(({ seq, root, entry }) => (seq === null ? [] : [{ seq: Number(seq), root, entry }])),
      snapshot: { xmin: BigInt(first.xmin), xmax: BigInt(first.xmax) },
    }
  }

  function advance(rows: readonly Row[], { xmin, xmax }: Snapshot, full: boolean): void {
    const now = Date.now()
    const seen = rows.map(row => row.seq)
    const fresh = seen.filter(seq => seq > highest)
    // A full page may have cut off what lies further on, in gaps as well.
    const read = full ? seen.at(-1)! : Number.POSITIVE_INFINITY
    gaps = gaps
      .flatMap(gap => without(gap, seen))
      .filter(gap => gap.from > read || gap.xmax > xmin || now - gap.noticedAt < WATCHED_MS)
    for (const seq of fresh) {
      if (seq > highest + 1) gaps.push({ from: highest + 1, to: seq - 1, xmax, noticedAt: now })
      highest = seq
    }
  }

  return {
    async subscribe(listener) {
      listeners.add(listener)
      if (listeners.size === 1 || !following) following = begin()
      try {
        await following
      } catch (error) {
        listeners.delete(listener)
        following = undefined
        throw error
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearTimeout(timer)
        following = undefined
      }
    },
    position: () => {
      const floor = Math.min(...gaps.map(gap => gap.from - 1))
      return floor < highest ? `${highest}~${floor}` : String(highest)
    },
    poke: () => {
      if (listeners.size > 0) look()
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      listeners.clear()
    },
  }
}

/** What is left of a gap once some of its numbers were seen. `seen` ascends. */
function without(gap: Gap, seen: readonly number[]): Gap[] {
  const parts: Gap[] = []
  let { from } = gap
  for (const seq of seen) {
    if (seq < from) continue
    if (seq > gap.to) break
    if (seq > from) parts.push({ ...gap, from, to: seq - 1 })
    from = seq + 1
  }
  return from <= gap.to ? [...parts, { ...gap, from }] : parts
}

export const noticeOf = ({ seq, root, entry }: Row): Notice => {
  const { action, subject, org, type } = JSON.parse(entry) as Omit<Notice, 'seq' | 'root'>
  return { seq, root, action, subject, ...(org ? { org } : {}), ...(type ? { type } : {}) }
}

/** Where a reader left off: everything up to here was told to it. */
export function positionOf(id: string | undefined): number | undefined {
  const match = /^(\d{1,15})(?:~(\d{1,15}))?$/.exec(id ?? '')
  return match ? Number(match[2] ?? match[1]) : undefined
}
