import type { z } from 'zod'
import type { Right } from './people/actor.ts'
import type { Result } from './result.ts'
import type { Words } from './words.ts'

// What a domain declares that runs with the ledger. The ledger holds all declarations, so here its type is left open:
// `operation.ts` and `service.ts` make these of functions that know it, and call them with it.

/** What a domain answers or does beyond records; made by `question`, `action` and `givenFile`. */
export interface Operation {
  /** `domain.name` */
  readonly id: string
  readonly title: Words
  readonly kind: 'question' | 'action' | 'file'
  readonly may: Right | 'anyone'
  readonly input: z.ZodType
  readonly answer?: z.ZodType
  readonly mediaTypes?: readonly string[]
  /** Where people find it on screen; only programs ask it when not given. */
  readonly on?: OnScreen
  readonly run: (ledger: never, actor: never, input: never) => Promise<Result<unknown>>
}

/** What a domain adds to the command line; made by `command`. */
export interface DomainCommand {
  /** `domain.name`, for `yilu domain name` */
  readonly id: string
  readonly title: Words
  readonly input: z.ZodObject
  readonly words: Readonly<Record<string, Words>>
  readonly say: (answer: unknown) => readonly (readonly [Words, string])[]
  readonly holds: (answer: unknown) => boolean
  readonly run: (ledger: never, actor: never, input: never, progress: never) => Promise<Result<unknown>>
}

/**
 * An operation stands with the records of a type: on the page of each, whose id (or whose `field`) is its input `as`, or
 * without `as` with their list. It asks for those of its other inputs that are made with the builders of records/fields.ts.
 */
export interface OnScreen {
  readonly type: string
  readonly as?: string
  readonly field?: string
}

/** What runs beside the API for as long as the service does; made by `service`. */
export interface Service {
  readonly id: string
  readonly title: Words
  readonly start: (ledger: never, env: Environment, say: (words: Words) => void) => Promise<Running | null>
}

export type Environment = Readonly<Record<string, string | undefined>>

export interface Running {
  close(): Promise<void>
}

/** A screen of a domain's own: `src/domains/DOMAIN/screens/NAME.tsx`, which exports `Screen`, for the id `domain/name`. */
export interface DomainScreen {
  readonly id: string
  readonly title: Words
  readonly help: Words
  readonly may: Right
}
