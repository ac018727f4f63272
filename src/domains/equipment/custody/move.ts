import { z } from 'zod'
import { allOrNone } from '../../../kernel/all-or-none.ts'
import { action } from '../../../kernel/operation.ts'
import { today } from '../../../kernel/period/day.ts'
import { orgUnit, text } from '../../../kernel/records/fields.ts'
import { readRecord } from '../../../kernel/records/read.ts'
import { change, create } from '../../../kernel/records/records.ts'
import { fail, ok } from '../../../kernel/result.ts'

/** Moves a device to another unit: its record goes there, and the move is kept. Who moves it may enter at both. */
export const move = action(
  'custody.transfer',
  {
    zh: '调拨设备',
    en: 'Move a device',
    input: z.strictObject({
      org: orgUnit({ zh: '调入单位', en: 'To' }),
      device: z.uuid(),
      reason: text({ zh: '原因', en: 'Reason', max: 200 }),
      version: z.int().optional(),
    }),
    on: { type: 'equipment.device', as: 'device' },
    answer: z.strictObject({ move: z.string(), version: z.int() }),
  },
  async (ledger, actor, { org, device, reason, version }) => {
    const found = await readRecord(ledger, actor, device)
    if (!found.ok) return found
    const { type, state, root, org: at } = found.value
    if (type !== 'equipment.device' || state === 'retired')
      return fail('custody/no-device', {
        field: 'device',
        zh: '只有在册设备可以调拨',
        en: 'Only a device that is not retired can move',
      })
    const from = ledger.orgs.byId(at)!.code
    const done = await allOrNone(ledger.store.pool, async client => {
      const fields = { device, from, to: org, movedOn: today(ledger.clock), reason }
      const kept = await create(ledger, actor, 'custody.move', { org: from, fields }, { client })
      if (!kept.ok) return kept
      const moved = await change(ledger, actor, device, { org }, { client, ...(version ? { version } : {}) })
      return moved.ok ? ok({ kept: kept.value, moved: moved.value }) : moved
    })
    if (!done.ok) return done
    const { kept, moved } = done.value
    ledger.onTouched([
      { root, org: at, type: 'custody.move', seq: kept.seq },
      { root, org: ledger.orgs.byCode(org)!.id, type, seq: moved.seq },
    ])
    return ok({ move: kept.id, version: moved.version })
  },
)
