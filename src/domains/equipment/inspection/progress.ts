import { z } from 'zod'
import { question } from '../../../kernel/operation.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { referringTerm } from '../../../kernel/records/terms.ts'
import { fail, ok } from '../../../kernel/result.ts'

const counts = { devices: z.int(), checked: z.int(), faulty: z.int(), open: z.int() }

/** How far a round has come: checked of all devices on the register, for each unit right beneath. */
export const progress = question(
  'inspection.progress',
  {
    zh: '检查进度',
    en: 'Progress of a round',
    input: z.strictObject({ org: z.string(), round: z.uuid() }),
    answer: z.strictObject({
      title: z.string(),
      sort: z.string(),
      ...counts,
      units: z.array(z.strictObject({ org: z.string(), name: z.string(), ...counts })),
    }),
  },
  async (ledger, actor, { org, round }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const { root, path, id } = unit.value
    const found = await ledger.store.pool.query<{ title: string; sort: string }>(
      `SELECT fields ->> 'title' AS title, fields ->> 'sort' AS sort FROM record
       WHERE root = $1 AND id = $2 AND type = 'inspection.round'`,
      [root, round],
    )
    const [ordered] = found.rows
    if (!ordered)
      return fail('inspection/no-round', { field: 'round', zh: '没有这个检查轮次', en: 'There is no such round' })
    const { rows } = await ledger.store.pool.query<{
      org: number
      devices: number
      checked: number
      faulty: number
      open: number
    }>(
      `SELECT org, count(*) FILTER (WHERE type = 'equipment.device')::int AS devices,
              count(*) FILTER (WHERE type = 'inspection.check')::int AS checked,
              count(*) FILTER (WHERE fields ->> 'result' = 'faulty')::int AS faulty,
              count(*) FILTER (WHERE fields ->> 'result' = 'faulty' AND NOT fields ? 'repairedOn')::int AS open
       FROM record WHERE root = $1 AND org = ANY($2) AND status IN ('entered', 'confirmed')
         AND (type = 'equipment.device' AND state <> 'retired'
              OR type = 'inspection.check' AND links @> ARRAY[$3::text])
       GROUP BY org`,
      [root, ledger.orgs.under(path).map(one => one.id), referringTerm(round)],
    )
    const whole = { devices: 0, checked: 0, faulty: 0, open: 0 }
    const units = new Map<number, typeof whole>()
    for (const row of rows) {
      const below = ledger.orgs.byId(row.org)!.path.slice(path.length).split('/')[0]
      const at = below ? Number(below) : id
      const own = units.get(at) ?? { devices: 0, checked: 0, faulty: 0, open: 0 }
      units.set(at, own)
      for (const sum of [whole, own]) {
        sum.devices += row.devices
        sum.checked += row.checked
        sum.faulty += row.faulty
        sum.open += row.open
      }
    }
    return ok({
      ...ordered,
      ...whole,
      units: [...units]
        .map(([at, own]) => ({ org: ledger.orgs.byId(at)!.code, name: ledger.orgs.byId(at)!.name, ...own }))
        .sort((a, b) => (a.org < b.org ? -1 : 1)),
    })
  },
)
