import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { change, create } from '../../src/kernel/records/records.ts'
import { showRecord } from '../../src/kernel/records/show.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const LIST = '/app/ledger/hotline.call?org=KJ-A&period=2024'
const NEW = '/app/ledger/hotline.call/new?org=KJ-A&period=2024'

describe.runIf(hasBrowser)('the ledger', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const call = async (question: string) =>
    must(
      await create(app.ledger, tester, 'hotline.call', {
        org: 'KJ-A',
        fields: { receivedOn: '2024-03-18', topic: 'pest', question, served: 2 },
      }),
    )

  test('lists what is asked for, by words and by pinyin initials', async () => {
    await call('荔枝蒂蛀虫如何防治')
    const page = await app.open(LIST, { as: 'kja-clerk' })
    const search = page.getByLabel(/查找/)
    await search.fill('荔枝蒂蛀虫')
    const rows = page.locator('table.records tbody tr')
    await expect.poll(() => rows.count()).toBe(1)
    expect(await rows.first().textContent()).toContain('荔枝蒂蛀虫如何防治')
    await search.fill('')
    await expect.poll(() => rows.count()).toBeGreaterThan(1)
    await search.fill('lzdzc')
    await expect.poll(() => rows.count()).toBe(1)
    await search.fill('没有这样的问题')
    await expect.poll(() => page.locator('main').textContent()).toContain('没有符合条件的记录')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(app.complaints(page)).toEqual([])
  })

  test('what is refused stands beside its field; what is typed is there again after a reload', async () => {
    const page = await app.open(NEW, { as: 'kja-clerk' })
    const question = page.getByLabel(/^问题/)
    await question.fill('香蕉枯萎病怎么办')
    await page.getByRole('button', { name: /^保\s?存$/ }).click()
    await page.locator('.field', { hasText: '类别' }).getByText('不能为空').waitFor()
    await page.reload()
    await expect.poll(() => page.getByLabel(/^问题/).inputValue()).toBe('香蕉枯萎病怎么办')
    expect(await accessibilityProblems(page)).toEqual([])
  })

  test('a change that somebody else overtook shows both, and is saved only when it was compared', async () => {
    const { id } = await call('稻飞虱怎么治')
    const page = await app.open(`/app/records/${id}?org=KJ-A&period=2024`, { as: 'kja-clerk' })
    await page.getByRole('button', { name: /修\s?改/ }).click()
    await page.getByLabel(/^问题/).fill('稻飞虱怎么治（补充：已打过一次药）')
    must(await change(app.ledger, tester, id, { fields: { served: 9 } }))
    await page.getByRole('button', { name: /^保\s?存$/ }).click()
    const conflict = page.getByRole('alert').filter({ hasText: '刚被别人改过' })
    await expect.poll(() => conflict.textContent()).toContain('9')
    await conflict.getByRole('button').click()
    await page.getByRole('button', { name: /^保\s?存$/ }).click()
    await expect.poll(() => page.locator('dl.record').textContent()).toContain('已打过一次药')
    // What the other saved stays as they saved it.
    expect(must(await showRecord(app.ledger, tester, id)).fields).toMatchObject({ served: 9 })
  })

  test('fits a telephone', async () => {
    const { id } = await call('猪发烧不吃食')
    const page = await app.open(NEW, { as: 'kja-clerk', width: 360 })
    await page.getByLabel(/^问题/).waitFor()
    expect(await fitsWidth(page)).toBe(true)
    await page.goto(`${app.base}/app/records/${id}?org=KJ-A&period=2024`)
    await page.locator('dl.record').waitFor()
    expect(await fitsWidth(page)).toBe(true)
  })
})
