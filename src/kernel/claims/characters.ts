/** Classes of UTF-16 units, by code for speed. All take folded text. */

export const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

export const isLatin = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

export const isHan = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007
}

export const isSpace = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code === 32 || code === 9 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f
}

/** A set of words found at a place, longest first. Matching costs no more than the longest word. */
export interface Words {
  /** The longest word that begins at `at`, or ''. */
  readonly at: (text: string, at: number) => string
  /** The longest word that ends just before `end` and does not begin before `from`, or ''. */
  readonly before: (text: string, end: number, from: number) => string
  readonly has: (word: string) => boolean
}

export function words(...lists: readonly (readonly string[])[]): Words {
  const all = new Set(lists.flat())
  const byFirst = group(all, word => word[0]!)
  const byLast = group(all, word => word[word.length - 1]!)
  return {
    at: (text, at) => byFirst.get(text[at] ?? '')?.find(word => text.startsWith(word, at)) ?? '',
    before: (text, end, from) =>
      byLast
        .get(text[end - 1] ?? '')
        ?.find(word => end - word.length >= from && text.startsWith(word, end - word.length)) ?? '',
    has: word => all.has(word),
  }
}

function group(all: ReadonlySet<string>, key: (word: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const word of all) {
    const group = groups.get(key(word))
    if (group) group.push(word)
    else groups.set(key(word), [word])
  }
  for (const group of groups.values()) group.sort((a, b) => b.length - a.length)
  return groups
}

/** Splits a list written as one string, for lexicons that read like a page. */
export const list = (text: string): string[] => text.split(/\s+/).filter(word => word !== '')
