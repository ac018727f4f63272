import { z } from 'zod'
import { conceal, disclose, disclosures } from '../../kernel/disclosure/disclosure.ts'
import { boardPage } from '../../kernel/disclosure/posted.ts'
import { publicPage, publicReport } from '../../kernel/disclosure/public.ts'
import type { Ledger } from '../../kernel/ledger.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { type Crowd, crowd } from '../crowd.ts'
import { type Call, route } from '../route.ts'
import * as shapes from '../shapes.ts'

// What anybody may see without signing in, and who chooses it. Nothing is public that was not chosen.

const crowds = new WeakMap<Ledger, Crowd>()

function crowdOf(ledger: Ledger): Crowd {
  const known = crowds.get(ledger) ?? crowd()
  crowds.set(ledger, known)
  return known
}

/** Seconds for which browsers and proxies may show what they have. */
const KEPT_S = 30

/** Answers anybody: not too often, and so that other sites and caches may have it, as it is the same for all. */
export async function toAnybody<T>(
  { ledger, reply, request }: Pick<Call, 'ledger' | 'reply' | 'request'>,
  question: string,
  ask: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const gate = crowdOf(ledger)
  const admitted = gate.admit(request.ip, Date.now())
  if (!admitted.ok) return admitted
  const found = await gate.together(question, ask)
  if (found.ok)
    reply.headers({
      'cache-control': `public, max-age=${KEPT_S}`,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
  return found
}

const statement = z.strictObject({
  body: z.string(),
  signature: z.string(),
  checkpoint: z.strictObject({ body: z.string(), signature: z.string() }).nullable(),
  publicKey: z.string(),
})

const figure = z.strictObject({
  indicator: z.string(),
  title: shapes.words,
  period: z.string(),
  periodWords: shapes.words,
  moving: shapes.words.nullable(),
  value: z.number().nullable(),
  unit: z.string(),
})

const reportHead = z.strictObject({
  id: shapes.uuid,
  title: z.string(),
  number: z.string().nullable(),
  period: z.string(),
  issuedAt: z.string(),
})

const disclosure = z.strictObject({
  id: shapes.uuid,
  org: z.string(),
  indicator: z.string().nullable(),
  period: z.string().nullable(),
  report: z.string().nullable(),
  createdAt: z.string(),
})

/** What narrows a board; also of its page. */
export const boardQuery = z.strictObject({
  search: z.string().max(100).optional(),
  by: z.string().max(40).optional(),
  page: z.coerce.number().int().min(1).max(1000).optional(),
})

/** A board as anybody may ask for it. */
export const askBoard = (
  call: Pick<Call, 'ledger' | 'reply' | 'request'>,
  { org, board }: { readonly org: string; readonly board: string },
  query: z.output<typeof boardQuery>,
) => toAnybody(call, JSON.stringify([org, board, query]), () => boardPage(call.ledger, org, board, query))

export const publicRoutes = [
  route(
    {
      name: 'publicBoard',
      method: 'GET',
      path: '/public/:org/boards/:board',
      title: { zh: '公开栏：单位公开的记录', en: 'Records that a unit shows to the public' },
      may: 'anyone',
      query: boardQuery,
      answer: z.strictObject({
        org: z.strictObject({ code: z.string(), name: z.string() }),
        board: z.strictObject({ id: z.string(), title: shapes.words }),
        posted: z.array(
          z.strictObject({
            id: shapes.uuid,
            org: z.string(),
            day: z.string(),
            fields: z.record(z.string(), z.unknown()),
          }),
        ),
        count: z.int(),
      }),
    },
    call => askBoard(call, call.params, call.query),
  ),
  route(
    {
      name: 'publicPage',
      method: 'GET',
      path: '/public/:org',
      title: { zh: '政务公开：单位公开的数字和总结', en: 'Figures and reports that a unit shows to the public' },
      may: 'anyone',
      answer: z.strictObject({
        org: z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string().nullable() }),
        figures: z.array(figure),
        reports: z.array(reportHead),
        statement,
      }),
    },
    call => toAnybody(call, call.params.org, () => publicPage(call.ledger, call.params.org)),
  ),
  route(
    {
      name: 'publicReport',
      method: 'GET',
      path: '/public/:org/reports/:report',
      title: { zh: '政务公开：一份总结', en: 'A report that a unit shows to the public' },
      may: 'anyone',
      answer: z.strictObject({
        report: z.looseObject({ id: shapes.uuid, title: z.string(), document: shapes.document }),
        proof: z
          .strictObject({ leaf: z.string(), index: z.int(), size: z.int(), path: z.array(z.string()) })
          .nullable(),
        statement,
      }),
    },
    call => {
      const { org, report } = call.params
      return toAnybody(call, `${org}/${report}`, () => publicReport(call.ledger, org, report))
    },
  ),
  route(
    {
      name: 'listDisclosures',
      method: 'GET',
      path: '/orgs/:org/disclosures',
      title: { zh: '公开事项', en: 'What a unit shows to the public' },
      may: { right: 'read', at: 'org' },
      answer: z.strictObject({ disclosures: z.array(disclosure) }),
    },
    async ({ actor, ledger, params }) => {
      const found = await disclosures(ledger, actor, params.org)
      return found.ok ? ok({ disclosures: found.value }) : found
    },
  ),
  route(
    {
      name: 'disclose',
      method: 'POST',
      path: '/orgs/:org/disclosures',
      title: { zh: '公开一个数字或一份总结', en: 'Show a figure or a report to the public' },
      may: { right: 'confirm', at: 'org' },
      body: z.union([
        z.strictObject({ indicator: z.string().max(100), period: shapes.periodText }),
        z.strictObject({ report: shapes.uuid }),
      ]),
      answer: disclosure,
      status: 201,
    },
    ({ actor, body, ledger, params }) => disclose(ledger, actor, params.org, body),
  ),
  route(
    {
      name: 'conceal',
      method: 'DELETE',
      path: '/orgs/:org/disclosures/:disclosure',
      title: { zh: '不再公开', en: 'Show it no longer' },
      may: { right: 'confirm', at: 'org' },
    },
    ({ actor, ledger, params }) => conceal(ledger, actor, params.org, params.disclosure),
  ),
]
