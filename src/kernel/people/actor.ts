import type { Role } from '../records/type.ts'
import { fail, ok, type Result } from '../result.ts'

export type { Role }

/** Who acts, with what rights, from where. `person` is null for the operator at the command line. */
export interface Actor {
  readonly person: string | null
  readonly name: string
  readonly grants: readonly Grant[]
  /** Where from: 'cli', 'http 10.0.0.7', 'import calls.xlsx'. Goes into the journal. */
  readonly from: string
  /** The operator of the data directory may do everything. */
  readonly operator?: boolean
}

export interface Grant {
  readonly org: number
  /** Present path of the org unit; the grant covers the subtree beneath it. */
  readonly path: string
  readonly role: Role
}

export type Right = 'read' | 'enter' | 'confirm' | 'report' | 'journal' | 'administer'

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['read', 'enter'],
  manager: ['read', 'enter', 'confirm', 'report'],
  analyst: ['read', 'report'],
  auditor: ['read', 'journal'],
  administrator: ['read', 'enter', 'confirm', 'report', 'journal', 'administer'],
}

export const rightsOf = (role: Role): readonly Right[] => RIGHTS[role]

/** Whether an actor has a right at an org unit, by its present path. Every read and write is decided here. */
export const may = (actor: Actor, right: Right, path: string): boolean =>
  actor.operator === true ||
  actor.grants.some(grant => path.startsWith(grant.path) && RIGHTS[grant.role].includes(right))

export function permit(actor: Actor, right: Right, org: { path: string; code: string }): Result<true> {
  if (may(actor, right, org.path)) return ok(true)
  return fail('permission/denied', {
    right,
    org: org.code,
    zh: `您在“${org.code}”没有${RIGHT_WORDS[right].zh}的权限`,
    en: `You may not ${RIGHT_WORDS[right].en} at ${org.code}`,
  })
}

const RIGHT_WORDS: Readonly<Record<Right, { zh: string; en: string }>> = {
  read: { zh: '查看', en: 'read' },
  enter: { zh: '录入', en: 'enter records' },
  confirm: { zh: '审核', en: 'confirm records' },
  report: { zh: '编制总结', en: 'make reports' },
  journal: { zh: '查看流水', en: 'read the journal' },
  administer: { zh: '管理', en: 'administer' },
}

/** Whether a role reaches as far as another within the workflow of a record type. */
export const hasRole = (actor: Actor, role: Role, path: string): boolean =>
  actor.operator === true ||
  actor.grants.some(
    grant =>
      path.startsWith(grant.path) &&
      (grant.role === role || grant.role === 'administrator' || (role === 'clerk' && grant.role === 'manager')),
  )

/** The paths an actor may read beneath; overlapping ones folded into the highest. */
export function readablePaths(actor: Actor, right: Right = 'read'): readonly string[] {
  if (actor.operator) return ['/']
  const paths = actor.grants.filter(grant => RIGHTS[grant.role].includes(right)).map(grant => grant.path)
  return [...new Set(paths)].filter(path => !paths.some(other => other !== path && path.startsWith(other)))
}

export const operator = (from: string): Actor => ({ person: null, name: 'operator', grants: [], from, operator: true })
