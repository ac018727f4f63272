import { z } from 'zod'
import { readClaims } from '../../kernel/claims/read.ts'
import { permit } from '../../kernel/people/actor.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import { ok } from '../../kernel/result.ts'
import { search } from '../../kernel/search/search.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// Looking for things, and reading texts back.

/** Longest text that is read back, in characters. */
export const LONGEST_TEXT = 400_000

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
  route(
    {
      name: 'audit',
      method: 'POST',
      path: '/audit',
      title: { zh: '读一篇总结：数字、关系、空白', en: 'Read a report back: its claims, identities and blanks' },
      may: 'signed-in',
      body: z.strictObject({
        text: z.string().min(1).max(LONGEST_TEXT),
        // Whose report it is and of when, for what the text itself leaves out.
        org: shapes.orgCode.optional(),
        period: shapes.periodText.optional(),
      }),
      bodyLimit: 4 * 1024 * 1024,
      answer: shapes.reading,
      reads: true,
    },
    ({ actor, body, ledger }) => {
      const org = body.org === undefined ? undefined : ledger.orgs.find(body.org)
      if (org && !org.ok) return org
      const permitted = org ? permit(actor, 'read', org.value) : ok(true)
      if (!permitted.ok) return permitted
      const period = body.period === undefined ? undefined : parsePeriod(body.period)
      if (period && !period.ok) return period
      return ok(
        readClaims(body.text, {
          ...(org ? { actor: org.value.name } : {}),
          ...(period ? { year: Number(period.value.from.slice(0, 4)) } : {}),
        }),
      )
    },
  ),
]
