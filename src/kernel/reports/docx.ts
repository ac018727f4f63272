import type { Chart, ReportDocument } from './document.ts'
import { bindingsXml } from './docx/bindings.ts'
import { bodyXml, listCount } from './docx/body.ts'
import { chartXml } from './docx/chart.ts'
import { fontTableXml, numberingXml, stylesXml } from './docx/styles.ts'
import { closingXml, headXml, tailXml, titleXml } from './docx/surroundings.ts'
import { chartWorkbook } from './docx/workbook.ts'
import { DECLARATION, mm, namespaces, paragraph, run } from './docx/xml.ts'
import { type Part, zip } from './docx/zip.ts'
import { escaped } from './escape.ts'

/**
 * A report as a Word document laid out by GB/T 9704-2012. Every bound figure stands in a content control whose tag is its
 * address; charts are Word's own. The parts are written here and not by a library: none known writes content controls
 * around runs, character grids and charts.
 */
export async function writeDocx(document: ReportDocument): Promise<Buffer> {
  const charts = document.blocks.filter((block): block is Chart => block.kind === 'chart')
  const { language } = document
  return zip([
    { path: '[Content_Types].xml', content: contentTypes(charts.length) },
    { path: '_rels/.rels', content: relationships(PACKAGE_RELATIONS) },
    { path: 'docProps/core.xml', content: coreProperties(document) },
    {
      path: 'docProps/app.xml',
      content: `${DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Yilu</Application></Properties>`,
    },
    { path: 'word/document.xml', content: documentXml(document) },
    { path: 'word/_rels/document.xml.rels', content: relationships(documentRelations(charts.length)) },
    { path: 'word/styles.xml', content: DECLARATION + stylesXml(language) },
    { path: 'word/numbering.xml', content: DECLARATION + numberingXml(language, listCount(document.blocks)) },
    { path: 'word/fontTable.xml', content: DECLARATION + fontTableXml },
    { path: 'word/settings.xml', content: settingsXml },
    { path: 'word/footer1.xml', content: footerXml('right') },
    { path: 'word/footer2.xml', content: footerXml('left') },
    { path: 'customXml/item1.xml', content: DECLARATION + bindingsXml(document) },
    {
      path: 'customXml/itemProps1.xml',
      content: `${DECLARATION}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{5B0B2E0A-6C1D-4C57-9B1E-59494C552001}"><ds:schemaRefs><ds:schemaRef ds:uri="urn:yilu:report"/></ds:schemaRefs></ds:datastoreItem>`,
    },
    {
      path: 'customXml/_rels/item1.xml.rels',
      content: relationships([['rId1', `${OFFICE}/customXmlProps`, 'itemProps1.xml']]),
    },
    ...charts.flatMap((chart, i): Part[] => [
      { path: `word/charts/chart${i + 1}.xml`, content: chartXml(chart, language) },
      {
        path: `word/charts/_rels/chart${i + 1}.xml.rels`,
        content: relationships([['rId1', `${OFFICE}/package`, `../embeddings/chart${i + 1}.xlsx`]]),
      },
      { path: `word/embeddings/chart${i + 1}.xlsx`, content: chartWorkbook(chart, language) },
    ]),
  ])
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

function documentXml(document: ReportDocument): string {
  let last = 0
  const nextId = () => ++last
  // The binding edge is 28 mm, the head 37 mm, the type area 156 × 225 mm: 22 lines of 28 characters.
  const section = `<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="${FOOTER}" w:gutter="0"/><w:docGrid w:type="linesAndChars" w:linePitch="579"/></w:sectPr>`
  return `${DECLARATION}<w:document ${namespaces('w', 'r', 'wp')}><w:body>${headXml(document)}${titleXml(document)}${bodyXml(document, nextId)}${closingXml(document)}${tailXml(document)}${section}</w:body></w:document>`
}

/** The page number's line is 20 pt high and begins 7 mm under the type area, which ends 35 mm above the paper's edge. */
const FOOTER = mm(35) - mm(7) - 400

/** — 1 — in 4号: right on odd pages, left on even ones, one character in. Source: GB/T 9704-2012, 7.5 */
function footerXml(side: 'left' | 'right'): string {
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
  const number = `${field('begin')}<w:r><w:instrText xml:space="preserve"> PAGE \\* Arabic </w:instrText></w:r>${field('separate')}${run('1')}${field('end')}`
  const indent = `<w:ind w:${side}Chars="100" w:${side}="280"/><w:jc w:val="${side}"/>`
  return `${DECLARATION}<w:ftr ${namespaces('w', 'r')}>${paragraph('Yema', `${run('— ')}${number}${run(' —')}`, indent)}</w:ftr>`
}

const settingsXml = `${DECLARATION}<w:settings ${namespaces('w')}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

function coreProperties({ title, organ, date, language }: ReportDocument): string {
  const instant = `${date}T00:00:00Z`
  return `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(organ)}</dc:creator><cp:lastModifiedBy>${escaped(organ)}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${instant}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${instant}</dcterms:modified><dc:language>${language === 'zh' ? 'zh-CN' : 'en'}</dc:language></cp:coreProperties>`
}

/** Id, type, target. */
type Relation = readonly [string, string, string]

const relationships = (list: readonly Relation[]): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const PACKAGE_RELATIONS: readonly Relation[] = [
  ['rId1', `${OFFICE}/officeDocument`, 'word/document.xml'],
  ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
  ['rId3', `${OFFICE}/extended-properties`, 'docProps/app.xml'],
]

const documentRelations = (charts: number): Relation[] => [
  ['rIdStyles', `${OFFICE}/styles`, 'styles.xml'],
  ['rIdNumbering', `${OFFICE}/numbering`, 'numbering.xml'],
  ['rIdFonts', `${OFFICE}/fontTable`, 'fontTable.xml'],
  ['rIdSettings', `${OFFICE}/settings`, 'settings.xml'],
  ['rIdOdd', `${OFFICE}/footer`, 'footer1.xml'],
  ['rIdEven', `${OFFICE}/footer`, 'footer2.xml'],
  ['rIdBindings', `${OFFICE}/customXml`, '../customXml/item1.xml'],
  ...Array.from(
    { length: charts },
    (_, i): Relation => [`rIdChart${i + 1}`, `${OFFICE}/chart`, `charts/chart${i + 1}.xml`],
  ),
]

function contentTypes(charts: number): string {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  const parts: readonly (readonly [string, string])[] = [
    ['/word/document.xml', `${word}.document.main+xml`],
    ['/word/styles.xml', `${word}.styles+xml`],
    ['/word/numbering.xml', `${word}.numbering+xml`],
    ['/word/fontTable.xml', `${word}.fontTable+xml`],
    ['/word/settings.xml', `${word}.settings+xml`],
    ['/word/footer1.xml', `${word}.footer+xml`],
    ['/word/footer2.xml', `${word}.footer+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
    ['/customXml/itemProps1.xml', 'application/vnd.openxmlformats-officedocument.customXmlProperties+xml'],
    ...Array.from(
      { length: charts },
      (_, i) =>
        [
          `/word/charts/chart${i + 1}.xml`,
          'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
        ] as const,
    ),
  ]
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>${parts
    .map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`)
    .join('')}</Types>`
}
