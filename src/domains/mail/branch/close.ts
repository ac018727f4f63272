import type pg from 'pg'
import { z } from 'zod'
import { action } from '../../../kernel/operation.ts'
import type { Day } from '../../../kernel/period/day.ts'
import { fail, failAll, ok, type Problem, type Result } from '../../../kernel/result.ts'
import { type BagClass, bagWeight, classes, dayOfYear, makeBag, parseBag } from '../codes/bag.ts'
import { parseItem } from '../codes/item.ts'
import { parsePostcode } from '../codes/postcode.ts'
import { kindOf } from '../codes/s10.ts'
import type { Piece } from '../events/keep.ts'
import { eventRow } from '../events/rows.ts'
import { subjectOf } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { officesOn } from '../network/read.ts'
import { doing, timeOfWork, unknownOffice, workplace } from '../work.ts'

// Closing a despatch 封发: items on hand go into bags, each bag gets its code, label and line on the route bill 路单.

/** Heaviest bag that a code can tell, in grams. */
const HEAVIEST = 99_900
/** Grams that a bag of its own weighs, and what scales may differ by besides. */
export const BAG_TARE = 2_000
export const SCALE_ERROR = 500

const bagShape = z.strictObject({
  /** The code of a bag that was closed without a connection; made here when not given. */
  code: z.string().max(64).optional(),
  destination: z.string().regex(/^\d{8}$/),
  class: z.enum(Object.keys(classes) as [BagClass, ...BagClass[]]),
  items: z.array(z.string().max(20)).max(2_000),
  /** Items that bear no number: ordinary letters. */
  ordinary: z.int().min(0).max(100_000).default(0),
  /** Gross, in grams, as the scale shows it. */
  weight: z.int().min(1).max(HEAVIEST),
})

const closedBag = z.strictObject({
  code: z.string(),
  from: z.string(),
  to: z.string(),
  destination: z.string(),
  class: z.string(),
  wave: z.int(),
  weight: z.int(),
  items: z.int(),
  registered: z.int(),
  closedOn: z.string(),
})

type ClosedBag = z.output<typeof closedBag>

export const closeDespatch = action(
  'mail.close',
  {
    zh: '封发',
    en: 'Close a despatch',
    input: z.strictObject({
      org: z.string(),
      office: z.string().max(8),
      wave: z.int().min(1).max(9),
      time: z.iso.datetime({ offset: true }).optional(),
      bags: z.array(bagShape).min(1).max(500),
    }),
    answer: z.strictObject({
      bags: z.array(closedBag),
      /** The route bill: what goes where. */
      bill: z.array(z.strictObject({ to: z.string(), destination: z.string(), bags: z.int(), weight: z.int() })),
      /** Items that were in a bag of the same code already: nothing was done twice. */
      repeated: z.int(),
    }),
  },
  async (ledger, actor, { org, office: code, wave, bags, time: given }) => {
    const root = ledger.orgs.find(org)
    if (!root.ok) return root
    const time = timeOfWork(ledger, given)
    if (!time.ok) return time
    const place = await workplace(ledger, actor, root.value.root, code, time.value)
    if (!place.ok) return place
    const { office, unit } = place.value
    const day = dayOfInstant(time.value)
    const offices = await officesOn(
      ledger.store.pool,
      unit.root,
      day,
      bags.map(({ destination }) => destination),
    )
    const numbers = itemsOf(bags.map(({ items }) => items))
    if (!numbers.ok) return numbers
    return doing(ledger, actor, unit, [day], async (client, { keep }) => {
      const pieces = await piecesOf(client, unit.root, numbers.value.flat())
      const closed: ClosedBag[] = []
      const problems: Problem[] = []
      const rows = []
      let serial = await lastSerial(client, unit.root, office.code, day)
      for (const [i, bag] of bags.entries()) {
        const destination = offices.get(bag.destination)
        if (!destination) return unknownOffice(bag.destination, 'bags')
        const items = numbers.value[i]!
        const named =
          bag.code === undefined ? codeFor(office.code, bag, day, wave, ++serial) : ownCode(bag.code, office.code, bag)
        if (!named.ok) return named
        const of = subjectOf(named.value, day)
        if (!of.ok) return of
        problems.push(...notHere(items, pieces, office.code, of.value.subject), ...offWeight(bag, items, pieces))
        const registered = items.filter(isRegistered).length
        const common = { org: unit.id, time: time.value, office: office.code, wave }
        for (const item of items)
          rows.push(
            eventRow({
              ...common,
              of: { kind: 'item', subject: item },
              code: 'PCK',
              bag: of.value.subject,
              destination: pieces.get(item)?.destination ?? null,
              product: pieces.get(item)?.product ?? null,
            }),
          )
        rows.push(
          eventRow({
            ...common,
            of: of.value,
            code: 'CLS',
            product: bag.class,
            origin: office.code,
            destination: bag.destination,
            weight: bag.weight,
            items: items.length + bag.ordinary,
            registered,
          }),
        )
        closed.push({
          code: named.value,
          from: office.name,
          to: destination.name,
          destination: bag.destination,
          class: bag.class,
          wave,
          weight: bag.weight,
          items: items.length + bag.ordinary,
          registered,
          closedOn: day,
        })
      }
      if (problems.length > 0) return failAll(problems)
      const fresh = await keep(rows, 'mail-close')
      return ok({ bags: closed, bill: billOf(closed), repeated: rows.length - fresh.size })
    })
  },
)

