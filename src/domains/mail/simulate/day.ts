import type { Day } from '../../../kernel/period/day.ts'
import { must } from '../../../kernel/result.ts'
import { makeItem, type Product } from '../codes/item.ts'
import { uuidOf } from '../events/scan.ts'
import type { HandoverList } from '../handover/list.ts'
import { runId } from '../runs/runs.ts'
import { AIRPORT, branchCode, CENTRE, type City, postcodeOf } from './city.ts'
import type { Phone, SentSignature } from './phones.ts'
import type { Random } from './random.ts'

// One day of a city's mail as the requests that its branches, drivers and the centre send, with faults. What really
// happens to each item is known here; what the program makes of the requests has to agree with it.

export interface Faults {
  /** Share of scans that are never made (of those that move nothing). */
  readonly lostScans: number
  readonly lateRuns: number
  readonly missorts: number
  readonly offlineBranches: number
  readonly missingBags: number
  /** Seconds by which clocks of devices differ. */
  readonly skew: number
  readonly repeats: number
}

export const FAULTS: Faults = {
  lostScans: 0.05,
  lateRuns: 0.1,
  missorts: 0.01,
  offlineBranches: 0.1,
  missingBags: 0.01,
  skew: 60,
  repeats: 0.1,
}

export type Sent =
  | { readonly kind: 'scans'; readonly scans: readonly object[] }
  | {
      readonly kind: 'close'
      readonly office: string
      readonly time: string
      readonly wave: number
      readonly bags: readonly BagBody[]
    }
  | {
      readonly kind: 'open'
      readonly office: string
      readonly time: string
      readonly bag: string
      readonly found: readonly string[]
    }
  | { readonly kind: 'sign'; readonly signatures: readonly SentSignature[] }

/** Where an item really is. */
export interface Real {
  readonly number: string
  readonly destination: string
  place: 'branch' | 'bag' | 'delivered' | 'away'
  at: string
}

export interface World {
  readonly city: City
  readonly random: Random
  readonly faults: Faults
  readonly phones: ReadonlyMap<string, Phone>
  readonly items: Map<string, Real>
  /** Bags at the centre for the next run, by branch: code and what is in it. */
  readonly waiting: Map<string, { code: string; items: string[] }[]>
  serial: number
  /** Serials of bags, by office and day. */
  readonly bagSerials: Map<string, number>
  readonly makeBag: (from: string, to: string, day: Day, serial: number, weight: number) => string
}

const PRODUCTS: readonly Product[] = ['ems', 'registered', 'registered', 'express', 'ecommerce', 'ecommerce', 'parcel']
/** Items of a bag. */
const BAGFUL = 20
/** Grams that a bag of the simulation weighs: more than its items ever do, for there are ordinary letters besides. */
const BAG_WEIGHT = 95_000

const at = (day: string, minutes: number, seconds = 0) =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + (minutes * 60 + seconds) * 1000).toISOString()

