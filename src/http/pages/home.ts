import { z } from 'zod'
import { type Attainment, type Target, targetsHeld } from '../../kernel/assessment/targets.ts'
import { type Figure, figures } from '../../kernel/figures/figure.ts'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { lastYear, type Period, parsePeriod, periodWords } from '../../kernel/period/period.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { type Call, page } from '../route.ts'
import * as shapes from '../shapes.ts'
import { address, figurePage, homePage, listPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout } from './layout.ts'
import { digits, growth, numberCell, percent, unitName } from './numbers.ts'
import { beneath, breadcrumbs, orgName, ownUnit } from './orgs.ts'
import { newestYear, periodLinks } from './periods.ts'
import { type Reader, readerOf } from './reader.ts'

// The first page: the figures of a unit for a period, by domain, against last year and the target.

interface Line {
  readonly id: string
  readonly now: Figure
  readonly before: Figure
  readonly attainment: Attainment | undefined
}

export const homePages = [
  page(
    {
      method: 'GET',
      path: '/',
      title: { zh: '单位的数字', en: 'Figures of an org unit' },
      may: { right: 'read', at: 'org' },
      query: z.object({ org: shapes.orgCode.optional(), period: shapes.periodText.optional() }),
    },
    async call => {
      const { ledger, actor, query } = call
      const own = ownUnit(ledger, actor)
      const unit = query.org === undefined ? own : ledger.orgs.byCode(query.org)
      if (!unit)
        return fail('org/unknown', { field: 'org', zh: '没有可以查看的单位', en: 'There is no unit to look at' })
      const period = parsePeriod(query.period ?? (await newestYear(ledger, unit)))
      if (!period.ok) return period
      const lines = await linesOf(call, unit, period.value)
      return lines.ok ? ok(overview(readerOf(call), unit, period.value, lines.value)) : lines
    },
  ),
]

async function linesOf({ ledger, actor }: Call, unit: OrgUnit, period: Period): Promise<Result<Map<string, Line>>> {
  const ids = [...ledger.registry.indicators.keys()]
  const asked = (text: string) => ids.map(indicator => ({ indicator, org: unit.code, period: text }))
  const [both, targets] = await Promise.all([
    figures(ledger, actor, [...asked(period.text), ...asked(lastYear(period).text)]),
    targetsHeld(ledger, actor, unit.code, period.text),
  ])
  if (!both.ok) return both
  const held = new Map((targets.ok ? targets.value : []).map(target => [target.indicator, target]))
  return ok(
    new Map(
      ids.map((id, i) => {
        const now = both.value[i]!
        return [id, { id, now, before: both.value[ids.length + i]!, attainment: attained(held.get(id), now) }]
      }),
    ),
  )
}

const attained = (target: Target | undefined, { value }: Figure): Attainment | undefined =>
  target && {
    target: target.value,
    value,
    ratio: value === null || target.value === 0 ? null : value / target.value,
    of: target.period,
  }

const isTold = ({ now, before, attainment }: Line) => !!now.value || !!before.value || attainment !== undefined

function overview(reader: Reader, unit: OrgUnit, period: Period, lines: ReadonlyMap<string, Line>): Html {
  const { ledger, language } = reader
  const zh = language === 'zh'
  const words = periodWords(period)[language]
  const domains = ledger.registry.domains.flatMap(domain => {
    const told = Object.keys(domain.indicators).flatMap(id => {
      const line = lines.get(id)
      return line && isTold(line) ? [line] : []
    })
    return told.length > 0 ? [{ domain, told }] : []
  })
  const targeted = domains.some(({ told }) => told.some(line => line.attainment))
  return layout(
    reader,
    `${orgName(unit, language)} ${words}`,
    html`${breadcrumbs(reader, unit, one => homePage(one.code, period.text))}
<h1>${orgName(unit, language)}<span class="of">${words}</span></h1>
${periodLinks(reader, period, text => homePage(unit.code, text))}
<form class="inline" method="get" action="/"><input type="hidden" name="org" value="${unit.code}">
<label>${zh ? '期间' : 'Period'}<input name="period" value="${period.text}" maxlength="40" size="16"></label><button>${zh ? '查看' : 'Show'}</button>
<a class="button" href="${address('/reports', { org: unit.code, period: period.text })}">${zh ? '总结和计划' : 'Reports'}</a></form>
${beneath(reader, unit, period.text)}
${domains.length === 0 ? html`<p class="empty">${zh ? '这个期间还没有记录。' : 'Nothing was recorded in this period.'} <a href="/records?org=${encodeURIComponent(unit.code)}">${zh ? '去录入' : 'Enter something'}</a></p>` : null}
${domains.map(({ domain, told }) => section(reader, unit, period, domain.title[language], told, domain.types[0]?.id, targeted))}`,
    { wide: true },
  )
}

function section(
  reader: Reader,
  unit: OrgUnit,
  period: Period,
  title: string,
  lines: readonly Line[],
  type: string | undefined,
  targeted: boolean,
): Part {
  const { language } = reader
  const zh = language === 'zh'
  return html`<section class="figures"><h2>${title}${type ? html` <a class="more" href="${listPage(type, { org: unit.code, period: period.text })}">${zh ? '台账' : 'records'}</a>` : null}</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">${zh ? '指标' : 'Indicator'}</th><th scope="col" class="number">${zh ? '本期' : 'Now'}</th><th scope="col">${zh ? '单位' : 'Unit'}</th><th scope="col" class="number">${zh ? '上年同期' : 'Year before'}</th><th scope="col" class="number">${zh ? '增减' : 'Change'}</th>${
    targeted
      ? html`<th scope="col" class="number">${zh ? '目标' : 'Target'}</th><th scope="col" class="number">${zh ? '完成' : 'Attained'}</th>`
      : null
  }</tr></thead>
<tbody>${lines.map(line => row(reader, unit, period, line, targeted))}</tbody>
</table></div></section>`
}

function row({ ledger, language }: Reader, unit: OrgUnit, period: Period, line: Line, targeted: boolean): Part {
  const { id, now, before, attainment } = line
  const at = (text: string) => figurePage({ indicator: id, org: unit.code, period: text })
  return html`<tr><th scope="row">${ledger.registry.indicators.get(id)!.title[language]}</th>
${numberCell(now.value, now.unit, language, at(period.text))}
<td class="unit">${unitName(now.unit, language)}</td>
${numberCell(before.value, before.unit, language, at(lastYear(period).text))}
<td class="number">${growth(now.value, before.value, now.unit, language)}</td>
${
  targeted
    ? attainment
      ? html`<td class="number">${digits(attainment.target, now.unit, language)}</td><td class="number">${percent(attainment.ratio)}<progress max="1" value="${Math.max(0, Math.min(1, attainment.ratio ?? 0))}"></progress></td>`
      : html`<td></td><td></td>`
    : null
}</tr>`
}
