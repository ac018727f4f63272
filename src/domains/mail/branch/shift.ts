import type pg from 'pg'
import { z } from 'zod'
import { action, question } from '../../../kernel/operation.ts'
import { fail, failAll, ok } from '../../../kernel/result.ts'
import { shownSubject, subjectOf } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { journalled } from '../runs/runs.ts'
import { doing, timeOfWork, workplace } from '../work.ts'

// Balance 平衡合拢 at the end of a shift: what was brought forward, accepted and received is dispatched, delivered or on
// hand, item by item; what is on hand by the books has to be what is counted.

export interface Balance {
  /** On hand when the shift began. */
  readonly forward: number
  readonly accepted: number
  readonly received: number
  readonly dispatched: number
  readonly delivered: number
  /** By the books. */
  readonly onHand: number
  /** On hand by the books but not counted. */
  readonly missing: readonly string[]
  /** Counted but not on hand by the books. */
  readonly surplus: readonly string[]
}

/** What was brought forward follows from the others, so that all hangs on the count: everything else has left by an event. */
export const isBalanced = ({ missing, surplus }: Balance) => missing.length === 0 && surplus.length === 0

interface Moved {
  readonly subject: string
  readonly came: number
  readonly accepted: number
  readonly left: number
  readonly delivered: number
}

const TRUST = 400

/** What came to an office and what left it after an instant, and what it has. */
export async function balanceOf(
  client: pg.Pool | pg.PoolClient,
  root: number,
  office: string,
  { since, until }: { since: string; until: string },
  counted: readonly string[] | undefined,
): Promise<Balance> {
  const custodian = `office:${office}`
  const [held, moved] = await Promise.all([
    client.query<{ subject: string }>(
      'SELECT subject FROM mail_piece WHERE root = $1 AND custodian = $2 AND since <= $3 ORDER BY subject',
      [root, custodian, until],
    ),
    client.query<Moved>(
      `SELECT subject, count(*) FILTER (WHERE code IN ('UNP', 'CLS') OR receiver = $2) AS came, count(*) FILTER (WHERE code = 'EMA') AS accepted,
         count(*) FILTER (WHERE code IN ('PCK', 'OPN') OR giver = $2) AS left, count(*) FILTER (WHERE code IN ('EMI', 'RTN')) AS delivered
       FROM mail_event e
       WHERE e.root = $1 AND e.day >= ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AND e.day <= ($5::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
         AND e.time > $4::timestamptz AND e.time <= $5::timestamptz
         AND (e.office = $3 OR e.giver = $2 OR e.receiver = $2) AND e.code IN ('EMA', 'UNP', 'CLS', 'PCK', 'OPN', 'HND', 'ADJ', 'EMI', 'RTN')
         AND NOT EXISTS (SELECT 1 FROM mail_piece p WHERE p.root = e.root AND p.subject = e.subject AND e.id = ANY(p.flagged))
       GROUP BY subject`,
      [root, custodian, office, since, until],
    ),
  ])
  const sum = (of: keyof Omit<Moved, 'subject'>) => moved.rows.reduce((total, row) => total + row[of], 0)
  const onHand = held.rows.map(({ subject }) => subject)
  const books = new Set(onHand)
  const real = new Set(counted ?? onHand)
  const [accepted, received, dispatched, delivered] = [sum('accepted'), sum('came'), sum('left'), sum('delivered')]
  return {
    forward: onHand.length - accepted - received + dispatched + delivered,
    accepted,
    received,
    dispatched,
    delivered,
    onHand: onHand.length,
    missing: onHand.filter(subject => !real.has(subject)),
    surplus: [...real].filter(subject => !books.has(subject)),
  }
}

const balanceShape = z.strictObject({
  forward: z.int(),
  accepted: z.int(),
  received: z.int(),
  dispatched: z.int(),
  delivered: z.int(),
  onHand: z.int(),
  missing: z.array(z.string()),
  surplus: z.array(z.string()),
})

const shown = (balance: Balance) => ({
  ...balance,
  missing: balance.missing.map(shownSubject),
  surplus: balance.surplus.map(shownSubject),
})

interface Shift {
  readonly day: string
  readonly shift: number
  readonly closedAt: string
}

