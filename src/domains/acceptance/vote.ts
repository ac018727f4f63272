/** Experts that an acceptance takes at least, and the share of their votes. */
const EXPERTS = 3
const SHARE = { of: 2, in: 3 } as const

/** Whether experts carried it; who abstained was there and counts. */
export function isCarried(inFavour: number, against: number, abstained: number): boolean {
  const present = inFavour + against + abstained
  return present >= EXPERTS && inFavour * SHARE.in >= present * SHARE.of
}
