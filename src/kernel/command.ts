import type { z } from 'zod'
import type { DomainCommand } from './declared.ts'
import type { Ledger } from './ledger.ts'
import type { Actor } from './people/actor.ts'
import type { Result } from './result.ts'
import type { Words } from './words.ts'

/** Told how far a command has come. */
export type Progress = (done: number, total: number) => void

type Run<I extends z.ZodType, T> = (
  ledger: Ledger,
  actor: Actor,
  input: z.output<I>,
  progress: Progress,
) => Promise<Result<T>>

/**
 * A command of a domain's own: `yilu DOMAIN NAME` for the id `domain.name`. Its options are the fields of `input`, in
 * kebab case, described by `words`; values come as text: use `z.coerce`. Its answer is printed as it is with `--json`,
 * else in the words that `say` finds for it.
 */
export const command = <I extends z.ZodObject, T>(
  id: string,
  title: Words,
  {
    input,
    words,
    say,
    holds = () => true,
  }: {
    readonly input: I
    readonly words: { readonly [field in keyof z.output<I> & string]: Words }
    readonly say: (answer: T) => readonly (readonly [Words, string])[]
    /** Whether the answer is yes, for the exit status. */
    readonly holds?: (answer: T) => boolean
  },
  run: Run<I, T>,
): DomainCommand => ({
  id,
  title,
  input,
  words,
  say: say as DomainCommand['say'],
  holds: holds as DomainCommand['holds'],
  run: run as DomainCommand['run'],
})

/** Runs a command with input that was parsed by what it declares. */
export const runCommand = (
  declared: DomainCommand,
  ledger: Ledger,
  actor: Actor,
  input: unknown,
  progress: Progress,
): Promise<Result<unknown>> =>
  // Only `command` above makes commands, of functions that take just these.
  (declared.run as Run<z.ZodType, unknown>)(ledger, actor, input, progress)
