// Tail probabilities of F and t, by the regularised incomplete beta function.

/**
 * P(F > f) with `between` and `within` degrees of freedom.
 * Source: Abramowitz and Stegun, 26.6.2.
 */
export const fTail = (f: number, between: number, within: number): number =>
  f <= 0 ? 1 : Number.isFinite(f) ? beta(within / (within + between * f), within / 2, between / 2) : 0

/** P(|T| > t) with `df` degrees of freedom. Source: Abramowitz and Stegun, 26.7.1. */
export const tTails = (t: number, df: number): number => beta(df / (df + t * t), df / 2, 0.5)

/** The t that |T| exceeds with probability `alpha`; by bisection, to 12 digits. */
export function tCritical(alpha: number, df: number): number {
  let low = 0
  let high = 1
  while (tTails(high, df) > alpha) high *= 2
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (tTails(middle, df) > alpha) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** I_x(a, b). Source: Abramowitz and Stegun, 26.5.8, its fraction summed by Lentz's method. */
function beta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges quickly below the mean only; above it I_x(a, b) = 1 − I_1−x(b, a).
  if (x > (a + 1) / (a + b + 2)) return 1 - beta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front * fraction(x, a, b)
}

const TINY = 1e-300
const MOST_STEPS = 10_000

function fraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let sum = d
  for (let m = 1; m < MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    sum *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    sum *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return sum
}

/** ln Γ(x), x > 0. Source: Lanczos's approximation, g = 7, n = 9 (coefficients by Godfrey). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  const series = LANCZOS.reduce((sum, coefficient, i) => sum + coefficient / (z + i + 1), 0.99999999999980993)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series)
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const
