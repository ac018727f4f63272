import { isDigit, isHan, list, words } from './characters.ts'
import { HAN_DIGITS } from './han-sum.ts'
import { readNumeral } from './numerals.ts'
import type { Quantity, Source } from './quantity-found.ts'

/** Quantities whose form alone shows them: 百分之五, 三分之一, 一半, 10.0:37.0:53.0, 居第三位. Null when none begins at `at`. */
export function readShape(source: Source, at: number): Quantity | null {
  switch (source.text[at]) {
    case '百':
    case '千':
    case '万':
      return percent(source, at)
    case '一':
    case '半':
      return half(source, at) ?? tenths(source, at) ?? fraction(source, at)
    case '第':
      return rank(source, at)
    case '首':
    case '前':
    case '榜':
      return leading(source, at)
    default:
      return isDigit(source.text, at)
        ? (ratio(source, at) ?? perMany(source, at) ?? fraction(source, at))
        : (tenths(source, at) ?? fraction(source, at))
  }
}

const shape = (start: number, end: number, value: number, rest: Partial<Quantity>): Quantity => ({
  start,
  end,
  value,
  upper: null,
  unit: '',
  base: '',
  kind: 'ratio',
  factor: 1,
  step: 1,
  vague: '',
  arabic: false,
  confidence: 0.9,
  terms: null,
  ...rest,
})

const PARTS = new Map([
  ['百分之', { unit: '%', factor: 1 }],
  ['千分之', { unit: '‰', factor: 0.1 }],
  ['万分之', { unit: '‱', factor: 0.01 }],
])

function percent({ text, raw }: Source, at: number): Quantity | null {
  const part = PARTS.get(text.slice(at, at + 3))
  if (!part) return null
  const numeral = readNumeral(text, at + 3, raw)
  if (!numeral) return null
  const value = numeral.value * numeral.scale
  const step = 10 ** -numeral.decimals * part.factor
  return shape(at, numeral.end, value, {
    upper: numeral.upper,
    unit: part.unit,
    base: '%',
    kind: 'percent',
    factor: part.factor,
    step,
    vague: numeral.vague,
    arabic: numeral.arabic,
  })
}

function half({ text }: Source, at: number): Quantity | null {
  const end = text.startsWith('一半', at) ? at + 2 : text.startsWith('半数', at) ? at + 2 : at
  if (end === at || (end < text.length && '天年日路拉'.includes(text[end]!))) return null
  if (text[at - 1] === '另') return null
  return shape(at, end, 0.5, { confidence: 0.7, step: 0.1 })
}

/** 三分之一, 1/3. The written numbers are small, so a short look suffices. */
function fraction({ text, raw, zones }: Source, at: number): Quantity | null {
  if (!'一二两三四五六七八九十'.includes(text[at]!) && !isDigit(text, at)) return null
  if (isDigit(text, at)) {
    if (text[at + 1] !== '/' || !isDigit(text, at + 2) || isDigit(text, at + 3) || isDigit(text, at - 1)) return null
    if (zones.isMasked(at) || '/-.'.includes(text[at - 1] ?? ' ') || '/-.'.includes(text[at + 3] ?? ' ')) return null
    const [top, bottom] = [Number(text[at]), Number(text[at + 2])]
    return top > 0 && top < bottom
      ? shape(at, at + 3, top / bottom, { arabic: true, confidence: 0.8, step: 0.01 })
      : null
  }
  const ahead = text.slice(at + 1, at + 5)
  if (!ahead.includes('分之')) return null
  const bottom = readNumeral(text, at, raw)
  if (!bottom || !text.startsWith('分之', bottom.end)) return null
  const top = readNumeral(text, bottom.end + 2, raw)
  if (!top || bottom.value * bottom.scale === 0) return null
  return shape(at, top.end, (top.value * top.scale) / (bottom.value * bottom.scale), { step: 0.01, vague: top.vague })
}

/** 一成二 is 12 percent. */
function tenths({ text, zones }: Source, at: number): Quantity | null {
  if (text[at + 1] !== '成' || zones.isMasked(at)) return null
  const [whole, part] = [HAN_DIGITS.get(text[at]!), HAN_DIGITS.get(text[at + 2] ?? '')]
  if (whole === undefined || part === undefined || isHan(text, at + 3)) return null
  return shape(at, at + 3, (whole * 10 + part) / 10, { unit: '成', base: '%', kind: 'percent', factor: 10, step: 1 })
}

