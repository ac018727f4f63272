import type { Language } from '../../words.ts'
import { axisOf, chartTitle, drawnValues } from '../chart.ts'
import type { Chart } from '../document.ts'
import { escaped } from '../escape.ts'
import { chartSheet } from './workbook.ts'
import { DECLARATION, namespaces } from './xml.ts'

/** English metric units: 914,400 an inch. The type area is 156 mm wide. */
const WIDTH = 5_580_000
const HEIGHT = 2_880_000

/** The place of chart number `n` in the text. Its relationship is `rIdChart<n>`. */
export const chartDrawing = (n: number, title: string): string =>
  `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${WIDTH}" cy="${HEIGHT}"/><wp:docPr id="${n}" name="图 ${n}" descr="${escaped(title)}"/><wp:cNvGraphicFramePr/><a:graphic ${namespaces('a')}><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart ${namespaces('c', 'r')} r:id="rIdChart${n}"/></a:graphicData></a:graphic></wp:inline></w:drawing>`

const text = (size: number, colour = '000000') =>
  `<a:defRPr sz="${size}"><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill><a:latin typeface="Times New Roman"/><a:ea typeface="仿宋"/></a:defRPr>`
const textProperties = (size: number, rotation = '') =>
  `<c:txPr><a:bodyPr${rotation}/><a:p><a:pPr>${text(size)}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`
const fill = (colour: string) => `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`
const stroke = (colour: string, width: number) => `<a:ln w="${width}">${fill(colour)}</a:ln>`

/** A chart of Word's own, that a clerk can change; its numbers stand in an embedded workbook. */
export function chartXml(chart: Chart, language: Language): string {
  const values = drawnValues(chart)
  const { min, max, step } = axisOf(values)
  const count = values.length
  const title = chartTitle(chart, language)
  const points = (list: readonly (string | number | null)[]) =>
    list
      .flatMap((value, i) => (value === null ? [] : [`<c:pt idx="${i}"><c:v>${escaped(String(value))}</c:v></c:pt>`]))
      .join('')
  const series = `<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>${chartSheet}!$B$1</c:f><c:strCache><c:ptCount val="1"/>${points([title])}</c:strCache></c:strRef></c:tx><c:spPr>${
    chart.type === 'bar' ? fill('2F5597') : stroke('2F5597', 28_575)
  }</c:spPr>${chart.type === 'bar' ? '<c:invertIfNegative val="0"/>' : `<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>${fill('2F5597')}</c:spPr></c:marker>`}<c:dLbls><c:numFmt formatCode="#,##0.##" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>${textProperties(1000)}<c:dLblPos val="${chart.type === 'bar' ? 'outEnd' : 't'}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls><c:cat><c:strRef><c:f>${chartSheet}!$A$2:$A$${count + 1}</c:f><c:strCache><c:ptCount val="${count}"/>${points(
    chart.points.map(({ label }) => label),
  )}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${chartSheet}!$B$2:$B$${count + 1}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${count}"/>${points(
    values,
  )}</c:numCache></c:numRef></c:val>${chart.type === 'line' ? '<c:smooth val="0"/>' : ''}</c:ser>`
  const axes = '<c:axId val="1"/><c:axId val="2"/>'
  const plot =
    chart.type === 'bar'
      ? `<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="70"/>${axes}</c:barChart>`
      : `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${axes}</c:lineChart>`
  const scaling = `<c:scaling><c:orientation val="minMax"/>`
  return `${DECLARATION}<c:chartSpace ${namespaces('c', 'a', 'r')}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>${plot}<c:catAx><c:axId val="1"/>${scaling}</c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>${stroke('000000', 9525)}</c:spPr>${textProperties(1000)}<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="2"/>${scaling}<c:max val="${max}"/><c:min val="${min}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr>${stroke('D9D9D9', 6350)}</c:spPr></c:majorGridlines><c:numFmt formatCode="#,##0.##" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${textProperties(1000)}<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/><c:majorUnit val="${step}"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`
}
