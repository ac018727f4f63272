/** How often something may be tried, and within how long. */
interface Limit {
  readonly most: number
  readonly windowMs: number
}

const QUARTER_HOUR = 15 * 60_000

// A login from one address is held tighter than a login from anywhere, so that a stranger cannot easily lock its owner out.
const LIMITS = {
  pair: { most: 8, windowMs: QUARTER_HOUR },
  login: { most: 40, windowMs: QUARTER_HOUR },
  address: { most: 60, windowMs: QUARTER_HOUR },
} as const satisfies Record<string, Limit>

/** Most names remembered; beyond, the oldest are forgotten. */
const REMEMBERED = 20_000

/** Counts failed sign-ins. Kept in memory: a restart forgets them. */
export interface Attempts {
  /** Notes an attempt before its password is tried; the number of seconds to wait when there were too many. */
  begin(login: string, address: string, now: number): number | undefined
  /** The attempt was good: what was noted against it no longer counts. */
  succeeded(login: string, address: string): void
}

export function signInAttempts(): Attempts {
  const seen = new Map<string, number[]>()
  const keysOf = (login: string, address: string) =>
    [
      [`pair ${login} ${address}`, LIMITS.pair],
      [`login ${login}`, LIMITS.login],
      [`address ${address}`, LIMITS.address],
    ] as const
  return {
    begin(login, address, now) {
      const name = login.normalize('NFKC').trim().toLowerCase().slice(0, 64)
      const keys = keysOf(name, address)
      let wait = 0
      for (const [key, { most, windowMs }] of keys) {
        const times = (seen.get(key) ?? []).filter(time => time > now - windowMs)
        if (times.length >= most) wait = Math.max(wait, times[times.length - most]! + windowMs - now)
        seen.delete(key)
        if (times.length > 0) seen.set(key, times)
      }
      if (wait > 0) return Math.ceil(wait / 1000)
      for (const [key] of keys) seen.set(key, [...(seen.get(key) ?? []), now])
      for (const key of seen.keys()) {
        if (seen.size <= REMEMBERED) break
        seen.delete(key)
      }
      return undefined
    },
    succeeded(login, address) {
      const name = login.normalize('NFKC').trim().toLowerCase().slice(0, 64)
      for (const [key] of keysOf(name, address)) {
        const times = seen.get(key)?.slice(0, -1) ?? []
        if (times.length === 0 || key.startsWith('pair')) seen.delete(key)
        else seen.set(key, times)
      }
    },
  }
}
