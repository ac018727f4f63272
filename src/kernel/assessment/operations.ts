import { z } from 'zod'
import { toNumber } from '../figures/fraction.ts'
import type { Ledger } from '../ledger.ts'
import { action, question } from '../operation.ts'
import { type Actor, may } from '../people/actor.ts'
import { periodOfCycle } from '../period/cycles.ts'
import { day, parsePeriod, today } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import { targetsBehind } from './behind.ts'
import { findScheme, resultsOf, type StoredMark } from './marks.ts'
import type { Scheme } from './scheme.ts'
import { standingOf, type UnitStanding, valueText } from './standing.ts'
import * as steps from './steps.ts'
import { usageOf } from './use-rates.ts'

// Assessment as it is asked and done over the API.

const org = z.string().min(1).max(64)
const id = z.string().min(1).max(64)
const period = z.string().min(4).max(10)
const run = z.strictObject({ org, scheme: id, period })
const points = z.number().min(0).max(1000)
const words = z.string().max(1000)
const committed = z.strictObject({ id: z.string(), version: z.int(), seq: z.int(), hash: z.string() })

const shownMark = z.strictObject({
  id: z.string(),
  org: z.string(),
  state: z.string(),
  version: z.int(),
  files: z.int(),
  value: z.number().nullable(),
  base: z.number().nullable(),
  statement: z.string().nullable(),
  selfScore: z.number().nullable(),
  score: z.number().nullable(),
  remark: z.string().nullable(),
  appealBy: z.string().nullable(),
  appeal: z.string().nullable(),
  finalScore: z.number().nullable(),
  ruling: z.string().nullable(),
})

const standing = z.strictObject({
  scheme: z.string(),
  name: z.string(),
  org: z.string(),
  period: z.string(),
  /** How far the period has come. */
  stage: z.enum(['new', 'open', 'published', 'final']),
  digits: z.int(),
  /** Whether the actor takes the decisions of this scheme. */
  decides: z.boolean(),
  items: z.array(
    z.strictObject({
      code: z.string(),
      title: z.string(),
      group: z.string().nullable(),
      kind: z.string(),
      source: z.string(),
      weight: z.number(),
      indicator: z.string().nullable(),
      where: z.record(z.string(), z.string()),
      department: z.string().nullable(),
      dueOn: z.string().nullable(),
      evidence: z.string().nullable(),
    }),
  ),
  units: z.array(
    z.strictObject({
      org: z.string(),
      name: z.string(),
      /** As published, else as of now. */
      score: z.number().nullable(),
      rank: z.int().nullable(),
      /** As of now, where it is otherwise than published. */
      now: z.number().nullable(),
      bonus: z.number(),
      deduction: z.number(),
      vetoes: z.array(z.string()),
      items: z.array(
        z.strictObject({
          value: z.string().nullable(),
          target: z.number().nullable(),
          points: z.number(),
          mark: shownMark.nullable(),
        }),
      ),
    }),
  ),
})

const schemes = z.strictObject({
  schemes: z.array(
    z.strictObject({
      scheme: z.string(),
      name: z.string(),
      org: z.string(),
      orgName: z.string(),
      cycle: z.string(),
      state: z.string(),
      decides: z.boolean(),
      periods: z.array(z.string()),
    }),
  ),
})

/** Schemes that a unit assesses by, is assessed by or has beneath it, with the periods that were opened or published. */
async function schemesAt(ledger: Ledger, actor: Actor, asked: { org: string }) {
  const unit = ledger.orgs.find(asked.org)
  if (!unit.ok) return unit
  const above = unit.value.path.split('/').filter(part => part !== '')
  const near = [...above.map(Number), ...ledger.orgs.under(unit.value.path).map(one => one.id)]
  const { rows } = await ledger.store.pool.query<{
    id: string
    org: number
    name: string
    cycle: string
    state: string
    periods: string[]
  }>(
    `SELECT s.id, s.org, s.fields ->> 'name' AS name, s.fields ->> 'cycle' AS cycle, s.state, ARRAY(
       SELECT DISTINCT m.fields ->> 'period' FROM record m
       WHERE m.root = s.root AND m.type IN ('assessment.mark', 'assessment.result') AND m.links @> ARRAY['@' || s.id]
         AND m.fields ->> 'scheme' = s.id::text AND m.status IN ('entered', 'confirmed') ORDER BY 1 DESC) AS periods
     FROM record s WHERE s.root = $1 AND s.type = 'assessment.scheme' AND s.status IN ('entered', 'confirmed') AND s.org = ANY($2)
     ORDER BY s.state DESC, s.day DESC, s.id`,
    [unit.value.root, near],
  )
  return ok({
    schemes: rows
      .map(({ id: scheme, org: at, ...row }) => ({ scheme, at: ledger.orgs.byId(at)!, ...row }))
      .map(({ at, ...row }) => ({
        ...row,
        org: at.code,
        orgName: at.name,
        decides: may(actor, 'confirm', at.path),
      })),
  })
}

