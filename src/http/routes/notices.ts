import { z } from 'zod'
import { failedDeliveries, retry } from '../../kernel/notices/delivery.ts'
import { contactOf, inbox, markRead, setContact } from '../../kernel/notices/notices.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// The inbox of whoever has signed in, and what could not be sent.

const contact = z.strictObject({
  email: z.string().max(320).nullable(),
  phone: z.string().max(20).nullable(),
  byMail: z.boolean(),
  bySms: z.boolean(),
})

export const noticeRoutes = [
  route(
    {
      name: 'inbox',
      method: 'GET',
      path: '/me/notices',
      title: { zh: '我的提醒', en: 'My notices' },
      may: 'signed-in',
      query: z.strictObject({ unread: shapes.yes.optional(), limit: shapes.limit.optional() }),
      answer: z.strictObject({
        unread: z.int(),
        notices: z.array(
          z.strictObject({
            id: shapes.uuid,
            org: z.string(),
            title: shapes.words,
            link: z.string(),
            createdAt: z.string(),
            readAt: z.string().nullable(),
          }),
        ),
      }),
    },
    ({ actor, ledger, query }) => inbox(ledger, actor, query),
  ),
  route(
    {
      name: 'markNoticesRead',
      method: 'POST',
      path: '/me/notices/read',
      title: { zh: '标为已读或未读', en: 'Mark notices as read or not' },
      may: 'signed-in',
      body: z.strictObject({
        notices: z.union([z.literal('all'), z.array(shapes.uuid).min(1).max(1000)]),
        read: z.boolean().default(true),
      }),
      answer: z.strictObject({ changed: z.int() }),
    },
    ({ actor, body, ledger }) => markRead(ledger, actor, body),
  ),
  route(
    {
      name: 'myContact',
      method: 'GET',
      path: '/me/contact',
      title: { zh: '接收提醒的方式', en: 'Where my notices go' },
      may: 'signed-in',
      answer: contact,
    },
    async ({ actor, ledger }) => ok(await contactOf(ledger, actor)),
  ),
  route(
    {
      name: 'setMyContact',
      method: 'PUT',
      path: '/me/contact',
      title: { zh: '设定接收提醒的方式', en: 'Set where my notices go' },
      may: 'signed-in',
      body: contact,
      answer: contact,
    },
    ({ actor, body, ledger }) => setContact(ledger, actor, body),
  ),
  route(
    {
      name: 'failedDeliveries',
      method: 'GET',
      path: '/notices/failed',
      title: { zh: '没有发出的提醒', en: 'Notices that could not be sent' },
      may: { right: 'administer', at: 'somewhere' },
      answer: z.strictObject({
        deliveries: z.array(
          z.strictObject({
            notice: shapes.uuid,
            channel: z.enum(['mail', 'sms']),
            state: z.enum(['waiting', 'failed']),
            person: shapes.uuid,
            name: z.string(),
            title: shapes.words,
            attempts: z.int(),
            error: z.string(),
          }),
        ),
      }),
    },
    async ({ actor, ledger }) => ok({ deliveries: [...(await failedDeliveries(ledger, actor))] }),
  ),
  route(
    {
      name: 'retryDeliveries',
      method: 'POST',
      path: '/notices/retry',
      title: { zh: '重新发送提醒', en: 'Send notices again' },
      may: { right: 'administer', at: 'somewhere' },
      body: z.strictObject({ notices: z.array(shapes.uuid).min(1).max(1000) }),
      answer: z.strictObject({ retried: z.int() }),
    },
    async ({ actor, body, ledger }) => ok(await retry(ledger, actor, body.notices)),
  ),
]
