import { isDigit, isHan, isLatin, list, words } from './characters.ts'
import { ABSTRACT, NAMED_NUMBERS, NAMING } from './idioms.ts'
import { cellAt, type Paragraph } from './layout.ts'
import type { Numeral } from './numerals.ts'
import type { Quantity, Source } from './quantity-found.ts'
import type { Unit } from './units.ts'

export interface Candidate {
  readonly source: Source
  readonly paragraph: Paragraph
  readonly numeral: Numeral
  readonly unit: Unit | null
  readonly quantity: Quantity
  /** The quantity found before this one. */
  readonly before: Quantity | undefined
}

/** Whether a number states a quantity rather than a name, a number of order, a moment or an article (一个). */
export function isQuantity(candidate: Candidate): boolean {
  const { source, numeral, unit } = candidate
  const { text } = source
  if (numeral.digitsOnly) return false
  if (isDigit(text, numeral.start - 1) || (text[numeral.start - 1] === '.' && numeral.arabic)) return false
  if (!unit) return isBareQuantity(candidate)
  if (isRefused(candidate, unit)) return false
  return numeral.arabic ? isArabicQuantity(candidate, unit) : isHanQuantity(candidate, unit)
}

const VALUE_WORDS = words(
  list(
    '为 达 达到 是 共 至 到 约 近 超过 突破 超 数 率 指数 系数 得分 总分 比 较 : 值 均 逾 余额 总额 收入 产值 投资 资金 金额 支出 销售额 不足 人口 人数 户数 面积 产量 总量 数量',
  ),
)

/** A number without unit: 恩格尔系数为0.32, 总数达3260多, 投资2.5亿, and a table cell that is nothing but a number. */
function isBareQuantity({ source: { text, raw }, paragraph, numeral, quantity }: Candidate): boolean {
  const { end, start } = quantity
  // (上年=100), (女性为100): the base of an index.
  if (quantity.value === 100 && text[end] === ')') return false
  const cell = paragraph.cells?.[cellAt(paragraph.cells, start)]
  if (cell && cell.start === start && cell.end === end) return numeral.arabic
  const next = text[end] ?? ''
  if (isLatin(text, end) || isDigit(text, end) || '-/_:@#'.includes(next || ' ')) return false
  if (NAMING.at(text, end) !== '') return false
  if (numeral.scale >= 1e4) return numeral.arabic || numeral.vague !== ''
  const isClosed = !isHan(text, end) || '的,。'.includes(next)
  if (numeral.vague !== '') return numeral.value >= 10 && isClosed
  if (!numeral.arabic || !isClosed) return false
  const written = text.slice(numeral.start, numeral.end)
  if (NAMED_NUMBERS.has(written) || (written.length === 4 && numeral.value >= 1900 && numeral.value <= 2100))
    return false
  if (numeral.decimals === 0 && !raw.slice(numeral.start, numeral.end).includes(',') && written.length > 6) return false
  return VALUE_WORDS.before(text, start, Math.max(paragraph.body, start - 4)) !== '' && next !== '、'
}

const ROUND_THE_CLOCK = words(
  list(
    '值班 值守 不间断 在线 服务 监控 监测 监管 开放 全天 热线 待命 自助 响应 应急 轮班 不打烊 全天候 巡逻 巡查 受理 营业 供应 领导带班 专人',
  ),
)
const SLOGAN_AFTER = new Set([...'一不化百必更先'])

const MEETINGS = words(list('会议 全会 全体 代表大会 党代会 人代会 常委会'))

/** Forms that are names whatever the number is. */
function isRefused({ source: { text }, numeral, quantity }: Candidate, unit: Unit): boolean {
  const { end } = quantity
  const next = text[end] ?? ''
  const before = text[numeral.start - 1] ?? ''
  if (unit.base === 'V' && isHan(text, end)) return true
  // 县城以西15公里处 is a place.
  if (unit.base === 'm' && next === '处') return true
  if (unit.written === '对' && (isDigit(text, end) || next === '一')) return true
  if (
    unit.written === '次' &&
    !numeral.arabic &&
    (text.startsWith('产业', end) || (MEETINGS.at(text, end) !== '' && '会大届委协党'.includes(before || '-')))
  )
    return true
  if (text.startsWith('项费', numeral.end) || before === '_') return true
  if (before === '×' || (text[numeral.end] === '×' && isDigit(text, numeral.end + 1))) return true
  if (unit.base === '小时' && (ROUND_THE_CLOCK.at(text, end) !== '' || before === '全')) return true
  // 建党100周年: an anniversary, not a length of time.
  if (unit.written === '周年') return true
  if (unit.written === '年') return !isDuration(text, numeral, end)
  if (unit.written === '岁') return numeral.value > 150
  if (unit.written === '番') return before !== '翻' && !text.startsWith('翻了', numeral.start - 2)
  if (unit.strength !== 'weak' && unit.kind !== 'count') return false
  if (unit.written === '个' || unit.written === '项' || unit.written === '条') {
    if (ABSTRACT.at(text, end) !== '') return true
    if (!numeral.arabic && SLOGAN_AFTER.has(next)) return true
  }
  // 新十条, 国九条: named after their number of articles.
  return unit.written === '条' && !numeral.arabic && '新国省市金'.includes(before)
}

