import { writeNumber } from '../../../../src/kernel/figures/wording.ts'
import type { Block, FigureBinding, Inline } from '../../../../src/kernel/reports/document.ts'
import type { Language } from '../../../../src/kernel/words.ts'

// What a person does to the text of a report. Figures stand between runs of text and are no text: typing never changes one.

/** Text and figures in turn, beginning and ending with text, so that one can write before, between and after figures. */
export function runsOf(inlines: readonly Inline[]): readonly Inline[] {
  const runs: Inline[] = [{ text: '' }]
  for (const inline of inlines) {
    const last = runs.at(-1)!
    if ('figure' in inline) runs.push(inline, { text: '' })
    else if ('text' in last) runs[runs.length - 1] = { text: last.text + inline.text }
  }
  return runs
}

export const inlinesOf = (runs: readonly Inline[]): readonly Inline[] =>
  runs.filter(run => 'figure' in run || run.text !== '')

const put = (runs: readonly Inline[], at: number, run: Inline) =>
  inlinesOf(runs.map((one, i) => (i === at ? run : one)))

export const withText = (inlines: readonly Inline[], at: number, text: string): readonly Inline[] =>
  put(runsOf(inlines), at, { text })

/** Other words over a figure: it no longer follows the ledger, and says so. */
export function detached(inlines: readonly Inline[], at: number, written: string): readonly Inline[] {
  const runs = runsOf(inlines)
  const run = runs[at]!
  return 'figure' in run ? put(runs, at, { figure: { ...run.figure, written, detached: true } }) : inlines
}

/** Bound to the ledger again, with the ledger's words. */
export function bound(inlines: readonly Inline[], at: number, language: Language): readonly Inline[] {
  const runs = runsOf(inlines)
  const run = runs[at]!
  if (!('figure' in run)) return inlines
  const { value, unit, style } = run.figure
  const figure: FigureBinding = { ...run.figure, written: writeNumber(value, unit, style, language), detached: false }
  return put(runs, at, { figure })
}

/** The two parts of a line that is broken within its run `at`, after `offset` characters of it. */
export function broken(inlines: readonly Inline[], at: number, offset: number): [readonly Inline[], readonly Inline[]] {
  const runs = runsOf(inlines)
  const run = runs[at]!
  const text = 'text' in run ? run.text : ''
  return [
    inlinesOf([...runs.slice(0, at), { text: text.slice(0, offset) }]),
    inlinesOf([{ text: text.slice(offset) }, ...runs.slice(at + 1)]),
  ]
}

/** A new paragraph where the line was broken. */
export function split(blocks: readonly Block[], at: number, run: number, offset: number): readonly Block[] {
  const block = blocks[at]!
  if (block.kind !== 'paragraph' && block.kind !== 'heading') return blocks
  const [before, after] = broken(block.inlines, run, offset)
  return [
    ...blocks.slice(0, at),
    { ...block, inlines: before },
    { kind: 'paragraph', inlines: after },
    ...blocks.slice(at + 1),
  ]
}

/** A paragraph joined to the one before it; undefined where there is none to join. */
export function joined(blocks: readonly Block[], at: number): readonly Block[] | undefined {
  const block = blocks[at]
  const before = blocks[at - 1]
  if (block?.kind !== 'paragraph') return undefined
  if (before?.kind !== 'paragraph') return block.inlines.length === 0 ? without(blocks, at) : undefined
  const inlines = inlinesOf(runsOf([...before.inlines, ...block.inlines]))
  return [...blocks.slice(0, at - 1), { ...before, inlines }, ...blocks.slice(at + 1)]
}

export const without = (blocks: readonly Block[], at: number): readonly Block[] => blocks.filter((_, i) => i !== at)
