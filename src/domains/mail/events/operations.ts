import { z } from 'zod'
import { action, question } from '../../../kernel/operation.ts'
import { fail, ok } from '../../../kernel/result.ts'
import { takeIn } from './intake.ts'

/** Scans of one request. */
const MOST = 5_000

const problem = z.looseObject({ code: z.string(), zh: z.string(), en: z.string() })

/** Scans, in any order and again as often as one likes. */
export const takeScans = action(
  'mail.scans',
  {
    zh: '登记扫描',
    en: 'Take scans in',
    input: z.strictObject({ org: z.string(), scans: z.array(z.unknown()).max(MOST) }),
    answer: z.strictObject({
      received: z.int(),
      created: z.int(),
      repeated: z.int(),
      quarantined: z.array(z.strictObject({ index: z.int(), problem })),
    }),
  },
  async (ledger, actor, { org, scans }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const outcome = await takeIn(ledger, actor, unit.value, scans)
    return ok({ ...outcome, quarantined: [...outcome.quarantined] })
  },
)

export const listQuarantine = question(
  'mail.quarantine',
  {
    zh: '待处理的扫描',
    en: 'Scans in quarantine',
    input: z.strictObject({ org: z.string(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    answer: z.strictObject({
      open: z.int(),
      scans: z.array(
        z.strictObject({ id: z.uuid(), reason: z.string(), problem, payload: z.unknown(), receivedAt: z.string() }),
      ),
    }),
  },
  async (ledger, _actor, { org, limit }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { rows } = await ledger.store.pool.query<{
      id: string
      reason: string
      problem: string
      payload: string
      receivedAt: string
      open: number
    }>(
      `SELECT q.id, q.reason, q.problem, q.payload, q.received_at AS "receivedAt", count(*) OVER () AS open
       FROM mail_quarantine q JOIN org_unit u ON u.id = q.org
       WHERE q.root = $1 AND q.settled_at IS NULL AND u.path LIKE $2 || '%' ORDER BY q.received_at, q.id LIMIT $3`,
      [unit.value.root, unit.value.path, limit],
    )
    const scans = rows.map(row => ({
      id: row.id,
      reason: row.reason,
      problem: JSON.parse(row.problem) as z.output<typeof problem>,
      payload: JSON.parse(row.payload) as unknown,
      receivedAt: row.receivedAt,
    }))
    return ok({ open: rows[0]?.open ?? 0, scans })
  },
)

/** Tries a scan in quarantine again, when what was wrong with it is mended, or lays it aside with a reason. */
export const settleQuarantine = action(
  'mail.quarantine-settle',
  {
    zh: '处理一条扫描',
    en: 'Settle a scan in quarantine',
    may: 'confirm',
    input: z.strictObject({
      org: z.string(),
      id: z.uuid(),
      how: z.enum(['again', 'aside']),
      scan: z.unknown().optional(),
      reason: z.string().trim().min(1).max(200),
    }),
    answer: z.strictObject({ taken: z.boolean(), problem: problem.optional() }),
  },
  async (ledger, actor, { org, id, how, scan, reason }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { rows } = await ledger.store.pool.query<{ payload: string; org: number }>(
      'SELECT payload, org FROM mail_quarantine WHERE root = $1 AND id = $2 AND settled_at IS NULL',
      [unit.value.root, id],
    )
    const held = rows[0]
    if (!held || !ledger.orgs.byId(held.org)?.path.startsWith(unit.value.path))
      return fail('mail/quarantine', {
        field: 'id',
        value: id,
        zh: '没有这条待处理的扫描，或已处理',
        en: 'There is no such scan in quarantine, or it is settled',
      })
    if (how === 'again') {
      const found = await takeIn(ledger, actor, unit.value, [scan ?? (JSON.parse(held.payload) as unknown)])
      const still = found.quarantined[0]
      if (still) return ok({ taken: false, problem: still.problem })
    }
    await ledger.store.pool.query(
      `UPDATE mail_quarantine SET settled_at = $3, settled_by = $4, settlement = $5 WHERE root = $1 AND id = $2`,
      [unit.value.root, id, ledger.clock().toISOString(), actor.person, `${how}: ${reason}`],
    )
    return ok({ taken: how === 'again' })
  },
)

export const eventOperations = [takeScans, listQuarantine, settleQuarantine]
