import type pg from 'pg'
import type { Network, Office, Range, Route } from './network.ts'

// The network as its records tell it, on a day.

type Client = pg.Pool | pg.PoolClient

interface Row {
  readonly type: string
  readonly org: number
  readonly fields: Readonly<Record<string, unknown>>
}

// The one place where fields become the network: the record types' schemas have checked them.
const officeOf = ({ org, fields }: Row): Office => ({ ...(fields as unknown as Office), org })
const routeOf = ({ org, fields }: Row): Route => ({ ...(fields as unknown as Route), org })

/** Offices that are in use on a day, by code: those asked for, or all of a tree. */
export async function officesOn(
  client: Client,
  root: number,
  day: string,
  codes?: readonly string[],
): Promise<Map<string, Office>> {
  const { rows } = await client.query<Row>({
    name: 'mail-offices',
    text: `SELECT type, org, fields FROM record
      WHERE root = $1 AND type = 'mail.office' AND status IN ('entered', 'confirmed') AND day <= $2::date
        AND coalesce(fields ->> 'until', '9999-12-31') > $2::text AND ($3::text[] IS NULL OR unique_key = ANY($3))`,
    values: [root, day, codes?.map(code => JSON.stringify([code])) ?? null],
  })
  return new Map(rows.map(row => [String(row.fields.code), officeOf(row)]))
}

/** The routes that run on a day. */
export async function routesOn(client: Client, root: number, day: string): Promise<Map<string, Route>> {
  const { rows } = await client.query<Row>({
    name: 'mail-routes',
    text: `SELECT type, org, fields FROM record
      WHERE root = $1 AND type = 'mail.route' AND status IN ('entered', 'confirmed') AND day <= $2::date
        AND coalesce(fields ->> 'until', '9999-12-31') > $2::text`,
    values: [root, day],
  })
  return new Map(rows.map(row => [String(row.fields.code), routeOf(row)]))
}

/** The sorting plan of each office that is in effect on a day: of those begun, the one begun last, of these the highest version. */
export async function plansOn(client: Client, root: number, day: string): Promise<Map<string, readonly Range[]>> {
  const { rows } = await client.query<Row>({
    name: 'mail-plans',
    text: `SELECT DISTINCT ON (fields ->> 'office') type, org, fields FROM record
      WHERE root = $1 AND type = 'mail.plan' AND status IN ('entered', 'confirmed') AND day <= $2::date
      ORDER BY fields ->> 'office', day DESC, (fields ->> 'version')::int DESC`,
    values: [root, day],
  })
  return new Map(rows.map(({ fields }) => [String(fields.office), fields.ranges as readonly Range[]]))
}

export async function networkOn(client: pg.Pool, root: number, day: string): Promise<Network> {
  const [offices, routes, plans] = await Promise.all([
    officesOn(client, root, day),
    routesOn(client, root, day),
    plansOn(client, root, day),
  ])
  return { offices, routes, plans }
}

export interface Tariff {
  readonly version: number
  /** Fen for a bag over 100 km. */
  readonly carrying: number
  /** Fen for an item. */
  readonly handling: number
}

/** The tariff in effect on each of some days. */
export async function tariffsOn(client: Client, root: number, days: readonly string[]): Promise<Map<string, Tariff>> {
  const { rows } = await client.query<{ day: string; fields: Tariff }>({
    name: 'mail-tariffs',
    text: `SELECT d.day, t.fields FROM unnest($2::date[]) AS d(day) CROSS JOIN LATERAL (
        SELECT fields FROM record
        WHERE root = $1 AND type = 'mail.tariff' AND status IN ('entered', 'confirmed') AND day <= d.day
        ORDER BY day DESC, (fields ->> 'version')::int DESC LIMIT 1) t`,
    values: [root, days],
  })
  return new Map(rows.map(({ day, fields }) => [day, fields]))
}
