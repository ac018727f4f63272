import type { Page } from 'playwright-core'
import type { Prepared } from './prepare.ts'

// Every screen as somebody finds it in the demonstration.

export interface Scene {
  readonly name: string
  readonly path: string
  /** Login; nobody signed in when not given. */
  readonly as?: string
  readonly firstRun?: boolean
  /** What must stand there before the picture is taken. */
  readonly until: string
  /** What is done before; labels differ by language, so that it goes by places. */
  readonly act?: (page: Page) => Promise<unknown>
}

const AT = 'org=KJ-A&period=2024'
const figures = (name: string, more: string, until: string): Scene => ({
  name: `figures-${name}`,
  path: `/figures?${AT}&${more}`,
  as: 'kja-analyst',
  until,
})
const admin = (room: string, until: string): Scene => ({
  name: `admin-${room}`,
  path: `/admin?${AT}&room=${room}`,
  as: 'kja-administrator',
  until,
})

const TEXT = `甲县科技管理中心2024年工作总结
全年接听科技求助电话769个，其中虫害类占三成。
检测样品1549个，其中土壤样品1054个，农产品样品485个。
举办培训____期，培训农民12,046人次。`

const ROWS = `来电日期,类别,庄稼,问题,受益人次
2024-05-01,虫害,水稻,稻纵卷叶螟什么时候打药,3
2024-13-02,病害,水稻,稻瘟病穗期怎么防,2
2024-05-03,虫坏,柑橘,柑橘红蜘蛛用什么药,1
2024-05-06,栽培,水稻,直播稻田怎样除草,4`

export const scenes = ({ draft, issued, call }: Prepared): readonly Scene[] => [
  { name: 'sign-in', path: '/', until: 'form' },
  { name: 'home', path: `/?${AT}`, as: 'kja-manager', until: 'table.figures tbody tr' },
  { name: 'tour', path: `/?${AT}`, as: 'kja-analyst', firstRun: true, until: '.tour' },
  {
    name: 'search',
    path: `/?${AT}`,
    as: 'kja-manager',
    until: '.found a',
    act: async page => {
      await page.locator('table.figures').waitFor()
      await page.locator('header .search').click()
      await page.locator('[role=dialog] input').fill('水稻')
    },
  },
  { name: 'ledger', path: `/ledger?${AT}`, as: 'kja-clerk', until: '.types' },
  {
    name: 'ledger-list',
    path: `/ledger/hotline.call?${AT}`,
    as: 'kja-clerk',
    until: 'table.records tbody tr td',
  },
  {
    name: 'ledger-bulk',
    path: `/ledger/hotline.call?${AT}&filter[topic]=pest`,
    as: 'kja-manager',
    until: '.bulk',
    act: async page => {
      const boxes = page.locator('table.records tbody input[type=checkbox]')
      for (const nth of [0, 1, 2]) await boxes.nth(nth).check()
    },
  },
  { name: 'record-new', path: `/ledger/hotline.call/new?${AT}`, as: 'kja-clerk', until: '.record-form textarea' },
  { name: 'record', path: `/records/${call}?${AT}`, as: 'kja-manager', until: '.evidence img' },
  {
    name: 'import',
    path: `/ledger/hotline.call/import?${AT}`,
    as: 'kja-clerk',
    until: 'table [aria-invalid=true]',
    act: async page => {
      const file = { name: '来电.csv', mimeType: 'text/csv', buffer: Buffer.from(ROWS) }
      await page.locator('input[type=file]').setInputFiles(file)
      await page.locator('main select[aria-invalid]').selectOption('crop')
      await page.locator('main .ant-btn-primary').last().click()
    },
  },
  {
    name: 'outbox',
    path: `/ledger/hotline.call/new?${AT}`,
    as: 'kja-clerk',
    until: '.outbox li',
    act: async page => {
      await page.locator('.record-form textarea').first().waitFor()
      await page.route('**/types/hotline.call/records', route => route.abort())
      await page.locator('.record-form .ant-select input').nth(1).focus()
      await page.keyboard.type('p')
      await page.keyboard.press('Enter')
      await page.locator('.record-form textarea').first().fill('玉米地里有粘虫，用什么药')
      await page.locator('.form-actions .ant-btn-primary').click()
      await page.locator('.queue a').click()
    },
  },
  figures(
    'table',
    'indicator=hotline.calls&indicator=hotline.people-served&by=month&compare=last-year',
    'table.grid .figure',
  ),
  figures('line', 'indicator=hotline.calls&by=month&as=line&compare=last-year', 'canvas'),
  figures('heat', 'indicator=hotline.calls&by=topic&as=heat', 'canvas'),
  { ...figures('map', 'indicator=hotline.calls&as=map', '.area-map canvas, .area-svg path') },
  {
    ...figures('proof', 'indicator=hotline.calls', '.proof[data-verdict=holds]'),
    act: async page => {
      await page.locator('table.grid .figure').first().click()
      await page.locator('[role=dialog] [data-adds-up=true]').waitFor()
      await page.locator('[role=dialog] .records button').first().click()
    },
  },
  { name: 'reports', path: `/reports?${AT}`, as: 'kja-manager', until: 'table.figures tbody tr' },
  {
    name: 'report-editor',
    path: `/reports/${draft}?${AT}`,
    as: 'kja-manager',
    until: '.check [role=status]',
  },
  {
    name: 'report-official',
    path: `/reports/${issued}?${AT}`,
    as: 'kja-manager',
    until: 'iframe.official',
  },
  {
    name: 'audit',
    path: `/audit?${AT}`,
    as: 'kja-manager',
    until: '.claim-panel',
    act: async page => {
      await page.getByRole('textbox').last().fill(TEXT)
      await page.locator('.marked .mark-disagrees').first().click()
    },
  },
  admin('orgs', '.ant-tree-title'),
  admin('people', 'table tbody tr'),
  { ...admin('targets', 'table tbody tr'), as: 'kja-manager' },
  admin('journal', 'main table tbody tr, main ol li'),
  admin('check', 'main h2'),
  admin('declared', 'main li, main table tbody tr'),
  admin('me', 'main form, main h2'),
  { name: 'public', path: '/public/KJ-A', until: 'table tbody tr' },
  { name: 'help', path: `/help?${AT}&of=/ledger/hotline.call`, as: 'kja-clerk', until: 'main h2' },
]
