import type { Language } from '../../words.ts'
import { chartTitle, drawnValues } from '../chart.ts'
import type { Chart } from '../document.ts'
import { escaped } from '../escape.ts'
import { DECLARATION } from './xml.ts'
import { zip } from './zip.ts'

export const chartSheet = 'Sheet1'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

const textCell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`

/** The workbook behind a chart: label, value as drawn, and the address of the figure. */
export function chartWorkbook(chart: Chart, language: Language): Buffer {
  const values = drawnValues(chart)
  const head = [
    textCell('A1', ''),
    textCell('B1', chartTitle(chart, language)),
    textCell('C1', language === 'zh' ? '数字地址' : 'Figure'),
  ]
  const rows = chart.points.map(({ label, figure }, i) => {
    const row = i + 2
    const value = values[i] === null ? '' : `<c r="B${row}"><v>${values[i]}</v></c>`
    return `<row r="${row}">${textCell(`A${row}`, label)}${value}${textCell(`C${row}`, figure.address)}</row>`
  })
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zip([
    {
      path: '[Content_Types].xml',
      content: `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    },
    {
      path: '_rels/.rels',
      content: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      path: 'xl/workbook.xml',
      content: `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${chartSheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      path: 'xl/worksheets/sheet1.xml',
      content: `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData><row r="1">${head.join('')}</row>${rows.join('')}</sheetData></worksheet>`,
    },
  ])
}
