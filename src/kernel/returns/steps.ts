import { figures } from '../figures/figure.ts'
import { writeNumber } from '../figures/wording.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, operator, permit } from '../people/actor.ts'
import { periodOfCycle } from '../period/cycles.ts'
import { type Period, today } from '../period/period.ts'
import { loadCalendar } from '../period/working-days.ts'
import type { Committed } from '../records/commit.ts'
import { patched } from '../records/patch.ts'
import { RECORD_COLUMNS, type Status, type StoredRecord } from '../records/record.ts'
import { create } from '../records/records.ts'
import { revise } from '../records/revise.ts'
import { referringTerm } from '../records/terms.ts'
import { letIn, THROUGH } from '../records/through.ts'
import type { Fields } from '../records/type.ts'
import { fail, failAll, ok, type Problem, type Result } from '../result.ts'
import { type AskedItem, dueOn, type Form, findForm, isAsked } from './form.ts'
import { made } from './types.ts'

// A return on its way: drafted from the ledger, submitted, sent back or approved. Once approved nothing changes it.

export interface ReturnRequest {
  readonly org: string
  readonly form: string
  readonly period: string
}

export interface Drafted {
  readonly form: Form
  readonly unit: OrgUnit
  readonly period: Period
  readonly dueOn: string
  readonly stored: StoredRecord | null
  readonly items: readonly DraftedItem[]
}

export interface DraftedItem extends AskedItem {
  /** Of a figure: as the ledger has it now, and as it is written; of the rest: what was answered before. */
  readonly value: number | null
  readonly answer: string | null
}

/** A return as it would be submitted now, figures from the ledger. */
export async function draft(ledger: Ledger, actor: Actor, request: ReturnRequest): Promise<Result<Drafted>> {
  const unit = ledger.orgs.find(request.org)
  if (!unit.ok) return unit
  const permitted = permit(actor, 'read', unit.value)
  if (!permitted.ok) return permitted
  const found = await findForm(ledger, unit.value.root, request.form)
  if (!found.ok) return found
  const form = found.value
  const period = periodOfCycle(form.cycle, request.period)
  if (!period.ok) return period
  if (!isAsked(form, unit.value, period.value) || form.state === 'preparing' || period.value.from < form.startsOn)
    return fail('return/not-asked', {
      zh: `“${unit.value.name}”这一期不用报`,
      en: `${unit.value.code} is not asked for this return`,
    })
  const [stored, calendar, drafted] = await Promise.all([
    storedReturn(ledger, form, unit.value, period.value),
    loadCalendar(ledger.store.dataDir),
    figuresFor(ledger, form, unit.value, period.value),
  ])
  if (!calendar.ok) return calendar
  if (!drafted.ok) return drafted
  const before = new Map(
    ((stored?.fields.answers ?? []) as Fields[]).map(answer => [answer.code, String(answer.answer)] as const),
  )
  return ok({
    form,
    unit: unit.value,
    period: period.value,
    dueOn: dueOn(form, calendar.value, period.value),
    stored,
    items: form.items.map(item => {
      // What was submitted stays as it was, whatever the ledger says since.
      const told = stored && stored.state !== 'returned' ? undefined : drafted.value.get(item.code)
      return { ...item, value: told?.value ?? null, answer: told?.answer ?? before.get(item.code) ?? null }
    }),
  })
}

async function figuresFor(ledger: Ledger, form: Form, unit: OrgUnit, period: Period) {
  const asked = form.items.filter(item => item.kind === 'figure')
  const found = await figures(
    ledger,
    operator('returns'),
    asked.map(({ indicator, where }) => ({ indicator: indicator!, where, org: unit.code, period: period.text })),
  )
  if (!found.ok) return found
  return ok(
    new Map(
      found.value.map(({ value, unit: of }, i) => [asked[i]!.code, { value, answer: writeNumber(value, of) }] as const),
    ),
  )
}

