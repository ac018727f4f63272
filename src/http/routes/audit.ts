import { z } from 'zod'
import { readClaims } from '../../kernel/claims/read.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

/** Longest text that is read back, in characters. */
export const LONGEST_TEXT = 400_000

export const auditRoutes = [
  route(
    {
      name: 'audit',
      method: 'POST',
      path: '/audit',
      title: { zh: '读一篇总结：数字、关系、空白', en: 'Read a report back: its claims, identities and blanks' },
      may: 'signed-in',
      body: z.strictObject({ text: z.string().min(1).max(LONGEST_TEXT) }),
      bodyLimit: 4 * 1024 * 1024,
      answer: shapes.reading,
      reads: true,
    },
    ({ body }) => ok(readClaims(body.text)),
  ),
]
