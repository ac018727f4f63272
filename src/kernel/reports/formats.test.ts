import { describe, expect, test } from 'vitest'
import { figuresOf } from './document.ts'
import { escaped } from './escape.ts'
import { writeHtml } from './html.ts'
import { writeMarkdown } from './markdown.ts'
import { fullDocument, HOSTILE } from './testing.ts'
import { formats, isFormat, mediaTypes, writeReport } from './write.ts'

const figures = figuresOf(fullDocument)

describe('HTML', () => {
  const html = writeHtml(fullDocument, { standalone: true })

  test('every figure carries its address, in sentences, tables and charts', () => {
    const bound = [...html.matchAll(/data-figure="([^"]*)"/g)].map(match => match[1])
    for (const { address } of figures) expect(bound).toContain(escaped(address))
    expect(bound).toHaveLength(figures.length + 2)
  })

  test('figures lead where they are told to, detached ones nowhere, and those are marked', () => {
    const linked = writeHtml(fullDocument, { href: ({ indicator }) => `/figures/${indicator}?a=1&b="2"` })
    expect(linked).toContain('href="/figures/hotline.calls?a=1&amp;b=&quot;2&quot;"')
    expect(linked).toMatch(/<data class="figure detached"[^>]*title="已改写，脱离台账：[^"]*">800个<\/data>/)
    expect(html).not.toContain('href=')
  })

  test('what people wrote is text and nothing else', () => {
    expect(html).not.toContain('<script')
    expect(html).toContain(escaped(HOSTILE))
  })

  test('it says its language, title, headings with numbers, and prints on A4 with the margins of the standard', () => {
    expect(html).toContain('<html lang="zh-CN">')
    expect(html).toContain('<h2>一、工作完成情况</h2>')
    expect(html).toContain('<h3>（一）科技服务热线</h3>')
    expect(html).toMatch(/@page \{ size: A4; margin: 37mm 26mm 35mm 28mm/)
    expect(html).toContain('<th scope="row">甲|乙</th>')
  })

  test('without `standalone` it is an article for a page to hold', () => {
    const article = writeHtml(fullDocument)
    expect(article).toMatch(/^<article class="report" lang="zh-CN">/)
    expect(article).not.toContain('<style')
  })
})

describe('Markdown', () => {
  const markdown = writeMarkdown(fullDocument)
  const definitions = new Map(
    [...markdown.matchAll(/^\[(\d+)\]: <yilu:([^>]*)> "(.*)"$/gm)].map(match => [match[1]!, match[2]!]),
  )

  test('every figure is a link whose definition holds its address', () => {
    expect([...definitions.values()].sort()).toEqual([...new Set(figures.map(({ address }) => address))].sort())
    const stated = [...markdown.matchAll(/\[([^\]]+)\]\[(\d+)\]/g)].map(match => definitions.get(match[2]!))
    expect(stated).toEqual(figures.map(({ address }) => address))
  })

  test('a figure that was written over says so', () => {
    expect(markdown).toContain('[800个〔脱离台账〕]')
  })

  test('what people wrote is text and nothing else', () => {
    expect(markdown).toContain('\\<script\\>')
    expect(markdown).toContain('\\[x\\](y)')
    expect(markdown).toContain('| 甲\\|乙 |')
    expect(markdown).not.toMatch(/[^\\]<script/)
  })
})

describe('JSON', () => {
  test('it is the document, and lists each binding once', async () => {
    const json = JSON.parse((await writeReport(fullDocument, 'json')).toString())
    const { figures: listed, ...document } = json
    expect(document).toEqual(JSON.parse(JSON.stringify(fullDocument)))
    expect(new Set(listed.map((one: { address: string }) => one.address))).toEqual(
      new Set(figures.map(({ address }) => address)),
    )
  })
})

test('every format writes and has a media type; others are none', async () => {
  for (const format of formats) {
    expect((await writeReport(fullDocument, format)).length).toBeGreaterThan(1000)
    expect(mediaTypes[format]).toContain('/')
  }
  expect(isFormat('pdf')).toBe(false)
})
