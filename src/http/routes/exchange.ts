import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { type ExportFormat, exportRecords, exportTypes } from '../../kernel/exchange/export.ts'
import { importFile } from '../../kernel/exchange/import.ts'
import { importTemplate } from '../../kernel/exchange/template.ts'
import { checkList } from '../../kernel/records/list.ts'
import { typeNamed } from '../../kernel/registry.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { Job } from '../jobs.ts'
import { type Call, file, route } from '../route.ts'
import * as shapes from '../shapes.ts'
import { receive } from '../upload.ts'
import { shownJob } from './jobs.ts'
import { listed, listQuery } from './records.ts'

// Records in and out as files.

interface Importing {
  readonly org: string
  readonly partial?: boolean
  readonly allowSimilar?: boolean
}

/** Takes the file of a request as it comes, then imports it as a job. */
export async function startImport(call: Call, type: string, asked: Importing): Promise<Result<Job>> {
  const { actor, jobs, ledger } = call
  const folder = await jobs.folder()
  const forget = () => rm(folder, { recursive: true, force: true })
  const upload = await receive(call, folder).catch(async (error: unknown) => {
    await forget()
    throw error
  })
  if (!upload.ok) {
    await forget()
    return upload
  }
  const { path, name } = upload.value
  return jobs.start('import', actor.person, folder, async work => {
    const importing = { ...actor, from: `${actor.from} import ${name}` }
    const done = await importFile(ledger, importing, {
      ...asked,
      type,
      path,
      name,
      signal: work.signal,
      onProgress: (done, total) => work.report({ done, total, label: name }),
    })
    if (!done.ok) return done
    const { rejectedFile, ...summary } = done.value
    if (rejectedFile === undefined) return ok({ result: summary })
    const rejected = basename(rejectedFile)
    return ok({
      result: { ...summary, rejectedFile: rejected },
      file: { path: rejectedFile, name: rejected, mediaType: 'application/octet-stream' },
    })
  })
}

export const exchangeRoutes = [
  route(
    {
      name: 'exportRecords',
      method: 'GET',
      path: '/types/:type/export',
      title: { zh: '按当前筛选导出 xlsx、csv 或 jsonl', en: 'Export what a list finds as xlsx, csv or jsonl' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ ...listQuery, format: z.enum(['xlsx', 'csv', 'jsonl']) }),
      answer: Object.values(exportTypes),
    },
    call => {
      const { actor, language, ledger, params, query, request } = call
      const { format, ...narrowing } = query
      const type = typeNamed(ledger.registry, params.type)
      if (!type.ok) return type
      const list = listed(params.type, narrowing)
      const fit = checkList(ledger, actor, list)
      if (!fit.ok) return fit
      const content = new PassThrough()
      // The answer has begun: what goes wrong now can only end it early, which the browser tells as a broken download.
      exportRecords(ledger, actor, list, format as ExportFormat, content, language).catch((error: unknown) => {
        request.log.error({ err: error }, 'export broke off')
        content.destroy(error instanceof Error ? error : new Error('export broke off'))
      })
      const name = [type.value.title[language], query.org, query.period].filter(Boolean).join('_')
      return ok(file({ content, mediaType: exportTypes[format as ExportFormat], name: `${name}.${format}` }))
    },
  ),
  route(
    {
      name: 'importTemplate',
      method: 'GET',
      path: '/types/:type/template',
      title: { zh: '导入模板', en: 'The import template' },
      may: { right: 'enter', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode }),
      answer: [exportTypes.xlsx],
    },
    async ({ actor, language, ledger, params, query }) => {
      const made = await importTemplate(ledger, actor, params.type, query.org, language)
      if (!made.ok) return made
      const title = ledger.registry.types.get(params.type)!.title[language]
      const name = language === 'zh' ? `${title}_导入模板.xlsx` : `${title}_template.xlsx`
      return ok(file({ content: made.value, mediaType: exportTypes.xlsx, name }))
    },
  ),
  route(
    {
      name: 'importRecords',
      method: 'POST',
      path: '/types/:type/import',
      title: {
        zh: '导入 xlsx、csv 或 jsonl：全部或一行不导；partial 保留好的行',
        en: 'Import xlsx, csv or jsonl: all rows or none; with partial the good ones',
      },
      may: { right: 'enter', at: 'org' },
      query: z.strictObject({
        org: shapes.orgCode,
        partial: shapes.yes.optional(),
        allowSimilar: shapes.yes.optional(),
      }),
      body: 'multipart',
      answer: shapes.job,
      status: 202,
      // A repeat of the same file adds nothing.
      key: 'never',
    },
    async call => {
      const started = await startImport(call, call.params.type, call.query)
      return started.ok ? ok(shownJob(started.value)) : started
    },
  ),
]
