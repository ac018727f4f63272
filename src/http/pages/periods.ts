import type { Ledger } from '../../kernel/ledger.ts'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { type Period, today } from '../../kernel/period/period.ts'
import { html, type Part } from './html.ts'
import type { Reader } from './reader.ts'

/** The newest year in which something was recorded in a unit's tree; this year when nothing was. */
export async function newestYear(ledger: Ledger, { root }: OrgUnit): Promise<string> {
  const now = today(ledger.clock)
  const { rows } = await ledger.store.pool.query<{ day: string | null }>(
    `SELECT max(r.day) AS day FROM unnest($2::text[]) AS t(type) CROSS JOIN LATERAL (
       SELECT day FROM record WHERE root = $1 AND type = t.type AND day <= $3 ORDER BY day DESC LIMIT 1) r`,
    [root, [...ledger.registry.types.keys()], now],
  )
  return (rows[0]?.day ?? now).slice(0, 4)
}

/** Periods to choose from: the year before and after, and the parts of this year. */
export function periodLinks({ language }: Reader, period: Period, href: (period: string) => string): Part {
  const zh = language === 'zh'
  const year = Number(period.from.slice(0, 4))
  const named: readonly (readonly [string, string])[] = [
    [`${year - 1}`, zh ? `${year - 1}年` : `${year - 1}`],
    [`${year}`, zh ? `${year}年` : `${year}`],
    [`${year + 1}`, zh ? `${year + 1}年` : `${year + 1}`],
    [`${year}-H1`, zh ? '上半年' : 'H1'],
    [`${year}-H2`, zh ? '下半年' : 'H2'],
    ...[1, 2, 3, 4].map(q => [`${year}-Q${q}`, zh ? `${q}季度` : `Q${q}`] as const),
    ...Array.from({ length: 12 }, (_, i) => {
      const month = String(i + 1).padStart(2, '0')
      return [`${year}-${month}`, zh ? `${i + 1}月` : month] as const
    }),
  ]
  return html`<div class="links periods">${named.map(
    ([text, name]) =>
      html`<a href="${href(text)}"${text === period.text ? html` aria-current="true"` : null}>${name}</a>`,
  )}</div>`
}
