import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { FigureBinding } from '../../../../src/kernel/reports/document.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { colon, useLanguage } from '../../kit/words.ts'
import { useExplained } from '../figures/explain/address.ts'
import { stepFromChip } from './text-run.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly figure: FigureBinding
  /** Given while the report may be edited. */
  readonly onDetach?: (written: string) => void
  readonly onBind?: () => void
}

/** A bound figure. It opens to where it comes from, and is only ever written over on purpose. */
export function Chip({ figure, onDetach, onBind }: Props) {
  const say = useWords()
  const [open, setOpen] = useState(false)
  const done = () => setOpen(false)
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<About figure={figure} onDetach={onDetach} onBind={onBind} onDone={done} />}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a button is a box of its own, and a full stop after it would begin a line */}
      <span
        role="button"
        tabIndex={0}
        className={figure.detached ? 'chip detached' : 'chip'}
        data-figure={figure.address}
        title={figure.detached ? say('detached') : figure.name}
        aria-expanded={open}
        onKeyDown={event => {
          stepFromChip(event)
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          setOpen(!open)
        }}
      >
        {figure.written}
        {figure.detached && <span className="visually-hidden">（{say('detached')}）</span>}
      </span>
    </Popover>
  )
}

function About({ figure, onDetach, onBind, onDone }: Props & { onDone: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const query = usePlaceQuery()
  const { open } = useExplained()
  const [written, setWritten] = useState(figure.written)
  const isOther = written.trim() !== '' && written !== figure.written
  return (
    <div className="about-figure">
      <p>
        {figure.name}
        {colon(language)}
        <strong>{figure.written}</strong>
      </p>
      {figure.detached && <p className="late">{say('detachedHelp')}</p>}
      <p className="quiet">
        <code>{figure.address}</code>
      </p>
      {figure.record ? (
        <Link to={`/records/${figure.record}${query}`}>{say('openRecord')}</Link>
      ) : (
        <Button
          size="small"
          type="primary"
          onClick={() => {
            onDone()
            open(figure.address)
          }}
        >
          {say('origin')}
        </Button>
      )}
      {onBind && figure.detached && (
        <Button
          size="small"
          onClick={() => {
            onDone()
            onBind()
          }}
        >
          {say('bind')}
        </Button>
      )}
      {onDetach && (
        <form
          onSubmit={event => {
            event.preventDefault()
            if (!isOther) return
            onDone()
            onDetach(written.trim())
          }}
        >
          <label htmlFor="write-over">
            <span className="quiet">{say('writeOver')}</span>
            <Input
              id="write-over"
              size="small"
              value={written}
              maxLength={200}
              onChange={({ target }) => setWritten(target.value)}
            />
          </label>
          <Button size="small" htmlType="submit" disabled={!isOther}>
            {say('detach')}
          </Button>
        </form>
      )}
    </div>
  )
}
