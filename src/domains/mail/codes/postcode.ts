import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type Change, unify } from './written.ts'

declare const brand: unique symbol

/** A postcode that has been checked: `100000`. */
export type Postcode = string & { readonly [brand]: 'Postcode' }

export interface PostcodeParts {
  readonly code: Postcode
  readonly province: { readonly zh: string; readonly en: string }
  /** 邮区, digits 1-3. */
  readonly district: string
  /** Digits 1-4. */
  readonly county: string
  readonly changes: readonly Change[]
}

/** Digits 1-2, by province. */
const PROVINCES: readonly (readonly [from: number, to: number, zh: string, en: string])[] = [
  [1, 2, '内蒙古', 'Inner Mongolia'],
  [3, 4, '山西', 'Shanxi'],
  [5, 7, '河北', 'Hebei'],
  [10, 10, '北京', 'Beijing'],
  [11, 12, '辽宁', 'Liaoning'],
  [13, 13, '吉林', 'Jilin'],
  [15, 16, '黑龙江', 'Heilongjiang'],
  [20, 20, '上海', 'Shanghai'],
  [21, 22, '江苏', 'Jiangsu'],
  [23, 24, '安徽', 'Anhui'],
  [25, 27, '山东', 'Shandong'],
  [30, 30, '天津', 'Tianjin'],
  [31, 32, '浙江', 'Zhejiang'],
  [33, 34, '江西', 'Jiangxi'],
  [35, 36, '福建', 'Fujian'],
  [40, 40, '重庆', 'Chongqing'],
  [41, 42, '湖南', 'Hunan'],
  [43, 44, '湖北', 'Hubei'],
  [45, 47, '河南', 'Henan'],
  [51, 52, '广东', 'Guangdong'],
  [53, 54, '广西', 'Guangxi'],
  [55, 56, '贵州', 'Guizhou'],
  [57, 57, '海南', 'Hainan'],
  [61, 64, '四川', 'Sichuan'],
  [65, 67, '云南', 'Yunnan'],
  [71, 72, '陕西', 'Shaanxi'],
  [73, 74, '甘肃', 'Gansu'],
  [75, 75, '宁夏', 'Ningxia'],
  [81, 81, '青海', 'Qinghai'],
  [83, 84, '新疆', 'Xinjiang'],
  [85, 86, '西藏', 'Tibet'],
  [99, 99, '港澳台', 'Hong Kong, Macao and Taiwan'],
]

export const provinceOf = (code: string): { zh: string; en: string } | undefined => {
  const head = Number(code.slice(0, 2))
  const found = PROVINCES.find(([from, to]) => head >= from && head <= to)
  return found && { zh: found[2], en: found[3] }
}

/**
 * Reads a postcode: digits 1-2 province, 3 postal district, 4 county, 5-6 delivery office.
 * @returns the parts, or an error `mail/postcode/length`, `/digit`, `/province`
 */
export function parsePostcode(written: string): Result<PostcodeParts> {
  const { text, changes } = unify(written, { capitals: false })
  const refuse = (rule: string, zh: string, en: string) =>
    fail(`mail/postcode/${rule}`, { field: 'postcode', value: written, zh, en })
  if (text.length !== 6)
    return refuse(
      'length',
      `邮政编码应为6位，“${written}”有${text.length}位`,
      `A postcode has 6 digits; '${written}' has ${text.length}`,
    )
  if (!/^[0-9]{6}$/.test(text))
    return refuse('digit', `邮政编码只能是数字，不能是“${written}”`, `A postcode is digits only, not '${written}'`)
  const province = provinceOf(text)
  if (!province)
    return refuse(
      'province',
      `“${written}”的前两位不属于任何省份`,
      `The first two digits of '${written}' belong to no province`,
    )
  // The one place where a string becomes a postcode.
  return ok({ code: text as Postcode, province, district: text.slice(0, 3), county: text.slice(0, 4), changes })
}
