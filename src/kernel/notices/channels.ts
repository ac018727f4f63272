import { createTransport } from 'nodemailer'
import { type Channel, type Message, Undeliverable } from './delivery.ts'

export interface MailSettings {
  /** smtp://user:password@host:port or smtps://… */
  readonly url: string
  readonly from: string
  /** Where people reach the web application, without a slash at its end: https://yilu.example.gov.cn */
  readonly site?: string
}

/** Mail through an SMTP server. An address that the server refuses for good is not tried again. */
export function mail({ url, from, site = '' }: MailSettings): Channel & { close(): void } {
  const transport = createTransport(url)
  return {
    id: 'mail',
    close: () => transport.close(),
    async send(message) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: message.to },
          messageId: `<${message.id}@yilu>`,
          subject: subjectOf(message),
          text: textOf(message, site),
        })
      } catch (error) {
        const code = (error as { responseCode?: number }).responseCode ?? 0
        throw code >= 550 && code < 560 ? new Undeliverable((error as Error).message) : error
      }
    },
  }
}

const subjectOf = ({ language, notices }: Message) => {
  const first = notices[0]!.title[language]
  if (notices.length === 1) return language === 'zh' ? `【一录】${first}` : `[Yilu] ${first}`
  return language === 'zh' ? `【一录】${notices.length}条提醒` : `[Yilu] ${notices.length} notices`
}

const textOf = ({ language, notices }: Message, site: string) =>
  notices
    .map(({ title, link }) => (site === '' ? title[language] : `${title[language]}\n${site}/app${link}`))
    .join('\n\n')

export interface SmsSettings {
  /** A gateway that takes `POST {id, to, text}` as JSON and answers 2xx when it has the message. */
  readonly url: string
  readonly token?: string
}

/** Short messages through a gateway over HTTP; most providers' own interfaces need a few lines between. */
export function sms({ url, token }: SmsSettings): Channel {
  return {
    id: 'sms',
    async send(message) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ id: message.id, to: message.to, text: shortText(message) }),
        signal: AbortSignal.timeout(20_000),
      })
      if (answer.ok) return
      const why = `${answer.status} ${(await answer.text()).slice(0, 200)}`
      throw answer.status === 400 || answer.status === 422 ? new Undeliverable(why) : new Error(why)
    },
  }
}

const shortText = ({ language, notices }: Message) =>
  language === 'zh'
    ? `【一录】${notices[0]!.title.zh}${notices.length > 1 ? `等${notices.length}条提醒` : ''}`
    : `Yilu: ${notices[0]!.title.en}${notices.length > 1 ? ` and ${notices.length - 1} more` : ''}`
