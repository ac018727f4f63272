import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { fail, ok } from '../../kernel/result.ts'

/** What became of a course: who enrolled, how many people and person-times its lists tell, who passed. */
export const classResult = question(
  'training.class-result',
  {
    zh: '培训班结果',
    en: 'Result of a course',
    input: z.strictObject({ org: z.string(), class: z.uuid() }),
    answer: z.strictObject({
      title: z.string(),
      state: z.string(),
      need: z.string().nullable(),
      enrolled: z.number(),
      sessions: z.array(z.strictObject({ heldOn: z.string(), signed: z.number(), list: z.string() })),
      persons: z.number(),
      personTimes: z.number(),
      passed: z.number(),
      failed: z.number(),
      certificates: z.number(),
    }),
  },
  async (ledger, actor, { org, class: id }) => {
    const classes = await allRecords(ledger, actor, { type: 'training.class', org, filter: { id } })
    if (!classes.ok) return classes
    const course = classes.value[0]
    if (!course) return fail('record/unknown', { record: id, zh: '没有这条记录', en: 'There is no such record' })
    const enrolments = await allRecords(ledger, actor, { type: 'training.enrolment', filter: { class: id } })
    if (!enrolments.ok) return enrolments
    const sessions = await allRecords(ledger, actor, { type: 'training.session', filter: { class: id }, sort: 'day' })
    if (!sessions.ok) return sessions
    const ids = (list: readonly { id: string }[]) => list.map(one => one.id)
    const signed = await allRecords(ledger, actor, {
      type: 'training.attendance',
      filter: { session: ids(sessions.value) },
    })
    if (!signed.ok) return signed
    const certified = await allRecords(ledger, actor, {
      type: 'training.certificate',
      filter: { enrolment: ids(enrolments.value) },
    })
    if (!certified.ok) return certified
    const withResult = (result: string) => enrolments.value.filter(one => one.fields.result === result).length
    return ok({
      title: String(course.fields.title),
      state: course.state,
      need: course.fields.need === undefined ? null : String(course.fields.need),
      enrolled: enrolments.value.length,
      sessions: sessions.value.map(one => ({
        heldOn: one.day,
        signed: signed.value.filter(({ fields }) => fields.session === one.id).length,
        list: String(one.fields.list ?? ''),
      })),
      persons: new Set(signed.value.map(one => one.fields.trainee)).size,
      personTimes: signed.value.length,
      passed: withResult('passed'),
      failed: withResult('failed'),
      certificates: certified.value.length,
    })
  },
)
