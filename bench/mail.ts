import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { askBoard } from '../src/domains/mail/board/questions.ts'
import { openBag } from '../src/domains/mail/centre/open.ts'
import { dayOfYear, makeBag } from '../src/domains/mail/codes/bag.ts'
import { makeItem } from '../src/domains/mail/codes/item.ts'
import { parsePostcode } from '../src/domains/mail/codes/postcode.ts'
import { takeIn } from '../src/domains/mail/events/intake.ts'
import { registerDevice } from '../src/domains/mail/handover/devices.ts'
import { sign } from '../src/domains/mail/handover/sign.ts'
import { planRuns, runId } from '../src/domains/mail/runs/runs.ts'
import { askStatement } from '../src/domains/mail/settlement/statement.ts'
import { CENTRE, cityOf } from '../src/domains/mail/simulate/city.ts'
import { phoneOf } from '../src/domains/mail/simulate/phones.ts'
import { makeCity } from '../src/domains/mail/simulate/run.ts'
import { askTrace } from '../src/domains/mail/tracing/questions.ts'
import { fold } from '../src/kernel/figures/fold.ts'
import { perform } from '../src/kernel/operation.ts'
import { createUnits } from '../src/kernel/org/change.ts'
import { operator } from '../src/kernel/people/actor.ts'
import type { Day } from '../src/kernel/period/day.ts'
import { must } from '../src/kernel/result.ts'
import { quantile, say, withLedger } from './ledger.ts'

// The mail: intake of scans in batches (check, custody, journal, tallies, one durable commit a batch) against COPY of the
// same rows into a bare table with the same keys, in turns; a handover of 200 bags; tracing; the board; a month's statement.

const EVENTS = Number(process.env.YILU_MAIL_EVENTS ?? 60_000)
const BATCH = 5_000
const ROUNDS = 3
const CHARGES = Number(process.env.YILU_MAIL_CHARGES ?? 200_000)
const boss = operator('bench')
const DAY = '2026-01-05' as Day
const at = (minutes: number) => new Date(Date.parse(`${DAY}T00:00:00+08:00`) + minutes * 60_000).toISOString()

