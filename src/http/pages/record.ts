import { z } from 'zod'
import { removeEvidence } from '../../kernel/evidence/evidence.ts'
import { latestCheckpoint } from '../../kernel/journal/checkpoint.ts'
import { inclusionProofs } from '../../kernel/journal/proofs.ts'
import { may } from '../../kernel/people/actor.ts'
import { type ShownRecord, type ShownVersion, showHistory, showRecord } from '../../kernel/records/show.ts'
import type { RecordType } from '../../kernel/records/type.ts'
import { typeNamed } from '../../kernel/registry.ts'
import { ok } from '../../kernel/result.ts'
import { API, page, redirect } from '../route.ts'
import { attach } from '../routes/evidence.ts'
import { address, entryPage, homePage, listPage, recordPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout, token } from './layout.ts'
import { breadcrumbs } from './orgs.ts'
import { type Reader, readerOf } from './reader.ts'
import { statusWords } from './record-list.ts'
import { differenceOf, differenceTitle, unitMark, valueWords } from './values.ts'
import { actionWords, clockTime, shortHash } from './words.ts'

// One record: what it says, its evidence, who did what to it, and the proof of its latest entry.

interface Proof {
  readonly seq: number
  readonly hash: string | null
  readonly index: number | null
  readonly size: number | null
  readonly checkpoint: number | null
}

export const recordPages = [
  page(
    {
      method: 'GET',
      path: '/records/:record',
      title: { zh: '记录', en: 'A record' },
      may: { right: 'read', at: 'record' },
    },
    async call => {
      const { ledger, actor, params } = call
      const shown = await showRecord(ledger, actor, params.record)
      if (!shown.ok) return shown
      const type = typeNamed(ledger.registry, shown.value.type)
      if (!type.ok) return type
      const versions = await showHistory(ledger, actor, params.record)
      if (!versions.ok) return versions
      const { seq } = versions.value[0]!
      const [found] = seq === null ? [] : await inclusionProofs(ledger.store, [seq])
      const checkpoint = await latestCheckpoint(ledger)
      const proof = seq === null ? null : proofOf(seq, found ?? null, checkpoint?.number ?? null)
      return ok(record(readerOf(call), type.value, shown.value, versions.value, proof))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/records/:record/evidence',
      title: { zh: '添加佐证', en: 'Attach a file' },
      may: { right: 'enter', at: 'record' },
      body: 'multipart',
    },
    async call => {
      const attached = await attach(call, call.params.record)
      return attached.ok ? ok(redirect(recordPage(call.params.record))) : attached
    },
  ),
  page(
    {
      method: 'POST',
      path: '/records/:record/evidence/:file/remove',
      title: { zh: '取下佐证', en: 'Take a file off' },
      may: { right: 'enter', at: 'record' },
      body: z.strictObject({ reason: z.string().max(1000) }),
    },
    async ({ actor, body, ledger, params }) => {
      const done = await removeEvidence(ledger, actor, params.record, params.file, body.reason)
      return done.ok ? ok(redirect(recordPage(params.record))) : done
    },
  ),
]

const proofOf = (
  seq: number,
  found: { hash: string; index: number; size: number } | null,
  checkpoint: number | null,
): Proof => ({
  seq,
  hash: found?.hash ?? null,
  index: found?.index ?? null,
  size: found?.size ?? null,
  checkpoint: found ? checkpoint : null,
})

function record(
  reader: Reader,
  type: RecordType,
  shown: ShownRecord,
  versions: readonly ShownVersion[],
  proof: Proof | null,
): Html {
  const { language, ledger, caller } = reader
  const zh = language === 'zh'
  const unit = ledger.orgs.byCode(shown.org)!
  const year = shown.day.slice(0, 4)
  return layout(
    reader,
    `${type.title[language]} ${shown.day}`,
    html`${breadcrumbs(reader, unit, one => homePage(one.code, year))}
<h1>${type.title[language]}<span class="of">${shown.day} · ${statusWords(reader, type, shown)}</span></h1>
${shown.mergedInto ? html`<p class="notice">${zh ? '这条记录已并入' : 'Merged into'} <a href="${recordPage(shown.mergedInto)}">…${shown.mergedInto.slice(-6)}</a></p>` : null}
<p class="actions">${shown.may.change ? html`<a class="button primary" href="${recordPage(shown.id)}/edit">${zh ? '修改' : 'Change'}</a>` : null}<a class="button" href="${listPage(type.id, { org: shown.org })}">${zh ? '同类记录' : 'Others of its kind'}</a></p>
<dl class="fields">${Object.entries(type.fields).map(
      ([name, info]) =>
        html`<div${info.multiline || info.kind === 'rows' ? html` class="wide"` : null}><dt>${info.title[language]}${unitMark(info, language)}</dt><dd>${valueWords(reader, info, shown.fields[name])}</dd></div>`,
    )}
<div><dt>${zh ? '登记单位' : 'Org unit'}</dt><dd>${shown.orgName} <span class="quiet">${shown.org}</span></dd></div>
<div><dt>${zh ? '最后修改' : 'Last changed'}</dt><dd>${clockTime(shown.updatedAt)} ${shown.updatedByName ?? (zh ? '系统' : 'the system')}</dd></div></dl>
${steps(reader, shown)}
${evidence(reader, shown)}
${proofSection(reader, proof, caller !== undefined && may(caller.actor, 'journal', unit.path))}
${historySection(reader, type, versions)}`,
  )
}

