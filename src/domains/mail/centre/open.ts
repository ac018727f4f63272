import type pg from 'pg'
import { z } from 'zod'
import { action, question } from '../../../kernel/operation.ts'
import { fail, failAll, ok } from '../../../kernel/result.ts'
import { piecesOf } from '../branch/close.ts'
import { parseItem } from '../codes/item.ts'
import { eventRow } from '../events/rows.ts'
import { shownSubject, subjectOf } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { officesOn } from '../network/read.ts'
import { type Irregular, makeNotes } from '../notes/note.ts'
import { doing, timeOfWork, workplace } from '../work.ts'

// Opening 开拆: what is in a bag against what its despatch says; every difference becomes a verification note.

/** Items that by the books are in a bag. */
async function packedIn(client: pg.Pool | pg.PoolClient, root: number, bag: string): Promise<string[]> {
  const { rows } = await client.query<{ subject: string }>(
    'SELECT subject FROM mail_piece WHERE root = $1 AND custodian = $2 ORDER BY subject',
    [root, `bag:${bag}`],
  )
  return rows.map(row => row.subject)
}

/** Advance data 预告: bags that are under way to an office, each with what it should hold. */
export const askExpected = question(
  'mail.expected',
  {
    zh: '进口预告',
    en: 'Bags under way to an office',
    input: z.strictObject({ org: z.string(), office: z.string().max(8), run: z.string().max(40).optional() }),
    answer: z.strictObject({
      bags: z.array(
        z.strictObject({
          bag: z.string(),
          run: z.string(),
          origin: z.string().nullable(),
          weight: z.int().nullable(),
          items: z.int().nullable(),
          registered: z.int().nullable(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, office, run }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const place = await workplace(ledger, actor, unit.value.root, office, ledger.clock().toISOString())
    if (!place.ok) return place
    const { rows } = await ledger.store.pool.query<{
      subject: string
      custodian: string
      origin: string | null
      weight: number | null
      items: number | null
      registered: number | null
    }>(
      `SELECT subject, custodian, origin, weight, items, registered FROM mail_piece
       WHERE root = $1 AND kind = 'bag' AND custodian LIKE $2 AND destination = $3 ORDER BY custodian, subject LIMIT 5000`,
      [unit.value.root, run === undefined ? 'run:%' : `run:${run}`, office],
    )
    return ok({
      bags: rows.map(({ subject, custodian, ...more }) => ({
        bag: shownSubject(subject),
        run: custodian.slice('run:'.length),
        ...more,
      })),
    })
  },
)

export const openBag = action(
  'mail.open',
  {
    zh: '开拆',
    en: 'Open a bag',
    input: z.strictObject({
      org: z.string(),
      office: z.string().max(8),
      bag: z.string().max(64),
      time: z.iso.datetime({ offset: true }).optional(),
      /** What was found in it, as scanned. */
      found: z.array(z.string().max(20)).max(2_000),
      /** Gross, in grams, where it was weighed. */
      weight: z.int().min(0).max(200_000).optional(),
      seal: z.enum(['whole', 'broken']).default('whole'),
    }),
    answer: z.strictObject({
      items: z.int(),
      missing: z.array(z.string()),
      surplus: z.array(z.string()),
      notes: z.array(z.uuid()),
    }),
  },
  async (ledger, actor, { org, office: code, bag: written, time: given, found, weight, seal }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const time = timeOfWork(ledger, given)
    if (!time.ok) return time
    const place = await workplace(ledger, actor, root, code, time.value)
    if (!place.ok) return place
    const day = dayOfInstant(time.value)
    const bag = subjectOf(written, day)
    if (!bag.ok) return bag
    if (bag.value.kind !== 'bag')
      return fail('mail/bag', { field: 'bag', value: written, zh: `“${written}”不是总包`, en: `${written} is no bag` })
    const items = found.map(parseItem)
    const problems = items.flatMap(one => (one.ok ? [] : one.problems.map(problem => ({ ...problem, field: 'found' }))))
    if (problems.length > 0) return failAll(problems)
    const numbers = [...new Set(items.flatMap(one => (one.ok ? [one.value.code as string] : [])))]
    const { subject } = bag.value
    return doing(ledger, actor, place.value.unit, [day], async (client, { keep }) => {
      const packed = await packedIn(client, root, subject)
      const pieces = await piecesOf(client, root, [...numbers, subject])
      const piece = pieces.get(subject)
      if (piece?.state === 'opened')
        return fail('mail/opened', {
          field: 'bag',
          value: written,
          zh: `总包“${written}”已开拆`,
          en: `${written} was opened before`,
        })
      const missing = packed.filter(one => !numbers.includes(one))
      // Of a bag whose closing has not come in yet nobody can say what is too many.
      const surplus = piece?.posted ? numbers.filter(one => !packed.includes(one)) : []
      const common = { org: place.value.unit.id, time: time.value, office: code }
      const rows = numbers.map(item =>
        eventRow({
          ...common,
          of: { kind: 'item', subject: item },
          code: 'UNP',
          bag: subject,
          product: pieces.get(item)?.product ?? null,
        }),
      )
      const opened = eventRow({
        ...common,
        of: bag.value,
        code: 'OPN',
        items: numbers.length,
        ...(weight !== undefined && { weight }),
      })
      await keep([...rows, opened], 'mail-open')
      const origin = piece?.origin ?? bag.value.origin
      const offices = origin === undefined ? undefined : await officesOn(client, root, day, [origin])
      // Where nobody knows who closed it, the office that opens it answers to itself.
      const to = { org: (origin && offices?.get(origin)?.org) || place.value.unit.id }
      const custodian = piece?.custodian ?? null
      const irregular: Irregular[] = [
        ...missing.map(item => ({
          kind: 'missing' as const,
          subject: item,
          to,
          custodian,
          remark: `总包${shownSubject(subject)}内短少`,
        })),
        ...surplus.map(item => ({
          kind: 'surplus' as const,
          subject: item,
          to,
          custodian,
          remark: `总包${shownSubject(subject)}内多出`,
        })),
        ...(seal === 'broken' ? [{ kind: 'seal' as const, subject: shownSubject(subject), to, custodian }] : []),
        ...(differs(weight, piece?.weight ?? null)
          ? [
              {
                kind: 'weight' as const,
                subject: shownSubject(subject),
                to,
                custodian,
                remark: `封发${piece!.weight}克，开拆${weight}克`,
              },
            ]
          : []),
      ]
      const finder = { finder: place.value.unit, foundAt: place.value.office.name, time: time.value }
      const notes = await makeNotes(client, ledger, actor, finder, irregular)
      return notes.ok ? ok({ items: numbers.length, missing, surplus, notes: [...notes.value] }) : notes
    })
  },
)

/** Grams by which scales may differ. */
const SCALES = 300
const differs = (weight: number | undefined, told: number | null) =>
  weight !== undefined && told !== null && Math.abs(weight - told) > SCALES
