import type { OpenLedger } from '../src/app.ts'
import { explain } from '../src/kernel/figures/explain.ts'
import { figure } from '../src/kernel/figures/figure.ts'
import { rebuild } from '../src/kernel/figures/rebuild.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { must } from '../src/kernel/result.ts'
import { quantile, say, timed, withLedger } from './ledger.ts'

// A figure against the best plain SQL for it. The plain side gets a table of typed columns with a covering index, all
// pages marked visible, so that its count is an index-only scan; the figure is asked through the kernel, permission,
// period and all. 20 districts with 479 branches between them under one root: 500 units.

const actor = operator('bench')
const SIZES = [10_000, 100_000, 1_000_000]
const ASKED = 400
const TOPICS = ['disease', 'pest', 'cultivation', 'variety', 'fertiliser', 'weather']

async function plant(ledger: OpenLedger) {
  const districts = Array.from({ length: 20 }, (_, i) => ({
    code: `D${i}`,
    kind: 'district',
    name: `第${i}区`,
    parent: 'R',
  }))
  const branches = Array.from({ length: 479 }, (_, i) => ({
    code: `D${i % 20}-${i}`,
    kind: 'branch',
    name: `第${i}所`,
    parent: `D${i % 20}`,
  }))
  must(await createUnits(ledger, actor, [{ code: 'R', kind: 'city', name: '测试市' }, ...districts, ...branches]))
}

/** Records by SQL, spread over branches and five years; tallies then by the program's own rebuild. */
async function fill(ledger: OpenLedger, from: number, until: number) {
  const { id: root } = ledger.orgs.byCode('R')!
  const branches = ledger.orgs.all().filter(unit => unit.kind === 'branch')
  await ledger.store.owner.query(
    `INSERT INTO record (root, id, type, type_version, org, day, status, state, version, fields, created_at, updated_at)
     SELECT $1, gen_random_uuid(), 'hotline.call', 1, ($4::int[])[1 + n % cardinality($4::int[])], d.day, 'entered', 'answered', 1,
            jsonb_build_object('receivedOn', d.day, 'topic', ($5::text[])[1 + n % 6], 'crop', 'rice', 'channel', 'telephone',
                               'question', '第' || n || '问', 'served', 1 + n % 4), now(), now()
     FROM generate_series($2::int, $3::int - 1) n
     CROSS JOIN LATERAL (SELECT '2020-01-01'::date + (n::bigint * 7919 % 1826)::int AS day) d`,
    [root, from, until, branches.map(unit => unit.id), TOPICS],
  )
  await rebuild(ledger, { root })
  await ledger.store.owner.query('VACUUM ANALYZE record, tally, tally_pending')
  await ledger.store.owner.query(`
    DROP TABLE IF EXISTS plain_call;
    CREATE TABLE plain_call AS
      SELECT org, day, fields ->> 'topic' AS topic, (fields ->> 'served')::int AS served FROM record WHERE type = 'hotline.call';
    CREATE INDEX ON plain_call (org, day) INCLUDE (topic, served);
    CREATE INDEX ON plain_call (day) INCLUDE (org, topic, served)`)
  await ledger.store.owner.query('VACUUM ANALYZE plain_call')
}

const day = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10)

interface Question {
  readonly org: string
  readonly from: string
  readonly until: string
}

/** Any unit, any range of days: the same questions at every size. */
function questions(ledger: OpenLedger): Question[] {
  let seed = 7300
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const units = ledger.orgs.all()
  return Array.from({ length: ASKED }, () => {
    const from = random(1500)
    return { org: units[random(units.length)]!.code, from: day(from), until: day(from + 1 + random(700)) }
  })
}

const PLAIN = 'SELECT sum(served) AS value FROM plain_call WHERE org = ANY($1) AND day >= $2 AND day < $3'

async function compare(ledger: OpenLedger, size: number) {
  const asked = questions(ledger)
  const ask = ({ org, from, until }: Question) =>
    figure(ledger, actor, { indicator: 'hotline.people-served', org, period: `${from}..${day(dayNumber(until) - 1)}` })
  const plain = ({ org, from, until }: Question) => {
    const units = ledger.orgs.under(ledger.orgs.byCode(org)!.path).map(unit => unit.id)
    return ledger.store.owner.query<{ value: string | null }>({
      name: 'plain',
      text: PLAIN,
      values: [units, from, until],
    })
  }
  for (const one of asked.slice(0, 40)) await Promise.all([ask(one), plain(one)])
  const times = { figure: [] as number[], plain: [] as number[] }
  for (const one of asked) {
    let value = 0
    let counted = 0
    times.figure.push(await timed(async () => (value = must(await ask(one)).value ?? 0)))
    times.plain.push(await timed(async () => (counted = Number((await plain(one)).rows[0]!.value ?? 0))))
    if (value !== counted) throw new Error(`figure ${value}, recount ${counted}: ${JSON.stringify(one)}`)
  }
  const root = { org: 'R', from: '2020-01-01', until: '2025-01-01' }
  const whole = { figure: [] as number[], plain: [] as number[] }
  for (let i = 0; i < 15; i++) {
    whole.figure.push(await timed(() => ask(root)))
    whole.plain.push(await timed(() => plain(root)))
  }
  const ms = (n: number) => n.toFixed(2).padStart(8)
  say(
    `${String(size).padStart(9)} records   figure p50 ${ms(quantile(times.figure, 0.5))} p95 ${ms(quantile(times.figure, 0.95))} ms` +
      `   plain SQL p50 ${ms(quantile(times.plain, 0.5))} p95 ${ms(quantile(times.plain, 0.95))} ms` +
      `   root, five years: figure ${ms(quantile(whole.figure, 0.5))} plain ${ms(quantile(whole.plain, 0.5))} ms, ` +
      `ratio ${(quantile(whole.plain, 0.5) / quantile(whole.figure, 0.5)).toFixed(0)}`,
  )
}

const dayNumber = (text: string) => Math.round((Date.parse(text) - Date.UTC(2020, 0, 1)) / 86_400_000)

async function explainFirstPage(ledger: OpenLedger) {
  const asked = { indicator: 'hotline.people-served', org: 'R', period: '2021' }
  const times: number[] = []
  for (let i = 0; i < 30; i++) times.push(await timed(async () => must(await explain(ledger, actor, asked))))
  say(`explain, first page: p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`)
}

await withLedger(async ledger => {
  await plant(ledger)
  let filled = 0
  for (const size of SIZES.filter(size => size <= Number(process.env.BENCH_RECORDS ?? 1_000_000))) {
    await fill(ledger, filled, size)
    filled = size
    await compare(ledger, size)
    await explainFirstPage(ledger)
  }
})
