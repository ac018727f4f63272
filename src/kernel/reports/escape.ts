/** What XML 1.0 and HTML cannot hold. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text without what no format can hold. */
export const holdable = (text: string): string => text.replace(FORBIDDEN, '')

/** Text as XML or HTML holds it, in content and in quoted attributes. */
export const escaped = (text: string): string => holdable(text).replace(/[&<>"']/g, character => ENTITIES[character]!)
