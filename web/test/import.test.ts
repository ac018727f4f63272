import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listRecords } from '../../src/kernel/records/list.ts'
import { must } from '../../src/kernel/result.ts'
import { type App, accessibilityProblems, fitsWidth, hasBrowser, openApp, tester } from './browser.ts'

const IMPORT = '/app/ledger/hotline.call/import?org=KJ-A&period=2024'
const LIST = '/app/ledger/hotline.call?org=KJ-A&period=2024'

describe.runIf(hasBrowser)('importing', () => {
  let app: App
  beforeAll(async () => {
    app = await openApp()
  })
  afterEach(() => app.closePages())
  afterAll(() => app?.close())

  const csv = (name: string, ...lines: string[]) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  })
  const questions = async (search: string) => {
    const page = must(
      await listRecords(app.ledger, tester, { type: 'hotline.call', org: 'KJ-A', search, sort: 'question' }),
    )
    return page.records.map(({ fields }) => fields.question)
  }

  test('an unknown column is mapped, wrong cells are mended where they stand, and then all is loaded', async () => {
    const page = await app.open(IMPORT, { as: 'kja-clerk' })
    const file = csv(
      'calls.csv',
      '来电日期,庄稼,类别,问题,受益人次',
      '2024-05-01,水稻,虫害,甲导入的问题,3',
      '2024-13-01,水稻,虫坏,乙导入的问题,2',
    )
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('不认识“庄稼”这一列').waitFor()
    expect(await page.getByRole('button', { name: '导入2行' }).isDisabled()).toBe(true)
    await page.getByLabel('“庄稼”这一列是').selectOption('crop')
    await page.getByRole('button', { name: '导入2行' }).click()
    await page.getByText('1行有错，一行也没有导入').waitFor()
    expect(await questions('导入的问题')).toEqual([])
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByText('没有“2024-13-01”这一天').waitFor()
    await page.getByLabel('来电日期 第3行').fill('2024-05-03')
    await page.getByLabel('类别 第3行').fill('虫害')
    await page.getByRole('button', { name: '再导一次' }).click()
    await page.getByText('导入完成').waitFor()
    expect(await page.locator('[data-count=created]').textContent()).toBe('2行')
    expect(await questions('导入的问题')).toEqual(['乙导入的问题', '甲导入的问题'].sort())
    expect(await accessibilityProblems(page)).toEqual([])
    expect(app.complaints(page)).toEqual([])
  })

  test('the good rows are loaded alone, the others given back as a file or mended here', async () => {
    const page = await app.open(IMPORT, { as: 'kja-clerk', width: 360 })
    const file = csv('two.csv', '来电日期,类别,问题', '2024-06-01,虫害,好的一行', '2024-06-02,没有这类,坏的一行')
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: '导入2行' }).click()
    await page.getByRole('button', { name: '只导正确的行' }).click()
    await page.getByText('导入完成').waitFor()
    expect(await fitsWidth(page)).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载有错的行' }).click(),
    ])
    expect(download.suggestedFilename()).toContain('rejected')
    await page.getByRole('button', { name: '在这里改有错的行' }).click()
    await page.getByLabel('类别 第2行').fill('病害')
    await page.getByRole('button', { name: '导入1行' }).click()
    await page.getByText('导入完成').waitFor()
    expect(await questions('的一行')).toHaveLength(2)
  })

  test('rows pasted into the list from a spreadsheet become new records', async () => {
    const page = await app.open(`${LIST}&columns=receivedOn,topic,question,served`, { as: 'kja-clerk' })
    await page.locator('table.records').waitFor()
    const rows = '2024/7/1\t虫害\t粘贴的第一条\t3\r\n2024/7/2\t病害\t"粘贴的\n第二条"\t1\r\n'
    await page.evaluate(text => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, rows)
    await page.getByRole('button', { name: '导入2行' }).click()
    await page.getByText('导入完成').waitFor()
    expect(await questions('粘贴的')).toEqual(expect.arrayContaining(['粘贴的第一条', '粘贴的\n第二条']))
  })

  test('a file that is none is refused with the reason', async () => {
    const page = await app.open(IMPORT, { as: 'kja-clerk' })
    await page.locator('input[type=file]').setInputFiles(csv('old.doc', 'x'))
    await page.getByRole('alert').filter({ hasText: '不能导入' }).waitFor()
  })
})
