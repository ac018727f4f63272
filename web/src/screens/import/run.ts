import { api } from '../../kit/api.ts'
import { fileOf, numbersOf, type Said, type Sheet } from './sheet.ts'

export interface RowError {
  readonly row: number
  readonly column: string
  readonly code: string
  readonly message: Said
  readonly sheet?: string
}

export interface Summary {
  readonly read: number
  readonly created: number
  readonly unchanged: number
  readonly rejected: number
  readonly errors: readonly RowError[]
  readonly rejectedFile?: string
}

export interface Job {
  readonly id: string
  readonly state: 'running' | 'done' | 'refused' | 'failed' | 'cancelled'
  readonly progress: { readonly done: number; readonly total: number | null }
  readonly result: Summary | null
  readonly problems: readonly (Said & { readonly code: string })[]
  readonly file: string | null
}

export interface Importing {
  readonly type: string
  readonly org: string
  readonly partial?: boolean
  readonly allowSimilar?: boolean
}

const POLL_MS = 300

/** Imports a sheet and follows the job until it ends. @throws Refused */
export async function runImport(
  sheet: Sheet,
  { type, ...query }: Importing,
  onProgress: (job: Job) => void,
  signal: AbortSignal,
): Promise<Job> {
  const form = new FormData()
  form.set('file', fileOf(sheet))
  let job = await api<Job>(`/types/${type}/import`, { method: 'POST', query: { ...query }, form })
  while (job.state === 'running') {
    onProgress(job)
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
    job = await api<Job>(`/jobs/${job.id}`, { signal })
  }
  return job
}

/** What is wrong, by the place in the sheet: row from 0, and column from 0 or -1 for the row as a whole. */
export function placed(sheet: Sheet, errors: readonly RowError[]): ReadonlyMap<number, ReadonlyMap<number, Said>> {
  const rows = new Map(numbersOf(sheet).map((number, i) => [number, i]))
  const columns = new Map(sheet.columns.map(({ heading }, i) => [heading, i]))
  const found = new Map<number, Map<number, Said>>()
  for (const { row, column, message } of errors) {
    const at = rows.get(row)
    if (at === undefined) continue
    const cells = found.get(at) ?? new Map<number, Said>()
    found.set(at, cells)
    const place = columns.get(column) ?? -1
    if (!cells.has(place)) cells.set(place, message)
  }
  return found
}
