import { z } from 'zod'
import type { ImportSummary } from '../../kernel/exchange/import.ts'
import type { Verification } from '../../kernel/journal/verify.ts'
import { typeNamed } from '../../kernel/registry.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Job } from '../jobs.ts'
import { API, page, redirect } from '../route.ts'
import { startImport } from '../routes/exchange.ts'
import { startVerify } from '../routes/journal.ts'
import * as shapes from '../shapes.ts'
import { address, importPage, jobPage, listPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout } from './layout.ts'
import { orgName, ownUnit } from './orgs.ts'
import { type Reader, readerOf } from './reader.ts'

// Long work as pages: a file is handed in, the ledger is verified, and how far it is can be watched.

export const jobPages = [
  page(
    {
      method: 'GET',
      path: '/types/:type/import',
      title: { zh: '导入', en: 'Import' },
      may: { right: 'enter', at: 'org' },
      query: z.object({ org: shapes.orgCode.optional() }),
    },
    call => {
      const { ledger, actor, params, query } = call
      const type = typeNamed(ledger.registry, params.type)
      if (!type.ok) return type
      const org = query.org === undefined ? ownUnit(ledger, actor, 'enter') : ledger.orgs.byCode(query.org)
      if (!org)
        return fail('org/unknown', { field: 'org', zh: '没有可以导入的单位', en: 'There is no unit to import for' })
      const reader = readerOf(call)
      const { language } = reader
      const zh = language === 'zh'
      const title = zh ? `导入${type.value.title.zh}` : `Import: ${type.value.title.en}`
      const at = { org: org.code, _csrf: call.caller?.session?.csrf }
      return ok(
        layout(
          reader,
          title,
          html`<p class="crumbs"><a href="${listPage(type.value.id, { org: org.code })}">${type.value.title[language]}</a></p>
<h1>${title}<span class="of">${orgName(org, language)}</span></h1>
<p>${zh ? '可用 xlsx、csv（UTF-8 或 GB18030）或 jsonl。默认有一行不合格就都不导入。' : 'xlsx, csv (UTF-8 or GB18030) or jsonl. All rows or none, unless the good ones are asked for.'}</p>
${[false, true].map(
  partial => html`<form class="inline" method="post" enctype="multipart/form-data" action="${address(importPage(type.value.id), { ...at, partial: partial ? 'true' : '' })}">
<label>${partial ? (zh ? '只导入合格的行' : 'The good rows only') : zh ? '全部导入' : 'All or none'}<input type="file" name="file" accept=".xlsx,.csv,.jsonl" required></label><button${partial ? null : html` class="primary"`}>${zh ? '导入' : 'Import'}</button></form>`,
)}
<p><a href="${address(`${API}/types/${type.value.id}/template`, { org: org.code })}">${zh ? '下载导入模板（带下拉选项和填写说明）' : 'Get the template, with drop-downs and help'}</a></p>`,
        ),
      )
    },
  ),
  page(
    {
      method: 'POST',
      path: '/types/:type/import',
      title: { zh: '导入', en: 'Import' },
      may: { right: 'enter', at: 'org' },
      query: z.object({ org: shapes.orgCode, partial: shapes.yes.optional() }),
      body: 'multipart',
    },
    async call => {
      const started = await startImport(call, call.params.type, call.query)
      return started.ok ? ok(redirect(jobPage(started.value.id))) : started
    },
  ),
  page(
    {
      method: 'POST',
      path: '/verifications',
      title: { zh: '核验', en: 'Verify' },
      may: { right: 'journal', at: 'somewhere' },
    },
    async call => {
      const started = await startVerify(call)
      return started.ok ? ok(redirect(jobPage(started.value.id))) : started
    },
  ),
  page({ method: 'GET', path: '/jobs/:job', title: { zh: '任务', en: 'A job' }, may: 'signed-in' }, call => {
    const job = call.jobs.find(call.actor.person, call.params.job)
    return job.ok ? ok(watching(readerOf(call), job.value)) : job
  }),
]

