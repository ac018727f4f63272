import { fail, ok, type Result } from '../result.ts'

/**
 * A document number (发文字号) as the standard writes it: the issuer's mark, the year in hexagonal brackets, the running
 * number without 第 and leading zeros. Other brackets become hexagonal.
 * @returns 示科发〔2024〕12号, or `report/number`
 * Source: GB/T 9704-2012, 7.2.5
 */
export function documentNumber(text: string): Result<string> {
  const match = /^([\p{Script=Han}A-Za-z]{2,30})[〔[［(（【]((?:19|20|21)\d\d)[〕\]］)）】]([1-9]\d{0,5})号$/u.exec(
    text.normalize('NFC').replace(/\s/g, ''),
  )
  if (match && !match[1]!.endsWith('第')) return ok(`${match[1]}〔${match[2]}〕${match[3]}号`)
  return fail('report/number', {
    field: 'number',
    value: text.slice(0, 60),
    zh: '文号应写作“示科发〔2024〕12号”：年份加六角括号，序号不加“第”，不以0开头',
    en: 'A document number is written 示科发〔2024〕12号: the year in hexagonal brackets, no 第, no leading zero',
  })
}
