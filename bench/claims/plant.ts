import type { LabelledIdentity, LabelledText } from './labels.ts'

/** A text in which one digit of one figure was changed so that a labelled identity no longer holds. */
export interface Planted {
  readonly text: string
  readonly identity: LabelledIdentity
  readonly label: number
  readonly from: string
  readonly to: string
}

const PER_FIGURE = 2

/** Every figure of every labelled identity, each changed in a few digits chosen by a fixed sequence. */
export function plants(source: LabelledText): Planted[] {
  const planted: Planted[] = []
  let seed = 20240101
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * below)
  }
  for (const identity of source.identities)
    for (const label of identity.labels) {
      let made = 0
      for (let attempt = 0; attempt < 12 && made < PER_FIGURE; attempt++) {
        const { quote, start, end } = source.labels[label]!
        const places = [...quote].flatMap((ch, at) => (/\d/.test(ch) ? [at] : []))
        if (places.length === 0 || quote.includes(':') || quote.includes('/')) break
        const at = places[next(places.length)]!
        const digit = String(next(10))
        if (digit === quote[at] || (digit === '0' && at === 0)) continue
        const changed = `${quote.slice(0, at)}${digit}${quote.slice(at + 1)}`
        const factor = Number.parseFloat(changed.replace(/,/g, '')) / Number.parseFloat(quote.replace(/,/g, ''))
        if (!isBroken(source, identity, label, factor)) continue
        planted.push({
          text: `${source.text.slice(0, start)}${changed}${source.text.slice(end)}`,
          identity,
          label,
          from: quote,
          to: changed,
        })
        made++
      }
    }
  return planted
}

/** Whether the identity holds as labelled; a label that does not is a mistake of the labeller. */
export const holdsAsLabelled = (source: LabelledText, identity: LabelledIdentity): boolean =>
  !isBroken(source, identity, -1, 1)

/** Plain arithmetic on the labelled values, broken by more than all the roundings together. */
function isBroken(source: LabelledText, identity: LabelledIdentity, changed: number, factor: number): boolean {
  const labels = identity.labels.map(index => source.labels[index]!)
  const values = labels.map((label, at) => label.normalized * (identity.labels[at] === changed ? factor : 1))
  const halves = labels.map(label => halfStep(label.quote, label.value, label.normalized))
  const [a = 0, b = 0, c = 0] = values
  const [ha = 0, hb = 0, hc = 0] = halves
  switch (identity.type) {
    case 'sum':
      return (
        Math.abs(a - values.slice(1).reduce((sum, value) => sum + value, 0)) >
        halves.reduce((sum, half) => sum + half, 0) + 1e-6
      )
    case 'difference':
      return Math.abs(Math.abs(a - b) - c) > ha + hb + hc + 1e-9
    case 'growth': {
      const [now, second, said] = labels.map(label => label.normalized) as [number, number, number]
      const formula = [...GROWTHS].sort((p, q) => Math.abs(p(now, second) - said) - Math.abs(q(now, second) - said))[0]!
      const percents = [-1, 0, 1].flatMap(i => [-1, 0, 1].map(j => formula(a + i * ha, b + j * hb)))
      return outside(percents, c, hc)
    }
    case 'share':
    case 'target': {
      // Labelled in either order; the labelled values tell the whole from the part.
      const [x, y, said] = labels.map(label => label.normalized) as [number, number, number]
      const isPartFirst = Math.abs((x / y) * 100 - said) < Math.abs((y / x) * 100 - said)
      const percents = [-1, 0, 1].flatMap(i =>
        [-1, 0, 1].map(j => {
          const [first, second] = [a + i * ha, b + j * hb]
          return (isPartFirst ? first / second : second / first) * 100
        }),
      )
      return outside(percents, c, hc)
    }
    case 'average': {
      const [x, y, said] = labels.map(label => label.normalized) as [number, number, number]
      const isTotalFirst = Math.abs(x / y - said) < Math.abs(y / x - said)
      const means = [-1, 0, 1].flatMap(i =>
        [-1, 0, 1].map(j => {
          const [first, second] = [a + i * ha, b + j * hb]
          return isTotalFirst ? first / second : second / first
        }),
      )
      return outside(means, c, hc)
    }
    case 'rank':
      return Math.abs(a - b) !== c
    default:
      return false
  }
}

/** Growth is labelled `now before percent` or `now amount percent`; the labelled values tell which. */
const GROWTHS: readonly ((now: number, second: number) => number)[] = [
  (now, before) => Math.abs(now / before - 1) * 100,
  (now, more) => (more / (now - more)) * 100,
  (now, less) => (less / (now + less)) * 100,
]

function outside(values: readonly number[], said: number, half: number): boolean {
  return said + half + 1e-9 < Math.min(...values) || said - half - 1e-9 > Math.max(...values)
}

function halfStep(quote: string, value: number, normalized: number): number {
  const decimals = /\.(\d+)/.exec(quote)?.[1]?.length ?? 0
  const isRounded = decimals > 0 || /[万亿]/.test(quote) || quote.endsWith('%')
  return isRounded && value !== 0 ? (0.5 * 10 ** -decimals * normalized) / value : 0
}
