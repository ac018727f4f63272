import { Input } from 'antd'
import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'
import type { Problem } from '../../kit/api.ts'
import { said, useLanguage } from '../../kit/words.ts'
import type { Change } from './draft.ts'
import { useWords } from './words.ts'

interface Props {
  readonly document: ReportDocument
  readonly problem: Problem | undefined
  readonly onChange: (part: Change, of: string) => void
}

const PLACES = ['title', 'addressee', 'copiedTo', 'secrecy', 'urgency', 'copyNumber'] as const
type Place = (typeof PLACES)[number]

const LONGEST: Readonly<Record<Place, number>> = {
  title: 200,
  addressee: 200,
  copiedTo: 500,
  secrecy: 20,
  urgency: 20,
  copyNumber: 6,
}

/** The title, and what stands around the text of an official document. */
export function Around({ document, problem, onChange }: Props) {
  const say = useWords()
  const language = useLanguage()
  const isWrong = PLACES.some(place => problem?.field === place)
  return (
    <details className="around no-print" open={isWrong || undefined}>
      <summary>{say('around')}</summary>
      <div>
        {PLACES.map(place => (
          <label key={place} htmlFor={`around-${place}`}>
            <span className="quiet">{say(place)}</span>
            <Input
              id={`around-${place}`}
              value={document[place] ?? ''}
              maxLength={LONGEST[place]}
              status={problem?.field === place ? 'error' : undefined}
              onChange={({ target }) => onChange({ [place]: target.value }, place)}
            />
            {problem?.field === place && <span className="wrong">{said(problem, language)}</span>}
          </label>
        ))}
        <label htmlFor="around-attachments">
          <span className="quiet">{say('attachments')}</span>
          <Input.TextArea
            id="around-attachments"
            autoSize={{ minRows: 1, maxRows: 6 }}
            value={(document.attachments ?? []).join('\n')}
            onChange={({ target }) => onChange({ attachments: target.value.split('\n') }, 'attachments')}
            onBlur={({ target }) =>
              document.attachments?.includes('') &&
              onChange({ attachments: target.value.split('\n').filter(line => line.trim() !== '') }, 'attachments')
            }
          />
        </label>
      </div>
    </details>
  )
}
