import { fail, ok, type Result } from '../../../../kernel/result.ts'

// The syntax of EDIFACT (ISO 9735): characters into segments and back, a segment at a time, in bounded memory.

export interface Segment {
  readonly tag: string
  /** Elements after the tag; each is its components. */
  readonly elements: readonly (readonly string[])[]
}

/** A segment and where it stood. */
export interface Placed extends Segment {
  /** 1 for the first after UNA. */
  readonly nth: number
}

export interface Limits {
  /** Bytes of a segment, of the whole. */
  readonly segment: number
  readonly total: number
}

export const LIMITS: Limits = { segment: 16 * 1024, total: 64 * 1024 * 1024 }

export interface Marks {
  readonly component: number
  readonly element: number
  /** Undefined when the interchange does without. */
  readonly release?: number
  readonly terminator: number
}

const code = (char: string) => char.charCodeAt(0)
/** Source: ISO 9735, the service characters in force where there is no UNA. */
export const STANDARD_MARKS: Marks = {
  component: code(':'),
  element: code('+'),
  release: code('?'),
  terminator: code("'"),
}
const SPACE = code(' ')

/** Character sets by the syntax identifier of UNB. C is ISO 8859-1; W and Y carry UTF-8. */
const CHARSETS = { UNOA: 'ascii', UNOB: 'ascii', UNOC: 'latin1', UNOW: 'utf8', UNOY: 'utf8' } as const
export type Charset = (typeof CHARSETS)[keyof typeof CHARSETS]

/**
 * Reads segments from bytes as they come. The first error ends it.
 * Errors: `mail/edifact/empty`, `/una`, `/first`, `/charset`, `/character`, `/escape`, `/tag`, `/segment-too-long`, `/too-large`, `/unterminated`
 */
export async function* segments(source: AsyncIterable<Uint8Array>, limits = LIMITS): AsyncGenerator<Result<Placed>> {
  let marks = STANDARD_MARKS
  let charset: Charset = 'ascii'
  let nth = 0
  let total = 0
  let begun = false
  let rest = Buffer.alloc(0)
  /** How much of the rest has been looked through, and whether a release character came just before. */
  let looked = 0
  let released = false
  for await (const chunk of source) {
    total += chunk.length
    if (total > limits.total) return yield tooLarge(limits.total)
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    if (!begun) {
      rest = rest.subarray(blanks(rest))
      if (rest.length < 9) continue
      begun = true
      if (rest.toString('latin1', 0, 3) === 'UNA') {
        const advice = serviceMarks(rest.subarray(3, 9))
        if (!advice)
          return yield refuse(
            'una',
            nth,
            'UNA中的分隔符相互冲突',
            'The service characters of UNA contradict each other',
          )
        marks = advice
        rest = rest.subarray(9)
      }
    }
    let start = 0
    for (let at = looked; at < rest.length; at++) {
      if (released) released = false
      else if (rest[at] === marks.release) released = true
      else if (rest[at] === marks.terminator) {
        const bytes = rest.subarray(start + blanks(rest.subarray(start, at)), at)
        nth++
        if (bytes.length > limits.segment) return yield tooLong(nth, limits.segment)
        const segment = readSegment(bytes, marks, nth === 1 ? 'ascii' : charset, nth)
        if (!segment.ok) return yield segment
        if (nth === 1) {
          const chosen = charsetOf(segment.value)
          if (!chosen.ok) return yield chosen
          charset = chosen.value
        }
        yield segment
        start = at + 1
      }
    }
    rest = rest.subarray(start)
    looked = rest.length
    if (rest.length > limits.segment) return yield tooLong(nth + 1, limits.segment)
  }
  rest = rest.subarray(blanks(rest))
  if (rest.length > 0) {
    yield released
      ? refuse('escape', nth + 1, '报文以转义符结束', 'The message ends with a release character')
      : refuse(
          'unterminated',
          nth + 1,
          '报文在段的中间结束，可能没有传完',
          'The message ends within a segment; it may be incomplete',
        )
  } else if (nth === 0) yield refuse('empty', 0, '报文是空的', 'The message is empty')
}

/** CR, LF and spaces between segments mean nothing. */
function blanks(bytes: Uint8Array): number {
  let count = 0
  while (count < bytes.length && (bytes[count] === 10 || bytes[count] === 13 || bytes[count] === SPACE)) count++
  return count
}

function serviceMarks(advice: Buffer): Marks | undefined {
  const [component, element, , release, , terminator] = advice
  const used = [component!, element!, terminator!, ...(release === SPACE ? [] : [release!])]
  const usable = used.every(byte => byte > 32 && byte < 127 && !/[A-Za-z0-9]/.test(String.fromCharCode(byte)))
  if (!usable || new Set(used).size < used.length) return undefined
  return {
    component: component!,
    element: element!,
    release: release === SPACE ? undefined : release!,
    terminator: terminator!,
  }
}

