import { z } from 'zod'
import { awaiting } from '../../kernel/awaiting/awaiting.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

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
          }),
        ),
      }),
    },
    async ({ actor, ledger, query }) => {
      const found = await awaiting(ledger, actor, query.org)
      return found.ok ? ok({ awaiting: found.value }) : found
    },
  ),
]
