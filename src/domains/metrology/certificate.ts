import { z } from 'zod'
import type { Mark, Page } from '../../kernel/labels/page.ts'
import { pdf } from '../../kernel/labels/pdf.ts'
import { qr } from '../../kernel/labels/symbol.ts'
import { givenFile } from '../../kernel/operation.ts'
import { readRecord } from '../../kernel/records/read.ts'
import type { Fields } from '../../kernel/records/type.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { kinds, results, sorts } from './topics.ts'

const A4 = { width: 210, height: 297 }

const text = (
  x: number,
  y: number,
  size: number,
  words: string,
  more: Partial<Extract<Mark, { kind: 'text' }>> = {},
): Mark => ({
  kind: 'text',
  x,
  y,
  width: A4.width - 2 * x,
  size,
  text: words,
  ...more,
})

/** A certificate as a page: what was verified, with what result, until when it holds; its code leads back to the record. */
export function certificatePage(
  station: string,
  record: string,
  verification: Fields,
  instrument: Fields | null,
): Result<Page> {
  const code = qr(record)
  if (!code.ok) return code
  const named = (choices: Readonly<Record<string, { zh: string }>>, key: unknown) => choices[String(key)]?.zh ?? ''
  const lines = [
    ['证书编号', verification.certificate],
    ['器具编号', verification.number],
    ['器具名称', named(kinds, verification.kind)],
    ['型号规格', instrument?.model],
    ['制造厂家', instrument?.maker],
    ['检定类别', named(sorts, verification.sort)],
    ['检定结论', named(results, verification.result)],
    ['检定员证号', verification.verifier],
    ['检定日期', verification.verifiedOn],
    ['有效期至', verification.validUntil],
  ].map(([name, value], i) => [
    text(30, 70 + i * 14, 5, `${String(name)}：`),
    text(68, 70 + i * 14, 5, String(value ?? '—')),
  ])
  const side = 30
  return ok({
    ...A4,
    marks: [
      { kind: 'box', x: 15, y: 15, width: A4.width - 30, height: A4.height - 30, line: 0.6 },
      text(20, 32, 10, '检定证书', { align: 'center' }),
      text(20, 48, 5, station, { align: 'center' }),
      ...lines.flat(),
      { kind: 'matrix', x: 150, y: 235, module: side / code.value.rows.length, symbol: code.value },
      text(30, 250, 4.2, '扫描右侧二维码可查到本次检定的台账记录'),
    ],
  })
}

export const certificate = givenFile(
  'metrology.certificate',
  {
    zh: '检定证书',
    en: 'Certificate of verification',
    input: z.strictObject({ org: z.string(), verification: z.uuid() }),
    mediaTypes: ['application/pdf'],
    on: { type: 'metrology.verification', as: 'verification' },
  },
  async (ledger, actor, { verification }) => {
    const found = await readRecord(ledger, actor, verification)
    if (!found.ok) return found
    const { id, root, org, type, status, fields } = found.value
    const isIssued = type === 'metrology.verification' && fields.certificate !== undefined && fields.result !== 'failed'
    if (!isIssued || (status !== 'entered' && status !== 'confirmed'))
      return fail('metrology/no-certificate', {
        field: 'verification',
        zh: '只有检定合格并编了证书号的记录才出证书',
        en: 'Only a passed verification with a certificate number has a certificate',
      })
    const { rows } = await ledger.store.pool.query<{ fields: Fields }>(
      `SELECT fields FROM record WHERE root = $1 AND type = 'metrology.instrument' AND links @> ARRAY[$2::text]
         AND status IN ('entered', 'confirmed') LIMIT 1`,
      [root, `@number=${String(fields.number)}`],
    )
    const page = certificatePage(ledger.orgs.byId(org)!.name, id, fields, rows[0]?.fields ?? null)
    if (!page.ok) return page
    const name = String(fields.certificate)
    const content = await pdf([page.value], { title: `检定证书 ${name}`, at: ledger.clock() })
    return ok({ content, name: `检定证书-${name}.pdf`, mediaType: 'application/pdf' })
  },
)
