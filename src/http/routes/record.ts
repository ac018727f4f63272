import { z } from 'zod'
import { leadsOf, referring } from '../../kernel/records/beside.ts'
import { asListed } from '../../kernel/records/list.ts'
import { erase, reveal } from '../../kernel/records/personal.ts'
import { recordAsOf } from '../../kernel/records/read.ts'
import { confirm, sendBack, submit, voidRecord } from '../../kernel/records/records.ts'
import { showHistory, showRecord } from '../../kernel/records/show.ts'
import { undo } from '../../kernel/records/undo.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Words } from '../../kernel/words.ts'
import { route } from '../route.ts'
import { alone, saved } from '../saved.ts'
import * as shapes from '../shapes.ts'

// One record: read, taken through its states, its personal data revealed and erased.

const steps = { submit, confirm, undo } as const
const reasoned = { return: sendBack, void: voidRecord } as const

const step = (name: keyof typeof steps, right: 'enter' | 'confirm', title: Words) =>
  route(
    {
      name: `${name}Record`,
      method: 'POST',
      path: `/records/:record/${name}` as const,
      title,
      may: { right, at: 'record' },
      ifMatch: 'may',
      answer: shapes.committed,
      key: 'kernel',
    },
    call => {
      const { actor, ledger, ifMatch: version } = call
      const { record } = call.params as { record: string }
      return saved(call, options => alone(steps[name](ledger, actor, record, { ...options, version })))
    },
  )

const reasonedStep = (name: keyof typeof reasoned, right: 'enter' | 'confirm', title: Words) =>
  route(
    {
      name: `${name}Record`,
      method: 'POST',
      path: `/records/:record/${name}` as const,
      title,
      may: { right, at: 'record' },
      ifMatch: 'may',
      body: z.strictObject({ reason: z.string().max(2000) }),
      answer: shapes.committed,
      key: 'kernel',
    },
    call => {
      const { actor, ledger, body, ifMatch: version } = call
      const { record } = call.params as { record: string }
      return saved(call, options => alone(reasoned[name](ledger, actor, record, body.reason, { ...options, version })))
    },
  )

export const oneRecordRoutes = [
  route(
    {
      name: 'readRecord',
      method: 'GET',
      path: '/records/:record',
      title: { zh: '查看记录', en: 'Read a record' },
      may: { right: 'read', at: 'record' },
      answer: shapes.shownRecord,
    },
    async ({ actor, ledger, params, reply }) => {
      const shown = await showRecord(ledger, actor, params.record)
      if (shown.ok) reply.header('etag', `"${shown.value.version}"`)
      return shown
    },
  ),
  route(
    {
      name: 'recordHistory',
      method: 'GET',
      path: '/records/:record/history',
      title: { zh: '记录的历史：谁在何时改了什么', en: 'The history of a record: who changed what, when' },
      may: { right: 'read', at: 'record' },
      answer: z.strictObject({ versions: z.array(shapes.version) }),
    },
    async ({ actor, ledger, params }) => {
      const found = await showHistory(ledger, actor, params.record)
      return found.ok ? ok({ versions: found.value }) : found
    },
  ),
  route(
    {
      name: 'recordAsOf',
      method: 'GET',
      path: '/records/:record/as-of',
      title: { zh: '记录在某一时刻的内容', en: 'A record as it stood at an instant' },
      may: { right: 'read', at: 'record' },
      query: z.strictObject({ instant: shapes.instantText }),
      answer: shapes.record,
    },
    async ({ actor, ledger, params, query }) => {
      const at = new Date(query.instant)
      if (Number.isNaN(at.getTime()))
        return fail('field/instant', {
          field: 'instant',
          value: query.instant,
          zh: '时刻应写作 2024-05-18T08:00:00Z',
          en: 'An instant is written 2024-05-18T08:00:00Z',
        })
      const then = await recordAsOf(ledger, actor, params.record, at.toISOString())
      return then.ok ? ok((await asListed(ledger, [then.value]))[0]) : then
    },
  ),
  route(
    {
      name: 'referringRecords',
      method: 'GET',
      path: '/records/:record/referring',
      title: { zh: '引用这条记录的记录', en: 'Records that refer to this one' },
      may: { right: 'read', at: 'record' },
      answer: z.strictObject({ records: z.array(shapes.record) }),
    },
    async ({ actor, ledger, params }) => {
      const found = await referring(ledger, actor, params.record)
      return found.ok ? ok({ records: found.value }) : found
    },
  ),
  route(
    {
      name: 'recordLeads',
      method: 'GET',
      path: '/records/:record/leads',
      title: { zh: '这条记录可以转成什么', en: 'What a record may become without anything typed again' },
      may: { right: 'read', at: 'record' },
      answer: z.strictObject({
        leads: z.array(
          z.strictObject({
            lead: z.string(),
            title: shapes.words,
            type: z.string(),
            org: z.string(),
            fields: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    },
    async ({ actor, ledger, params }) => {
      const found = await leadsOf(ledger, actor, params.record)
      return found.ok ? ok({ leads: found.value }) : found
    },
  ),
  step('submit', 'enter', { zh: '提交草稿或退回的记录', en: 'Submit a draft or a returned record' }),
  step('confirm', 'confirm', { zh: '审核记录', en: 'Confirm a record' }),
  reasonedStep('return', 'confirm', { zh: '退回记录', en: 'Return a record for correction' }),
  reasonedStep('void', 'enter', { zh: '作废记录', en: 'Void a record' }),
  step('undo', 'enter', { zh: '撤销自己最后一次修改', en: "Undo one's own last change" }),
  route(
    {
      name: 'revealRecord',
      method: 'POST',
      path: '/records/:record/reveal',
      title: { zh: '查看个人信息（记入流水）', en: 'Reveal personal data (the journal keeps who and why)' },
      may: { right: 'enter', at: 'record' },
      body: z.strictObject({ purpose: z.string().max(1000) }),
      answer: z.strictObject({ fields: z.record(z.string(), z.string().nullable()) }),
      // A repeat is another look, and the answer is not to be kept.
      key: 'never',
    },
    async ({ actor, ledger, params, body }) => {
      const found = await reveal(ledger, actor, params.record, body.purpose)
      return found.ok ? ok({ fields: found.value }) : found
    },
  ),
  route(
    {
      name: 'eraseRecord',
      method: 'POST',
      path: '/records/:record/erase',
      title: { zh: '删除个人信息（证明仍然成立）', en: 'Erase personal data (proofs still hold)' },
      may: { right: 'administer', at: 'record' },
      body: z.strictObject({ reason: z.string().max(1000) }),
      answer: z.strictObject({ erased: z.int() }),
    },
    async ({ actor, ledger, params, body }) => {
      const done = await erase(ledger, actor, params.record, body.reason)
      return done.ok ? ok({ erased: done.value }) : done
    },
  ),
]
