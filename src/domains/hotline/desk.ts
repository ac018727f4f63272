import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { question } from '../../kernel/operation.ts'
import { areasUnder } from '../../kernel/org/area.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { addDays, today } from '../../kernel/period/period.ts'
import { type ListedRecord, listRecords } from '../../kernel/records/list.ts'
import type { ListQuery } from '../../kernel/records/list-query.ts'
import { personalValues } from '../../kernel/records/personal.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { call, ring } from './calls.ts'
import { type Envoy, middleOf, type Place, rankEnvoys } from './dispatch.ts'
import { dispatch, duty } from './field.ts'

// What the duty desk asks: who rings, what waits and since when, what the caller asked before, whom to send.

const shown = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  day: z.string(),
  state: z.string(),
  fields: z.record(z.string(), z.unknown()),
})
const asShown = ({ id, version, day, state, fields }: ListedRecord) => ({
  id,
  version,
  day,
  state,
  fields: { ...fields },
})

/** A ring older than this was forgotten by the exchange. */
const RINGS_FOR = 30 * 60_000

export const desk = question(
  'hotline.desk',
  {
    zh: '值班台',
    en: 'Duty desk',
    may: 'enter',
    input: z.strictObject({ org: z.string() }),
    answer: z.strictObject({
      now: z.string(),
      rings: z.array(shown),
      open: z.array(shown.extend({ minutesLeft: z.int(), late: z.boolean() })),
      duty: z.array(shown),
      today: z.int(),
    }),
  },
  async (ledger, actor, { org }) => {
    const now = ledger.clock()
    const day = today(() => now)
    const at = { org, period: day }
    const lists = await inTurn(ledger, actor, [
      { ...at, type: ring.id, state: ['ringing', 'talking'], sort: '-createdAt', limit: 20 },
      { type: call.id, org, state: ['open', 'escalated'], sort: 'promisedAt', limit: 100 },
      { ...at, type: duty.id },
      { ...at, type: call.id, totals: true, limit: 1 },
    ])
    if (!lists.ok) return lists
    const [rung, open, onDuty, calls] = lists.value as [Page, Page, Page, Page]
    const rings = await untaken(ledger, actor, org, rung)
    if (!rings.ok) return rings
    return ok({
      now: now.toISOString(),
      rings: rings.value.filter(one => now.getTime() - Date.parse(String(one.fields.rangAt)) < RINGS_FOR).map(asShown),
      open: open.records.map(one => {
        const left = Date.parse(String(one.fields.promisedAt)) - now.getTime()
        return { ...asShown(one), minutesLeft: Math.floor(left / 60_000), late: left < 0 }
      }),
      duty: onDuty.records.map(asShown),
      today: calls.count ?? 0,
    })
  },
)

/** Rings that no call was taken from yet, at any desk. */
async function untaken(
  ledger: Ledger,
  actor: Actor,
  org: string,
  { records }: Page,
): Promise<Result<readonly ListedRecord[]>> {
  if (records.length === 0) return ok([])
  const filter = { ring: records.map(one => one.id) }
  const taken = await listRecords(ledger, actor, { type: call.id, org, filter, limit: 100 })
  if (!taken.ok) return taken
  const seen = new Set(taken.value.records.map(({ fields }) => fields.ring))
  return ok(records.filter(({ id }) => !seen.has(id)))
}

type Page = { readonly records: readonly ListedRecord[]; readonly count?: number }

async function inTurn(ledger: Ledger, actor: Actor, queries: readonly ListQuery[]): Promise<Result<readonly Page[]>> {
  const pages = await Promise.all(queries.map(query => listRecords(ledger, actor, query)))
  const refused = pages.find(page => !page.ok)
  return refused && !refused.ok ? refused : ok(pages.flatMap(page => (page.ok ? [page.value] : [])))
}

export const history = question(
  'hotline.history',
  {
    zh: '来电人以前的来电',
    en: 'Earlier calls of a caller',
    may: 'enter',
    input: z.strictObject({
      org: z.string(),
      phone: z.string().trim().min(3).max(30).optional(),
      ring: z.uuid().optional(),
    }),
    answer: z.strictObject({ count: z.int(), calls: z.array(shown) }),
  },
  async (ledger, actor, { org, phone, ring: id }) => {
    const rung = id === undefined ? ok(phone) : await numberOf(ledger, actor, id)
    if (!rung.ok) return rung
    if (rung.value === undefined) return ok({ count: 0, calls: [] })
    const found = await listRecords(ledger, actor, {
      type: call.id,
      org,
      filter: { phone: rung.value },
      totals: true,
      limit: 10,
    })
    return found.ok ? ok({ count: found.value.count ?? 0, calls: found.value.records.map(asShown) }) : found
  },
)

