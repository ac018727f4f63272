import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { fingerprints } from './fingerprints.ts'

test('fingerprints hold what a Map would', () => {
  const compact = fingerprints()
  const map = new Map<string, number>()
  for (let i = 0; i < 20_000; i++) {
    const print = hash('sha256', String(i % 7_919), 'base64url')
    expect(compact.get(print)).toBe(map.get(print))
    compact.set(print, i + 1)
    map.set(print, i + 1)
  }
  for (const [print, value] of map) expect(compact.get(print)).toBe(value)
  expect(compact.get(hash('sha256', 'none', 'base64url'))).toBeUndefined()
})
