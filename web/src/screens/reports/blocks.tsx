import { Link } from 'react-router'
import { addressOf } from '../../../../src/kernel/reports/address.ts'
import type { Block, FigureBinding, Inline } from '../../../../src/kernel/reports/document.ts'
import { useWords } from './words.ts'

interface BlockProps {
  readonly block: Block
  readonly at: number
  /** Text between figures may be changed; undefined: only read. */
  readonly onChange?: (block: Block) => void
}

/** A block of a report: text can be edited, figures cannot drift because they are no text. */
export function BlockView({ block, at, onChange }: BlockProps) {
  switch (block.kind) {
    case 'heading': {
      const Tag = `h${block.level + 1}` as 'h2' | 'h3' | 'h4' | 'h5'
      return (
        <Tag className="report-heading">
          <Inlines
            inlines={block.inlines}
            at={at}
            onChange={onChange && (inlines => onChange({ ...block, inlines }))}
          />
        </Tag>
      )
    }
    case 'paragraph':
      return (
        <p className="report-paragraph">
          <Inlines
            inlines={block.inlines}
            at={at}
            onChange={onChange && (inlines => onChange({ ...block, inlines }))}
          />
        </p>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no name but their place
            <li key={i}>
              <Inlines
                inlines={item}
                at={at}
                onChange={
                  onChange &&
                  (inlines => onChange({ ...block, items: block.items.map((one, n) => (n === i ? inlines : one)) }))
                }
              />
            </li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <div className="scroll">
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
                      <Inlines inlines={cell} at={at} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    case 'chart':
      return (
        <figure>
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

interface InlinesProps {
  readonly inlines: readonly Inline[]
  readonly at: number
  readonly onChange?: (inlines: readonly Inline[]) => void
}

function Inlines({ inlines, at, onChange }: InlinesProps) {
  const say = useWords()
  return inlines.map((inline, i) =>
    'figure' in inline ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: one figure may stand twice
      <Chip key={i} figure={inline.figure} />
    ) : onChange ? (
      // biome-ignore lint/a11y/useSemanticElements: an input cannot stand in running text and break over lines
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
        key={i}
        className="report-text"
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        role="textbox"
        tabIndex={0}
        aria-label={say('textOf', { n: at + 1 })}
        onBlur={({ currentTarget }) => {
          const text = currentTarget.textContent ?? ''
          if (text !== inline.text) onChange(inlines.map((one, n) => (n === i ? { text } : one)))
        }}
      >
        {inline.text}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
      <span key={i}>{inline.text}</span>
    ),
  )
}

/** A bound figure: a link to where it comes from. */
export function Chip({ figure }: { figure: FigureBinding }) {
  const say = useWords()
  const title = figure.detached ? say('detached') : `${figure.name}: ${say('chip')}`
  const to = figure.record
    ? `/records/${figure.record}`
    : `/figures?indicator=${encodeURIComponent(figure.indicator)}&org=${encodeURIComponent(figure.org)}&period=${encodeURIComponent(figure.period)}&explain=${encodeURIComponent(addressOf(figure))}`
  return (
    <Link className={figure.detached ? 'chip detached' : 'chip'} to={to} title={title} data-figure={figure.address}>
      {figure.written}
    </Link>
  )
}
