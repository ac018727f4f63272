import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { fromBuffer } from 'yauzl'
import { figuresOf, type ReportDocument } from './document.ts'
import { tagOf } from './docx/bindings.ts'
import { writeDocx } from './docx.ts'
import { fullDocument, HOSTILE } from './testing.ts'

// Each row of the standard's table, read from the parts of the file. Source: GB/T 9704-2012

async function unzip(file: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>()
  await new Promise<void>((done, failed) => {
    fromBuffer(file, { lazyEntries: true }, (error, archive) => {
      if (error) return failed(error)
      archive.on('error', failed)
      archive.on('end', () => done())
      archive.on('entry', entry =>
        archive.openReadStream(entry, async (problem, stream) => {
          if (problem) return failed(problem)
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          parts.set(entry.fileName, Buffer.concat(chunks))
          archive.readEntry()
        }),
      )
      archive.readEntry()
    })
  })
  return parts
}

async function partsOf(document: ReportDocument): Promise<(name: string) => string> {
  const parts = await unzip(await writeDocx(document))
  return name => {
    const part = parts.get(name)
    if (!part) throw new Error(`there is no part ${name}`)
    return part.toString()
  }
}

const part = await partsOf(fullDocument)
const body = part('word/document.xml')
const styles = part('word/styles.xml')

/** Text of the paragraphs of a style. */
const paragraphs = (style: string, xml = body): string[] =>
  [...xml.matchAll(/<w:p>.*?<\/w:p>/g)]
    .map(([paragraph]) => paragraph)
    .filter(paragraph => paragraph.includes(`<w:pStyle w:val="${style}"/>`))
const textIn = (xml: string): string => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(match => match[1]).join('')
const style = (name: string): string =>
  new RegExp(`<w:style [^>]*w:styleId="[^"]*"><w:name w:val="${name}"/>.*?</w:style>`).exec(styles)?.[0] ?? ''

