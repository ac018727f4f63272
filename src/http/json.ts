// What JSON allows and a ledger must not take: a name given twice, of which readers see different values.

/** The first name that an object of a JSON text holds twice; undefined when there is none. The text must be proper JSON. */
export function repeatedName(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  let expectsName = false
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
        open.push(new Set())
        expectsName = true
        break
      case 0x5b: // [
        open.push(null)
        expectsName = false
        break
      case 0x7d: // }
      case 0x5d: // ]
        open.pop()
        expectsName = false
        break
      case 0x2c: // ,
        expectsName = open.at(-1) !== null && open.length > 0
        break
      case 0x22: {
        const end = endOfString(text, i)
        const names = open.at(-1)
        if (expectsName && names) {
          const raw = text.slice(i + 1, end)
          const name = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
          if (names.has(name)) return name
          names.add(name)
          expectsName = false
        }
        i = end
      }
    }
  }
  return undefined
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x5c) i++
    else if (code === 0x22) return i
  }
  return text.length
}

const UNFIT = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * Where a value holds text that no database and no hash can take (NUL, half a character); undefined when nowhere.
 * What is under `fields` is left to the record type, which names its field.
 */
export function unfitText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return UNFIT.test(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'fields') continue
    const here = path === '' ? name : `${path}.${name}`
    if (UNFIT.test(name)) return here
    const found = unfitText(inner, here)
    if (found !== undefined) return found
  }
  return undefined
}