/** The number that rang, for finding and keeping it; it is shown to nobody. */
export async function numberOf(ledger: Ledger, actor: Actor, id: string): Promise<Result<string | undefined>> {
  const record = await readRecord(ledger, actor, id)
  if (!record.ok) return record
  if (record.value.type === ring.id) return ok((await personalValues(ledger, record.value)).phone)
  return fail('hotline/no-ring', { field: 'ring', zh: '这不是一条呼入记录', en: 'That is not an incoming ring' })
}

/** A record type of another domain: whoever removes it finds nobody to send. */
const APPOINTMENT = 'envoys.appointment'
const RECENT_DAYS = 30
const MOST = 500

export const envoys = question(
  'hotline.envoys',
  {
    zh: '推荐派出的特派员',
    en: 'Whom to send',
    may: 'enter',
    input: z.strictObject({ org: z.string(), village: z.string().optional(), crop: z.string().optional() }),
    answer: z.array(
      z.strictObject({
        id: z.uuid(),
        number: z.string(),
        name: z.string(),
        trade: z.string(),
        township: z.string().nullable(),
        fit: z.int(),
        km: z.int().nullable(),
        open: z.int(),
        recent: z.int(),
      }),
    ),
  },
  async (ledger, actor, { org, village, crop }) => {
    if (!ledger.registry.types.has(APPOINTMENT)) return ok([])
    const day = today(ledger.clock)
    const [lists, areas] = await Promise.all([
      inTurn(ledger, actor, [
        { type: APPOINTMENT, org, limit: MOST },
        { type: dispatch.id, org, state: ['sent'], limit: MOST },
        {
          type: dispatch.id,
          org,
          state: ['sent', 'visited'],
          period: `${addDays(day, -RECENT_DAYS)}..${day}`,
          limit: MOST,
        },
      ]),
      placesUnder(ledger, actor, org),
    ])
    if (!lists.ok) return lists
    if (!areas.ok) return areas
    const [appointments, out, recent] = lists.value as [Page, Page, Page]
    const listed = new Map(appointments.records.map(record => [record.id, record]))
    const ranked = rankEnvoys(
      { crop, place: areas.value(village), day },
      appointments.records.map(
        ({ id, fields }): Envoy => ({
          id,
          trade: String(fields.trade),
          place: areas.value(fields.township),
          since: String(fields.since),
          ...(typeof fields.until === 'string' ? { until: fields.until } : {}),
          open: sentTo(out, id),
          recent: sentTo(recent, id),
        }),
      ),
    )
    return ok(
      ranked.slice(0, 10).map(({ id, ...why }) => {
        const { number, envoy, trade, township } = listed.get(id)!.fields
        const unit = typeof township === 'string' ? ledger.orgs.byCode(township) : undefined
        return {
          id,
          number: String(number),
          name: String(envoy),
          trade: String(trade),
          township: unit?.name ?? null,
          ...why,
        }
      }),
    )
  },
)

const sentTo = ({ records }: Page, envoy: string) => records.filter(({ fields }) => fields.envoy === envoy).length

/** Where a unit beneath `org` lies: the middle of its own area, or of the nearest one above that has one. */
async function placesUnder(
  ledger: Ledger,
  actor: Actor,
  org: string,
): Promise<Result<(code: unknown) => Place | null>> {
  const areas = await areasUnder(ledger, actor, org)
  if (!areas.ok) return areas
  const places = new Map(
    areas.value.flatMap(({ code, area }) => {
      const unit = ledger.orgs.byCode(code)
      const middle = middleOf(area.type === 'Polygon' ? area.coordinates : area.coordinates.flat())
      return unit && middle && code !== org ? [[unit.id, middle] as const] : []
    }),
  )
  return ok(code => {
    const unit = typeof code === 'string' ? ledger.orgs.byCode(code) : undefined
    const above = unit?.path.split('/').slice(1, -1).reverse() ?? []
    return above.map(id => places.get(Number(id))).find(place => place !== undefined) ?? null
  })
}
