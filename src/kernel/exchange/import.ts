import type pg from 'pg'
import { inTransaction } from '../../store/transaction.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import type { RecordType } from '../records/type.ts'
import { typeNamed } from '../registry.ts'
import { type Failure, fail, failAll, ok, type Problem, type Result } from '../result.ts'
import { csvSource } from './csv-source.ts'
import { type ImportWriter, importWriter } from './import-writer.ts'
import { jsonlSource } from './jsonl-source.ts'
import { peopleNamed } from './known.ts'
import { type RejectedRows, rejectedRows, Unwritable } from './rejected.ts'
import { type ReadRow, type RowProblem, rowReader } from './rows.ts'
import { rowChecker } from './rows-check.ts'
import { type Format, formatOf, type Source, Unreadable } from './source.ts'
import { xlsxSource } from './xlsx-source.ts'

export interface ImportRequest {
  readonly type: string
  readonly path: string
  /** What the file is called, where its path does not say. */
  readonly name?: string
  /** Code of the org unit the rows belong to; a column 单位 may name one beneath it. */
  readonly org: string
  /** Keep the good rows, and write the others with their reasons beside the file. */
  readonly partial?: boolean
  /** Take rows that look like records which are there already. */
  readonly allowSimilar?: boolean
  /** Told of rows read, of how many there are as far as can be told from what was read. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface RowError {
  /** As a spreadsheet counts, from 1. */
  readonly row: number
  /** As the file calls it; '' for the row as a whole. */
  readonly column: string
  readonly code: string
  readonly message: { readonly zh: string; readonly en: string }
  /** The sheet, where a workbook has several. */
  readonly sheet?: string
}

export interface ImportSummary {
  readonly type: string
  readonly read: number
  readonly created: number
  readonly unchanged: number
  readonly rejected: number
  /** The first thousand. */
  readonly errors: readonly RowError[]
  readonly rejectedFile?: string
}

const MOST_ERRORS = 1000

/** How each format is read. */
export const SOURCES: Readonly<Record<Format, (path: string, size: number, signal?: AbortSignal) => Source>> = {
  xlsx: (path, _, signal) => xlsxSource(path, signal),
  csv: csvSource,
  jsonl: jsonlSource,
}

/**
 * Imports a file of records: all of its rows or none, in one transaction, in constant memory. A row that was imported
 * before adds nothing. Interrupted, nothing is saved.
 * @returns how many rows did what, with the errors of bad rows; or why the file as a whole is refused: `import/…`
 *   (headings, merged cells, encoding, a broken or dangerous file), `permission/denied`, `org/unknown`, `type/unknown`
 */
export async function importFile(ledger: Ledger, actor: Actor, request: ImportRequest): Promise<Result<ImportSummary>> {
  const type = typeNamed(ledger.registry, request.type)
  if (!type.ok) return type
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'enter', org.value)
  if (!permitted.ok) return permitted
  for (let tries = 1; ; tries++) {
    const done = await attempt(ledger, actor, type.value, org.value, request)
    if (done !== 'overtaken') return done
    if (tries === MOST_TRIES) return overtaken()
  }
}

/** How often an import begins anew because others brought in some of its rows while it ran. */
const MOST_TRIES = 4

async function attempt(
  ledger: Ledger,
  actor: Actor,
  type: RecordType,
  org: OrgUnit,
  request: ImportRequest,
): Promise<Result<ImportSummary> | 'overtaken'> {
  const name = request.name ?? request.path
  let rejects: RejectedRows | undefined
  let isKept = false
  try {
    const { format, size } = await formatOf(request.path, name)
    const source = SOURCES[format](request.path, size, request.signal)
    rejects = request.partial ? rejectedRows(format, request.path, name) : undefined
    const { summary, touched } = await inTransaction(ledger.store.pool, async client => {
      const writer = importWriter(ledger, actor, client)
      const summary = await load(ledger, actor, type, org, request, { source, writer, rejects, client })
      if (summary.rejected > 0 && !request.partial) throw new RolledBack(ok({ ...summary, created: 0 }))
      // Under its name before the commit: good rows are not kept while the others are lost.
      const rejectedFile = summary.rejected > 0 ? await rejects?.publish() : undefined
      return { summary: { ...summary, ...(rejectedFile ? { rejectedFile } : {}) }, touched: writer.touched() }
    })
    isKept = true
    if (touched.length > 0) ledger.onTouched(touched)
    return ok(summary)
  } catch (error) {
    if (isOvertaken(error)) return 'overtaken'
    if (error instanceof RolledBack) return error.answer
    if (error instanceof Unreadable || error instanceof Unwritable) return failAll([error.problem])
    if (request.signal?.aborted) return interrupted()
    throw error
  } finally {
    if (!isKept) await rejects?.discard()
  }
}

