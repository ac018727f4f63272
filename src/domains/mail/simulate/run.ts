import { figure } from '../../../kernel/figures/figure.ts'
import { rebuild } from '../../../kernel/figures/rebuild.ts'
import type { Ledger } from '../../../kernel/ledger.ts'
import { perform } from '../../../kernel/operation.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { addDays, type Day } from '../../../kernel/period/day.ts'
import { createMany } from '../../../kernel/records/records.ts'
import { must, ok, type Result } from '../../../kernel/result.ts'
import { closeDespatch } from '../branch/close.ts'
import { openBag } from '../centre/open.ts'
import { dayOfYear, makeBag } from '../codes/bag.ts'
import { parsePostcode } from '../codes/postcode.ts'
import { takeScans } from '../events/operations.ts'
import { registerDevice } from '../handover/devices.ts'
import { sign } from '../handover/sign.ts'
import { planRuns } from '../runs/runs.ts'
import { askStatement } from '../settlement/statement.ts'
import { type City, cityOf } from './city.ts'
import { dayOf, FAULTS, type Faults, type Real, type Sent, type World } from './day.ts'
import { phoneOf } from './phones.ts'
import { randomOf } from './random.ts'

// Drives the same operations that branches, drivers and the centre use, and checks after each day that the program knows
// of every item what is true.

export interface Simulation {
  readonly itemsPerDay: number
  readonly days: number
  readonly seed: number
  readonly branches: number
  readonly routes: number
  /** The first day. */
  readonly from: Day
  readonly faults?: Faults
  readonly nameOf?: (number: number) => string
  /** Code of the unit that an office belongs to; the asked unit where not given. */
  readonly unitOf?: (office: string) => string
}

export interface Found {
  readonly items: number
  readonly delivered: number
  readonly inNetwork: number
  readonly events: number
  readonly quarantined: number
  readonly refused: number
  readonly repeatedRequests: number
  /** Milliseconds spent in the program. */
  readonly took: number
  /** What did not hold; empty when all is well. */
  readonly broken: readonly string[]
}

/** Makes the offices, routes and plans of a city beneath a unit, where they are not there yet, with a device for each. */
export async function makeCity(
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  city: City,
  unitOf: (office: string) => string,
) {
  const entered = <F extends object>(list: readonly F[], of: (one: F) => string) =>
    list.map(fields => ({ org: of(fields), fields }))
  must(
    await createMany(
      ledger,
      actor,
      'mail.office',
      entered(city.offices, ({ code }) => unitOf(code)),
    ),
  )
  must(
    await createMany(
      ledger,
      actor,
      'mail.route',
      entered(city.routes, () => org.code),
    ),
  )
  must(
    await createMany(
      ledger,
      actor,
      'mail.plan',
      entered(city.plans, ({ office }) => unitOf(office)),
    ),
  )
  must(
    await createMany(
      ledger,
      actor,
      'mail.tariff',
      entered([city.tariff], () => org.code),
    ),
  )
}

export async function simulate(
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  { branches, routes, nameOf, unitOf = () => org.code, ...play }: Simulation,
  onDay: (done: number, total: number) => void = () => undefined,
): Promise<Result<Found>> {
  const city = cityOf({ branches, routes, since: addDays(play.from, -1), ...(nameOf && { nameOf }) })
  await makeCity(ledger, actor, org, city, unitOf)
  const { world, broken, ...sums } = await playDays(ledger, actor, org, city, { ...play, unitOf, check: true }, onDay)
  const differing = (await rebuild(ledger, { root: org.root })).differing
  if (differing.length > 0) broken.push(`${differing.length} figures differ from a recount`)
  const { rows } = await ledger.store.pool.query<{ n: number }>(
    'SELECT count(*) AS n FROM mail_event WHERE root = $1',
    [org.root],
  )
  const delivered = [...world.items.values()].filter(({ place }) => place === 'delivered').length
  return ok({
    items: world.items.size,
    delivered,
    inNetwork: world.items.size - delivered,
    events: rows[0]!.n,
    ...sums,
    took: Math.round(sums.took),
    broken: broken.slice(0, 50),
  })
}

export interface Play extends Pick<Simulation, 'itemsPerDay' | 'days' | 'seed' | 'from' | 'faults'> {
  readonly unitOf: (office: string) => string
  /** Look after each day whether all holds. */
  readonly check?: boolean
}

/** Days of mail in a city that is there. Told again with the same seed it adds nothing. */
export async function playDays(
  ledger: Ledger,
  actor: Actor,
  org: OrgUnit,
  city: City,
  { itemsPerDay, days, seed, from, faults = FAULTS, unitOf, check = false }: Play,
  onDay: (done: number, total: number) => void = () => undefined,
) {
  const world = worldOf(org, city, seed, faults)
  for (const [holder, { id: device, publicKey }] of world.phones) {
    const isDriver = holder === 'drivers'
    const input = { org: isDriver ? org.code : unitOf(holder), device, publicKey, ...(!isDriver && { office: holder }) }
    const done = await perform(registerDevice, ledger, actor, input)
    if (!done.ok && done.problems[0]?.code !== 'mail/device-taken') must(done)
  }
  const sums = { quarantined: 0, refused: 0, repeatedRequests: 0, took: 0 }
  const broken: string[] = []
  for (let n = 0; n < days; n++) {
    const day = addDays(from, n)
    await planRuns(ledger.store.pool, org.root, day)
    const seen = new Set<Sent>()
    for (const sent of dayOf(world, day, itemsPerDay)) {
      const isRepeat = seen.has(sent)
      seen.add(sent)
      const began = performance.now()
      const outcome = await send(ledger, actor, org.code, sent)
      sums.took += performance.now() - began
      sums.quarantined += outcome.quarantined
      sums.refused += outcome.refused
      if (isRepeat) sums.repeatedRequests++
      if (isRepeat && outcome.added > 0) broken.push(`${day}: a repeated ${sent.kind} added ${outcome.added}`)
    }
    if (check) broken.push(...(await violations(ledger, actor, org, world)).map(what => `${day}: ${what}`))
    onDay(n + 1, days)
  }
  return { world, broken, ...sums }
}

