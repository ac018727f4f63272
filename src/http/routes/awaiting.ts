import { z } from 'zod'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { gaps } from '../../kernel/awaiting/gaps.ts'
import { recentChanges } from '../../kernel/records/recent.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// What the home of an org unit shows beside its figures.

export const awaitingRoutes = [
  route(
    {
      name: 'awaiting',
      method: 'GET',
      path: '/awaiting',
      title: { zh: '待办', en: 'What waits for somebody' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode }),
      answer: z.strictObject({
        awaiting: z.array(
          z.strictObject({
            id: z.string(),
            title: shapes.words,
            type: z.string(),
            count: z.int(),
            late: z.int(),
            state: z.array(z.string()).optional(),
            status: z.array(shapes.status).optional(),
            screen: z.string().optional(),
          }),
        ),
      }),
    },
    async ({ actor, ledger, query }) => {
      const found = await awaiting(ledger, actor, query.org)
      return found.ok ? ok({ awaiting: found.value }) : found
    },
  ),
  route(
    {
      name: 'gaps',
      method: 'GET',
      path: '/gaps',
      title: { zh: '应有而没有的', en: 'What should be there and is not' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode, period: shapes.periodText }),
      answer: z.strictObject({
        gaps: z.array(
          z.strictObject({
            id: z.string(),
            title: shapes.words,
            type: z.string(),
            count: z.int(),
            missing: z.array(z.strictObject({ org: z.string(), what: shapes.words })),
          }),
        ),
      }),
    },
    async ({ actor, ledger, query }) => {
      const found = await gaps(ledger, actor, query.org, query.period)
      return found.ok ? ok({ gaps: found.value }) : found
    },
  ),
  route(
    {
      name: 'recentChanges',
      method: 'GET',
      path: '/records/recent',
      title: { zh: '最近的录入和变动', en: 'The newest changes of records' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ org: shapes.orgCode, limit: shapes.limit.optional() }),
      answer: z.strictObject({
        changes: z.array(
          z.strictObject({
            record: shapes.uuid,
            type: z.string(),
            org: z.string(),
            action: z.string(),
            at: z.string(),
            by: z.string().nullable(),
          }),
        ),
      }),
    },
    async ({ actor, ledger, query }) => {
      const found = await recentChanges(ledger, actor, query.org, query.limit)
      return found.ok ? ok({ changes: found.value }) : found
    },
  ),
]
