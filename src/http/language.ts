import type { FastifyRequest } from 'fastify'
import type { Language } from '../kernel/words.ts'

export const languageCookie = 'yilu_lang'

const known = (text: unknown): Language | undefined => (text === 'zh' || text === 'en' ? text : undefined)

/**
 * `?lang=`, then what was chosen before. For a program, what it accepts comes next; a page is in the person's own
 * language, and Chinese where nobody has said.
 */
export function languageOf(request: FastifyRequest, own: Language | undefined, isPage: boolean): Language {
  const { query, cookies, headers } = request
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined
  const browser = isPage ? undefined : accepted(headers['accept-language'])
  return known(asked) ?? known(cookies[languageCookie]) ?? browser ?? own ?? 'zh'
}

/** Source: RFC 9110, 12.5.4 */
function accepted(header: string | undefined): Language | undefined {
  let best: { language: Language; weight: number } | undefined
  for (const part of header?.slice(0, 500).split(',') ?? []) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = known(range.split('-')[0])
    const weight = Number(/^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1)
    if (language && weight > (best?.weight ?? 0)) best = { language, weight }
  }
  return best?.language
}
