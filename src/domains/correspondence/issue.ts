import { z } from 'zod'
import type { Ledger } from '../../kernel/ledger.ts'
import { action, question } from '../../kernel/operation.ts'
import { type Actor, operator } from '../../kernel/people/actor.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { create } from '../../kernel/records/records.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { kinds } from './topics.ts'

const TYPE = 'correspondence.outgoing'
/** Others may take the number that was looked up; so often it is looked up again. */
const TRIES = 20

const series = z.string().min(1).max(30)
const kind = z.enum(Object.keys(kinds) as [keyof typeof kinds, ...(keyof typeof kinds)[]])

/** The number after the highest of a series; who may not read all documents of the tree learns only that number. */
async function next(ledger: Ledger, org: string, name: string): Promise<Result<number>> {
  const unit = ledger.orgs.find(org)
  if (!unit.ok) return unit
  const root = ledger.orgs.byId(unit.value.root)!.code
  const issued = await allRecords(ledger, operator('numbers'), { type: TYPE, org: root, filter: { series: name } })
  if (!issued.ok) return issued
  return ok(1 + issued.value.reduce((most, { fields }) => Math.max(most, Number(fields.number)), 0))
}

export const nextNumber = question(
  'correspondence.next-number',
  {
    zh: '下一个发文号',
    en: 'The next number',
    may: 'enter',
    input: z.strictObject({ org: z.string(), series }),
    answer: z.strictObject({ number: z.number() }),
  },
  async (ledger, _, { org, series }) => {
    const number = await next(ledger, org, series)
    return number.ok ? ok({ number: number.value }) : number
  },
)

/** Issues a document under the next number of its series, whoever else issues one at the same moment. */
export const issue = action(
  'correspondence.issue',
  {
    zh: '编号发文',
    en: 'Issue a document',
    input: z.strictObject({
      org: z.string(),
      series,
      title: z.string(),
      kind,
      issuedOn: z.string(),
      recipients: z.string(),
      answers: z.uuid().optional(),
    }),
    answer: z.strictObject({ id: z.string(), number: z.number() }),
  },
  (ledger, actor, input) => issueNext(ledger, actor, input, TRIES),
)

async function issueNext(
  ledger: Ledger,
  actor: Actor,
  input: { readonly org: string; readonly series: string } & Readonly<Record<string, unknown>>,
  tries: number,
): Promise<Result<{ id: string; number: number }>> {
  const number = await next(ledger, input.org, input.series)
  if (!number.ok) return number
  const { org, ...fields } = input
  const created = await create(ledger, actor, TYPE, { org, fields: { ...fields, number: number.value } })
  if (created.ok) return ok({ id: created.value.id, number: number.value })
  const taken = created.problems.every(
    ({ code }) => code === 'correspondence.sequence/not-next' || code === 'record/duplicate-key',
  )
  return taken && tries > 1 ? issueNext(ledger, actor, input, tries - 1) : created
}
