import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { ReportDocument } from './document.ts'
import { writeDocx } from './docx.ts'
import { figureOf, fullDocument } from './testing.ts'

// Needs LibreOffice, which `.ci/run` installs. There (CI is set) its absence is a failure.

const run = promisify(execFile)
const office = await run('soffice', ['--version']).then(
  () => true,
  () => false,
)

/** Said of the machine, not of the document. */
const OF_THE_MACHINE = /^(Warning: failed to launch javaldx.*|convert .* -> .* using filter : writer_pdf_Export.*)$/

const rounded = (box: string): string =>
  box
    .trim()
    .split(/[\s[]+/)
    .map(side => Math.round(Number(side)))
    .join(' ')

async function converted(document: ReportDocument): Promise<{ pages: number; boxes: string[]; messages: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'yilu-docx-'))
  try {
    await writeFile(join(folder, 'report.docx'), await writeDocx(document))
    const { stdout, stderr } = await run(
      'soffice',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        join(folder, 'report.docx'),
      ],
      { timeout: 100_000 },
    )
    const pdf = (await readFile(join(folder, 'report.pdf'))).toString('latin1')
    return {
      pages: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0,
      boxes: [...new Set([...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map(match => rounded(match[1]!)))],
      messages: `${stdout}\n${stderr}`.split('\n').filter(line => line.trim() !== '' && !OF_THE_MACHINE.test(line)),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('LibreOffice turns a report of twenty pages into a PDF of A4 pages without a message', {
  timeout: 120_000,
}, async ({ skip }) => {
  if (!office && !process.env.CI) skip('not run: soffice is not installed on this machine')
  // 22 lines a page, of 28 characters: three lines a paragraph, seven paragraphs and a line a page.
  const paragraph = {
    kind: 'paragraph' as const,
    inlines: [{ text: '科技服务热线接到群众求助来电'.repeat(5) }, figureOf('769个')],
  }
  const long: ReportDocument = {
    ...fullDocument,
    blocks: [...fullDocument.blocks, ...Array.from({ length: 125 }, () => paragraph)],
  }
  const { pages, boxes, messages } = await converted(long)
  expect(messages).toEqual([])
  expect(pages).toBeGreaterThanOrEqual(19)
  expect(pages).toBeLessThanOrEqual(22)
  expect(boxes).toEqual(['0 0 595 842'])
})
