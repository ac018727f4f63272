import { z } from 'zod'
import { explain } from '../../kernel/figures/explain.ts'
import { figure, figures } from '../../kernel/figures/figure.ts'
import { ok } from '../../kernel/result.ts'
import { live } from '../live.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// Figures: asked for, broken down, explained, and followed live.

const asked = {
  org: shapes.orgCode,
  period: shapes.periodText,
  where: shapes.where.optional(),
  scope: z.enum(['tree', 'self']).optional(),
  tree: z.enum(['then', 'now']).optional(),
  asOf: shapes.instantText.optional(),
}

const MOST_AT_ONCE = 500

export const figureRoutes = [
  route(
    {
      name: 'figure',
      method: 'GET',
      path: '/figures/:indicator',
      title: { zh: '一个数字；可按月份、单位或维度分列', en: 'A figure; by month, org unit or dimension if asked' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ ...asked, by: z.string().max(60).optional() }),
      answer: shapes.figure,
    },
    ({ actor, ledger, params, query }) => figure(ledger, actor, { ...query, indicator: params.indicator }),
  ),
  route(
    {
      name: 'figures',
      method: 'POST',
      path: '/figures',
      title: { zh: '许多数字', en: 'Many figures' },
      may: { right: 'read', at: 'org' },
      orgs: ({ body }) => (body as { figures: { org: string }[] }).figures.map(one => one.org),
      body: z.strictObject({ figures: z.array(shapes.figureRequest).min(1).max(MOST_AT_ONCE) }),
      answer: z.strictObject({ figures: z.array(shapes.figure) }),
      reads: true,
    },
    async ({ actor, body, ledger }) => {
      const found = await figures(ledger, actor, body.figures)
      return found.ok ? ok({ figures: found.value }) : found
    },
  ),
  route(
    {
      name: 'explain',
      method: 'GET',
      path: '/figures/:indicator/explain',
      title: {
        zh: '数字的来历：公式、下级单位、记录和证明',
        en: 'Where a figure comes from: formula, org units, records, proofs',
      },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({ ...asked, after: shapes.cursor.optional(), limit: shapes.limit.optional() }),
      answer: shapes.explanation,
    },
    ({ actor, ledger, params, query }) => explain(ledger, actor, { ...query, indicator: params.indicator }),
  ),
  route(
    {
      name: 'live',
      method: 'GET',
      path: '/live',
      title: {
        zh: '实时更新：数字和变动（可从上次的编号接着听）',
        en: 'Live updates of figures and changes, resumable',
      },
      // At the org unit if one is named; each figure is checked at its own.
      may: { right: 'read', at: 'org' },
      query: z.strictObject({
        figures: shapes.several(z.string().min(1).max(500)).optional(),
        org: shapes.orgCode.optional(),
      }),
      answer: ['text/event-stream'],
    },
    call =>
      live(call, {
        figures: call.query.figures ?? [],
        ...(call.query.org === undefined ? {} : { org: call.query.org }),
      }),
  ),
]
