import { hash } from 'node:crypto'
import type pg from 'pg'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import type { Actor } from '../people/actor.ts'
import { type Change, uniqueKey } from '../records/commit.ts'
import { missingLinks } from '../records/links.ts'
import { prepare } from '../records/records.ts'
import { brokenRules } from '../records/rules.ts'
import type { Fields, RecordType } from '../records/type.ts'
import type { Problem } from '../result.ts'
import { fingerprints } from './fingerprints.ts'
import { hasImports, idsByKey, presentKeys, presentLikenesses, presentOrigins, recordsById } from './known.ts'
import type { ReadRow, RowProblem } from './rows.ts'

// Which rows are new, which were there already, and which cannot be taken.

export interface CheckedRows {
  readonly unchanged: number
  readonly good: readonly Change[]
  readonly bad: readonly { row: ReadRow; problems: readonly RowProblem[] }[]
}

export interface RowChecker {
  check(rows: readonly ReadRow[]): Promise<CheckedRows>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @param client the transaction that the rows before were written in */
export async function rowChecker(
  ledger: Ledger,
  actor: Actor,
  type: RecordType,
  org: OrgUnit,
  allowSimilar: boolean,
  client: pg.PoolClient,
): Promise<RowChecker> {
  const { root } = org
  const originOf = originNumbering(ledger, type)
  const keysInFile = fingerprints()
  const mayRepeat = await hasImports(ledger, root, type)
  const references = Object.entries(type.fields).filter(([, info]) => info.kind === 'reference')

  return {
    async check(rows) {
      const problems = new Map<ReadRow, RowProblem[]>()
      const refuse = (row: ReadRow, ...more: RowProblem[]) => problems.set(row, [...(problems.get(row) ?? []), ...more])
      for (const row of rows) if (row.problems.length > 0) refuse(row, ...row.problems)

      const exported = await exportedHere(rows)
      for (const row of rows) {
        const stored = row.id === undefined ? undefined : exported.get(row.id)
        if (!stored) continue
        problems.delete(row)
        const field = firstDifference(type, row, stored)
        if (field) refuse(row, alreadyThere(row, field))
      }
      await resolveReferences(rows)

      const fresh = rows.filter(row => !problems.has(row) && !(row.id !== undefined && exported.has(row.id)))
      const origins = fresh.map(originOf)
      const known = mayRepeat ? await presentOrigins(ledger, root, type, origins) : new Set<string>()
      for (const [row, found] of problems) if (!row.source.problem) refuse(row, ...elseWrong(row, found))
      const prepared: { row: ReadRow; change: Change }[] = []
      for (const [i, row] of fresh.entries()) {
        const origin = origins[i]!
        if (known.has(origin)) continue
        const { org, fields, state, draft } = row
        const change = prepare(ledger, actor, type, { org, fields, state, draft, origin })
        if (change.ok) prepared.push({ row, change: change.value })
        else refuse(row, ...change.problems.map(problem => located(row, problem)))
      }
      await refuseLinks(prepared, refuse)
      await refuseKeys(prepared, refuse)
      await refuseSimilar(prepared, refuse)
      await refuseBroken(
        prepared.filter(({ row }) => !problems.has(row)),
        refuse,
      )

      const good = prepared.filter(({ row }) => !problems.has(row)).map(({ change }) => change)
      const bad = rows.flatMap(row => {
        const found = problems.get(row)
        return found ? [{ row, problems: found }] : []
      })
      return { good, bad, unchanged: rows.length - good.length - bad.length }
    },
  }

  /** What the declaration finds wrong with a row beyond the cells that could not be read, so that all is told at once. */
  function elseWrong(row: ReadRow, found: readonly RowProblem[]): RowProblem[] {
    const change = prepare(ledger, actor, type, row)
    const named = new Set(found.map(problem => problem.field))
    return change.ok
      ? []
      : change.problems.filter(({ field }) => field && !named.has(field)).map(problem => located(row, problem))
  }

  type Prepared = readonly { row: ReadRow; change: Change }[]
  type Refuse = (row: ReadRow, ...problems: RowProblem[]) => void

  async function exportedHere(rows: readonly ReadRow[]): Promise<ReadonlyMap<string, Fields>> {
    const ids = rows.flatMap(({ id }) => (id !== undefined && UUID.test(id) ? [id] : []))
    return recordsById(ledger, root, type, ids)
  }

  /** References that name a record by its number become its id; one that names none is told as such when it is saved. */
  async function resolveReferences(rows: readonly ReadRow[]) {
    for (const [name, info] of references) {
      const named = rows.filter(({ fields }) => typeof fields[name] === 'string' && !UUID.test(fields[name]))
      if (named.length === 0) continue
      const texts = [...new Set(named.map(({ fields }) => String(fields[name])))]
      const ids = await idsByKey(ledger, root, ledger.registry.types.get(info.of ?? ''), texts)
      for (const { fields } of named) fields[name] = ids.get(String(fields[name])) ?? fields[name]
    }
  }

  async function refuseLinks(prepared: Prepared, refuse: Refuse) {
    const changes = prepared.map(({ change }) => change)
    for (const problem of await missingLinks(ledger, actor, changes)) {
      const { row } = prepared[typeof problem.row === 'number' ? problem.row : 0]!
      refuse(row, located(row, problem))
    }
  }

  /** Rules between records: a row sees those of the file before it. */
  async function refuseBroken(prepared: Prepared, refuse: Refuse) {
    const changes = prepared.map(({ change }) => change)
    for (const problem of await brokenRules(ledger, changes, client, { inTurn: true })) {
      const { row } = prepared[typeof problem.row === 'number' ? problem.row : 0]!
      refuse(row, located(row, problem))
    }
  }

  /** Keys must be unique among living records and within the file. */
  async function refuseKeys(prepared: Prepared, refuse: Refuse) {
    if (!type.key) return
    const keys = prepared.map(({ change }) => uniqueKey(type, change.after)!)
    const there = await presentKeys(ledger, root, type, keys)
    for (const [i, { row }] of prepared.entries()) {
      const print = hash('sha256', keys[i]!, 'base64url')
      const before = keysInFile.get(print)
      if (there.has(keys[i]!)) refuse(row, located(row, keyProblem(type)))
      else if (before !== undefined) refuse(row, located(row, keyProblem(type, before)))
      else keysInFile.set(print, row.source.row)
    }
  }

  /** Rows alike within one file were written there side by side on purpose; what was entered elsewhere was not. */
  async function refuseSimilar(prepared: Prepared, refuse: Refuse) {
    if (!type.like || allowSimilar) return
    const likenesses = prepared.flatMap(({ change }) => change.likeness ?? [])
    const there = await presentLikenesses(ledger, root, type, likenesses)
    for (const { row, change } of prepared)
      if (change.likeness && there.has(change.likeness)) refuse(row, { ...looksAlike(type), column: '' })
  }
}

/**
 * Tells a row by its content and by which of the rows with that content it is, so that a repeat of a file adds nothing
 * although rows may be alike. Keyed: content may be personal. 162 bits do not collide.
 */
function originNumbering(ledger: Ledger, type: RecordType): (row: ReadRow) => string {
  const seen = fingerprints()
  return ({ org, state, draft, fields }) => {
    const said = Object.entries(fields)
      .filter(([, value]) => value !== undefined && value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const content = ledger.keys.blind(JSON.stringify([type.id, org, state ?? '', draft, said])).slice(0, 27)
    const times = (seen.get(content) ?? 0) + 1
    seen.set(content, times)
    return `${content}#${times}`
  }
}

/** The first field that a row of an export says differently than the record does by now; masked values say nothing. */
const firstDifference = (type: RecordType, row: ReadRow, stored: Fields): string | undefined =>
  Object.keys(row.fields).find(
    name =>
      type.fields[name]?.kind !== 'personal' &&
      !(name in type.computed) &&
      JSON.stringify(row.fields[name]) !== JSON.stringify(stored[name]),
  )

function located(row: ReadRow, problem: Problem): RowProblem {
  const field = problem.field?.split(/[.[]/, 1)[0] ?? ''
  const { column, place } = row.headingOf(field)
  return { ...problem, column, zh: place ? `${place} ${problem.zh}` : problem.zh }
}

function alreadyThere(row: ReadRow, field: string): RowProblem {
  const { column } = row.headingOf(field)
  return {
    code: 'import/record-exists',
    field,
    column,
    zh: `这条记录已在台账中，而“${column}”与台账不同；导入不修改已有记录，请在记录页面上改`,
    en: `The ledger has this record already with another ${column}; an import changes no records, change it on its page`,
  }
}

function keyProblem(type: RecordType, before?: number): Problem {
  const names = (type.key ?? []).map(name =>
    name === 'org' ? { zh: '单位', en: 'org unit' } : type.fields[name]!.title,
  )
  const zh = names.map(name => name.zh).join('、')
  const en = names.map(name => name.en).join(', ')
  return {
    code: 'record/duplicate-key',
    field: type.key?.find(name => name !== 'org') ?? 'org',
    zh: before === undefined ? `台账中已有${zh}相同的${type.title.zh}` : `${zh}与第${before}行相同`,
    en:
      before === undefined
        ? `There is already a ${type.title.en} with the same ${en}`
        : `The same ${en} as in row ${before}`,
  }
}

const looksAlike = (type: RecordType): Problem => ({
  code: 'record/similar',
  zh: `台账中已有一条看起来相同的${type.title.zh}，请核对；确实不同请在页面上录入`,
  en: `The ledger has a ${type.title.en} that looks the same; compare, and enter it by hand if it really differs`,
})
