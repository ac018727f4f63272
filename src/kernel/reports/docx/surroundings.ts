import { dateWords } from '../dates.ts'
import type { ReportDocument } from '../document.ts'
import { titleLines } from '../title-lines.ts'
import { TYPE_AREA } from './body.ts'
import { LINE } from './styles.ts'
import { blankLine, mm, paragraph, run } from './xml.ts'

// What stands before and after the text. Source: GB/T 9704-2012, 7.2 (head), 7.3 (title to date), 7.4 (tail)

const RED = 'FF0000'
/** Points of the type area's width. */
const WIDTH_PT = TYPE_AREA / 20

/** 版头: marks at the top left; with a number also the issuer's mark, the number and the red rule. */
export function headXml({ redHead, number, organ, language, copyNumber, secrecy, urgency }: ReportDocument): string {
  const marks = [
    ...(copyNumber ? [paragraph('Fenhao', run(copyNumber))] : []),
    ...[secrecy, urgency].flatMap(mark => (mark ? [paragraph('Miji', run(mark))] : [])),
  ]
  if (!redHead || !number) return marks.join('')
  // The mark's upper edge is 35 mm under the top of the type area; lines above it take their part of that.
  const above = mm(35) - marks.length * LINE
  const name = language === 'zh' ? `${organ}文件` : organ
  const points = Math.min(44, Math.floor((WIDTH_PT * 0.96) / name.length))
  return [
    ...marks,
    paragraph(
      'Biaozhi',
      run(name, `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`),
      `<w:spacing w:before="${above}" w:beforeAutospacing="0" w:after="0" w:line="240" w:lineRule="auto"/>`,
    ),
    blankLine(),
    blankLine(),
    paragraph(
      'Zihao',
      run(number),
      `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="${RED}"/></w:pBdr>`,
    ),
    blankLine(),
    blankLine(),
  ].join('')
}

export function titleXml({ title, language, addressee }: ReportDocument): string {
  const lines = titleLines(title, language).map(line => run(line))
  const to = addressee ? paragraph('Zhusong', run(`${addressee}${language === 'zh' ? '：' : ':'}`)) : ''
  return paragraph('Biaoti', lines.join('<w:r><w:br/></w:r>')) + blankLine() + to
}

/** 附件说明, 署名 and 成文日期. */
export function closingXml({ attachments = [], signature, language }: ReportDocument): string {
  const date = dateWords(signature.date, language)
  const [name, day] = rightIndents(widthOf(signature.name), widthOf(date))
  return [
    attachmentsXml(attachments, language),
    blankLine(),
    blankLine(),
    paragraph('Shuming', run(signature.name), rightIndent(name)),
    paragraph('Riqi', run(date), rightIndent(day)),
  ].join('')
}

function attachmentsXml(attachments: readonly string[], language: 'zh' | 'en'): string {
  if (attachments.length === 0) return ''
  const word = language === 'zh' ? '附件：' : 'Attachments: '
  const numbered = (name: string, i: number) => (attachments.length === 1 ? name : `${i + 1}. ${name}`)
  const under = '<w:ind w:leftChars="500" w:left="1600"/>'
  return (
    blankLine() +
    attachments
      .map((name, i) => paragraph('Fujian', run((i === 0 ? word : '') + numbered(name, i)), i === 0 ? '' : under))
      .join('')
  )
}

/** Width in characters of 3号; Latin letters and digits take half. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x2e80 ? 0.5 : 1), 0)

/**
 * How far from the right, in characters, name and date stand: the date four, the name centred over it; a name too long
 * for that stands two from the right and the date is centred under it.
 */
function rightIndents(name: number, date: number): [number, number] {
  const centred = 4 + (date - name) / 2
  return centred >= 2 ? [centred, 4] : [2, 2 + (name - date) / 2]
}

const rightIndent = (chars: number): string =>
  `<w:ind w:rightChars="${Math.round(chars * 100)}" w:right="${Math.round(chars * 320)}"/>`

/** 版记: a table between thin rules that floats to the foot of the last page (LibreOffice before 24.2 leaves it under the date). */
export function tailXml({ copiedTo, printed, language }: ReportDocument): string {
  if (!copiedTo && !printed) return ''
  const zh = language === 'zh'
  const lines = [
    ...(copiedTo ? [paragraph('Banji', run(`${zh ? '抄送：' : 'Copies to: '}${copiedTo}${zh ? '。' : '.'}`))] : []),
    ...(printed
      ? [
          paragraph(
            'Banji',
            `${run(printed.organ)}<w:r><w:tab/></w:r>${run(`${dateWords(printed.date, language)}${zh ? '印发' : ' printed'}`)}`,
            `<w:tabs><w:tab w:val="right" w:pos="${TYPE_AREA - 280}"/></w:tabs>`,
          ),
        ]
      : []),
  ]
  const rule = (side: string, size: number) => `<w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="000000"/>`
  const rows = lines.map(
    line =>
      `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="${TYPE_AREA}" w:type="dxa"/></w:tcPr>${line}</w:tc></w:tr>`,
  )
  return `<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="1" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="${TYPE_AREA}" w:type="dxa"/><w:tblBorders>${rule('top', 8)}${rule('bottom', 8)}${rule('insideH', 4)}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="${TYPE_AREA}"/></w:tblGrid>${rows.join('')}</w:tbl>${paragraph('Normal', '', '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')}`
}