describe('layout', () => {
  test('A4 paper, 37 mm head, 28 mm binding edge, 156 × 225 mm of text', () => {
    expect(body).toContain('<w:pgSz w:w="11906" w:h="16838"/>')
    expect(body).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/)
  })

  test('22 lines of 28 characters: a grid of lines and characters, exact line pitch, characters a quarter point closer', () => {
    expect(body).toContain('<w:docGrid w:type="linesAndChars" w:linePitch="579"/>')
    expect(style('Normal')).toContain('<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>')
    const pitch = 16 + Number(/<w:rPr>.*?<w:spacing w:val="(-?\d+)"\/>/.exec(style('Normal'))![1]) / 20
    expect(Math.floor(8844 / 20 / pitch)).toBe(28)
  })

  test('body in 3号仿宋, digits and Latin in Times New Roman, first line two characters in', () => {
    expect(style('Normal')).toContain('w:eastAsia="仿宋_GB2312"')
    expect(style('Normal')).toContain('w:ascii="Times New Roman" w:hAnsi="Times New Roman"')
    expect(style('Normal')).toContain('<w:sz w:val="32"/>')
    expect(style('正文')).toContain('<w:ind w:firstLineChars="200" w:firstLine="640"/>')
    expect(part('word/fontTable.xml')).toContain('<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>')
    expect(part('word/fontTable.xml')).toContain('<w:font w:name="仿宋"><w:altName w:val="FangSong"/>')
  })

  test('title in 2号小标宋, centred, over two lines, two blank lines under the red rule', () => {
    expect(style('标题')).toContain('w:eastAsia="方正小标宋简体"')
    expect(style('标题')).toContain('<w:sz w:val="44"/>')
    expect(style('标题')).toContain('<w:jc w:val="center"/>')
    expect(paragraphs('Biaoti')[0]).toContain('<w:br/>')
    expect(textIn(paragraphs('Biaoti')[0]!)).toBe(fullDocument.title)
    const between = body.slice(body.indexOf(paragraphs('Zihao')[0]!), body.indexOf(paragraphs('Biaoti')[0]!))
    expect(paragraphs('Normal', between)).toHaveLength(2)
  })

  test('headings 一、黑体（一）楷体 1. and （1）仿宋 number themselves by level', () => {
    expect(style('一级标题')).toContain('w:eastAsia="黑体"')
    expect(style('二级标题')).toContain('w:eastAsia="楷体_GB2312"')
    expect(style('三级标题')).toMatch(/w:eastAsia="仿宋_GB2312".*<w:b\/>/)
    expect(style('四级标题')).toContain('w:eastAsia="仿宋_GB2312"')
    const numbering = part('word/numbering.xml')
    const levels = [
      ...numbering.matchAll(/<w:numFmt w:val="(\w+)"\/><w:pStyle w:val="(\w+)"\/>.*?<w:lvlText w:val="([^"]+)"\/>/g),
    ]
    expect(levels.map(match => match.slice(1))).toEqual([
      ['chineseCountingThousand', 'Biaoti1', '%1、'],
      ['chineseCountingThousand', 'Biaoti2', '（%2）'],
      ['decimal', 'Biaoti3', '%3.'],
      ['decimal', 'Biaoti4', '（%4）'],
    ])
    expect(paragraphs('Biaoti1').map(textIn)).toEqual(['工作完成情况', '下一年度安排'])
    expect(paragraphs('Biaoti4').map(textIn)).toEqual(['答复'])
    for (const [i, name] of ['一级标题', '二级标题', '三级标题', '四级标题'].entries())
      expect(style(name)).toContain(`<w:outlineLvl w:val="${i}"/>`)
  })

  test('addressee flush left, one blank line under the title, with a full-width colon', () => {
    expect(paragraphs('Zhusong').map(textIn)).toEqual(['市科学技术局：'])
    expect(style('主送机关')).not.toContain('w:ind')
    const between = body.slice(body.indexOf(paragraphs('Biaoti')[0]!), body.indexOf(paragraphs('Zhusong')[0]!))
    expect(paragraphs('Normal', between)).toHaveLength(1)
  })

  test('page number in 4号宋体 between dashes, right on odd pages, left on even, one character in, 7 mm under the text', () => {
    expect(part('word/settings.xml')).toContain('<w:evenAndOddHeaders/>')
    expect(style('页码')).toContain('<w:sz w:val="28"/>')
    expect(style('页码')).toContain('w:ascii="宋体"')
    const targets = part('word/_rels/document.xml.rels')
    for (const [type, relation, file, side] of [
      ['default', 'rIdOdd', 'footer1.xml', 'right'],
      ['even', 'rIdEven', 'footer2.xml', 'left'],
    ]) {
      expect(body).toContain(`<w:footerReference w:type="${type}" r:id="${relation}"/>`)
      expect(targets).toMatch(new RegExp(`Id="${relation}" Type="[^"]*/footer" Target="${file}"`))
      const footer = part(`word/${file}`)
      expect(textIn(footer)).toBe('— 1 —')
      expect(footer).toContain(' PAGE ')
      expect(footer).toContain(`<w:jc w:val="${side}"/>`)
      expect(footer).toContain(`w:${side}Chars="100"`)
    }
    const bottom = Number(/w:footer="(\d+)"/.exec(body)![1]) + 400
    expect(Math.abs((1984 - bottom) / 56.693 - 7)).toBeLessThan(0.1)
  })

  test('attachments one blank line under the text, two characters in, numbered, without final punctuation', () => {
    expect(paragraphs('Fujian').map(textIn)).toEqual(['附件：1. 培训名册', '2. 资金使用情况表'])
    expect(style('附件说明')).toContain('w:leftChars="200"')
  })

  test('issuer above the date; the date without leading zeros, four characters from the right, the issuer centred over it', () => {
    expect(paragraphs('Shuming').map(textIn)).toEqual(['甲县科技管理中心'])
    expect(paragraphs('Riqi').map(textIn)).toEqual(['2024年12月3日'])
    expect(paragraphs('Riqi')[0]).toContain('w:rightChars="400"')
    // The date is 6.5 characters wide, digits being half as wide, the name 8: both have their middle 7.25 from the right.
    expect(paragraphs('Shuming')[0]).toContain('w:rightChars="325"')
  })

  test('red head: marks at the top left, the issuer in red 35 mm down, the number two lines below, a red rule 4 mm under it', () => {
    expect(paragraphs('Fenhao').map(textIn)).toEqual(['000001'])
    expect(paragraphs('Miji').map(textIn)).toEqual(['秘密★1年', '特急'])
    expect(style('密级和紧急程度')).toContain('黑体')
    expect(paragraphs('Biaozhi').map(textIn)).toEqual(['甲县科技管理中心文件'])
    expect(style('发文机关标志')).toContain('<w:color w:val="FF0000"/>')
    const above = Number(/w:before="(\d+)"/.exec(paragraphs('Biaozhi')[0]!)![1]) + 3 * 579
    expect(Math.abs(above / 56.693 - 35)).toBeLessThan(0.1)
    expect(paragraphs('Zihao').map(textIn)).toEqual(['甲科发〔2024〕12号'])
    expect(paragraphs('Zihao')[0]).toMatch(/<w:pBdr><w:bottom w:val="single" [^>]*w:space="11" w:color="FF0000"\/>/)
    const between = body.slice(body.indexOf(paragraphs('Biaozhi')[0]!), body.indexOf(paragraphs('Zihao')[0]!))
    expect(paragraphs('Normal', between)).toHaveLength(2)
  })

  test('a report without number has no red head', async () => {
    const { number: _, redHead: __, ...draft } = fullDocument
    const plain = (await partsOf(draft))('word/document.xml')
    expect(paragraphs('Biaozhi', plain)).toEqual([])
    expect(plain).not.toContain('FF0000')
  })

  test('tail: 抄送 and 印发 in 4号 between thin rules, at the foot of the last page', () => {
    expect(paragraphs('Banji').map(textIn)).toEqual([
      '抄送：市财政局，市农业农村局。',
      '甲县科技管理中心办公室2024年12月5日印发',
    ])
    expect(style('版记')).toContain('<w:sz w:val="28"/>')
    expect(body).toContain('w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="1" w:tblpYSpec="bottom"')
  })

  test('tables repeat their head, align figures right and separate thousands', () => {
    expect(body).toContain('<w:tblHeader/>')
    const cells = paragraphs('Biaoge')
    expect(cells.map(textIn)).toEqual(['甲|乙', '12,345', '丙', '-3'])
    expect(cells[1]).toContain('<w:jc w:val="right"/>')
    expect(body).toContain('<w:tblW w:w="8844" w:type="dxa"/>')
  })

  test('each list counts from 1', () => {
    expect(paragraphs('Liebiao').map(one => /<w:numId w:val="(\d+)"/.exec(one)![1])).toEqual(['3', '3', '4'])
    expect(part('word/numbering.xml').match(/<w:startOverride w:val="1"\/>/g)).toHaveLength(2)
  })

  test('title and creator stand in the core properties', () => {
    const core = part('docProps/core.xml')
    expect(core).toContain(`<dc:title>${fullDocument.title}</dc:title>`)
    expect(core).toContain('<dc:creator>甲县科技管理中心</dc:creator>')
  })

  test('an English report counts 1. and 1.1 and dates in English', async () => {
    const english = await partsOf({ ...fullDocument, language: 'en' })
    expect(english('word/numbering.xml')).toContain('<w:lvlText w:val="%1.%2 "/>')
    expect(textIn(paragraphs('Riqi', english('word/document.xml'))[0]!)).toBe('3 December 2024')
  })
})

