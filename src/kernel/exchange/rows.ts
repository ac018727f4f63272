import type { RecordType } from '../records/type.ts'
import type { Problem } from '../result.ts'
import { type Cell, isEmpty } from './cell.ts'
import { type Column, columnTwice, type Heading, headingsOf, letters, matchHeadings, unknownColumn } from './columns.ts'
import { orgNamed, type Read, type Reading, readCell } from './read-cell.ts'
import type { SourceBatch, SourceRow } from './source.ts'

// From rows of a file to what they enter: each cell under its heading, read as its field.

/** Something wrong with a row, at a column as the file calls it ('' for the row as a whole). */
export interface RowProblem extends Problem {
  readonly column: string
}

/** What a row of a file enters. */
export interface ReadRow {
  readonly source: SourceRow
  readonly sheet: string
  readonly org: string
  readonly fields: Record<string, unknown>
  readonly state?: string
  readonly draft: boolean
  /** Id of a record that was exported into this row. */
  readonly id?: string
  readonly problems: readonly RowProblem[]
  /** How the file calls the column of a field. */
  readonly headingOf: (field: string) => { column: string; place: string }
}

export interface RowReader {
  /** The rows of a batch that say something; the first row of a sheet is its headings. */
  read(batch: SourceBatch): { rows: ReadRow[]; problems: (Problem & { row: number; column: string })[] }
  /** The headings of the sheet last read, as they stand in the file. */
  headings(): readonly string[]
}

type Draft = {
  org: string
  fields: Record<string, unknown>
  state?: string
  draft: boolean
  id?: string
  problems: RowProblem[]
}

export function rowReader(type: RecordType, around: Reading): RowReader {
  let sheet: string | undefined
  let headings: (Heading | undefined)[] | undefined
  let texts: string[] = []
  const known = headingsOf(type)
  const keys = new Map<string, ReturnType<typeof known.find>>()

  return {
    headings: () => texts,
    read(batch) {
      if (batch.sheet !== sheet) headings = undefined
      sheet = batch.sheet
      const rows: ReadRow[] = []
      for (const source of batch.rows) {
        if (source.object || source.problem) {
          rows.push(readObject(source))
          continue
        }
        if (source.cells.every(isEmpty)) continue
        if (headings) {
          rows.push(readCells(source, headings, batch.sheet))
          continue
        }
        texts = Array.from(source.cells, headingText)
        const matched = matchHeadings(type, texts)
        headings = matched.headings
        if (matched.problems.length > 0)
          return { rows: [], problems: matched.problems.map(problem => ({ ...problem, row: source.row })) }
      }
      return { rows, problems: [] }
    },
  }

  function readCells(source: SourceRow, headings: readonly (Heading | undefined)[], sheet: string): ReadRow {
    const draft = started()
    for (const [at, cell] of source.cells.entries()) {
      if (isEmpty(cell)) continue
      const heading = headings[at]
      if (heading) take(draft, heading, cell, heading.heading, `${letters(at)}列`)
      else draft.problems.push({ ...noHeading(letters(at)), column: letters(at) })
    }
    const headingOf = (field: string) => {
      const heading = headings.find(one => one?.name === field)
      return { column: heading?.heading ?? '', place: heading ? `${letters(heading.at)}列` : '' }
    }
    return { ...draft, source, sheet, headingOf }
  }

  function readObject(source: SourceRow): ReadRow {
    const draft = started()
    if (source.problem) draft.problems.push({ ...source.problem, column: '' })
    const seen = new Map<string, string>()
    for (const [key, value] of Object.entries(source.object ?? {})) {
      if (!keys.has(key)) keys.set(key, known.find(key))
      const found = keys.get(key)
      if (!found) draft.problems.push({ ...unknownColumn(key), column: key })
      else if ('problem' in found) draft.problems.push({ ...found.problem, column: key })
      else if (seen.has(found.column.name))
        draft.problems.push({ ...columnTwice(seen.get(found.column.name)!, key), column: key })
      else {
        seen.set(found.column.name, key)
        takeValue(draft, found.column, key, value)
      }
    }
    return { ...draft, source, sheet: '', headingOf: field => ({ column: field, place: '' }) }
  }

  function takeValue(draft: Draft, column: Column, key: string, value: unknown) {
    if (key === column.name && isAsStored(column, value)) draft.fields[key] = value
    else take(draft, column, typeof value === 'object' && value !== null ? { json: value } : (value as Cell), key, '')
  }

  function started(): Draft {
    return { org: around.org.code, fields: {}, draft: false, problems: [] }
  }

  function take(draft: Draft, column: Column, cell: Cell, heading: string, place: string) {
    const refuse = (read: Exclude<Read, { value: unknown }>) =>
      draft.problems.push({
        code: `import/${read.code}`,
        field: column.name,
        column: heading,
        zh: `${place}“${heading}”：${read.zh}`,
        en: `${heading}: ${read.en}`,
      })
    switch (column.kind) {
      case 'field': {
        const read = readCell({ info: column.info!, unit: column.unit }, cell, around)
        if ('code' in read) refuse(read)
        else if (read.value !== undefined) draft.fields[column.name] = read.value
        return
      }
      case 'org': {
        const found = orgNamed(String(cell), around)
        if ('code' in found) refuse(found)
        else if (!found.unit.path.startsWith(around.org.path)) refuse(elsewhere(found.unit.name, around.org.name))
        else draft.org = found.unit.code
        return
      }
      case 'state': {
        const state = stateNamed(type, String(cell))
        if (state === undefined) refuse(noState(String(cell), type))
        else draft.state = state
        return
      }
      case 'status':
        return takeStatus(draft, String(cell).trim(), refuse)
      case 'id':
        draft.id = String(cell).trim()
        return
      // What the ledger works out itself is not taken from a file.
      case 'computed':
      case 'reason':
    }
  }
}

