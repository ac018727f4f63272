/**
 * Canonical JSON (RFC 8785): keys in UTF-16 order, numbers and strings as ECMAScript writes them, no white space.
 * @throws on what JSON cannot say: NaN, infinities, lone surrogates, circles, nothing at all
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      if (Number.isFinite(value)) return JSON.stringify(value)
      throw new TypeError(`${value} is no number of JSON`)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map(item => (isSaid(item) ? canonical(item) : 'null')).join(',')}]`
      if ('toJSON' in value && typeof value.toJSON === 'function') return canonical(value.toJSON())
      return members(value as Readonly<Record<string, unknown>>)
    default:
      throw new TypeError(`${typeof value} is nothing that JSON can say`)
  }
}

function members(value: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (isSaid(member)) text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(member)}`
  }
  return `{${text}}`
}

const isSaid = (value: unknown) => value !== undefined && typeof value !== 'symbol' && typeof value !== 'function'

/** Without quotes, backslashes, control characters and surrogates a string is written as it is. */
const PLAIN = /^[\u0020\u0021\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]*$/
const LONE_SURROGATE = /\p{Surrogate}/u

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (LONE_SURROGATE.test(text)) throw new TypeError('a lone surrogate is nothing that JSON can say')
  return JSON.stringify(text)
}
