import pg from 'pg'

type Parse = (text: string) => unknown

/** PostgreSQL's type numbers. */
const oid = { int8: 20, date: 1082, timestamptz: 1184, int8Array: 1016, dateArray: 1182, timestamptzArray: 1185 }

/** Counts and sums stay plain numbers; one too large for that is a bug here, not something to round. */
export function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a safe integer`)
  return value
}

/** '2024-05-18 01:02:03.123456+00' (sessions run in UTC) to '2024-05-18T01:02:03.123Z'. */
export function isoInstant(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text)
  if (parts) return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString() // 'infinity' stays a word
}

/** One-dimensional arrays of numbers, days or instants: no element holds a comma or an escape. */
const arrayOf =
  (parse: Parse): Parse =>
  text =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map(element => (element === 'NULL' ? null : parse(element.replaceAll('"', ''))))

const parsers = new Map<number, Parse>([
  [oid.int8, safeInteger],
  [oid.date, text => text],
  [oid.timestamptz, isoInstant],
  [oid.int8Array, arrayOf(safeInteger)],
  [oid.dateArray, arrayOf(text => text)],
  [oid.timestamptzArray, arrayOf(isoInstant)],
])

/** How our pools read values: numeric stays a string, jsonb is parsed, bytea is a Buffer, as `pg` has it. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(id)) ||
    pg.types.getTypeParser(id, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
