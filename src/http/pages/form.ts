import { z } from 'zod'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { may } from '../../kernel/people/actor.ts'
import { type FieldInfo, isRequired } from '../../kernel/records/fields.ts'
import type { Fields, RecordType } from '../../kernel/records/type.ts'
import type { Problem } from '../../kernel/result.ts'
import { type Form, numberText } from './form-values.ts'
import { type Html, html, type Part } from './html.ts'
import { orgName } from './orgs.ts'
import type { Reader } from './reader.ts'
import { isNumber, unitMark } from './values.ts'

// The form of a record, from its type's declaration. Works without a script.

export interface FormState {
  readonly type: RecordType
  readonly org: OrgUnit
  /** As they stand in the ledger; personal values masked. */
  readonly fields: Fields
  /** What was entered and refused, to be shown again. */
  readonly entered?: Form
  readonly problems: readonly Problem[]
}

const MOST_OFFERED = 400
const BLANK_ROWS = 3

export function fieldInputs(reader: Reader, state: FormState): Part {
  const names = Object.keys(state.type.fields).filter(name => !(name in state.type.computed))
  return names.map(name => labelled(reader, state, name, state.type.fields[name]!))
}

function labelled(reader: Reader, state: FormState, name: string, info: FieldInfo): Part {
  const { language } = reader
  if (info.kind === 'attachment') return null
  const problems = problemsOf(state.problems, name)
  const required = isRequired(state.type.schema.shape[name]!)
  const id = `f-${name}`
  const title = html`${info.title[language]}${unitMark(info, language)}${required ? html`<span class="required" title="${language === 'zh' ? '必填' : 'required'}">*</span>` : null}`
  const wide = info.multiline || info.kind === 'rows' || info.kind === 'choices'
  const hints = html`${info.help ? html`<small>${info.help[language]}</small>` : null}${problems.map(problem => html`<small class="problem" role="alert">${problem[language]}</small>`)}`
  const group = info.kind === 'choices' || info.kind === 'rows' || info.kind === 'location'
  return group
    ? html`<fieldset class="field${wide ? ' wide' : ''}"><legend>${title}</legend>${input(reader, state, name, info, id, false)}${hints}</fieldset>`
    : html`<div class="field${wide ? ' wide' : ''}"><label for="${id}">${title}</label>${input(reader, state, name, info, id, required)}${hints}</div>`
}

/** Problems of a field, or of one of its rows: `payments[2].amount`. */
const problemsOf = (problems: readonly Problem[], name: string) =>
  problems.filter(({ field }) => field === name || field?.startsWith(`${name}[`) || field?.startsWith(`${name}.`))

function input(reader: Reader, state: FormState, name: string, info: FieldInfo, id: string, required: boolean): Html {
  const was = state.fields[name] ?? defaultOf(state.type, name)
  if (info.kind === 'rows') return rowInputs(reader, state, name, info, was)
  const said = (state.entered?.f as Form | undefined)?.[name]
  const value = state.entered ? said : asText(info, was)
  // The browser may ask for what the ledger needs, unless the value is there and only hidden.
  const must = required && info.kind !== 'personal'
  return control(reader, state.org, info, { id, name: `f[${name}]`, value, masked: was, required: must })
}

function defaultOf(type: RecordType, name: string): unknown {
  const found = z.safeParse(type.schema.shape[name]!, undefined)
  return found.success ? found.data : undefined
}

/** A stored value as its control holds it. */
function asText(info: FieldInfo, value: unknown): unknown {
  if (value === null || value === undefined || info.kind === 'personal') return ''
  if (typeof value === 'number' && isNumber(info)) return numberText(info, value)
  if (info.kind === 'boolean') return value ? 'yes' : 'no'
  if (info.kind === 'instant') {
    const shanghai = new Date(Date.parse(String(value)) + 8 * 3_600_000)
    return Number.isNaN(shanghai.getTime()) ? '' : shanghai.toISOString().slice(0, 16)
  }
  return value
}

interface Control {
  readonly id: string
  readonly name: string
  readonly value: unknown
  /** A personal value as it may be seen. */
  readonly masked?: unknown
  readonly required: boolean
}

