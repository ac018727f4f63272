/** What was changed to read a code that someone typed or scanned. */
export type Change = 'spaces' | 'width' | 'case'

export interface Written {
  readonly text: string
  /** Empty when the code was written as it should be. */
  readonly changes: readonly Change[]
}

const WORDS: Readonly<Record<Change, { zh: string; en: string }>> = {
  spaces: { zh: '去掉了空格', en: 'spaces removed' },
  width: { zh: '全角改为半角', en: 'full-width made half-width' },
  case: { zh: '小写改为大写', en: 'lower case made upper case' },
}

/**
 * A code without spaces and hyphens, in half-width characters and, if asked, in capitals; and which of these it took.
 * Only what cannot change the meaning is changed: a wrong character stays and is refused by whoever parses.
 */
export function unify(written: string, { capitals }: { capitals: boolean }): Written {
  const changes: Change[] = []
  const step = (text: string, change: Change, to: string) => {
    if (to !== text) changes.push(change)
    return to
  }
  const halved = step(
    written,
    'width',
    written.replace(/[！-～]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0)),
  )
  const joined = step(halved, 'spaces', halved.replace(/[\s\u3000\u200b\ufeff-]+/g, ''))
  const text = capitals
    ? step(
        joined,
        'case',
        joined.replace(/[a-z]/g, char => char.toUpperCase()),
      )
    : joined
  return { text, changes }
}

/** Says to a clerk what was changed; undefined when nothing was. */
export const changesInWords = (changes: readonly Change[]): { zh: string; en: string } | undefined =>
  changes.length === 0
    ? undefined
    : {
        zh: changes.map(change => WORDS[change].zh).join('、'),
        en: changes.map(change => WORDS[change].en).join(', '),
      }
