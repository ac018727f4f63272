import type { Language } from '../../words.ts'

// Paragraph styles under the names a clerk looks for, so that the document can be carried on in Word or WPS.

interface Style {
  readonly id: string
  readonly name: string
  /** Id of the style it builds on. */
  readonly on?: string
  readonly next?: string
  readonly paragraph?: string
  readonly run?: string
}

/** Line pitch of the grid in twips: 225 mm in 22 lines. */
export const LINE = 579

const fonts = (eastAsia: string, latin = 'Times New Roman') =>
  `<w:rFonts w:ascii="${latin}" w:hAnsi="${latin}" w:cs="Times New Roman" w:eastAsia="${eastAsia}"/>`
const size = (halfPoints: number) => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`
const INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
const CENTRED = '<w:jc w:val="center"/>'
/** Other sizes than 3号 do not fit the cells of the grid. */
const OFF_GRID = '<w:snapToGrid w:val="0"/>'
/**
 * 28 characters in 156 mm: each a quarter point closer than its own 16 pt. Not by `w:charSpace`, which LibreOffice takes for
 * cells too narrow for a character.
 */
const PITCH = '<w:spacing w:val="-5"/>'
const NO_PITCH = '<w:spacing w:val="0"/>'
const exact = (twips: number) => `<w:spacing w:before="0" w:after="0" w:line="${twips}" w:lineRule="exact"/>`
/** As high as what stands in the line. */
const AS_HIGH = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'

/** 仿宋, 黑体, 楷体 and 小标宋 as GB/T 9704-2012, 5.2.3 and 7.3 name them; half points: 2号 44, 3号 32, 4号 28. */
const STYLES: readonly Style[] = [
  {
    id: 'Normal',
    name: 'Normal',
    paragraph: `<w:widowControl w:val="0"/>${exact(LINE)}<w:jc w:val="both"/>`,
    run: `${fonts('仿宋_GB2312')}${PITCH}<w:kern w:val="2"/>${size(32)}`,
  },
  { id: 'Zhengwen', name: '正文', paragraph: INDENT },
  {
    id: 'Biaoti',
    name: '标题',
    next: 'Zhengwen',
    paragraph: `<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/>${OFF_GRID}${CENTRED}`,
    run: `${fonts('方正小标宋简体')}${NO_PITCH}${size(44)}`,
  },
  heading(1, '一级标题', fonts('黑体')),
  heading(2, '二级标题', fonts('楷体_GB2312')),
  heading(3, '三级标题', `${fonts('仿宋_GB2312')}<w:b/><w:bCs/>`),
  heading(4, '四级标题', fonts('仿宋_GB2312')),
  { id: 'Zhusong', name: '主送机关', next: 'Zhengwen' },
  { id: 'Liebiao', name: '列表', paragraph: `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>${INDENT}` },
  {
    id: 'Biaoge',
    name: '表格文字',
    paragraph: `${OFF_GRID}${exact(400)}<w:jc w:val="left"/>`,
    run: NO_PITCH + size(28),
  },
  { id: 'Biaotou', name: '表头', on: 'Biaoge', paragraph: `<w:keepNext/>${CENTRED}`, run: fonts('黑体') },
  { id: 'Tu', name: '图', paragraph: `<w:keepNext/>${OFF_GRID}${AS_HIGH}${CENTRED}` },
  { id: 'Tuti', name: '图题', paragraph: `${OFF_GRID}${CENTRED}`, run: `${fonts('黑体')}${NO_PITCH}${size(28)}` },
  { id: 'Fujian', name: '附件说明', paragraph: '<w:ind w:leftChars="200" w:left="640"/>' },
  { id: 'Shuming', name: '署名', paragraph: '<w:keepNext/><w:keepLines/><w:jc w:val="right"/>' },
  { id: 'Riqi', name: '成文日期', paragraph: '<w:keepLines/><w:jc w:val="right"/>' },
  {
    id: 'Biaozhi',
    name: '发文机关标志',
    paragraph: `${OFF_GRID}${AS_HIGH}${CENTRED}`,
    run: `${fonts('方正小标宋简体')}<w:color w:val="FF0000"/>${NO_PITCH}`,
  },
  { id: 'Zihao', name: '发文字号', paragraph: CENTRED },
  { id: 'Fenhao', name: '份号', paragraph: '<w:jc w:val="left"/>' },
  { id: 'Miji', name: '密级和紧急程度', on: 'Fenhao', run: fonts('黑体') },
  {
    id: 'Banji',
    name: '版记',
    paragraph: `${OFF_GRID}${exact(500)}<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>`,
    run: NO_PITCH + size(28),
  },
  {
    id: 'Yema',
    name: '页码',
    paragraph: `${OFF_GRID}${exact(400)}`,
    run: `${fonts('宋体', '宋体')}${NO_PITCH}${size(28)}`,
  },
]

function heading(level: 1 | 2 | 3 | 4, name: string, run: string): Style {
  return {
    id: `Biaoti${level}`,
    name,
    next: 'Zhengwen',
    paragraph: `<w:keepNext/><w:numPr><w:ilvl w:val="${level - 1}"/><w:numId w:val="1"/></w:numPr>${INDENT}<w:outlineLvl w:val="${level - 1}"/>`,
    run,
  }
}

// The default style keeps its built-in name: the grid counts characters of its size.
const styleXml = ({ id, name, on, next, paragraph, run }: Style): string => {
  const isDefault = id === 'Normal'
  return [
    `<w:style w:type="paragraph"${isDefault ? ' w:default="1"' : ' w:customStyle="1"'} w:styleId="${id}"><w:name w:val="${name}"/>`,
    isDefault ? '' : `<w:basedOn w:val="${on ?? 'Normal'}"/>`,
    next ? `<w:next w:val="${next}"/>` : '',
    '<w:qFormat/>',
    paragraph ? `<w:pPr>${paragraph}</w:pPr>` : '',
    run ? `<w:rPr>${run}</w:rPr>` : '',
    '</w:style>',
  ].join('')
}

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

export const stylesXml = (language: Language): string =>
  `<w:styles ${NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>${fonts('仿宋_GB2312')}${size(32)}<w:lang w:val="${
    language === 'zh' ? 'en-US' : 'en-GB'
  }" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>${STYLES.map(
    styleXml,
  ).join(
    '',
  )}<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`

const level = (index: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:suff w:val="nothing"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="640"/></w:pPr></w:lvl>`

