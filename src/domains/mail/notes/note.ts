import type pg from 'pg'
import { z } from 'zod'
import type { Ledger } from '../../../kernel/ledger.ts'
import type { OrgUnit } from '../../../kernel/org/directory.ts'
import type { Actor } from '../../../kernel/people/actor.ts'
import { choice, day, instant, orgUnit, text } from '../../../kernel/records/fields.ts'
import { createMany } from '../../../kernel/records/records.ts'
import { rule } from '../../../kernel/records/rule.ts'
import { recordType } from '../../../kernel/records/type.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { dayOfInstant } from '../events/shanghai.ts'

// Verification notes 验单: an irregularity, told to the office that has to answer for it. A note belongs to that office's
// unit from the moment it is made, and waits there until it is answered.

export const irregularities = {
  missing: { zh: '短少', en: 'Missing' },
  surplus: { zh: '多出', en: 'Surplus' },
  damaged: { zh: '破损', en: 'Damaged' },
  weight: { zh: '重量不符', en: 'Weight differs' },
  missent: { zh: '误发', en: 'Mis-sent' },
  label: { zh: '袋牌不符', en: 'Label wrong' },
  seal: { zh: '封志破损', en: 'Seal broken' },
} as const

export type Irregularity = keyof typeof irregularities

export const answers = {
  accepted: { zh: '认可', en: 'Accepted' },
  objected: { zh: '异议（附证据）', en: 'Objected, with proof' },
  finding: { zh: '查明', en: 'Found out' },
} as const

/** Hours within which a note is answered. */
export const ANSWER_HOURS = 24

export const note = recordType('mail.note', {
  title: { zh: '验单', en: 'Verification note' },
  help: {
    zh: '发现短少、多出、破损、重量不符等情况时制作，发往责任局，24小时内答复',
    en: 'Made of something missing, surplus, damaged or otherwise; the office responsible answers within 24 hours',
  },
  day: 'madeOn',
  fields: z.object({
    kind: choice(irregularities, { zh: '不符类别', en: 'Irregularity' }),
    subject: text({ zh: '总包或邮件号码', en: 'Bag or item', max: 64, linked: true }),
    foundAt: text({ zh: '发现局', en: 'Found at', max: 60 }),
    finder: orgUnit({ zh: '发现单位', en: 'Unit that found it' }),
    custodian: text({ zh: '最后保管方', en: 'Last custodian', max: 60 }).optional(),
    madeOn: day({ zh: '制单日期', en: 'Made on' }),
    made: instant({ zh: '制单时间', en: 'Made at' }),
    due: instant({ zh: '答复时限', en: 'To be answered by' }),
    remark: text({ zh: '情况', en: 'What was found', max: 500, multiline: true }).optional(),
    handover: text({ zh: '交接编号', en: 'Handover', max: 40 }).optional(),
    answer: choice(answers, { zh: '答复', en: 'Answer' }).optional(),
    answered: instant({ zh: '答复时间', en: 'Answered at' }).optional(),
    reply: text({ zh: '答复内容', en: 'Reply', max: 500, multiline: true }).optional(),
  }),
  states: { open: ['answered'], answered: ['settled', 'open'], settled: [] },
  stateTitles: {
    open: { zh: '待答复', en: 'Open' },
    answered: { zh: '已答复', en: 'Answered' },
    settled: { zh: '已结案', en: 'Settled' },
  },
  stateRoles: { settled: 'manager' },
  columns: ['made', 'kind', 'subject', 'foundAt', 'due', 'answer'],
})

/** An answered note says what the answer is; an objection brings its proof. */
export const answeredNote = rule('mail.note-answered', {
  zh: '验单答复应注明答复类别和内容，异议须附证据',
  en: 'An answer says its kind and why; an objection has proof attached',
  type: 'mail.note',
  reads: {},
  check: ({ state, fields, evidence }) =>
    state === 'open'
      ? []
      : [
          ...(fields.answer === undefined || fields.reply === undefined
            ? [
                {
                  field: 'answer',
                  code: 'answer',
                  zh: '请注明答复类别和内容',
                  en: 'Say the kind of answer and why',
                },
              ]
            : []),
          ...(fields.answer === 'objected' && evidence === 0
            ? [{ field: 'answer', code: 'proof', zh: '异议须附证据', en: 'An objection needs proof attached' }]
            : []),
        ],
})

export interface Irregular {
  readonly kind: Irregularity
  readonly subject: string
  /** The office that has to answer. */
  readonly to: { readonly org: number }
  readonly custodian: string | null
  readonly remark?: string
}

/**
 * Makes notes in the caller's transaction. Whoever finds something may hold another office to account: the note is written
 * into that office's books in the finder's name.
 */
export async function makeNotes(
  client: pg.PoolClient,
  ledger: Ledger,
  actor: Actor,
  { finder, foundAt, time, handover }: { finder: OrgUnit; foundAt: string; time: string; handover?: string },
  found: readonly Irregular[],
): Promise<Result<readonly string[]>> {
  if (found.length === 0) return ok([])
  const grants = [...new Set(found.map(({ to }) => to.org))].map(org => {
    const unit = ledger.orgs.byId(org)!
    return { org, path: unit.path, role: 'clerk' as const }
  })
  const made = ledger.clock()
  const due = new Date(made.getTime() + ANSWER_HOURS * 3_600_000).toISOString()
  const entered = found.map(({ kind, subject, to, custodian, remark }) => ({
    org: ledger.orgs.byId(to.org)!.code,
    fields: {
      kind,
      subject,
      foundAt,
      finder: finder.code,
      ...(custodian !== null && { custodian }),
      madeOn: dayOfInstant(made.toISOString()),
      made: made.toISOString(),
      due,
      ...(remark && { remark }),
      ...(handover && { handover }),
    },
    ...(handover && { origin: `handover ${handover} ${kind} ${subject}` }),
    ...(!handover && { origin: `${foundAt} ${time} ${kind} ${subject}` }),
  }))
  const done = await createMany(ledger, { ...actor, grants: [...actor.grants, ...grants] }, 'mail.note', entered, {
    client,
  })
  return done.ok ? ok(done.value.map(({ id }) => id)) : done
}
