import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { type ExportFormat, exportRecords, exportTypes } from '../../kernel/exchange/export.ts'
import { importFile } from '../../kernel/exchange/import.ts'
import { lookInto } from '../../kernel/exchange/look.ts'
import { importTemplate } from '../../kernel/exchange/template.ts'
import { parsePeriod, periodWords } from '../../kernel/period/period.ts'
import { checkList } from '../../kernel/records/list.ts'
import type { ListQuery } from '../../kernel/records/list-query.ts'
import { typeNamed } from '../../kernel/registry.ts'
import { must, ok, type Result } from '../../kernel/result.ts'
import type { Job } from '../jobs.ts'
import { inside } from '../problem.ts'
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

/** What files of a type's records are called: 热线来电_甲县_2024年.xlsx. */
function nameOf({ ledger, language }: Call, { type, org, period }: ListQuery, extension: string, more = ''): string {
  const unit = org === undefined ? undefined : ledger.orgs.byCode(org)
  const span = period === undefined ? undefined : parsePeriod(period)
  const parts = [
    must(typeNamed(ledger.registry, type)).title[language] + more,
    unit && (language === 'zh' ? unit.name : (unit.nameEn ?? unit.name)),
    span?.ok && periodWords(span.value)[language],
  ]
  return `${parts.filter(Boolean).join('_')}.${extension}`
}

const formats = Object.keys(exportTypes) as [ExportFormat, ...ExportFormat[]]

export const exchangeRoutes = [
  route(
    {
      name: 'exportRecords',
      method: 'GET',
      path: '/types/:type/export',
      title: {
        zh: '把列表导出为 xlsx、csv 或 jsonl，可再导入',
        en: 'Export a list as xlsx, csv or jsonl, fit for import again',
      },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ ...listQuery, format: z.enum(formats).default('xlsx') }),
      answer: Object.values(exportTypes),
    },
    call => {
      const { actor, language, ledger, params, query, request } = call
      const { format, ...narrowing } = query
      const asked = listed(params.type, narrowing)
      const fit = checkList(ledger, actor, asked)
      if (!fit.ok) return fit
      const content = new PassThrough()
      // The answer has begun: what goes wrong now can only end it early, which a browser tells as a broken download.
      exportRecords(ledger, actor, asked, format, content, language).catch((error: unknown) => {
        if (!content.destroyed) request.log.error(inside(error), 'export broke off')
        content.destroy(error instanceof Error ? error : new Error('export broke off'))
      })
      return ok(file({ content, mediaType: exportTypes[format], name: nameOf(call, asked, format) }))
    },
  ),
  route(
    {
      name: 'importTemplate',
      method: 'GET',
      path: '/types/:type/template',
      title: { zh: '导入模板（xlsx，带下拉选项和说明）', en: 'Import template: xlsx with drop-downs and help' },
      may: { right: 'enter', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode }),
      answer: [exportTypes.xlsx],
    },
    async call => {
      const { actor, language, ledger, params, query } = call
      const made = await importTemplate(ledger, actor, params.type, query.org, language)
      if (!made.ok) return made
      const name = nameOf(
        call,
        { type: params.type, org: query.org },
        'xlsx',
        language === 'zh' ? '导入模板' : ' template',
      )
      return ok(file({ content: made.value, mediaType: exportTypes.xlsx, name, size: made.value.length }))
    },
  ),
  route(
    {
      name: 'lookIntoFile',
      method: 'POST',
      path: '/types/:type/import/look',
      title: {
        zh: '导入前先看：每一列认作哪个字段，前面若干行',
        en: 'Look into a file before importing it: what its columns are taken for, and its first rows',
      },
      may: { right: 'enter', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode }),
      body: 'multipart',
      answer: z.strictObject({
        columns: z.array(
          z.strictObject({
            heading: z.string(),
            field: z.string().nullable(),
            problem: z.looseObject(shapes.words.shape).nullable(),
          }),
        ),
        missing: z.array(z.looseObject(shapes.words.shape)),
        rows: z.array(z.strictObject({ row: z.int(), cells: z.array(z.string()) })),
        whole: z.boolean(),
      }),
      reads: true,
      key: 'never',
    },
    async call => {
      const { actor, jobs, ledger, params, query } = call
      const folder = await jobs.folder()
      try {
        const upload = await receive(call, folder)
        return upload.ok
          ? await lookInto(ledger, actor, { type: params.type, org: query.org, ...upload.value })
          : upload
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
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
