import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { importFile } from '../../kernel/exchange/import.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { Job } from '../jobs.ts'
import { type Call, route } from '../route.ts'
import * as shapes from '../shapes.ts'
import { receive } from '../upload.ts'
import { shownJob } from './jobs.ts'

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