const SPANS = words(
  list(
    '历时 提前 连续 为期 长达 满 缩短 缩短至 缩短到 延长 延长至 超 超过 不足 达 达到 约 耗时 期限 任期 有期徒刑 质保 服务 工龄 年限 周期 寿命 用时 需 需要 仅用 只用 用 用了 经过 已 时间 推迟 保存 不少于 不超过 至少 拖欠 长 近',
  ),
)

/** 历时三年, 连续5年 last; 近三年来, 今后五年, 三年行动 name a period. */
function isDuration(text: string, numeral: Numeral, end: number): boolean {
  const next = text[end] ?? ''
  if (next !== '' && '来内间期度级制以前后底末初中份计规行终均龄轻会检审薪报产工总'.includes(next)) return false
  const lead = SPANS.before(text, numeral.start, Math.max(0, numeral.start - 4))
  if (lead === '') return false
  return lead === '近' || lead === '已' ? !isHan(text, end) : true
}

/** Units that a bare figure before them does not make a quantity: 3路, 8级, 4星, 98版. */
const NAME_UNITS = new Set(list('点 路 线 级 星 格 版 号段 款 分 度 周 方 网 届 平'))
const LAST_SUPPORT = words(
  list(
    '连续 得分 总分 平均分 考核 评分 满分 扣 加 减 得 为 达 达到 历时 为期 提前 气温 温度 用电 用电量 耗电 发电 满意度 分别 分值 节电',
  ),
)

function isArabicQuantity({ source: { text }, numeral, unit, quantity, paragraph }: Candidate, found: Unit): boolean {
  const written = text.slice(numeral.start, numeral.end)
  if (found.strength !== 'measure' && NAMED_NUMBERS.has(written) && NAMING.at(text, numeral.end) !== '') return false
  if (found.strength !== 'weak' || !NAME_UNITS.has(found.written)) return true
  if (unit!.written === '款') return isHan(text, quantity.end) || numeral.value < 100
  const isMagnitude = numeral.scale > 1 || numeral.decimals > 0 || numeral.value >= 1000
  if (isMagnitude && found.written !== '级' && found.written !== '版') return true
  return LAST_SUPPORT.before(text, numeral.start, Math.max(paragraph.body, numeral.start - 4)) !== ''
}

/** Things so solid that even `一座` counts them. */
const SOLID = new Set(list('座 台 辆 栋 幢 所 艘 架 例 宗 间 眼 口 台套'))
/** Written with the Chinese figure these are counted even where the lexicon calls them weak. */
const HAN_WEAK = new Set(list('成 折 层 道 段 门 口 字'))

function isHanQuantity({ source: { text }, numeral, quantity, before, paragraph }: Candidate, unit: Unit): boolean {
  const isVague = numeral.vague !== ''
  const value = numeral.value * numeral.scale
  const first = text[numeral.start]!
  // 百名专家, 千人大会: round words rather than counts.
  if (!isVague && (first === '百' || first === '千') && numeral.end === numeral.start + 1) return false
  if (unit.strength === 'weak') {
    // 建党100周年: an anniversary, not a length of time.
    if (unit.written === '周年') return true
    if (unit.written === '年') return value > 1
    if (!HAN_WEAK.has(unit.written) && !isVague && value < 10)
      return LAST_SUPPORT.before(text, numeral.start, Math.max(paragraph.body, numeral.start - 4)) !== ''
    if (NAME_UNITS.has(unit.written)) return false
  }
  if (value !== 1 || isVague || numeral.upper !== null) return true
  return isCountedOne(text, numeral, quantity, unit, before)
}

/** `一` counts when it stands behind its noun (二等奖一项) or among other counts (4台电脑、一部服务车); before its noun it is an article. */
function isCountedOne(
  text: string,
  numeral: Numeral,
  { end }: Quantity,
  unit: Unit,
  before: Quantity | undefined,
): boolean {
  if (unit.strength === 'measure')
    return unit.kind === 'money' || unit.kind === 'area' || unit.kind === 'mass' || unit.kind === 'percent'
  if (unit.written === '成' || unit.written === '番') return true
  if (SOLID.has(unit.written)) return true
  const next = text[end] ?? ''
  const isClosed = next === '' || '、,。;和)及\n'.includes(next)
  const previous = text[numeral.start - 1] ?? ''
  const isBehindNoun =
    isHan(text, numeral.start - 1) && !'了着过的有为是成在以这那每同另哪某任上下唯进第新'.includes(previous)
  if (isClosed && isBehindNoun) return true
  const gap = before ? text.slice(before.end, numeral.start) : ''
  return before !== undefined && gap.length <= 10 && gap.endsWith('、')
}
