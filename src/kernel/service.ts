import type { Ledger } from './ledger.ts'
import type { Words } from './words.ts'

/** What runs beside the API for as long as the service does: a gateway for devices, reminders by mail. */
export interface Service {
  readonly id: string
  readonly title: Words
  /**
   * @param env settings, from the environment (`YILU_…`); a service without its settings does nothing
   * @returns what stops it, or null when it has nothing to do
   */
  readonly start: (
    ledger: Ledger,
    env: Readonly<Record<string, string | undefined>>,
    say: (words: Words) => void,
  ) => Promise<{ close(): Promise<void> } | null>
}

/** A screen of a domain's own: `src/domains/DOMAIN/screens/NAME.tsx`, which exports `Screen`, for the id `domain/name`. */
export interface DomainScreen {
  readonly id: string
  readonly title: Words
  readonly help: Words
  readonly may: 'read' | 'enter' | 'confirm' | 'report' | 'journal' | 'administer'
}
