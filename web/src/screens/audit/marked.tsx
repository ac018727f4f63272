import type { Reading } from '../../../../src/kernel/claims/claim.ts'

interface Mark {
  readonly start: number
  readonly end: number
  readonly kind: 'claim' | 'wrong' | 'blank'
  readonly title: string
}

/** The text with its numbers underlined; those that do not agree and blanks also stand between brackets, not by colour alone. */
export function Marked({ reading }: { reading: Reading }) {
  const { text } = reading
  const failing = reading.identities.filter(identity => !identity.holds)
  const marks: Mark[] = [
    ...reading.claims.map((claim, i): Mark => {
      const failed = failing.find(identity => identity.claims.includes(i))
      return {
        start: claim.start,
        end: claim.end,
        kind: failed ? 'wrong' : 'claim',
        title: failed?.arithmetic ?? claim.noun,
      }
    }),
    ...reading.blanks.map(({ start, end }): Mark => ({ start, end, kind: 'blank', title: '' })),
  ].sort((a, b) => a.start - b.start)
  let at = 0
  const parts = marks.flatMap(mark => {
    if (mark.start < at) return []
    const before = text.slice(at, mark.start)
    at = mark.end
    return [
      before,
      <mark key={mark.start} className={`mark-${mark.kind}`} title={mark.title || undefined}>
        {text.slice(mark.start, mark.end)}
      </mark>,
    ]
  })
  return (
    <div className="marked">
      {parts}
      {text.slice(at)}
    </div>
  )
}
