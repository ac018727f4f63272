import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clerk, testWorld, type World } from '../../../test/world.ts'
import { registry } from '../../app.ts'
import { setTargets } from '../assessment/targets.ts'
import { verify } from '../journal/verify.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { createMany } from '../records/records.ts'
import { draftReport, issueReport } from '../reports/reports.ts'
import { must, type Result } from '../result.ts'
import { type ClaimLink, confirmedOf, confirmLink } from './confirmed.ts'
import { findingsOf } from './findings.ts'
import { readClaims } from './read.ts'
import { type Link, reconcile } from './reconcile.ts'
import { binomialTail, roundnessOf } from './roundness.ts'

let world: World

beforeAll(async () => {
  world = { ...(await testWorld({ registry })), clock: () => new Date('2025-06-30T04:00:00Z') }
  must(
    await createUnits(world, clerk, [
      { code: 'A', kind: 'county', name: '清河县科技局' },
      { code: 'A-1', kind: 'township', name: '东平镇', parent: 'A' },
      { code: 'A-2', kind: 'township', name: '石桥乡', parent: 'A' },
      { code: 'B', kind: 'county', name: '清丰县科技局' },
    ]),
  )
  const call = (org: string, year: number, served: number) => ({
    org,
    fields: { receivedOn: `${year}-05-18`, topic: 'disease', question: '问', served },
  })
  const course = (n: number, topic: string, attended: number) => ({
    org: 'A-2',
    fields: { heldOn: '2024-03-08', form: 'course', title: `班${n}`, topic, audience: 'farmer', place: '村', attended },
  })
  must(
    await createMany(world, clerk, 'hotline.call', [
      ...Array.from({ length: 12 }, () => call('A-1', 2024, 271)),
      ...Array.from({ length: 4 }, () => call('A', 2023, 10)),
    ]),
  )
  must(
    await createMany(
      world,
      clerk,
      'training.session',
      [1, 2, 3].map(n => course(n, 'rice', 100)),
    ),
  )
  must(
    await setTargets(world, clerk, [
      { indicator: 'hotline.calls', org: 'A', period: '2025', value: 20, prorated: true },
    ]),
  )
})
afterAll(() => world.store.close())

async function held(text: string, period = '2024', org = 'A'): Promise<readonly Link[]> {
  const reading = readClaims(text, { year: Number(period.slice(0, 4)), actor: '清河县科技局' })
  return must(await reconcile(world, clerk, reading, { org, period }))
}

const verdicts = async (text: string, period?: string) => (await held(text, period)).map(({ verdict }) => verdict)

describe('a claim is held against the ledger as exactly as it is written', () => {
  test.each([
    ['全年接听求助电话12个。', 'agrees'],
    ['全年接听求助电话10余个。', 'agrees-rounded'],
    ['全年接听求助电话约12个。', 'agrees'],
    ['全年接听求助电话超过11个。', 'agrees-rounded'],
    ['全年接听求助电话11个。', 'disagrees'],
    ['全年接听求助电话近20个。', 'agrees-rounded'],
    ['全年接听求助电话20余个。', 'disagrees'],
    ['得到咨询或指导的农民有3250多人次。', 'agrees-rounded'],
    ['得到咨询或指导的农民有3260多人次。', 'disagrees'],
    ['得到咨询或指导的农民有0.3万人次。', 'agrees-rounded'],
    ['东平镇接听求助电话12个。', 'agrees'],
    ['石桥乡接听求助电话3个。', 'no-records'],
    ['去年接听求助电话4个。', 'agrees'],
    ['播放科教片3部。', 'no-records'],
    ['修建机耕路3公里。', 'no-indicator'],
    // The quarter's part of the year's 20 is 4.93: of whole things, five are asked for.
    ['2025年一季度力争接听来电5个。', 'agrees', '2025-Q1'],
    ['2025年一季度力争接听来电4个。', 'disagrees', '2025-Q1'],
    ['2025年一季度力争接听来电6个。', 'disagrees', '2025-Q1'],
  ])('%s %s', async (text, verdict, period?: string) => expect(await verdicts(text, period)).toEqual([verdict]))

  test('a change is held against the difference of two years', async () => {
    expect(await verdicts('接听求助电话12个，比上年增加8个。')).toEqual(['agrees', 'agrees'])
    expect(await verdicts('接听求助电话12个，比上年减少8个。')).toEqual(['agrees', 'disagrees'])
    expect(await verdicts('接听求助电话12个，同比增长200%。')).toEqual(['agrees', 'no-indicator'])
  })

  test('a plan is held against the target', async () => {
    const [right, wrong] = await held('2025年工作计划\n计划接听来电20个。\n计划接听来电30个。', '2025')
    expect(right).toMatchObject({ verdict: 'agrees', as: 'target', value: 20, period: '2025' })
    expect(wrong).toMatchObject({ verdict: 'disagrees', difference: 10 })
  })

  test('a disagreement tells the ledger’s figure, the difference and where it is explained', async () => {
    expect(await held('全年接听科技求助电话15个。')).toEqual([
      {
        claim: 0,
        verdict: 'disagrees',
        words: '全年接听科技求助电话#',
        indicator: 'hotline.calls',
        org: 'A',
        period: '2024',
        where: {},
        as: null,
        address: 'hotline.calls?org=A&period=2024',
        name: '清河县科技局2024年接听科技求助电话',
        value: 12,
        unit: 'call',
        written: '12个',
        difference: 3,
        confirmed: false,
      },
    ])
  })

  test('whoever may not read there is refused', async () => {
    const unit = world.orgs.byCode('B')!
    const stranger: Actor = { ...actor('clerk', 'B'), grants: [{ org: unit.id, path: unit.path, role: 'clerk' }] }
    const done = await reconcile(world, stranger, readClaims('接听求助电话1个。'), { org: 'A', period: '2024' })
    expect(codes(done)).toEqual(['permission/denied'])
  })
})