/** Another import wrote a row of this one first, or they waited for each other's rows in turns (deadlock). */
const isOvertaken = (error: unknown): boolean =>
  error instanceof RolledBack
    ? !error.answer.ok && error.answer.problems[0]?.code === 'record/imported-before'
    : (error as { code?: string }).code === '40P01'

/** Thrown within the transaction so that it is rolled back: bad rows, or a file that is refused as a whole. */
class RolledBack extends Error {
  readonly answer: Result<ImportSummary>

  constructor(answer: Result<ImportSummary>) {
    super('the import is rolled back')
    this.answer = answer
  }
}

interface Parts {
  readonly source: Source
  readonly writer: ImportWriter
  readonly rejects: RejectedRows | undefined
  readonly client: pg.PoolClient
}

async function load(
  ledger: Ledger,
  actor: Actor,
  type: RecordType,
  org: OrgUnit,
  request: ImportRequest,
  { source, writer, rejects, client }: Parts,
): Promise<ImportSummary> {
  const { signal, onProgress, partial } = request
  const reader = rowReader(type, { orgs: ledger.orgs, org, people: await peopleNamed(ledger, org, type) })
  const checker = await rowChecker(ledger, actor, type, org, request.allowSimilar ?? false, client)
  const stop = (failure: Failure): never => {
    throw new RolledBack(failure)
  }
  const counts = { read: 0, unchanged: 0, rejected: 0 }
  const errors: RowError[] = []
  for await (const batch of source.batches()) {
    signal?.throwIfAborted()
    const { rows, problems } = reader.read(batch)
    const refused = [...problems, ...(batch.problems ?? [])]
    if (refused.length > 0) stop(failAll(refused.map(problem => ({ ...problem, ...named(batch.sheet) }))))
    const { good, bad, unchanged } = await checker.check(rows)
    counts.read += rows.length
    counts.unchanged += unchanged
    counts.rejected += bad.length
    for (const { row, problems } of bad) {
      errors.push(...problems.slice(0, MOST_ERRORS - errors.length).map(problem => errorOf(row, problem)))
      await rejects?.add(row, problems, reader.headings())
    }
    // Once a row is bad and none may be missing, the rest is read only to say what else is wrong.
    const written = partial || counts.rejected === 0 ? await writer.write(good) : ok(undefined)
    if (!written.ok) stop(written)
    const share = source.progress()
    onProgress?.(counts.read, share > 0 ? Math.max(counts.read, Math.round(counts.read / share)) : counts.read)
  }
  const written = await writer.end()
  if (!written.ok) stop(written)
  signal?.throwIfAborted()
  if (counts.read === 0) stop(noRows())
  return { type: type.id, ...counts, created: writer.created(), errors }
}

const named = (sheet: string) => (sheet ? { sheet } : {})

const errorOf = (row: ReadRow, { column, code, zh, en }: RowProblem): RowError => ({
  row: row.source.row,
  column,
  code,
  message: { zh, en },
  ...named(row.sheet),
})

const problem = (code: string, zh: string, en: string): { problems: readonly Problem[]; ok: false } =>
  fail(code, { zh, en })

const noRows = () =>
  problem(
    'import/no-rows',
    '文件里没有可导入的行（只有表头或空行）',
    'The file has no rows to import, only headings or empty rows',
  )

const overtaken = () =>
  problem(
    'import/overtaken',
    '别人正在导入同样的内容，什么也没有保存，请稍后再试',
    'Others keep importing the same rows; nothing was saved, try again later',
  )

const interrupted = () =>
  problem('import/interrupted', '导入已中断，什么也没有保存', 'The import was interrupted; nothing was saved')
