/** Who holds a post, and since when. `until` is the first day of another, or of nobody. */
export interface Holding {
  readonly org: string
  readonly post: string
  readonly holder: string
  readonly since: string
  readonly until: string | null
}

export interface Member {
  readonly role: string
  readonly post: string
  readonly holder: string
}

export interface Change {
  /** Place among the members. */
  readonly at: number
  readonly post: string
  readonly from: string
  /** Null while the post is vacant. */
  readonly to: string | null
}

/**
 * What of a lead group is no longer so on a day: members belong to it by their post, and stay in it with the post.
 * A post that nobody ever recorded says nothing.
 */
export function changesOf(
  org: string,
  members: readonly Member[],
  holdings: readonly Holding[],
  day: string,
): Change[] {
  return members.flatMap(({ post, holder }, at) => {
    const known = holdings.filter(one => one.org === org && one.post === post && one.since <= day)
    if (known.length === 0) return []
    const present = known
      .filter(one => one.until === null || one.until > day)
      .reduce<Holding | null>((last, one) => (last && last.since > one.since ? last : one), null)
    if (present?.holder === holder) return []
    return [{ at, post, from: holder, to: present?.holder ?? null }]
  })
}

/** The members after the change; who has left a vacant post stands there no longer. */
export const changed = (members: readonly Member[], changes: readonly Change[]): Member[] =>
  members.flatMap((member, at) => {
    const change = changes.find(one => one.at === at)
    if (!change) return [member]
    return change.to === null ? [] : [{ ...member, holder: change.to }]
  })
