const LONGEST = 120
/** Source: Microsoft, Naming Files, Paths, and Namespaces */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i

/**
 * A file's name as it is kept: without folders, control characters and marks that turn the direction of writing (which
 * make `gpj.exe` look like `exe.jpg`), not one that a system reserves, and short enough to be saved again anywhere.
 */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const shortened = shorten(plain)
  return RESERVED.test(shortened) ? `_${shortened}` : shortened || 'file'
}

/** Keeps the ending, which says what the file is. */
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= LONGEST) return name
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, LONGEST - ending.length).join('') + ending
}