function charsetOf(first: Placed): Result<Charset> {
  if (first.tag !== 'UNB')
    return refuse('first', 1, `报文应以UNB开头，不能是${first.tag}`, `An interchange begins with UNB, not ${first.tag}`)
  const identifier = first.elements[0]?.[0] ?? ''
  if (!isCharset(identifier))
    return refuse('charset', 1, `不支持字符集“${identifier}”`, `The character set '${identifier}' is not supported`)
  return ok(CHARSETS[identifier])
}

const isCharset = (text: string): text is keyof typeof CHARSETS => Object.hasOwn(CHARSETS, text)

function readSegment(bytes: Buffer, marks: Marks, charset: Charset, nth: number): Result<Placed> {
  const elements: string[][] = [[]]
  let plain: number[] = []
  const close = (): boolean => {
    const text = decoded(Buffer.from(plain), charset)
    plain = []
    if (text === undefined) return false
    elements.at(-1)!.push(text)
    return true
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === marks.release) {
      const next = bytes[++at]
      const special =
        next === marks.release || next === marks.component || next === marks.element || next === marks.terminator
      if (!special)
        return refuse(
          'escape',
          nth,
          `第${nth}段有错误的转义：转义符后面只能是分隔符`,
          `Segment ${nth} has a broken escape: only a service character may follow a release character`,
        )
      plain.push(next!)
    } else if (byte === marks.component || byte === marks.element) {
      if (!close()) return wrongCharacter(nth, charset)
      if (byte === marks.element) elements.push([])
    } else plain.push(byte)
  }
  if (!close()) return wrongCharacter(nth, charset)
  const [tag, ...others] = elements
  if (tag!.length !== 1 || !/^[A-Z]{3}$/.test(tag![0]!))
    return refuse(
      'tag',
      nth,
      `第${nth}段的段名“${tag!.join(':').slice(0, 10)}”不是三个字母`,
      `The tag of segment ${nth} is not three letters`,
    )
  return ok({ tag: tag![0]!, elements: others, nth })
}

/** Undefined for a control or a byte that the character set does not have. */
function decoded(bytes: Buffer, charset: Charset): string | undefined {
  if (bytes.some(byte => byte < 32 || byte === 127 || (charset === 'ascii' && byte > 127))) return undefined
  if (charset !== 'utf8') return bytes.toString('latin1')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Segments as bytes, with UNA and a line break after each. Trailing empty components and elements are left out, as the
 * syntax has it.
 * @returns the bytes, or an error `mail/edifact/character` where the character set lacks one
 */
export function writeSegments(list: readonly Segment[], charset: Charset): Result<Buffer> {
  const lines = ["UNA:+.? '\n"]
  for (const [index, { tag, elements }] of list.entries()) {
    const written = elements.map(components => trimmed(components.map(escaped)).join(':'))
    const line = [tag, ...trimmed(written)].join('+')
    const text = elements.flat().join('')
    if (hasOther(text, charset)) return wrongCharacter(index + 1, charset)
    lines.push(`${line}'\n`)
  }
  return ok(Buffer.from(lines.join(''), charset === 'utf8' ? 'utf8' : 'latin1'))
}

const escaped = (text: string) => text.replace(/[?+:']/g, '?$&')

function trimmed(parts: readonly string[]): readonly string[] {
  let length = parts.length
  while (length > 0 && parts[length - 1] === '') length--
  return parts.slice(0, length)
}

/** Whether a text has a control, or a character that the set does not have. */
export const hasOther = (text: string, charset: Charset): boolean =>
  charset === 'utf8'
    ? /[\x00-\x1f\x7f]/.test(text) || /\p{Surrogate}/u.test(text)
    : charset === 'latin1'
      ? /[^\x20-\x7e\x80-\xff]/.test(text)
      : /[^\x20-\x7e]/.test(text)

const wrongCharacter = (nth: number, charset: Charset) =>
  refuse(
    'character',
    nth,
    `第${nth}段有字符集之外的字符或控制字符`,
    `Segment ${nth} has a control or a character outside of ${charset}`,
  )

const tooLong = (nth: number, limit: number) =>
  refuse(
    'segment-too-long',
    nth,
    `第${nth}段超过${limit}字节，没有找到段结束符`,
    `Segment ${nth} passes ${limit} bytes without an end`,
  )

const tooLarge = (limit: number) =>
  fail('mail/edifact/too-large', {
    limit,
    zh: `报文超过${Math.floor(limit / 1024)}千字节的上限`,
    en: `The message passes the limit of ${Math.floor(limit / 1024)} kB`,
  })

const refuse = (rule: string, nth: number, zh: string, en: string) =>
  fail(`mail/edifact/${rule}`, { segment: nth, zh, en })
