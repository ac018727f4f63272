import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { create } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

describe.runIf(hasBrowser)('beside a record', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  test('what refers to it is listed by its name, and leads back', async () => {
    const enter = async (type: string, fields: Record<string, unknown>) =>
      must(await create(app.ledger, tester, type, { org: 'KJ-A', fields })).id
    const call = await enter('hotline.call', { receivedOn: '2024-03-02', topic: 'pest', question: '棉铃虫怎么防' })
    await enter('hotline.dispatch', { sentOn: '2024-03-03', call, topic: 'pest', sent: 2, finding: '虫口密度大' })
    const page = await app.open(`/app/records/${call}?org=KJ-A&period=2024`, { as: 'kja-clerk', width: 360 })
    const found = page.getByRole('region', { name: '引用本条的记录' }).getByRole('link')
    await found.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    await found.click()
    await page.locator('dl.record a', { hasText: '棉铃虫怎么防' }).click()
    await page.getByRole('heading', { name: /热线来电/ }).waitFor()
    expect(app.complaints(page)).toEqual([])
  })

  test('a screen that no domain brings is told as such', async () => {
    const page = await app.open('/app/work/hotline/nothing?org=KJ-A&period=2024', { as: 'kja-clerk' })
    await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  })
})
