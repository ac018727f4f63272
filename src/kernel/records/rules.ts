import type pg from 'pg'
import { counts } from '../figures/contribution.ts'
import type { Ledger } from '../ledger.ts'
import type { Problem } from '../result.ts'
import type { Change } from './commit.ts'
import { RECORD_COLUMNS, type StoredRecord } from './record.ts'
import type { Related, Rule, Seen } from './rule.ts'
import type { Ruled } from './ruled.ts'
import { linkTerm } from './terms.ts'
import { type Fields, type RecordType, upgrade } from './type.ts'

/** Whether changes have to hold what rules look at until they are written. */
export const areBound = ({ registry }: Ledger, changes: readonly Change[]): boolean =>
  changes.some(change => anchorsOf(change, registry.ruled.get(change.type.id)).length > 0)

interface Options {
  /** Each change sees only those before it: rows of a file, of which later ones may be refused. */
  readonly inTurn?: boolean
}

/**
 * What changes of one tree would break, as problems with the `row` of their change. Locks what the rules look at until the
 * caller's transaction ends, so that nobody else changes it in between; changes that are not bound need no transaction.
 */
export async function brokenRules(
  ledger: Ledger,
  changes: readonly Change[],
  client: pg.Pool | pg.PoolClient,
  { inTurn = false }: Options = {},
): Promise<Problem[]> {
  const ruled = changes.map(change => ledger.registry.ruled.get(change.type.id))
  if (ruled.every(one => one === undefined)) return []
  const root = changes[0]!.root
  await lock(
    client,
    root,
    changes.flatMap((change, i) => anchorsOf(change, ruled[i])),
  )
  const asked = [...changes.entries()].flatMap(([row, change]) => {
    const own = questions(change, ruled[row])
    return own.length > 0 ? [[row, own] as const] : []
  })
  if (asked.length === 0) return []
  const standing = await read(
    ledger,
    client,
    root,
    changes,
    asked.flatMap(([, own]) => own),
  )
  const problems: Problem[] = []
  const refused = new Set<number>()
  const relatedTo = relations(changes, standing)
  for (const [row, questions] of asked) {
    const now = standing.after[row]!
    const seen = (other: number) => other !== row && !(inTurn && (other > row || refused.has(other)))
    for (const rule of new Set(questions.map(one => one.rule))) {
      const related: Record<string, Seen[]> = {}
      for (const one of questions) {
        if (one.rule !== rule) continue
        const found = new Map([...(related[one.name] ?? []), ...relatedTo(one, seen)].map(seen => [seen.id, seen]))
        related[one.name] = [...found.values()]
      }
      const { type } = changes[row]!
      for (const { field, code, zh, en } of rule.check(now, related, standing.before[row]!)) {
        const title = type.fields[field]?.title
        problems.push({
          code: `${rule.id}/${code}`,
          field,
          ...(changes.length > 1 ? { row } : {}),
          zh: title ? `${title.zh}：${zh}` : zh,
          en: title ? `${title.en}: ${en}` : en,
        })
        refused.add(row)
      }
    }
  }
  return problems
}

/** Above so many, one lock of the whole tree is taken instead: the server's lock table is finite. */
const MOST_LOCKS = 64

async function lock(client: pg.Pool | pg.PoolClient, root: number, anchors: readonly string[]) {
  const distinct = [...new Set(anchors)].sort()
  if (distinct.length === 0) return
  if (distinct.length > MOST_LOCKS) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`rules:${root}`])
    return
  }
  // In one order for all, or two saves could wait for one another.
  await client.query(
    `SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0)),
            (SELECT count(pg_advisory_xact_lock(key)) FROM (
               SELECT DISTINCT hashtextextended($1 || ':' || a, 0) AS key FROM unnest($2::text[]) a ORDER BY 1) keys)`,
    [`rules:${root}`, distinct],
  )
}

function anchorsOf({ type, before, after }: Change, ruled: Ruled | undefined): string[] {
  if (!ruled) return []
  const contents = before ? [before, after] : [after]
  return ruled.anchors.flatMap(anchor =>
    anchor === null
      ? // To a record that is new nothing refers yet.
        before
        ? [after.id]
        : []
      : contents.flatMap(content => valuesAt(upgrade(type, content.typeVersion, content.fields), anchor)),
  )
}

/** The values at a path: a field, or `rows.field`. */
function valuesAt(fields: Fields, path: string): string[] {
  const [name = '', within] = path.split('.')
  const value = fields[name]
  if (within === undefined) return typeof value === 'string' ? [value] : []
  return Array.isArray(value) ? value.flatMap(row => valuesAt(row as Fields, within)) : []
}

interface Question {
  readonly rule: Rule
  readonly name: string
  readonly related: Related
  /** What the records are found by. */
  readonly value: string
}

function questions({ type, before, after }: Change, ruled: Ruled | undefined): Question[] {
  const fields = upgrade(type, after.typeVersion, after.fields)
  const left = before !== null && counts(before.status) && !counts(after.status)
  return (ruled?.rules ?? [])
    .filter(rule => counts(after.status) || (rule.leaving && left))
    .flatMap(rule => {
      const reads = Object.entries(rule.reads)
      // A rule that reads nothing still checks the record by itself: its evidence, what it was before.
      if (reads.length === 0) return [{ rule, name: '', related: { by: '' }, value: '' }]
      return reads.flatMap(([name, related]) => {
        const path = 'by' in related ? related.by : related.same
        const values = path === undefined ? (before ? [after.id] : []) : [...new Set(valuesAt(fields, path))]
        return (values.length > 0 ? values : ['']).map(value => ({ rule, name, related, value }))
      })
    })
}

