import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Address, addressOf, parseAddress, tellings } from './address.ts'

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(text => text === text.normalize())
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/)
const optional = <T, K extends string>(key: K, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map(one => (one === undefined ? {} : { [key]: one }))

const figure = fc
  .tuple(
    fc.record({ indicator: name, org: word, period: word }),
    optional('where', fc.dictionary(name, word, { minKeys: 1, maxKeys: 3, noNullPrototype: true })),
    optional('scope', fc.constant('self')),
    optional('by', name),
    optional('row', fc.string()),
    optional('as', fc.constantFrom(...tellings)),
    optional('against', fc.constant('previous')),
  )
  .map(parts => Object.assign({}, ...parts) as Address)
const field = fc.record({ record: fc.uuid(), field: word })

test('an address read back names the same number, whatever stands in it', () =>
  fc.assert(
    fc.property(fc.oneof(figure, field), address => {
      expect(parseAddress(addressOf(address))).toEqual(address)
    }),
  ))

test('equal requests have equal addresses, in whatever order they were narrowed', () => {
  const request = { indicator: 'training.people', org: 'KJ-A', period: '2024' }
  expect(addressOf({ ...request, where: { b: '2', a: '1' } })).toBe(
    addressOf({ ...request, where: { a: '1', b: '2' } }),
  )
  expect(addressOf({ ...request, where: {}, scope: 'tree' })).toBe('training.people?org=KJ-A&period=2024')
})
