import { expect, test } from 'vitest'
import { type Caller, callers } from './callers.ts'

const someone = (name: string): Caller => ({
  actor: { person: null, name, grants: [], from: 'test' },
  login: name,
  language: 'zh',
})

function setUp() {
  let now = 0
  let looks = 0
  const kept = callers(() => now)
  const ask = (token: string, caller: Caller | undefined) =>
    kept.of(token, async () => {
      looks++
      return caller
    })
  const later = (ms: number) => {
    now += ms
  }
  return { kept, ask, later, looks: () => looks }
}

test('a burst of requests asks once; a second later it is asked again', async () => {
  const { ask, later, looks } = setUp()
  const all = await Promise.all([ask('a', someone('甲')), ask('a', someone('甲')), ask('b', someone('乙'))])
  expect(all.map(caller => caller?.login)).toEqual(['甲', '甲', '乙'])
  expect(looks()).toBe(2)
  later(1_000)
  expect((await ask('a', undefined))?.login).toBeUndefined()
  expect(looks()).toBe(3)
})

test('whoever is unknown, or could not be looked up, is not remembered; a change forgets everybody', async () => {
  const { kept, ask, looks } = setUp()
  await ask('a', undefined)
  expect((await ask('a', someone('甲')))?.login).toBe('甲')
  await expect(kept.of('c', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect((await ask('c', someone('丙')))?.login).toBe('丙')
  kept.forget()
  expect(await ask('a', undefined)).toBeUndefined()
  expect(looks()).toBe(4)
})
