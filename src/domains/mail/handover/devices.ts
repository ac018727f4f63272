import { createPublicKey } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { allOrNone } from '../../../kernel/all-or-none.ts'
import { action, question } from '../../../kernel/operation.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { officesOn } from '../network/read.ts'
import { journalled } from '../runs/runs.ts'
import { unknownOffice } from '../work.ts'

// Devices that sign: a counter's scanner for its office, a driver's phone for the runs of its unit.

export interface Device {
  readonly id: string
  readonly org: number
  /** `office:CODE`, or `runs` for the runs of its unit. */
  readonly holder: string
  readonly publicKey: Buffer
  readonly revokedAt: string | null
}

export async function devicesNamed(client: pg.Pool | pg.PoolClient, root: number, ids: readonly string[]) {
  const { rows } = await client.query<Device>(
    `SELECT id, org, holder, public_key AS "publicKey", revoked_at AS "revokedAt" FROM mail_device WHERE root = $1 AND id = ANY($2)`,
    [root, ids],
  )
  return new Map(rows.map(device => [device.id, device]))
}

/** An Ed25519 key as SPKI, DER in base64. */
function readKey(text: string): Result<Buffer> {
  try {
    const der = Buffer.from(text, 'base64')
    if (createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519') return ok(der)
  } catch {
    // told below
  }
  return fail('mail/key', {
    field: 'publicKey',
    zh: '公钥应为 Ed25519（SPKI，DER，base64）',
    en: 'The key must be Ed25519 (SPKI, DER, base64)',
  })
}

const deviceId = z.string().regex(/^[\w.-]{3,40}$/)

export const registerDevice = action(
  'mail.device-register',
  {
    zh: '登记签名设备',
    en: 'Register a device that signs',
    may: 'confirm',
    input: z.strictObject({
      org: z.string(),
      device: deviceId,
      /** The office it signs for; the runs of the unit when not given. */
      office: z.string().max(8).optional(),
      publicKey: z.string().max(200),
    }),
    answer: z.strictObject({ device: z.string(), holder: z.string() }),
  },
  async (ledger, actor, { org, device, office: code, publicKey }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const key = readKey(publicKey)
    if (!key.ok) return key
    const { root, path } = unit.value
    const now = ledger.clock().toISOString()
    if (code !== undefined) {
      const office = (await officesOn(ledger.store.pool, root, dayOfInstant(now), [code])).get(code)
      if (!office || !ledger.orgs.byId(office.org)?.path.startsWith(path)) return unknownOffice(code)
    }
    const holder = code === undefined ? 'runs' : `office:${code}`
    return allOrNone(ledger.store.pool, async client => {
      const { rowCount } = await client.query(
        `INSERT INTO mail_device (root, id, org, holder, public_key, registered_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [root, device, unit.value.id, holder, key.value, now],
      )
      if (rowCount === 0)
        return fail('mail/device-taken', {
          field: 'device',
          value: device,
          zh: `设备“${device}”已登记；更换密钥请先吊销，再以新编号登记`,
          en: `${device} is registered; to change its key revoke it and register another`,
        })
      const note = { holder, publicKey }
      await journalled(client, ledger, actor, unit.value, `mail:device ${device}`, 'mail-device-register', note)
      return ok({ device, holder })
    })
  },
)

export const revokeDevice = action(
  'mail.device-revoke',
  {
    zh: '吊销签名设备',
    en: 'Revoke a device',
    may: 'confirm',
    input: z.strictObject({ org: z.string(), device: deviceId, reason: z.string().trim().min(1).max(200) }),
    answer: z.strictObject({ device: z.string(), revokedAt: z.string() }),
  },
  async (ledger, actor, { org, device, reason }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const revokedAt = ledger.clock().toISOString()
    return allOrNone(ledger.store.pool, async client => {
      const found = (await devicesNamed(client, unit.value.root, [device])).get(device)
      if (!found || !ledger.orgs.byId(found.org)?.path.startsWith(unit.value.path)) return unknownDevice(device)
      const { rows } = await client.query<{ revokedAt: string }>(
        `UPDATE mail_device SET revoked_at = coalesce(revoked_at, $3) WHERE root = $1 AND id = $2 RETURNING revoked_at AS "revokedAt"`,
        [unit.value.root, device, revokedAt],
      )
      await journalled(client, ledger, actor, unit.value, `mail:device ${device}`, 'mail-device-revoke', { reason })
      return ok({ device, revokedAt: rows[0]!.revokedAt })
    })
  },
)

export const listDevices = question(
  'mail.devices',
  {
    zh: '签名设备',
    en: 'Devices that sign',
    input: z.strictObject({ org: z.string() }),
    answer: z.strictObject({
      devices: z.array(
        z.strictObject({ device: z.string(), org: z.string(), holder: z.string(), revokedAt: z.string().nullable() }),
      ),
    }),
  },
  async (ledger, _actor, { org }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { rows } = await ledger.store.pool.query<{
      device: string
      org: string
      holder: string
      revokedAt: string | null
    }>(
      `SELECT d.id AS device, u.code AS org, d.holder, d.revoked_at AS "revokedAt" FROM mail_device d JOIN org_unit u ON u.id = d.org
       WHERE d.root = $1 AND u.path LIKE $2 || '%' ORDER BY d.id`,
      [unit.value.root, unit.value.path],
    )
    return ok({ devices: rows })
  },
)

export const unknownDevice = (device: string) =>
  fail('mail/unknown-device', {
    field: 'device',
    value: device,
    zh: `设备“${device}”没有登记`,
    en: `The device ${device} is not registered`,
  })
