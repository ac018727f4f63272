import { z } from 'zod'
import { composeReport } from '../../kernel/reports/compose.ts'
import type { Block } from '../../kernel/reports/document.ts'
import { proveReport } from '../../kernel/reports/proof.ts'
import { overtaken, overtakenReports } from '../../kernel/reports/refresh.ts'
import { draftReport, editReport, issueReport, redraftReport, withdrawReport } from '../../kernel/reports/reports.ts'
import { listReports, readReport, type StoredReport } from '../../kernel/reports/stored.ts'
import { formats, mediaTypes, writeReport } from '../../kernel/reports/write.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { type Call, file, route } from '../route.ts'
import * as shapes from '../shapes.ts'

// Reports: composed, drafted, edited, issued, downloaded, and held against what the ledger says now.

const made = {
  template: z.string().max(100),
  org: shapes.orgCode,
  period: shapes.periodText,
  language: shapes.language.optional(),
}
const format = z.enum(formats)
const files = formats.map(name => mediaTypes[name])

/** What the API tells of a report, with the version that a change has to name. */
function versioned({ reply }: Pick<Call, 'reply'>, report: Result<StoredReport>): Result<unknown> {
  if (!report.ok) return report
  const { root: _, ...shown } = report.value
  reply.header('etag', `"${shown.version}"`)
  return ok(shown)
}

