import { z } from 'zod'
import type { OrgUnit } from '../../kernel/org/directory.ts'
import { permit } from '../../kernel/people/actor.ts'
import { change, confirm, create, sendBack, submit, voidRecord } from '../../kernel/records/records.ts'
import { type ShownRecord, showHistory, showRecord } from '../../kernel/records/show.ts'
import type { RecordType } from '../../kernel/records/type.ts'
import { undo } from '../../kernel/records/undo.ts'
import { typeNamed } from '../../kernel/registry.ts'
import { fail, ok, type Problem, type Result } from '../../kernel/result.ts'
import { type Call, page, redirect } from '../route.ts'
import * as shapes from '../shapes.ts'
import { listPage, newPage, recordPage } from './addresses.ts'
import { type FormState, fieldInputs } from './form.ts'
import { fieldsOf } from './form-values.ts'
import { type Html, html, type Part } from './html.ts'
import { layout, token } from './layout.ts'
import { orgName, ownUnit } from './orgs.ts'
import { type Reader, readerOf } from './reader.ts'
import { differenceOf, differenceTitle } from './values.ts'

// Forms that enter and change a record.

/** Fields of a form lie under `f` and `rows-…`; the record type reads them. */
const form = z.looseObject({
  version: z.coerce.number().int().optional(),
  state: z.string().max(60).optional(),
  similar: z.string().optional(),
  f: z.unknown().optional(),
})

export const recordEditPages = [
  page(
    {
      method: 'GET',
      path: '/types/:type/new',
      title: { zh: '录入', en: 'Enter a record' },
      may: { right: 'enter', at: 'org' },
      query: z.object({ org: shapes.orgCode.optional() }),
    },
    call => {
      const place = placeOf(call, call.params.type, call.query.org)
      if (!place.ok) return place
      return ok(entering(readerOf(call), { ...place.value, fields: {}, problems: [] }))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/types/:type/new',
      title: { zh: '录入', en: 'Enter a record' },
      may: { right: 'enter', at: 'org' },
      query: z.object({ org: shapes.orgCode.optional() }),
      body: form,
    },
    async call => {
      const { ledger, actor, params, query, body, reply } = call
      const place = placeOf(call, params.type, query.org)
      if (!place.ok) return place
      const { type, org } = place.value
      const fields = fieldsOf(type, body, {})
      const done = await create(
        ledger,
        actor,
        type.id,
        { org: org.code, fields },
        { allowSimilar: body.similar === 'yes' },
      )
      if (done.ok) return ok(redirect(recordPage(done.value.id)))
      reply.code(422)
      return ok(entering(readerOf(call), { type, org, fields: {}, entered: body, problems: done.problems }))
    },
  ),
  page(
    {
      method: 'GET',
      path: '/records/:record/edit',
      title: { zh: '修改记录', en: 'Change a record' },
      may: { right: 'enter', at: 'record' },
    },
    async call => {
      const found = await editable(call, call.params.record)
      if (!found.ok) return found
      const { type, org, shown } = found.value
      return ok(changing(readerOf(call), shown, { type, org, fields: shown.fields, problems: [] }))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/records/:record/edit',
      title: { zh: '修改记录', en: 'Change a record' },
      may: { right: 'enter', at: 'record' },
      body: form,
    },
    async call => {
      const { ledger, actor, params, body, reply } = call
      const found = await editable(call, params.record)
      if (!found.ok) return found
      const { type, org, shown } = found.value
      const done = await change(
        ledger,
        actor,
        params.record,
        {
          fields: fieldsOf(type, body, shown.fields),
          ...(body.state !== undefined && body.state !== shown.state ? { state: body.state } : {}),
        },
        { version: body.version ?? 0 },
      )
      if (done.ok) return ok(redirect(recordPage(params.record)))
      const stale = done.problems[0]?.code === 'record/stale'
      reply.code(stale ? 409 : 422)
      const meanwhile = stale ? await changesSince(call, type, params.record, body.version ?? 0) : null
      const state: FormState = { type, org, fields: shown.fields, entered: body, problems: done.problems }
      return ok(changing(readerOf(call), shown, state, meanwhile))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/records/:record/step',
      title: { zh: '提交、审核、退回、作废、撤销', en: 'Submit, confirm, return, void, undo' },
      may: { right: 'enter', at: 'record' },
      body: z.strictObject({
        step: z.enum(['submit', 'confirm', 'undo', 'return', 'void']),
        version: z.coerce.number().int(),
        reason: z.string().max(2000).optional(),
      }),
    },
    async ({ ledger, actor, params, body }) => {
      const { step, version, reason = '' } = body
      const options = { version }
      const done = await {
        submit: () => submit(ledger, actor, params.record, options),
        confirm: () => confirm(ledger, actor, params.record, options),
        undo: () => undo(ledger, actor, params.record, options),
        return: () => sendBack(ledger, actor, params.record, reason, options),
        void: () => voidRecord(ledger, actor, params.record, reason, options),
      }[step]()
      return done.ok ? ok(redirect(recordPage(params.record))) : done
    },
  ),
]

