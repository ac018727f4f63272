import bwip from 'bwip-js'
import { fail, ok, type Result } from '../result.ts'

/** A Code 128 symbol: widths in modules, bar and space by turns, beginning and ending with a bar; quiet zones not counted. */
export interface Bars {
  readonly kind: 'bars'
  readonly text: string
  readonly widths: readonly number[]
  readonly modules: number
}

/** A QR symbol: rows of modules, true is dark; quiet zone not counted. */
export interface Matrix {
  readonly kind: 'matrix'
  readonly text: string
  readonly rows: readonly (readonly boolean[])[]
}

export type PrintedSymbol = Bars | Matrix

/** ISO/IEC 15417: the narrowest module we print, in mm, and the light margin on each side, in modules. */
export const MODULE = 0.33
export const QUIET = 10
/** ISO/IEC 18004: the light margin around a QR symbol, in modules. */
export const QUIET_QR = 4

const START = { B: 104, C: 105 } as const
const LONGEST = 80

/**
 * Code 128 of a text.
 * @param set one code set for the whole text, or the shortest mixture when it is left out
 * @returns the symbol, or an error `label/characters`, `/odd`, `/long`, `/empty`
 * Source: ISO/IEC 15417; the check character and the widths are the encoder's
 */
export function code128(text: string, set?: 'B' | 'C'): Result<Bars> {
  if (text === '')
    return fail('label/empty', { field: 'code', zh: '没有要打印的编码', en: 'There is no code to print' })
  if (text.length > LONGEST)
    return fail('label/long', {
      field: 'code',
      length: text.length,
      zh: `编码有${text.length}个字符，一维条码最多${LONGEST}个`,
      en: `The code has ${text.length} characters; a Code 128 label takes up to ${LONGEST}`,
    })
  const wrong = [...text].find(char => !(set === 'C' ? /\d/ : /[ -~]/).test(char))
  if (wrong !== undefined)
    return fail('label/characters', {
      field: 'code',
      value: text,
      zh: `“${wrong}”不能印成一维条码，只能用${set === 'C' ? '数字' : '英文字母、数字和半角符号'}`,
      en: `'${wrong}' cannot be in this Code 128, only ${set === 'C' ? 'digits' : 'ASCII characters'}`,
    })
  if (set === 'C' && text.length % 2 === 1)
    return fail('label/odd', {
      field: 'code',
      value: text,
      zh: `字符集C要求位数为偶数，“${text}”有${text.length}位`,
      en: `Code set C takes an even number of digits; '${text}' has ${text.length}`,
    })
  const values = set === undefined ? undefined : [START[set], ...(set === 'B' ? ascii(text) : pairs(text))]
  const written = values?.map(value => `^${String(value).padStart(3, '0')}`).join('') ?? text
  const [symbol] = bwip.raw('code128', written, values ? 'raw' : '')
  if (!symbol || !('sbs' in symbol)) throw new Error('the encoder gave no bars')
  return ok({ kind: 'bars', text, widths: symbol.sbs, modules: symbol.sbs.reduce((sum, width) => sum + width, 0) })
}

const ascii = (text: string): number[] => [...text].map(char => char.charCodeAt(0) - 32)
const pairs = (text: string): number[] => text.match(/../g)!.map(Number)

/** QR of a text, error correction M. A text beyond the largest symbol is an error `label/long`. */
export function qr(text: string): Result<Matrix> {
  if (text === '')
    return fail('label/empty', { field: 'code', zh: '没有要打印的编码', en: 'There is no code to print' })
  const bytes = Buffer.byteLength(text)
  if (bytes > 500)
    return fail('label/long', {
      field: 'code',
      length: bytes,
      zh: `内容有${bytes}字节，标签上的二维码最多500字节`,
      en: `The text has ${bytes} bytes; a QR label takes up to 500`,
    })
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M')
  if (!symbol || !('pixs' in symbol)) throw new Error('the encoder gave no modules')
  const { pixs, pixx, pixy } = symbol
  const rows = Array.from({ length: pixy }, (_, y) => pixs.slice(y * pixx, (y + 1) * pixx).map(pixel => pixel === 1))
  return ok({ kind: 'matrix', text, rows })
}
