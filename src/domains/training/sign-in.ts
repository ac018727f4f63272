import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { action } from '../../kernel/operation.ts'
import { type Actor, permit } from '../../kernel/people/actor.ts'
import { today } from '../../kernel/period/period.ts'
import { allRecords, type ListedRecord } from '../../kernel/records/list.ts'
import { change, create } from '../../kernel/records/records.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'

/** A session at a unit or beneath, for somebody who may enter there. */
async function sessionAt(ledger: Ledger, actor: Actor, org: string, id: string): Promise<Result<ListedRecord>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'enter', unit.value)
  if (!permitted.ok) return permitted
  const found = await allRecords(ledger, actor, { type: 'training.session', org, filter: { id } })
  if (!found.ok) return found
  const session = found.value[0]
  if (session) return ok(session)
  return fail('training/no-session', {
    field: 'session',
    zh: '本单位没有这场培训',
    en: 'There is no such session at this unit',
  })
}

/** Signs a trainee in by the number that the sign-in code holds. */
export const signIn = action(
  'training.sign-in',
  {
    zh: '扫码签到',
    en: 'Sign in by code',
    input: z.strictObject({ org: z.string(), session: z.uuid(), number: z.string().trim().min(1).max(30) }),
    answer: z.strictObject({ name: z.string(), signed: z.number() }),
  },
  async (ledger, actor, { org, session: id, number }) => {
    const session = await sessionAt(ledger, actor, org, id)
    if (!session.ok) return session
    const found = await allRecords(ledger, actor, { type: 'training.trainee', filter: { number } })
    if (!found.ok) return found
    // The list narrows by parts of a text.
    const trainee = found.value.find(one => one.fields.number === number)
    if (!trainee)
      return fail('training/no-trainee', {
        field: 'number',
        value: number,
        zh: `没有学员号“${number}”`,
        en: `There is no trainee ${number}`,
      })
    const now = ledger.clock()
    const fields = {
      session: id,
      trainee: trainee.id,
      signedOn: today(ledger.clock),
      signedAt: now.toISOString(),
      way: 'code',
    }
    const saved = await create(ledger, actor, 'training.attendance', { org: session.value.org, fields })
    if (!saved.ok) return saved
    const all = await allRecords(ledger, actor, { type: 'training.attendance', filter: { session: id } })
    return all.ok ? ok({ name: String(trainee.fields.name), signed: all.value.length }) : all
  },
)

/** Closes the list of a session: its attendance is what the list says from then on. */
export const closeList = action(
  'training.close-list',
  {
    zh: '封存签到名单',
    en: 'Close an attendance list',
    input: z.strictObject({ org: z.string(), session: z.uuid() }),
    answer: z.strictObject({ attended: z.number() }),
  },
  async (ledger, actor, { org, session: id }) => {
    const session = await sessionAt(ledger, actor, org, id)
    if (!session.ok) return session
    if (session.value.fields.list !== 'open')
      return fail('training/no-open-list', {
        field: 'session',
        zh: '这一场不在签到',
        en: 'This session has no open list',
      })
    const signed = await allRecords(ledger, actor, { type: 'training.attendance', filter: { session: id } })
    if (!signed.ok) return signed
    const attended = signed.value.length
    const closed = await change(ledger, actor, id, { fields: { list: 'closed', attended } })
    return closed.ok ? ok({ attended }) : closed
  },
)