await withLedger(async ledger => {
  must(await createUnits(ledger, boss, [{ code: 'P', kind: 'administration', name: '邮政' }]))
  const org = must(ledger.orgs.find('P'))
  const city = cityOf({ branches: 500, routes: 20, since: '2026-01-01' })
  await makeCity(ledger, boss, org, city, () => 'P')
  await planRuns(ledger.store.pool, org.root, DAY)
  const branches = [...city.routeOf.keys()]
  let serial = 0
  const scansOf = (n: number) => {
    const numbers = Array.from({ length: n / 2 }, () => must(makeItem('registered', ++serial)))
    const scan = (subject: string, i: number, code: string, minutes: number) => ({
      subject,
      code,
      office: branches[i % branches.length]!,
      time: at(minutes + (i % 60)),
      ...(code === 'EMA' && { weight: 100 + (i % 900), amount: 420, destination: '100150' }),
    })
    return [...numbers.map((one, i) => scan(one, i, 'EMA', 480)), ...numbers.map((one, i) => scan(one, i, 'EMH', 600))]
  }

  await ledger.store.owner.query(`CREATE TABLE bare_event (LIKE mail_event INCLUDING ALL)`)
  const columns =
    'root, day, id, seq, place, org, at, time, subject, kind, code, office, weight, amount, product, destination'
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const scans = scansOf(EVENTS / ROUNDS)
    const begun = performance.now()
    for (let i = 0; i < scans.length; i += BATCH) {
      const done = await takeIn(ledger, boss, org, scans.slice(i, i + BATCH))
      if (done.created !== Math.min(BATCH, scans.length - i)) throw new Error(JSON.stringify(done).slice(0, 500))
    }
    const taken = (scans.length * 1000) / (performance.now() - begun)
    const { rows } = await ledger.store.owner.query<{ line: string }>(
      `SELECT concat_ws(E'\\t', ${columns
        .split(', ')
        .map(name => `coalesce(${name}::text, '\\N')`)
        .join(', ')}) AS line FROM mail_event ORDER BY seq DESC, place LIMIT $1`,
      [scans.length],
    )
    const client = await ledger.store.owner.connect()
    const copying = performance.now()
    for (let i = 0; i < rows.length; i += BATCH) {
      const text = rows.slice(i, i + BATCH).map(({ line }) => `${line}\n`)
      await pipeline(Readable.from(text), client.query(copyFrom(`COPY bare_event (${columns}) FROM STDIN`)))
    }
    const copied = (rows.length * 1000) / (performance.now() - copying)
    client.release()
    ratios.push(taken / copied)
    say(`intake ${taken.toFixed(0)} events/s, bare COPY ${copied.toFixed(0)}/s, ratio ${(taken / copied).toFixed(2)}`)
    await fold(ledger.store)
  }
  say(`ratio, median of ${ROUNDS}: ${quantile(ratios, 0.5).toFixed(2)} (at least 0.25 and 10,000/s are asked)`)

  const [office] = branches
  const counter = phoneOf('bench-counter')
  const driver = phoneOf('bench-driver')
  must(
    await perform(registerDevice, ledger, boss, { org: 'P', device: counter.id, office, publicKey: counter.publicKey }),
  )
  must(await perform(registerDevice, ledger, boss, { org: 'P', device: driver.id, publicKey: driver.publicKey }))
  const run = runId(city.routeOf.get(office!)!, DAY, 1)
  const partsOf = (code: string) => ({
    postcode: must(parsePostcode(code.slice(0, 6))).code,
    serial: Number(code.slice(6)),
  })
  const handovers: number[] = []
  const bags: string[] = []
  for (let n = 0; n < 12; n++) {
    const codes = Array.from({ length: 200 }, (_, i) =>
      must(
        makeBag({
          origin: partsOf(office!),
          destination: partsOf(CENTRE),
          class: '05',
          dayOfYear: dayOfYear(DAY),
          wave: 1,
          serial: n * 200 + i + 1,
          weight: 50,
        }),
      ),
    )
    bags.push(...codes)
    await takeIn(
      ledger,
      boss,
      org,
      codes.map(subject => ({ subject, code: 'CLS', office, time: at(640), items: 20 })),
    )
    const list = {
      handover: crypto.randomUUID(),
      giver: `office:${office}`,
      receiver: `run:${run}`,
      office: office!,
      time: at(700),
      pieces: [...codes].sort(),
      missing: [],
      surplus: [],
    }
    must(await perform(sign, ledger, boss, { org: 'P', signatures: [counter.sign('giver', list)] }))
    const begun = performance.now()
    must(await perform(sign, ledger, boss, { org: 'P', signatures: [driver.sign('receiver', list)] }))
    handovers.push(performance.now() - begun)
  }
  say(
    `handover of 200 bags: p50 ${quantile(handovers, 0.5).toFixed(0)} ms, p95 ${quantile(handovers, 0.95).toFixed(0)} ms (100 are asked)`,
  )

  const timed = async (times: number, work: (i: number) => Promise<unknown>) => {
    const took: number[] = []
    for (let i = 0; i < times; i++) {
      const begun = performance.now()
      await work(i)
      took.push(performance.now() - begun)
    }
    return `p50 ${quantile(took, 0.5).toFixed(1)} ms, p95 ${quantile(took, 0.95).toFixed(1)} ms`
  }
  await ledger.store.owner.query('ANALYZE mail_event, mail_piece, mail_charge')
  const traced = await timed(200, i =>
    perform(askTrace, ledger, boss, { org: 'P', number: must(makeItem('registered', 1 + ((i * 7919) % serial))) }).then(
      must,
    ),
  )
  say(`trace of an item among ${(EVENTS + bags.length * 2).toLocaleString('en-US')} events: ${traced} (20 are asked)`)
  say(
    `command board, 500 offices, 21 runs: ${await timed(50, () => perform(askBoard, ledger, boss, { org: 'P', day: DAY }).then(must))} (50 are asked)`,
  )
  const opening = await timed(20, i =>
    perform(openBag, ledger, boss, {
      org: 'P',
      office: CENTRE,
      bag: bags[i]!,
      found: [],
      seal: 'whole',
      time: at(800),
    }).then(must),
  )
  say(`opening a bag: ${opening}`)

  await ledger.store.owner.query(
    `INSERT INTO mail_charge (root, day, id, seq, place, org, at, month, basis, times, rule, office, route, run, bag, metres, amount)
     SELECT $1, $2::date, gen_random_uuid(), 0, 1, $1, now(), '2026-01', 'carry:' || i || ':x', 1, 'tariff 1', $3::text[][(i % 500) + 1], 'S' || i % 20, 'x', i::text, 9000, 135
     FROM generate_series(1, $4) i`.replace('$3::text[][', '($3::text[])['),
    [org.root, DAY, branches, CHARGES],
  )
  await ledger.store.owner.query('ANALYZE mail_charge')
  say(
    `statement of a month, 500 offices, ${CHARGES.toLocaleString('en-US')} entries: ${await timed(5, () => perform(askStatement, ledger, boss, { org: 'P', month: '2026-01' }).then(must))}`,
  )
})
