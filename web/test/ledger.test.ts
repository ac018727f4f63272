import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { seal } from '../../src/kernel/journal/seal.ts'
import { listRecords } from '../../src/kernel/records/list.ts'
import { readRecord } from '../../src/kernel/records/read.ts'
import { change, create, createMany } from '../../src/kernel/records/records.ts'
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

  test('a change that somebody else overtook shows both, and the chosen fields are saved', async () => {
    const { id } = await call('稻飞虱怎么治')
    const page = await app.open(`/app/records/${id}?org=KJ-A&period=2024`, { as: 'kja-clerk' })
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await page.getByLabel(/^问题/).fill('稻飞虱怎么治（补充：已打过一次药）')
    must(await change(app.ledger, tester, id, { fields: { served: 9, question: '稻飞虱怎么治？急' } }))
    await page.getByRole('button', { name: '保存', exact: true }).click()
    const conflict = page.getByRole('alert').filter({ hasText: '刚被别人改过' })
    await conflict.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    // What only the other changed is taken already; of what both changed, one's own.
    expect(await conflict.getByRole('radio', { name: '受益人次 现在' }).isChecked()).toBe(true)
    expect(await conflict.getByRole('radio', { name: '问题 您填的' }).isChecked()).toBe(true)
    await conflict.getByRole('button', { name: '按所选保存' }).click()
    const record = page.locator('dl.record')
    await expect.poll(() => record.textContent()).toContain('已打过一次药')
    // What the other alone changed stays as they saved it.
    expect(must(await showRecord(app.ledger, tester, id)).fields).toMatchObject({ served: 9 })
  })

  test('a list is narrowed, sorted and added up, and a view of it kept under a name', async () => {
    const page = await app.open(`${LIST}&filter[topic]=pest&filter[served][min]=3`, { as: 'kja-clerk' })
    const asked = must(
      await listRecords(app.ledger, tester, {
        type: 'hotline.call',
        org: 'KJ-A',
        period: '2024',
        filter: { topic: 'pest', served: { min: '3' } },
        totals: true,
      }),
    )
    await page.getByText(`共${asked.count}条`).waitFor()
    await expect.poll(() => page.locator('tfoot').textContent()).toContain(String(asked.totals!.served))
    await page.getByRole('button', { name: '受益人次（人次）' }).click()
    await expect.poll(() => page.url()).toContain('sort=served')
    await expect.poll(() => page.locator('th[aria-sort=ascending]').textContent()).toContain('受益人次')
    await page.getByRole('button', { name: '视图' }).click()
    await page.getByLabel('视图名称').fill('虫害多人')
    await page.getByRole('button', { name: '存下' }).click()
    await page.goto(`${app.base}${LIST}`)
    await page.getByRole('button', { name: '视图' }).click()
    await page.getByRole('button', { name: '虫害多人', exact: true }).click()
    await expect.poll(() => page.url()).toContain('sort=served')
    await page.getByText(`共${asked.count}条`).waitFor()
  })

  test('a cell is changed where it stands by the keyboard alone, and the change undone', async () => {
    const { id } = await call('单元格里改一改')
    const page = await app.open(`${LIST}&search=单元格里改一改`, { as: 'kja-clerk' })
    const cell = page.locator('td', { hasText: '单元格里改一改' })
    await cell.waitFor()
    await page.locator('td[data-cell="0:0"]').focus()
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('单元格里改一改')
    await page.keyboard.press('Enter')
    await page.locator('.cell-editor input').fill('单元格里改一改，改好了')
    await page.keyboard.press('Enter')
    await page.getByText('已保存').waitFor()
    const now = async () => must(await readRecord(app.ledger, tester, id)).fields.question
    expect(await now()).toBe('单元格里改一改，改好了')
    await page.getByRole('button', { name: '撤销', exact: true }).click()
    await expect.poll(now).toBe('单元格里改一改')
    expect(app.complaints(page)).toEqual([])
  })

  test('chosen records are confirmed together, and that is undone together', async () => {
    const ids = [(await call('一起审核甲')).id, (await call('一起审核乙')).id]
    const page = await app.open(`${LIST}&search=一起审核`, { as: 'kja-manager' })
    await expect.poll(() => page.locator('table.records tbody tr').count()).toBe(2)
    await page.getByLabel(/选中已显示/).check()
    await page.locator('.bulk').getByRole('button', { name: '审核' }).click()
    await page.getByText('2条已办理').waitFor()
    const statuses = async () => Promise.all(ids.map(async id => must(await readRecord(app.ledger, tester, id)).status))
    expect(await statuses()).toEqual(['confirmed', 'confirmed'])
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: '撤销', exact: true }).click()
    await expect.poll(statuses).toEqual(['entered', 'entered'])
  })

  test('only rows in sight are drawn, and the end of the list is reached by scrolling', async () => {
    const many = Array.from({ length: 450 }, (_, i) => ({
      org: 'KJ-A-04',
      fields: { receivedOn: '2022-05-01', topic: 'pest', question: `第${String(i).padStart(3, '0')}个问题`, served: 1 },
    }))
    must(await createMany(app.ledger, tester, 'hotline.call', many, { allowSimilar: true }))
    const page = await app.open('/app/ledger/hotline.call?org=KJ-A-04&period=2022&sort=question', { as: 'kja-clerk' })
    await page.getByText('共450条').waitFor()
    const drawn = () => page.locator('table.records tbody tr:not(.spacer)').count()
    expect(await drawn()).toBeLessThan(100)
    const box = page.locator('.grid-box')
    await expect
      .poll(async () => {
        await box.evaluate(element => element.scrollTo(0, element.scrollHeight))
        return page.locator('td', { hasText: '第449个问题' }).count()
      })
      .toBe(1)
    expect(await drawn()).toBeLessThan(100)
  })

  test('a call is entered by the keyboard, saved, and the next begun', async () => {
    const page = await app.open(NEW, { as: 'kja-clerk' })
    await page.getByLabel('来电人').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(
      await page.getByLabel('来电人').getAttribute('id'),
    )
    await page.keyboard.type('陈大明')
    await page.getByLabel('类别').focus()
    await page.keyboard.type('虫害')
    await page.keyboard.press('Enter')
    await page.getByLabel('问题').fill('用键盘录入的问题')
    await page.keyboard.press('Control+Enter')
    await page.getByText('已保存').waitFor()
    await expect.poll(() => page.getByLabel('问题').inputValue()).toBe('')
    const found = must(
      await listRecords(app.ledger, tester, { type: 'hotline.call', org: 'KJ-A', search: '用键盘录入的问题' }),
    )
    expect(found.records.map(({ fields }) => fields.caller)).toEqual(['陈**'])
    // The same once more: what looks the same is shown while one types.
    await page.getByLabel('类别').focus()
    await page.keyboard.type('虫害')
    await page.keyboard.press('Enter')
    await page.getByLabel('问题').fill('用键盘录入的问题')
    await page.locator('.notice', { hasText: '看起来相同' }).waitFor()
  })

  test('evidence is added with a record, shown on its page, and each step proved in the browser', async () => {
    const page = await app.open(NEW, { as: 'kja-manager' })
    await page.getByLabel('类别').focus()
    await page.keyboard.type('虫害')
    await page.keyboard.press('Enter')
    await page.getByLabel('问题').fill('附图的问题')
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a7' } })
      .png()
      .toBuffer()
    await page
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: '叶片.png', mimeType: 'image/png', buffer: picture })
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.locator('dl.record').waitFor()
    await page.locator('.evidence img').waitFor()
    expect(await page.locator('.evidence').textContent()).toContain('叶片.png')
    await seal(app.ledger)
    await page.reload()
    const steps = page.getByRole('button', { name: /流水第\d+号/ })
    await steps.first().click()
    await page.getByRole('button', { name: '核验' }).click()
    await expect.poll(() => page.locator('.entry-proof').textContent()).toContain('流水原文')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(app.complaints(page)).toEqual([])
  })

  test('personal data is shown in full only for a purpose, which the history keeps', async () => {
    const made = must(
      await create(app.ledger, tester, 'hotline.call', {
        org: 'KJ-A',
        fields: { receivedOn: '2024-03-19', topic: 'pest', question: '要回访的来电', caller: '欧阳小红', served: 1 },
      }),
    )
    const page = await app.open(`/app/records/${made.id}?org=KJ-A&period=2024`, { as: 'kja-clerk' })
    const record = page.locator('dl.record')
    await record.waitFor()
    expect(await record.textContent()).not.toContain('欧阳小红')
    await page.getByRole('button', { name: '查看完整个人信息' }).click()
    await page.getByLabel(/查看目的/).fill('回访')
    await page.keyboard.press('Enter')
    await expect.poll(() => record.textContent()).toContain('欧阳小红')
  })

  test.each([
    { width: 1440, scheme: 'dark', language: 'en' },
    { width: 360, scheme: 'light', language: 'zh' },
  ] as const)('is accessible and fits at $width, $scheme, $language', async options => {
    for (const path of ['/app/ledger?org=KJ-A&period=2024', LIST, NEW]) {
      const page = await app.open(path, { as: 'kja-manager', ...options })
      await page.locator('.types, table.records tbody tr, .record-form').first().waitFor()
      expect(await accessibilityProblems(page)).toEqual([])
      expect(await fitsWidth(page)).toBe(true)
      expect(app.complaints(page)).toEqual([])
    }
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
