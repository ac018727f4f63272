import { Button, Input } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useDomains, useIndicators } from '../../kit/declared.ts'
import { unitOfColumn } from '../../kit/format.ts'
import { isMeant } from '../../kit/initials.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { MOST_INDICATORS } from './view.ts'
import { useWords } from './words.ts'

interface Props {
  readonly chosen: readonly string[]
  readonly onChoose: (indicators: readonly string[]) => void
  readonly most?: number
}

/** Indicators by domain, found by name or initials, each to be ticked. */
export function IndicatorPicker({ chosen, onChoose, most = MOST_INDICATORS }: Props) {
  const say = useWords()
  const [open, setOpen] = useState(false)
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div className="picker">
      <Button ref={opener} aria-expanded={open} aria-controls={id} onClick={() => setOpen(now => !now)}>
        {say('chooseIndicators')}
        {chosen.length > 0 && <span className="quiet">{say('chosen', { n: chosen.length })}</span>}
      </Button>
      {open && <Choices id={id} chosen={chosen} onChoose={onChoose} most={most} onClose={close} />}
    </div>
  )
}

function Choices({ id, chosen, onChoose, most = 1, onClose }: Props & { id: string; onClose: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const domains = useDomains()
  const indicators = useIndicators()
  const [sought, setSought] = useState('')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const leave = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.parentElement?.contains(target)) onClose()
    }
    addEventListener('pointerdown', leave)
    return () => removeEventListener('pointerdown', leave)
  }, [onClose])
  const full = chosen.length >= most
  const toggle = (indicator: string) =>
    onChoose(chosen.includes(indicator) ? chosen.filter(one => one !== indicator) : [...chosen, indicator])
  const groups = (domains ?? []).flatMap(domain => {
    const own = (indicators ?? []).filter(
      one => one.domain === domain.domain && (isMeant(one.title.zh, sought) || isMeant(one.title.en, sought)),
    )
    return own.length > 0 ? [{ ...domain, own }] : []
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from whatever within has the focus
    <div
      id={id}
      ref={box}
      className="indicators"
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className="indicators-head">
        <Input
          autoFocus
          allowClear
          aria-label={say('find')}
          placeholder={say('find')}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
        <Button onClick={onClose}>{say('done')}</Button>
      </div>
      {full && <p className="quiet">{say('most', { n: most })}</p>}
      {groups.length === 0 && indicators && <p className="quiet">{say('noneFound')}</p>}
      {groups.map(({ domain, title, own }) => (
        <fieldset key={domain}>
          <legend>{said(title, language)}</legend>
          {own.map(({ indicator, title: name, unit }) => (
            <label key={indicator}>
              <input
                type="checkbox"
                checked={chosen.includes(indicator)}
                disabled={full && !chosen.includes(indicator)}
                onChange={() => toggle(indicator)}
              />
              <span>{said(name, language)}</span>
              <span className="quiet">{unitOfColumn(unit, language)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  )
}
