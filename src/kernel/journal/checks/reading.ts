import type pg from 'pg'

/** What the checks share: one snapshot of the database on three connections, and where to tell of progress. */
export interface Reading {
  readonly client: Connection
  /** The same snapshot, for what the server works out while we hash. */
  readonly beside: Connection
  /** The same snapshot, for what is read side by side with `client`. */
  readonly along: Connection
  /** Codes of org units by id, in the snapshot. */
  readonly codes: ReadonlyMap<number, string>
  /** Counts rows that are done; throws when the verification was called off. */
  readonly advance: (rows: number) => void
}

/** A connection that several may ask at a time; it answers them one after the other. */
export interface Connection {
  query<T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<{ readonly rows: T[] }>
}

export function inTurn(client: pg.PoolClient): Connection {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const answer = last.then(() => client.query<T>(text, [...values]))
      last = answer.catch(() => undefined)
      return answer
    },
  }
}

const PAGE = 1000

/** The rows of a query in pages; while one is worked on, the server prepares the next. */
export async function* pages<T extends pg.QueryResultRow>(
  client: Connection,
  name: string,
  query: string,
  size = PAGE,
): AsyncGenerator<readonly T[]> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query}`)
  const fetch = () => {
    const page = client.query<T>(`FETCH ${size} FROM ${name}`)
    page.catch(() => undefined) // told where it is awaited; not at all when the reader has left
    return page
  }
  for (let ahead = fetch(); ; ) {
    const { rows } = await ahead
    if (rows.length === 0) break
    ahead = fetch()
    yield rows
  }
  await client.query(`CLOSE ${name}`)
}

/** A place in a sequence of rows that come in pages. */
export interface Reader<T> {
  /** The row that is up; none at the end, or where a page has to be turned first. */
  row(): T | undefined
  /** Whether the page is at its end and another may follow. */
  isTurning(): boolean
  turn(): Promise<void>
  /** Uses rows as long as they fit. False: the page ended before that; turn it and go on. */
  take(fits: (row: T) => boolean, use: (row: T) => void): boolean
}

export async function readerOf<R, T>(source: AsyncGenerator<readonly R[]>, read: (row: R) => T): Promise<Reader<T>> {
  let page: readonly R[] = []
  let at = 0
  let isLast = false
  let up: T | undefined
  const show = () => {
    up = at < page.length ? read(page[at]!) : undefined
  }
  const turn = async () => {
    const turned = await source.next()
    isLast = turned.done === true
    page = turned.done ? [] : turned.value
    at = 0
    show()
  }
  await turn()
  return {
    row: () => up,
    isTurning: () => up === undefined && !isLast,
    turn,
    take(fits, use) {
      while (up !== undefined && fits(up)) {
        use(up)
        at++
        show()
      }
      return up !== undefined || isLast
    },
  }
}

/** 2024-05-18T01:02:03.120Z as PostgreSQL writes it in UTC: 2024-05-18 01:02:03.12+00. */
export const asWritten = (instant: string): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, -1).replace(/\.?0+$/, '')}+00`

/** What is written takes its time a moment before its entry does. Milliseconds. */
const MOMENT = 60_000

/** Whether an instant as PostgreSQL writes it lies a moment before one of the journal, or at it. */
export function isJustBefore(written: string, at: string): boolean {
  const before = Date.parse(at) - Date.parse(written.replace(' ', 'T').replace('+00', 'Z'))
  return before >= 0 && before <= MOMENT && written === asWritten(new Date(Date.parse(at) - before).toISOString())
}