const headingLevel = (index: number, format: string, text: string) =>
  level(index, format, text, `<w:pStyle w:val="Biaoti${index + 1}"/>`)

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    headingLevel(0, 'chineseCountingThousand', '%1、'),
    headingLevel(1, 'chineseCountingThousand', '（%2）'),
    headingLevel(2, 'decimal', '%3.'),
    headingLevel(3, 'decimal', '（%4）'),
  ],
  en: [
    headingLevel(0, 'decimal', '%1. '),
    headingLevel(1, 'decimal', '%1.%2 '),
    headingLevel(2, 'decimal', '%1.%2.%3 '),
    headingLevel(3, 'decimal', '(%4) '),
  ],
}

/** Headings number themselves (definition 1); each list counts from 1 (definition 2, one instance a list from 3 on). */
export const numberingXml = (language: Language, lists: number): string =>
  `<w:numbering ${NAMESPACE}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>${HEADINGS[
    language
  ].join('')}</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="singleLevel"/>${level(
    0,
    'decimal',
    '%1.',
  )}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>${Array.from(
    { length: lists },
    (_, i) =>
      `<w:num w:numId="${i + 3}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  ).join('')}</w:numbering>`

/** What to take where a named font is missing: the names of Windows, WPS and others for the same face. */
const SUBSTITUTES: readonly (readonly [string, string])[] = [
  ['仿宋_GB2312', '仿宋'],
  ['仿宋', 'FangSong'],
  ['楷体_GB2312', '楷体'],
  ['楷体', 'KaiTi'],
  ['黑体', 'SimHei'],
  ['宋体', 'SimSun'],
  // 小标宋 is heavy by itself; 中宋, which comes with Office, is the nearest weight. Plain 宋体 would be too thin.
  ['方正小标宋简体', '华文中宋'],
  ['华文中宋', 'STZhongsong'],
]

export const fontTableXml: string = `<w:fonts ${NAMESPACE}>${SUBSTITUTES.map(
  ([name, other]) =>
    `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="variable"/></w:font>`,
).join(
  '',
)}<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`