function steps(reader: Reader, shown: ShownRecord): Part {
  const zh = reader.language === 'zh'
  const simple = (
    [
      ['submit', zh ? '提交' : 'Submit'],
      ['confirm', zh ? '审核通过' : 'Confirm'],
      ['undo', zh ? '撤销我的修改' : 'Undo my change'],
    ] as const
  ).filter(([name]) => shown.may[name])
  const reasoned = (
    [
      ['return', zh ? '退回' : 'Return'],
      ['void', zh ? '作废' : 'Void'],
    ] as const
  ).filter(([name]) => shown.may[name])
  if (simple.length + reasoned.length === 0) return null
  const at = html`${token(reader)}<input type="hidden" name="version" value="${shown.version}">`
  return html`<section class="steps no-print">${simple.map(
    ([name, words]) =>
      html`<form method="post" action="${recordPage(shown.id)}/step">${at}<input type="hidden" name="step" value="${name}"><button>${words}</button></form>`,
  )}${reasoned.map(
    ([name, words]) =>
      html`<details><summary>${words}</summary><form method="post" action="${recordPage(shown.id)}/step">${at}<input type="hidden" name="step" value="${name}"><label>${zh ? '原因' : 'Reason'}<input name="reason" maxlength="200" required></label><button>${words}</button></form></details>`,
  )}</section>`
}

const PICTURES = /^image\/(png|jpeg|gif|webp)$/

function evidence(reader: Reader, shown: ShownRecord): Part {
  const { language, caller } = reader
  const zh = language === 'zh'
  const removal = (sha256: string) =>
    html` <details class="no-print"><summary>${zh ? '取下' : 'Take off'}</summary><form class="inline" method="post" action="${recordPage(shown.id)}/evidence/${sha256}/remove">${token(reader)}<label>${zh ? '原因' : 'Reason'}<input name="reason" maxlength="200" required></label><button>${zh ? '取下' : 'Take off'}</button></form></details>`
  const sending = address(`${recordPage(shown.id)}/evidence`, { _csrf: caller?.session?.csrf })
  return html`<section><h2>${zh ? '佐证' : 'Evidence'}</h2>${
    shown.evidence.length === 0
      ? html`<p class="empty">${zh ? '没有附件。' : 'No file is attached.'}</p>`
      : html`<ul class="evidence">${shown.evidence.map(
          file =>
            html`<li>${PICTURES.test(file.mediaType) ? html`<a href="${API}/evidence/${file.sha256}"><img src="${API}/evidence/${file.sha256}/thumbnail" alt="" loading="lazy"></a>` : null}<a href="${API}/evidence/${file.sha256}">${file.name}</a> <span class="quiet">${file.mediaType} · ${Math.ceil(file.size / 1024).toLocaleString('en')} KB · ${clockTime(file.addedAt)}</span> <code title="${file.sha256}">${shortHash(file.sha256)}</code>${shown.may.change ? removal(file.sha256) : null}</li>`,
        )}</ul>`
  }${
    shown.may.change
      ? html`<form class="inline" method="post" enctype="multipart/form-data" action="${sending}"><label>${zh ? '添加佐证' : 'Attach a file'}<input type="file" name="file" required></label><button>${zh ? '上传' : 'Upload'}</button></form>`
      : null
  }</section>`
}

function proofSection({ language }: Reader, proof: Proof | null, readsJournal: boolean): Part {
  if (!proof) return null
  const zh = language === 'zh'
  const entry = readsJournal ? html`<a href="${entryPage(proof.seq)}">${proof.seq}</a>` : String(proof.seq)
  return html`<section><h2>${zh ? '流水和证明' : 'Journal and proof'}</h2><dl class="facts">
<div><dt>${zh ? '流水号' : 'Entry'}</dt><dd>${entry}</dd></div>
${
  proof.hash === null
    ? html`<div><dt>${zh ? '证明' : 'Proof'}</dt><dd><span class="waiting">${zh ? '待封存（一分钟以内）' : 'to be sealed within a minute'}</span></dd></div>`
    : html`<div><dt>${zh ? '证明' : 'Proof'}</dt><dd><span class="sealed">${zh ? '已封存' : 'sealed'}</span> ${zh ? `检查点 ${proof.checkpoint}，第 ${(proof.index ?? 0) + 1} 条，共 ${proof.size} 条` : `checkpoint ${proof.checkpoint}, leaf ${(proof.index ?? 0) + 1} of ${proof.size}`}</dd></div>
<div><dt>${zh ? '散列' : 'Hash'}</dt><dd><code class="long">${proof.hash}</code></dd></div>`
}</dl></section>`
}

function historySection(reader: Reader, type: RecordType, versions: readonly ShownVersion[]): Part {
  const { language } = reader
  const zh = language === 'zh'
  return html`<section><h2>${zh ? '历史' : 'History'}</h2><ol class="history" reversed>${versions.map(
    version =>
      html`<li><p><strong>${actionWords(version.action, language)}</strong> ${version.byName ?? (zh ? '系统' : 'the system')} <time datetime="${version.at}">${clockTime(version.at)}</time> <span class="quiet">${zh ? '第' : 'version '}${version.version}${zh ? '版' : ''}${typeof version.note === 'string' ? ` · ${version.note}` : ''}</span></p>${
        version.version > 1 && version.differences.length > 0
          ? html`<dl class="differences">${version.differences.map(
              one =>
                html`<div><dt>${differenceTitle(type, one.field, language)}</dt><dd><del>${differenceOf(reader, type, one.field, one.before)}</del> → <ins>${differenceOf(reader, type, one.field, one.after)}</ins></dd></div>`,
            )}</dl>`
          : null
      }</li>`,
  )}</ol></section>`
}
