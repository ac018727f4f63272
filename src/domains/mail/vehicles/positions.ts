import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import type { Ledger } from '../../../kernel/ledger.ts'
import { question } from '../../../kernel/operation.ts'
import { ensurePartitions } from '../../../kernel/own-tables.ts'
import { ok } from '../../../kernel/result.ts'
import { service } from '../../../kernel/service.ts'
import { uuidOf } from '../events/scan.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { authenticationCode, isAuthenticationCode } from './authentication.ts'
import { faults } from './frame.ts'
import { gateway, type Kept, type Reported } from './gateway.ts'
import { isLocated, REGISTRATION } from './message.ts'

// Positions of vehicles: kept by day, and what follows from them: mileage, time at a standstill with the engine on.

/** Keeps positions; the same one again is no news. A vehicle's clock that lies is the receiving time's. */
export async function keepPositions(ledger: Ledger, root: number, batch: readonly Reported[]): Promise<void> {
  const rows = batch
    .filter(({ position }) => isLocated(position))
    .map(({ terminal, position, receivedAt }) => {
      const ahead = position.at.getTime() - receivedAt.getTime()
      const time = (ahead > 600_000 ? receivedAt : position.at).toISOString()
      return { terminal, position, time, day: dayOfInstant(time) }
    })
  if (rows.length === 0) return
  await ensurePartitions(ledger.store, 'mail_position', [...new Set(rows.map(({ day }) => day))])
  await ledger.store.pool.query({
    name: 'mail-positions',
    text: `INSERT INTO mail_position (root, day, vehicle, time, lat, lon, speed, course, mileage, alarm, status)
      SELECT $1, i.* FROM unnest($2::date[], $3::text[], $4::timestamptz[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[], $11::int[]) i
      ON CONFLICT DO NOTHING`,
    values: [
      root,
      rows.map(({ day }) => day),
      rows.map(({ terminal }) => terminal),
      rows.map(({ time }) => time),
      rows.map(({ position }) => position.latitude),
      rows.map(({ position }) => position.longitude),
      rows.map(({ position }) => position.speed),
      rows.map(({ position }) => position.course),
      rows.map(({ position }) => position.mileage ?? null),
      rows.map(({ position }) => position.alarm | 0),
      rows.map(({ position }) => position.status | 0),
    ],
  })
}

export interface Use {
  readonly vehicle: string
  /** Positions told. */
  readonly positions: number
  readonly km: number
  /** Minutes on the way, and at a standstill with the engine on. */
  readonly moving: number
  readonly idle: number
}

/** Longer silences than this, in minutes, count as neither. */
const SILENCE = 10

/** How vehicles were used on the days [from, until), worked out from their positions. */
export async function vehicleUse(client: pg.Pool, root: number, from: string, until: string): Promise<Use[]> {
  const { rows } = await client.query<
    Omit<Use, 'km' | 'moving' | 'idle'> & { km: string; moving: string; idle: string }
  >({
    name: 'mail-vehicle-use',
    text: `WITH steps AS (
        SELECT vehicle, speed, status, mileage, lead(mileage) OVER w AS after, lat, lon, lead(lat) OVER w AS lat2, lead(lon) OVER w AS lon2,
          least(extract(epoch FROM lead(time) OVER w - time) / 60, ${SILENCE + 1}) AS minutes
        FROM mail_position WHERE root = $1 AND day >= $2::date AND day < $3::date WINDOW w AS (PARTITION BY vehicle ORDER BY time))
      SELECT vehicle, count(*) AS positions,
        coalesce(sum(CASE WHEN after >= mileage THEN (after - mileage) / 10.0
          ELSE 111.195 * sqrt(power((lat2 - lat) / 1e6, 2) + power((lon2 - lon) / 1e6 * cos(radians(lat / 1e6)), 2)) END), 0) AS km,
        coalesce(sum(minutes) FILTER (WHERE minutes <= ${SILENCE} AND speed > 0), 0) AS moving,
        coalesce(sum(minutes) FILTER (WHERE minutes <= ${SILENCE} AND speed = 0 AND status & 1 = 1), 0) AS idle
      FROM steps GROUP BY vehicle ORDER BY vehicle`,
    values: [root, from, until],
  })
  const rounded = (value: string) => Math.round(Number(value) * 10) / 10
  return rows.map(({ vehicle, positions, km, moving, idle }) => ({
    vehicle,
    positions,
    km: rounded(km),
    moving: rounded(moving),
    idle: rounded(idle),
  }))
}

