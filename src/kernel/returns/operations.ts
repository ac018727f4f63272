import { z } from 'zod'
import type { Ledger } from '../ledger.ts'
import { action, question } from '../operation.ts'
import { type Actor, may } from '../people/actor.ts'
import { ok, type Result } from '../result.ts'
import { expectedOf } from './due.ts'
import * as steps from './steps.ts'

// Returns as they are asked and done over the API.

const org = z.string().min(1).max(64)
const id = z.string().min(1).max(64)
const request = z.strictObject({ org, form: id, period: z.string().min(4).max(10) })
const committed = z.strictObject({ id: z.string(), version: z.int(), seq: z.int(), hash: z.string() })
const state = z.enum(['due', 'soon', 'late', 'submitted', 'returned', 'approved'])

const listed = z.strictObject({
  returns: z.array(
    z.strictObject({
      form: z.string(),
      name: z.string(),
      org: z.string(),
      orgName: z.string(),
      period: z.string(),
      dueOn: z.string(),
      state,
      timely: z.boolean().nullable(),
      id: z.string().nullable(),
      remark: z.string().nullable(),
      /** Whether the actor answers it, and whether the actor decides on it. */
      answers: z.boolean(),
      decides: z.boolean(),
    }),
  ),
  total: z.int(),
})

const MOST = 1000

/** Returns asked of a unit and those beneath, newest period first; with `period` those of one. */
async function returnsAt(
  ledger: Ledger,
  actor: Actor,
  asked: { org: string; form?: string; period?: string },
): Promise<Result<z.input<typeof listed>>> {
  const at = ledger.orgs.find(asked.org)
  if (!at.ok) return at
  const found = await expectedOf(ledger, ledger.orgs.under(at.value.path))
  if (!found.ok) return found
  const chosen = found.value.filter(
    one => (!asked.form || one.form.id === asked.form) && (!asked.period || one.period === asked.period),
  )
  return ok({
    total: chosen.length,
    returns: chosen.slice(0, MOST).map(({ form, unit, version: _, ...one }) => ({
      ...one,
      form: form.id,
      name: form.name,
      org: unit.code,
      orgName: unit.name,
      answers: may(actor, 'enter', unit.path),
      decides: may(actor, 'confirm', form.org.path),
    })),
  })
}

const drafted = z.strictObject({
  form: z.string(),
  name: z.string(),
  org: z.string(),
  period: z.string(),
  dueOn: z.string(),
  state: state.nullable(),
  id: z.string().nullable(),
  items: z.array(
    z.strictObject({
      code: z.string(),
      title: z.string(),
      kind: z.string(),
      indicator: z.string().nullable(),
      where: z.record(z.string(), z.string()),
      optional: z.boolean(),
      value: z.number().nullable(),
      answer: z.string().nullable(),
    }),
  ),
})

async function draftAt(
  ledger: Ledger,
  actor: Actor,
  asked: z.output<typeof request>,
): Promise<Result<z.input<typeof drafted>>> {
  const found = await steps.draft(ledger, actor, asked)
  if (!found.ok) return found
  const { form, unit, period, dueOn, stored, items } = found.value
  return ok({
    form: form.id,
    name: form.name,
    org: unit.code,
    period: period.text,
    dueOn,
    state: (stored?.state as z.infer<typeof state> | undefined) ?? null,
    id: stored?.id ?? null,
    items: items.map(item => ({ ...item, where: { ...item.where } })),
  })
}

export const operations = [
  question(
    'returns.list',
    {
      zh: '应报、已报',
      en: 'Returns asked and made',
      input: z.strictObject({ org, form: id.optional(), period: z.string().max(10).optional() }),
      answer: listed,
    },
    returnsAt,
  ),
  question('returns.draft', { zh: '上报表', en: 'A return filled in', input: request, answer: drafted }, draftAt),
  action(
    'returns.submit',
    {
      zh: '上报',
      en: 'Submit a return',
      input: z.strictObject({
        ...request.shape,
        answers: z.record(z.string().max(20), z.union([z.string().max(1000), z.number(), z.boolean()])),
      }),
      answer: committed,
    },
    steps.submitReturn,
  ),
  action(
    'returns.send-back',
    {
      zh: '退回',
      en: 'Send a return back',
      may: 'confirm',
      input: z.strictObject({ org, return: id, reason: z.string().max(500) }),
      answer: committed,
    },
    steps.returnBack,
  ),
  action(
    'returns.approve',
    {
      zh: '核准',
      en: 'Approve a return',
      may: 'confirm',
      input: z.strictObject({ org, return: id }),
      answer: committed,
    },
    steps.approve,
  ),
]
