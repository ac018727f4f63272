import { fail, ok, type Result } from '../../../kernel/result.ts'
import { isCountry } from './country.ts'

declare const brand: unique symbol

/** An international mail processing centre: `CNBJSA`. */
export type Impc = string & { readonly [brand]: 'Impc' }

/**
 * Checks the code of an office of exchange: ISO country 2, town 3, centre 1.
 * @returns the code, or an error `mail/impc/length`, `/case`, `/letter`, `/country`
 * Source: UPU S34
 */
export function parseImpc(text: string, field: 'origin' | 'destination'): Result<Impc> {
  const refuse = (rule: string, zh: string, en: string) => fail(`mail/impc/${rule}`, { field, value: text, zh, en })
  if (text.length !== 6)
    return refuse(
      'length',
      `互换局代码应为6位，“${text}”有${text.length}位`,
      `An office of exchange has 6 characters; '${text}' has ${text.length}`,
    )
  if (/[a-z]/.test(text))
    return refuse('case', `互换局代码应为大写，不能是“${text}”`, `An office of exchange is in capitals, not '${text}'`)
  if (!/^[A-Z]{5}[A-Z0-9]$/.test(text))
    return refuse(
      'letter',
      `互换局代码由5个字母加1个字母或数字组成，不能是“${text}”`,
      `An office of exchange is five letters and a letter or digit, not '${text}'`,
    )
  if (!isCountry(text.slice(0, 2)))
    return refuse(
      'country',
      `“${text}”前两位不是国家或地区代码`,
      `The first two characters of '${text}' are not a country`,
    )
  // The one place where a string becomes an office of exchange.
  return ok(text as Impc)
}
