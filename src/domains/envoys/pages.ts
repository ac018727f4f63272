import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { parsePeriod } from '../../kernel/period/period.ts'
import { allRecords, type ListedRecord } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { type Rate, subsidy } from './subsidy.ts'

const work = {
  projects: z.number(),
  households: z.number(),
  techniques: z.number(),
  varieties: z.number(),
  introductions: z.number(),
  bodies: z.number(),
  days: z.number(),
  people: z.number(),
  /** In fen. */
  subsidy: z.number(),
}

/** `envoy` is null for what names no envoy. Techniques and varieties count once with each envoy, introductions add up. */
const page = z.strictObject({
  envoy: z.string().nullable(),
  number: z.string(),
  /** Masked. */
  name: z.string(),
  grade: z.string(),
  trade: z.string(),
  since: z.string(),
  until: z.string().nullable(),
  ...work,
})

/** The page of every envoy for a period: what is told of each adds up to the figures of the unit. */
export const pages = question(
  'envoys.pages',
  {
    zh: '特派员业绩',
    en: 'Pages of envoys',
    input: z.strictObject({ org: z.string(), period: z.string(), envoy: z.uuid().optional() }),
    answer: z.strictObject({ pages: z.array(page) }),
  },
  async (ledger, actor, { org, period: text, envoy: asked }) => {
    const period = parsePeriod(text)
    if (!period.ok) return period
    const { from, until } = period.value
    const appointments = await allRecords(ledger, actor, { type: 'envoys.appointment', org, sort: 'number' })
    if (!appointments.ok) return appointments
    const lists: Record<string, readonly ListedRecord[]> = {}
    for (const name of ['project', 'introduction', 'body', 'service'] as const) {
      const list = await allRecords(ledger, actor, { type: `envoys.${name}`, org, period: text })
      if (!list.ok) return list
      lists[name] = list.value
    }
    const rates = await allRecords(ledger, actor, { type: 'envoys.rate' })
    if (!rates.ok) return rates
    const known = rates.value.map(
      ({ fields }): Rate => ({
        grade: String(fields.grade),
        since: String(fields.since),
        daily: Number(fields.daily),
        mostDays: Number(fields.mostDays),
      }),
    )
    const ids = new Set(appointments.value.map(one => one.id))
    const of = (name: string, envoy: string | null) =>
      (lists[name] ?? []).filter(({ fields }) =>
        envoy === null ? !ids.has(String(fields.envoy ?? '')) : fields.envoy === envoy,
      )
    const workOf = (envoy: string | null, grade: string) => {
      const introduced = of('introduction', envoy)
      const names = (kind: string) =>
        new Set(introduced.filter(one => one.fields.kind === kind).map(one => one.fields.name)).size
      const log = of('service', envoy).map(({ fields }) => ({
        servedOn: String(fields.servedOn),
        days: Number(fields.days),
        people: Number(fields.people),
      }))
      return {
        projects: of('project', envoy).length,
        households: sum(of('project', envoy).map(one => Number(one.fields.households ?? 0))),
        techniques: names('technique'),
        varieties: names('variety'),
        introductions: introduced.length,
        bodies: of('body', envoy).length,
        days: sum(log.map(one => one.days)),
        people: sum(log.map(one => one.people)),
        subsidy: sum(subsidy(grade, log, known).map(one => one.amount)),
      }
    }
    const all = appointments.value
      .map(({ id, fields }) => ({
        envoy: id,
        number: String(fields.number),
        name: String(fields.envoy),
        grade: String(fields.grade),
        trade: String(fields.trade),
        since: String(fields.since),
        until: fields.until === undefined ? null : String(fields.until),
        ...workOf(id, String(fields.grade)),
      }))
      .filter(one => one.since < until && (one.until === null || one.until > from))
    const unnamed = {
      envoy: null,
      number: '',
      name: '',
      grade: '',
      trade: '',
      since: '',
      until: null,
      ...workOf(null, ''),
    }
    return ok({ pages: asked ? all.filter(one => one.envoy === asked) : [...all, unnamed] })
  },
)

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
