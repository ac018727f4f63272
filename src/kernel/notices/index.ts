import { setTimeout as sleep } from 'node:timers/promises'
import { domain } from '../domain.ts'
import type { Ledger } from '../ledger.ts'
import { service } from '../service.ts'
import { mail, sms } from './channels.ts'
import { type Channel, deliver } from './delivery.ts'
import { gather } from './notices.ts'

// Notices as a service beside the API: what there is to tell is gathered and sent again and again.

const EVERY = 60_000

/** One round: what is new in every tree, then what waits for each channel. */
export async function tellAll(ledger: Ledger, channels: readonly Channel[]): Promise<void> {
  const roots = new Set(ledger.orgs.all().map(unit => unit.root))
  for (const root of roots) await gather(ledger, root)
  for (const channel of channels) await deliver(ledger, channel)
}

/** Set up by YILU_SMTP_URL with YILU_MAIL_FROM, by YILU_SMS_URL with YILU_SMS_TOKEN; links need YILU_SITE. */
export const sending = service('notices.sending', { zh: '发送提醒', en: 'Send notices' }, async (ledger, env, say) => {
  const { YILU_SMTP_URL: smtp, YILU_SMS_URL: gateway, YILU_MAIL_FROM: from = 'yilu@localhost' } = env
  if (!smtp && !gateway) return null
  const mailer = smtp ? mail({ url: smtp, from, site: env.YILU_SITE }) : null
  const channels: Channel[] = [
    ...(mailer ? [mailer] : []),
    ...(gateway ? [sms({ url: gateway, token: env.YILU_SMS_TOKEN })] : []),
  ]
  const stopping = new AbortController()
  const { signal } = stopping
  let isBroken = false
  const running = (async () => {
    while (!signal.aborted) {
      try {
        await tellAll(ledger, channels)
        isBroken = false
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        if (!isBroken)
          say({ zh: `提醒没有发出，稍后再试：${why}`, en: `Notices could not be sent, trying again: ${why}` })
        isBroken = true
      }
      await sleep(EVERY, undefined, { signal }).catch(() => undefined)
    }
  })()
  return {
    async close() {
      stopping.abort()
      await running
      mailer?.close()
    },
  }
})

export default domain('notices', { zh: '提醒', en: 'Notices', types: [], indicators: {}, services: [sending] })
