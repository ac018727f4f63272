import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { typeNamed } from '../registry.ts'
import { failAll, ok, type Problem, type Result } from '../result.ts'
import { isEmpty } from './cell.ts'
import { matchHeadings } from './columns.ts'
import { SOURCES } from './import.ts'
import { cellText } from './rejected.ts'
import { formatOf, type SourceRow, Unreadable } from './source.ts'

/** A column of a file and the field it is taken for. */
export interface SeenColumn {
  readonly heading: string
  /** Null where it is not taken for any; `problem` says why. */
  readonly field: string | null
  readonly problem: Problem | null
}

export interface Look {
  readonly columns: readonly SeenColumn[]
  /** Columns that must be there and are not. */
  readonly missing: readonly Problem[]
  /** Rows as the file has them, numbered as a spreadsheet counts, their cells as texts in the order of the columns. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
  /** Whether these are all rows of the file. */
  readonly whole: boolean
}

const MOST_ROWS = 5_000
const MOST_CHARACTERS = 2_000_000

/**
 * Looks into a file before it is imported: what its columns are taken for, and its first rows as they stand there.
 * Nothing is loaded. A jsonl file has no columns to look at.
 * @returns the look, or why the file as a whole is refused, as `importFile` would
 */
export async function lookInto(
  ledger: Ledger,
  actor: Actor,
  { type: typeId, org: code, path, name }: { type: string; org: string; path: string; name: string },
): Promise<Result<Look>> {
  const type = typeNamed(ledger.registry, typeId)
  if (!type.ok) return type
  const org = ledger.orgs.find(code)
  if (!org.ok) return org
  const permitted = permit(actor, 'enter', org.value)
  if (!permitted.ok) return permitted
  const seen = await firstRows(path, name).catch((error: unknown) => {
    if (error instanceof Unreadable) return failAll([error.problem])
    throw error
  })
  if (!seen.ok) return seen
  const { head, rows, whole } = seen.value
  const { headings, problems } = matchHeadings(type.value, head)
  return ok({
    columns: head.map((heading, at) => ({
      heading,
      field: headings[at]?.name ?? null,
      problem: problems.find(({ column, code }) => column === heading && code !== 'import/missing-column') ?? null,
    })),
    missing: head.length > 0 ? problems.filter(({ code }) => code === 'import/missing-column') : [],
    rows: rows.map(({ row, cells }) => ({ row, cells: head.map((_, at) => cellText(cells[at])) })),
    whole,
  })
}

interface Seen {
  readonly head: readonly string[]
  readonly rows: readonly SourceRow[]
  readonly whole: boolean
}

/** The headings of the first sheet, and the rows beneath them. */
async function firstRows(path: string, name: string): Promise<Result<Seen>> {
  const { format, size } = await formatOf(path, name)
  if (format === 'jsonl') return ok({ head: [], rows: [], whole: false })
  let head: string[] | undefined
  let sheet: string | undefined
  const rows: SourceRow[] = []
  let characters = 0
  for await (const batch of SOURCES[format](path, size).batches()) {
    if (batch.problems && batch.problems.length > 0) return failAll(batch.problems)
    sheet ??= batch.sheet
    for (const row of batch.rows) {
      if (row.cells.every(isEmpty)) continue
      if (batch.sheet !== sheet || rows.length === MOST_ROWS || characters > MOST_CHARACTERS)
        return ok({ head: head ?? [], rows, whole: false })
      if (!head) head = row.cells.map(cell => cellText(cell).trim())
      else {
        rows.push(row)
        characters += row.cells.reduce<number>((sum, cell) => sum + cellText(cell).length, 0)
      }
    }
  }
  return ok({ head: head ?? [], rows, whole: true })
}
