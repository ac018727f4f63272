import { uuidv7 } from 'uuidv7'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor, Role } from '../people/actor.ts'
import { rootsOf } from '../records/read.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import { type Event, eventsOf } from './events.ts'

// One inbox a person: everything somebody is to be told, each thing once.

/** Who is told first, by what is to be done. */
const TOLD: Readonly<Record<Event['right'], readonly Role[]>> = {
  enter: ['clerk', 'manager'],
  confirm: ['manager', 'administrator'],
}

/** Writes the notices of a tree that are not there yet. Told are those who do the work at the unit, or nearest above it. */
export async function gather(ledger: Ledger, root: number): Promise<Result<{ written: number }>> {
  const events = await eventsOf(ledger, root)
  if (!events.ok) return events
  if (events.value.length === 0) return ok({ written: 0 })
  const { rows: grants } = await ledger.store.pool.query<{ person: string; org: number; role: Role }>(
    `SELECT g.person, g.org, g.role FROM role_grant g JOIN person p ON p.id = g.person AND NOT p.disabled
     JOIN org_unit o ON o.id = g.org WHERE o.root = $1`,
    [root],
  )
  const addressed = events.value.flatMap(event =>
    recipients(grants, event.unit, TOLD[event.right]).map(person => ({ person, ...event })),
  )
  const now = ledger.clock().toISOString()
  // A notice and its deliveries are one statement: none is told of without the other. Who has been told is not told again.
  const { rowCount } = await ledger.store.pool.query(
    `WITH told AS (
       INSERT INTO notice (root, id, person, key, org, zh, en, link, created_at)
       SELECT $1, i.id, i.person, i.key, i.org, i.zh, i.en, i.link, $9
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[]) AS i(id, person, key, org, zh, en, link)
       ON CONFLICT (root, person, key) DO NOTHING RETURNING root, id, person),
     sent AS (
       INSERT INTO notice_delivery (root, notice, channel, state, next_at)
       SELECT t.root, t.id, w.channel, 'waiting', $9 FROM told t JOIN person_contact c ON c.person = t.person
       CROSS JOIN LATERAL (SELECT 'mail' AS channel WHERE c.by_mail AND c.email IS NOT NULL
                           UNION ALL SELECT 'sms' WHERE c.by_sms AND c.phone IS NOT NULL) w)
     SELECT id FROM told`,
    [
      root,
      addressed.map(() => uuidv7()),
      addressed.map(one => one.person),
      addressed.map(one => one.key),
      addressed.map(one => one.unit.id),
      addressed.map(one => one.title.zh),
      addressed.map(one => one.title.en),
      addressed.map(one => one.link),
      now,
    ],
  )
  return ok({ written: rowCount ?? 0 })
}

/** People with the first of the roles that anybody has at the unit, or at the nearest above where somebody has one. */
function recipients(
  grants: readonly { person: string; org: number; role: Role }[],
  unit: OrgUnit,
  roles: readonly Role[],
): string[] {
  const upwards = unit.path
    .split('/')
    .filter(part => part !== '')
    .map(Number)
    .reverse()
  for (const org of upwards)
    for (const role of roles) {
      const there = grants.filter(grant => grant.org === org && grant.role === role)
      if (there.length > 0) return [...new Set(there.map(grant => grant.person))]
    }
  return []
}

export interface Notice {
  readonly id: string
  readonly org: string
  readonly title: Words
  readonly link: string
  readonly createdAt: string
  readonly readAt: string | null
}

export interface Inbox {
  readonly notices: readonly Notice[]
  readonly unread: number
}

/** The inbox of whoever asks, newest first, up to date. */
export async function inbox(
  ledger: Ledger,
  actor: Actor,
  { unread = false, limit = 100 }: { unread?: boolean; limit?: number } = {},
): Promise<Result<Inbox>> {
  for (const root of rootsOf(ledger, actor)) {
    const gathered = await gather(ledger, root)
    if (!gathered.ok) return gathered
  }
  const { rows } = await ledger.store.pool.query<{
    id: string
    org: number
    zh: string
    en: string
    link: string
    createdAt: string
    readAt: string | null
    unread: number
  }>(
    `SELECT id, org, zh, en, link, created_at AS "createdAt", read_at AS "readAt",
            (SELECT count(*)::int FROM notice n WHERE n.person = $1 AND n.read_at IS NULL) AS unread
     FROM notice WHERE person = $1 AND (NOT $2 OR read_at IS NULL) ORDER BY created_at DESC, id DESC LIMIT $3`,
    [actor.person, unread, limit],
  )
  return ok({
    unread: rows[0]?.unread ?? 0,
    notices: rows.map(({ zh, en, org, unread: _, ...row }) => ({
      ...row,
      org: ledger.orgs.byId(org)?.code ?? '',
      title: { zh, en },
    })),
  })
}

/** Marks notices of whoever asks as read or as not read; those of others are left alone. */
export async function markRead(
  ledger: Ledger,
  actor: Actor,
  { notices, read }: { notices: readonly string[] | 'all'; read: boolean },
): Promise<Result<{ changed: number }>> {
  const { rowCount } = await ledger.store.pool.query(
    `UPDATE notice SET read_at = $3 WHERE person = $1 AND ($2::text[] IS NULL OR id::text = ANY($2)) AND (read_at IS NULL) = $4`,
    [actor.person, notices === 'all' ? null : notices, read ? ledger.clock().toISOString() : null, read],
  )
  return ok({ changed: rowCount ?? 0 })
}

export interface Contact {
  readonly email: string | null
  readonly phone: string | null
  readonly byMail: boolean
  readonly bySms: boolean
}

/** Where whoever asks wants notices. */
export async function contactOf(ledger: Ledger, actor: Actor): Promise<Contact> {
  const { rows } = await ledger.store.pool.query<Contact>(
    'SELECT email, phone, by_mail AS "byMail", by_sms AS "bySms" FROM person_contact WHERE person = $1',
    [actor.person],
  )
  return rows[0] ?? { email: null, phone: null, byMail: true, bySms: false }
}

export async function setContact(ledger: Ledger, actor: Actor, contact: Contact): Promise<Result<Contact>> {
  const email = contact.email?.trim() || null
  const phone = contact.phone?.replace(/[\s-]/g, '') || null
  if (email !== null && !/^[^\s@<>,;"]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i.test(email))
    return fail('contact/email', {
      field: 'email',
      value: email,
      zh: '电子邮箱写得不对',
      en: 'This is no e-mail address',
    })
  if (phone !== null && !/^1\d{10}$/.test(phone))
    return fail('contact/phone', { field: 'phone', zh: '手机号应为11位', en: 'A mobile number has 11 digits' })
  await ledger.store.pool.query(
    `INSERT INTO person_contact (person, email, phone, by_mail, by_sms) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person) DO UPDATE SET email = excluded.email, phone = excluded.phone, by_mail = excluded.by_mail, by_sms = excluded.by_sms`,
    [actor.person, email, phone, contact.byMail, contact.bySms],
  )
  return ok({ ...contact, email, phone })
}
