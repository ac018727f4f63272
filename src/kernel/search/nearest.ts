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
/** Records that are weighed; those that share only what many say are left out first. */
const WEIGHED = 400
const USUAL = 40

/**
 * What stands on a board and is nearest to a text, of a whole tree: for suggesting while somebody types. Rare terms find
 * the candidates, so that its cost does not grow with what everybody writes; a caller who knows which field matters
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
  const known = await weighed(ledger, said)
  const terms = [...known].sort((a, b) => a[1].share - b[1].share)
  const { where, values } = standing(ledger, shown, ledger.orgs.byId(org.value.root)!)
  const put = (value: unknown) => `$${values.push(value)}`
  const all = put(terms.map(([term]) => term))
  const weights = put(terms.map(([, { weight }]) => weight))
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM (
       SELECT c.id, (SELECT sum(q.weight) FROM unnest(${all}::text[], ${weights}::float8[]) q(term, weight)
                     WHERE q.term = ANY(c.terms)) AS score
       FROM (SELECT DISTINCT ON (id) id, terms FROM (
               (SELECT r.id, r.terms FROM record r WHERE ${where.join(' AND ')} AND r.terms @> ${all}::text[] LIMIT ${limit})
               UNION ALL
               (SELECT r.id, r.terms FROM record r WHERE ${where.join(' AND ')} AND r.terms && ${put(rarest(terms))}::text[]
                LIMIT ${WEIGHED * 2})) u) c
       ORDER BY score DESC, c.id DESC LIMIT ${limit}) best
     JOIN record r ON r.root = $1 AND r.id = best.id ORDER BY best.score DESC, r.id DESC`,
    values,
  )
  return ok({
    posted: rows.map(record => asPosted(ledger, shown, record)),
    weights: new Map(terms.map(([term, { weight }]) => [term, weight])),
  })
}

/** Search terms of a text, as those of records are. */
export function termsIn(text: string): string[] {
  const terms = new Set<string>()
  addText(terms, text.normalize('NFC').replaceAll('\0', ''))
  return [...terms]
}

interface Weight {
  /** Of all records, those that say it. */
  readonly share: number
  readonly weight: number
  /** About how many records that is. */
  readonly records: number
}

/** Share of a term that statistics do not name, as a part of the least that they name. */
const UNNAMED = 0.5

/** How rare terms are, by the statistics that PostgreSQL keeps of the search terms anyway; alike rare before it has any. */
async function weighed(ledger: Ledger, terms: readonly string[]): Promise<Map<string, Weight>> {
  const { rows } = await ledger.store.pool.query<{ term: string; share: number; least: number; records: number }>(
    `SELECT t AS term, e.share, s.freqs[cardinality(s.elems) + 1] AS least, greatest(c.reltuples, 0) AS records
     FROM unnest($1::text[]) t
     CROSS JOIN (SELECT reltuples FROM pg_class WHERE oid = 'record'::regclass) c
     LEFT JOIN (SELECT most_common_elems::text::text[] AS elems, most_common_elem_freqs AS freqs FROM pg_stats
                WHERE schemaname = current_schema() AND tablename = 'record' AND attname = 'terms') s ON true
     LEFT JOIN LATERAL (SELECT s.freqs[array_position(s.elems, t)] AS share) e ON true`,
    [terms],
  )
  return new Map(
    rows.map(({ term, share, least, records }) => {
      const part = share ?? (least ?? 0.001) * UNNAMED
      return [term, { share: part, weight: Math.log(1 + 1 / part), records: part * records }]
    }),
  )
}

/** The rarest terms, as many as find about so many records as are weighed; at least one. */
function rarest(terms: readonly (readonly [string, Weight])[]): string[] {
  let records = 0
  const few = terms.filter(([, weight], i) => {
    records += weight.records
    return i === 0 || records <= WEIGHED
  })
  return few.map(([term]) => term)
}
