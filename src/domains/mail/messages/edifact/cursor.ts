import { fail, ok, type Result } from '../../../../kernel/result.ts'
import type { Placed } from './segments.ts'

/** Walks through the segments of a message in the order that its definition asks for. */
export interface Cursor {
  /** The next segment when it has this tag (and this first component), and steps on. */
  readonly take: (tag: string, qualifier?: string) => Placed | undefined
  /** The same, or an error `mail/edifact/missing` that names the segment. */
  readonly need: (tag: string, qualifier?: string) => Result<Placed>
  /** An error `mail/edifact/unexpected` when segments are left. */
  readonly end: () => Result<undefined>
}

export function cursorOf(list: readonly Placed[], message: string): Cursor {
  let at = 0
  const take = (tag: string, qualifier?: string) => {
    const next = list[at]
    if (next?.tag !== tag || (qualifier !== undefined && part(next, 0) !== qualifier)) return undefined
    at++
    return next
  }
  return {
    take,
    need(tag, qualifier) {
      const found = take(tag, qualifier)
      return found ? ok(found) : missing(qualifier ? `${tag}+${qualifier}` : tag, message, list[at] ?? list.at(-1))
    },
    end() {
      const next = list[at]
      return next
        ? fail('mail/edifact/unexpected', {
            ...{ message, segment: next.nth, tag: next.tag },
            zh: `报文${message}的第${next.nth}段${next.tag}不该在这里`,
            en: `Segment ${next.nth}, ${next.tag}, of message ${message} does not belong there`,
          })
        : ok(undefined)
    },
  }
}

export const missing = (tag: string, message: string, near: Placed | undefined) =>
  fail('mail/edifact/missing', {
    ...{ message, segment: near?.nth ?? 0, expected: tag },
    zh: `报文${message}缺少${tag}段（第${near?.nth ?? 0}段附近）`,
    en: `Message ${message} lacks the segment ${tag} (near segment ${near?.nth ?? 0})`,
  })

/** A component of a segment, empty when it is not there. */
export const part = (segment: Placed, element: number, component = 0): string =>
  segment.elements[element]?.[component] ?? ''
