import { z } from 'zod'
import { figures } from '../../../kernel/figures/figure.ts'
import { question } from '../../../kernel/operation.ts'
import { ok } from '../../../kernel/result.ts'
import { kinds } from '../topics.ts'

const LINKS = ['purchasing.planned', 'purchasing.ordered', 'equipment.arrived', 'equipment.installed'] as const

/** Planned, ordered, arrived and installed by kind: one chain, with what is missing at each link. */
export const chain = question(
  'purchasing.chain',
  {
    zh: '采购到安装',
    en: 'From plan to installation',
    input: z.strictObject({ org: z.string(), period: z.string() }),
    answer: z.strictObject({
      kinds: z.array(
        z.strictObject({
          kind: z.string(),
          planned: z.number(),
          ordered: z.number(),
          arrived: z.number(),
          installed: z.number(),
          /** Planned and not yet installed. */
          gap: z.number(),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, period }) => {
    const found = await figures(
      ledger,
      actor,
      LINKS.map(indicator => ({ indicator, org, period, by: 'kind' })),
    )
    if (!found.ok) return found
    const of = (link: number, kind: string) => found.value[link]!.rows?.find(row => row.key === kind)?.value ?? 0
    return ok({
      kinds: Object.keys(kinds)
        .map(kind => {
          const [planned, ordered, arrived, installed] = LINKS.map((_, link) => of(link, kind)) as [
            number,
            number,
            number,
            number,
          ]
          return { kind, planned, ordered, arrived, installed, gap: planned - installed }
        })
        .filter(one => LINKS.some((_, link) => of(link, one.kind) !== 0)),
    })
  },
)