const KINDS: Readonly<Record<string, { zh: string; en: string }>> = {
  import: { zh: '导入', en: 'Import' },
  verify: { zh: '核验', en: 'Verification' },
  backup: { zh: '备份', en: 'Backup' },
}

const STATES = {
  running: { zh: '进行中', en: 'running' },
  done: { zh: '已完成', en: 'done' },
  refused: { zh: '没有完成', en: 'refused' },
  failed: { zh: '出错', en: 'failed' },
  cancelled: { zh: '已中止', en: 'ended early' },
} as const

function watching(reader: Reader, job: Job): Html {
  const { language } = reader
  const zh = language === 'zh'
  const { done, total, label } = job.progress
  const running = job.state === 'running'
  const title = KINDS[job.kind]?.[language] ?? job.kind
  return layout(
    reader,
    title,
    html`<h1>${title}<span class="of">${STATES[job.state][language]}${label ? ` · ${label}` : ''}</span></h1>
${running ? html`<p><progress class="wide"${total ? html` max="${total}" value="${Math.min(done, total)}"` : null}></progress></p><p class="quiet">${done.toLocaleString('en')}${total ? ` / ${total.toLocaleString('en')}` : ''}</p>` : null}
${job.problems.length > 0 ? html`<ul class="problems">${job.problems.map(problem => html`<li>${problem[language]}</li>`)}</ul>` : null}
${job.state === 'done' ? outcome(job, zh) : null}
${job.file ? html`<p class="actions"><a class="button" href="${API}/jobs/${job.id}/file">${zh ? '下载' : 'Download'} ${job.file.name}</a></p>` : null}`,
    running ? { refresh: 2 } : {},
  )
}

function outcome({ kind, result }: Job, zh: boolean): Part {
  // What a job of this kind came to is what its work returned.
  if (kind === 'import') return imported(result as ImportSummary, zh)
  if (kind === 'verify') return verified(result as Verification, zh)
  return null
}

const fact = (name: string, value: number | string): Part =>
  html`<div><dt>${name}</dt><dd>${typeof value === 'number' ? value.toLocaleString('en') : value}</dd></div>`

const imported = ({ read, created, unchanged, rejected, errors }: ImportSummary, zh: boolean): Part =>
  html`<dl class="facts">${fact(zh ? '读了' : 'Read', read)}${fact(zh ? '新增' : 'Created', created)}${fact(zh ? '原已导入' : 'There already', unchanged)}${fact(zh ? '不合格' : 'Rejected', rejected)}</dl>
${
  errors.length > 0
    ? html`<div class="scroll"><table><thead><tr><th scope="col" class="number">${zh ? '行' : 'Row'}</th><th scope="col">${zh ? '列' : 'Column'}</th><th scope="col">${zh ? '问题' : 'Problem'}</th></tr></thead><tbody>${errors.map(error => html`<tr><td class="number">${error.row}</td><td>${error.column}</td><td>${error.message[zh ? 'zh' : 'en']}</td></tr>`)}</tbody></table></div>`
    : null
}`

const verified = ({ ok: holds, entries, checkpoints, root, problems }: Verification, zh: boolean): Part =>
  html`<p class="value small ${holds ? 'holds' : 'problem'}">${holds ? (zh ? '台账完整，没有改动过。' : 'The ledger is whole; nothing was altered.') : zh ? `发现 ${problems.length} 处问题` : `${problems.length} problems were found`}</p>
<dl class="facts">${fact(zh ? '流水' : 'Entries', entries)}${fact(zh ? '检查点' : 'Checkpoints', checkpoints)}</dl>
${root === null ? null : html`<p>${zh ? '根散列' : 'Root'} <code class="long">${root}</code></p>`}
${problems.length > 0 ? html`<ul class="problems">${problems.map(problem => html`<li><code>${problem.id}</code> ${problem.message[zh ? 'zh' : 'en']}</li>`)}</ul>` : null}`
