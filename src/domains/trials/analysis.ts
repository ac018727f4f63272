import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { question } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { type ListedRecord, listRecords } from '../../kernel/records/list.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { upgrade } from '../../kernel/records/type.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { type Analysis, oneWay, randomisedBlocks } from './anova.ts'
import { plotsOf, treatmentsOf } from './layout.ts'
import { traits } from './topics.ts'

const source = z.strictObject({
  source: z.enum(['treatments', 'blocks', 'error', 'total']),
  df: z.number(),
  ss: z.number(),
  ms: z.number().optional(),
  /** Missing where there is no error to test against: all plots of each treatment alike. */
  f: z.number().optional(),
  p: z.number().optional(),
})

const answer = z.strictObject({
  trial: z.string(),
  trait: z.string(),
  measuredOn: z.string(),
  design: z.enum(['random', 'blocks']),
  test: z.strictObject({ zh: z.string(), en: z.string() }),
  alpha: z.number(),
  lsd: z.number(),
  sources: z.array(source),
  treatments: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      n: z.number(),
      mean: z.number(),
      deviation: z.number().optional(),
      letters: z.string(),
    }),
  ),
})

const TESTS = {
  random: {
    zh: '单因素方差分析，多重比较用最小显著差数法(LSD)',
    en: 'One-way analysis of variance; least significant difference',
  },
  blocks: {
    zh: '随机区组方差分析，多重比较用最小显著差数法(LSD)',
    en: 'Analysis of variance in randomised blocks; least significant difference',
  },
} as const

const nothing = (code: string, zh: string, en: string) => fail(`trials/${code}`, { field: 'trial', zh, en })

/** Whether the treatments of a trial differ in a trait, by its newest measurement. */
export const analysis = question(
  'trials.analysis',
  {
    zh: '试验的方差分析',
    en: 'Analysis of variance of a trial',
    input: z.strictObject({
      org: z.string(),
      trial: z.uuid(),
      trait: z.enum(Object.keys(traits) as [keyof typeof traits]).default('yield'),
      alpha: z.coerce.number().min(0.001).max(0.2).default(0.05),
    }),
    answer,
  },
  async (ledger, actor, { org, trial: id, trait, alpha }) => {
    const stored = await readRecord(ledger, actor, id)
    if (!stored.ok) return stored
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const own = ledger.orgs.byId(stored.value.org)!
    if (stored.value.type !== 'trials.trial' || !own.path.startsWith(unit.value.path))
      return nothing('unknown', '本单位没有这个试验', 'There is no such trial at this unit')
    const type = ledger.registry.types.get('trials.trial')!
    const fields = upgrade(type, stored.value.typeVersion, stored.value.fields)
    if (fields.design === 'none')
      return nothing('no-design', '对比示范没有重复，不作检验', 'Side by side without repetition: nothing to test')
    const newest = await newestOf(ledger, actor, id, trait)
    if (!newest.ok) return newest
    const plots = new Map(plotsOf(fields).map(plot => [plot.number, plot]))
    const observations = (newest.value.fields.values as readonly { plot: number; value: number }[]).map(one => {
      const { treatment, block } = plots.get(one.plot)!
      return { treatment, value: one.value, ...(block === undefined ? {} : { block: String(block) }) }
    })
    const found = (fields.design === 'blocks' ? randomisedBlocks : oneWay)(observations, alpha)
    if (!found.ok) return found
    const names = new Map(treatmentsOf(fields).map(one => [one.code, one.name]))
    return ok({
      trial: String(fields.title),
      trait,
      measuredOn: newest.value.day,
      test: TESTS[found.value.design],
      ...told(found.value),
      treatments: found.value.treatments.map(one => ({ ...one, name: names.get(one.code) ?? '' })),
    })
  },
)

async function newestOf(ledger: Ledger, actor: Actor, trial: string, trait: string): Promise<Result<ListedRecord>> {
  const list = await listRecords(ledger, actor, {
    type: 'trials.measurement',
    filter: { trial, trait },
    status: ['entered', 'confirmed'],
    limit: 1,
  })
  if (!list.ok) return list
  const newest = list.value.records[0]
  return newest ? ok(newest) : nothing('not-measured', '还没有测定这个指标', 'This trait is not measured yet')
}

const told = ({ design, alpha, lsd, sources }: Analysis) => ({
  design,
  alpha,
  lsd,
  sources: sources.map(({ f, ...one }) => (f === undefined || !Number.isFinite(f) ? one : { ...one, f })),
})
