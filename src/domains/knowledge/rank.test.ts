import { expect, test } from 'vitest'
import { termsIn } from '../../kernel/search/nearest.ts'
import { type Candidate, ranked } from './rank.ts'

const entry = (id: string, question: string, more: Record<string, unknown> = {}): Candidate => ({
  id,
  fields: { question, answer: '对症用药', crop: 'rice', ...more },
})
const order = (text: string, entries: readonly Candidate[], crop?: string, weight = (_: string) => 1) => {
  const terms = new Map(termsIn(text).map(term => [term, weight(term)]))
  return ranked(terms, entries, termsIn, crop).map(one => one.entry.id)
}

test('who is asked the same comes before who only answers with the same words', () => {
  const asked = entry('asked', '水稻叶片卷起来怎么治')
  const answered = entry('answered', '虫害问题', { answer: '水稻叶片卷起来怎么治：见虫害' })
  expect(order('水稻叶片卷起', [answered, asked])).toEqual(['asked', 'answered'])
})

test('other names of a thing find it as its own name does', () => {
  const named = entry('named', '稻纵卷叶螟的防治', { keywords: '刮青虫 白叶虫' })
  expect(
    order('刮青虫怎么打药', [entry('other', '玉米螟怎么打药'), named], undefined, term =>
      term.includes('青') ? 5 : 1,
    ),
  ).toEqual(['named', 'other'])
})

test('the asked crop decides between alike answers; one for all crops comes before another crop’s', () => {
  const all = [
    entry('tea', '叶片发黄', { crop: 'tea' }),
    entry('general', '叶片发黄', { crop: 'general' }),
    entry('rice', '叶片发黄', { crop: 'rice' }),
  ]
  expect(order('叶片发黄', all, 'rice')).toEqual(['rice', 'general', 'tea'])
})

test('of two that share the same words, the shorter question is meant', () => {
  expect(
    order('叶片发黄', [entry('long', '去年冬天移栽的老苗叶片发黄又赶上下雨'), entry('short', '叶片发黄')]),
  ).toEqual(['short', 'long'])
})

test('what shares next to nothing is not offered', () => {
  expect(order('水稻叶片卷起来里面有虫', [entry('far', '拖拉机打不着火怎么修')])).toEqual([])
  expect(order('', [entry('any', '水稻')])).toEqual([])
})
