import { describe, expect, test } from 'vitest'
import { strayLinks } from '../../../bench/claims/links.ts'
import { registry } from '../../app.ts'
import { parsePeriod } from '../period/period.ts'
import { addressOf } from '../reports/address.ts'
import { must } from '../result.ts'
import { type ConfirmedWording, confirmedKey, type LinkScope, linkClaims } from './link.ts'
import { orgNames } from './org-names.ts'
import { readClaims } from './read.ts'
import { surroundings } from './surround.ts'
import { wordingsOf } from './wordings.ts'

const linking = { indicators: registry.indicators, wordings: wordingsOf(registry) }
const units = [
  { code: 'A', name: '清河县科技局' },
  { code: 'A-1', name: '东平镇' },
  { code: 'A-2', name: '石桥乡' },
]

function scopeOf(period: string, confirmed: LinkScope['confirmed'] = new Map()): LinkScope {
  return { org: 'A', period: must(parsePeriod(period)), names: orgNames(units), confirmed }
}

/** The claims of a text with the figures they state, as `quote → indicator…`. */
function linked(text: string, period = '2024', confirmed?: LinkScope['confirmed']): string[] {
  const reading = readClaims(text, { year: Number(period.slice(0, 4)), actor: '清河县科技局' })
  const links = linkClaims(reading, linking, scopeOf(period, confirmed))
  return reading.claims.map(({ quote }, i) => `${quote} ${links[i] ? addressOf(links[i].address) : '—'}`)
}

describe('a claim is linked by its own words', () => {
  test.each([
    ['noun behind', '全年接听农业科技求助电话312个。', ['312个 hotline.calls?org=A&period=2024']],
    ['noun after', '一年来接收了312个科技求助电话。', ['312个 hotline.calls?org=A&period=2024']],
    ['around the number', '指派96人次的科技人员下乡服务。', ['96人次 hotline.dispatches?org=A&period=2024']],
    ['a list of names before', '播放《节水》、《养蚕》等科教片9部。', ['9部 outreach.films?org=A&period=2024']],
    ['narrowed', '申报国家级科技项目3项。', ['3项 projects.applied?org=A&period=2024&where.level=national']],
    ['money', '争取科技资金86.5万元。', ['86.5万元 projects.funds-won?org=A&period=2024']],
    ['a unit beneath', '东平镇举办实用技术培训班8期。', ['8期 training.courses?org=A-1&period=2024']],
  ])('%s', (_, text, expected) => expect(linked(text)).toEqual(expected))

  test('parts take the indicator of their whole, a change that of what changed', () => {
    expect(
      linked('组织申报科技项目21项，其中国家级4项，省级9项。争取科技资金90万元，比上年增加15万元，同比增长20%。'),
    ).toEqual([
      '21项 projects.applied?org=A&period=2024',
      '4项 projects.applied?org=A&period=2024&where.level=national',
      '9项 projects.applied?org=A&period=2024&where.level=provincial',
      '90万元 projects.funds-won?org=A&period=2024',
      '15万元 projects.funds-won?org=A&period=2024&as=difference',
      '20% —',
    ])
  })

  test('a plan is held against the target', () => {
    expect(linked('2025年工作计划\n全年计划举办科技讲座12场，接听来电500个。', '2025')).toEqual([
      '12场 training.lectures?org=A&period=2025&as=target',
      '500个 hotline.calls?org=A&period=2025&as=target',
    ])
  })

  test('a table is read by the head of its column and the name of its row', () => {
    expect(linked('申报情况\n单位\t申报项目（项）\n东平镇\t3\n石桥乡\t4\n合计\t7')).toEqual([
      '3 projects.applied?org=A-1&period=2024',
      '4 projects.applied?org=A-2&period=2024',
      '7 projects.applied?org=A&period=2024',
    ])
  })

  test('the period is that of the words, else that of the report', () => {
    expect(linked('2024年上半年接听求助电话80个。全年计划接听求助电话200个。', '2024-H1')).toEqual([
      '80个 hotline.calls?org=A&period=2024-H1',
      '200个 hotline.calls?org=A&period=2024&as=target',
    ])
    expect(linked('去年接听求助电话80个。')).toEqual(['80个 hotline.calls?org=A&period=2023'])
  })
})

describe('what the words do not say completely is not linked', () => {
  test.each([
    ['another unit', '接听科技求助电话80公里。'],
    ['a stranger’s', '邻县科技局接听科技求助电话80个。'],
    ['a thing with more to its name', '取消科技讲座3场。'],
    ['two values of one dimension', '申报国家级和省级科技项目5项。'],
    ['since the beginning', '新增科技特派员3人。'],
    ['a class', '拥有20人以上服务站。'],
    ['nothing around', '80个。'],
    ['a part of a thing unknown', '修建水渠30条，其中国家级2条。'],
  ])('%s: %s', (_, text) => {
    for (const line of linked(text)) expect(line).toMatch(/ —$/)
  })

  test('reports of other trades state hardly anything that this ledger holds', () => {
    const { claims, links } = strayLinks()
    expect(claims).toBeGreaterThan(900)
    // How many villages a county has the ledger knows of any county, whatever the trade of the report.
    const stray = links.filter(link => !link.endsWith(': information.villages'))
    expect(stray.length, stray.join('\n')).toBeLessThanOrEqual(1)
  })
})

// A quadratic linker would need hours for these; the test's own time limit is the judge.
test.each([
  ['one endless sentence', '培训农民5人次,其中国家级3项、'],
  ['a row of many cells', '5\t培训\t'],
  ['many rows', '镇\t5\t6\n'],
  ['rows without numbers between', '镇\t甲\n'],
  ['lists of names', '“甲”、“乙”和等3个'],
])('%s is linked to its end', (_, run) => {
  const text = run.repeat(Math.ceil(60_000 / run.length))
  const reading = readClaims(text)
  expect(linkClaims(reading, linking, scopeOf('2024'))).toHaveLength(reading.claims.length)
})

test('what a person confirmed is linked by the same words, and what was refused no more', () => {
  const text = '处理蚕农热线咨询45个，接听求助电话80个。'
  expect(linked(text)[0]).toBe('45个 —')
  const reading = readClaims(text)
  const keys = surroundings(text, reading.claims).map(({ words }, i) => confirmedKey(words, reading.claims[i]!.base))
  const confirmed: LinkScope['confirmed'] = new Map<string, ConfirmedWording>([
    [keys[0]!, { indicator: 'hotline.calls', where: { crop: 'tea' } }],
    [keys[1]!, { indicator: null, where: {} }],
  ])
  expect(linked(text, '2024', confirmed)).toEqual(['45个 hotline.calls?org=A&period=2024&where.crop=tea', '80个 —'])
})