const actor = (role: Role, at: string): Actor => {
  const unit = world.orgs.byCode(at)!
  const person = '00000000-0000-4000-8000-000000000001'
  return { person, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}
const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(({ code }) => code))

describe('a link that a person confirmed', () => {
  const link: ClaimLink = { org: 'A', wording: '蚕农咨询#', base: '个', indicator: 'hotline.calls', where: {} }

  test('is remembered for that org unit alone, may be taken back, and stands in the journal', async () => {
    const text = '蚕农咨询12个。'
    expect(await verdicts(text)).toEqual(['no-indicator'])
    expect((await held(text))[0]!.words).toBe(link.wording)
    must(await confirmLink(world, actor('analyst', 'A'), link))
    expect(await held(text)).toMatchObject([{ verdict: 'agrees', confirmed: true }])
    expect(await held(text, '2024', 'B')).toMatchObject([{ verdict: 'no-indicator' }])
    must(await confirmLink(world, actor('analyst', 'A'), link))
    must(await confirmLink(world, actor('analyst', 'A'), { ...link, indicator: null }))
    expect(await held(text)).toMatchObject([{ verdict: 'no-indicator' }])
    const { rows } = await world.store.pool.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM journal WHERE subject LIKE 'claim-link:%'",
    )
    expect(rows[0]!.n).toBe(2)
    expect((await verify(world)).problems).toEqual([])
    await world.store.owner.query("UPDATE claim_link SET indicator = 'hotline.trips'")
    expect((await verify(world)).problems).toMatchObject([{ kind: 'claim-link' }])
    await world.store.owner.query('UPDATE claim_link SET indicator = NULL')
  })

  test.each([
    ['whoever makes no reports there', 'clerk', link, 'permission/denied'],
    ['an indicator that is not', 'analyst', { ...link, indicator: 'hotline.cats' }, 'indicator/unknown'],
    ['a dimension that is not', 'analyst', { ...link, where: { colour: 'red' } }, 'figure/unknown-dimension'],
    ['words without a place for the number', 'analyst', { ...link, wording: '咨询' }, 'claim-link/wording'],
  ] as const)('%s is refused', async (_, role, given, code) => {
    expect(codes(await confirmLink(world, actor(role, 'A'), given))).toEqual([code])
    expect((await confirmedOf(world, world.orgs.byCode('A')!)).size).toBeLessThanOrEqual(1)
  })
})

describe('what a text leaves out or repeats', () => {
  const found = async (text: string) => {
    const reading = readClaims(text, { year: 2024 })
    const request = { org: 'A', period: '2024' }
    const links = must(await reconcile(world, clerk, reading, request))
    return must(await findingsOf(world, clerk, reading, links, request))
  }

  test('figures that a report usually gives, and that are not zero', async () => {
    const { omitted } = await found('全年接听求助电话12个。')
    const indicators = omitted.map(({ indicator }) => indicator)
    expect(indicators).toContain('training.courses')
    expect(indicators).not.toContain('hotline.calls')
    expect(indicators).not.toContain('projects.applied')
    expect(omitted.find(({ indicator }) => indicator === 'training.people')).toMatchObject({ value: 300 })
  })

  test('figures of last year’s issued report that the ledger does not bear out', async () => {
    const draft = must(await draftReport(world, clerk, { template: 'annual-summary', org: 'A', period: '2023' }))
    must(await issueReport(world, clerk, draft.id))
    const { copied } = await found('2024年得到答复和指导的农民有40人次，接到群众求助来电12个。')
    expect(copied).toMatchObject([{ claim: 0, report: draft.id, quote: '40人次' }])
  })

  test('too many round figures are told with what chance would give', () => {
    const counts = (values: readonly number[]) =>
      readClaims(values.map((value, i) => `${'甲乙丙丁戊己庚辛壬癸'[i]}县培训农民${value}人次。`).join('')).claims
    expect(roundnessOf(counts([1200, 350, 400, 2300, 650, 980, 1100, 720]))).toMatchObject({ counted: 8, round: 8 })
    expect(roundnessOf(counts([1203, 357, 410, 2314, 655, 981, 1109, 723]))).toBeNull()
    expect(binomialTail(10, 3, 0.1)).toBeCloseTo(0.0702, 4)
    expect(binomialTail(5, 0, 0.1)).toBe(1)
  })
})
