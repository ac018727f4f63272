import { expect, test } from 'vitest'
import { auditText } from './audit.ts'
import { addsUp, addUp, compareYears, comparisonsOf } from './compare.ts'

const report = (file: string, text: string) => ({ file, audit: auditText(text) })
const county = (courses: string) =>
  report('county.txt', `清河县2024年工作总结\n全县举办培训班${courses}，培训农民1.2万人次，合格率98%。`)
const town = (name: string, courses: number, people: number) =>
  report(`${name}.txt`, `${name}2024年工作总结\n举办培训班${courses}期，培训农民${people}人次，合格率97%。`)

test('parts add up to the whole within what is written', () => {
  const { sums } = addUp(county('30期'), [town('东平镇', 18, 7000), town('石桥乡', 12, 5100)])
  expect(sums.map(({ noun, sum, holds }) => [noun, sum, holds])).toEqual([
    ['培训班', 30, true],
    ['农民', 12_100, true],
  ])
})

test('a sum that fails is told, one that cannot be made is not judged', () => {
  const wrong = addUp(county('31期'), [town('东平镇', 18, 7000), town('石桥乡', 12, 5100)])
  expect(wrong.sums[0]).toMatchObject({ sum: 30, holds: false, whole: { quote: '31期' }, missing: [] })
  expect(addsUp([wrong])).toBe(false)
  const silent = report('石桥乡.txt', '石桥乡2024年工作总结\n培训农民5100人次。')
  const partly = addUp(county('31期'), [town('东平镇', 18, 7000), silent])
  expect(partly.sums[0]).toMatchObject({ holds: null, missing: ['石桥乡.txt'] })
  expect(addsUp([partly])).toBe(true)
})

test('two years of one unit, with what is the very same', () => {
  const before = report('2023.txt', '清河县科技局2023年工作总结\n举办培训班20期，培训农民5100人次。')
  const now = report('2024.txt', '清河县科技局2024年工作总结\n举办培训班30期，培训农民5100人次。')
  expect(compareYears(before, now).changes).toMatchObject([
    { noun: '培训班', before: { value: 20 }, now: { value: 30 }, growth: 0.5, isSame: false },
    { noun: '农民', growth: 0, isSame: true },
  ])
})

test('in a folder it is found by itself what belongs together', () => {
  const old = report('old.txt', '清河县2023年工作总结\n全县举办培训班20期。')
  const folder = [county('30期'), old, town('东平镇', 18, 7000), town('石桥乡', 12, 5000), report('x.txt', '便条')]
  expect(
    comparisonsOf(folder).map(one => (one.kind === 'years' ? [one.before, one.now] : [one.whole, ...one.parts])),
  ).toEqual([
    ['old.txt', 'county.txt'],
    ['county.txt', '东平镇.txt', '石桥乡.txt'],
  ])
})
