import type { z } from 'zod'
import type { OnScreen, Operation } from './declared.ts'
import type { Ledger } from './ledger.ts'
import type { Actor, Right } from './people/actor.ts'
import type { Result } from './result.ts'
import type { Words } from './words.ts'

// What a domain answers or does beyond records: whom to send, a board, a sheet of labels. Served at
// `/api/v1/domains/DOMAIN/NAME` (GET for questions and files, POST for actions) for the id `domain.name`, with OpenAPI.
// `input` is a `z.strictObject` with `org`, the code of the unit that `may` is checked at, unless anyone may; `run` still
// has to check what it reads or writes by `permit`. Values of GET come as text: use `z.coerce`.

/** A file as an operation gives it. */
export interface GivenFile {
  readonly content: Buffer
  readonly name: string
  readonly mediaType: string
}

type Asked<I extends z.ZodType> = Words & {
  readonly may?: Right | 'anyone'
  readonly input: I
  readonly on?: OnScreen
}
type Run<I extends z.ZodType, T> = (ledger: Ledger, actor: Actor, input: z.output<I>) => Promise<Result<T>>

/** Reads and changes nothing. */
export const question = <I extends z.ZodType, A extends z.ZodType>(
  id: string,
  { zh, en, may = 'read', input, answer }: Asked<I> & { readonly answer: A },
  run: Run<I, z.input<A>>,
): Operation => ({ id, title: { zh, en }, kind: 'question', may, input, answer, run })

/** Changes something; all of it or nothing. */
export const action = <I extends z.ZodType, A extends z.ZodType>(
  id: string,
  { zh, en, may = 'enter', input, answer, on }: Asked<I> & { readonly answer: A },
  run: Run<I, z.input<A>>,
): Operation => ({ id, title: { zh, en }, kind: 'action', may, input, answer, on, run })

/** Gives a file: labels to print, a certificate. */
export const givenFile = <I extends z.ZodType>(
  id: string,
  { zh, en, may = 'read', input, mediaTypes, on }: Asked<I> & { readonly mediaTypes: readonly string[] },
  run: Run<I, GivenFile>,
): Operation => ({ id, title: { zh, en }, kind: 'file', may, input, mediaTypes, on, run })

/** Runs an operation with input that was parsed by what it declares. */
export const perform = (operation: Operation, ledger: Ledger, actor: Actor, input: unknown): Promise<Result<unknown>> =>
  // Only the builders above make operations, of functions that take just these.
  (operation.run as Run<z.ZodType, unknown>)(ledger, actor, input)
