import { z } from 'zod'
import { type BulkChange, changeMany } from '../../kernel/records/bulk.ts'
import { listRecords } from '../../kernel/records/list.ts'
import type { Wanted } from '../../kernel/records/list-filter.ts'
import { mergeRecords } from '../../kernel/records/merge.ts'
import { change, createMany } from '../../kernel/records/records.ts'
import { similarTo } from '../../kernel/records/similar.ts'
import { ok } from '../../kernel/result.ts'
import { saveOnce } from '../idempotency.ts'
import { route } from '../route.ts'
import { alone, saved } from '../saved.ts'
import * as shapes from '../shapes.ts'

// Records: entered, listed, changed, never deleted.

const MiB = 1024 * 1024
const MOST_AT_ONCE = 5_000

const reason = z.string().max(2000)
const range = z.strictObject({ min: z.string().max(40).optional(), max: z.string().max(40).optional() })
const one = z.string().max(200)

/** The query of a list, shared with export. */
export const listQuery = {
  org: shapes.orgCode.optional(),
  scope: z.enum(['tree', 'self']).optional(),
  period: shapes.periodText.optional(),
  filter: z.record(z.string().max(60), z.union([one, z.array(one).max(100), range])).optional(),
  status: shapes.several(shapes.status).optional(),
  state: shapes.several(z.string().max(60)).optional(),
  search: z.string().max(200).optional(),
  sort: z.string().max(60).optional(),
}

/** What a list query says, as the kernel asks. */
export function listed(type: string, query: z.output<z.ZodObject<typeof listQuery>>) {
  const { filter, status, ...rest } = query
  return {
    ...rest,
    type,
    ...(filter ? { filter: filter as Record<string, Wanted> } : {}),
    ...(status ? { status: status as z.output<typeof shapes.status>[] } : {}),
  }
}

