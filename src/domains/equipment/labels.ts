import { z } from 'zod'
import { sheets, type Tag, tagSheets } from '../../kernel/labels/sheet.ts'
import { givenFile } from '../../kernel/operation.ts'
import { permit } from '../../kernel/people/actor.ts'
import { choice } from '../../kernel/records/fields.ts'
import { ok } from '../../kernel/result.ts'
import { kinds } from './topics.ts'

const symbols = { qr: { zh: '二维码', en: 'QR' }, code128: { zh: '128条码', en: 'Code 128' } } as const
const MOST = 1000
const layouts = Object.keys(sheets) as [keyof typeof sheets, ...(keyof typeof sheets)[]]

/** Tags of the devices of a unit and beneath, or of the numbers asked, as sheets to print. */
export const labels = givenFile(
  'equipment.labels',
  {
    zh: '设备标签',
    en: 'Device tags',
    input: z.strictObject({
      org: z.string(),
      /** Device numbers, by commas; all devices in use when not given. */
      numbers: z.string().max(20_000).optional(),
      symbol: choice(symbols, { zh: '码制', en: 'Code' }).default('qr'),
      layout: z.enum(layouts).default('a4-3x8'),
      /** Places on the first sheet that are used up. */
      skip: z.coerce.number().int().min(0).max(23).default(0),
    }),
    mediaTypes: ['application/pdf'],
    on: { type: 'equipment.device' },
  },
  async (ledger, actor, { org, numbers, symbol, layout, skip }) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'read', unit.value)
    if (!permitted.ok) return permitted
    const wanted = numbers?.split(/[,，\s]+/).filter(one => one !== '') ?? null
    const { rows } = await ledger.store.pool.query<{
      org: number
      number: string
      kind: keyof typeof kinds
      model: string
    }>(
      `SELECT org, fields ->> 'number' AS number, fields ->> 'kind' AS kind, fields ->> 'model' AS model FROM record
       WHERE root = $1 AND type = 'equipment.device' AND org = ANY($2) AND status IN ('entered', 'confirmed')
         AND CASE WHEN $3::text[] IS NULL THEN state <> 'retired' ELSE fields ->> 'number' = ANY($3) END
       ORDER BY fields ->> 'number' LIMIT ${MOST}`,
      [unit.value.root, ledger.orgs.under(unit.value.path).map(one => one.id), wanted],
    )
    const tags = rows.map(
      (row): Tag => ({
        code: row.number,
        symbol,
        lines: [`${kinds[row.kind].zh} ${row.model}`, ledger.orgs.byId(row.org)!.name],
      }),
    )
    const content = await tagSheets(tags, { layout: sheets[layout], skip, title: '设备标签', at: ledger.clock() })
    return content.ok
      ? ok({ content: content.value, name: `设备标签-${org}.pdf`, mediaType: 'application/pdf' })
      : content
  },
)
