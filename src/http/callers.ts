import type { Actor } from '../kernel/people/actor.ts'
import type { Language } from '../kernel/words.ts'

/** A signed-in caller, as the request showed them. */
export interface Caller {
  readonly actor: Actor
  readonly login: string
  readonly language: Language
  /** Of a browser's session; a caller with an API token has none. */
  readonly session?: { readonly token: string; readonly csrf: string }
}

/**
 * How long who holds a token is remembered, in milliseconds. A page asks half a dozen things at once and a scanner many a
 * second: they share one look. What this program changes of people, roles, sessions or units is known at once; what
 * another program changes (`yilu user disable`), after this long.
 */
const REMEMBERED_MS = 1_000
const MOST = 10_000

export interface Callers {
  /** Who holds a token from an address: remembered, being looked up, or looked up now. */
  of(token: string, look: () => Promise<Caller | undefined>): Promise<Caller | undefined>
  /** After any change but one of records. */
  forget(): void
}

export function callers(clock: () => number = Date.now): Callers {
  const known = new Map<string, { readonly caller: Promise<Caller | undefined>; readonly until: number }>()
  return {
    of(token, look) {
      const now = clock()
      const before = known.get(token)
      if (before && now < before.until) return before.caller
      if (known.size >= MOST) known.clear()
      const caller = look()
      known.set(token, { caller, until: now + REMEMBERED_MS })
      // Nobody is remembered as unknown, nor a look that failed: signing in is felt at once.
      caller.then(
        found => {
          if (!found) known.delete(token)
        },
        () => known.delete(token),
      )
      return caller
    },
    forget: () => known.clear(),
  }
}
