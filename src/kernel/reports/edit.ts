import { z } from 'zod'
import { writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { Actor } from '../people/actor.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import { type Address, addressOf, parseAddress } from './address.ts'
import { bindingOf } from './binding.ts'
import {
  type Block,
  type Chart,
  type FigureBinding,
  figuresOf,
  figuresOfBlock,
  type Inline,
  mapInlines,
  type ReportDocument,
  type Surroundings,
} from './document.ts'
import { holdable } from './escape.ts'
import { cleared } from './marks.ts'
import { earlier, valuesAt } from './values.ts'

/** What a person may change of a draft. A figure is named by its address; the rest of its binding stays the ledger's. */
export interface Edit extends Surroundings {
  readonly blocks?: readonly Block[]
  readonly title?: string
}

const isClean = (value: string) => holdable(value) === value && cleared(value) === value

const text = (max: number, min = 0) => z.string().min(min).max(max).refine(isClean)

const figure = z.looseObject({
  address: text(1000, 1),
  written: text(200, 1),
  detached: z.boolean().optional(),
})
const inline = z.union([z.strictObject({ text: text(20_000) }), z.strictObject({ figure })])
const inlines = z.array(inline).max(2000)

const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), level: z.literal([1, 2, 3, 4]), inlines }),
  z.strictObject({ kind: z.literal('paragraph'), inlines }),
  z.strictObject({ kind: z.literal('list'), items: z.array(inlines).max(2000) }),
  z.strictObject({
    kind: z.literal('table'),
    columns: z
      .array(z.strictObject({ title: text(200), align: z.enum(['left', 'right']) }))
      .min(1)
      .max(30),
    rows: z.array(z.array(inlines)).max(2000),
  }),
  z.strictObject({
    kind: z.literal('chart'),
    caption: text(200),
    type: z.enum(['bar', 'line']),
    unit: text(40),
    drawnIn: text(40),
    address: text(1000),
    points: z.array(z.strictObject({ label: text(200), figure })).max(400),
  }),
])

const edit = z.strictObject({
  blocks: z.array(block).max(5000).optional(),
  title: text(200, 1).optional(),
  addressee: text(200).optional(),
  attachments: z.array(text(200, 1)).max(50).optional(),
  copyNumber: z
    .string()
    .regex(/^(\d{1,6})?$/)
    .optional(),
  secrecy: text(20).optional(),
  urgency: text(20).optional(),
  copiedTo: text(500).optional(),
  printed: z.strictObject({ organ: text(200, 1), date: z.iso.date() }).optional(),
})

/** Applies an edit to a document; `report/edit` names what is not as it should be. */
export async function edited(
  ledger: Ledger,
  actor: Actor,
  document: ReportDocument,
  given: Edit,
): Promise<Result<ReportDocument>> {
  const parsed = edit.safeParse(given)
  if (!parsed.success) {
    const { path } = parsed.error.issues[0]!
    return fail('report/edit', {
      field: path.join('.'),
      zh: `修改的内容不合要求：${path.join('.')}`,
      en: `The edit is not as it should be at ${path.join('.')}`,
    })
  }
  const { blocks: _, ...surroundings } = parsed.data
  if (!given.blocks) return ok({ ...document, ...surroundings })
  const ragged = given.blocks.some(
    one => one.kind === 'table' && one.rows.some(row => row.length !== one.columns.length),
  )
  if (ragged)
    return fail('report/edit', {
      field: 'blocks',
      zh: '表格各行的格数要与表头一致',
      en: 'Each row of a table has as many cells as its head',
    })
  const blocks = await settledBlocks(ledger, actor, document, given.blocks)
  return blocks.ok ? ok({ ...document, ...surroundings, blocks: blocks.value }) : blocks
}

