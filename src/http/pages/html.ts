const marked = Symbol('html')

/** Markup that is safe to send: every value put into it was escaped. */
export interface Html {
  readonly [marked]: true
  readonly html: string
}

export const isHtml = (value: unknown): value is Html => typeof value === 'object' && value !== null && marked in value

export type Part = Html | string | number | null | undefined | false | readonly Part[]

/** `<p title="${anything}">${anything}</p>`: values are escaped, markup made by this tag is not, lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  let text = strings[0]!
  for (const [i, value] of values.entries()) text += markup(value) + strings[i + 1]!
  return { [marked]: true, html: text }
}

function markup(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (isHtml(part)) return part.html
  if (typeof part === 'object') return part.map(markup).join('')
  return escaped(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, character => ENTITIES[character]!)

/** Markup written by the kernel's own HTML writer, which escapes what it is given. */
export const written = (text: string): Html => ({ [marked]: true, html: text })
