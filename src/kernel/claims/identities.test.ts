import { describe, expect, test } from 'vitest'
import { readClaims } from './read.ts'

const found = (text: string) =>
  readClaims(text).identities.map(
    ({ type, holds, arithmetic }) => `${type} ${holds ? 'holds' : 'fails'}: ${arithmetic}`,
  )

describe('sums', () => {
  test.each([
    ['共检测样品1549个,其中土壤样品1054个,农产品样品495个。', 'sum holds: 1054个 + 495个 = 1549个'],
    ['共检测样品1549个,其中土壤样品1054个,农产品样品485个。', 'sum fails: 1054个 + 485个 = 1539个 ≠ 1549个'],
    ['全年进出口总额120亿元,其中出口80亿元,进口50亿元。', 'sum fails: 80亿元 + 50亿元 = 130亿元 ≠ 120亿元'],
    ['现有教师236人,分为专任教师201人和教辅人员35人。', 'sum holds: 201人 + 35人 = 236人'],
    ['投入资金90万元(省级50万元、市级40万元)。', 'sum holds: 50万元 + 40万元 = 90万元'],
    ['发放教材320套、工具书80套,共计400套。', 'sum holds: 320套 + 80套 = 400套'],
    ['发放教材320套、工具书80套,共计410套。', 'sum fails: 320套 + 80套 = 400套 ≠ 410套'],
    ['现有职工186人,其中男142人,女43人,党员52人。', 'sum fails: 142人 + 43人 = 185人 ≠ 186人'],
    ['培训干部1.2万人次,其中县级0.5万人次、乡级0.7万人次。', 'sum holds: 0.5万人次 + 0.7万人次 = 1.2万人次'],
    [
      '地区生产总值500亿元,增长5%。其中,第一产业增加值60亿元,增长3%;第二产业增加值200亿元,增长6%。第三产业增加值230亿元,增长5%。',
      'sum fails: 60亿元 + 200亿元 + 230亿元 = 490亿元 ≠ 500亿元',
    ],
  ])('%s', (text, line) => expect(found(text)).toContain(line))

  test('a list that is not said to be complete is no identity', () => {
    expect(found('培训群众1200人次,其中妇女300人次、残疾人50人次。')).toEqual([])
    expect(found('全年举办活动12场,其中讲座3场、展览2场。')).toEqual([])
    expect(found('新建学校12所,改造厕所35座,安装路灯360盏。')).toEqual([])
    expect(found('甲村、乙村、丙村人口分别为3120人、2480人和1990人,全镇人口45210人。')).toEqual([])
  })

  test('a part greater than its whole fails', () => {
    expect(found('一般公共预算收入97092万元,增长0.9%,其中税收收入190268万元。')).toEqual([
      'part fails: 190268万元 > 97092万元',
    ])
  })

  test('the items of a list below add up to the line above', () => {
    const text = (last: number) =>
      `二、走访\n全年开展活动24场,具体如下:\n1.走访驻军6场;\n2.座谈会8场;\n3.文艺演出${last}场。`
    expect(found(text(10))).toEqual(['sum holds: 6场 + 8场 + 10场 = 24场'])
    expect(found(text(11))).toEqual(['sum fails: 6场 + 8场 + 11场 = 25场 ≠ 24场'])
  })

  test('the total row and the total column of a table are checked', () => {
    const table = (total: string) =>
      `| 村 | 收入(万元) | 支出(万元) |\n| --- | --- | --- |\n| 东村 | 12.5 | 8 |\n| 西村 | 7.5 | 4 |\n| 合计 | ${total} | 12 |`
    expect(found(table('20'))).toEqual(['sum holds: 12.5 + 7.5 = 20', 'sum holds: 8 + 4 = 12'])
    expect(found(table('21'))).toEqual(['sum fails: 12.5 + 7.5 ≠ 21', 'sum holds: 8 + 4 = 12'])
  })
})

test('the growth of a row and the shares of a column are checked', () => {
  const growth = (rate: string) =>
    `指标\t单位\t2023年\t2022年\t增长(%)\n生产总值\t亿元\t512.8\t488.4\t${rate}\n常住人口\t万人\t81.2\t82.0\t-1.0`
  expect(found(growth('5.0'))).toEqual([
    'growth holds: (512.8 - 488.4) / 488.4 = 5%',
    'growth holds: (81.2 - 82.0) / 82.0 = -0.98%',
  ])
  expect(found(growth('6.0'))[0]).toBe('growth fails: (512.8 - 488.4) / 488.4 = 5% ≠ 6.0')
  const shares =
    '单位:人\n| 学段 | 学生数 | 占比(%) |\n|---|---|---|\n| 小学 | 3200 | 53.3 |\n| 初中 | 2800 | 41.0 |\n| 合计 | 6000 | 100 |'
  expect(found(shares)).toContain('share fails: 2800 / 6000 = 46.67% ≠ 41.0')
  expect(readClaims(growth('5.0')).claims[0]).toMatchObject({
    value: 512.8,
    unit: '亿元',
    normalized: 51_280_000_000,
    noun: '生产总值',
  })
  expect(readClaims(growth('5.0')).blanks).toEqual([])
})

