import { z } from 'zod'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { may } from '../../kernel/people/actor.ts'
import { parsePeriod, periodWords, today } from '../../kernel/period/period.ts'
import { writeHtml } from '../../kernel/reports/html.ts'
import { type Overtaken, overtaken } from '../../kernel/reports/refresh.ts'
import { draftReport, issueReport, redraftReport, withdrawReport } from '../../kernel/reports/reports.ts'
import { listReports, readReport, type StoredReport } from '../../kernel/reports/stored.ts'
import { formats } from '../../kernel/reports/write.ts'
import { ok } from '../../kernel/result.ts'
import { API, page, redirect } from '../route.ts'
import * as shapes from '../shapes.ts'
import { address, pageOf, reportPage } from './addresses.ts'
import { type Html, html, type Part, written } from './html.ts'
import { layout, token } from './layout.ts'
import { breadcrumbs, nameOfCode, orgName, ownUnit } from './orgs.ts'
import { newestYear } from './periods.ts'
import { type Reader, readerOf } from './reader.ts'
import { clockTime, REPORT_STATUS } from './words.ts'

// Reports: what there is, one with its figures as links, and what has overtaken it.

type Listed = Omit<StoredReport, 'document'>

export const reportPages = [
  page(
    {
      method: 'GET',
      path: '/reports',
      title: { zh: '总结和计划', en: 'Reports' },
      may: { right: 'read', at: 'org' },
      query: z.object({ org: shapes.orgCode.optional(), period: z.string().max(40).optional() }),
    },
    async call => {
      const { ledger, actor, query } = call
      const own = ownUnit(ledger, actor)
      const unit = query.org === undefined ? own : ledger.orgs.byCode(query.org)
      const found = await listReports(ledger, actor, unit ? { org: unit.code } : {})
      if (!found.ok) return found
      const period = query.period || (unit ? await newestYear(ledger, unit) : today(ledger.clock).slice(0, 4))
      return ok(list(readerOf(call), unit, period, found.value))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/reports',
      title: { zh: '起草', en: 'Draft a report' },
      may: { right: 'report', at: 'org' },
      body: z.strictObject({
        template: z.string().max(100),
        org: shapes.orgCode,
        period: shapes.periodText,
      }),
    },
    async ({ ledger, actor, body, language }) => {
      const made = await draftReport(ledger, actor, { ...body, language })
      return made.ok ? ok(redirect(reportPage(made.value.id))) : made
    },
  ),
  page(
    {
      method: 'GET',
      path: '/reports/:report',
      title: { zh: '总结', en: 'A report' },
      may: { right: 'read', at: 'report' },
    },
    async call => {
      const { ledger, actor, params } = call
      const report = await readReport(ledger, actor, params.report)
      if (!report.ok) return report
      const changed = await overtaken(ledger, actor, report.value)
      if (!changed.ok) return changed
      return ok(shown(readerOf(call), report.value, changed.value))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/reports/:report/issue',
      title: { zh: '印发', en: 'Issue a report' },
      may: { right: 'report', at: 'report' },
      body: z.strictObject({ number: z.string().max(60).optional(), version: z.coerce.number().int() }),
    },
    async ({ ledger, actor, params, body }) => {
      const number = body.number?.trim()
      const done = await issueReport(ledger, actor, params.report, {
        version: body.version,
        ...(number ? { number } : {}),
      })
      return done.ok ? ok(redirect(reportPage(params.report))) : done
    },
  ),
  page(
    {
      method: 'POST',
      path: '/reports/:report/redraft',
      title: { zh: '重新起草', en: 'Draft anew' },
      may: { right: 'report', at: 'report' },
    },
    async ({ ledger, actor, params }) => {
      const made = await redraftReport(ledger, actor, params.report)
      return made.ok ? ok(redirect(reportPage(made.value.id))) : made
    },
  ),
  page(
    {
      method: 'POST',
      path: '/reports/:report/withdraw',
      title: { zh: '撤回', en: 'Withdraw a report' },
      may: { right: 'report', at: 'report' },
      body: z.strictObject({ reason: z.string().max(1000), version: z.coerce.number().int() }),
    },
    async ({ ledger, actor, params, body }) => {
      const done = await withdrawReport(ledger, actor, params.report, body)
      return done.ok ? ok(redirect(reportPage(params.report))) : done
    },
  ),
]

