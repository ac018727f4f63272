import { type Block, figuresOf, figuresOfBlock, type ReportDocument, textOf } from './document.ts'

/**
 * A new draft out of three: the old document as it was, the same with fresh figures, and what the template gives today.
 * Old text wins, with whatever a person wrote into it. A block goes whose figures have all become nothing; what only the
 * fresh text tells comes in after what stands before it there.
 */
export function redrafted(old: ReportDocument, kept: ReportDocument, fresh: ReportDocument): ReportDocument {
  const { number: _, redHead: __, ...rest } = kept
  const blocks = kept.blocks.filter((block, i) => !hasVanished(old.blocks[i]!, block))
  return {
    ...rest,
    date: fresh.date,
    signature: { ...kept.signature, date: fresh.date },
    blocks: withoutEmptyHeadings(withAdded(blocks, old, fresh.blocks), fresh.blocks),
  }
}

const tells = (block: Block): boolean => figuresOfBlock(block).some(({ value, detached }) => detached || value)

const hasVanished = (before: Block, now: Block): boolean => tells(before) && !tells(now)

function withAdded(blocks: readonly Block[], old: ReportDocument, fresh: readonly Block[]): Block[] {
  const result = [...blocks]
  const known = new Set(figuresOf(old).map(({ address }) => address))
  const isNew = (block: Block) =>
    figuresOfBlock(block).length > 0 && figuresOfBlock(block).every(({ address }) => !known.has(address))
  let place = 0
  let headings: Block[] = []
  for (const block of fresh) {
    const at = result.findIndex((one, i) => i >= place - 1 && corresponds(one, block))
    if (at >= 0) {
      place = at + 1
      headings = []
    } else if (block.kind === 'heading') headings.push(block)
    else if (isNew(block)) {
      result.splice(place, 0, ...headings, block)
      place += headings.length + 1
      headings = []
    }
  }
  return result
}

/** The same heading, or a block that states one of the same figures. */
function corresponds(a: Block, b: Block): boolean {
  if (a.kind === 'heading' || b.kind === 'heading')
    return (
      a.kind === 'heading' && b.kind === 'heading' && a.level === b.level && textOf(a.inlines) === textOf(b.inlines)
    )
  const addresses = new Set(figuresOfBlock(b).map(({ address }) => address))
  return figuresOfBlock(a).some(({ address }) => addresses.has(address))
}

/** A heading under which nothing is left goes too, unless the template has it so. */
function withoutEmptyHeadings(blocks: readonly Block[], fresh: readonly Block[]): Block[] {
  return blocks.filter((block, i) => {
    if (block.kind !== 'heading') return true
    const next = blocks[i + 1]
    const isEmpty = next === undefined || (next.kind === 'heading' && next.level <= block.level)
    return !isEmpty || fresh.some(one => corresponds(one, block))
  })
}
