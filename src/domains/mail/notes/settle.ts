import { z } from 'zod'
import { action } from '../../../kernel/operation.ts'
import { ok } from '../../../kernel/result.ts'
import { piecesOf } from '../branch/close.ts'
import { eventRow } from '../events/rows.ts'
import { dayOfInstant } from '../events/shanghai.ts'
import { pieceNamed, subjectsOf, unknownPiece } from '../tracing/trace.ts'
import { doing } from '../work.ts'

/** Settles where something is after a verification note: found at an office, or lost. The finding moves it, with its reason. */
export const adjudicate = action(
  'mail.adjudicate',
  {
    zh: '验单裁定',
    en: 'Settle where something is',
    may: 'confirm',
    input: z.strictObject({
      org: z.string(),
      number: z.string().max(64),
      to: z.string().regex(/^(office:\d{8}|lost:)$/),
      reason: z.string().trim().min(4).max(200),
    }),
    answer: z.strictObject({ from: z.string(), to: z.string() }),
  },
  async (ledger, actor, { org, number, to, reason }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const { root } = unit.value
    const now = ledger.clock()
    const subjects = subjectsOf(number, now.getUTCFullYear())
    if (!subjects.ok) return subjects
    const named = await pieceNamed(ledger.store.pool, [root], subjects.value)
    if (!named) return unknownPiece(number)
    const time = now.toISOString()
    return doing(ledger, actor, unit.value, [dayOfInstant(time)], async (client, { keep }) => {
      const { kind, subject, custodian } = (await piecesOf(client, root, [named.subject])).get(named.subject)!
      const from = custodian ?? 'unknown'
      const row = eventRow({
        of: { kind, subject },
        org: unit.value.id,
        code: 'ADJ',
        time,
        giver: from,
        receiver: to,
        remark: reason,
      })
      await keep([row], 'mail-adjudicate')
      return ok({ from, to })
    })
  },
)
