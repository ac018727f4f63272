import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { perform } from '../../src/kernel/operation.ts'
import { listRecords } from '../../src/kernel/records/list.ts'
import { readRecord } from '../../src/kernel/records/read.ts'
import { create } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const DESK = '/app/work/hotline/desk?org=KJ-A&period=2024'

describe.runIf(hasBrowser)('the duty desk', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
    const envoy = {
      number: 'T-1',
      envoy: '李大田',
      grade: 'county',
      trade: 'rice',
      body: '农技中心',
      since: '2023-01-01',
    }
    must(await create(app.ledger, tester, 'envoys.appointment', { org: 'KJ-A', fields: envoy }))
    const answer = {
      writtenOn: '2024-01-10',
      question: '水稻叶片卷起来，里面有虫怎么治',
      answer: '稻纵卷叶螟，二龄前用药，傍晚喷雾',
      crop: 'rice',
      subject: 'pest',
      reviewer: '植保站长',
      goodUntil: '2199-12-31',
    }
    must(await create(app.ledger, tester, 'knowledge.answer', { org: 'KJ-A', fields: answer, state: 'reviewed' }))
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  let number = 0
  async function rings(phone: string) {
    const operations = app.ledger.registry.domains.flatMap(domain => domain.operations)
    const ring = operations.find(one => one.id === 'hotline.ring')!
    const event = { org: 'KJ-A', call: `t${++number}`, event: 'ringing', phone }
    must(await perform(ring, app.ledger, tester, ring.input.parse(event)))
  }
  const callsOf = async (phone: string) =>
    must(await listRecords(app.ledger, tester, { type: 'hotline.call', org: 'KJ-A', filter: { phone } })).records

  test('a call is taken, answered from the knowledge base and saved by keyboard alone, within 20 seconds', async () => {
    const page = await app.open(DESK, { as: 'kja-clerk' })
    const question = page.locator('#desk-question')
    await question.waitFor()
    await rings('13900000011')
    await page.getByText('139****0011').first().waitFor({ timeout: 30_000 })
    const begin = Date.now()
    await question.focus()
    await page.keyboard.insertText('水稻叶子卷了有虫')
    await page.getByText('1. 水稻叶片卷起来').waitFor()
    await page.keyboard.press('Alt+1')
    await expect.poll(() => page.locator('#desk-answer').inputValue()).toContain('稻纵卷叶螟')
    await page.keyboard.press('F8')
    await expect.poll(async () => (await callsOf('13900000011')).length).toBe(1)
    expect(Date.now() - begin).toBeLessThan(20_000)
    const [call] = await callsOf('13900000011')
    expect(call).toMatchObject({
      state: 'answered',
      fields: { question: '水稻叶子卷了有虫', crop: 'rice', topic: 'pest', answer: '稻纵卷叶螟，二龄前用药，傍晚喷雾' },
    })
    expect(call!.fields.responseMinutes).toBeTypeOf('number')
    expect(app.complaints(page)).toEqual([])
  })

  test('who called before is known again, an open call is answered by a dispatch, refusals are told', async () => {
    await rings('13900000011')
    const page = await app.open(DESK, { as: 'kja-clerk' })
    await page.getByText('以前来电1次').waitFor()
    await page.locator('#desk-question').fill('还是水稻的虫')
    await page.keyboard.press('F8')
    await page.getByText('请填写答复内容').waitFor()
    await page.locator('#desk-topic').press('Enter')
    await page.keyboard.type('虫害')
    await page.keyboard.press('Enter')
    await page.keyboard.press('F9')
    await page.getByText('已派出：李大田').waitFor()
    await expect
      .poll(async () => (await callsOf('13900000011')).map(({ state }) => state))
      .toEqual(['dispatched', 'answered'])
  })

  test('it fits a phone, and everybody can use it', async () => {
    const page = await app.open(DESK, { as: 'kja-clerk', width: 360 })
    await page.locator('#desk-question').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
  })

  test('a visit is reported on a phone with a picture and a signature, which answers its call', async () => {
    const fields = { receivedOn: '2024-05-18', topic: 'pest', question: '请来看看' }
    const call = must(await create(app.ledger, tester, 'hotline.call', { org: 'KJ-A', state: 'dispatched', fields })).id
    const sent = { sentOn: '2024-05-18', call, topic: 'pest', sent: 1 }
    const { id } = must(await create(app.ledger, tester, 'hotline.dispatch', { org: 'KJ-A', fields: sent }))
    const page = await app.open('/app/work/hotline/visit?org=KJ-A&period=2024', { as: 'kja-clerk', width: 360 })
    await page.getByText('2024-05-18').locator('xpath=ancestor::li').getByRole('button').click()
    await page.locator('#visit-advice').fill('七天后复查')
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await page.locator('#visit-picture').setInputFiles({
      name: '现场.png',
      mimeType: 'image/png',
      buffer: Buffer.from(pixel, 'base64'),
    })
    const pad = page.locator('canvas')
    await pad.scrollIntoViewIfNeeded()
    const box = (await pad.boundingBox())!
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 120, box.y + 60, { steps: 5 })
    await page.mouse.up()
    await page.getByRole('button', { name: '完成回单' }).click()
    const stateOf = async (record: string) => must(await readRecord(app.ledger, tester, record)).state
    await expect.poll(() => stateOf(id), { timeout: 15_000 }).toBe('visited')
    expect(await stateOf(call)).toBe('answered')
    expect(await fitsWidth(page)).toBe(true)
  })

  test('one who may only read is shown no desk', async () => {
    const page = await app.open(DESK, { as: 'kja-analyst' })
    await page.locator('h1').waitFor()
    await expect.poll(() => page.locator('#desk-question').count()).toBe(0)
  })
})
