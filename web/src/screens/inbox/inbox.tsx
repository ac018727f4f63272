import { Button, Checkbox, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { moment } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage, wordsOf } from '../../kit/words.ts'
import { useAct } from '../admin/act.ts'
import { Refusal } from '../admin/parts.tsx'

const useWords = wordsOf('inbox', {
  zh: {
    title: '提醒',
    none: '没有提醒',
    all: '全部标为已读',
    read: '已读',
    unread: '标为未读',
    marked: '已标记',
    contact: '同时发到',
    email: '电子邮箱',
    phone: '手机号',
    byMail: '发邮件',
    bySms: '发短信',
    save: '保存',
    saved: '已保存',
    failed: '没有发出的提醒',
    retry: '重新发送',
    retried: '将重新发送',
  },
  en: {
    title: 'Notices',
    none: 'No notices',
    all: 'Mark all as read',
    read: 'Read',
    unread: 'Mark as unread',
    marked: 'Marked',
    contact: 'Also send them to',
    email: 'E-mail',
    phone: 'Mobile number',
    byMail: 'By e-mail',
    bySms: 'By SMS',
    save: 'Save',
    saved: 'Saved',
    failed: 'Could not be sent',
    retry: 'Send again',
    retried: 'Will be sent again',
  },
})

interface Notice {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly link: string
  readonly createdAt: string
  readonly readAt: string | null
}

/** What somebody is told, newest first; and where else it goes. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const administers = useMay('administer')
  const { data } = useApi<{ notices: Notice[]; unread: number }>('/me/notices')
  const { act, problem } = useAct()
  const mark = (notices: readonly string[] | 'all', read: boolean) =>
    act('/me/notices/read', { body: { notices, read } }, say('marked'), '/me/notices')
  if (!data) return <Skeleton active />
  return (
    <>
      <h1>{say('title')}</h1>
      {data.unread > 0 && <Button onClick={() => mark('all', true)}>{say('all')}</Button>}
      {data.notices.length === 0 && <p className="quiet">{say('none')}</p>}
      <ul className="plain-list">
        {data.notices.map(one => (
          <li key={one.id}>
            <Link
              to={one.link}
              style={{ fontWeight: one.readAt === null ? 600 : 400 }}
              onClick={() => one.readAt === null && void mark([one.id], true)}
            >
              {said(one.title, language)}
            </Link>
            <span className="quiet">
              {moment(one.createdAt, language)}{' '}
              <Button size="small" type="text" onClick={() => mark([one.id], one.readAt === null)}>
                {say(one.readAt === null ? 'read' : 'unread')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Refusal problem={problem} />
      <ContactForm />
      {administers && <FailedDeliveries />}
    </>
  )
}

interface Contact {
  readonly email: string | null
  readonly phone: string | null
  readonly byMail: boolean
  readonly bySms: boolean
}

function ContactForm() {
  const say = useWords()
  const { data } = useApi<Contact>('/me/contact')
  const { act, problem, waiting } = useAct()
  const [changes, setChanges] = useState<Partial<Contact>>({})
  if (!data) return null
  const contact = { ...data, ...changes }
  const set = (more: Partial<Contact>) => setChanges(before => ({ ...before, ...more }))
  return (
    <section aria-labelledby="contact">
      <h2 id="contact">{say('contact')}</h2>
      <div className="toolbar">
        <Input
          aria-label={say('email')}
          placeholder={say('email')}
          style={{ width: 240 }}
          value={contact.email ?? ''}
          onChange={event => set({ email: event.target.value || null })}
        />
        <Checkbox checked={contact.byMail} onChange={event => set({ byMail: event.target.checked })}>
          {say('byMail')}
        </Checkbox>
        <Input
          aria-label={say('phone')}
          placeholder={say('phone')}
          style={{ width: 160 }}
          value={contact.phone ?? ''}
          onChange={event => set({ phone: event.target.value || null })}
        />
        <Checkbox checked={contact.bySms} onChange={event => set({ bySms: event.target.checked })}>
          {say('bySms')}
        </Checkbox>
        <Button
          loading={waiting}
          onClick={() => act('/me/contact', { method: 'PUT', body: contact }, say('saved'), '/me/contact')}
        >
          {say('save')}
        </Button>
      </div>
      <Refusal problem={problem} />
    </section>
  )
}

interface Delivery {
  readonly notice: string
  readonly channel: string
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly error: string
}

function FailedDeliveries() {
  const say = useWords()
  const language = useLanguage()
  const { data } = useApi<{ deliveries: Delivery[] }>('/notices/failed')
  const { act, waiting } = useAct()
  if (!data || data.deliveries.length === 0) return null
  const notices = data.deliveries.map(one => one.notice)
  return (
    <section aria-labelledby="failed">
      <h2 id="failed">{say('failed')}</h2>
      <Button
        loading={waiting}
        onClick={() => act('/notices/retry', { body: { notices } }, say('retried'), '/notices/failed')}
      >
        {say('retry')}
      </Button>
      <ul className="plain-list">
        {data.deliveries.map(one => (
          <li key={one.notice + one.channel}>
            {one.name} · {said(one.title, language)} <span className="quiet">{one.error}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
