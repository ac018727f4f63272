import { expect, test } from 'vitest'
import { crops } from '../topics.ts'
import { named } from './guess.ts'

const names = Object.fromEntries(Object.entries(crops).map(([crop, { zh }]) => [crop, zh]))

test('the crop that a question names is chosen, the longest name of several', () => {
  expect(named('我家水稻叶子卷了', names)).toBe('rice')
  expect(named('小西红柿掉果', names)).toBe('cherry-tomato')
  expect(named('番薯和猪', names)).toBe('sweet-potato')
  expect(named('怎么申请补贴', names)).toBeUndefined()
  expect(named('', names)).toBeUndefined()
})

test('each of several names of one choice names it', () => {
  const both = { honey: '金银花、百合', pen: '科(股)' }
  expect([named('百合烂根', both), named('金银花', both)]).toEqual(['honey', 'honey'])
})
