import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openZip } from '../exchange/zip.ts'
import { zip } from '../reports/docx/zip.ts'
import { must, type Result } from '../result.ts'
import { commentedDocx } from './output-docx.ts'
import { readClaims } from './read.ts'
import { readSource } from './source.ts'
import { ofHtml, ofMarkdown } from './source-text.ts'

let folder: string
let n = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yilu-source-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, `${n++}-${name}`)
  await writeFile(path, content)
  return path
}

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map(({ code }) => code))
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const STYLES = `<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style></w:styles>`
const TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'

const docxOf = (body: string, more: Record<string, string> = {}) =>
  zip([
    { path: '[Content_Types].xml', content: TYPES },
    {
      path: 'word/document.xml',
      content: `<?xml version="1.0"?><w:document xmlns:w="${W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`,
    },
    { path: 'word/styles.xml', content: STYLES },
    ...Object.entries(more).map(([path, content]) => ({ path, content })),
  ])

const run = (text: string, properties = '') => `<w:r>${properties}<w:t>${text}</w:t></w:r>`
const paragraph = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`

describe('plain files', () => {
  const text = '举办培训班１２期，培训农民345人次。\n'

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['GB18030', iconv.encode(text, 'gb18030')],
    ['UTF-16', iconv.encode(text, 'utf16le', { addBOM: true })],
  ])('%s is read as it was written', async (_, bytes) => {
    expect(must(await readSource(await file('a.txt', bytes))).text).toBe(text)
  })

  test.each([
    ['nothing', 'a.txt', '', 'text/empty'],
    ['an old doc', 'a.doc', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'text/old-format'],
    ['a PDF', 'a.pdf', '%PDF-1.7', 'text/pdf'],
    ['an image', 'a.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, 0]), 'text/not-text'],
    ['a zip of something else', 'a.docx', zip([{ path: 'a', content: 'b' }]), 'text/docx-broken'],
    ['half a docx', 'a.docx', docxOf(paragraph(run('一'))).subarray(0, 300), 'text/docx-broken'],
    ['a docx by name alone', 'a.docx', '举办培训班', 'text/docx-broken'],
    ['broken XML', 'a.docx', docxOf('<w:p><w:r></w:p>'), 'text/docx-broken'],
    ['an entity that multiplies', 'a.docx', docxOf('&lol;'), 'text/docx-broken'],
  ])('%s is refused with what to do', async (_, name, content, code) => {
    const done = await readSource(await file(name, content))
    expect(codes(done)).toEqual([code])
    expect(done).toMatchObject({ problems: [{ zh: expect.stringMatching(/[一-龥]/), en: expect.any(String) }] })
  })

  test('a docx that unpacks to gigabytes is refused before it is unpacked', async () => {
    const path = await file('bomb.docx', docxOf(`<w:p><w:r><w:t>${' '.repeat(49 * 1024 ** 2)}</w:t></w:r></w:p>`))
    expect(codes(await readSource(path))).toEqual(['text/docx-bomb'])
  })
})

test('the text of a page: blocks on lines, headings marked, cells apart, nothing of scripts', () => {
  const html = `<html><head><title>标题</title><style>b{}</style></head><body><h2>一、培训</h2><p>举办<b>12</b>期&nbsp;&amp; 345人次<br>另有3期</p>
