import type { RecordType, TypeChange } from './type.ts'

/** A text as an SQL literal. Only for what declarations say; what users say goes in as parameters. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * The SQL (jsonb, null where there is none) of a field of record `r` as the present version of its type has it, whatever
 * version it was stored under: what `upgrade` does, in the database.
 */
export function storedField(type: RecordType, name: string): string {
  const present = plain(name)
  const older = type.changes
    .map(change => change.version - 1)
    .filter((version, i, all) => version >= 1 && all.indexOf(version) === i)
    .map(version => ({ version, sql: fieldAfter(type, type.changes.length - 1, version, name) }))
  if (older.every(({ sql }) => sql === present)) return present
  // Ascending, so that the first bound that covers a stored version is its own.
  const cases = older.map(({ version, sql }) => `WHEN r.type_version <= ${version} THEN ${sql}`)
  return `(CASE ${cases.join(' ')} ELSE ${present} END)`
}

const plain = (name: string) => `(r.fields -> ${literal(name)})`

/** The field after the changes up to an index, of a record stored under `version`. */
function fieldAfter(type: RecordType, index: number, version: number, name: string): string {
  const change = type.changes[index]
  if (!change || change.version <= version) return plain(name)
  const before = (field: string) => fieldAfter(type, index - 1, version, field)
  const sources = [...sourcesOf(change, name).map(before), ...addedTo(change, name)]
  const value = sources.length > 1 ? `coalesce(${sources.join(', ')})` : (sources[0] ?? 'NULL::jsonb')
  return replaced(change.choices?.[name], value, type.fields[name]?.kind === 'choices')
}

/** Names that a field may have had before a change, the one that wins first. */
function sourcesOf(change: TypeChange, name: string): string[] {
  const renamed = Object.entries(change.renamed ?? {})
  const from = renamed.filter(([, to]) => to === name).map(([from]) => from)
  return [...from.reverse(), ...(renamed.some(([from]) => from === name) ? [] : [name])]
}

const addedTo = (change: TypeChange, name: string): string[] =>
  Object.hasOwn(change.added ?? {}, name) ? [`${literal(JSON.stringify(change.added![name]))}::jsonb`] : []

function replaced(choices: Readonly<Record<string, string>> | undefined, value: string, several: boolean): string {
  if (!choices) return value
  const json = (text: string) => `${literal(JSON.stringify(text))}::jsonb`
  const cases = Object.entries(choices).map(([from, to]) => `WHEN ${json(from)} THEN ${json(to)}`)
  const one = (of: string) => `CASE ${of} ${cases.join(' ')} ELSE ${of} END`
  return several ? `(SELECT jsonb_agg(${one('e')}) FROM jsonb_array_elements(${value}) e)` : `(${one(value)})`
}
