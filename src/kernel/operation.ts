import type { z } from 'zod'
import type { Ledger } from './ledger.ts'
import type { Actor, Right } from './people/actor.ts'
import type { Result } from './result.ts'
import type { Words } from './words.ts'

/** A file as an operation gives it. */
export interface GivenFile {
  readonly content: Buffer
  readonly name: string
  readonly mediaType: string
}

/**
 * What a domain answers or does beyond records: whom to send, a board, a sheet of labels. Served at
 * `/api/v1/domains/DOMAIN/NAME` (GET for questions and files, POST for actions) for the id `domain.name`, with OpenAPI.
 * `input` holds `org`, the code of the unit that `may` is checked at, unless anyone may; `run` still has to check what it
 * reads or writes beneath by `permit`. Values of GET come as text: use `z.coerce`.
 */
export interface Operation {
  readonly id: string
  readonly title: Words
  readonly kind: 'question' | 'action' | 'file'
  readonly may: Right | 'anyone'
  readonly input: z.ZodType
  readonly answer?: z.ZodType
  readonly mediaTypes?: readonly string[]
  readonly run: (ledger: Ledger, actor: Actor, input: never) => Promise<Result<unknown>>
}

type Asked<I extends z.ZodType> = Words & { readonly may?: Right | 'anyone'; readonly input: I }

/** Reads and changes nothing. */
export const question = <I extends z.ZodType, A extends z.ZodType>(
  id: string,
  { zh, en, may = 'read', input, answer }: Asked<I> & { readonly answer: A },
  run: (ledger: Ledger, actor: Actor, input: z.output<I>) => Promise<Result<z.input<A>>>,
): Operation => ({ id, title: { zh, en }, kind: 'question', may, input, answer, run })

/** Changes something; all of it or nothing. */
export const action = <I extends z.ZodType, A extends z.ZodType>(
  id: string,
  { zh, en, may = 'enter', input, answer }: Asked<I> & { readonly answer: A },
  run: (ledger: Ledger, actor: Actor, input: z.output<I>) => Promise<Result<z.input<A>>>,
): Operation => ({ id, title: { zh, en }, kind: 'action', may, input, answer, run })

/** Gives a file: labels to print, a certificate. */
export const givenFile = <I extends z.ZodType>(
  id: string,
  { zh, en, may = 'read', input, mediaTypes }: Asked<I> & { readonly mediaTypes: readonly string[] },
  run: (ledger: Ledger, actor: Actor, input: z.output<I>) => Promise<Result<GivenFile>>,
): Operation => ({ id, title: { zh, en }, kind: 'file', may, input, mediaTypes, run })