function placeOf(
  { ledger, actor }: Call,
  typeId: string,
  code: string | undefined,
): Result<{ type: RecordType; org: OrgUnit }> {
  const type = typeNamed(ledger.registry, typeId)
  if (!type.ok) return type
  const org = code === undefined ? ownUnit(ledger, actor, 'enter') : ledger.orgs.byCode(code)
  if (!org) return fail('org/unknown', { field: 'org', zh: '没有可以录入的单位', en: 'There is no unit to enter for' })
  const permitted = permit(actor, 'enter', org)
  return permitted.ok ? ok({ type: type.value, org }) : permitted
}

async function editable(
  { ledger, actor }: Call,
  id: string,
): Promise<Result<{ type: RecordType; org: OrgUnit; shown: ShownRecord }>> {
  const shown = await showRecord(ledger, actor, id)
  if (!shown.ok) return shown
  const type = typeNamed(ledger.registry, shown.value.type)
  if (!type.ok) return type
  const org = ledger.orgs.byCode(shown.value.org)!
  const permitted = permit(actor, 'enter', org)
  return permitted.ok ? ok({ type: type.value, org, shown: shown.value }) : permitted
}

/** What others changed since the version a form was made from. */
async function changesSince(call: Call, type: RecordType, id: string, version: number): Promise<Part> {
  const { ledger, actor, language } = call
  const versions = await showHistory(ledger, actor, id)
  if (!versions.ok) return null
  const reader = readerOf(call)
  return html`<dl class="differences">${versions.value
    .filter(one => one.version > version)
    .flatMap(one => one.differences)
    .map(
      one =>
        html`<div><dt>${differenceTitle(type, one.field, language)}</dt><dd><del>${differenceOf(reader, type, one.field, one.before)}</del> → <ins>${differenceOf(reader, type, one.field, one.after)}</ins></dd></div>`,
    )}</dl>`
}

function entering(reader: Reader, state: FormState): Html {
  const { language } = reader
  const { type, org } = state
  const zh = language === 'zh'
  const title = zh ? `录入${type.title.zh}` : `Enter: ${type.title.en}`
  const similar = state.problems.find(problem => problem.code === 'record/similar')
  return layout(
    reader,
    title,
    html`<p class="crumbs"><a href="${listPage(type.id, { org: org.code })}">${type.title[language]}</a></p>
<h1>${title}<span class="of">${orgName(org, language)}</span></h1>
${refusals(reader, type, state.problems)}
<form class="record" method="post" action="${newPage(type.id, org.code)}">${token(reader)}
<div class="grid">${fieldInputs(reader, state)}</div>
${
  similar
    ? html`<p>${similarLinks(similar)}</p><label class="check"><input type="checkbox" name="similar" value="yes">${zh ? '不是同一件事，仍要保存' : 'It is not the same: save all the same'}</label>`
    : null
}
<p class="actions"><button class="primary">${zh ? '保存' : 'Save'}</button><a href="${listPage(type.id, { org: org.code })}">${zh ? '取消' : 'Cancel'}</a></p>
</form>`,
  )
}

const similarLinks = ({ records }: Problem): Part =>
  Array.isArray(records)
    ? records
        .slice(0, 5)
        .map(
          id => html`<a href="${recordPage(String(id))}" target="_blank" rel="noopener">…${String(id).slice(-6)}</a> `,
        )
    : null

function changing(reader: Reader, shown: ShownRecord, state: FormState, meanwhile: Part = null): Html {
  const { language } = reader
  const { type } = state
  const zh = language === 'zh'
  const title = zh ? `修改${type.title.zh}` : `Change: ${type.title.en}`
  const states = [shown.state, ...shown.may.states]
  return layout(
    reader,
    title,
    html`<p class="crumbs"><a href="${recordPage(shown.id)}">${type.title[language]} …${shown.id.slice(-6)}</a></p>
<h1>${title}<span class="of">${shown.orgName} · ${shown.day}</span></h1>
${refusals(reader, type, state.problems)}
${meanwhile ? html`<section class="notice"><h2>${zh ? '别人刚做的修改' : 'What was changed meanwhile'}</h2>${meanwhile}<p>${zh ? '下面是您填写的内容；核对后再保存，会以您的内容为准。' : 'Below is what you entered; compare, and save again to have it as you say.'}</p></section>` : null}
<form class="record" method="post" action="${recordPage(shown.id)}/edit">${token(reader)}
<input type="hidden" name="version" value="${shown.version}">
<div class="grid">${fieldInputs(reader, state)}
${
  states.length > 1
    ? html`<div class="field"><label for="state">${zh ? '办理状态' : 'State'}</label><select id="state" name="state">${states.map(name => html`<option value="${name}"${name === (state.entered?.state ?? shown.state) ? html` selected` : null}>${type.stateTitles[name]?.[language] ?? name}</option>`)}</select></div>`
    : null
}</div>
<p class="actions"><button class="primary">${zh ? '保存' : 'Save'}</button><a href="${recordPage(shown.id)}">${zh ? '取消' : 'Cancel'}</a></p>
</form>`,
  )
}

/** Problems that no field of the form shows by itself. */
function refusals({ language }: Reader, type: RecordType, problems: readonly Problem[]): Part {
  if (problems.length === 0) return null
  return html`<ul class="problems" role="alert">${problems.map(problem => {
    const name = problem.field?.split(/[.[]/)[0] ?? ''
    return html`<li>${name in type.fields ? html`<a href="#f-${name}">${problem[language]}</a>` : problem[language]}</li>`
  })}</ul>`
}
