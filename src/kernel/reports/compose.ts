import type { Template } from '../domain.ts'
import type { Ledger } from '../ledger.ts'
import type { OrgUnit } from '../org/directory.ts'
import { type Actor, permit } from '../people/actor.ts'
import { type Period, parsePeriod, periodWords, today } from '../period/period.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Language } from '../words.ts'
import { blocksOf } from './assemble.ts'
import type { Block, ReportDocument } from './document.ts'
import { figureTables } from './figure-tables.ts'
import { plainText } from './marks.ts'
import { type Rendered, renderTemplate } from './template.ts'

export interface ReportRequest {
  readonly template: string
  readonly org: string
  readonly period: string
  /**
   * Templates are written in Chinese. In English the report has the same figures, in tables under the titles of their
   * domains: a sentence that nobody wrote in English is not put together from words.
   */
  readonly language?: Language
}

/** A document made from a template, not stored: what `yilu report` writes. */
export async function composeReport(
  ledger: Ledger,
  actor: Actor,
  request: ReportRequest,
): Promise<Result<ReportDocument>> {
  const org = ledger.orgs.find(request.org)
  if (!org.ok) return org
  const permitted = permit(actor, 'read', org.value)
  if (!permitted.ok) return permitted
  const period = parsePeriod(request.period)
  if (!period.ok) return period
  const template = ledger.registry.templates.get(request.template)
  if (!template) return unknownTemplate(ledger, request.template)
  const language = request.language ?? 'zh'
  const rendered = await renderTemplate(ledger, actor, { ...request, language, template: template.template })
  if (!rendered.ok) return rendered
  const { title, blocks } = contentOf(ledger, rendered.value, template, org.value, period.value, language)
  const organ = nameIn(org.value, language)
  const date = today(ledger.clock)
  return ok({ title, organ, date, period: request.period, language, blocks, signature: { name: organ, date } })
}

const nameIn = (org: OrgUnit, language: Language): string => (language === 'en' && org.nameEn) || org.name

function contentOf(
  ledger: Ledger,
  { text, bindings }: Rendered,
  template: Template,
  org: OrgUnit,
  period: Period,
  language: Language,
): { title: string; blocks: Block[] } {
  const when = periodWords(period)[language]
  if (language === 'en')
    return {
      title: `${nameIn(org, language)}: ${template.title.en}, ${when}`,
      blocks: figureTables(ledger, blocksOf(text, bindings), nameIn(org, language), language),
    }
  // A template may begin with a line `title: …`.
  const [, title, rest] = /^\s*title:(.*)\n([\s\S]*)$/.exec(text) ?? []
  return {
    title: title === undefined ? `${org.name}${when}${template.title.zh}` : plainText(title).trim(),
    blocks: blocksOf(rest ?? text, bindings),
  }
}

function unknownTemplate(ledger: Ledger, id: string) {
  const known = [...ledger.registry.templates.keys()]
  return fail('report/unknown-template', {
    field: 'template',
    value: id,
    zh: `没有模板“${id}”（有：${known.join('、')}）`,
    en: `There is no template ${id} (there are: ${known.join(', ')})`,
  })
}
