import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { targetsUnder } from '../../src/kernel/assessment/targets.ts'
import { listPeople } from '../../src/kernel/people/people.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const room = (name: string) => `/app/admin?org=KJ-A&period=2024&room=${name}`

describe.runIf(hasBrowser)('administration in the web application', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const rooms = (page: Page) => page.locator('nav.tabs a').allTextContents()
  const inTree = (page: Page, name: string) => page.locator('.ant-tree-treenode', { hasText: name })

  /** As a hand does it: taken, moved over, held there, let go. */
  const drag = async (page: Page, from: string, to: string) => {
    const placeOf = async (name: string) => {
      const box = await inTree(page, name).locator('.ant-tree-title').boundingBox()
      return { x: box!.x + 10, y: box!.y + 8 }
    }
    await inTree(page, from).waitFor()
    const [a, b] = [await placeOf(from), await placeOf(to)]
    await page.mouse.move(a.x, a.y)
    await page.mouse.down()
    await page.mouse.move(a.x + 10, a.y + 6, { steps: 3 })
    await page.mouse.move(b.x + 20, b.y, { steps: 8 })
    await page.mouse.move(b.x + 24, b.y + 1, { steps: 3 })
    await page.mouse.up()
  }

  test.each([
    ['kja-clerk', ['台账与指标', '我的账号']],
    ['kja-manager', ['目标', '台账与指标', '我的账号']],
    ['kja-auditor', ['流水', '核验与备份', '台账与指标', '我的账号']],
    ['kja-administrator', ['单位', '人员', '目标', '流水', '核验与备份', '台账与指标', '我的账号']],
  ])('%s sees only their rooms', async (as, expected) => {
    const page = await app.open(room('people'), { as })
    await page.locator('nav.tabs a').first().waitFor()
    expect(await rooms(page)).toEqual(expected)
    expect(app.complaints(page)).toEqual([])
  })

  test('a unit is created, renamed and moved as of a day, by form', async () => {
    const page = await app.open(room('orgs'), { as: 'kja-administrator' })
    await page.getByLabel('名称', { exact: true }).fill('新设镇')
    await page.getByLabel(/^代码/).fill('KJ-A-90')
    await page.locator('.panel').getByRole('button', { name: '新建下级' }).last().click()
    await inTree(page, '新设镇').waitFor()
    await inTree(page, '新设镇').click()
    await page.getByRole('button', { name: '更名' }).first().click()
    await page.getByLabel('新名称').fill('改名镇')
    await page.locator('form').getByRole('button', { name: '更名' }).click()
    await inTree(page, '改名镇').waitFor()
    await page.getByRole('button', { name: '划转' }).first().click()
    await page.getByLabel('划到哪个单位之下').first().click()
    await page.keyboard.type('KJ-A-01')
    await page.keyboard.press('Enter')
    await page.locator('form').getByRole('button', { name: '划转' }).click()
    await expect
      .poll(() => app.ledger.orgs.byId(app.ledger.orgs.byCode('KJ-A-90')!.spans.at(-1)!.parent ?? -1)?.code)
      .toBe('KJ-A-01')
    expect(app.complaints(page)).toEqual([])
  })

  test('a unit dragged to another asks from which day on, and what is wrong stands beside', async () => {
    const page = await app.open(room('orgs'), { as: 'kja-administrator' })
    await drag(page, 'KJ-A-08', 'KJ-A-09')
    await page.locator('.panel h2').getByText(app.ledger.orgs.byCode('KJ-A-08')!.name).waitFor()
    await page.getByLabel('从哪天起').fill('2024-01-01')
    await page.keyboard.press('Tab')
    await page.locator('form').getByRole('button', { name: '划转' }).click()
    await expect
      .poll(() => app.ledger.orgs.byId(app.ledger.orgs.byCode('KJ-A-08')!.spans.at(-1)!.parent ?? -1)?.code)
      .toBe('KJ-A-09')
    await inTree(page, 'KJ-A-02').click()
    await page.getByRole('button', { name: '撤销' }).first().click()
    await page.locator('form').getByRole('button', { name: '撤销' }).click()
    await page.locator('p.wrong[role=alert]').waitFor()
  })

  test('a person is created with a role, given another, disabled; a weak password is refused beside its field', async () => {
    const page = await app.open(room('people'), { as: 'kja-administrator' })
    await page.getByRole('button', { name: '新建人员' }).click()
    const form = page.getByRole('form', { name: '新建人员' })
    await form.getByLabel('姓名').fill('王小明')
    await form.getByLabel('登录名').fill('wang-xiaoming')
    await form.getByLabel(/初始密码/).fill('123')
    await form.getByRole('button').last().click()
    await form.getByRole('alert').waitFor()
    await form.getByLabel(/初始密码/).fill('yu-gu-2024-liang')
    await form.getByRole('button').last().click()
    await page.locator('.panel h2').getByText('王小明').waitFor()
    await page.locator('.panel').getByRole('button', { name: '停用' }).click()
    await page.locator('table').getByText('已停用').waitFor()
    const people = must(await listPeople(app.ledger, tester))
    expect(people.find(({ login }) => login === 'wang-xiaoming')).toMatchObject({
      disabled: true,
      grants: [{ org: 'KJ-A', role: 'clerk' }],
    })
    expect(app.complaints(page).filter(words => !words.includes('422'))).toEqual([])
  })

  test('targets are set in a grid by keyboard, in the words people write', async () => {
    const page = await app.open(room('targets'), { as: 'kja-manager' })
    await page.getByLabel('添加指标').click()
    await page.keyboard.type('接听科技求助电话')
    await page.keyboard.press('Enter')
    await page.locator('[data-at="0 0"]').fill('1.2万')
    await page.locator('[data-at="0 1"]').fill('很多')
    await page.locator('.targets').getByRole('alert').getByText('不是数字').waitFor()
    expect(await page.getByRole('button', { name: /^保存/ }).isDisabled()).toBe(true)
    await page.locator('[data-at="0 1"]').fill('300')
    await page.keyboard.press('Control+s')
    await page.getByText('已保存2个目标').waitFor()
    const targets = must(await targetsUnder(app.ledger, tester, 'KJ-A', '2024'))
    expect(targets.map(({ org, value }) => [org, value])).toEqual(
      expect.arrayContaining([
        ['KJ-A', 12_000],
        ['KJ-A-01', 300],
      ]),
    )
  })

  test('an entry of the journal is found and its proof checked here; the whole ledger is verified', async () => {
    const page = await app.open(room('journal'), { as: 'kja-auditor' })
    await page.getByLabel('做了什么').click()
    await page.getByTitle('录入', { exact: true }).click()
    await page.locator('table button.plain').first().click()
    await page.getByRole('button', { name: '核验', exact: true }).click()
    await page.locator('.entry').getByText(/✓/).first().waitFor()
    await page.goto(app.base + room('check'))
    await page.getByRole('button', { name: '核验整个台账' }).click()
    await page.getByText(/核验通过/).waitFor()
    expect(app.complaints(page)).toEqual([])
  })

  test('a backup of everything is not for whoever administers a part', async () => {
    const page = await app.open(room('check'), { as: 'kja-administrator' })
    await page.getByText('PostgreSQL').waitFor()
    await page.getByRole('button', { name: '备份', exact: true }).click()
    await page.locator('p.wrong[role=alert]').waitFor()
  })

  test('a token is told once, and revoked; a wrong present password is told beside its field', async () => {
    const page = await app.open(room('me'), { as: 'kja-clerk' })
    await page.getByLabel(/用在哪里/).fill('门户网站')
    await page.getByRole('button', { name: '新建令牌' }).click()
    const token = (await page.locator('.token').textContent()) ?? ''
    const asked = () =>
      fetch(`${app.base}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)
    expect(await asked()).toBe(200)
    await page.getByRole('button', { name: '废止 门户网站' }).click()
    await page.getByText('已废止').waitFor()
    expect(await asked()).toBe(401)
    await page.getByLabel('现在的密码').fill('not-this-one')
    await page.getByLabel(/^新密码/).fill('yu-gu-2024-liang')
    await page.getByRole('form').getByRole('button', { name: '修改密码' }).click()
    await page.getByText('现在的密码不对').waitFor()
  })

  test.each([
    { width: 1440, scheme: 'light', language: 'zh' },
    { width: 360, scheme: 'dark', language: 'en' },
  ] as const)('is accessible and fits at $width, $scheme, $language', async options => {
    const page = await app.open(room('orgs'), { as: 'kja-administrator', ...options })
    for (const [name, ready] of READY) {
      await page.goto(app.base + room(name))
      await page.locator(ready).first().waitFor()
      if (name === 'people') await page.locator('table button.plain').first().click()
      expect(await accessibilityProblems(page), name).toEqual([])
      expect(await fitsWidth(page), name).toBe(true)
    }
    expect(app.complaints(page)).toEqual([])
  })
})

const READY = [
  ['orgs', '.panel'],
  ['people', 'table button.plain'],
  ['targets', '.admin .toolbar'],
  ['journal', 'table button.plain'],
  ['check', '.narrow'],
  ['declared', 'details.type'],
  ['me', '.panel'],
] as const