const worldOf = (org: OrgUnit, city: City, seed: number, faults: Faults): World => ({
  city,
  random: randomOf(seed),
  faults,
  phones: new Map(
    [...city.offices.map(({ code }) => code), 'drivers'].map(holder => [
      holder,
      phoneOf(`sim-${org.code}-${seed}-${holder}`),
    ]),
  ),
  items: new Map(),
  waiting: new Map(),
  serial: seed * 1_000_000,
  bagSerials: new Map(),
  makeBag: (origin, destination, day, serial, weight) =>
    must(
      makeBag({
        origin: partsOf(origin),
        destination: partsOf(destination),
        class: '05',
        dayOfYear: dayOfYear(day),
        wave: 1,
        serial,
        weight: weight / 100,
      }),
    ),
})

function partsOf(office: string) {
  const postcode = must(parsePostcode(office.slice(0, 6))).code
  return { postcode, serial: Number(office.slice(6)) }
}

interface Outcome {
  readonly added: number
  readonly quarantined: number
  readonly refused: number
}

async function send(ledger: Ledger, actor: Actor, org: string, sent: Sent): Promise<Outcome> {
  switch (sent.kind) {
    case 'scans': {
      let [added, quarantined] = [0, 0]
      for (let from = 0; from < sent.scans.length; from += 2_000) {
        const scans = sent.scans.slice(from, from + 2_000)
        const done = must(await perform(takeScans, ledger, actor, { org, scans })) as {
          created: number
          quarantined: unknown[]
        }
        added += done.created
        quarantined += done.quarantined.length
      }
      return { added, quarantined, refused: 0 }
    }
    case 'close': {
      const { kind: _, ...input } = sent
      const done = await perform(closeDespatch, ledger, actor, { org, ...input })
      if (!done.ok) return { added: 0, quarantined: 0, refused: 1 }
      const { repeated } = done.value as { repeated: number }
      const whole = sent.bags.reduce((sum, { items }) => sum + items.length + 1, 0)
      return { added: whole - repeated, quarantined: 0, refused: 0 }
    }
    case 'open': {
      const { kind: _, ...input } = sent
      const done = await perform(openBag, ledger, actor, { org, seal: 'whole', ...input })
      return { added: done.ok ? 1 : 0, quarantined: 0, refused: done.ok ? 0 : 1 }
    }
    case 'sign': {
      const done = must(await perform(sign, ledger, actor, { org, signatures: sent.signatures })) as {
        signatures: { kept: boolean; repeated?: boolean }[]
      }
      const added = done.signatures.filter(({ kept, repeated }) => kept && !repeated).length
      return { added, quarantined: 0, refused: done.signatures.filter(({ kept }) => !kept).length }
    }
  }
}

/** What must always hold, looked at from outside. */
export async function violations(ledger: Ledger, actor: Actor, org: OrgUnit, world: World): Promise<string[]> {
  const found: string[] = []
  const { pool } = ledger.store
  const numbers = [...world.items.keys()]
  const { rows } = await pool.query<{ subject: string; custodian: string | null; state: string }>(
    'SELECT subject, custodian, state FROM mail_piece WHERE root = $1 AND subject = ANY($2)',
    [org.root, numbers],
  )
  const known = new Map(rows.map(row => [row.subject, row]))
  const wrong = [...world.items.values()].filter(item => !agrees(item, known.get(item.number)))
  for (const item of wrong.slice(0, 3))
    found.push(
      `${item.number} is ${item.place} ${item.at}, the program says ${known.get(item.number)?.custodian ?? 'nothing'}`,
    )
  if (wrong.length > 3) found.push(`${wrong.length} items are elsewhere than the program says`)
  const counted = async (code: string, indicator: string) => {
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*) AS n FROM mail_event WHERE root = $1 AND code = $2',
      [org.root, code],
    )
    const root = ledger.orgs.byId(org.root)!
    const told = must(
      await figure(ledger, actor, { indicator, org: root.code, period: '2000-01-01..2100-01-01' }),
    ).value
    if (told !== rows[0]!.n) found.push(`${indicator} tells ${told}, there are ${rows[0]!.n} events`)
  }
  await counted('EMA', 'mail.accepted')
  await counted('EMI', 'mail.delivered')
  await counted('CLS', 'mail.bags')
  const { rows: charged } = await pool.query<{ month: string; amount: string }>(
    'SELECT month, sum(times * amount) AS amount FROM mail_charge WHERE root = $1 GROUP BY month ORDER BY month',
    [org.root],
  )
  for (const { month, amount } of charged) {
    const root = ledger.orgs.byId(org.root)!.code
    const { total } = must(await perform(askStatement, ledger, actor, { org: root, month })) as { total: number }
    const told = must(await figure(ledger, actor, { indicator: 'mail.settlement', org: root, period: month })).value
    if (total !== Number(amount) || told !== total)
      found.push(`settlement of ${month}: entries ${amount}, statement ${total}, figure ${told}`)
  }
  return found
}

function agrees({ place, at }: Real, piece: { custodian: string | null; state: string } | undefined): boolean {
  if (!piece) return false
  if (place === 'delivered') return piece.state === 'delivered' && piece.custodian === 'ended'
  if (place === 'bag') return piece.custodian?.startsWith(`bag:${at}`) ?? false
  return piece.custodian === `office:${at}`
}
