export const HAN_DIGITS = new Map<string, number>([
  ['零', 0],
  ['〇', 0],
  ['一', 1],
  ['二', 2],
  ['两', 2],
  ['三', 3],
  ['四', 4],
  ['五', 5],
  ['六', 6],
  ['七', 7],
  ['八', 8],
  ['九', 9],
])
export const TENS = new Map<string, number>([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
export const GREAT = new Map<string, number>([
  ['万', 1e4],
  ['亿', 1e8],
])

/** Adds up 三百二十万 from left to right; two digits in a row (三五, 十七八, 二三十) are the ends of a range. */
export class HanSum {
  lastScale = 0
  empty = true
  private total = 0
  private section = 0
  private digit: number | null = null
  private high: number | null = null
  private zero = false
  private run = 0
  private string = ''
  private great = ''
  private fraction = ''
  private inFraction = false
  private scaled = false

  take(ch: string): boolean {
    if (ch === '廿' || ch === '卅') return this.take(ch === '廿' ? '二' : '三') && this.take('十')
    const digit = HAN_DIGITS.get(ch)
    if (digit !== undefined) {
      if (this.inFraction) {
        this.fraction += String(digit)
        return true
      }
      this.empty = false
      this.string += String(digit)
      this.run++
      if (digit === 0 && this.scaled) this.zero = true
      else if (this.digit !== null && this.run === 2) this.high = digit
      else this.digit = digit
      return true
    }
    if (this.inFraction && TENS.has(ch)) return false
    const ten = TENS.get(ch)
    if (ten !== undefined) {
      if (this.run > 2 || this.isFalling()) return false
      const low = this.digit ?? 1
      if (this.high !== null) this.pending = { low: low * ten, high: this.high * ten }
      this.section += low * ten
      this.settle(ten)
      return true
    }
    const great = GREAT.get(ch)
    if (great === undefined || this.run > 2 || this.isFalling()) return false
    const group = this.section + (this.digit ?? (this.section === 0 && !this.scaled ? 1 : 0))
    if (this.high !== null && this.digit !== null)
      this.pending = { low: group * great, high: (this.section + this.high) * great }
    this.total = great > this.lastScale && this.total > 0 ? (this.total + group) * great : this.total + group * great
    this.great = this.great !== '' && great > this.lastScale ? `${this.great}${ch}` : ch
    this.section = 0
    this.settle(great)
    return true
  }

  private pending: { low: number; high: number } | null = null

  /** 五三千 is no range: the ends of one rise. */
  private isFalling(): boolean {
    return this.high !== null && this.digit !== null && this.high <= this.digit
  }

  private settle(scale: number): void {
    this.empty = false
    this.digit = null
    this.high = null
    this.zero = false
    this.run = 0
    this.lastScale = scale
    this.scaled = true
  }

  point(next: string): boolean {
    if (this.empty || this.inFraction || !HAN_DIGITS.has(next)) return false
    this.inFraction = true
    return true
  }

  result(): {
    value: number
    upper: number | null
    scale: number
    scaleText: string
    decimals: number
    digitsOnly: boolean
  } {
    if (!this.scaled && this.run >= 2) {
      const low = this.digit ?? 0
      const isPair = this.run === 2 && this.high !== null && (this.high === low + 1 || (low === 3 && this.high === 5))
      if (isPair) return plain(low, this.high, false)
      return { ...plain(Number(this.string), null, true) }
    }
    // 三百二 is 320, 三百零二 is 302.
    const tail = this.digit ?? 0
    const last = this.lastScale > 10 && !this.zero && tail > 0 ? (tail * this.lastScale) / 10 : tail
    const endsGreat = this.great !== '' && this.section === 0 && this.digit === null
    const scale = endsGreat ? [...this.great].reduce((product, ch) => product * GREAT.get(ch)!, 1) : 1
    const whole = this.total + this.section + last + Number(`0.${this.fraction || '0'}`)
    const upper = this.pending
      ? whole - this.pending.low + this.pending.high
      : this.high !== null
        ? whole - tail + this.high
        : null
    return {
      value: whole / scale,
      upper: upper === null ? null : upper / scale,
      scale,
      scaleText: endsGreat ? this.great : '',
      decimals: this.fraction.length,
      digitsOnly: false,
    }
  }
}

const plain = (value: number, upper: number | null, digitsOnly: boolean) => ({
  value,
  upper,
  scale: 1,
  scaleText: '',
  decimals: 0,
  digitsOnly,
})
