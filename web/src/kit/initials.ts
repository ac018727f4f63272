/** First Han characters of each initial in the order of pinyin; i, u and v begin no syllable. */
const FIRST = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const collator = new Intl.Collator('zh-CN-u-co-pinyin')

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase()
  let found = ''
  for (let i = 0; i < FIRST.length; i++) {
    if (collator.compare(character, FIRST[i]!) < 0) break
    found = LETTERS[i]!
  }
  return found
}

/** 接听求助电话 → jtqzdh, by the browser's own order of Chinese. Good enough to find by, not to read aloud. */
export const initialsOf = (text: string): string => Array.from(text, initialOf).join('')

/** Whether someone who types `sought` means a text: its words, or its initials. */
export const isMeant = (text: string, sought: string): boolean => {
  const wanted = sought.trim().toLowerCase()
  return wanted === '' || text.toLowerCase().includes(wanted) || initialsOf(text).includes(wanted)
}
