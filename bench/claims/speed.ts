import { readClaims } from '../../src/kernel/claims/read.ts'
import { markedTexts } from './labels.ts'

const SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]
const WARM_UP_MS = 1500

/** Time to read a report: 10,000 characters after warm-up, and how it grows with length. */
export function measureSpeed(print: (line: string) => void = console.log): Record<string, number> {
  const source = markedTexts('tuned')
    .map(each => each.text)
    .join('\n')
  const textOf = (size: number) => source.repeat(Math.ceil(size / source.length)).slice(0, size)
  const warm = textOf(10_000)
  const until = performance.now() + WARM_UP_MS
  while (performance.now() < until) readClaims(warm)
  const results: Record<string, number> = {}
  for (const size of SIZES) {
    const text = textOf(size)
    const runs = size <= 100_000 ? 7 : 3
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const start = performance.now()
      readClaims(text)
      times.push(performance.now() - start)
    }
    const median = times.sort((a, b) => a - b)[Math.floor(runs / 2)]!
    results[String(size)] = median
    print(
      `${String(size).padStart(9)} characters  ${median.toFixed(1).padStart(8)} ms  ${((median / size) * 1000).toFixed(2)} µs each`,
    )
  }
  return results
}

if (process.argv[1] === new URL(import.meta.url).pathname) measureSpeed()
