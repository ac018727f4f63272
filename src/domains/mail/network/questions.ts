import { z } from 'zod'
import type { Ledger } from '../../../kernel/ledger.ts'
import { question } from '../../../kernel/operation.ts'
import { today } from '../../../kernel/period/period.ts'
import { fail, ok } from '../../../kernel/result.ts'
import { faults, passage } from './network.ts'
import { networkOn } from './read.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()

const FAULT = z.enum(['nowhere', 'loop', 'unknown-office', 'no-route'])
/** A network that is wholly wrong need not name every way. */
const MOST = 500

/** Whether mail for every postcode ends where it should, from every office. */
export const check = question(
  'mail.network-check',
  {
    zh: '检查网路',
    en: 'Check the network',
    input: z.strictObject({ org: z.string(), day }),
    answer: z.strictObject({
      offices: z.int(),
      routes: z.int(),
      plans: z.int(),
      faults: z.array(
        z.strictObject({ kind: FAULT, office: z.string(), postcode: z.string(), path: z.array(z.string()) }),
      ),
      more: z.int(),
    }),
  },
  async (ledger, _actor, { org, day = today(ledger.clock) }) => {
    const network = await networkAt(ledger, org, day)
    if (!network.ok) return network
    const { offices, routes, plans } = network.value
    const found = faults(network.value)
    return ok({
      offices: offices.size,
      routes: routes.size,
      plans: plans.size,
      faults: found.slice(0, MOST).map(fault => ({ ...fault, path: [...fault.path] })),
      more: Math.max(0, found.length - MOST),
    })
  },
)

/** The way of mail from an office to a postcode. */
export const way = question(
  'mail.way',
  {
    zh: '邮件走向',
    en: 'The way of mail',
    input: z.strictObject({
      org: z.string(),
      office: z.string().max(8),
      postcode: z.string().regex(/^\d{6}$/),
      day,
    }),
    answer: z.strictObject({
      ends: z.enum(['delivered', ...FAULT.options]),
      path: z.array(z.strictObject({ office: z.string(), name: z.string() })),
    }),
  },
  async (ledger, _actor, { org, office, postcode, day = today(ledger.clock) }) => {
    const network = await networkAt(ledger, org, day)
    if (!network.ok) return network
    if (!network.value.offices.has(office))
      return fail('mail/unknown-office', {
        field: 'office',
        value: office,
        zh: `没有代码为“${office}”的局所`,
        en: `There is no office ${office}`,
      })
    const { ends, path } = passage(network.value, office, postcode)
    const named = path.map(code => ({ office: code, name: network.value.offices.get(code)?.name ?? code }))
    return ok({ ends, path: named })
  },
)

async function networkAt({ store, orgs }: Ledger, org: string, day: string) {
  const unit = orgs.find(org)
  return unit.ok ? ok(await networkOn(store.pool, unit.value.root, day)) : unit
}
