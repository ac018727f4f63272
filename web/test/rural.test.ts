import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { create } from '../../src/kernel/records/records.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

describe.runIf(hasBrowser)('screens of trials, samples and training', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const put = async (type: string, fields: Record<string, unknown>, state?: string) =>
    must(await create(app.ledger, tester, type, { org: 'KJ-A', fields, ...(state ? { state } : {}) })).id

  test('the plot map shows treatments and values where they lie, and what their analysis says', async () => {
    const plots = ['A', 'B'].flatMap((treatment, row) =>
      [1, 2, 3].map(block => ({ number: row * 3 + block, treatment, block, row: row + 1, column: block })),
    )
    const trial = await put('trials.trial', {
      number: 'S-1',
      title: '水稻品种比较',
      kind: 'variety',
      crop: '水稻',
      design: 'blocks',
      startedOn: '2024-03-01',
      area: 2000,
      treatments: [
        { code: 'A', name: '超级稻' },
        { code: 'B', name: '常规稻' },
      ],
      plots,
    })
    const values = [571.5, 562, 580, 480, 475.5, 491].map((value, i) => ({ plot: i + 1, value }))
    await put('trials.measurement', { trial, measuredOn: '2024-10-01', trait: 'yield', values })
    const page = await app.open('/app/work/trials/plots?org=KJ-A', { as: 'kja-analyst', width: 360 })
    await page.getByRole('heading', { name: '随机区组方差分析' }).waitFor()
    expect(await page.locator('svg[aria-label^=小区图] rect').count()).toBe(6)
    expect(await page.locator('svg[aria-label^=小区图]').textContent()).toContain('571.5')
    expect(await page.getByRole('row', { name: 'A 超级稻' }).textContent()).toContain('571.17')
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByLabel('指标').first().click()
    await page.getByTitle('株高(厘米)').click()
    await page.getByText('还没有测定这个指标').waitFor()
    // The refusal is an answer of the server, which the browser notes.
    expect(app.complaints(page).filter(line => !/status of 4\d\d/.test(line))).toEqual([])
  })

  test('the map shows samples by class, and a village opens to its samples', async () => {
    const parcel = await put(
      'samples.parcel',
      {
        number: 'P-1',
        packedOn: '2024-03-05',
        laboratory: '检测中心',
        handovers: [{ on: '2024-03-06', from: '科技局', to: '检测中心', seal: 'whole' }],
      },
      'received',
    )
    for (const [i, selenium] of [0.1, 0.52, 0.61].entries())
      await put(
        'samples.sample',
        {
          number: `T-${i}`,
          kind: 'soil',
          takenOn: '2024-03-01',
          village: i < 2 ? 'KJ-A-01-01' : 'KJ-A-01-02',
          place: { lon: 150.1 + i / 100, lat: 20.5 + i / 100 },
          parcel,
          testedOn: '2024-04-01',
          selenium,
        },
        'tested',
      )
    const page = await app.open('/app/work/samples/map?org=KJ-A&period=2024', { as: 'kja-clerk', width: 360 })
    await page.locator('svg circle').first().waitFor()
    expect(await page.locator('svg circle').count()).toBe(3)
    await page.getByText('富硒 2').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.locator('.ant-table-row-expand-icon').first().click()
    await page.getByRole('link', { name: /^T-0/ }).click()
    await page.waitForURL(/\/records\//)
    expect(app.complaints(page)).toEqual([])
  })

  test('trainees sign in on a phone, and the list is closed', async () => {
    const session = await put('training.session', {
      heldOn: '2024-05-10',
      form: 'course',
      title: '水稻病虫害',
      topic: 'rice',
      audience: 'farmer',
      place: '文化站',
      list: 'open',
      attended: 0,
    })
    await put('training.trainee', { number: 'A-7', name: '田禾苗', audience: 'farmer', registeredOn: '2024-05-01' })
    const page = await app.open('/app/work/training/sign-in?org=KJ-A', { as: 'kja-clerk', width: 360 })
    const number = page.getByLabel('学员号')
    await number.fill('A-7')
    await page.keyboard.press('Enter')
    await page.getByText('田** 已签到，共1人次').waitFor()
    await number.fill('A-8')
    await page.getByRole('button', { name: '签到', exact: true }).click()
    await page.getByText('没有学员号“A-8”').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: '封存名单' }).click()
    await page.getByRole('button', { name: '封存', exact: true }).click()
    await page.getByText('名单已封存，到场1人次').waitFor()
    const { rows } = await app.ledger.store.pool.query('SELECT fields FROM record WHERE id = $1', [session])
    expect(rows).toMatchObject([{ fields: { attended: 1, list: 'closed' } }])
    expect(app.complaints(page).filter(line => !/status of 4\d\d/.test(line))).toEqual([])
  })
})
