import { asPosted, type Posted, standing } from '../disclosure/posted.ts'
import type { Ledger } from '../ledger.ts'
import { RECORD_COLUMNS, type StoredRecord } from '../records/record.ts'
import { addText } from '../records/terms.ts'
import { fail, ok, type Result } from '../result.ts'

/** Entries of a board that have most in common with a text, and how much each of the text's terms says. */
export interface Nearest {
  readonly posted: readonly Posted[]
  /** Term → how rare it is: what few records say tells much. */
  readonly weights: ReadonlyMap<string, number>
}

/** Terms of a question that are looked at; the first ones when it is longer. */
const TERMS = 60
/** A set of terms that no more records than this hold together finds them all. */
const FEW = 60
/** Records that one set of terms brings in at most, and how many sets are tried. */
const EACH = 30
const SETS = 12
/** Common terms that are combined, the most telling ones. */
const COMMON = 9
const USUAL = 40

/**
 * What stands on a board and is nearest to a text, of a whole tree: for suggesting while somebody types. Rare terms, and
 * common ones together, find the candidates, so that its cost does not grow with what everybody writes; a caller who knows which field matters
 * ranks them anew.
 */
export async function nearest(
  ledger: Ledger,
  orgCode: string,
  boardId: string,
  text: string,
  limit = USUAL,
): Promise<Result<Nearest>> {
  const org = ledger.orgs.find(orgCode)
  if (!org.ok) return org
  const shown = ledger.registry.boards.get(boardId)
  if (!shown) return fail('board/unknown', { board: boardId, zh: '没有这个公开栏', en: 'There is no such board' })
  const said = termsIn(text).slice(0, TERMS)
  if (said.length === 0) return ok({ posted: [], weights: new Map() })
  const weights = await weighed(ledger, said)
  const { where, values } = standing(ledger, shown, ledger.orgs.byId(org.value.root)!)
  const put = (value: unknown) => `$${values.push(value)}`
  const sets = together(said, weights)
  // The fence keeps the planner from reading all entries of the type beside the few that a set of terms finds.
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM (
       SELECT f.id, sum(s.worth) AS score
       FROM unnest(${put(sets.map(({ terms }) => terms.join(' ')))}::text[], ${put(sets.map(({ worth }) => worth))}::float8[]) s(terms, worth)
       CROSS JOIN LATERAL (
         SELECT r.id FROM (SELECT * FROM record WHERE terms @> string_to_array(s.terms, ' ') OFFSET 0) r
         WHERE ${where.join(' AND ')} LIMIT ${EACH}) f
       GROUP BY f.id ORDER BY score DESC, f.id DESC LIMIT ${limit}) best
     JOIN record r ON r.root = $1 AND r.id = best.id ORDER BY best.score DESC, r.id DESC`,
    values,
  )
  return ok({
    posted: rows.map(record => asPosted(ledger, shown, record)),
    weights: new Map([...weights].map(([term, { weight }]) => [term, weight])),
  })
}

/** Search terms of a text, as those of records are. */
export function termsIn(text: string): string[] {
  const terms = new Set<string>()
  addText(terms, text.normalize('NFC').replaceAll('\0', ''))
  return [...terms]
}

export interface Weight {
  /** Of all records, those that say it. */
  readonly share: number
  readonly weight: number
  /** About how many records that is. */
  readonly records: number
  /** Statistics know it, so that it is not just two characters that happened to meet. */
  readonly named: boolean
}

/** Share of a term that statistics do not name, as a part of the least that they name. */
const UNNAMED = 0.5

/** How rare terms are, by the statistics that PostgreSQL keeps of the search terms anyway; alike rare before it has any. */
async function weighed(ledger: Ledger, terms: readonly string[]): Promise<Map<string, Weight>> {
  const { rows } = await ledger.store.pool.query<{
    shares: Readonly<Record<string, number>> | null
    least: number | null
    records: number
  }>(
    `WITH kept AS MATERIALIZED (
       SELECT most_common_elems::text::text[] AS elems, most_common_elem_freqs AS freqs FROM pg_stats
       WHERE schemaname = current_schema() AND tablename = 'record' AND attname = 'terms')
     SELECT (SELECT json_object_agg(e.term, e.share) FROM kept, unnest(elems, freqs) e(term, share)
             WHERE e.term = ANY($1)) AS shares,
            (SELECT freqs[cardinality(elems) + 1] FROM kept) AS least,
            (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'record'::regclass) AS records`,
    [terms],
  )
  const { shares, least, records } = rows[0]!
  return new Map(
    terms.map(term => {
      const named = shares?.[term]
      const share = named ?? (least ?? 0.001) * UNNAMED
      const weight = Math.log(1 + 1 / share)
      return [term, { share, weight, records: share * records, named: named !== undefined }]
    }),
  )
}

/**
 * Sets of one to three terms that only few records hold together: what is rare alone, and what is common in pairs and
 * threes, so that whatever is nearest holds one of them. The most telling sets first.
 */
export function together(terms: readonly string[], weights: ReadonlyMap<string, Weight>): TermSet[] {
  const all = terms.map((term, at): Term => ({ term, at, ...weights.get(term)! }))
  const rare = all.filter(({ records, named }) => records <= FEW || !named)
  const common = all
    .filter(one => !rare.includes(one))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, COMMON)
  const sets = [
    ...rare.map(one => [one]),
    ...setsOf(common, 2).filter(set => expected(set) <= FEW),
    ...setsOf(common, 3).filter(set => expected(set) <= FEW || set.length === common.length),
    // All that is said is common, and not even three words together are rare.
    ...(common.length > 0 ? [common] : []),
  ]
  return sets
    .map(set => ({ terms: set.map(({ term }) => term), worth: set.reduce((sum, { weight }) => sum + weight, 0) }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, SETS)
}

interface TermSet {
  readonly terms: readonly string[]
  /** How much it says that a record holds all of them. */
  readonly worth: number
}

interface Term extends Weight {
  readonly term: string
  readonly at: number
}

/** Sets of some size whose terms do not overlap in the text: of two that do, the one nearly says the other. */
const setsOf = (terms: readonly Term[], size: number): Term[][] =>
  size === 0
    ? [[]]
    : terms.flatMap((first, i) =>
        setsOf(terms.slice(i + 1), size - 1)
          .filter(rest => rest.every(({ at }) => Math.abs(at - first.at) > 1))
          .map(rest => [first, ...rest]),
      )

/** About how many records hold all terms of a set, were they strewn independently. */
function expected([first, ...rest]: readonly Term[]): number {
  return rest.reduce((records, { share }) => records * share, first?.records ?? 0)
}
