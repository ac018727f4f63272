import { useLayoutEffect, useRef } from 'react'
import type { Block, Inline } from '../../../../src/kernel/reports/document.ts'
import { headingNumbers } from '../../../../src/kernel/reports/headings.ts'
import type { Language } from '../../kit/words.ts'
import { Chip } from './chip.tsx'
import { joined, runsOf, split } from './editing.ts'
import { Line } from './line.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly blocks: readonly Block[]
  readonly language: Language
  /** Given while the report may be edited. `of` names what is typed into; undefined: something else than typing was done. */
  readonly onChange?: (blocks: readonly Block[], of: string | undefined) => void
}

/** The blocks of a report, each editable in place. */
export function Blocks({ blocks, language, onChange }: Props) {
  const numbers = headingNumbers(blocks, language)
  const caret = useRef<Caret>(undefined)
  useLayoutEffect(() => {
    if (caret.current) goTo(caret.current)
    caret.current = undefined
  })
  return blocks.map((block, i) => (
    <BlockView
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place
      key={i}
      block={block}
      number={numbers[i]!}
      at={i}
      onBlock={
        onChange &&
        ((next, of) =>
          onChange(
            blocks.map((one, n) => (n === i ? next : one)),
            of,
          ))
      }
      onBreak={
        onChange &&
        ((run, offset) => {
          caret.current = { block: i + 1, run: 0, offset: 0 }
          onChange(split(blocks, i, run, offset), undefined)
        })
      }
      onJoin={
        onChange &&
        (() => {
          const next = joined(blocks, i)
          if (!next) return
          caret.current = endOf(blocks[i - 1]!, i - 1)
          onChange(next, undefined)
        })
      }
    />
  ))
}

interface Caret {
  readonly block: number
  /** Of the runs of text and figures in turn. */
  readonly run: number
  readonly offset: number
}

function endOf(block: Block, at: number): Caret | undefined {
  if (block.kind !== 'paragraph' && block.kind !== 'heading') return undefined
  const runs = runsOf(block.inlines)
  const last = runs.at(-1)!
  return { block: at, run: runs.length - 1, offset: 'text' in last ? last.text.length : 0 }
}

/** Where a line was broken or joined, one writes on. */
function goTo({ block, run, offset }: Caret): void {
  const line = document.querySelector(`[data-block="${block}"] [data-line]`)
  const place = line?.querySelectorAll<HTMLElement>('.report-text, .chip')[run]
  place?.focus()
  if (!place?.isContentEditable) return
  const text = place.firstChild
  getSelection()?.collapse(text ?? place, text ? Math.min(offset, text.textContent?.length ?? 0) : 0)
}

interface BlockProps {
  readonly block: Block
  readonly number: string
  readonly at: number
  readonly onBlock?: (block: Block, of: string | undefined) => void
  readonly onBreak?: (run: number, offset: number) => void
  readonly onJoin?: () => void
}

function BlockView({ block, number, at, onBlock, onBreak, onJoin }: BlockProps) {
  const say = useWords()
  const label = say('textOf', { n: at + 1 })
  switch (block.kind) {
    case 'heading': {
      const Tag = `h${block.level + 1}` as 'h2' | 'h3' | 'h4' | 'h5'
      return (
        <Tag className="report-heading" data-block={at}>
          {number}
          <Line
            inlines={block.inlines}
            label={label}
            onBreak={onBreak}
            onChange={onBlock && ((inlines, typed) => onBlock({ ...block, inlines }, typed ? `${at}` : undefined))}
          />
        </Tag>
      )
    }
    case 'paragraph':
      return (
        <p className="report-paragraph" data-block={at}>
          <Line
            inlines={block.inlines}
            label={label}
            onBreak={onBreak}
            onJoin={onJoin}
            onChange={onBlock && ((inlines, typed) => onBlock({ ...block, inlines }, typed ? `${at}` : undefined))}
          />
        </p>
      )
    case 'list': {
      const put = onBlock && ((items: typeof block.items, of?: string) => onBlock({ ...block, items }, of))
      return (
        <ol className="report-list" data-block={at}>
          {block.items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no name but their place
            <li key={i}>
              <Line
                inlines={item}
                label={label}
                onChange={
                  put &&
                  ((inlines, typed) =>
                    put(
                      block.items.map((one, n) => (n === i ? inlines : one)),
                      typed ? `${at} ${i}` : undefined,
                    ))
                }
              />
            </li>
          ))}
        </ol>
      )
    }
    case 'table':
      return <TableView block={block} at={at} onBlock={onBlock} />
    case 'chart':
      return (
        <figure data-block={at} className="scroll">
          <figcaption>{block.caption}</figcaption>
          <table className="figures">
            <tbody>
              {block.points.map(point => (
                <tr key={point.figure.address}>
                  <th scope="row">{point.label}</th>
                  <td className="number">
                    <Chip figure={point.figure} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </figure>
      )
  }
}

type Rows = readonly (readonly (readonly Inline[])[])[]

function TableView({ block, at, onBlock }: Pick<BlockProps, 'at' | 'onBlock'> & { block: Block & { kind: 'table' } }) {
  const say = useWords()
  const put = (rows: Rows, row: number, cell: number, inlines: readonly Inline[]): Rows =>
    rows.map((cells, r) => (r === row ? cells.map((one, c) => (c === cell ? inlines : one)) : cells))
  return (
    <div className="scroll" data-block={at}>
      <table className="figures">
        <thead>
          <tr>
            {block.columns.map(column => (
              <th key={column.title} scope="col" className={column.align === 'right' ? 'number' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
            <tr key={r}>
              {row.map((cell, c) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no name but their place
                  key={c}
                  className={block.columns[c]?.align === 'right' ? 'number' : undefined}
                >
                  <Line
                    inlines={cell}
                    label={say('cellOf', { n: r + 1, column: block.columns[c]?.title ?? '' })}
                    onChange={
                      onBlock &&
                      ((inlines, typed) =>
                        onBlock(
                          { ...block, rows: put(block.rows, r, c, inlines) },
                          typed ? `${at} ${r} ${c}` : undefined,
                        ))
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