export const reportRoutes = [
  route(
    {
      name: 'listReports',
      method: 'GET',
      path: '/reports',
      title: { zh: '总结和计划', en: 'Reports' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({
        org: shapes.orgCode.optional(),
        period: shapes.periodText.optional(),
        limit: shapes.limit.optional(),
      }),
      answer: z.strictObject({ reports: z.array(shapes.reportHead) }),
    },
    async ({ actor, ledger, query }) => {
      const found = await listReports(ledger, actor, query)
      return found.ok ? ok({ reports: found.value.map(({ root: _, ...report }) => report) }) : found
    },
  ),
  route(
    {
      name: 'composeReport',
      method: 'GET',
      path: '/reports/compose',
      title: { zh: '按模板编写，不保存', en: 'Compose from a template, without storing' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ ...made, format: format.optional() }),
      answer: files,
    },
    async ({ actor, ledger, query }) => {
      const { format: asked = 'json', ...request } = query
      const document = await composeReport(ledger, actor, request)
      if (!document.ok) return document
      return ok(
        file({
          content: await writeReport(document.value, asked),
          mediaType: mediaTypes[asked],
          name: `${document.value.title}.${asked}`,
        }),
      )
    },
  ),
  route(
    {
      name: 'draftReport',
      method: 'POST',
      path: '/reports',
      title: { zh: '起草', en: 'Draft a report' },
      may: { right: 'report', at: 'org' },
      body: z.strictObject(made),
      answer: shapes.report,
      status: 201,
    },
    async call => versioned(call, await draftReport(call.ledger, call.actor, call.body)),
  ),
  route(
    {
      name: 'readReport',
      method: 'GET',
      path: '/reports/:report',
      title: { zh: '查看总结', en: 'Read a report' },
      may: { right: 'read', at: 'report' },
      answer: shapes.report,
    },
    async call => versioned(call, await readReport(call.ledger, call.actor, call.params.report)),
  ),
  route(
    {
      name: 'downloadReport',
      method: 'GET',
      path: '/reports/:report/download',
      title: { zh: '下载总结', en: 'Download a report' },
      may: { right: 'read', at: 'report' },
      query: z.strictObject({ format }),
      answer: files,
    },
    async ({ actor, ledger, params, query }) => {
      const report = await readReport(ledger, actor, params.report)
      if (!report.ok) return report
      return ok(
        file({
          content: await writeReport(report.value.document, query.format),
          mediaType: mediaTypes[query.format],
          name: `${report.value.title}.${query.format}`,
        }),
      )
    },
  ),
  route(
    {
      name: 'editReport',
      method: 'PATCH',
      path: '/reports/:report',
      title: { zh: '修改草稿的文字', en: 'Edit the text of a draft' },
      may: { right: 'report', at: 'report' },
      ifMatch: 'needed',
      body: z.strictObject({
        title: z.string().min(1).max(200).optional(),
        addressee: z.string().max(200).optional(),
        attachments: z.array(z.string().min(1).max(200)).max(50).optional(),
        copyNumber: z.string().max(6).optional(),
        secrecy: z.string().max(40).optional(),
        urgency: z.string().max(40).optional(),
        copiedTo: z.string().max(500).optional(),
        printed: z.strictObject({ organ: z.string().max(200), date: shapes.dayText }).optional(),
        blocks: z.array(shapes.block).max(5000).optional(),
      }),
      bodyLimit: 8 * 1024 * 1024,
      answer: shapes.report,
    },
    async call => {
      const { actor, ledger, params, body, ifMatch: version } = call
      // The kernel checks what blocks hold; here they are JSON.
      const blocks = body.blocks as readonly Block[] | undefined
      return versioned(
        call,
        await editReport(ledger, actor, params.report, {
          ...body,
          blocks,
          ...(version === undefined ? {} : { version }),
        }),
      )
    },
  ),
  route(
    {
      name: 'issueReport',
      method: 'POST',
      path: '/reports/:report/issue',
      title: { zh: '印发：数字从此固定', en: 'Issue: its figures are frozen' },
      may: { right: 'report', at: 'report' },
      ifMatch: 'may',
      body: z.strictObject({ number: z.string().max(60).optional() }),
      answer: shapes.report,
    },
    async call => {
      const { actor, ledger, params, body, ifMatch: version } = call
      return versioned(
        call,
        await issueReport(ledger, actor, params.report, { ...body, ...(version === undefined ? {} : { version }) }),
      )
    },
  ),
  route(
    {
      name: 'withdrawReport',
      method: 'POST',
      path: '/reports/:report/withdraw',
      title: { zh: '撤回', en: 'Withdraw' },
      may: { right: 'report', at: 'report' },
      ifMatch: 'may',
      body: z.strictObject({ reason: z.string().max(1000) }),
      answer: shapes.report,
    },
    async call => {
      const { actor, ledger, params, body, ifMatch: version } = call
      return versioned(
        call,
        await withdrawReport(ledger, actor, params.report, { ...body, ...(version === undefined ? {} : { version }) }),
      )
    },
  ),
  route(
    {
      name: 'redraftReport',
      method: 'POST',
      path: '/reports/:report/redraft',
      title: { zh: '据此重新起草，数字按现在的台账', en: 'Draft anew from this report, with figures as they are now' },
      may: { right: 'report', at: 'report' },
      answer: shapes.report,
      status: 201,
    },
    async call => versioned(call, await redraftReport(call.ledger, call.actor, call.params.report)),
  ),
  route(
    {
      name: 'proveReport',
      method: 'GET',
      path: '/reports/:report/proof',
      title: { zh: '总结未被改动的证明', en: 'Proof that a report is what was drafted, edited and issued' },
      may: { right: 'read', at: 'report' },
      answer: shapes.reportProof,
    },
    ({ actor, ledger, params }) => proveReport(ledger, actor, params.report),
  ),
  route(
    {
      name: 'overtakenReports',
      method: 'GET',
      path: '/reports/overtaken',
      title: { zh: '数字已变的已印发总结', en: 'Issued reports that facts have overtaken' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({
        org: shapes.orgCode.optional(),
        period: shapes.periodText.optional(),
        limit: shapes.limit.optional(),
      }),
      answer: z.strictObject({
        reports: z.array(z.strictObject({ report: shapes.reportHead, figures: z.array(shapes.overtaken) })),
      }),
    },
    async ({ actor, ledger, query }) => {
      const found = await overtakenReports(ledger, actor, query)
      if (!found.ok) return found
      return ok({
        reports: found.value.map(({ report: { root: _, ...report }, figures }) => ({ report, figures })),
      })
    },
  ),
  route(
    {
      name: 'overtakenFigures',
      method: 'GET',
      path: '/reports/:report/overtaken',
      title: { zh: '总结里已被改变的数字', en: 'Figures of a report that the ledger tells otherwise now' },
      may: { right: 'read', at: 'report' },
      answer: z.strictObject({ overtaken: z.array(shapes.overtaken) }),
    },
    async ({ actor, ledger, params }) => {
      const report = await readReport(ledger, actor, params.report)
      if (!report.ok) return report
      const found = await overtaken(ledger, actor, report.value)
      return found.ok ? ok({ overtaken: found.value }) : found
    },
  ),
]
