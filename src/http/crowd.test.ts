import { expect, test } from 'vitest'
import { crowd } from './crowd.ts'

test('an address is let in 120 times a minute, others are not held by it', () => {
  const gate = crowd()
  const tries = Array.from({ length: 121 }, () => gate.admit('10.0.0.1', 1_000).ok)
  expect(tries.filter(Boolean)).toHaveLength(120)
  const refused = gate.admit('10.0.0.1', 31_000)
  expect(refused.ok ? undefined : refused.problems[0]).toMatchObject({ code: 'public/too-often', retryAfter: 30 })
  expect(gate.admit('10.0.0.2', 31_000).ok).toBe(true)
  expect(gate.admit('10.0.0.1', 61_000).ok).toBe(true)
})

test('who asks while the same is being asked gets that answer, who asks later a new one', async () => {
  const gate = crowd()
  let asked = 0
  const ask = async () => ++asked
  expect(await Promise.all([gate.together('A', ask), gate.together('A', ask), gate.together('B', ask)])).toEqual([
    1, 1, 2,
  ])
  expect(await gate.together('A', ask)).toBe(3)
})
