import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { type Audit, auditReport, auditText } from '../../kernel/claims/audit.ts'
import { confirmLink } from '../../kernel/claims/confirmed.ts'
import { commentedDocx } from '../../kernel/claims/output-docx.ts'
import { auditHtml } from '../../kernel/claims/output-html.ts'
import { remarksOf } from '../../kernel/claims/remarks.ts'
import { readSource, type SourceText } from '../../kernel/claims/source.ts'
import { permit } from '../../kernel/people/actor.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { type Call, file, route } from '../route.ts'
import * as shapes from '../shapes.ts'
import { receive, type Upload } from '../upload.ts'

// Reading texts back, by themselves or against the ledger, and what a person confirms of them.

/** Longest text that is read back, in characters. */
export const LONGEST_TEXT = 400_000

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const HTML = 'text/html; charset=utf-8'

/** Takes the file of a request, reads its text, and forgets it again. */
async function withSource<T>(
  call: Call,
  work: (source: SourceText, upload: Upload) => Promise<Result<T>>,
): Promise<Result<T>> {
  const folder = await call.jobs.folder()
  try {
    const upload = await receive(call, folder)
    if (!upload.ok) return upload
    const source = await readSource(upload.value.path, upload.value.name)
    if (!source.ok) return source
    return source.value.text.length > LONGEST_TEXT ? tooLong() : await work(source.value, upload.value)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const tooLong = () =>
  fail('text/too-long', {
    field: 'file',
    most: LONGEST_TEXT,
    zh: `文章太长，最多 ${LONGEST_TEXT / 10_000} 万字`,
    en: `The text is too long; at most ${LONGEST_TEXT} characters`,
  })

interface About {
  readonly org?: string
  readonly period?: string
}

/** With both, against the ledger; with one of them, that much is known of what the text leaves out. */
async function audited({ actor, ledger }: Call, text: string, { org, period }: About): Promise<Result<Audit>> {
  if (org !== undefined && period !== undefined) return auditReport(ledger, actor, text, { org, period })
  const unit = org === undefined ? undefined : ledger.orgs.find(org)
  if (unit && !unit.ok) return unit
  const permitted = unit ? permit(actor, 'read', unit.value) : ok(true)
  if (!permitted.ok) return permitted
  const when = period === undefined ? undefined : parsePeriod(period)
  if (when && !when.ok) return when
  return ok(
    auditText(text, {
      ...(unit ? { actor: unit.value.name } : {}),
      ...(when ? { year: Number(when.value.from.slice(0, 4)) } : {}),
    }),
  )
}

// Whose report it is and of when. With both, it is held against the ledger.
const about = { org: shapes.orgCode.optional(), period: shapes.periodText.optional() }

export const auditRoutes = [
  route(
    {
      name: 'audit',
      method: 'POST',
      path: '/audit',
      title: {
        zh: '读一篇总结：数字、关系、空白；给出单位和期间则与台账核对',
        en: 'Read a report back: its claims, identities and blanks; with org and period, against the ledger',
      },
      may: 'signed-in',
      body: z.strictObject({ text: z.string().min(1).max(LONGEST_TEXT), ...about }),
      bodyLimit: 4 * 1024 * 1024,
      answer: shapes.reading,
      reads: true,
    },
    call => audited(call, call.body.text, call.body),
  ),
  route(
    {
      name: 'auditFile',
      method: 'POST',
      path: '/audit/file',
      title: { zh: '读一份文件：docx、html、md、txt', en: 'Read a file back: docx, html, md or txt' },
      may: 'signed-in',
      query: z.strictObject(about),
      body: 'multipart',
      answer: shapes.reading,
      reads: true,
    },
    call => withSource(call, source => audited(call, source.text, call.query)),
  ),
  route(
    {
      name: 'markFile',
      method: 'POST',
      path: '/audit/marked',
      title: {
        zh: '核对后取回原文：docx 加批注，其他写成网页',
        en: 'The file with what was found: a docx with comments, a page of anything else',
      },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode, period: shapes.periodText }),
      body: 'multipart',
      answer: [DOCX, HTML],
      reads: true,
    },
    call =>
      withSource(call, async (source, upload) => {
        const audit = await auditReport(call.ledger, call.actor, source.text, call.query)
        return audit.ok ? ok(await markedFile(call, source, upload, audit.value)) : audit
      }),
  ),
  route(
    {
      name: 'confirmLink',
      method: 'PUT',
      path: '/audit/links',
      title: {
        zh: '确认文字与指标的对应，今后照此核对',
        en: 'Confirm which indicator some words mean, for this org unit',
      },
      may: { right: 'report', at: 'org' },
      body: z.strictObject({
        org: shapes.orgCode,
        wording: z.string().min(2).max(200),
        base: z.string().max(40),
        indicator: z.string().max(100).nullable(),
        where: shapes.where.default({}),
      }),
      answer: z.strictObject({
        org: z.string(),
        wording: z.string(),
        base: z.string(),
        indicator: z.string().nullable(),
        where: shapes.where,
      }),
    },
    ({ actor, body, ledger }) => confirmLink(ledger, actor, body),
  ),
]

async function markedFile({ language, ledger }: Call, source: SourceText, { path, name }: Upload, audit: Audit) {
  if (!source.docx)
    return file({ content: Buffer.from(auditHtml(audit, name, language)), mediaType: HTML, name: `${name}.html` })
  const content = await commentedDocx(path, source.docx, remarksOf(audit, language), ledger.clock())
  return file({ content, mediaType: DOCX, name })
}