/** Groups of requests in the order in which they reach the program; a group of an offline branch comes at the end, shuffled. */
export function dayOf(world: World, day: Day, items: number): Sent[] {
  const { city, random, faults } = world
  const branches = [...city.routeOf.keys()]
  const online: Sent[] = []
  const offline: Sent[] = []
  const perBranch = accepted(world, day, items, branches)
  for (const route of city.routes.filter(({ code }) => code !== 'HK')) {
    const run = runId(route.code, day, 1)
    const delay = random.chance(faults.lateRuns) ? random.int(15, 45) : 0
    const start = 11 * 60 + delay
    const driver = world.phones.get('drivers')!
    const centre = world.phones.get(CENTRE)!
    const calls = route.stops.slice(1, -1)
    const outward = calls.flatMap(({ office }) => world.waiting.get(office) ?? [])
    if (outward.length > 0)
      online.push(
        ...handed(
          world,
          CENTRE,
          run,
          CENTRE,
          at(day, start),
          outward.map(({ code }) => code),
          centre,
          driver,
        ),
      )
    const inward: { code: string; items: string[] }[] = []
    for (const { office, arrives } of calls) {
      const isOffline = random.chance(faults.offlineBranches)
      const send = {
        push: (...sent: Sent[]) => (isOffline ? offline.push(...sent.map(asScans)) : online.push(...sent)),
      }
      const skew = random.int(-faults.skew, faults.skew)
      const phone = world.phones.get(office)!
      const call = start + arrives
      const own = perBranch.get(office) ?? []
      send.push({ kind: 'scans', scans: own.map(({ scan }) => scan) })
      const bags = packed(
        world,
        office,
        CENTRE,
        day,
        own.map(({ number }) => number),
      )
      if (bags.length > 0) {
        send.push({
          kind: 'close',
          office,
          wave: 1,
          time: at(day, call - 12, skew),
          bags: bags.map(({ body }) => body),
        })
        const lost = bags.filter(() => random.chance(faults.missingBags)).map(({ code }) => code)
        const given = bags.filter(({ code }) => !lost.includes(code))
        send.push(
          ...handed(
            world,
            office,
            run,
            office,
            at(day, call, skew),
            given.map(({ code }) => code),
            phone,
            driver,
            lost,
          ),
        )
        inward.push(...given)
      }
      const arrived = world.waiting.get(office) ?? []
      if (arrived.length > 0) {
        send.push(
          ...handed(
            world,
            run,
            office,
            office,
            at(day, call, skew),
            arrived.map(({ code }) => code),
            driver,
            phone,
          ),
        )
        for (const { code, items: inside } of arrived)
          send.push(...delivered(world, office, day, call + 10, code, inside, skew))
        world.waiting.delete(office)
      }
    }
    const back = start + route.stops.at(-1)!.arrives
    if (inward.length > 0)
      online.push(
        ...handed(
          world,
          run,
          CENTRE,
          CENTRE,
          at(day, back),
          inward.map(({ code }) => code),
          driver,
          centre,
        ),
      )
    for (const { code, items: inside } of inward) {
      online.push({
        kind: 'open',
        office: CENTRE,
        time: at(day, Math.max(back + 15, 17 * 60)),
        bag: code,
        found: inside,
      })
      for (const number of inside) Object.assign(world.items.get(number)!, { place: 'branch', at: CENTRE })
    }
  }
  online.push(...sorted(world, day))
  const late = random.shuffled(offline)
  return [...online, ...late, ...[...online, ...late].filter(() => random.chance(faults.repeats))]
}

interface BagBody {
  readonly code: string
  readonly destination: string
  readonly class: string
  readonly items: readonly string[]
  readonly ordinary: number
  readonly weight: number
}

/** A branch without a connection cannot ask whether it may: its scanner keeps what was done, scan by scan. */
function asScans(sent: Sent): Sent {
  if (sent.kind === 'close') {
    const { office, time, wave } = sent
    const scans = sent.bags.flatMap(({ code, destination, class: product, items, ordinary, weight }) => [
      ...items.map(subject => ({ subject, code: 'PCK', office, time, bag: code })),
      {
        subject: code,
        code: 'CLS',
        office,
        time,
        product,
        origin: office,
        destination,
        weight,
        items: items.length + ordinary,
        wave,
      },
    ])
    return { kind: 'scans', scans }
  }
  if (sent.kind === 'open') {
    const { office, time, bag, found } = sent
    const taken = found.map(subject => ({ subject, code: 'UNP', office, time, bag }))
    return { kind: 'scans', scans: [...taken, { subject: bag, code: 'OPN', office, time, items: found.length }] }
  }
  return sent
}

function accepted(world: World, day: Day, items: number, branches: readonly string[]) {
  const { random } = world
  const perBranch = new Map<string, { number: string; scan: object }[]>()
  for (let i = 0; i < items; i++) {
    const office = random.pick(branches)
    const product = random.pick(PRODUCTS)
    const number = must(makeItem(product, ++world.serial))
    const destination = random.chance(0.15)
      ? random.pick(['200001', '310000', '510000', '610000'])
      : postcodeOf(random.pick(branches))
    const weight = product === 'ems' || product === 'registered' ? random.int(20, 900) : random.int(200, 4_000)
    const scan = {
      subject: number,
      code: 'EMA',
      office,
      time: at(day, random.int(7 * 60, 10 * 60), random.int(0, 59)),
      product,
      destination,
      weight,
      amount: 500 + Math.ceil(weight / 500) * 200,
    }
    world.items.set(number, { number, destination, place: 'branch', at: office })
    perBranch.set(office, [...(perBranch.get(office) ?? []), { number, scan }])
  }
  return perBranch
}

