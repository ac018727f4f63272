import type { Audit } from '../../../../src/kernel/claims/audit.ts'

export type Mark = 'agrees' | 'disagrees' | 'identity' | 'no-records' | 'copied' | 'plain' | 'blank'

/** What stands before a number of the kind, in the style sheet too: never a colour alone. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  agrees: '✓',
  disagrees: '✗',
  identity: '≠',
  'no-records': '?',
  copied: '⟲',
  plain: '',
  blank: '⚠',
}

/** The gravest thing that is known of a number. */
export function markOf(audit: Audit, claim: number): Mark {
  const { links, findings } = audit
  const verdict = links[claim]?.verdict
  if (verdict === 'disagrees') return 'disagrees'
  if (isContradicted(audit, claim)) return 'identity'
  if (findings?.copied.some(copied => copied.claim === claim)) return 'copied'
  if (verdict === 'no-records') return 'no-records'
  return verdict === 'agrees' || verdict === 'agrees-rounded' ? 'agrees' : 'plain'
}

/** The sign of what the ledger says. */
export const signOf = ({ links }: Audit, claim: number): string => {
  const verdict = links[claim]?.verdict
  if (verdict === undefined || verdict === 'no-indicator') return ''
  return SIGNS[verdict === 'agrees-rounded' ? 'agrees' : verdict]
}

/** Whether a number contradicts another of the text. */
export const isContradicted = ({ identities }: Audit, claim: number): boolean =>
  identities.some(({ holds, claims }) => !holds && claims.includes(claim))