/** 孕产妇死亡率6.8/10万: a rate per so many. */
function perMany({ text, raw, zones }: Source, at: number): Quantity | null {
  if (zones.isMasked(at) || isDigit(text, at - 1) || text[at - 1] === '.') return null
  const numeral = readNumeral(text, at, raw)!
  const per = ['/10万', '/十万', '/万', '/千'].find(each => text.startsWith(each, numeral.end))
  if (per === undefined || numeral.scale !== 1) return null
  return shape(at, numeral.end + per.length, numeral.value, {
    unit: per,
    base: per,
    arabic: true,
    step: 10 ** -numeral.decimals,
  })
}

const MAX_TERMS = 8

/** `7:2:1` and `1:1.5`; clock times are dates and masked. */
function ratio({ text, raw, zones }: Source, at: number): Quantity | null {
  if (zones.isMasked(at) || isDigit(text, at - 1) || text[at - 1] === '.') return null
  const terms: number[] = []
  let decimals = 0
  let end = at
  while (terms.length < MAX_TERMS && isDigit(text, end)) {
    const numeral = readNumeral(text, end, raw)!
    if (numeral.scale !== 1) return null
    terms.push(numeral.value)
    decimals = Math.max(decimals, numeral.decimals)
    end = numeral.end
    if (text[end] !== ':' || !isDigit(text, end + 1)) break
    end++
  }
  if (terms.length < 2 || isDigit(text, end)) return null
  const isClock = terms.length === 2 && decimals === 0 && !/[比为达率至]/.test(text.slice(Math.max(0, at - 4), at))
  if (isClock) return null
  return shape(at, end, terms[0]!, { arabic: true, terms, step: 10 ** -decimals, confidence: 0.92 })
}

const RANKING = words(
  list(`
  居 列 位居 位列 排 排名 排在 排列 名列 跃居 跃至 跃升至 升至 上升至 上升到 前移至 移至 居于 处于 位次 荣获 荣登 获得 获 取得 夺得 稳居 高居
  居全国 居全省 居全市 居全县 居全区 列全国 列全省 列全市 列全县 全国 全省 全市 全县 全区 全州 全盟 全行业 全系统 总分 综合排名 世界 下降至 降至 退至
  保持 由 从 提升至 提升到 升到 前进到 跃升到 跃居到 位次由 排位 排位由 位于 进入 进至 县区 各县区 市州 中 考核 考评 评比 评价
`),
)
const PLACES = list('位 名 位次 方阵 梯队 等次')

/** 居全省第3位, 列全市第一. Ordinals that rank nothing (第三批) are not read. */
function rank({ text, raw }: Source, at: number): Quantity | null {
  const numeral = readNumeral(text, text[at + 1] === ' ' ? at + 2 : at + 1, raw)
  if (numeral?.scale !== 1 || numeral.vague !== '') return null
  const place = PLACES.find(each => text.startsWith(each, numeral.end)) ?? ''
  const end = numeral.end + place.length
  if (place === '方阵' || place === '梯队' || place === '等次') return null
  const isRanked = RANKING.before(text, at, Math.max(0, at - 6)) !== ''
  const isEnd = end >= text.length || !isHan(text, end) || '的和、与'.includes(text[end]!)
  if (place === '' && !(isRanked && isEnd)) return null
  if (place === '名' && !isEnd && !isRanked) return null
  return shape(at, end, numeral.value, {
    unit: place,
    base: '位',
    kind: 'rank',
    arabic: numeral.arabic,
    confidence: isRanked ? 0.95 : 0.8,
  })
}

/** 居全省首位, 全国前10名, 前三位, 榜首. */
function leading({ text, raw }: Source, at: number): Quantity | null {
  const isRanked = RANKING.before(text, at, Math.max(0, at - 6)) !== ''
  if (!isRanked) return null
  if (text.startsWith('首位', at) || text.startsWith('榜首', at))
    return shape(at, at + 2, 1, { unit: '位', base: '位', kind: 'rank', confidence: 0.8 })
  if (text[at] !== '前') return null
  const numeral = readNumeral(text, at + 1, raw)
  const place = numeral && ['名', '位', '强'].find(each => text.startsWith(each, numeral.end))
  if (!numeral || place === undefined || place === null || numeral.scale !== 1) return null
  return shape(at, numeral.end + 1, numeral.value, {
    unit: place,
    base: '位',
    kind: 'rank',
    arabic: numeral.arabic,
    confidence: 0.85,
  })
}
