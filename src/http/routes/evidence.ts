import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { addEvidence, LARGEST, openEvidence, removeEvidence } from '../../kernel/evidence/evidence.ts'
import { thumbnail } from '../../kernel/evidence/thumbnail.ts'
import { fail, ok } from '../../kernel/result.ts'
import { type Call, file, route } from '../route.ts'
import * as shapes from '../shapes.ts'

// Files that prove a record.

/** Attaches the file of a request to a record, as it comes. */
export async function attach({ actor, ledger, request, settings }: Call, record: string) {
  const part = await request.file()
  // A form whose file was not chosen sends one without a name.
  if (!part?.filename) return fail('request/no-file', { field: 'file', zh: '没有选择文件', en: 'No file was sent' })
  return addEvidence(ledger, actor, record, {
    name: part.filename,
    stream: part.file,
    largest: Math.min(LARGEST, settings.largestUpload),
  })
}

export const evidenceRoutes = [
  route(
    {
      name: 'addEvidence',
      method: 'POST',
      path: '/records/:record/evidence',
      title: { zh: '给记录加佐证', en: 'Attach a file to a record' },
      may: { right: 'enter', at: 'record' },
      body: 'multipart',
      answer: shapes.evidence,
      status: 201,
      // The same file is kept once, however often it is sent.
      key: 'never',
    },
    call => attach(call, call.params.record),
  ),
  route(
    {
      name: 'removeEvidence',
      method: 'POST',
      path: '/records/:record/evidence/:file/remove',
      title: { zh: '取下佐证（文件仍保留）', en: 'Take a file off a record (the file stays)' },
      may: { right: 'enter', at: 'record' },
      body: z.strictObject({ reason: z.string().max(1000) }),
    },
    async ({ actor, body, ledger, params }) => {
      const done = await removeEvidence(ledger, actor, params.record, params.file, body.reason)
      return done.ok ? ok(undefined) : done
    },
  ),
  route(
    {
      name: 'readEvidence',
      method: 'GET',
      path: '/evidence/:file',
      title: { zh: '下载佐证', en: 'Download a file' },
      may: { right: 'read', at: 'evidence' },
      answer: ['application/octet-stream'],
    },
    async ({ actor, ledger, params }) => {
      const found = await openEvidence(ledger, actor, params.file)
      if (!found.ok) return found
      const { path, name, mediaType, size } = found.value
      return ok(file({ content: createReadStream(path), mediaType, name, size, inline: true }))
    },
  ),
  route(
    {
      name: 'evidenceThumbnail',
      method: 'GET',
      path: '/evidence/:file/thumbnail',
      title: { zh: '佐证图片的缩略图', en: 'A thumbnail of a picture' },
      may: { right: 'read', at: 'evidence' },
      answer: ['image/webp'],
    },
    async ({ actor, ledger, params }) => {
      const found = await thumbnail(ledger, actor, params.file)
      if (!found.ok) return found
      return ok(file({ content: createReadStream(found.value), mediaType: 'image/webp', inline: true }))
    },
  ),
]
