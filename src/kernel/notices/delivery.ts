import type { Ledger } from '../ledger.ts'
import { type Actor, may } from '../people/actor.ts'
import type { Language, Words } from '../words.ts'

// How notices go out. A delivery is claimed before it is sent: a program that dies in between leaves it to be looked at,
// so that nobody is told twice by a machine.

export interface Message {
  /** The same for the same notices. */
  readonly id: string
  readonly to: string
  readonly language: Language
  readonly notices: readonly { readonly title: Words; readonly link: string }[]
}

/** A way to people: an SMTP server, a gateway for short messages. `send` throws what it was refused with. */
export interface Channel {
  readonly id: 'mail' | 'sms'
  readonly send: (message: Message) => Promise<void>
}

/** Thrown by a channel where trying again is of no use: no such address. */
export class Undeliverable extends Error {}

const ATTEMPTS = 6
/** What has been on its way for so long was cut off. */
const CUT_OFF = 15 * 60_000
const AT_ONCE = 500

interface Claimed {
  readonly root: number
  readonly notice: string
  readonly attempts: number
  readonly person: string
  readonly language: Language
  readonly to: string | null
  readonly zh: string
  readonly en: string
  readonly link: string
}

/** Sends what waits for a channel, one message a person. */
export async function deliver(ledger: Ledger, channel: Channel): Promise<{ sent: number; failed: number }> {
  const now = ledger.clock()
  await ledger.store.pool.query(
    `UPDATE notice_delivery SET state = 'failed', error = $3 WHERE channel = $1 AND state = 'sending' AND next_at < $2`,
    [
      channel.id,
      new Date(now.getTime() - CUT_OFF),
      '发送中断，是否送达不明 / cut off; whether it arrived is not known',
    ],
  )
  const { rows } = await ledger.store.pool.query<Claimed>(
    `WITH claimed AS (
       UPDATE notice_delivery d SET state = 'sending', attempts = d.attempts + 1, next_at = $2
       FROM (SELECT root, notice FROM notice_delivery WHERE channel = $1 AND state = 'waiting' AND next_at <= $2
             ORDER BY next_at, notice LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED) w
       WHERE d.root = w.root AND d.notice = w.notice AND d.channel = $1
       RETURNING d.root, d.notice, d.attempts)
     SELECT c.root, c.notice, c.attempts, n.person, p.language, n.zh, n.en, n.link,
            CASE WHEN p.disabled THEN NULL WHEN $1 = 'mail' THEN a.email ELSE a.phone END AS to
     FROM claimed c JOIN notice n ON n.root = c.root AND n.id = c.notice JOIN person p ON p.id = n.person
     LEFT JOIN person_contact a ON a.person = n.person ORDER BY n.created_at, n.id`,
    [channel.id, now],
  )
  const people = new Map<string, Claimed[]>()
  for (const row of rows) people.set(row.person, [...(people.get(row.person) ?? []), row])
  let sent = 0
  let failed = 0
  for (const claimed of people.values()) {
    const error = await sendTo(channel, claimed)
    if (error === null) sent += claimed.length
    else failed += claimed.length
    await settle(ledger, channel, claimed, error)
  }
  return { sent, failed }
}

async function sendTo(channel: Channel, claimed: readonly Claimed[]): Promise<unknown> {
  const { notice, to, language } = claimed[0]!
  if (to === null) return new Undeliverable('没有地址 / no address')
  try {
    await channel.send({
      id: notice,
      to,
      language,
      notices: claimed.map(({ zh, en, link }) => ({ title: { zh, en }, link })),
    })
    return null
  } catch (error) {
    return error
  }
}

/** Sent; or to be tried again, later each time; or given up. */
async function settle(ledger: Ledger, channel: Channel, claimed: readonly Claimed[], error: unknown) {
  const now = ledger.clock()
  const why = error === null ? null : (error instanceof Error ? error.message : String(error)).slice(0, 500)
  const given = (one: Claimed) => error instanceof Undeliverable || one.attempts >= ATTEMPTS
  await ledger.store.pool.query(
    `UPDATE notice_delivery d SET state = s.state, next_at = s.next_at, error = $2
     FROM unnest($3::int[], $4::uuid[], $5::text[], $6::timestamptz[]) AS s(root, notice, state, next_at)
     WHERE d.root = s.root AND d.notice = s.notice AND d.channel = $1 AND d.state = 'sending'`,
    [
      channel.id,
      why,
      claimed.map(one => one.root),
      claimed.map(one => one.notice),
      claimed.map(one => (error === null ? 'sent' : given(one) ? 'failed' : 'waiting')),
      claimed.map(one => new Date(now.getTime() + (error === null ? 0 : 60_000 * 4 ** (one.attempts - 1)))),
    ],
  )
}

export interface Failed {
  readonly notice: string
  readonly channel: 'mail' | 'sms'
  readonly state: 'waiting' | 'failed'
  readonly person: string
  readonly name: string
  readonly title: Words
  readonly attempts: number
  readonly error: string
}

/** Deliveries that went wrong, given up or to be tried again, of people at the units that the actor administers. */
export async function failedDeliveries(ledger: Ledger, actor: Actor): Promise<readonly Failed[]> {
  const { rows } = await ledger.store.pool.query<Omit<Failed, 'title'> & { zh: string; en: string; org: number }>(
    `SELECT d.notice, d.channel, d.state, n.person, p.name, n.zh, n.en, n.org, d.attempts, d.error
     FROM notice_delivery d JOIN notice n ON n.root = d.root AND n.id = d.notice JOIN person p ON p.id = n.person
     WHERE d.state IN ('waiting', 'failed') AND d.error IS NOT NULL ORDER BY n.created_at DESC, d.notice LIMIT 1000`,
  )
  return rows
    .filter(({ org }) => may(actor, 'administer', ledger.orgs.byId(org)?.path ?? ''))
    .map(({ zh, en, org: _, ...row }) => ({ ...row, title: { zh, en } }))
}

/** Lets deliveries that failed be tried anew. */
export async function retry(ledger: Ledger, actor: Actor, notices: readonly string[]): Promise<{ retried: number }> {
  const own = (await failedDeliveries(ledger, actor)).filter(({ notice }) => notices.includes(notice))
  const { rowCount } = await ledger.store.pool.query(
    `UPDATE notice_delivery SET state = 'waiting', attempts = 0, next_at = $2 WHERE notice = ANY($1::uuid[]) AND state = 'failed'`,
    [own.map(one => one.notice), ledger.clock()],
  )
  return { retried: rowCount ?? 0 }
}