async function storedReturn(ledger: Ledger, form: Form, unit: OrgUnit, period: Period): Promise<StoredRecord | null> {
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r WHERE r.root = $1 AND r.type = 'returns.return' AND r.org = $2
       AND r.links @> ARRAY[$3] AND r.fields ->> 'form' = $4 AND r.fields ->> 'period' = $5 AND r.status IN ('entered', 'confirmed')`,
    [unit.root, unit.id, referringTerm(form.id), form.id, period.text],
  )
  return rows[0] ?? null
}

export interface Submitted extends ReturnRequest {
  /** By number of the item; figures are not among them. */
  readonly answers: Readonly<Record<string, string | number | boolean>>
}

/** Submits a return, or one that was sent back again. Figures are those of this moment, taken from the ledger. */
export async function submitReturn(ledger: Ledger, actor: Actor, request: Submitted): Promise<Result<Committed>> {
  const drafted = await draft(ledger, actor, request)
  if (!drafted.ok) return drafted
  const { form, unit, period, stored, items, dueOn: due } = drafted.value
  const permitted = permit(actor, 'enter', unit)
  if (!permitted.ok) return permitted
  const now = today(ledger.clock)
  if (period.until > now)
    return fail('return/early', { field: 'period', zh: '本期还没有结束', en: 'The period is not over yet' })
  if (stored && stored.state !== 'returned')
    return stored.state === 'approved'
      ? fail('return/locked', { zh: '已经核准，不能再改', en: 'It is approved and cannot be changed' })
      : fail('return/submitted', {
          zh: '已经上报；要改请先请上级退回',
          en: 'It is submitted; ask for it to be sent back',
        })
  const answers = answersTo(items, request.answers)
  if (!answers.ok) return answers
  const fields = {
    form: form.id,
    name: form.name,
    period: period.text,
    dueOn: due,
    submittedOn: now,
    submittedAt: ledger.clock().toISOString(),
    // A return that was sent back is on time by the day it was first there.
    timely: stored ? stored.fields.timely : now <= due ? 'yes' : 'no',
    answers: answers.value,
  }
  if (!stored) return create(ledger, letIn(actor), made.id, { org: unit.code, fields }, THROUGH)
  return step(ledger, actor, stored, 'submit', { ...fields, remark: null }, 'submitted')
}

function answersTo(items: readonly DraftedItem[], told: Submitted['answers']): Result<Fields[]> {
  const problems: Problem[] = []
  const refuse = (field: string, zh: string, en: string) => problems.push({ code: 'return/answer', field, zh, en })
  for (const code of Object.keys(told)) {
    const item = items.find(one => one.code === code)
    if (!item) refuse(code, `没有编号为“${code}”的内容`, `There is no item ${code}`)
    else if (item.kind === 'figure')
      refuse(code, `“${item.title}”由台账带出，不能填报`, `${item.title} comes from the ledger and is not typed`)
  }
  const answers = items.flatMap(({ code, title, kind, answer, value, optional }) => {
    if (kind === 'figure') return [{ code, title, answer: answer!, ...(value === null ? {} : { value: exact(value) }) }]
    const said = told[code]
    if (said === undefined || said === '') {
      if (!optional) refuse(code, `请填写“${title}”`, `Answer ${title}`)
      return []
    }
    const written = writtenAnswer(kind, said)
    if (!written) refuse(code, `“${title}”填得不对`, `${title} is not answered as it is asked`)
    return written ? [{ code, title, ...written }] : []
  })
  return problems.length > 0 ? failAll(problems) : ok(answers)
}

/** To the four digits that are kept; the answer in words tells the same figure. */
const exact = (value: number) => Number(value.toFixed(4))

function writtenAnswer(kind: AskedItem['kind'], said: string | number | boolean) {
  if (kind === 'confirm') return typeof said === 'boolean' ? { answer: said ? '是' : '否', value: said ? 1 : 0 } : null
  if (kind === 'number')
    return typeof said === 'number' && exact(said) === said ? { answer: String(said), value: said } : null
  return typeof said === 'string' && said.trim() !== '' ? { answer: said } : null
}

export interface Decided {
  readonly org: string
  readonly return: string
  readonly reason?: string
}

/** The unit that asked sends a return back with a reason. */
export async function returnBack(ledger: Ledger, actor: Actor, decided: Decided): Promise<Result<Committed>> {
  const found = await deciding(ledger, actor, decided)
  if (!found.ok) return found
  const remark = decided.reason?.trim()
  if (!remark) return fail('return/reason', { field: 'reason', zh: '请写明退回的原因', en: 'Say why it is sent back' })
  return step(ledger, actor, found.value, 'return', { remark }, 'returned')
}

/** The unit that asked approves a return: from then on it is locked. */
export async function approve(ledger: Ledger, actor: Actor, decided: Decided): Promise<Result<Committed>> {
  const found = await deciding(ledger, actor, decided)
  return found.ok ? step(ledger, actor, found.value, 'confirm', {}, 'approved', 'confirmed') : found
}

async function deciding(ledger: Ledger, actor: Actor, decided: Decided): Promise<Result<StoredRecord>> {
  const at = ledger.orgs.find(decided.org)
  if (!at.ok) return at
  const { rows } = await ledger.store.pool.query<StoredRecord>(
    `SELECT ${RECORD_COLUMNS} FROM record r
     WHERE r.root = $1 AND r.id::text = $2 AND r.type = 'returns.return' AND r.status IN ('entered', 'confirmed')`,
    [at.value.root, decided.return],
  )
  const stored = rows[0]
  const form = stored && (await findForm(ledger, at.value.root, String(stored.fields.form)))
  if (!form?.ok) return fail('return/unknown', { zh: '没有这份上报', en: 'There is no such return' })
  const permitted = permit(actor, 'confirm', form.value.org)
  if (!permitted.ok) return permitted
  if (stored!.state === 'submitted') return ok(stored!)
  return fail('return/step', {
    field: 'state',
    value: stored!.state,
    zh: `这份上报${made.stateTitles[stored!.state]!.zh}，不能再办`,
    en: `This return is ${made.stateTitles[stored!.state]!.en.toLowerCase()} already`,
  })
}

const step = (
  ledger: Ledger,
  actor: Actor,
  stored: StoredRecord,
  action: string,
  fields: Fields,
  state: string,
  status: Status = 'entered',
) =>
  revise(ledger, letIn(actor), stored.id, { ...THROUGH, version: stored.version }, action, async current => {
    const revision = await patched(ledger, letIn(actor), current, { fields, state })
    return revision.ok ? ok({ ...revision.value, after: { ...revision.value.after, status } }) : revision
  })
