import { generateKeyPairSync, type KeyObject, randomUUID, sign as signBytes } from 'node:crypto'
import { testWorld, type World } from '../../../test/world.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import { perform } from '../../kernel/operation.ts'
import { createUnits } from '../../kernel/org/change.ts'
import { type Actor, operator, type Role } from '../../kernel/people/actor.ts'
import type { Day } from '../../kernel/period/day.ts'
import { createMany } from '../../kernel/records/records.ts'
import { registryOf } from '../../kernel/registry.ts'
import { must } from '../../kernel/result.ts'
import { type BagClass, dayOfYear, makeBag } from './codes/bag.ts'
import { makeItem, type Product } from './codes/item.ts'
import type { Postcode } from './codes/postcode.ts'
import { registerDevice } from './handover/devices.ts'
import { type HandoverList, listText, signedBytes } from './handover/list.ts'
import mail from './index.ts'
import { planRuns } from './runs/runs.ts'

// A small city for tests: two branches, a sorting centre, a delivery office, an airport; one route that calls at all.

export const A = '10000101'
export const B = '10000201'
export const C = '10000001'
export const D = '12000001'
export const AIR = '10000009'

export const clerk = operator('test')

/** The clock stands at 2025-06-30 18:00 in Shanghai until a test moves it. */
export interface MailWorld extends World {
  /** Sets the clock to a time of day in Shanghai: '08:30' of 2025-06-30, or a whole instant. */
  at(time: string): void
}

export const instant = (time: string, day = '2025-06-30') =>
  new Date(/^\d\d:\d\d$/.test(time) ? `${day}T${time}:00+08:00` : time).toISOString()

const OFFICES = [
  { code: A, name: '东街支局', kind: 'branch', org: 'P-A' },
  { code: B, name: '西街支局', kind: 'branch', org: 'P-B' },
  { code: C, name: '中心局', kind: 'centre', org: 'P-C' },
  { code: D, name: '城南投递局', kind: 'delivery', org: 'P-D' },
  { code: AIR, name: '航空站', kind: 'airport', org: 'P-C' },
] as const

export const STOPS = [
  { office: C, arrives: 0, stays: 0, km: 0 },
  { office: A, arrives: 20, stays: 5, km: 8.5 },
  { office: B, arrives: 40, stays: 5, km: 6 },
  { office: C, arrives: 60, stays: 10, km: 7.2 },
  { office: D, arrives: 90, stays: 10, km: 12 },
  { office: AIR, arrives: 120, stays: 0, km: 30 },
]

export async function mailWorld(): Promise<MailWorld> {
  const world = await testWorld({ registry: registryOf([mail]) })
  let now = Date.parse(instant('18:00'))
  const mailed: MailWorld = {
    ...world,
    clock: () => new Date(now++),
    at: time => {
      now = Date.parse(instant(time))
    },
  }
  must(
    await createUnits(mailed, clerk, [
      { code: 'P', kind: 'administration', name: '邮政管理局' },
      ...['A', 'B', 'C', 'D', 'R'].map(name => ({ code: `P-${name}`, kind: 'branch', name, parent: 'P' })),
    ]),
  )
  const since = '2025-01-01'
  must(
    await createMany(
      mailed,
      clerk,
      'mail.office',
      OFFICES.map(({ org, ...fields }) => ({ org, fields: { ...fields, since } })),
    ),
  )
  const waves = [
    { wave: 1, departs: '08:00' },
    { wave: 2, departs: '15:00' },
  ]
  must(
    await createMany(mailed, clerk, 'mail.route', [
      { org: 'P-R', fields: { code: 'S1', name: '市内一号', since, capacity: 100, waves, stops: STOPS } },
    ]),
  )
  must(
    await createMany(mailed, clerk, 'mail.tariff', [
      { org: 'P', fields: { version: 1, since, carrying: 1200, handling: 3 } },
    ]),
  )
  await planRuns(mailed.store.pool, must(mailed.orgs.find('P')).root, '2025-06-30')
  return mailed
}

export const item = (serial: number, product: Product = 'registered') => must(makeItem(product, serial))

const officeOf = (code: string) => ({
  // The codes above are made of postcodes that exist.
  postcode: code.slice(0, 6) as Postcode,
  serial: Number(code.slice(6)),
})

export const bag = (
  serial: number,
  origin: string = A,
  destination: string = C,
  more: { class?: BagClass; day?: string } = {},
) =>
  must(
    makeBag({
      origin: officeOf(origin),
      destination: officeOf(destination),
      class: more.class ?? '02',
      dayOfYear: dayOfYear((more.day ?? '2025-06-30') as Day),
      wave: 1,
      serial,
      weight: 52,
    }),
  )

/** Someone who works at a unit. */
export function worker(ledger: Ledger, org: string, role: Role = 'clerk'): Actor {
  const unit = must(ledger.orgs.find(org))
  return { person: null, name: org, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}

/** A device as it is in someone's hand: it holds the private key and counts its signatures. */
export interface Phone {
  readonly id: string
  readonly privateKey: KeyObject
  counter: number
}

export async function phone(world: MailWorld, id: string, org: string, office?: string): Promise<Phone> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  must(await perform(registerDevice, world, clerk, { org, device: id, publicKey: key, ...(office && { office }) }))
  return { id, privateKey, counter: 0 }
}

export const RUN = 'S1-20250630-1'

/** A list of what is handed over at a time of day. */
export const list = (
  from: string,
  to: string,
  time: string,
  pieces: readonly string[],
  more: Partial<HandoverList> = {},
): HandoverList => {
  const party = (code: string) => (/^\d{8}$/.test(code) ? `office:${code}` : `run:${code}`)
  return {
    handover: randomUUID(),
    giver: party(from),
    receiver: party(to),
    office: /^\d{8}$/.test(from) ? from : to,
    time: instant(time),
    pieces: [...pieces].sort(),
    missing: [],
    surplus: [],
    ...more,
  }
}

/** A signature as a phone makes it, with or without a connection. */
export function signed(phone: Phone, role: 'giver' | 'receiver', list: HandoverList, signedAt = list.time) {
  const signing = { device: phone.id, counter: ++phone.counter, role, signedAt, content: listText(list) }
  return { ...signing, signature: signBytes(null, signedBytes(signing), phone.privateKey).toString('base64') }
}