describe('growth and difference', () => {
  test.each([
    ['科技资金27万元,比去年增加16万元,增长145.5%。', 'growth holds: 16万元 / (27万元 - 16万元) = 145.45%'],
    ['科技资金27万元,比去年增加16万元,增长245.5%。', 'growth fails: 16万元 / (27万元 - 16万元) = 145.45% ≠ 245.5%'],
    ['收入由2022年的50万元增加到60万元,增长20%。', 'growth holds: (60万元 - 50万元) / 50万元 = 20%'],
    ['收入由50万元增加到60万元,增加了11万元。', 'difference fails: 60万元 - 50万元 = 10万元 ≠ 11万元'],
    ['现有社员286户,比成立时的52户增加234户。', 'difference holds: 286户 - 52户 = 234户'],
    ['发生火灾20起,同比减少5起,下降20%。', 'growth holds: 5起 / (20起 + 5起) = 20%'],
    ['合格率由91.2%提升至97.5%,提高6.3个百分点。', 'difference holds: 97.5% - 91.2% = 6.3个百分点'],
    ['出生率7.65‰;死亡率6.62‰;自然增长率1.03‰。', 'difference holds: 7.65‰ - 6.62‰ = 1.03‰'],
    [
      '今年接待游客120万人次,去年同期为100万人次,增长30%。',
      'growth fails: (120万人次 - 100万人次) / 100万人次 = 20% ≠ 30%',
    ],
  ])('%s', (text, line) => expect(found(text)).toContain(line))

  test('growth at constant prices and yearly averages do not follow from the values', () => {
    expect(found('生产总值由400亿元增加到500亿元,年均增长5.7%。')).toEqual([])
    expect(found('生产总值50亿元,比上年增加6亿元,可比价增长8.2%。')).toEqual([])
  })
})

describe('shares, targets, averages, ranks', () => {
  test.each([
    ['抽检食品1200批次,合格1182批次,合格率98.5%。', 'share holds: 1182批次 / 1200批次 = 98.5%'],
    ['抽检食品1200批次,合格1182批次,合格率96.5%。', 'share fails: 1182批次 / 1200批次 = 98.5% ≠ 96.5%'],
    ['财政收入50.3亿元,其中税收收入35.2亿元,占财政收入的70.0%。', 'share holds: 35.2亿元 / 50.3亿元 = 69.98%'],
    ['全局干部326人,本科以上学历281人,占86.2%。', 'share holds: 281人 / 326人 = 86.2%'],
    ['全局干部326人,本科以上学历281人,占88.2%。', 'share fails: 281人 / 326人 = 86.2% ≠ 88.2%'],
    ['年末常住人口120.5万人,其中城镇人口70.2万人,城镇化率58.3%。', 'share holds: 70.2万人 / 120.5万人 = 58.26%'],
    ['开工3286套,占年度计划3200套的102.7%。', 'target holds: 3286套 / 3200套 = 102.69%'],
    ['计划新建100个,实际完成105个,完成计划的115%。', 'target fails: 105个 / 100个 = 105% ≠ 115%'],
    ['审结案件716件,受理742件,办结率96.5%。', 'share holds: 716件 / 742件 = 96.5%'],
    [
      '应参加合作医疗562.11万人。实际参合505.45万人,参合率89.43%。',
      'share fails: 505.45万人 / 562.11万人 = 89.92% ≠ 89.43%',
    ],
    ['发生命案3起,破案2起,破案率100%。', 'share fails: 2起 / 3起 = 66.7% ≠ 100%'],
    ['发放补贴654万元,惠及2180户,户均3000元。', 'average holds: 654万元 / 2180户 = 3000元'],
    ['发放补贴654万元,惠及2180户,户均3600元。', 'average fails: 654万元 / 2180户 = 3000元 ≠ 3600元'],
    ['由全省第5位升至第3位,前移2位。', 'rank holds: 第5位 → 第3位 = 2'],
    ['由全省第5位升至第3位,前移3位。', 'rank fails: 第5位 → 第3位 = 2 ≠ 3位'],
    ['三次产业结构调整为12.0:39.8:48.2。', 'structure holds: 12 + 39.8 + 48.2 = 100'],
    ['三次产业结构调整为12.0:39.8:58.2。', 'structure fails: 12 + 39.8 + 58.2 = 110 ≠ 100'],
  ])('%s', (text, line) => expect(found(text)).toContain(line))

  test('a rate of something else is left alone', () => {
    expect(found('受理投诉1200件,办结1000件,按时办结率99.8%。')).toEqual([])
    expect(found('常住人口50万人,城镇人口20万人,登记失业率3.2%。')).toEqual([])
    expect(found('民营经济增加值290.6亿元,增长1.5%;民营经济占GDP的比重为66.2%。')).toEqual([])
  })
})

test('one fact told in two paragraphs must agree', () => {
  const text = (second: number) =>
    `全年共接听科技求助电话769个,成效明显。\n一、服务情况\n我局接听科技求助电话${second}个,答复及时。`
  expect(found(text(769))).toEqual(['repeat holds: 769个 = 769个'])
  expect(found(text(759))).toEqual(['repeat fails: 769个 ≠ 759个'])
})

test('identities point at claims by index, the whole first', () => {
  const { claims, identities } = readClaims('检测样品1549个,其中土壤样品1054个,农产品样品495个。')
  expect(identities[0]!.claims.map(index => claims[index]!.value)).toEqual([1549, 1054, 495])
})
