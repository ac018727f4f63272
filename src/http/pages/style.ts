import { readFile } from 'node:fs/promises'
import { reportStyle } from '../../kernel/reports/html-style.ts'
import { ok } from '../../kernel/result.ts'
import { file, page } from '../route.ts'
import { STYLE_PATH } from './layout.ts'

const ours = await readFile(new URL('./style.css', import.meta.url), 'utf8')

/** The one style of all pages, with that of reports, which is the same in a downloaded file. */
const style = Buffer.from(`${reportStyle}\n${ours}`)

export const stylePages = [
  page({ method: 'GET', path: STYLE_PATH, title: { zh: '样式', en: 'Style' }, may: 'anyone' }, ({ reply }) => {
    reply.header('cache-control', 'no-cache')
    return ok(file({ content: style, mediaType: 'text/css; charset=utf-8', inline: true }))
  }),
]
