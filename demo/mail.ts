import { branchCode, type City, cityOf } from '../src/domains/mail/simulate/city.ts'
import { FAULTS } from '../src/domains/mail/simulate/day.ts'
import { playDays } from '../src/domains/mail/simulate/run.ts'
import type { Ledger } from '../src/kernel/ledger.ts'
import { operator } from '../src/kernel/people/actor.ts'
import { addDays, today } from '../src/kernel/period/period.ts'
import { must } from '../src/kernel/result.ts'
import { branches, nameOf } from './orgs.ts'

// The mail network of the postal administration: the sorting centre, 84 branches on 20 routes, and a few days of mail on
// one of them until yesterday, so that the command board has something to show.

const BRANCHES = 84
const ROUTES = 20
const SINCE = '2025-01-01'
/** Days of mail. */
const DAYS = 2

/** Branches of all districts in turn. */
const unitOfBranch = new Map(
  Array.from(
    { length: BRANCHES },
    (_, i) => [branchCode(i + 1), branches[(i % 10) * 50 + Math.floor(i / 10)]!] as const,
  ),
)

export const mailUnitOf = (office: string) => unitOfBranch.get(office) ?? 'YZ-ZX'

export const mailCity: City = cityOf({
  branches: BRANCHES,
  routes: ROUTES,
  since: SINCE,
  nameOf: number => nameOf(unitOfBranch.get(branchCode(number))!),
})

/** Routes that carry mail in the demonstration. */
const CARRYING = new Set(['S1', 'HK'])

export async function loadMail(ledger: Ledger): Promise<void> {
  const from = addDays(today(ledger.clock), -DAYS)
  if (from <= SINCE) return // before there was a network
  const org = must(ledger.orgs.find('YZ'))
  const city: City = {
    ...mailCity,
    routes: mailCity.routes.filter(({ code }) => CARRYING.has(code)),
    routeOf: new Map([...mailCity.routeOf].filter(([, route]) => CARRYING.has(route))),
  }
  const offices = new Set([
    ...city.routeOf.keys(),
    ...city.offices.filter(({ kind }) => kind !== 'branch').map(({ code }) => code),
  ])
  await playDays(
    ledger,
    operator('demo'),
    org,
    { ...city, offices: city.offices.filter(({ code }) => offices.has(code)) },
    {
      itemsPerDay: 60,
      days: DAYS,
      seed: 1,
      from,
      faults: { ...FAULTS, repeats: 0, missingBags: 0 },
      unitOf: mailUnitOf,
    },
  )
}
