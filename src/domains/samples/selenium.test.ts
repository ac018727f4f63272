import fc from 'fast-check'
import { expect, test } from 'vitest'
import { produceClass, soilClass } from './selenium.ts'

test.each([
  [0, 'deficient'],
  [0.125, 'deficient'],
  [0.126, 'marginal'],
  [0.175, 'marginal'],
  [0.176, 'moderate'],
  [0.4, 'moderate'],
  [0.401, 'rich'],
  [3, 'rich'],
  [3.001, 'excessive'],
] as const)('soil with %d mg/kg is %s', (selenium, found) => {
  expect(soilClass(selenium)).toBe(found)
})

test.each([
  ['rice', 0.039, 'ordinary'],
  ['rice', 0.04, 'rich'],
  ['rice', 0.3, 'rich'],
  ['rice', 0.301, 'excessive'],
  ['tea', 0.249, 'ordinary'],
  ['tea', 0.25, 'rich'],
  ['tea', 4, 'rich'],
  ['garlic', 2, 'ungraded'],
  ['constructor', 2, 'ungraded'],
] as const)('%s with %d mg/kg is %s', (crop, selenium, found) => {
  expect(produceClass(crop, selenium)).toBe(found)
})

test('more selenium never makes a lower class of soil', () =>
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), (a, b) => {
      const order = ['deficient', 'marginal', 'moderate', 'rich', 'excessive']
      const [less, more] = a <= b ? [a, b] : [b, a]
      expect(order.indexOf(soilClass(less))).toBeLessThanOrEqual(order.indexOf(soilClass(more)))
    }),
  ))