async function lastShift(client: pg.Pool | pg.PoolClient, root: number, office: string): Promise<Shift | undefined> {
  const { rows } = await client.query<Shift>(
    `SELECT day, shift, closed_at AS "closedAt" FROM mail_shift WHERE root = $1 AND office = $2 ORDER BY closed_at DESC LIMIT 1`,
    [root, office],
  )
  return rows[0]
}

/** Of an office that never closed a shift: the days of events that the program keeps. */
const beginning = (until: string) => new Date(Date.parse(until) - TRUST * 86_400_000).toISOString()

export const askBalance = question(
  'mail.balance',
  {
    zh: '平衡情况',
    en: 'The balance of a shift',
    input: z.strictObject({ org: z.string(), office: z.string().max(8) }),
    answer: z.strictObject({ since: z.string().nullable(), balance: balanceShape, onHand: z.array(z.string()) }),
  },
  async (ledger, actor, { org, office }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const until = ledger.clock().toISOString()
    const place = await workplace(ledger, actor, root, office, until)
    if (!place.ok) return place
    const last = await lastShift(ledger.store.pool, root, office)
    const balance = await balanceOf(
      ledger.store.pool,
      root,
      office,
      { since: last?.closedAt ?? beginning(until), until },
      undefined,
    )
    const { rows } = await ledger.store.pool.query<{ subject: string }>(
      'SELECT subject FROM mail_piece WHERE root = $1 AND custodian = $2 ORDER BY subject LIMIT 5000',
      [root, `office:${office}`],
    )
    return ok({
      since: last?.closedAt ?? null,
      balance: shown(balance),
      onHand: rows.map(({ subject }) => shownSubject(subject)),
    })
  },
)

export const closeShift = action(
  'mail.close-shift',
  {
    zh: '交班合拢',
    en: 'Close a shift',
    input: z.strictObject({
      org: z.string(),
      office: z.string().max(8),
      /** Everything that was found on hand, as scanned. */
      counted: z.array(z.string().max(64)).max(50_000),
      /** Why it is closed although it does not balance. */
      reason: z.string().trim().min(4).max(500).optional(),
    }),
    answer: z.strictObject({ day: z.string(), shift: z.int(), balance: balanceShape, balanced: z.boolean() }),
  },
  async (ledger, actor, { org, office, counted, reason }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const time = timeOfWork(ledger, undefined)
    if (!time.ok) return time
    const until = time.value
    const place = await workplace(ledger, actor, root, office, until)
    if (!place.ok) return place
    const day = dayOfInstant(until)
    const read = counted.map(written => subjectOf(written, day))
    const problems = read.flatMap(one =>
      one.ok ? [] : one.problems.map(problem => ({ ...problem, field: 'counted' })),
    )
    if (problems.length > 0) return failAll(problems)
    const subjects = read.flatMap(one => (one.ok ? [one.value.subject] : []))
    return doing(ledger, actor, place.value.unit, [day], async client => {
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7300))', [`${root} ${office} shift`])
      const last = await lastShift(client, root, office)
      const since = last?.closedAt ?? beginning(until)
      const balance = await balanceOf(client, root, office, { since, until }, subjects)
      if (!isBalanced(balance) && reason === undefined)
        return fail('mail/unbalanced', {
          field: 'counted',
          balance: shown(balance),
          zh: `不平衡：短少${balance.missing.length}件，多出${balance.surplus.length}件；请查找，或注明原因后交班`,
          en: `It does not balance: ${balance.missing.length} missing, ${balance.surplus.length} too many; look for them, or say why`,
        })
      const shift = last?.day === day ? last.shift + 1 : 1
      await client.query(
        `INSERT INTO mail_shift (root, office, day, shift, org, opened_at, closed_at, balance, reason, closed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          root,
          office,
          day,
          shift,
          place.value.unit.id,
          since,
          until,
          JSON.stringify(balance),
          reason ?? null,
          actor.person,
        ],
      )
      const note = { office, day, shift, balance, ...(reason && { reason }) }
      await journalled(client, ledger, actor, place.value.unit, `mail:shift ${office}`, 'mail-close-shift', note)
      return ok({ day, shift, balance: shown(balance), balanced: isBalanced(balance) })
    })
  },
)
