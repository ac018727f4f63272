import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'

interface Props {
  readonly text: string
  readonly label: string
  readonly onText: (text: string) => void
  /** Enter, so many characters after the beginning. */
  readonly onBreak?: (offset: number) => void
  /** Backspace at the very beginning. */
  readonly onJoin?: () => void
}

/** The characters before the caret, when nothing is selected in this element. */
function caretIn(element: HTMLElement): number | undefined {
  const selection = getSelection()
  if (!selection?.isCollapsed || !selection.anchorNode || !element.contains(selection.anchorNode)) return undefined
  const range = document.createRange()
  range.selectNodeContents(element)
  range.setEnd(selection.anchorNode, selection.anchorOffset)
  return range.toString().length
}

/** The next place of the same line that takes the caret, text or figure. */
function step(element: HTMLElement, by: 1 | -1): boolean {
  const places = [...(element.closest('[data-line]')?.querySelectorAll<HTMLElement>('.report-text, .chip') ?? [])]
  const next = places[places.indexOf(element) + by]
  if (!next) return false
  next.focus()
  if (next.isContentEditable) getSelection()?.selectAllChildren(next)
  if (next.isContentEditable && by < 0) getSelection()?.collapseToEnd()
  else if (next.isContentEditable) getSelection()?.collapseToStart()
  return true
}

/** Arrows go from a figure to the text beside it. */
export function stepFromChip(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined
  if (by !== undefined && step(event.currentTarget, by)) event.preventDefault()
}

/**
 * Text that is typed where it stands. What the browser shows is only written over when it differs from what is meant, so that
 * the caret and an unfinished pinyin stay where they are.
 */
export function TextRun({ text, label, onText, onBreak, onJoin }: Props) {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (element.current && element.current.textContent !== text) element.current.textContent = text
  }, [text])

  function pressed(event: KeyboardEvent<HTMLElement>) {
    if (event.nativeEvent.isComposing) return
    const caret = caretIn(event.currentTarget)
    if (event.key === 'Enter') {
      event.preventDefault()
      if (caret !== undefined) onBreak?.(caret)
    } else if (event.key === 'Backspace' && caret === 0 && onJoin) {
      event.preventDefault()
      onJoin()
    } else if (event.key === 'ArrowLeft' && caret === 0 && step(event.currentTarget, -1)) event.preventDefault()
    else if (event.key === 'ArrowRight' && caret === text.length && step(event.currentTarget, 1)) event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot stand in running text and break over lines
    <span
      ref={element}
      className="report-text"
      contentEditable="plaintext-only"
      suppressContentEditableWarning
      role="textbox"
      tabIndex={0}
      aria-label={label}
      onInput={({ currentTarget }) => onText((currentTarget.textContent ?? '').replaceAll(/[\r\n]+/g, ' '))}
      onKeyDown={pressed}
    />
  )
}
