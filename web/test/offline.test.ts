import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listRecords } from '../../src/kernel/records/list.ts'
import { readRecord } from '../../src/kernel/records/read.ts'
import { change, create } from '../../src/kernel/records/records.ts'
import { showRecord } from '../../src/kernel/records/show.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const PLACE = 'org=KJ-A&period=2024'
const NEW = `/app/ledger/hotline.call/new?${PLACE}`
const PHONE = { as: 'kja-clerk', width: 360 } as const

describe.runIf(hasBrowser)('without a connection', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  /** A page whose service worker has kept what it needs. */
  async function installed(): Promise<Page> {
    const page = await app.open(`/app/?${PLACE}`, PHONE)
    await expect
      .poll(() => page.evaluate(async () => (await (await caches.open('yilu-answers')).keys()).length), {
        timeout: 20_000,
      })
      .toBeGreaterThanOrEqual(4)
    return page
  }
  async function fill(page: Page, question: string) {
    await page.getByLabel('类别').focus()
    await page.keyboard.type('虫害')
    await page.keyboard.press('Enter')
    await page.getByLabel('问题').fill(question)
  }
  const found = async (search: string) =>
    must(await listRecords(app.ledger, tester, { type: 'hotline.call', org: 'KJ-A', search })).records

  test('the application opens, entries wait with their pictures, and are sent once each on return, in order', async () => {
    const page = await installed()
    await page.context().setOffline(true)
    await page.goto(app.base + NEW)
    await page.getByText('网络已断开').waitFor()
    const picture = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#274' } })
      .png()
      .toBuffer()
    for (const nth of ['一', '二']) {
      await fill(page, `断网第${nth}条`)
      await page
        .locator('input[type=file]')
        .last()
        .setInputFiles({ name: `图${nth}.png`, mimeType: 'image/png', buffer: picture })
      await page.getByRole('button', { name: '保存并录下一条' }).click()
      await expect.poll(() => page.getByLabel('问题').inputValue()).toBe('')
    }
    await page.getByRole('link', { name: '2条等待上传' }).click()
    await expect.poll(() => page.locator('.outbox li').count()).toBe(2)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fitsWidth(page)).toBe(true)
    // The device is switched off and on.
    await page.reload()
    await expect.poll(() => page.locator('.outbox li').count()).toBe(2)
    expect(await found('断网第')).toEqual([])
    await page.context().setOffline(false)
    await expect.poll(() => page.locator('.outbox li').count(), { timeout: 15_000 }).toBe(0)
    const records = [...(await found('断网第'))].sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(records.map(({ fields }) => fields.question)).toEqual(['断网第一条', '断网第二条'])
    const shown = must(await showRecord(app.ledger, tester, records[0]!.id))
    expect(shown.evidence.map(({ name }) => name)).toEqual(['图一.png'])
  })

  test('an entry that arrived although no answer did is not doubled', async () => {
    const page = await app.open(NEW, PHONE)
    await page.getByLabel('问题').waitFor()
    let lost = 0
    await page.route('**/types/hotline.call/records', async route => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost++
      await route.fetch()
      await route.abort()
    })
    await fill(page, '答复丢在路上')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已存在本机').waitFor()
    expect(await found('答复丢在路上')).toHaveLength(1)
    await expect.poll(() => page.locator('.queue').count(), { timeout: 15_000 }).toBe(0)
    expect(lost).toBe(1)
    expect(await found('答复丢在路上')).toHaveLength(1)
  })

  test('a change that others overtook meanwhile is shown beside theirs, and sent as chosen', async () => {
    const { id } = must(
      await create(app.ledger, tester, 'hotline.call', {
        org: 'KJ-A',
        fields: { receivedOn: '2024-04-02', topic: 'pest', question: '断网时改的来电', served: 2 },
      }),
    )
    const page = await app.open(`/app/records/${id}?${PLACE}`, PHONE)
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await page.context().setOffline(true)
    await page.getByLabel('问题').fill('断网时改的来电，已改')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已存在本机').waitFor()
    must(await change(app.ledger, tester, id, { fields: { question: '别人先改了', served: 7 } }))
    await page.context().setOffline(false)
    await page.getByRole('link', { name: /1条没有上传成/ }).click()
    const conflict = page.locator('.conflict')
    await conflict.waitFor()
    expect(await conflict.textContent()).toContain('别人先改了')
    expect(await accessibilityProblems(page)).toEqual([])
    await conflict.getByRole('button', { name: '按所选保存' }).click()
    await expect.poll(() => page.locator('.outbox li').count(), { timeout: 15_000 }).toBe(0)
    const { fields } = must(await readRecord(app.ledger, tester, id))
    expect(fields).toMatchObject({ question: '断网时改的来电，已改', served: 7 })
  })

  test('an entry like one that is there already waits to be compared', async () => {
    const page = await installed()
    await page.context().setOffline(true)
    await page.goto(`${app.base}/app/ledger/outreach.publicity/new?${PLACE}`)
    await page.getByLabel('渠道').focus()
    await page.keyboard.type('广播')
    await page.keyboard.press('Enter')
    await page.getByLabel('媒体或地点').fill('县广播站')
    await page.getByLabel('标题').fill('两处都录了')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已存在本机').waitFor()
    const publishedOn = await page.getByLabel('发布日期').inputValue()
    const fields = { publishedOn, channel: 'radio', outlet: '县广播站', title: '两处都录了' }
    must(await create(app.ledger, tester, 'outreach.publicity', { org: 'KJ-A', fields }))
    await page.context().setOffline(false)
    await page.getByRole('link', { name: /没有上传成/ }).click()
    await page.getByText('台账中已有看起来相同的记录').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: '不要了' }).click()
    await expect.poll(() => page.locator('.outbox li').count()).toBe(0)
    const there = await listRecords(app.ledger, tester, { type: 'outreach.publicity', org: 'KJ-A' })
    expect(must(there).records).toHaveLength(1)
  })

  test('what one person keeps is neither sent nor shown under another', async () => {
    const page = await installed()
    await page.context().setOffline(true)
    await page.goto(app.base + NEW)
    await fill(page, '前一个人录的')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已存在本机').waitFor()
    await page.context().setOffline(false)
    await page.context().clearCookies()
    await page.context().request.post(`${app.base}/api/v1/session`, {
      data: { login: 'kja-manager', password: 'yilu-demo-2024' },
    })
    await page.goto(`${app.base}/app/outbox?${PLACE}`)
    await page.getByText('另有1条由别人在本机录入').waitFor()
    expect(await found('前一个人录的')).toEqual([])
  })
})
