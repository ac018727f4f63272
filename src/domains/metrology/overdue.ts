import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { permit } from '../../kernel/people/actor.ts'
import { type Day, day, daysBetween, today } from '../../kernel/period/day.ts'
import { ok } from '../../kernel/result.ts'

const MOST = 1000

/** Instruments in service on a day whose last passed verification had lapsed by then, or that never had one; the longest first. */
export const overdue = question(
  'metrology.overdue',
  {
    zh: '超期未检器具',
    en: 'Instruments overdue for verification',
    input: z.strictObject({ org: z.string(), on: z.string().optional() }),
    answer: z.strictObject({
      on: z.string(),
      inService: z.int(),
      overdue: z.int(),
      instruments: z.array(
        z.strictObject({
          id: z.string(),
          org: z.string(),
          number: z.string(),
          kind: z.string(),
          validUntil: z.string().nullable(),
          days: z.int().nullable(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, on: asked }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const on = asked === undefined ? { ok: true as const, value: today(ledger.clock) } : day(asked)
    if (!on.ok) return on
    const { rows } = await ledger.store.pool.query<{
      id: string
      org: number
      number: string
      kind: string
      until: Day | null
      all: number
      late: number
    }>(
      `WITH served AS (
         SELECT id, org, fields ->> 'number' AS number, fields ->> 'kind' AS kind FROM record
         WHERE root = $1 AND type = 'metrology.instrument' AND org = ANY($2) AND status IN ('entered', 'confirmed')
           AND fields ->> 'inServiceOn' <= $3 AND coalesce(fields ->> 'scrappedOn', '9999') > $3),
       held AS (
         SELECT fields ->> 'number' AS number, max(fields ->> 'validUntil') AS until FROM record
         WHERE root = $1 AND type = 'metrology.verification' AND status IN ('entered', 'confirmed')
           AND day <= $3::date AND fields ->> 'result' <> 'failed' GROUP BY 1),
       lapsed AS (
         SELECT s.*, h.until FROM served s LEFT JOIN held h USING (number) WHERE h.until IS NULL OR h.until < $3)
       SELECT l.*, (SELECT count(*)::int FROM served) AS all, (SELECT count(*)::int FROM lapsed) AS late
       FROM (SELECT 1) one LEFT JOIN lapsed l ON true ORDER BY l.until NULLS FIRST, l.number LIMIT ${MOST}`,
      [unit.value.root, ledger.orgs.under(unit.value.path).map(one => one.id), on.value],
    )
    return ok({
      on: on.value,
      inService: rows[0]?.all ?? 0,
      overdue: rows[0]?.late ?? 0,
      instruments: rows
        .filter(({ id }) => id !== null)
        .map(({ id, org, number, kind, until }) => ({
          id,
          org: ledger.orgs.byId(org)!.code,
          number,
          kind,
          validUntil: until,
          days: until && daysBetween(until, on.value),
        })),
    })
  },
)
