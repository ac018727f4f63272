import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { create } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

describe.runIf(hasBrowser)('projects in time and place', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
    const enter = async (type: string, fields: Record<string, unknown>, state?: string) =>
      must(await create(app.ledger, tester, type, { org: 'KJ-A', fields, ...(state && { state }) })).id
    const project = await enter(
      'projects.project',
      {
        number: 'P-1',
        title: '荔枝保果试验',
        programme: 'spark',
        level: 'provincial',
        applicant: '甲县热作站',
        appliedOn: '2024-01-10',
        wonOn: '2024-02-01',
        place: { lon: 150.2, lat: 20.5 },
      },
      'won',
    )
    const contract = await enter(
      'contracts.contract',
      {
        number: 'HT-1',
        title: '任务书',
        kind: 'project',
        project,
        partner: '甲县热作站',
        amount: 10_000_000,
        draftedOn: '2024-02-10',
        signedOn: '2024-02-12',
        startsOn: '2024-02-15',
        endsOn: '2025-12-31',
      },
      'signed',
    )
    const milestone = { contract, weight: 40 }
    await enter('contracts.milestone', { ...milestone, title: '方案', plannedOn: '2024-06-30', doneOn: '2024-06-20' })
    await enter('contracts.milestone', { ...milestone, title: '示范', plannedOn: '2024-11-30' })
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  test.each([
    1280, 360,
  ])('at %i pixels the chart names what is overdue, leads to the project, and shows where', async width => {
    const page = await app.open('/app/work/contracts/gantt?org=KJ-A&period=2024', { as: 'kja-clerk', width })
    await page.getByText('1个节点逾期').waitFor()
    expect(await page.getByRole('button', { name: /示范 · 计划2024-11-30 · 逾期未完成/ }).count()).toBe(1)
    expect(await page.getByRole('button', { name: /方案 · 计划2024-06-30 · 2024-06-20完成/ }).count()).toBe(1)
    await page.locator('.project-map circle').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    await page.getByRole('link', { name: '荔枝保果试验' }).first().click()
    await page.getByRole('heading', { name: /科技项目/ }).waitFor()
    expect(app.complaints(page)).toEqual([])
  })

  test('a unit without contracts is told so', async () => {
    const page = await app.open('/app/work/contracts/gantt?org=KJ-A-01&period=2024', { as: 'kja-clerk' })
    await page.getByText('本期没有已签合同的项目').waitFor()
  })
})
