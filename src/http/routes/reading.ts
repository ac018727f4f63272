import { z } from 'zod'
import { search } from '../../kernel/search/search.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// Looking for things.

export const readingRoutes = [
  route(
    {
      name: 'search',
      method: 'GET',
      path: '/search',
      title: { zh: '查找记录、单位和总结', en: 'Search records, org units and reports' },
      may: { right: 'read', at: 'somewhere' },
      query: z.strictObject({
        text: z.string().min(1).max(100),
        limit: z.coerce.number().int().min(1).max(100).optional(),
      }),
      answer: shapes.found,
    },
    ({ actor, ledger, query }) => {
      const { text, ...options } = query
      return search(ledger, actor, text, options)
    },
  ),
]
