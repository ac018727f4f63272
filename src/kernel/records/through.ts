import type { Actor } from '../people/actor.ts'

// For what keeps records of a type that is written through nothing else.

export const THROUGH = { through: true } as const

/** Whoever acts has been let in by the rules of that keeper; rights at the record's own unit do not come in again. */
export const letIn = (actor: Actor): Actor => ({ ...actor, operator: true })
