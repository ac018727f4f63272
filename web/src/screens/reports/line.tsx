import type { Inline } from '../../../../src/kernel/reports/document.ts'
import { useLanguage } from '../../kit/words.ts'
import { Chip } from './chip.tsx'
import { bound, detached, runsOf, withText } from './editing.ts'
import { TextRun } from './text-run.tsx'

interface Props {
  readonly inlines: readonly Inline[]
  /** What a screen reader calls the text. */
  readonly label: string
  /** Given while the text may be edited. */
  readonly onChange?: (inlines: readonly Inline[], typed: boolean) => void
  readonly onBreak?: (run: number, offset: number) => void
  readonly onJoin?: () => void
}

/** A paragraph, list item or cell: text that can be edited between figures that cannot. */
export function Line({ inlines, label, onChange, onBreak, onJoin }: Props) {
  const language = useLanguage()
  if (!onChange)
    return inlines.map((inline, i) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: one figure may stand twice
      'figure' in inline ? <Chip key={i} figure={inline.figure} /> : <span key={i}>{inline.text}</span>,
    )
  return (
    <span data-line>
      {runsOf(inlines).map((run, i) =>
        'figure' in run ? (
          <Chip
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
            key={i}
            figure={run.figure}
            onDetach={written => onChange(detached(inlines, i, written), false)}
            onBind={() => onChange(bound(inlines, i, language), false)}
          />
        ) : (
          <TextRun
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
            key={i}
            text={run.text}
            label={label}
            onText={text => onChange(withText(inlines, i, text), true)}
            onBreak={onBreak && (offset => onBreak(i, offset))}
            onJoin={i === 0 ? onJoin : undefined}
          />
        ),
      )}
    </span>
  )
}
