import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { action, question } from '../../kernel/operation.ts'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { permit } from '../../kernel/people/actor.ts'
import { today } from '../../kernel/period/day.ts'
import { integer, text } from '../../kernel/records/fields.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { create } from '../../kernel/records/records.ts'
import { fail, ok } from '../../kernel/result.ts'
import { sample, sampleSize } from './sampling.ts'

/** Numbers of the instruments in service at a unit and beneath on a day. */
async function inService(ledger: Ledger, { root, path }: OrgUnit, on: string): Promise<string[]> {
  const { rows } = await ledger.store.pool.query<{ number: string }>(
    `SELECT fields ->> 'number' AS number FROM record
     WHERE root = $1 AND type = 'metrology.instrument' AND org = ANY($2) AND status IN ('entered', 'confirmed')
       AND fields ->> 'inServiceOn' <= $3 AND coalesce(fields ->> 'scrappedOn', '9999') > $3`,
    [root, ledger.orgs.under(path).map(unit => unit.id), on],
  )
  return rows.map(row => row.number)
}

/** Draws the instruments that are looked at again, from those in service today, and keeps who was drawn. */
export const draw = action(
  'metrology.draw',
  {
    zh: '抽样',
    en: 'Draw a sample',
    input: z.strictObject({
      org: z.string(),
      seed: text({ zh: '随机种子', en: 'Seed', max: 60 }),
      percent: integer({ zh: '抽样比例', en: 'Share', min: 1, max: 100, unit: 'percent' }),
    }),
    on: { type: 'metrology.sampling' },
    answer: z.strictObject({ sampling: z.string(), lot: z.int(), drawn: z.array(z.string()) }),
  },
  async (ledger, actor, { org, seed, percent }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'enter', unit.value)
    if (!permitted.ok) return permitted
    const drawnOn = today(ledger.clock)
    const lot = await inService(ledger, unit.value, drawnOn)
    if (lot.length === 0)
      return fail('metrology/no-instruments', {
        field: 'org',
        zh: '这个单位没有在用的计量器具',
        en: 'There are no instruments in service at this unit',
      })
    const drawn = sample(lot, sampleSize(lot.length, percent), seed)
    const fields = { drawnOn, seed, percent, lot: lot.length, drawn: drawn.map(number => ({ number })) }
    const made = await create(ledger, actor, 'metrology.sampling', { org, fields })
    return made.ok ? ok({ sampling: made.value.id, lot: lot.length, drawn }) : made
  },
)

/** Draws a sample again, from the instruments that were in service then as the register has them now. */
export const redraw = question(
  'metrology.redraw',
  {
    zh: '抽样复核',
    en: 'Draw again to check',
    input: z.strictObject({ org: z.string(), sampling: z.uuid() }),
    answer: z.strictObject({ isSame: z.boolean(), missing: z.array(z.string()), added: z.array(z.string()) }),
  },
  async (ledger, actor, { sampling }) => {
    const found = await readRecord(ledger, actor, sampling)
    if (!found.ok) return found
    const { type, org, fields } = found.value
    if (type !== 'metrology.sampling')
      return fail('metrology/no-sampling', { field: 'sampling', zh: '这不是抽样记录', en: 'This is not a sampling' })
    const lot = await inService(ledger, ledger.orgs.byId(org)!, String(fields.drawnOn))
    const again = sample(lot, sampleSize(lot.length, Number(fields.percent)), String(fields.seed))
    const kept = (fields.drawn as readonly { number: string }[]).map(({ number }) => number)
    const missing = kept.filter(number => !again.includes(number))
    const added = again.filter(number => !kept.includes(number))
    return ok({ isSame: missing.length === 0 && added.length === 0, missing, added })
  },
)
