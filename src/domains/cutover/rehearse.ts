import { z } from 'zod'
import { allOrNone } from '../../kernel/all-or-none.ts'
import type { Ledger, Touched } from '../../kernel/ledger.ts'
import { action } from '../../kernel/operation.ts'
import { permit } from '../../kernel/people/actor.ts'
import { today } from '../../kernel/period/day.ts'
import { day } from '../../kernel/records/fields.ts'
import { createMany, type Entered } from '../../kernel/records/records.ts'
import type { Fields } from '../../kernel/records/type.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { campaignNamed, type Found, ofCampaigns } from './standing.ts'

/**
 * Copies a campaign for a rehearsal: its steps and batches, and the sites of one batch or all, as if nothing had been done yet.
 * What the steps take in it feeds the estimate of the campaign itself.
 */
export const rehearse = action(
  'cutover.rehearse',
  {
    zh: '建立演练',
    en: 'Rehearse',
    input: z.strictObject({
      org: z.string(),
      campaign: z.uuid(),
      on: day({ zh: '演练日期', en: 'On', future: true }),
      /** Only the sites of this batch. */
      batch: z.uuid().optional(),
    }),
    on: { type: 'cutover.campaign', as: 'campaign' },
    answer: z.strictObject({ campaign: z.string(), number: z.string(), steps: z.int(), sites: z.int() }),
  },
  async (ledger, actor, { campaign: id, on, batch }) => {
    const campaign = await campaignNamed(ledger, actor, id)
    if (!campaign.ok) return campaign
    const { root, org, fields } = campaign.value
    const unit = ledger.orgs.byId(org)!
    const permitted = permit(actor, 'enter', unit)
    if (!permitted.ok) return permitted
    if (fields.rehearsalOf !== undefined)
      return fail('cutover/rehearsal', { field: 'campaign', zh: '演练不能再演练', en: 'A rehearsal is not rehearsed' })
    const found = await ofCampaigns(ledger, root, [id], TYPES)
    const of = (type: string) => found.filter(one => one.type === `cutover.${type}`)
    const number = `${String(fields.number)}-演${of('campaign').length + 1}`
    const own = { ...bare(fields, CAMPAIGN_LEFT), number, title: `${String(fields.title)}演练`, rehearsalOf: id }
    const days = { openedOn: today(ledger.clock), windowFrom: on, windowTo: on, dueOn: on }
    const sites = of('site').filter(one => batch === undefined || one.fields.batch === batch)
    const steps = of('step')
    const touched: Touched[] = []
    const done = await allOrNone(ledger.store.pool, async client => {
      const copy = async (type: string, entered: Entered[]): Promise<Result<readonly string[]>> => {
        const made = await createMany(ledger, actor, `cutover.${type}`, entered, { client, allowSimilar: true })
        if (!made.ok) return made
        touched.push(...made.value.map(({ seq }) => ({ root, org, type: `cutover.${type}`, seq })))
        return ok(made.value.map(one => one.id))
      }
      const made = await copy('campaign', [{ org: unit.code, fields: { ...own, ...days, requires: [] } }])
      if (!made.ok) return made
      const to = made.value[0]!
      const batches = await copy('batch', of('batch').map(copied(ledger, to, { from: on, to: on })))
      if (!batches.ok) return batches
      const batchOf = new Map(of('batch').map((one, i) => [one.id, batches.value[i]!]))
      const copies = await copy(
        'site',
        sites.map(one => copied(ledger, to, { plannedOn: on, isRehearsal: true, ...inBatch(one, batchOf) })(one)),
      )
      if (!copies.ok) return copies
      const stepCopies = await copy('step', steps.map(copied(ledger, to, { dueOn: on })))
      return stepCopies.ok ? ok({ campaign: to, number, steps: steps.length, sites: sites.length }) : stepCopies
    })
    if (done.ok) ledger.onTouched(touched)
    return done
  },
)

const TYPES = ['cutover.campaign', 'cutover.batch', 'cutover.site', 'cutover.step']
const CAMPAIGN_LEFT = ['approvedBy', 'liveOn', 'outcome', 'daysLate']
/** What is only known once something is done. */
const DONE = ['startedAt', 'finishedAt', 'checks', 'blockedBy', 'doneOn', 'daysLate']

const bare = (fields: Fields, left: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name)))

const copied =
  (ledger: Ledger, campaign: string, more: Fields) =>
  ({ org, fields }: Found): Entered => ({
    org: ledger.orgs.byId(org)!.code,
    fields: { ...bare(fields, DONE), campaign, ...more },
  })

const inBatch = ({ fields }: Found, batchOf: ReadonlyMap<string, string>) =>
  typeof fields.batch === 'string' ? { batch: batchOf.get(fields.batch) } : {}
