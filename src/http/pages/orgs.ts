import type { Ledger } from '../../kernel/ledger.ts'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { type Actor, may, type Right, readablePaths, rightsOf } from '../../kernel/people/actor.ts'
import type { Language } from '../../kernel/words.ts'
import { homePage } from './addresses.ts'
import { html, type Part } from './html.ts'
import type { Reader } from './reader.ts'

export const orgName = (unit: Pick<OrgUnit, 'name' | 'nameEn'>, language: Language): string =>
  (language === 'en' ? unit.nameEn : null) ?? unit.name

export const nameOfCode = (ledger: Ledger, code: string, language: Language): string => {
  const unit = ledger.orgs.byCode(code)
  return unit ? orgName(unit, language) : code
}

/** The highest unit where the person has a right, the first of several; what is shown when nothing is chosen. */
export function ownUnit(ledger: Ledger, actor: Actor, right: Right = 'read'): OrgUnit | undefined {
  const granted = actor.grants.find(grant => rightsOf(grant.role).includes(right))
  const path = readablePaths(actor, right)[0] ?? granted?.path
  return path === undefined ? undefined : ledger.orgs.all().find(unit => unit.path === path)
}

const above = (ledger: Ledger, actor: Actor, unit: OrgUnit) =>
  ledger.orgs.all().filter(one => unit.path.startsWith(one.path) && may(actor, 'read', one.path))

const below = (ledger: Ledger, unit: OrgUnit) => {
  const depth = unit.path.split('/').length
  return ledger.orgs.under(unit.path).filter(one => one.path.split('/').length === depth + 1)
}

/** Where a unit stands: those above it that may be read, and itself. */
export function breadcrumbs(reader: Reader, unit: OrgUnit, href: (unit: OrgUnit) => string): Part {
  const { ledger, caller, language } = reader
  if (!caller) return null
  const parts = above(ledger, caller.actor, unit)
  return html`<nav class="crumbs" aria-label="${language === 'zh' ? '所在位置' : 'Where this is'}">${parts.map(
    (one, i) =>
      html`${i > 0 ? html`<span aria-hidden="true">›</span>` : null}<a href="${href(one)}"${one.id === unit.id ? html` aria-current="page"` : null}>${orgName(one, language)}</a>`,
  )}</nav>`
}

/** Units directly beneath, and the other trees the person may look into. */
export function beneath(reader: Reader, unit: OrgUnit, period: string): Part {
  const { ledger, caller, language } = reader
  if (!caller) return null
  const zh = language === 'zh'
  const children = below(ledger, unit)
  const elsewhere = readablePaths(caller.actor)
    .flatMap(path => ledger.orgs.all().filter(one => one.path === path))
    .filter(one => !unit.path.startsWith(one.path))
  const list = (units: readonly OrgUnit[]) =>
    units.map(one => html`<a href="${homePage(one.code, period)}">${orgName(one, language)}</a>`)
  return html`${
    children.length > 0
      ? html`<details class="units"${children.length <= 16 ? html` open` : null}><summary>${zh ? `下级单位 ${children.length} 个` : `${children.length} units beneath`}</summary><div class="links">${list(children)}</div></details>`
      : null
  }${elsewhere.length > 0 ? html`<p class="links"><span class="quiet">${zh ? '另可查看：' : 'Also:'}</span>${list(elsewhere)}</p>` : null}`
}
