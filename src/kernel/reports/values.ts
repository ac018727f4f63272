import { type TargetRequest, targetsOf } from '../assessment/targets.ts'
import { type Figure, type FigureRequest, figures, questionOf } from '../figures/figure.ts'
import { fromNumber, minus, over, toNumber } from '../figures/fraction.ts'
import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { lastYear, parsePeriod, previous } from '../period/period.ts'
import { rootsOf } from '../records/read.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { upgrade } from '../records/type.ts'
import { type Failure, fail, must } from '../result.ts'
import { type Address, addressOf, type FieldAddress, type FigureAddress } from './address.ts'

/** The numbers at some addresses. What was asked and is in neither map was not asked for. */
export interface Values {
  readonly found: ReadonlyMap<string, number | null>
  /** What cannot be told: no such indicator any more, or not to this actor. */
  readonly refused: ReadonlyMap<string, Failure>
}

/** The numbers that addresses name, at this instant: one query for figures, one for targets, one for records. */
export async function valuesAt(ledger: Ledger, actor: Actor, addresses: Iterable<Address>): Promise<Values> {
  const found = new Map<string, number | null>()
  const refused = new Map<string, Failure>()
  const asked = new Map<string, FigureAddress>()
  const fields = new Map<string, FieldAddress>()
  for (const address of addresses) {
    const text = addressOf(address)
    if ('record' in address) fields.set(text, address)
    else {
      const question = questionOf(ledger, actor, address)
      if (question.ok) asked.set(text, address)
      else refused.set(text, question)
    }
  }
  const [plain, targets] = await Promise.all([
    figuresFor(ledger, actor, [...asked.values()].flatMap(requestsOf)),
    targetsFor(ledger, [...asked.values()]),
    fieldsFor(ledger, actor, fields, found, refused),
  ])
  for (const [text, address] of asked) found.set(text, told(address, plain, targets))
  return { found, refused }
}

/** The plain figures that an address needs. */
function requestsOf(address: FigureAddress): FigureRequest[] {
  const itself = plainOf(address)
  switch (address.as) {
    case 'target':
      return []
    case 'difference':
    case 'growth':
      return [itself, plainOf(earlier(address))]
    default:
      return [itself]
  }
}

const plainOf = ({ as: _, against: __, row: ___, ...request }: FigureAddress): FigureRequest => request

/** The figure that a difference or growth is against. */
export function earlier(address: FigureAddress): FigureAddress {
  const period = must(parsePeriod(address.period))
  const { as: _, against: __, ...itself } = address
  return { ...itself, period: (address.against === 'previous' ? previous(period) : lastYear(period)).text }
}

async function figuresFor(
  ledger: Ledger,
  actor: Actor,
  requests: readonly FigureRequest[],
): Promise<ReadonlyMap<string, Figure>> {
  const distinct = new Map(requests.map(request => [addressOf(request), request]))
  if (distinct.size === 0) return new Map()
  // Each was checked before; what fails here is a bug.
  const all = must(await figures(ledger, actor, [...distinct.values()]))
  return new Map([...distinct.keys()].map((text, i) => [text, all[i]!]))
}

const targetRequest = ({ indicator, org, period, where }: FigureAddress): TargetRequest => ({
  indicator,
  org,
  period: must(parsePeriod(period)),
  where,
})

async function targetsFor(ledger: Ledger, addresses: readonly FigureAddress[]): Promise<ReadonlyMap<string, number>> {
  const wanted = addresses.filter(({ as }) => as === 'target' || as === 'attainment')
  const targets = await targetsOf(ledger, wanted.map(targetRequest))
  return new Map(wanted.flatMap((address, i) => (targets[i] ? [[addressOf(address), targets[i].value] as const] : [])))
}

function told(
  address: FigureAddress,
  plain: ReadonlyMap<string, Figure>,
  targets: ReadonlyMap<string, number>,
): number | null {
  const itself = (of: FigureAddress): number | null => {
    const figure = plain.get(addressOf(plainOf(of)))
    if (of.row === undefined) return figure?.value ?? null
    return figure?.rows?.find(({ key }) => key === of.row)?.value ?? null
  }
  const target = targets.get(addressOf(address)) ?? null
  switch (address.as) {
    case undefined:
      return itself(address)
    case 'target':
      return target
    case 'attainment':
      return shareOf(itself(address), target)
    case 'difference':
      return differenceOf(itself(address), itself(earlier(address)))
    case 'growth': {
      const before = itself(earlier(address))
      return shareOf(differenceOf(itself(address), before), before)
    }
  }
}

const differenceOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : toNumber(minus(fromNumber(now), fromNumber(before)))

/** Null when there is nothing to divide by, or it is below zero. */
const shareOf = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole <= 0 ? null : toNumber(over(fromNumber(part), fromNumber(whole)))

async function fieldsFor(
  ledger: Ledger,
  actor: Actor,
  fields: ReadonlyMap<string, FieldAddress>,
  found: Map<string, number | null>,
  refused: Map<string, Failure>,
): Promise<void> {
  if (fields.size === 0) return
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = ANY($1) AND r.id = ANY($2)`,
    [rootsOf(ledger, actor), [...new Set([...fields.values()].map(({ record }) => record))]],
  )
  const records = new Map(rows.map(row => [row.id, row]))
  for (const [text, { record: id, field }] of fields) {
    const record = records.get(id)
    const org = record && ledger.orgs.byId(record.org)
    if (!record || !org || !permit(actor, 'read', org).ok)
      refused.set(text, fail('record/unknown', { record: id, zh: '没有这条记录', en: 'There is no such record' }))
    else found.set(text, fieldValue(ledger, record, field))
  }
}

/** A number that a record holds; none while it does not count. */
export function fieldValue(ledger: Ledger, record: StoredRecord, field: string): number | null {
  const type = ledger.registry.types.get(record.type)
  if (!type || !['entered', 'confirmed'].includes(record.status)) return null
  const value = upgrade(type, record.typeVersion, record.fields)[field]
  return typeof value === 'number' ? value : null
}