async function settledBlocks(
  ledger: Ledger,
  actor: Actor,
  document: ReportDocument,
  blocks: readonly Block[],
): Promise<Result<Block[]>> {
  const drawn = blocks.flatMap(one => {
    const same = one.kind === 'chart' ? sameChart(document, one) : one
    return same ? [same] : []
  })
  if (drawn.length < blocks.length)
    return fail('report/edit', {
      field: 'blocks',
      zh: '图只能取自原稿',
      en: 'A chart can only be one that the draft has',
    })
  const known = new Map<string, FigureBinding>()
  for (const binding of figuresOf(document)) {
    known.set(`${binding.address}\n${binding.written}`, binding)
    if (!known.has(binding.address) || !binding.detached) known.set(binding.address, binding)
  }
  const strange = drawn.flatMap(figuresOfBlock).filter(({ address }) => !known.has(address))
  const added = await newBindings(ledger, actor, strange, document.language)
  if (!added.ok) return added
  for (const [address, binding] of added.value) known.set(address, binding)
  const isNew = (address: string) => added.value.has(address)
  return ok(drawn.map(one => mapInlines(one, part => settled(part, known, isNew, document.language))))
}

/** The draft's chart of the same breakdown: its caption and kind may be edited, its points not. */
function sameChart({ blocks }: ReportDocument, { address, caption, type }: Chart): Chart | undefined {
  const own = blocks.find((block): block is Chart => block.kind === 'chart' && block.address === address)
  return own && { ...own, caption, type }
}

/**
 * An edited inline: a known figure with its own words stays bound, with other words it is detached; one that is to be bound
 * again (`detached: false`) gets the ledger's words back.
 */
function settled(
  part: Inline,
  known: ReadonlyMap<string, FigureBinding>,
  isNew: (address: string) => boolean,
  language: 'zh' | 'en',
): Inline {
  if (!('figure' in part)) return part
  const { address, written, detached } = part.figure
  const bound = known.get(`${address}\n${written}`)
  if (bound && (detached !== false || !bound.detached)) return { figure: bound }
  const { detached: _, ...binding } = known.get(address)!
  if (isNew(address)) return { figure: binding }
  if (detached === false) {
    const again = known.get(address)!
    return {
      figure: again.detached
        ? { ...binding, written: writeNumber(binding.value, binding.unit, binding.style, language) }
        : again,
    }
  }
  return { figure: { ...binding, written, detached: true } }
}

/** Figures that an editor names and the draft did not have: asked of the ledger, never taken from the editor. */
async function newBindings(
  ledger: Ledger,
  actor: Actor,
  strange: readonly FigureBinding[],
  language: 'zh' | 'en',
): Promise<Result<Map<string, FigureBinding>>> {
  const addresses = new Map<string, Exclude<Address, { record: string }>>()
  for (const { address } of strange) {
    const parsed = parseAddress(address)
    // Numbers of single records come with the list that tells of the record.
    if ('record' in parsed || addressOf(parsed) !== address) return unknownAddress(address)
    addresses.set(address, parsed)
  }
  if (addresses.size === 0) return ok(new Map())
  const asked = await valuesAt(ledger, actor, addresses.values())
  const refused: Failure | undefined = asked.refused.values().next().value
  if (refused) return refused
  const compared = [...addresses.values()].flatMap(address => {
    if (address.as !== 'difference' && address.as !== 'growth') return []
    const { as: _, against: __, ...itself } = address
    return [itself, earlier(address)]
  })
  const bases = await valuesAt(ledger, actor, compared)
  const lookup = (one: Address) => asked.found.get(addressOf(one)) ?? bases.found.get(addressOf(one)) ?? null
  return ok(new Map([...addresses].map(([text, one]) => [text, bindingOf(ledger, one, lookup, {}, language)])))
}

const unknownAddress = (address: string) =>
  fail('report/unknown-figure', {
    field: 'blocks',
    figure: address,
    zh: `“${address}”不是台账里的数字`,
    en: `${address} is no figure of the ledger`,
  })