const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const askVehicleUse = question(
  'mail.vehicle-use',
  {
    zh: '车辆使用情况',
    en: 'How vehicles were used',
    input: z.strictObject({ org: z.string(), from: dayText, until: dayText }),
    answer: z.strictObject({
      vehicles: z.array(
        z.strictObject({
          vehicle: z.string(),
          positions: z.int(),
          km: z.number(),
          moving: z.number(),
          idle: z.number(),
        }),
      ),
    }),
  },
  async (ledger, _actor, { org, from, until }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    return ok({ vehicles: await vehicleUse(ledger.store.pool, unit.value.root, from, until) })
  },
)

/** Where vehicles are: the newest position of each on a day. */
export const askVehicles = question(
  'mail.vehicles',
  {
    zh: '车辆位置',
    en: 'Where vehicles are',
    input: z.strictObject({ org: z.string(), day: dayText.optional() }),
    answer: z.strictObject({
      vehicles: z.array(
        z.strictObject({
          vehicle: z.string(),
          time: z.string(),
          lat: z.number(),
          lon: z.number(),
          speed: z.number(),
          ignition: z.boolean(),
        }),
      ),
    }),
  },
  async (ledger, _actor, { org, day = dayOfInstant(ledger.clock().toISOString()) }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { rows } = await ledger.store.pool.query<{
      vehicle: string
      time: string
      lat: number
      lon: number
      speed: number
      status: number
      alarm: number
    }>(
      `SELECT DISTINCT ON (vehicle) vehicle, time, lat, lon, speed, status, alarm FROM mail_position
       WHERE root = $1 AND day = $2 ORDER BY vehicle, time DESC`,
      [unit.value.root, day],
    )
    return ok({
      vehicles: rows.map(({ lat, lon, speed, status, vehicle, time }) => ({
        vehicle,
        time,
        lat: lat / 1e6,
        lon: lon / 1e6,
        speed: speed / 10,
        ignition: (status & 1) === 1,
      })),
    })
  },
)

/** Bytes that were no message, kept for whoever looks into it. */
async function quarantineFrame(
  { store }: Ledger,
  root: number,
  { fault, bytes, terminal, remote, at }: Kept,
): Promise<void> {
  const payload = JSON.stringify({ terminal, remote, bytes: bytes.toString('hex') })
  const code = `mail/frame-${fault}`
  await store.pool.query(
    `INSERT INTO mail_quarantine (root, id, org, payload, reason, problem, received_at) VALUES ($1, $2, $1, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [root, uuidOf(`${code}|${payload}`), payload, code, JSON.stringify({ code, ...faults[fault] }), at.toISOString()],
  )
}

/**
 * The gateway of vehicle terminals, on the port of `YILU_JT808_PORT` for the vehicles of the unit `YILU_JT808_ORG`. The
 * secret of their authentication codes is `YILU_JT808_SECRET`; without it terminals register anew after each start.
 */
export const vehicleGateway = service(
  'mail.vehicles',
  { zh: '车载终端网关', en: 'Gateway of vehicle terminals' },
  async (ledger, env, say) => {
    const port = Number(env.YILU_JT808_PORT)
    const unit = ledger.orgs.byCode(env.YILU_JT808_ORG ?? '')
    if (!env.YILU_JT808_PORT) return null
    if (!unit || !Number.isInteger(port)) {
      say({
        zh: '车载终端网关没有启动：请用 YILU_JT808_PORT 和 YILU_JT808_ORG 指定端口和单位',
        en: 'The gateway of terminals is not running: name its port and unit in YILU_JT808_PORT and YILU_JT808_ORG',
      })
      return null
    }
    const secret = env.YILU_JT808_SECRET ? Buffer.from(env.YILU_JT808_SECRET) : randomBytes(32)
    const trouble = (error: unknown) =>
      say({ zh: `车载终端网关：${String(error)}`, en: `Gateway of vehicle terminals: ${String(error)}` })
    const terminals = gateway({
      admit: async (_, terminal) => ({ result: REGISTRATION.ok, code: authenticationCode(secret, terminal) }),
      authenticate: async (terminal, code) => isAuthenticationCode(secret, terminal, code),
      sink: batch => keepPositions(ledger, unit.root, batch),
      quarantine: kept => void quarantineFrame(ledger, unit.root, kept).catch(trouble),
      trouble,
      now: ledger.clock,
    })
    const bound = await terminals.listen(port)
    say({ zh: `车载终端网关在端口 ${bound}`, en: `Vehicle terminals are taken on port ${bound}` })
    return { close: () => terminals.close() }
  },
)
