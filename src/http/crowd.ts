import { fail, ok, type Result } from '../kernel/result.ts'

// What anybody may ask for without signing in: no caller may ask too often, and a crowd asking for the same thing at the
// same time is answered by asking once.

const WINDOW_MS = 60_000
const MOST = 120
/** Most addresses remembered; beyond, the oldest are forgotten. */
const REMEMBERED = 20_000

export interface Crowd {
  /** `public/too-often` once an address has asked too often within a minute. */
  admit(address: string, now: number): Result<true>
  /** Asks, or waits for the same question that is being asked already. Nothing is kept: every answer is of now. */
  together<T>(question: string, ask: () => Promise<T>): Promise<T>
}

export function crowd(): Crowd {
  const seen = new Map<string, { since: number; count: number }>()
  const asking = new Map<string, Promise<unknown>>()
  return {
    admit(address, now) {
      const known = seen.get(address)
      if (known && now - known.since < WINDOW_MS) {
        known.count++
        if (known.count <= MOST) return ok(true)
        const retryAfter = Math.ceil((known.since + WINDOW_MS - now) / 1000)
        return fail('public/too-often', {
          retryAfter,
          zh: `请求太频繁，请${retryAfter}秒后再试`,
          en: `Too many requests; try again in ${retryAfter} seconds`,
        })
      }
      seen.delete(address)
      seen.set(address, { since: now, count: 1 })
      for (const oldest of seen.keys()) {
        if (seen.size <= REMEMBERED) break
        seen.delete(oldest)
      }
      return ok(true)
    },
    together<T>(question: string, ask: () => Promise<T>): Promise<T> {
      const same = asking.get(question) as Promise<T> | undefined
      if (same) return same
      const answer = ask().finally(() => asking.delete(question))
      asking.set(question, answer)
      return answer
    },
  }
}
