import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'
import { refusal } from './problem.ts'
import { grantToApplication } from './roles.ts'
import { inTransaction } from './transaction.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** Any number, the same in every version: one program at a time changes the schema of a database. */
const schemaLock = 7300_0001
const folder = new URL('./migrations/', import.meta.url)

/** The numbered SQL files of this program, in order. They lie beside this file, in the sources as in a build. */
export async function knownMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => /^\d{4}-[\w-]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(new URL(name, folder), 'utf8')
      return {
        number: Number(name.slice(0, 4)),
        name: name.slice(0, -'.sql'.length),
        sql,
        sha256: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex'),
      }
    }),
  )
}

/** The highest migration number of the database; 0 when it has none. */
export async function schemaNumber(owner: pg.Pool): Promise<number> {
  return (await appliedMigrations(owner)).at(-1)?.number ?? 0
}

/**
 * What `migrate` would apply. Refuses `store/newer-schema` when the database is ahead of the program and
 * `store/edited-migration` when an applied file has changed since.
 */
export async function pendingMigrations(owner: pg.Pool, known?: readonly Migration[]): Promise<Migration[]> {
  return compare(await appliedMigrations(owner), known ?? (await knownMigrations()))
}

/**
 * Applies what is pending, each file in its own transaction, and grants the application its rights.
 * @param upTo apply no number above this (a restore stops at the backup's)
 * @returns the migrations applied
 */
export async function migrate(
  owner: pg.Pool,
  { upTo = Number.MAX_SAFE_INTEGER, known }: { upTo?: number; known?: readonly Migration[] } = {},
): Promise<Migration[]> {
  const all = known ?? (await knownMigrations())
  const client = await owner.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [schemaLock])
    const applied = compare(await appliedMigrations(client), all).filter(migration => migration.number <= upTo)
    for (const migration of applied) await inTransaction(client, () => apply(client, migration))
    await inTransaction(client, grantToApplication)
    return applied
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [schemaLock]).catch(() => undefined)
    client.release()
  }
}

interface Applied {
  readonly number: number
  readonly name: string
  readonly sha256: string
}

async function appliedMigrations(client: pg.Pool | pg.PoolClient): Promise<Applied[]> {
  const { rows } = await client.query<{ found: boolean }>(`SELECT to_regclass('migration') IS NOT NULL AS found`)
  if (!rows[0]?.found) return []
  return (await client.query<Applied>('SELECT number, name, sha256 FROM migration ORDER BY number')).rows
}

function compare(applied: readonly Applied[], known: readonly Migration[]): Migration[] {
  const newest = known.at(-1)?.number ?? 0
  const found = applied.at(-1)?.number ?? 0
  if (found > newest) {
    throw refusal('store/newer-schema', {
      zh: `数据库的结构（第 ${found} 版）比本程序（第 ${newest} 版）新，请升级程序`,
      en: `The database's schema (${found}) is newer than this program's (${newest}); upgrade the program`,
      found,
      expected: newest,
    })
  }
  const byNumber = new Map(applied.map(migration => [migration.number, migration]))
  for (const { number, name, sha256 } of known) {
    const before = byNumber.get(number)
    if (before === undefined || before.sha256 === sha256) continue
    throw refusal('store/edited-migration', {
      zh: `数据库升级脚本 ${name} 在执行之后被改动过`,
      en: `The migration ${name} has been edited since it was applied`,
      migration: name,
    })
  }
  return known.filter(migration => !byNumber.has(migration.number))
}

/** Applies one migration within the caller's transaction. */
export async function apply(client: pg.PoolClient, { number, name, sql, sha256 }: Migration): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS migration (
    number int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
  await client.query(sql)
  await client.query('INSERT INTO migration (number, name, sha256) VALUES ($1, $2, $3)', [number, name, sha256])
}
