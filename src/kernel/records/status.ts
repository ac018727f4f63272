import { type Actor, permit } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Words } from '../words.ts'
import type { Status } from './record.ts'
import { type Current, next, permitConfirmed, type Revision } from './revise.ts'

/** What can be done to a record's status: a draft is submitted, an entered record confirmed, returned or voided. */
export type StatusAction = 'submit' | 'confirm' | 'return' | 'void'

interface Rule {
  readonly to: Status
  readonly from: readonly Status[]
  readonly refusal: Words
  /** Whether it takes the right to confirm. */
  readonly vouched?: boolean
  /** Whether it has to be said why. */
  readonly why?: boolean
}

const RULES: Readonly<Record<StatusAction, Rule>> = {
  submit: {
    to: 'entered',
    from: ['draft', 'returned'],
    refusal: { zh: '只有草稿或退回的记录可以提交', en: 'Only a draft or a returned record can be submitted' },
  },
  confirm: {
    to: 'confirmed',
    from: ['entered'],
    refusal: { zh: '只有已录入的记录可以审核', en: 'Only an entered record can be confirmed' },
    vouched: true,
  },
  return: {
    to: 'returned',
    from: ['entered', 'confirmed'],
    refusal: { zh: '这条记录不能退回', en: 'This record cannot be returned' },
    vouched: true,
    why: true,
  },
  void: {
    to: 'void',
    from: ['draft', 'entered', 'returned', 'confirmed'],
    refusal: { zh: '这条记录已经作废', en: 'This record is void already' },
    why: true,
  },
}

export const isStatusAction = (action: unknown): action is StatusAction =>
  typeof action === 'string' && Object.hasOwn(RULES, action)

/** The record with its status changed; `permission/denied`, `record/not-<status>`, `record/reason`. */
export function withStatus(actor: Actor, current: Current, action: StatusAction, reason?: string): Result<Revision> {
  const { to, from, refusal, vouched, why } = RULES[action]
  const { stored, org } = current
  const permitted = vouched ? permit(actor, 'confirm', org) : permitConfirmed(actor, current)
  if (!permitted.ok) return permitted
  if (!from.includes(stored.status))
    return fail(`record/not-${to}`, { field: 'status', value: stored.status, ...refusal })
  const said = why ? checkReason(reason) : ok(true)
  return said.ok ? ok({ after: next(stored, { status: to }) }) : said
}

const LONGEST_REASON = 500

function checkReason(reason: unknown): Result<true> {
  if (typeof reason === 'string' && reason.trim() !== '' && reason.length <= LONGEST_REASON && isStorable(reason))
    return ok(true)
  return fail('record/reason', {
    field: 'reason',
    zh: `请写明原因，最多${LONGEST_REASON}个字`,
    en: `Say why, in at most ${LONGEST_REASON} characters`,
  })
}

/** The journal's canonical JSON holds no lone surrogates, and PostgreSQL no NUL. */
const isStorable = (text: string) => !/\0|\p{Cs}/u.test(text)