describe('bindings', () => {
  const controls = [
    ...body.matchAll(
      /<w:sdt><w:sdtPr><w:alias w:val="([^"]*)"\/><w:tag w:val="([^"]*)"\/><w:id w:val="(\d+)"\/>.*?<w:sdtContent>(.*?)<\/w:sdtContent>/g,
    ),
  ]

  test('every figure of the text stands in a content control: tag its address, title its name, numbered once', () => {
    const inText = figuresOf({ blocks: fullDocument.blocks.filter(({ kind }) => kind !== 'chart') })
    const texts = controls.filter(match => !match[4]!.includes('<w:drawing>'))
    expect(texts.map(match => [match[2], textIn(match[4]!)])).toEqual(
      inText.map(({ address, written }) => [tagOf(address).replaceAll('&', '&amp;'), written]),
    )
    expect(controls[0]![1]).toBe('甲县2024年接听求助电话')
    expect(controls[0]![2]).toBe('hotline.calls?org=KJ-A&amp;period=2024')
    expect(new Set(controls.map(match => match[3])).size).toBe(controls.length)
  })

  test('no tag or title is longer than Word takes; the bindings part resolves every tag', () => {
    for (const match of controls) {
      expect(match[1]!.length).toBeLessThanOrEqual(64)
      expect(match[2]!.replaceAll('&amp;', '&').length).toBeLessThanOrEqual(64)
    }
    const bindings = part('customXml/item1.xml')
    for (const { address, value } of figuresOf(fullDocument))
      expect(bindings).toContain(
        `tag="${tagOf(address).replaceAll('&', '&amp;')}" address="${address.replaceAll('&', '&amp;')}" name="甲县2024年接听求助电话" value="${value ?? ''}"`,
      )
  })

  test('a figure that was written over is marked, in the text and in its title', () => {
    const detached = controls.find(match => textIn(match[4]!) === '800个')!
    expect(detached[1]).toBe('已改写，脱离台账：甲县2024年接听求助电话')
    expect(detached[4]).toContain('<w:u w:val="wave"')
  })

  test('charts are native, in a control that names the breakdown, with values and addresses in a workbook', async () => {
    const drawings = controls.filter(match => match[4]!.includes('<w:drawing>'))
    expect(drawings.map(match => match[2])).toEqual(
      Array(2).fill('projects.funds-won?org=KJ-A&amp;period=2024&amp;by=month'),
    )
    expect(part('word/charts/chart1.xml')).toContain('<c:barChart>')
    expect(part('word/charts/chart2.xml')).toContain('<c:lineChart>')
    expect(part('word/charts/chart1.xml')).toContain(
      '<c:pt idx="0"><c:v>1</c:v></c:pt><c:pt idx="2"><c:v>-2.5</c:v></c:pt>',
    )
    const parts = await unzip(await writeDocx(fullDocument))
    const sheet = (await unzip(parts.get('word/embeddings/chart1.xlsx')!)).get('xl/worksheets/sheet1.xml')!.toString()
    expect(sheet).toContain('projects.funds-won?org=KJ-A&amp;period=2024-03')
    expect(sheet).toContain('<v>-2.5</v>')
  })
})

describe('package', () => {
  test('every part is well-formed XML and every relation leads to a part', async () => {
    const parts = await unzip(await writeDocx(fullDocument))
    for (const [name, content] of parts) {
      if (!/\.(xml|rels)$/.test(name)) continue
      const parser = new SaxesParser({ xmlns: true })
      parser.on('error', error => {
        throw new Error(`${name}: ${error.message}`)
      })
      parser.write(content.toString()).close()
    }
    for (const match of parts
      .get('word/_rels/document.xml.rels')!
      .toString()
      .matchAll(/Target="([^"]+)"/g))
      expect(parts.has(new URL(match[1]!, 'file:///word/').pathname.slice(1)), match[1]).toBe(true)
  })

  test('what people wrote is text and nothing else', () => {
    expect(
      textIn(body)
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&'),
    ).toContain(HOSTILE.replace('\u0007', ''))
    expect(body).not.toContain('<script')
  })

  test('the same document gives the same bytes', async () => {
    expect((await writeDocx(fullDocument)).equals(await writeDocx(fullDocument))).toBe(true)
  })
})