function list(reader: Reader, unit: OrgUnit | undefined, period: string, reports: readonly Listed[]): Html {
  const { ledger, language, caller } = reader
  const zh = language === 'zh'
  const drafts = unit && caller && may(caller.actor, 'report', unit.path)
  const root = unit && ledger.orgs.byId(unit.root)
  const templates = [...ledger.registry.templates.values()].filter(
    template =>
      !template.kinds || (root && template.kinds.includes(root.kind)) || (unit && template.kinds.includes(unit.kind)),
  )
  return layout(
    reader,
    zh ? '总结和计划' : 'Reports',
    html`${unit ? breadcrumbs(reader, unit, one => address('/reports', { org: one.code, period })) : null}
<h1>${zh ? '总结和计划' : 'Reports'}${unit ? html`<span class="of">${orgName(unit, language)}</span>` : null}</h1>
${
  drafts && templates.length > 0
    ? html`<form class="inline" method="post" action="/reports">${token(reader)}<input type="hidden" name="org" value="${unit.code}">
<label>${zh ? '模板' : 'Template'}<select name="template">${templates.map(template => html`<option value="${template.id}">${template.title[language]}</option>`)}</select></label>
<label>${zh ? '期间' : 'Period'}<input name="period" value="${period}" size="12" maxlength="40" required></label>
<button class="primary">${zh ? '起草' : 'Draft'}</button></form>`
    : null
}
${
  reports.length === 0
    ? html`<p class="empty">${zh ? '还没有总结。' : 'There is no report yet.'}</p>`
    : html`<div class="scroll"><table><thead><tr><th scope="col">${zh ? '标题' : 'Title'}</th><th scope="col">${zh ? '单位' : 'Org unit'}</th><th scope="col">${zh ? '期间' : 'Period'}</th><th scope="col">${zh ? '状态' : 'Status'}</th><th scope="col">${zh ? '文号' : 'Number'}</th><th scope="col">${zh ? '时间' : 'When'}</th></tr></thead>
<tbody>${reports.map(
        report =>
          html`<tr><th scope="row"><a href="${reportPage(report.id)}">${report.title}</a></th><td>${nameOfCode(ledger, report.org, language)}</td><td class="nowrap">${report.period}</td><td><span class="status ${report.status}">${REPORT_STATUS[report.status]?.[language]}</span></td><td>${report.number}</td><td class="nowrap">${clockTime(report.issuedAt ?? report.createdAt)}</td></tr>`,
      )}</tbody></table></div>`
}`,
    { wide: true },
  )
}

function shown(reader: Reader, report: StoredReport, changed: readonly Overtaken[]): Html {
  const { ledger, language, caller } = reader
  const zh = language === 'zh'
  const unit = ledger.orgs.byCode(report.org)!
  const drafts = caller && may(caller.actor, 'report', unit.path)
  const period = parsePeriod(report.period)
  return layout(
    reader,
    report.title,
    html`<div class="no-print">${breadcrumbs(reader, unit, one => address('/reports', { org: one.code, period: report.period }))}
<p class="quiet"><span class="status ${report.status}">${REPORT_STATUS[report.status]?.[language]}</span> ${clockTime(report.issuedAt ?? report.createdAt)} · ${period.ok ? periodWords(period.value)[language] : report.period} · ${zh ? '文中每个数字都可点开' : 'every figure in the text can be opened'}</p>
<p class="actions">${formats.map(format => html`<a class="button" href="${API}/reports/${report.id}/download?format=${format}" download>${zh ? '下载' : 'Download'} ${format}</a>`)}</p>
${drafts ? reportSteps(reader, report) : null}
${overtakenNotice(reader, report, changed)}</div>
${written(writeHtml(report.document, { href: figure => pageOf(figure.address) }))}`,
  )
}

function reportSteps(reader: Reader, report: StoredReport): Part {
  const zh = reader.language === 'zh'
  const at = html`${token(reader)}<input type="hidden" name="version" value="${report.version}">`
  const { status } = report
  return html`<section class="steps">${
    status === 'draft'
      ? html`<form class="inline" method="post" action="${reportPage(report.id)}/issue">${at}<label>${zh ? '发文字号（可不填）' : 'Document number (optional)'}<input name="number" maxlength="60" size="24" placeholder="示科发〔2024〕12号"></label><button class="primary">${zh ? '印发' : 'Issue'}</button></form>`
      : html`<form method="post" action="${reportPage(report.id)}/redraft">${token(reader)}<button>${zh ? '按现在的台账重新起草' : 'Draft anew with figures as they are now'}</button></form>`
  }${
    status === 'withdrawn'
      ? null
      : html`<details><summary>${zh ? '撤回' : 'Withdraw'}</summary><form method="post" action="${reportPage(report.id)}/withdraw">${at}<label>${zh ? '原因' : 'Reason'}<input name="reason" maxlength="200" required></label><button>${zh ? '撤回' : 'Withdraw'}</button></form></details>`
  }</section>`
}

/** Which figures the ledger now tells otherwise, each as it was stated and as it is. */
function overtakenNotice({ language }: Reader, report: StoredReport, changed: readonly Overtaken[]): Part {
  const zh = language === 'zh'
  if (changed.length === 0)
    return html`<p class="holds">${zh ? '文中的数字与台账一致。' : 'Every figure agrees with the ledger.'}</p>`
  const issued = report.status === 'issued'
  return html`<section class="notice overtaken" role="status"><h2>${
    issued
      ? zh
        ? `印发以后，有 ${changed.length} 个数字变了`
        : `${changed.length} figures have changed since it was issued`
      : zh
        ? `起草以后，有 ${changed.length} 个数字变了；印发时按台账更新`
        : `${changed.length} figures have changed since it was drafted; issuing brings them up to date`
  }</h2><div class="scroll"><table><thead><tr><th scope="col">${zh ? '数字' : 'Figure'}</th><th scope="col" class="number">${zh ? '文中' : 'Stated'}</th><th scope="col" class="number">${zh ? '现在' : 'Now'}</th></tr></thead><tbody>${changed.map(
    one =>
      html`<tr><th scope="row"><a href="${pageOf(one.address)}">${one.name}</a></th><td class="number">${one.written}</td><td class="number">${one.writtenNow}</td></tr>`,
  )}</tbody></table></div></section>`
}
