import type { OpenLedger } from '../src/app.ts'
import { findScheme } from '../src/kernel/assessment/marks.ts'
import { standingOf } from '../src/kernel/assessment/standing.ts'
import * as steps from '../src/kernel/assessment/steps.ts'
import { figures } from '../src/kernel/figures/figure.ts'
import { type FigureColumn, figuresOf } from '../src/kernel/figures/figures-of.ts'
import { fold } from '../src/kernel/figures/fold.ts'
import { rebuild } from '../src/kernel/figures/rebuild.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { parsePeriod } from '../src/kernel/period/period.ts'
import { create } from '../src/kernel/records/records.ts'
import { must } from '../src/kernel/result.ts'
import { quantile, say, timed, withLedger } from './ledger.ts'

// The whole assessment of 500 units on 42 items, 31 by figures and 11 by judgement: values, points, scores, ranks. Beside
// it the 15,500 figures alone, set-wise and one question each, which have to be the same.

const actor = operator('bench')
const UNITS = 500
const RECORDS = 100_000
const TOPICS = ['disease', 'pest', 'cultivation', 'variety', 'fertiliser', 'weather']

const columns: readonly FigureColumn[] = [
  ...['hotline.calls', 'hotline.people-served', 'hotline.response-minutes'].flatMap(indicator => [
    { indicator },
    ...TOPICS.map(topic => ({ indicator, where: { topic } })),
  ]),
  { indicator: 'hotline.calls', where: { crop: 'rice' } },
  { indicator: 'hotline.calls', where: { crop: 'rice', topic: 'pest' } },
  ...['answer-rate', 'in-time-rate', 'villages', 'timed'].map(name => ({ indicator: `hotline.${name}` })),
  ...['training.courses', 'training.people', 'envoys.in-post', 'projects.applied'].map(indicator => ({ indicator })),
]

async function fill(ledger: OpenLedger) {
  const townships = Array.from({ length: UNITS }, (_, i) => ({
    code: `T${String(i).padStart(3, '0')}`,
    kind: 'township',
    name: `第${i}镇`,
    parent: 'R',
  }))
  must(await createUnits(ledger, actor, [{ code: 'R', kind: 'city', name: '测试市' }, ...townships]))
  const { id: root } = ledger.orgs.byCode('R')!
  const ids = ledger.orgs.all().flatMap(unit => (unit.kind === 'township' ? [unit.id] : []))
  await ledger.store.owner.query(
    `INSERT INTO record (root, id, type, type_version, org, day, status, state, version, fields, created_at, updated_at)
     SELECT $1, gen_random_uuid(), 'hotline.call', 1, ($3::int[])[1 + n % cardinality($3::int[])], d.day, 'entered', 'answered', 1,
            jsonb_build_object('receivedOn', d.day, 'topic', ($4::text[])[1 + n % 6], 'crop', 'rice', 'channel', 'telephone',
                               'question', '第' || n || '问', 'served', 1 + n % 4), now(), now()
     FROM generate_series(1, $2::int) n
     CROSS JOIN LATERAL (SELECT '2024-01-01'::date + (n::bigint * 7919 % 366)::int AS day) d`,
    [root, RECORDS, ids, TOPICS],
  )
  await rebuild(ledger, { root })
  await ledger.store.owner.query('VACUUM ANALYZE')
}

async function schemeAndMarks(ledger: OpenLedger): Promise<string> {
  const figureItems = columns.slice(0, 31).map(({ indicator, where }, i) => ({
    code: `F${i}`,
    title: `第${i}项`,
    source: 'figure',
    indicator,
    ...(where
      ? {
          narrowed: Object.entries(where)
            .map(pair => pair.join('='))
            .join(';'),
        }
      : {}),
    weight: i === 0 ? 7 : 2,
    method: ['linear', 'step', 'ranked'][i % 3]!,
    full: '100',
    steps: '0=0;50=1;100=2',
  }))
  const judged = Array.from({ length: 11 }, (_, i) => ({
    code: `J${i}`,
    title: `定性${i}`,
    source: 'judged',
    weight: 3,
  }))
  const fields = {
    name: '测试',
    startsOn: '2024-01-01',
    cycle: 'year',
    kinds: 'township',
    items: [...figureItems, ...judged],
  }
  const { id } = must(await create(ledger, actor, 'assessment.scheme', { org: 'R', state: 'inForce', fields }))
  must(await steps.open(ledger, actor, { org: 'R', scheme: id, period: '2024' }))
  await fold(ledger.store) // as a served ledger does every second
  await ledger.store.owner.query('VACUUM ANALYZE')
  return id
}

await withLedger(async ledger => {
  await fill(ledger)
  const id = await schemeAndMarks(ledger)
  const codes = ledger.orgs.all().flatMap(unit => (unit.kind === 'township' ? [unit.code] : []))
  const asked = columns.slice(0, 31)
  const many = () => figuresOf(ledger, actor, codes, asked, '2024')
  const some = codes.slice(0, 50)
  const one = () =>
    figures(
      ledger,
      actor,
      some.flatMap(org => asked.map(column => ({ ...column, org, period: '2024' }))),
    )
  const together = must(await many())
    .slice(0, some.length)
    .flat()
  const apart = must(await one()).map(figure => figure.value)
  if (JSON.stringify(together) !== JSON.stringify(apart))
    throw new Error('set-wise figures are not those asked one by one')

  const scheme = must(await findScheme(ledger, ledger.orgs.byCode('R')!.root, id))
  const period = must(parsePeriod('2024'))
  const times = { whole: [] as number[], many: [] as number[], one: [] as number[] }
  for (let i = 0; i < 15; i++) {
    times.whole.push(await timed(async () => must(await standingOf(ledger, scheme, period))))
    times.many.push(await timed(many))
    if (i < 3) times.one.push(await timed(one))
  }
  const ms = (list: readonly number[], share = 0.5) => quantile(list, share).toFixed(0)
  say(
    `${UNITS} units on ${scheme.items.length} items: p50 ${ms(times.whole)}, p95 ${ms(times.whole, 0.95)} ms (at most 500 is promised); ` +
      `its ${UNITS * asked.length} figures alone ${ms(times.many)} ms; a tenth of them one by one ${ms(times.one)} ms`,
  )
})