const headingText = (cell: Cell): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'object' ? '' : String(cell)

/** Kinds that an object in JSON gives just as they are stored; names and titles are looked up for the others. */
const AS_STORED = new Set([
  'text',
  'integer',
  'decimal',
  'money',
  'mass',
  'length',
  'area',
  'day',
  'instant',
  'boolean',
  'location',
  'attachment',
  'rows',
])

const isAsStored = ({ info, kind }: Column, value: unknown) =>
  kind === 'field' && (AS_STORED.has(info!.kind) || typeof value !== 'string')

function stateNamed(type: RecordType, text: string): string | undefined {
  const wanted = text.trim()
  return Object.keys(type.states).find(state => {
    const title = type.stateTitles[state]
    return (
      [state, title?.zh, title?.en.toLowerCase()].includes(wanted) || title?.en.toLowerCase() === wanted.toLowerCase()
    )
  })
}

/** Titles of a record's status, as exports write them. */
export const STATUS_TITLES = {
  draft: { zh: '草稿', en: 'Draft' },
  entered: { zh: '已录入', en: 'Entered' },
  returned: { zh: '已退回', en: 'Returned' },
  confirmed: { zh: '已审核', en: 'Confirmed' },
  void: { zh: '已作废', en: 'Void' },
} as const

type Refuse = (read: Exclude<Read, { value: unknown }>) => void

/** A confirmed record comes in as entered: confirming is for those who may. One that does not count cannot come in. */
function takeStatus(draft: Draft, text: string, refuse: Refuse) {
  const status = Object.entries(STATUS_TITLES).find(([key, title]) => [key, title.zh, title.en].includes(text))?.[0]
  if (status === 'draft') draft.draft = true
  else if (status !== 'entered' && status !== 'confirmed')
    refuse({
      code: 'status',
      zh: `“${text.slice(0, 40)}”的记录不能导入`,
      en: `a record that is ${JSON.stringify(text.slice(0, 40))} cannot be imported`,
    })
}

const noHeading = (letter: string): Problem => ({
  code: 'import/no-heading',
  zh: `${letter}列有内容却没有表头`,
  en: `Column ${letter} has content but no heading`,
})

const elsewhere = (name: string, within: string) => ({
  code: 'org-outside',
  zh: `“${name}”不在“${within}”之下`,
  en: `${name} is not under ${within}`,
})

const noState = (text: string, type: RecordType) => ({
  code: 'state',
  zh: `${type.title.zh}没有“${text.slice(0, 40)}”这个状态`,
  en: `${type.title.en} has no state ${JSON.stringify(text.slice(0, 40))}`,
})
