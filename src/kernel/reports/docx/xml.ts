import { escaped } from '../escape.ts'

/** 1 mm in twips. */
export const mm = (length: number): number => Math.round(length * 56.693)

// Curly quotes, dashes and dots belong to both scripts: in Chinese text they are full-width only when told so.
const SHARED = /[“”‘’…—·]/
const HINT = '<w:rFonts w:hint="eastAsia"/>'

/** A run of text; `format` holds the run properties beyond those of the style. */
export function run(text: string, format = ''): string {
  const hint = SHARED.test(text) && !format.includes('<w:rFonts') ? HINT : ''
  const properties = hint + format === '' ? '' : `<w:rPr>${hint}${format}</w:rPr>`
  return `<w:r>${properties}<w:t xml:space="preserve">${escaped(text.replace(/\s/g, ' '))}</w:t></w:r>`
}

/** A paragraph; `layout` holds the paragraph properties beyond those of the style, in the schema's order. */
export const paragraph = (style: string, content = '', layout = ''): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${layout}</w:pPr>${content}</w:p>`

export const blankLine = (): string => paragraph('Normal')

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

const NAMESPACES = {
  w: 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  r: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  wp: 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
  a: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  c: 'http://schemas.openxmlformats.org/drawingml/2006/chart',
} as const

export const namespaces = (...prefixes: readonly (keyof typeof NAMESPACES)[]): string =>
  prefixes.map(prefix => `xmlns:${prefix}="${NAMESPACES[prefix]}"`).join(' ')
