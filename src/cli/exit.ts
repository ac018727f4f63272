import type { Failure, Problem, Result } from '../kernel/result.ts'
import type { Words } from '../kernel/words.ts'
import { explainDatabaseError, StoreError } from '../store/problem.ts'

/** What the command's exit status says. Scripts rely on it; it stands in README.md. */
export const EXIT = {
  success: 0,
  /** The answer is 'no': a verification failed, an import was refused. */
  no: 1,
  /** Wrong usage: an option, a name or a period that does not exist. */
  usage: 2,
  /** The store could not be used: disk full, in use, newer than the program, unreachable. */
  store: 3,
  /** A fault in the program (EX_SOFTWARE of sysexits.h). */
  fault: 70,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const

export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command with problems to show. */
export class Refusal extends Error {
  readonly problems: readonly Problem[]
  readonly exit: Exit

  constructor(problems: readonly Problem[], exit: Exit = exitOf(problems)) {
    super(problems.map(problem => problem.code).join(', '))
    this.problems = problems
    this.exit = exit
  }
}

export const refuse = (failure: Failure): Refusal => new Refusal(failure.problems)

export const usageError = (code: string, words: Words, details: Record<string, unknown> = {}): Refusal =>
  new Refusal([{ code: `usage/${code}`, ...words, ...details }], EXIT.usage)

/** The value of a result; its failure ends the command. */
export function accepted<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw refuse(result)
}

/** Names and values that came from the command line and mean nothing are wrong usage; what was understood and refused is a 'no'. */
const MEANINGLESS = /^(usage|type|indicator|period|figure|page)\/|^(org|person|report)\/unknown|^person\/role$/

function exitOf(problems: readonly Problem[]): Exit {
  if (problems.some(({ code }) => code.startsWith('store/'))) return EXIT.store
  return problems.some(({ code }) => MEANINGLESS.test(code)) ? EXIT.usage : EXIT.no
}

/** What ended a command, in words a user can read; undefined for a fault in the program. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof StoreError) return new Refusal([error.problem], EXIT.store)
  const problem = explainDatabaseError(error)
  return problem && new Refusal([problem], EXIT.store)
}