/** Items put into bags of an office, with the codes that are on their labels. */
function packed(world: World, office: string, to: string, day: Day, numbers: readonly string[]) {
  const bags: { code: string; items: string[]; body: BagBody }[] = []
  for (let from = 0; from < numbers.length; from += BAGFUL) {
    const items = numbers.slice(from, from + BAGFUL)
    const key = `${office} ${day}`
    const serial = (world.bagSerials.get(key) ?? 0) + 1
    world.bagSerials.set(key, serial)
    const code = world.makeBag(office, to, day, serial, BAG_WEIGHT)
    for (const number of items) Object.assign(world.items.get(number)!, { place: 'bag', at: code })
    bags.push({ code, items, body: { code, destination: to, class: '05', items, ordinary: 40, weight: BAG_WEIGHT } })
  }
  return bags
}

function handed(
  { random }: World,
  from: string,
  to: string,
  office: string,
  time: string,
  pieces: readonly string[],
  giver: Phone,
  receiver: Phone,
  missing: readonly string[] = [],
): Sent[] {
  const party = (code: string) => (/^\d{8}$/.test(code) ? `office:${code}` : `run:${code}`)
  const list: HandoverList = {
    handover: uuidOf(`${from} ${to} ${time} ${pieces.join()} ${missing.join()}`),
    giver: party(from),
    receiver: party(to),
    office,
    time,
    pieces: [...pieces].sort(),
    missing: [...missing].sort(),
    surplus: [],
  }
  const both = [giver.sign('giver', list), receiver.sign('receiver', list)]
  return random.shuffled(both).map(signature => ({ kind: 'sign', signatures: [signature] }))
}

/** At a branch: bags opened, items delivered, some not at once; what was mis-sorted goes back with the next run. */
function delivered(
  world: World,
  office: string,
  day: Day,
  minute: number,
  code: string,
  inside: readonly string[],
  skew: number,
): Sent[] {
  const { random, faults } = world
  const sent: Sent[] = [{ kind: 'open', office, time: at(day, minute, skew), bag: code, found: inside }]
  const scans: object[] = []
  for (const number of inside) {
    const item = world.items.get(number)!
    Object.assign(item, { place: 'branch', at: office })
    if (item.destination !== postcodeOf(office)) continue
    const scan = (eventCode: string, after: number) => ({
      subject: number,
      code: eventCode,
      office,
      time: at(day, minute + after, skew),
    })
    if (!random.chance(faults.lostScans)) scans.push(scan('EMG', 2))
    if (!random.chance(faults.lostScans)) scans.push(scan('EDG', 20))
    if (random.chance(0.1)) scans.push(scan('EMH', 90))
    else {
      scans.push(scan('EMI', random.int(60, 240)))
      item.place = 'delivered'
    }
  }
  return scans.length > 0 ? [...sent, { kind: 'scans', scans }] : sent
}

/** The evening at the centre: all that lies there is closed to its branches, or to the airport. */
function sorted(world: World, day: Day): Sent[] {
  const { random, faults, city } = world
  const branches = new Set(city.routeOf.keys())
  const bins = new Map<string, string[]>()
  for (const { number, destination, place, at: where } of world.items.values()) {
    if (place !== 'branch' || where !== CENTRE) continue
    const right = branches.has(`${destination}01`) ? `${destination}01` : AIRPORT
    const bin = random.chance(faults.missorts) ? branchCode(random.int(1, branches.size)) : right
    bins.set(bin, [...(bins.get(bin) ?? []), number])
  }
  const bags: BagBody[] = []
  const flown: string[] = []
  for (const [to, numbers] of bins)
    for (const bag of packed(world, CENTRE, to, day, numbers)) {
      bags.push(bag.body)
      if (to === AIRPORT) flown.push(bag.code)
      else world.waiting.set(to, [...(world.waiting.get(to) ?? []), bag])
    }
  const sent: Sent[] = []
  for (let from = 0; from < bags.length; from += 100)
    sent.push({ kind: 'close', office: CENTRE, wave: 2, time: at(day, 20 * 60), bags: bags.slice(from, from + 100) })
  if (flown.length === 0) return sent
  const [centre, driver, airport] = [
    world.phones.get(CENTRE)!,
    world.phones.get('drivers')!,
    world.phones.get(AIRPORT)!,
  ]
  const run = runId('HK', day, 1)
  return [
    ...sent,
    ...handed(world, CENTRE, run, CENTRE, at(day, 21 * 60), flown, centre, driver),
    ...handed(world, run, AIRPORT, AIRPORT, at(day, 21 * 60 + 42), flown, driver, airport),
  ]
}
