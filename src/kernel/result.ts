/** Something that was refused, in words a clerk can read. `code` is stable, `field` names where, the rest are details. */
export interface Problem {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly field?: string
  readonly [detail: string]: unknown
}

export type Failure = { readonly ok: false; readonly problems: readonly Problem[] }
export type Result<T> = { readonly ok: true; readonly value: T } | Failure

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (
  code: string,
  details: { zh: string; en: string; field?: string } & Record<string, unknown>,
): Failure => ({
  ok: false,
  problems: [{ code, ...details }],
})

export const failAll = (problems: readonly Problem[]): Failure => ({ ok: false, problems })

/** Unwraps a result that cannot have failed; a failure here is a bug, not a user's mistake. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.problems.map(p => `${p.code}: ${p.en}`).join('; '))
}
