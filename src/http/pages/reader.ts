import type { Ledger } from '../../kernel/ledger.ts'
import type { Language } from '../../kernel/words.ts'
import type { Caller } from '../callers.ts'
import type { Call } from '../route.ts'

/** What a page needs to know of its reader. */
export interface Reader {
  readonly ledger: Ledger
  readonly caller: Caller | undefined
  readonly language: Language
  /** The address asked for. */
  readonly url: string
}

export const readerOf = ({ ledger, caller, language, request }: Call): Reader => ({
  ledger,
  caller,
  language,
  url: request.url,
})
