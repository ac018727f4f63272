import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { markedTexts } from '../../../bench/claims/labels.ts'
import { auditText } from './audit.ts'
import { auditHtml } from './output-html.ts'
import { remarksOf } from './remarks.ts'
import { auditShape } from './shape.ts'

const PUBLISHED = new URL('../../../docs/audit.schema.json', import.meta.url)

test('the published schema is the shape that is checked here', async () => {
  const made = z.toJSONSchema(auditShape)
  expect(JSON.parse(await readFile(PUBLISHED, 'utf8'))).toEqual({
    $id: 'urn:yilu:audit',
    title: 'yilu audit',
    ...made,
  })
})

test.each(
  markedTexts('heldout').map(({ name, text }) => [name, text]),
)('%s is audited in the published shape', (_, text) => {
  const audit: unknown = JSON.parse(JSON.stringify(auditText(text)))
  expect(auditShape.parse(audit)).toEqual(audit)
})

test('a page holds the text in its order, with what is found at its place, and runs nothing', () => {
  const audit = auditText('总结<b>\n培训农民100人次，其中妇女40人次，男性50人次。拨款____万元，"<script>"')
  const remarks = remarksOf(audit, 'zh')
  expect(remarks.map(({ kind }) => kind)).toContain('blank')
  const html = auditHtml(audit, '总结<script>', 'zh')
  expect(html).not.toMatch(/<script/)
  const shown = html
    .slice(html.indexOf('<main>') + 6, html.indexOf('</main>'))
    .replace(/<sup>\d+<\/sup>/g, '')
    .replace(/<[^>]*>/g, '')
  expect(shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')).toBe(audit.text)
})
