import type { ReportDocument } from './document.ts'
import { writeDocx } from './docx.ts'
import { writeHtml } from './html.ts'
import { writeJson } from './json.ts'
import { writeMarkdown } from './markdown.ts'

export const formats = ['docx', 'html', 'md', 'json'] as const
export type Format = (typeof formats)[number]

export const isFormat = (name: string): name is Format => formats.some(format => format === name)

export const mediaTypes: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** A report as a file of the asked format. Every number carries its binding in each. */
export async function writeReport(document: ReportDocument, format: Format): Promise<Buffer> {
  switch (format) {
    case 'docx':
      return writeDocx(document)
    case 'html':
      return Buffer.from(writeHtml(document, { standalone: true }))
    case 'md':
      return Buffer.from(writeMarkdown(document))
    case 'json':
      return Buffer.from(writeJson(document))
  }
}
