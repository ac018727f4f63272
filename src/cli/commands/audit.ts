import { readdir, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { Command } from 'commander'
import { actorOfTitle } from '../../kernel/claims/actors.ts'
import { type Audit, auditReport, auditText, isSound } from '../../kernel/claims/audit.ts'
import {
  addsUp,
  type Compared,
  type Comparison,
  compareYears,
  comparisonsOf,
  titleOf,
} from '../../kernel/claims/compare.ts'
import { orgNames } from '../../kernel/claims/org-names.ts'
import { FORMATS, readSource, type SourceText } from '../../kernel/claims/source.ts'
import { operator } from '../../kernel/people/actor.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import { type Context, JSON_HELP, ORG_HELP, PERIOD_HELP } from '../context.ts'
import { accepted, EXIT, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { auditWords, comparisonWords, folderWords } from './audit-words.ts'

interface Options extends PlaceOptions {
  readonly org?: string
  readonly period?: string
  readonly json?: boolean
  readonly out?: string
  readonly compare?: string
}

export function declareAudit(program: Command, context: Context): void {
  const { invocation, help, endWith } = context
  withPlace(
    program.command('audit <path>').description(
      help({
        zh: '核读总结（docx、html、md、txt 或整个文件夹）：数字前后是否相符、与台账是否相符、有无留空',
        en: 'Read a report (or a folder of them) back: claims, identities, blanks, the ledger',
      }),
    ),
    context,
  )
    .option('--org <code>', help(ORG_HELP))
    .option('--period <period>', help(PERIOD_HELP))
    .option(
      '--out <file>',
      help({ zh: '写成 html（原文标注）或 docx（原文加批注）', en: 'write html or docx with comments' }),
    )
    .option(
      '--compare <file>',
      help({ zh: '与同一单位上一年的总结比较', en: 'compare with an earlier report of the unit' }),
    )
    .option('--json', help(JSON_HELP))
    .action(async (path: string, options: Options) => {
      const { language } = invocation
      const isFolder = await isFolderAt(path)
      const out = checkedOut(options, isFolder)
      await withReader(options, context, async read => {
        if (isFolder) await auditFolder(path, read)
        else await auditFile(path, out, read)
      })

      async function auditFolder(folder: string, read: Reader) {
        const files = await filesIn(folder)
        const audits: (Compared & { readonly audit: Audit })[] = []
        const meter = invocation.meter({ zh: '核读', en: 'Auditing' })
        for (const [i, file] of files.entries()) {
          meter.update(i, files.length, file)
          audits.push({ file, audit: (await read(join(folder, file))).audit })
        }
        meter.stop()
        const comparisons = comparisonsOf(audits)
        const document = { files: audits.map(({ file, audit }) => ({ file, ...audit })), comparisons }
        invocation.answer(options, document, () => folderWords(audits, comparisons, language))
        if (audits.some(({ audit }) => !isSound(audit)) || !addsUp(comparisons)) endWith(EXIT.no)
      }

      async function auditFile(file: string, out: string | undefined, read: Reader) {
        const { audit, source } = await read(file)
        const comparisons: Comparison[] = []
        if (options.compare !== undefined) {
          const before = await read(options.compare)
          comparisons.push(
            compareYears({ file: basename(options.compare), audit: before.audit }, { file: basename(file), audit }),
          )
        }
        if (out) await writeOut(out, file, audit, source, context)
        invocation.answer(options, comparisons.length > 0 ? { ...audit, comparisons } : audit, () =>
          [auditWords(audit, language), ...comparisons.map(one => comparisonWords(one, language))].join('\n\n'),
        )
        if (!isSound(audit)) endWith(EXIT.no)
      }
    })
}

async function isFolderAt(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() || found?.isDirectory()) return found.isDirectory()
  throw usageError('no-file', { zh: `没有文件 ${path}`, en: `There is no file ${path}` }, { path })
}

/** Files that can be read, by name; a folder's own folders are other reports. */
const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter(entry => entry.isFile() && FORMATS.includes(extname(entry.name).toLowerCase()))
    .map(entry => entry.name)
    .sort()

function checkedOut({ out, compare }: Options, isFolder: boolean): string | undefined {
  if (isFolder && (out !== undefined || compare !== undefined))
    throw usageError('audit', {
      zh: '--out、--compare 用于单个文件',
      en: '--out and --compare are for a single file',
    })
  if (out === undefined || /\.(?:html|docx)$/i.test(out)) return out
  throw usageError('audit-out', { zh: '--out 只能是 html 或 docx', en: '--out is html or docx' }, { path: out })
}

interface Read {
  readonly audit: Audit
  readonly source: SourceText
}

type Reader = (path: string) => Promise<Read>

/** Reads files by themselves, or as reports of an org unit (or of one beneath it that their title names) for a period. */
async function withReader(
  { org, period, ...place }: Options,
  { invocation }: Context,
  work: (read: Reader) => Promise<void>,
): Promise<void> {
  if ((org === undefined) !== (period === undefined))
    throw usageError('audit', { zh: '--org 与 --period 要一起给出', en: '--org and --period are given together' })
  if (org === undefined || period === undefined)
    return work(async path => {
      const source = accepted(await readSource(path))
      return { source, audit: auditText(source.text) }
    })
  accepted(parsePeriod(period))
  await withLedger(invocation, place, {}, async ledger => {
    const unit = accepted(ledger.orgs.find(org))
    const beneath = ledger.orgs.under(unit.path).filter(one => one.id !== unit.id)
    const names = orgNames([unit, ...beneath])
    await work(async path => {
      const source = accepted(await readSource(path))
      const named = actorOfTitle(titleOf(source.text))
      const own = (named !== null && names.byName(named)) || org
      return { source, audit: accepted(await auditReport(ledger, operator('cli'), source.text, { org: own, period })) }
    })
  })
}

async function writeOut(out: string, path: string, audit: Audit, source: SourceText, { invocation }: Context) {
  const { language } = invocation
  if (/\.html$/i.test(out)) {
    const { auditHtml } = await import('../../kernel/claims/output-html.ts')
    await writeFile(out, auditHtml(audit, basename(path), language))
    return
  }
  if (!source.docx)
    throw usageError(
      'audit-docx',
      { zh: '只有 docx 文件才能写成带批注的 docx', en: 'Only a docx can be given comments; use --out with html' },
      { path },
    )
  const [{ commentedDocx }, { remarksOf }] = await Promise.all([
    import('../../kernel/claims/output-docx.ts'),
    import('../../kernel/claims/remarks.ts'),
  ])
  await writeFile(out, await commentedDocx(path, source.docx, remarksOf(audit, language), new Date()))
}
