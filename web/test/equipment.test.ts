import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { change, create, createMany } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

describe.runIf(hasBrowser)('screens of cut-over and equipment', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const put = async (type: string, org: string, fields: Record<string, unknown>, state?: string) =>
    must(await create(app.ledger, tester, type, { org, fields, ...(state ? { state } : {}) })).id

  const campaign = async (number: string) => {
    const id = await put('cutover.campaign', 'KJ-A', {
      number,
      title: '网点系统切换',
      sort: 'system',
      openedOn: '2024-05-10',
      windowFrom: '2024-11-23',
      windowTo: '2024-11-25',
      dueOn: '2024-11-25',
      requires: [{ gate: 'test', times: 3 }],
      checklist: [{ item: '专线正常' }, { item: '终端可登录' }],
    })
    const site = (code: string, org: string) =>
      put('cutover.site', org, { campaign: id, code, name: `网点${code}`, plannedOn: '2024-11-24' })
    return { id, sites: [await site(`${number}-1`, 'KJ-A-01'), await site(`${number}-2`, 'KJ-A-02')] as const }
  }
  const step = (id: string, code: string, after: string[] = []) => ({
    campaign: id,
    code,
    title: '数据转换',
    phase: 'cutover',
    after: after.map(one => ({ step: one })),
    owner: '信息局',
    dueOn: '2024-11-24',
    minutes: 90,
  })

  test('the board follows a save elsewhere, shows the critical path, and is accessible', async () => {
    const { id, sites } = await campaign('QH-1')
    const steps = [step(id, 'Q1'), step(id, 'Q2', ['Q1'])].map(fields => ({ org: 'KJ-A', fields }))
    must(await createMany(app.ledger, tester, 'cutover.step', steps))
    const page = await app.open(`/app/work/cutover/board?org=KJ-A&campaign=${id}`, { as: 'kja-manager' })
    await page.getByText('Q1 → Q2').waitFor()
    expect(await page.getByText('切换测试 0/3').count()).toBe(1)
    const blocked = page.locator('[data-state=blocked]')
    expect(await blocked.textContent()).toBe('0')
    must(await change(app.ledger, tester, sites[1], { state: 'blocked', fields: { blockedBy: '专线不通' } }))
    await expect.poll(() => blocked.textContent(), { timeout: 15_000 }).toBe('1')
    expect(await page.locator('tr[data-org="KJ-A-02"] td').nth(2).textContent()).toBe('1')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(app.complaints(page)).toEqual([])
  })

  test('a site is started, checked and finished on a phone', async () => {
    const { sites } = await campaign('QH-2')
    const page = await app.open('/app/work/cutover/checklist?org=KJ-A-01', { as: 'kja-clerk', width: 360 })
    await page.getByLabel('网点').last().fill('QH-2-1')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '开始切换' }).click()
    const finish = page.getByRole('button', { name: '完成切换' })
    await finish.waitFor()
    expect(await finish.isDisabled()).toBe(true)
    for (const item of ['专线正常', '终端可登录']) {
      await page.getByLabel(item).click()
      await expect.poll(() => page.getByLabel(item).isChecked()).toBe(true)
    }
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    await finish.click()
    await page.getByText('这个网点已完成切换').waitFor()
    const { rows } = await app.ledger.store.pool.query('SELECT state FROM record WHERE id = $1', [sites[0]])
    expect(rows).toEqual([{ state: 'done' }])
    expect(app.complaints(page)).toEqual([])
  })

  test('devices are counted by their numbers on a phone, and what does not agree is told at once', async () => {
    const days = { arrivedOn: '2024-03-01', installedOn: '2024-03-04', poweredOn: '2024-03-05', testedOn: '2024-03-06' }
    const device = (number: string, org: string) =>
      put('equipment.device', org, { number, kind: 'printer', model: 'DY-24', ...days }, 'tested')
    await device('PD-1', 'KJ-A-03')
    await device('PD-2', 'KJ-A-03')
    await device('PD-3', 'KJ-A-04')
    await put('custody.take', 'KJ-A', { title: '年度盘点', from: '2025-11-01', to: '2025-11-30' })
    const page = await app.open('/app/work/equipment/stocktaking?org=KJ-A-03', { as: 'kja-clerk', width: 360 })
    const number = page.getByLabel('设备编号')
    const status = page.getByRole('status').filter({ hasText: 'PD-' })
    await number.fill('PD-1')
    await page.keyboard.press('Enter')
    await expect.poll(() => status.textContent()).toContain('在本单位账上')
    await number.fill('PD-3')
    await page.keyboard.press('Enter')
    await expect.poll(() => status.textContent()).toContain('账上在')
    await page.locator('tr[data-sort=missing]', { hasText: 'PD-2' }).waitFor()
    expect(await page.locator('tr[data-sort=moved]').textContent()).toContain('PD-3')
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(app.complaints(page)).toEqual([])
  })

  test('a device is checked by its number, and the round tells how far each unit has come', async () => {
    await put('inspection.round', 'KJ-A', {
      title: '秋季自查',
      sort: 'self',
      from: '2025-11-01',
      to: '2025-11-30',
      orderedBy: '科技处',
    })
    const days = { arrivedOn: '2024-03-01', installedOn: '2024-03-04', poweredOn: '2024-03-05', testedOn: '2024-03-06' }
    await put('equipment.device', 'KJ-A-05', { number: 'XJ-1', kind: 'printer', model: 'DY-24', ...days }, 'tested')
    const page = await app.open('/app/work/equipment/inspection?org=KJ-A-05', { as: 'kja-clerk', width: 360 })
    await page.getByRole('button', { name: '有问题' }).click()
    await page.getByLabel('问题', { exact: true }).fill('打印偏淡')
    await page.getByLabel('设备编号').fill('XJ-1')
    await page.keyboard.press('Enter')
    await page.getByText('问题已记录，待修复').waitFor()
    await expect.poll(() => page.locator('tr[data-org="KJ-A-05"]').textContent()).toMatch(/111$/)
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(app.complaints(page)).toEqual([])
  })

  test('what a domain does with records stands beside them: tags with the list, a move on the page of a device', async () => {
    const days = { arrivedOn: '2024-03-01', installedOn: '2024-03-04', poweredOn: '2024-03-05', testedOn: '2024-03-06' }
    const fields = { number: 'BQ-1', kind: 'printer', model: 'DY-24', ...days }
    const id = await put('equipment.device', 'KJ-A-06', fields, 'tested')
    const page = await app.open('/app/ledger/equipment.device?org=KJ-A-06&period=2024', { as: 'kja-clerk' })
    await page.getByRole('button', { name: '设备标签' }).click()
    const given = page.waitForEvent('download')
    await page.getByRole('dialog').getByRole('button', { name: '设备标签' }).click()
    expect((await given).suggestedFilename()).toBe('设备标签-KJ-A-06.pdf')
    await page.goto(`${app.base}/app/records/${id}?org=KJ-A-06`)
    await page.getByRole('button', { name: '调拨设备' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: '调拨设备' }).isDisabled()).toBe(true)
    await dialog.getByLabel('原因').waitFor()
    expect(app.complaints(page)).toEqual([])
  })
})