/** Where all stand, for who may read the unit that assesses; others see the units they may read, and ranks once published. */
async function standingAt(
  ledger: Ledger,
  actor: Actor,
  asked: z.output<typeof run>,
): Promise<Result<z.input<typeof standing>>> {
  const at = ledger.orgs.find(asked.org)
  if (!at.ok) return at
  const found = await findScheme(ledger, at.value.root, asked.scheme)
  if (!found.ok) return found
  const scheme = found.value
  const isRelated = at.value.path.startsWith(scheme.org.path) || scheme.org.path.startsWith(at.value.path)
  if (!isRelated)
    return fail('scheme/unknown', { field: 'scheme', zh: '没有这个考核办法', en: 'There is no such scheme' })
  const of = periodOfCycle(scheme.cycle, asked.period)
  if (!of.ok) return of
  const [computed, results] = await Promise.all([
    standingOf(ledger, scheme, of.value),
    resultsOf(ledger, scheme, of.value.text),
  ])
  if (!computed.ok) return computed
  const published = new Map(results.map(one => [String(one.fields.unit), one]))
  const seesAll = may(actor, 'read', scheme.org.path)
  const codeOf = (org: number) => ledger.orgs.byId(org)!.code
  const marks = computed.value.flatMap(({ items }) => items.flatMap(({ mark }) => (mark ? [mark] : [])))
  const seen = computed.value.filter(({ unit }) => seesAll || may(actor, 'read', unit.path))
  const stage = results.some(one => one.state === 'final')
    ? 'final'
    : results.length > 0
      ? 'published'
      : marks.length > 0
        ? 'open'
        : 'new'
  return ok({
    scheme: scheme.id,
    name: scheme.name,
    org: scheme.org.code,
    period: of.value.text,
    stage,
    digits: scheme.digits,
    decides: may(actor, 'confirm', scheme.org.path),
    items: scheme.items.map(({ weight, unit: _, method: __, target: ___, rate: ____, ...item }) => ({
      ...item,
      where: { ...item.where },
      weight: toNumber(weight),
    })),
    units: seen.map(one => shownUnit(scheme, one, published.get(one.unit.code)?.fields, { seesAll, codeOf })),
  })
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

function shownUnit(
  scheme: Scheme,
  { unit, score, rank, bonus, deduction, vetoes, items }: UnitStanding,
  published: Readonly<Record<string, unknown>> | undefined,
  { seesAll, codeOf }: { seesAll: boolean; codeOf: (org: number) => string },
): z.input<typeof standing>['units'][number] {
  const now = toNumber(score)
  const told = published ? numberOf(published.score) : now
  return {
    org: unit.code,
    name: unit.name,
    score: told,
    rank: published ? numberOf(published.rank) : seesAll ? rank : null,
    now: now === told ? null : now,
    bonus: toNumber(bonus),
    deduction: toNumber(deduction),
    vetoes: vetoes.map(at => scheme.items[at]!.code),
    items: items.map((one, i) => ({
      value: valueText(scheme.items[i]!, one),
      target: one.target,
      points: toNumber(one.points),
      mark: one.mark && shownMarkOf(one.mark, codeOf(one.mark.org)),
    })),
  }
}

const shownMarkOf = ({ id, state, version, files, fields }: StoredMark, org: string): z.input<typeof shownMark> => ({
  id,
  org,
  state,
  version,
  files,
  value: numberOf(fields.value),
  base: numberOf(fields.base),
  statement: textOf(fields.statement),
  selfScore: numberOf(fields.selfScore),
  score: numberOf(fields.score),
  remark: textOf(fields.remark),
  appealBy: textOf(fields.appealBy),
  appeal: textOf(fields.appeal),
  finalScore: numberOf(fields.finalScore),
  ruling: textOf(fields.ruling),
})

const rate = z.strictObject({ part: z.int(), whole: z.int() })

/** The three rates of a unit and of those right beneath it. */
async function useAt(ledger: Ledger, _: Actor, asked: { org: string; period: string }) {
  const at = ledger.orgs.find(asked.org)
  if (!at.ok) return at
  const of = parsePeriod(asked.period)
  if (!of.ok) return of
  const depth = at.value.path.split('/').length
  const units = ledger.orgs.under(at.value.path).filter(unit => unit.path.split('/').length <= depth + 1)
  const found = await usageOf(ledger, units, of.value)
  return ok({ units: units.map(({ code, name }, i) => ({ org: code, name, ...found[i]! })) })
}

const behind = z.strictObject({
  day: z.string(),
  targets: z.array(
    z.strictObject({
      indicator: z.string(),
      title: z.strictObject({ zh: z.string(), en: z.string() }),
      unit: z.string(),
      org: z.string(),
      orgName: z.string(),
      where: z.record(z.string(), z.string()),
      period: z.string(),
      target: z.number(),
      value: z.number().nullable(),
      expected: z.number(),
      gap: z.number(),
      left: z.number(),
      daysLeft: z.int(),
    }),
  ),
})

/** Targets that lag behind on a day, today when none is said. */
async function behindAt(ledger: Ledger, actor: Actor, asked: { org: string; day?: string }) {
  const on = asked.day === undefined ? ok(today(ledger.clock)) : day(asked.day)
  if (!on.ok) return on
  const found = await targetsBehind(ledger, actor, asked.org, on.value)
  return found.ok
    ? ok({ day: on.value, targets: found.value.map(one => ({ ...one, where: { ...one.where } })) })
    : found
}

export const operations = [
  question(
    'assessment.behind',
    {
      zh: '落后于进度的目标',
      en: 'Targets behind on a day',
      input: z.strictObject({ org, day: z.string().max(10).optional() }),
      answer: behind,
    },
    behindAt,
  ),
  question(
    'assessment.use',
    {
      zh: '上网率、准确率、及时率',
      en: 'Rates of use: entered at all, never corrected, in time',
      input: z.strictObject({ org, period }),
      answer: z.strictObject({
        units: z.array(
          z.strictObject({ org: z.string(), name: z.string(), online: rate, accuracy: rate, timely: rate }),
        ),
      }),
    },
    useAt,
  ),
  question(
    'assessment.schemes',
    { zh: '考核办法', en: 'Schemes at a unit', input: z.strictObject({ org }), answer: schemes },
    schemesAt,
  ),
  question(
    'assessment.standing',
    { zh: '考核得分和名次', en: 'Scores and ranks of a scheme', input: run, answer: standing },
    standingAt,
  ),
  action(
    'assessment.open',
    { zh: '布置考核', en: 'Open a period', may: 'confirm', input: run, answer: z.strictObject({ opened: z.int() }) },
    steps.open,
  ),
  action(
    'assessment.state',
    {
      zh: '自评',
      en: 'State an item',
      input: z.strictObject({
        org,
        mark: id,
        score: points.optional(),
        value: z.number().optional(),
        base: z.number().optional(),
        statement: words.optional(),
      }),
      answer: committed,
    },
    steps.state,
  ),
  action(
    'assessment.check',
    {
      zh: '审核自评',
      en: 'Check an item',
      may: 'confirm',
      input: z.strictObject({
        org,
        mark: id,
        score: points.optional(),
        remark: z.string().max(500).optional(),
        back: z.boolean().optional(),
      }),
      answer: committed,
    },
    steps.check,
  ),
  action(
    'assessment.publish',
    {
      zh: '公示结果',
      en: 'Publish results',
      may: 'confirm',
      input: run,
      answer: z.strictObject({ published: z.int() }),
    },
    steps.publish,
  ),
  action(
    'assessment.appeal',
    { zh: '申诉', en: 'Appeal', input: z.strictObject({ org, mark: id, reason: words }), answer: committed },
    steps.appeal,
  ),
  action(
    'assessment.settle',
    {
      zh: '复核申诉',
      en: 'Settle an appeal',
      may: 'confirm',
      input: z.strictObject({ org, mark: id, score: points.optional(), ruling: z.string().max(500) }),
      answer: committed,
    },
    steps.settle,
  ),
  action(
    'assessment.conclude',
    {
      zh: '定案',
      en: 'Make results final',
      may: 'confirm',
      input: run,
      answer: z.strictObject({ concluded: z.int() }),
    },
    steps.conclude,
  ),
]