export const recordRoutes = [
  route(
    {
      name: 'listRecords',
      method: 'GET',
      path: '/types/:type/records',
      title: { zh: '记录列表：筛选、排序、搜索、合计', en: 'Records: filtered, sorted, searched, totalled' },
      may: { right: 'read', at: 'org' },
      query: z.strictObject({
        ...listQuery,
        after: shapes.cursor.optional(),
        limit: shapes.limit.optional(),
        totals: shapes.yes.optional(),
      }),
      answer: shapes.recordPage,
    },
    ({ actor, ledger, params, query }) => {
      const { after, limit, totals, ...narrowing } = query
      return listRecords(ledger, actor, {
        ...listed(params.type, narrowing),
        ...(after === undefined ? {} : { after }),
        ...(limit === undefined ? {} : { limit }),
        ...(totals === undefined ? {} : { totals }),
      })
    },
  ),
  route(
    {
      name: 'createRecord',
      method: 'POST',
      path: '/types/:type/records',
      title: { zh: '录入一条记录', en: 'Enter a record' },
      may: { right: 'enter', at: 'org' },
      query: z.strictObject({ allowSimilar: shapes.yes.optional() }),
      body: shapes.entered,
      answer: shapes.committed,
      status: 201,
      key: 'kernel',
    },
    async call => {
      const { actor, ledger, params, query, body, reply } = call
      const done = await saved(call, options =>
        createMany(ledger, actor, params.type, [body], { ...options, allowSimilar: query.allowSimilar ?? false }),
      )
      if (done.ok) reply.header('location', `/api/v1/records/${done.value.id}`)
      return done
    },
  ),
  route(
    {
      name: 'createRecords',
      method: 'POST',
      path: '/types/:type/records/many',
      title: { zh: '录入许多记录，全部或一条不存', en: 'Enter many records, all or none' },
      may: { right: 'enter', at: 'org' },
      orgs: ({ body }) => (body as { records: { org: string }[] }).records.map(record => record.org),
      query: z.strictObject({ allowSimilar: shapes.yes.optional() }),
      body: z.strictObject({ records: z.array(shapes.entered).min(1).max(MOST_AT_ONCE) }),
      bodyLimit: 32 * MiB,
      answer: z.strictObject({ records: z.array(shapes.committed) }),
      status: 201,
      key: 'kernel',
    },
    async call => {
      const { actor, ledger, params, query, body } = call
      const done = await saveOnce(call, options =>
        createMany(ledger, actor, params.type, body.records, { ...options, allowSimilar: query.allowSimilar ?? false }),
      )
      return done.ok ? ok({ records: done.value }) : done
    },
  ),
  route(
    {
      name: 'similarRecords',
      method: 'POST',
      path: '/types/:type/records/similar',
      title: { zh: '看起来相同的记录', en: 'Records that look the same' },
      may: { right: 'enter', at: 'org' },
      body: z.strictObject({
        org: shapes.orgCode,
        fields: z.record(z.string(), z.unknown()),
        except: shapes.uuid.optional(),
      }),
      answer: z.strictObject({ records: z.array(shapes.record) }),
      reads: true,
    },
    async ({ actor, ledger, params, body }) => {
      const found = await similarTo(ledger, actor, params.type, body)
      return found.ok ? ok({ records: found.value }) : found
    },
  ),
  route(
    {
      name: 'changeRecord',
      method: 'PATCH',
      path: '/records/:record',
      title: { zh: '修改记录（null 清空一项）', en: 'Change a record (null empties a field)' },
      may: { right: 'enter', at: 'record' },
      ifMatch: 'needed',
      body: z.strictObject({
        fields: z.record(z.string(), z.unknown()).optional(),
        state: z.string().max(60).optional(),
        org: shapes.orgCode.optional(),
      }),
      answer: shapes.committed,
      key: 'kernel',
    },
    call => {
      const { actor, ledger, params, body, ifMatch: version } = call
      return saved(call, options => alone(change(ledger, actor, params.record, body, { ...options, version })))
    },
  ),
  route(
    {
      name: 'mergeRecords',
      method: 'POST',
      path: '/records/:record/merge',
      title: { zh: '把重复的记录并入这一条', en: 'Merge duplicates into this record' },
      may: { right: 'enter', at: 'record' },
      ifMatch: 'may',
      body: z.strictObject({
        others: z.array(shapes.uuid).min(1).max(50),
        take: z.record(z.string().max(60), shapes.uuid).optional(),
        versions: z.record(shapes.uuid, z.int()).optional(),
      }),
      answer: shapes.committed,
      key: 'kernel',
    },
    call => {
      const { actor, ledger, params, body, ifMatch: version } = call
      const { others, ...more } = body
      return saved(call, options =>
        alone(mergeRecords(ledger, actor, params.record, others, { ...options, ...more, version })),
      )
    },
  ),
  route(
    {
      name: 'changeRecords',
      method: 'POST',
      path: '/records/bulk',
      title: { zh: '批量修改或审核，全部或一条不改', en: 'Change or confirm many records, all or none' },
      may: { right: 'enter', at: 'record' },
      body: z.strictObject({
        ids: z.array(shapes.uuid).min(1).max(MOST_AT_ONCE),
        versions: z.record(shapes.uuid, z.int()).optional(),
        patch: z
          .strictObject({
            fields: z.record(z.string(), z.unknown()).optional(),
            state: z.string().max(60).optional(),
            org: shapes.orgCode.optional(),
          })
          .optional(),
        action: z.enum(['submit', 'confirm', 'return', 'void']).optional(),
        reason: reason.optional(),
      }),
      answer: z.strictObject({ records: z.array(shapes.committed) }),
      key: 'kernel',
    },
    async call => {
      const { actor, ledger, body } = call
      const { ids, versions, patch, action } = body
      const asked: BulkChange = action
        ? { action, ...(body.reason === undefined ? {} : { reason: body.reason }) }
        : (patch ?? {})
      const done = await saveOnce(call, options =>
        changeMany(ledger, actor, ids, asked, { ...options, ...(versions ? { versions } : {}) }),
      )
      return done.ok ? ok({ records: done.value }) : done
    },
  ),
]
