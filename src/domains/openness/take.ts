import { z } from 'zod'
import { action } from '../../kernel/operation.ts'
import { day } from '../../kernel/period/period.ts'
import { addWorkingDays, loadCalendar } from '../../kernel/period/working-days.ts'
import { readRecord } from '../../kernel/records/read.ts'
import { create } from '../../kernel/records/records.ts'
import { fail, ok } from '../../kernel/result.ts'

/** Takes a request under a promise; it is due so many working days later as was promised. */
export const take = action(
  'openness.take',
  {
    zh: '受理承诺事项',
    en: 'Take a request',
    input: z.strictObject({ org: z.string(), promise: z.uuid(), applicant: z.string(), receivedOn: z.string() }),
    answer: z.strictObject({ id: z.string(), dueOn: z.string() }),
  },
  async (ledger, actor, { org, promise, applicant, receivedOn }) => {
    const promised = await readRecord(ledger, actor, promise)
    if (!promised.ok) return promised
    if (promised.value.type !== 'openness.promise')
      return fail('openness/no-promise', { field: 'promise', zh: '这不是服务承诺', en: 'That is no promise' })
    const received = day(receivedOn)
    if (!received.ok) return received
    const calendar = await loadCalendar(ledger.store.dataDir)
    if (!calendar.ok) return calendar
    const dueOn = addWorkingDays(calendar.value, received.value, Number(promised.value.fields.limit))
    const created = await create(ledger, actor, 'openness.request', {
      org,
      fields: { promise, applicant, receivedOn, dueOn },
    })
    return created.ok ? ok({ id: created.value.id, dueOn }) : created
  },
)
