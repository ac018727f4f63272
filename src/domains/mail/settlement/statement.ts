import { z } from 'zod'
import { action, question } from '../../../kernel/operation.ts'
import { fail, ok } from '../../../kernel/result.ts'
import { shownSubject } from '../events/scan.ts'
import { officesOn } from '../network/read.ts'
import { doing } from '../work.ts'
import { type ChargeRow, postCharges, type Step } from './derive.ts'

// Statements 结算单: what offices owe for a month, by route; every line opens to its bags. A dispute is settled by reversing
// entries, never by changing one.

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const lineShape = z.strictObject({
  office: z.string(),
  name: z.string(),
  route: z.string().nullable(),
  sort: z.enum(['carry', 'handle']),
  bags: z.int(),
  metres: z.int(),
  /** Fen. */
  amount: z.int(),
})

interface Line {
  readonly office: string
  readonly route: string | null
  readonly sort: 'carry' | 'handle'
  readonly bags: number
  readonly metres: number
  readonly amount: number
}

/** What is owed for a month by the offices beneath a unit, by route. */
export const askStatement = question(
  'mail.statement',
  {
    zh: '月度结算单',
    en: "A month's statement",
    input: z.strictObject({ org: z.string(), month, office: z.string().max(8).optional() }),
    answer: z.strictObject({ month: z.string(), lines: z.array(lineShape), total: z.int() }),
  },
  async (ledger, _actor, { org, month: of, office }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root, path } = unit.value
    const { pool } = ledger.store
    const under = ledger.orgs.under(path).map(({ id }) => id)
    const [{ rows }, names] = await Promise.all([
      pool.query<Line>({
        name: 'mail-statement',
        text: `SELECT office, route, split_part(basis, ':', 1) AS sort, sum(times)::bigint AS bags,
            coalesce(sum(times * metres), 0)::bigint AS metres, sum(times * amount)::bigint AS amount
          FROM mail_charge WHERE root = $1 AND month = $2 AND org = ANY($3) AND ($4::text IS NULL OR office = $4)
          GROUP BY 1, 2, 3 HAVING sum(times) <> 0 OR sum(times * amount) <> 0 ORDER BY 1, 2, 3`,
        values: [root, of, under, office ?? null],
      }),
      officesOn(pool, root, `${of}-28`),
    ])
    const lines = rows.map(row => ({ ...row, name: names.get(row.office)?.name ?? row.office }))
    return ok({ month: of, lines, total: lines.reduce((sum, { amount }) => sum + amount, 0) })
  },
)

const entryShape = z.strictObject({
  basis: z.string(),
  bag: z.string(),
  day: z.string(),
  run: z.string().nullable(),
  times: z.int(),
  metres: z.int().nullable(),
  amount: z.int(),
  rule: z.string(),
  reason: z.string().nullable(),
})

/** The entries beneath a line, reversals too. */
export const askEntries = question(
  'mail.statement-entries',
  {
    zh: '结算明细',
    en: 'Entries of a statement',
    input: z.strictObject({
      org: z.string(),
      month,
      office: z.string().max(8),
      route: z.string().max(20).optional(),
      limit: z.coerce.number().int().min(1).max(5_000).default(500),
    }),
    answer: z.strictObject({ entries: z.array(entryShape), more: z.boolean() }),
  },
  async (ledger, _actor, { org, month: of, office, route, limit }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { rows } = await ledger.store.pool.query<z.output<typeof entryShape>>(
      `SELECT basis, bag, day, run, times, metres, amount, rule, reason FROM mail_charge
       WHERE root = $1 AND month = $2 AND org = ANY($3) AND office = $4 AND ($5::text IS NULL OR route = $5)
       ORDER BY day, basis, seq, place LIMIT $6`,
      [unit.value.root, of, ledger.orgs.under(unit.value.path).map(({ id }) => id), office, route ?? null, limit + 1],
    )
    const entries = rows.slice(0, limit).map(row => ({ ...row, bag: shownSubject(row.bag) }))
    return ok({ entries, more: rows.length > limit })
  },
)

/** Settles a dispute: what was charged is taken back, and where it is owed otherwise, charged so. Then it stays. */
export const settleDispute = action(
  'mail.dispute',
  {
    zh: '结算争议更正',
    en: 'Settle a dispute',
    may: 'confirm',
    input: z.strictObject({
      org: z.string(),
      basis: z.string().max(200),
      reason: z.string().trim().min(4).max(200),
      /** What is owed instead, in fen; nothing when not given. */
      amount: z.int().min(0).max(100_000_000).optional(),
    }),
    answer: z.strictObject({ before: z.int(), after: z.int() }),
  },
  async (ledger, actor, { org, basis, reason, amount }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root, path } = unit.value
    return doing(ledger, actor, unit.value, [], async client => {
      const bag = basis.split(':')[1] ?? ''
      // The same lock as everything that follows from the bag's events.
      await client.query('SELECT 1 FROM mail_piece WHERE root = $1 AND subject = $2 FOR UPDATE', [root, bag])
      const { rows } = await client.query<ChargeRow>(
        `SELECT basis, day, month, org, rule, office, route, run, metres, amount, bag, NULL AS reason FROM mail_charge
         WHERE root = $1 AND bag = $2 AND basis = $3 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 HAVING sum(times) <> 0`,
        [root, bag, basis],
      )
      const standing = rows[0]
      if (!standing || !ledger.orgs.byId(standing.org)?.path.startsWith(path))
        return fail('mail/unknown-charge', {
          field: 'basis',
          value: basis,
          zh: '没有这笔结算',
          en: 'There is no such charge',
        })
      const steps: Step<ChargeRow>[] = [
        { row: { ...standing, reason }, times: -1 },
        ...(amount ? [{ row: { ...standing, amount, rule: 'dispute', reason }, times: 1 as const }] : []),
      ]
      await postCharges(client, ledger, actor, unit.value, steps)
      return ok({ before: standing.amount, after: amount ?? 0 })
    })
  },
)