/** Item numbers, checked; one twice in the same despatch is refused. */
function itemsOf(bags: readonly (readonly string[])[]): Result<string[][]> {
  const seen = new Set<string>()
  const problems: Problem[] = []
  const parsed = bags.map((items, row) =>
    items.map(written => {
      const item = parseItem(written)
      if (!item.ok) {
        problems.push(...item.problems.map(problem => ({ ...problem, field: 'bags', row })))
        return ''
      }
      const { code } = item.value
      if (seen.has(code))
        problems.push({
          code: 'mail/twice',
          field: 'bags',
          row,
          value: code,
          zh: `“${code}”扫描了两次`,
          en: `${code} was scanned twice`,
        })
      seen.add(code)
      return code
    }),
  )
  return problems.length > 0 ? failAll(problems) : ok(parsed)
}

export async function piecesOf(client: pg.Pool | pg.PoolClient, root: number, subjects: readonly string[]) {
  const { rows } = await client.query<Piece>({
    name: 'mail-pieces-of',
    text: 'SELECT * FROM mail_piece WHERE root = $1 AND subject = ANY($2)',
    values: [root, subjects],
  })
  return new Map(rows.map(piece => [piece.subject, piece]))
}

/** Only what is on hand can be put into a bag. What is in this very bag already was closed before. */
const notHere = (
  items: readonly string[],
  pieces: ReadonlyMap<string, Piece>,
  office: string,
  bag: string,
): Problem[] =>
  items.flatMap(item => {
    const custodian = pieces.get(item)?.custodian
    if (custodian === `office:${office}` || custodian === `bag:${bag}`) return []
    return [
      {
        code: 'mail/not-on-hand',
        field: 'bags',
        value: item,
        custodian: custodian ?? null,
        zh: custodian ? `“${item}”不在本局，现在${custodian}` : `“${item}”还没有收寄`,
        en: custodian ? `${item} is not here but with ${custodian}` : `${item} has not been accepted`,
      },
    ]
  })

/** A bag cannot weigh less than its items; where it holds nothing else, not much more either. */
function offWeight(
  { weight, ordinary }: { readonly weight: number; readonly ordinary: number },
  items: readonly string[],
  pieces: ReadonlyMap<string, Piece>,
): Problem[] {
  const weights = items.map(item => pieces.get(item)?.weight ?? null)
  if (weights.length === 0 || weights.includes(null)) return []
  const sum = weights.reduce((total: number, one) => total + (one ?? 0), 0)
  const isTooLight = weight < sum - SCALE_ERROR
  const isTooHeavy = ordinary === 0 && weight > sum + BAG_TARE + SCALE_ERROR
  if (!isTooLight && !isTooHeavy) return []
  return [
    {
      code: 'mail/weight-differs',
      field: 'bags',
      value: weight,
      expected: sum,
      zh: `袋重${weight}克与内件共${sum}克不符，请核对`,
      en: `The bag weighs ${weight} g and its items ${sum} g; look again`,
    },
  ]
}

/** Accountable items are told apart on the label. */
export const isRegistered = (item: string) => ['registered', 'insured', 'ems'].includes(kindOf(item.slice(0, 2)) ?? '')

async function lastSerial(client: pg.PoolClient, root: number, office: string, day: string): Promise<number> {
  // One closing at a time of an office and day: serials follow one another without a gap.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7300))', [`${root} ${office} ${day}`])
  const { rows } = await client.query<{ last: number | null }>(
    `SELECT max(substr(subject, 23, 4)::int) AS last FROM mail_event
     WHERE root = $1 AND day = $2 AND code = 'CLS' AND office = $3 AND kind = 'bag' AND subject ~ '^[0-9]{30}-'`,
    [root, day, office],
  )
  return rows[0]?.last ?? 0
}

function officeParts(code: string) {
  const postcode = parsePostcode(code.slice(0, 6))
  return postcode.ok ? ok({ postcode: postcode.value.code, serial: Number(code.slice(6)) }) : postcode
}

function codeFor(
  office: string,
  { destination, class: mailClass, weight }: Pick<z.output<typeof bagShape>, 'destination' | 'class' | 'weight'>,
  day: Day,
  wave: number,
  serial: number,
): Result<string> {
  const from = officeParts(office)
  const to = officeParts(destination)
  if (!from.ok) return from
  if (!to.ok) return to
  const parts = { origin: from.value, destination: to.value, class: mailClass, dayOfYear: dayOfYear(day), wave, serial }
  return makeBag({ ...parts, weight: bagWeight(weight) })
}

/** A code that was printed without a connection has to be this office's, and say what the bag is. */
function ownCode(
  written: string,
  office: string,
  { destination, class: mailClass }: { readonly destination: string; readonly class: string },
): Result<string> {
  const bag = parseBag(written)
  if (!bag.ok) return bag
  const code = ({ postcode, serial }: { postcode: string; serial: number }) =>
    `${postcode}${String(serial).padStart(2, '0')}`
  const { origin, destination: to, class: of } = bag.value
  if (code(origin) === office && code(to) === destination && of === mailClass) return ok(bag.value.code)
  return fail('mail/bag-code', {
    field: 'bags',
    value: written,
    zh: `总包条码“${written}”的发局、收局或种类与所封的不符`,
    en: `The code ${written} names another origin, destination or class`,
  })
}

function billOf(bags: readonly ClosedBag[]) {
  const lines = new Map<string, { to: string; destination: string; bags: number; weight: number }>()
  for (const { to, destination, weight } of bags) {
    const line = lines.get(destination) ?? { to, destination, bags: 0, weight: 0 }
    lines.set(destination, { ...line, bags: line.bags + 1, weight: line.weight + weight })
  }
  return [...lines.values()]
}