interface Standing {
  readonly stored: ReadonlyMap<string, readonly Seen[]>
  readonly before: readonly (Seen | null)[]
  readonly after: readonly Seen[]
}

const keyOf = ({ related, value }: Question) =>
  'by' in related ? `id\n${value}` : `${related.of}\n${related.via}\n${value}`

async function read(
  ledger: Ledger,
  client: pg.Pool | pg.PoolClient,
  root: number,
  changes: readonly Change[],
  asked: readonly Question[],
): Promise<Standing> {
  const distinct = [...new Map(asked.filter(one => one.value !== '').map(one => [keyOf(one), one])).values()]
  const byId = distinct.filter(one => 'by' in one.related)
  const byTerm = distinct.flatMap(one =>
    'by' in one.related ? [] : [{ key: keyOf(one), of: one.related.of, via: one.related.via, value: one.value }],
  )
  const known = changes.filter(change => change.before !== null)
  const rows = distinct.length + known.length > 0 ? await readRows() : []
  const stored = new Map<string, Seen[]>()
  const own = new Map<string, number>()
  for (const row of rows) {
    if (row.key === 'own') {
      own.set(row.id, row.evidence)
      continue
    }
    if (!counts(row.status)) continue
    const type = ledger.registry.types.get(row.type)
    if (!type) continue
    const list = stored.get(row.key)
    const seen = seenOf(ledger, type, row, row.evidence)
    if (list) list.push(seen)
    else stored.set(row.key, [seen])
  }
  return {
    stored,
    before: changes.map(({ type, before }) => before && seenOf(ledger, type, before, own.get(before.id) ?? 0)),
    after: changes.map(({ type, after }) => seenOf(ledger, type, after, own.get(after.id) ?? 0)),
  }

  async function readRows() {
    const { rows } = await client.query<StoredRecord & { key: string; evidence: number }>(
      `SELECT q.key, ${RECORD_COLUMNS},
              (SELECT count(*)::int FROM record_evidence e WHERE e.root = r.root AND e.record = r.id) AS evidence
       FROM (
         SELECT 'id' || E'\\n' || i AS key, r.id FROM unnest($2::text[]) i JOIN record r ON r.root = $1 AND r.id = i::uuid
         UNION ALL
         SELECT t.key, r.id FROM unnest($3::text[], $4::text[], $5::text[]) AS t(key, type, term)
         CROSS JOIN LATERAL (
           SELECT id FROM record r WHERE r.root = $1 AND r.type = t.type AND r.links @> ARRAY[t.term]
             AND r.status IN ('entered', 'confirmed')) r
         UNION ALL
         SELECT 'own', i FROM unnest($6::uuid[]) i) q
       JOIN record r ON r.root = $1 AND r.id = q.id`,
      [
        root,
        byId.map(one => one.value),
        byTerm.map(one => one.key),
        byTerm.map(one => one.of),
        byTerm.map(one => linkTerm(ledger.registry.types.get(one.of)!, one.via, one.value)),
        known.map(change => change.after.id),
      ],
    )
    return rows
  }
}

const seenOf = (
  ledger: Ledger,
  type: RecordType,
  content: Omit<StoredRecord, 'root' | 'createdAt' | 'updatedAt' | 'updatedBy'>,
  evidence: number,
): Seen => ({
  id: content.id,
  org: ledger.orgs.byId(content.org)!.code,
  day: content.day,
  status: content.status,
  state: content.state,
  fields: upgrade(type, content.typeVersion, content.fields),
  evidence,
})

/**
 * Records as they stand after the save: stored ones, with those that are saved together in their place.
 * @returns those of a question, of the others saved together only what is `seen`
 */
function relations(changes: readonly Change[], standing: Standing) {
  const own = new Map(standing.after.map(({ id }, row) => [id, row]))
  const untouched = new Map<string, Seen[]>()
  /** Rows of the changes by what their records say at a path: `type\npath` → value → rows. */
  const together = new Map<string, Map<string, number[]>>()
  const saying = (of: string, via: string, value: string): readonly number[] => {
    const key = `${of}\n${via}`
    let rows = together.get(key)
    if (!rows) {
      rows = new Map()
      for (const [row, { fields }] of standing.after.entries()) {
        if (changes[row]!.type.id !== of) continue
        for (const said of new Set(valuesAt(fields, via))) {
          const list = rows.get(said)
          if (list) list.push(row)
          else rows.set(said, [row])
        }
      }
      together.set(key, rows)
    }
    return rows.get(value) ?? []
  }
  return (question: Question, isSeen: (row: number) => boolean): Seen[] => {
    const { related, value } = question
    if (value === '') return []
    const key = keyOf(question)
    let stored = untouched.get(key)
    if (!stored) {
      const says = (seen: Seen) => 'by' in related || valuesAt(seen.fields, related.via).includes(value)
      stored = (standing.stored.get(key) ?? []).filter(seen => !own.has(seen.id) && says(seen))
      untouched.set(key, stored)
    }
    const row = own.get(value)
    const rows = 'by' in related ? (row === undefined ? [] : [row]) : saying(related.of, related.via, value)
    const saved = rows.filter(isSeen).map(row => standing.after[row]!)
    return [...stored, ...saved.filter(seen => counts(seen.status))]
  }
}