<script>var a = "<p>99个</p>"</script><table><tr><th>镇</th><th>期数</th></tr><tr><td>东镇</td><td><p>7</p></td></tr></table><ul><li>甲</li><li>乙 < 丙</li></ul><!-- 88个 --></body></html>`
  expect(ofHtml(html).split('\n')).toEqual([
    '## 一、培训',
    '举办12期 & 345人次',
    '另有3期',
    '镇\t期数',
    '东镇\t 7 ',
    '甲',
    '乙 < 丙',
  ])
  expect(ofHtml('<'.repeat(20_000))).toHaveLength(20_000)
  expect(ofHtml('<a "'.repeat(20_000))).toBe('')
})

test('Markdown loses links and escapes, not its headings and tables', () => {
  expect(
    ofMarkdown(
      '# 总结\n\n接听[769个][1]，见[附件](a.docx)，占\\*5%\\*。\n\n| 镇 | 数 |\n| --- | --- |\n\n[1]: <yilu:x?a=1> "名"\n',
    ),
  ).toBe('# 总结\n\n接听769个，见附件，占*5%*。\n\n| 镇 | 数 |\n| --- | --- |\n\n')
})

describe('a Word document', () => {
  const body = [
    `<w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr>${run('工作总结')}</w:p>`,
    paragraph(run('举办培训班1'), run('2', '<w:rPr><w:b/></w:rPr>'), run('期，其中&lt;水稻&gt;班5期。')),
    paragraph(
      '<w:r><w:tab/><w:t>接听</w:t><w:br/><w:t>电话</w:t></w:r>',
      '<w:del><w:r><w:delText>删去9个</w:delText></w:r></w:del>',
    ),
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>镇</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>数</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>东镇</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    '<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>框内</w:t></mc:Choice><mc:Fallback><w:t>框内</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>',
  ].join('')

  test('is read with its headings, breaks and tables, without what was deleted', async () => {
    const { text, docx } = must(await readSource(await file('a.docx', docxOf(body))))
    expect(text.split('\n')).toEqual([
      '# 工作总结',
      '举办培训班12期，其中<水稻>班5期。',
      ' 接听',
      '电话',
      '镇 \t\t数 ',
      '\t东镇 \t7 ',
      '框内',
      '',
    ])
    for (const { start, end, from, to } of docx!.pieces)
      expect(docx!.xml.slice(from, to).replace('&lt;', '<').replace('&gt;', '>')).toBe(text.slice(start, end))
  })

  async function commented(content: Buffer) {
    const path = await file('b.docx', content)
    const { docx, text } = must(await readSource(path))
    const { claims } = readClaims(text)
    const notes = claims.map(({ start, end, quote }) => ({ start, end, lines: [`说明<${quote}>`, '第二段'] }))
    const after = await file('c.docx', await commentedDocx(path, docx!, notes, new Date('2025-01-02T03:04:05Z')))
    return { path, after, notes, text }
  }

  const partsOf = async (path: string) => {
    const file = await openZip(path)
    const parts: Record<string, string> = {}
    for (const name of file.names()) parts[name] = (await buffer(await file.stream(name))).toString('utf8')
    file.close()
    return parts
  }

  test('gets comments at its numbers, and nothing else in it changes', async () => {
    const { path, after, notes, text } = await commented(docxOf(body))
    expect(notes.length).toBe(3)
    const [before, now] = [await partsOf(path), await partsOf(after)]
    expect(must(await readSource(after)).text).toBe(text)
    expect(now['word/styles.xml']).toBe(before['word/styles.xml'])
    const xml = now['word/document.xml']!
    // Each range holds just the words of its number.
    notes.forEach(({ start, end }, i) => {
      const range = xml.split(`<w:commentRangeStart w:id="${i}"/>`)[1]!.split(`<w:commentRangeEnd w:id="${i}"/>`)[0]!
      expect(range.replace(/<[^>]*>/g, '')).toBe(text.slice(start, end))
    })
    // Without marks, and with parted runs joined again, it is the document as it was.
    const mark = '(?:<w:commentRangeStart[^>]*/>|<w:commentRangeEnd[^>]*/><w:r><w:commentReference[^>]*/></w:r>)'
    const parted = new RegExp(
      `</w:t></w:r>${mark}<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">`,
      'g',
    )
    const joined = xml
      .replace(parted, '')
      .replace(new RegExp(mark, 'g'), '')
      .replace(/ xml:space="preserve"/g, '')
    expect(joined).toBe(before['word/document.xml'])
    expect(now['word/comments.xml']).toContain('说明&lt;12期&gt;')
    expect(now['[Content_Types].xml']).toContain('/word/comments.xml')
    expect(now['word/_rels/document.xml.rels']).toContain('comments.xml')
  })

  test('has the marks of a number within a control around the control', async () => {
    const control = `<w:sdt><w:sdtPr/><w:sdtContent>${run('12期')}</w:sdtContent></w:sdt>`
    const { after } = await commented(docxOf(paragraph(run('培训班'), control, run('。'))))
    expect((await partsOf(after))['word/document.xml']).toContain(
      `<w:commentRangeStart w:id="0"/>${control}<w:commentRangeEnd w:id="0"/>`,
    )
  })

  test('keeps the comments that it has', async () => {
    const { path } = await commented(docxOf(body))
    const first = must(await readSource(path))
    const note = (lines: string[]) => [
      { start: first.text.indexOf('12期'), end: first.text.indexOf('12期') + 3, lines },
    ]
    const once = await file('d.docx', await commentedDocx(path, first.docx!, note(['甲']), new Date(0)))
    const second = must(await readSource(once))
    const twice = await partsOf(
      await file('e.docx', await commentedDocx(once, second.docx!, note(['乙']), new Date(0))),
    )
    const comments = twice['word/comments.xml']!
    expect([...comments.matchAll(/w:id="(\d+)"/g)].map(match => match[1])).toEqual(['0', '1'])
    expect(comments).toMatch(/甲[\s\S]*乙/)
    expect(twice['[Content_Types].xml']!.match(/comments\.xml/g)).toHaveLength(1)
  })
})