function control(reader: Reader, org: OrgUnit, info: FieldInfo, { id, name, value, masked, required }: Control): Html {
  const { language } = reader
  const zh = language === 'zh'
  const must = required ? html` required` : null
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const option = (key: string, words: string, selected: boolean) =>
    html`<option value="${key}"${selected ? html` selected` : null}>${words}</option>`
  const blank = option('', zh ? '请选择' : 'choose', false)
  switch (info.kind) {
    case 'choice': {
      const offered = Object.entries(info.choices ?? {}).filter(([key, choice]) => !choice.retired || key === text)
      return html`<select id="${id}" name="${name}"${must}>${blank}${offered.map(([key, choice]) => option(key, choice[language], key === text))}</select>`
    }
    case 'choices': {
      const chosen = Array.isArray(value) ? value : [value]
      return html`<div class="checks">${Object.entries(info.choices ?? {}).map(
        ([key, choice]) =>
          html`<label><input type="checkbox" name="${name}" value="${key}"${chosen.includes(key) ? html` checked` : null}>${choice[language]}</label>`,
      )}</div>`
    }
    case 'boolean':
      return html`<select id="${id}" name="${name}"${must}>${blank}${option('yes', zh ? '是' : 'yes', text === 'yes')}${option('no', zh ? '否' : 'no', text === 'no')}</select>`
    case 'org':
      return orgControl(reader, org, info, id, name, text, must)
    case 'day':
      return html`<input id="${id}" name="${name}" type="date" value="${text}"${must}>`
    case 'instant':
      return html`<input id="${id}" name="${name}" type="datetime-local" value="${text}"${must}>`
    case 'location': {
      const { lon, lat } = (typeof value === 'object' && value !== null ? value : {}) as Form
      return html`<div class="pair"><input name="${name}[lon]" inputmode="decimal" aria-label="${zh ? '经度' : 'longitude'}" placeholder="${zh ? '经度' : 'longitude'}" value="${String(lon ?? '')}"><input name="${name}[lat]" inputmode="decimal" aria-label="${zh ? '纬度' : 'latitude'}" placeholder="${zh ? '纬度' : 'latitude'}" value="${String(lat ?? '')}"></div>`
    }
    case 'personal':
      return html`<input id="${id}" name="${name}" value="${text}" maxlength="${info.max}" autocomplete="off" placeholder="${typeof masked === 'string' ? masked : ''}"${must}>`
    default:
      if (isNumber(info))
        return html`<input id="${id}" name="${name}" class="number" inputmode="decimal" autocomplete="off" value="${text}"${must}>`
      if (info.multiline)
        return html`<textarea id="${id}" name="${name}" rows="${id.startsWith('r-') ? 1 : 3}" maxlength="${info.max}"${must}>${text}</textarea>`
      return html`<input id="${id}" name="${name}" value="${text}" maxlength="${info.max}" autocomplete="off"${must}>`
  }
}

/** Units of the wanted kind in the record's tree, grouped by what they stand under; the code, where there are too many. */
function orgControl(
  { ledger, caller, language }: Reader,
  org: OrgUnit,
  info: FieldInfo,
  id: string,
  name: string,
  value: string,
  must: Part,
): Html {
  const all = ledger.orgs.all().filter(unit => unit.root === org.root && (!info.orgKind || unit.kind === info.orgKind))
  const near = all.filter(unit => unit.path.startsWith(org.path))
  const readable = all.filter(unit => caller && may(caller.actor, 'read', unit.path))
  const offered = [near, readable].find(units => units.length > 0 && units.length <= MOST_OFFERED)
  if (!offered || (value !== '' && !offered.some(unit => unit.code === value)))
    return html`<input id="${id}" name="${name}" value="${value}" maxlength="64" placeholder="${language === 'zh' ? '单位代码' : 'code of the unit'}"${must}>`
  const groups = new Map<number, OrgUnit[]>()
  for (const unit of offered) {
    const parent = unit.spans.at(-1)?.parent ?? 0
    groups.set(parent, [...(groups.get(parent) ?? []), unit])
  }
  return html`<select id="${id}" name="${name}"${must}><option value="">${language === 'zh' ? '请选择' : 'choose'}</option>${[
    ...groups,
  ].map(
    ([parent, units]) =>
      html`<optgroup label="${orgName(ledger.orgs.byId(parent) ?? org, language)}">${units.map(
        unit =>
          html`<option value="${unit.code}"${unit.code === value ? html` selected` : null}>${orgName(unit, language)}</option>`,
      )}</optgroup>`,
  )}</select>`
}

function rowInputs(reader: Reader, state: FormState, name: string, info: FieldInfo, was: unknown): Html {
  const { language } = reader
  const said = state.entered?.[`rows-${name}`]
  const stored = Array.isArray(was) ? (was as Form[]) : []
  const rows: readonly Form[] = state.entered ? Object.values((said ?? {}) as Record<string, Form>) : stored
  const fields = Object.entries(info.rows ?? {})
  const shown = [...rows, ...Array.from({ length: BLANK_ROWS }, (): Form => ({}))]
  return html`<div class="scroll"><table class="rows"><thead><tr>${fields.map(([, field]) => html`<th scope="col">${field.title[language]}${unitMark(field, language)}</th>`)}</tr></thead>
<tbody>${shown.map(
    (row, i) =>
      html`<tr>${fields.map(([key, field]) => {
        const value = state.entered ? row[key] : asText(field, row[key])
        return html`<td>${control(reader, state.org, field, { id: `r-${name}-${i}-${key}`, name: `rows-${name}[${i}][${key}]`, value, required: false })}</td>`
      })}</tr>`,
  )}</tbody></table></div>`
}
