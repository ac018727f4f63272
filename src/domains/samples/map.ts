import { z } from 'zod'
import { question } from '../../kernel/operation.ts'
import { addDays, parsePeriod } from '../../kernel/period/period.ts'
import { allRecords } from '../../kernel/records/list.ts'
import { ok } from '../../kernel/result.ts'
import { classes, type SeleniumClass } from './selenium.ts'
import { kinds } from './topics.ts'

const CLASSES = Object.keys(classes) as [SeleniumClass]

/** Every tested sample at its place with value and class, for the map. */
export const map = question(
  'samples.map',
  {
    zh: '检测样品分布图',
    en: 'Map of samples',
    input: z.strictObject({
      org: z.string(),
      period: z.string(),
      kind: z.enum(Object.keys(kinds) as [keyof typeof kinds]).optional(),
    }),
    answer: z.strictObject({
      samples: z.array(
        z.strictObject({
          id: z.string(),
          number: z.string(),
          village: z.string(),
          villageName: z.string(),
          lon: z.number(),
          lat: z.number(),
          selenium: z.number(),
          class: z.enum(CLASSES),
        }),
      ),
    }),
  },
  async (ledger, actor, { org, period: text, kind }) => {
    const period = parsePeriod(text)
    if (!period.ok) return period
    const tested = await allRecords(ledger, actor, {
      type: 'samples.sample',
      org,
      state: ['tested'],
      filter: {
        testedOn: { min: period.value.from, max: addDays(period.value.until, -1) },
        ...(kind ? { kind } : {}),
      },
    })
    if (!tested.ok) return tested
    const samples = tested.value.map(({ id, fields }) => {
      const { lon, lat } = fields.place as { lon: number; lat: number }
      return {
        id,
        number: String(fields.number),
        village: String(fields.village),
        villageName: ledger.orgs.byCode(String(fields.village))?.name ?? '',
        lon,
        lat,
        selenium: Number(fields.selenium),
        class: CLASSES.find(one => one === fields.class) ?? 'ungraded',
      }
    })
    return ok({ samples })
  },
)
