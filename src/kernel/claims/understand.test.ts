import { describe, expect, test } from 'vitest'
import type { Claim } from './claim.ts'
import { readClaims } from './read.ts'

const claimsOf = (text: string): readonly Claim[] => readClaims(text).claims
const only = (text: string): Claim => {
  const claims = claimsOf(text)
  expect(claims).toHaveLength(1)
  return claims[0]!
}

test.each([
  ['投资1.2亿元', 120_000_000, '元', 'money'],
  ['培训1.2万人次', 12_000, '人次', 'count'],
  ['造林3亩', 2000, 'm²', 'area'],
  ['面积1.5公顷', 15_000, 'm²', 'area'],
  ['产量2吨', 2_000_000, 'g', 'mass'],
  ['收苹果3万斤', 15_000_000, 'g', 'mass'],
  ['里程12公里', 12_000, 'm', 'length'],
  ['用电3亿千瓦时', 300_000_000, 'kWh', 'energy'],
  ['土石方1.1万立方米', 11_000, 'm³', 'volume'],
  ['合格率五成', 50, '%', 'percent'],
  ['死亡率6.5‰', 0.65, '%', 'percent'],
  ['提高2.3个百分点', 2.3, '百分点', 'percent'],
  ['历时三年', 3, '年', 'duration'],
  ['位列全省第三', 3, '位', 'rank'],
  ['增长1.5倍', 1.5, '倍', 'ratio'],
  ['技术骨干30名', 30, '人', 'count'],
  ['出口1.08亿美元', 108_000_000, '美元', 'money'],
])('%s is %d %s (%s)', (text, normalized, base, kind) => {
  const claim = only(text)
  expect({ normalized: Math.round(claim.normalized * 1e6) / 1e6, base: claim.base, kind: claim.kind }).toEqual({
    normalized,
    base,
    kind,
  })
})

test.each([
  ['参加培训1549人', null, 1549, 1549],
  ['培训农民1.2万人次', null, 11_500, 12_499],
  ['覆盖率11.6%', null, 11.55, 11.65],
  ['培训骨干30余名', '余', 30, 39],
  ['受益农民3260多人次', '多', 3260, 3269],
  ['引进新品种约20个', '约', 15, 25],
  ['近百人参加', '近', 90, 100],
  ['走访数十户', '数', 20, 99],
  ['就业3000人以上', '以上', 3000, null],
  ['失业率控制在4.5%以内', '以内', null, 4.5],
  ['收入不足80万元', '不足', 700_000, 800_000],
  ['收入超过80万元', '超过', 800_000, null],
  ['总产值突破9亿元', '突破', 900_000_000, null],
  ['据不完全统计,接听电话769个', '据不完全统计', 769, 769],
  ['确定3至5个项目', null, 3, 5],
])('%s covers what its qualifier allows', (text, qualifier, from, to) => {
  const claim = only(text)
  expect([claim.qualifier, claim.covers.from, claim.covers.to]).toEqual([qualifier, from, to])
})

describe('what is counted', () => {
  test.each([
    ['接收了769个农业科技求助电话,答复及时', ['农业科技求助电话']],
    ['检测样品1549个,其中土壤样品1054个,农产品样品495个', ['样品', '土壤样品', '农产品样品']],
    ['举办科技讲座6场、实用技术培训班110场(次),培训农民1.2万人次', ['科技讲座', '实用技术培训班', '农民']],
    ['对57台邮资机,525台打印机和13台发电机进行大修', ['邮资机', '打印机', '发电机']],
    ['科技资金27万元,比去年增加了16万元', ['科技资金', '科技资金']],
    ['工业增加值同比增长11.6%', ['工业增加值']],
    ['在岗人员占人员编制总数的50%', ['在岗人员']],
    ['引进小麦、辣椒、玉米等新品种20个', ['新品种']],
    ['全市社会消费品零售总额105亿元,增长11.3%', ['社会消费品零售总额', '社会消费品零售总额']],
    ['甲公司、乙公司等5家科技型企业通过认定', ['科技型企业']],
    ['建成60个以上示范村', ['示范村']],
    ['组织200多人次的科技人员开展咨询', ['科技人员']],
    ['新增规模以上工业企业11家', ['规模以上工业企业']],
    ['东区、西区和南区分别为3、5、7个', ['东区', '西区', '南区']],
  ])('%s', (text, nouns) => expect(claimsOf(text).map(claim => claim.noun)).toEqual(nouns))
})

describe('when, whose, and whether it is done', () => {
  const report = [
    '青山县科技局2023年工作总结',
    '一、2023年工作回顾',
    '全年举办培训班60期,比去年的50期增加10期。上半年引进品种12个。',
    '二、2024年工作计划',
    '举办培训班80期,力争引进品种20个。',
  ].join('\n')
  const claims = claimsOf(report)
  const by = (quote: string) => claims.find(claim => claim.quote === quote)!

  test('the period comes from the sentence, else from the section', () => {
    expect([by('60期').period, by('12个').period, by('80期').period]).toEqual(['2023', '2023-H1', '2024'])
  })
  test('a plan is told from work done', () => {
    expect(claims.map(claim => claim.target)).toEqual([false, false, false, false, true, true])
  })
  test('the section path and the organisation of the title are carried', () => {
    expect(by('80期').section).toEqual(['青山县科技局2023年工作总结', '2024年工作计划'])
    expect(by('80期').actor).toBe('青山县科技局')
  })
  test('a change is told from a level', () => {
    expect([by('60期').polarity, by('10期').polarity]).toEqual(['level', 'increase'])
    expect(only('死亡人数同比下降9.3%').polarity).toBe('decrease')
    expect(only('收入增加到27万元').polarity).toBe('level')
    expect(claimsOf('收入同比分别增长4.6%和7.1%').map(claim => claim.polarity)).toEqual(['increase', 'increase'])
  })
  test('计划 is a plan only as a verb', () => {
    expect(only('全年计划举办讲座8场').target).toBe(true)
    expect(only('获批省级科技支撑计划10项').target).toBe(false)
    expect(only('积极争取资金4500万元').target).toBe(false)
    expect(only('超额完成增长5%的预期目标').target).toBe(false)
    expect(only('生产总值增长5%左右的目标').target).toBe(true)
  })
  test('last year and running totals are marked', () => {
    expect(only('2023年总结。去年接听电话500个').prior).toBe(true)
    expect(only('目前累计建成服务站12个').cumulative).toBe(true)
  })
  test('the bounds of a class are no amounts', () => {
    expect(claimsOf('60岁以上老人2.3万人,500万元以上项目23个').map(claim => claim.threshold)).toEqual([
      true,
      false,
      true,
      false,
    ])
  })
  test('a year that the text does not say can be given', () => {
    expect(readClaims('今年培训30人', { year: 2022 }).claims[0]!.period).toBe('2022')
    expect(readClaims('今年培训30人').claims[0]!.period).toBeNull()
  })
})
