import { z } from 'zod'
import type { Mark, Page } from '../../kernel/labels/page.ts'
import { pdf } from '../../kernel/labels/pdf.ts'
import { sheets, tagSheets } from '../../kernel/labels/sheet.ts'
import { qr } from '../../kernel/labels/symbol.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import { givenFile } from '../../kernel/operation.ts'
import type { Actor } from '../../kernel/people/actor.ts'
import { allRecords, type ListedRecord } from '../../kernel/records/list.ts'
import { reveal } from '../../kernel/records/personal.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { certificates, topics } from './topics.ts'

const PDF = 'application/pdf'

async function recordAt(
  ledger: Ledger,
  actor: Actor,
  type: string,
  org: string,
  id: string,
): Promise<Result<ListedRecord>> {
  const found = await allRecords(ledger, actor, { type, org, filter: { id } })
  if (!found.ok) return found
  const record = found.value[0]
  return record ? ok(record) : fail('record/unknown', { record: id, zh: '没有这条记录', en: 'There is no such record' })
}

/** Codes to cut out, one for each who enrolled: whoever holds the phone at the door scans them. */
export const signInSheet = givenFile(
  'training.sign-in-sheet',
  {
    zh: '签到码',
    en: 'Sign-in codes',
    may: 'enter',
    input: z.strictObject({ org: z.string(), class: z.uuid() }),
    mediaTypes: [PDF],
  },
  async (ledger, actor, { org, class: id }) => {
    const course = await recordAt(ledger, actor, 'training.class', org, id)
    if (!course.ok) return course
    const enrolments = await allRecords(ledger, actor, { type: 'training.enrolment', filter: { class: id } })
    if (!enrolments.ok) return enrolments
    if (enrolments.value.length === 0)
      return fail('training/nobody-enrolled', { field: 'class', zh: '还没有人报名', en: 'Nobody is enrolled yet' })
    const wanted = enrolments.value.map(one => String(one.fields.trainee))
    const trainees = await allRecords(ledger, actor, {
      type: 'training.trainee',
      filter: { id: wanted },
      sort: 'number',
    })
    if (!trainees.ok) return trainees
    const { title, number } = course.value.fields
    const tags = trainees.value.map(({ fields }) => ({
      code: String(fields.number),
      symbol: 'qr' as const,
      lines: [String(fields.name), String(title)],
    }))
    const content = await tagSheets(tags, { layout: sheets['a4-2x7'], title: `${title}签到码`, at: ledger.clock() })
    return content.ok ? ok({ content: content.value, name: `签到码 ${number}.pdf`, mediaType: PDF }) : content
  },
)

/** A certificate to print. The holder's name stands in it in full, so the journal keeps that it was looked at and why. */
export const certificateFile = givenFile(
  'training.certificate-file',
  {
    zh: '打印培训证书',
    en: 'Print a certificate',
    may: 'enter',
    input: z.strictObject({ org: z.string(), certificate: z.uuid() }),
    mediaTypes: [PDF],
  },
  async (ledger, actor, { org, certificate: id }) => {
    const certificate = await recordAt(ledger, actor, 'training.certificate', org, id)
    if (!certificate.ok) return certificate
    const names = await reveal(ledger, actor, id, '打印培训证书')
    if (!names.ok) return names
    const { fields } = certificate.value
    const page = certificatePage({
      kind: certificates[fields.kind as keyof typeof certificates].zh,
      trade: topics[fields.trade as keyof typeof topics].zh,
      number: String(fields.number),
      holder: names.value.holder ?? '',
      awardedOn: String(fields.awardedOn),
      by: ledger.orgs.byCode(certificate.value.org)?.name ?? '',
    })
    if (!page.ok) return page
    const content = await pdf([page.value], { title: `证书 ${fields.number}`, at: ledger.clock() })
    return ok({ content, name: `证书 ${fields.number}.pdf`, mediaType: PDF })
  },
)

interface Certificate {
  readonly kind: string
  readonly trade: string
  readonly number: string
  readonly holder: string
  readonly awardedOn: string
  readonly by: string
}

/** A5 across, with a code that tells its number. */
function certificatePage({ kind, trade, number, holder, awardedOn, by }: Certificate): Result<Page> {
  const symbol = qr(number)
  if (!symbol.ok) return symbol
  const [year, month, date] = awardedOn.split('-').map(Number)
  const line = (y: number, size: number, text: string, align: 'left' | 'center' | 'right' = 'left'): Mark => ({
    kind: 'text',
    x: 25,
    y,
    width: 160,
    size,
    text,
    align,
  })
  return ok({
    width: 210,
    height: 148,
    marks: [
      { kind: 'box', x: 10, y: 10, width: 190, height: 128, line: 0.8 },
      line(24, 13, kind, 'center'),
      line(54, 8, `${holder}：`),
      line(68, 6, `经${trade}专业培训考核合格，特发此证。`),
      line(98, 5, `证书编号：${number}`),
      line(108, 5, by, 'right'),
      line(117, 5, `${year}年${month}月${date}日`, 'right'),
      { kind: 'matrix', x: 25, y: 108, module: 0.7, symbol: symbol.value },
    ],
  })
}
