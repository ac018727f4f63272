import { z } from 'zod'
import { type Checkpoint, checkpoints, latestCheckpoint } from '../../kernel/journal/checkpoint.ts'
import { type EntryPage, type ListedEntry, listEntries } from '../../kernel/journal/list.ts'
import { type EntryProof, proofOfEntry } from '../../kernel/journal/proofs.ts'
import { fail, ok } from '../../kernel/result.ts'
import { API, page } from '../route.ts'
import * as shapes from '../shapes.ts'
import { address, entryPage, homePage, recordPage, reportPage } from './addresses.ts'
import { type Html, html, type Part } from './html.ts'
import { layout, token } from './layout.ts'
import { nameOfCode } from './orgs.ts'
import { type Reader, readerOf } from './reader.ts'
import { actionWords, clockTime } from './words.ts'

// The journal for auditors: what was done, and that nothing was altered since.

interface Asked {
  readonly org?: string
  readonly action?: string
  readonly subject?: string
  readonly text?: string
  readonly after?: string
}

export const journalPages = [
  page(
    {
      method: 'GET',
      path: '/journal',
      title: { zh: '流水', en: 'Journal' },
      may: { right: 'journal', at: 'org' },
      query: z.object({
        org: shapes.orgCode.optional(),
        action: z.string().max(60).optional(),
        subject: z.string().max(200).optional(),
        text: z.string().max(100).optional(),
        after: shapes.cursor.optional(),
      }),
    },
    async call => {
      const { ledger, actor } = call
      const asked: Asked = Object.fromEntries(Object.entries(call.query).filter(([, value]) => value !== ''))
      const found = await listEntries(ledger, actor, asked)
      if (!found.ok) return found
      return ok(list(readerOf(call), asked, found.value, await newestCheckpoints(ledger)))
    },
  ),
  page(
    {
      method: 'GET',
      path: '/journal/:entry',
      title: { zh: '一条流水的证明', en: 'Proof of an entry' },
      may: { right: 'journal', at: 'entry' },
    },
    async call => {
      const { ledger, actor, params } = call
      const seq = Number(params.entry)
      const proof = await proofOfEntry(ledger, actor, seq)
      if (proof.ok) return ok(proven(readerOf(call), proof.value))
      // Not sealed yet: it can be read all the same, without its proof.
      if (proof.problems[0]?.code !== 'journal/unsealed') return proof
      const found = await listEntries(ledger, actor, { after: String(seq + 1), limit: 1 })
      const entry = found.ok ? found.value.entries.find(one => one.seq === seq) : undefined
      return entry
        ? ok(unsealed(readerOf(call), entry))
        : fail('journal/unknown', { seq, zh: '没有这条流水', en: 'There is no such journal entry' })
    },
  ),
]

const SHOWN_CHECKPOINTS = 5

async function newestCheckpoints(ledger: Reader['ledger']): Promise<readonly Checkpoint[]> {
  const last = await latestCheckpoint(ledger)
  if (!last) return []
  const found = await checkpoints(ledger, {
    after: Math.max(0, last.number - SHOWN_CHECKPOINTS),
    limit: SHOWN_CHECKPOINTS,
  })
  return [...found].reverse()
}

function list(reader: Reader, asked: Asked, { entries, next }: EntryPage, sealed: readonly Checkpoint[]): Html {
  const { language, ledger } = reader
  const zh = language === 'zh'
  const { after, ...narrowing } = asked
  return layout(
    reader,
    zh ? '流水' : 'Journal',
    html`<h1>${zh ? '流水' : 'Journal'}</h1>
<section><h2>${zh ? '检查点' : 'Checkpoints'}</h2>${
      sealed.length === 0
        ? html`<p class="empty">${zh ? '还没有检查点。' : 'There is no checkpoint yet.'}</p>`
        : html`<div class="scroll"><table><thead><tr><th scope="col" class="number">${zh ? '编号' : 'Number'}</th><th scope="col">${zh ? '时间' : 'When'}</th><th scope="col" class="number">${zh ? '条数' : 'Entries'}</th><th scope="col">${zh ? '根散列' : 'Root'}</th><th scope="col">${zh ? '签名钥' : 'Key'}</th></tr></thead><tbody>${sealed.map(
            one =>
              html`<tr><td class="number">${one.number}</td><td class="nowrap">${clockTime(one.at)}</td><td class="number">${one.size.toLocaleString('en')}</td><td><code class="long">${one.root}</code></td><td><code>${one.key}</code></td></tr>`,
          )}</tbody></table></div><p class="quiet">${zh ? '抄下任何一个检查点，以后都能凭它查出流水是否被改过。' : 'Whoever keeps a copy of a checkpoint can tell later whether the journal was altered.'} <a href="${API}/checkpoints">JSON</a></p>`
    }<form method="post" action="/verifications">${token(reader)}<button>${zh ? '核验整个台账' : 'Verify the whole ledger'}</button></form></section>
<form class="inline" method="get"><label>${zh ? '单位代码' : 'Org unit'}<input name="org" value="${asked.org}" size="12" maxlength="64"></label><label>${zh ? '操作' : 'Action'}<input name="action" value="${asked.action}" size="14" maxlength="60" placeholder="change"></label><label>${zh ? '查找' : 'Search'}<input name="text" value="${asked.text}" size="16" maxlength="100"></label><button>${zh ? '筛选' : 'Show'}</button></form>
<section><h2>${zh ? '记载' : 'Entries'}</h2>${
      entries.length === 0
        ? html`<p class="empty">${zh ? '没有符合条件的流水。' : 'No entry fits.'}</p>`
        : html`<div class="scroll"><table><thead><tr><th scope="col" class="number">${zh ? '流水号' : 'Entry'}</th><th scope="col">${zh ? '时间' : 'When'}</th><th scope="col">${zh ? '何人' : 'Who'}</th><th scope="col">${zh ? '做了什么' : 'What'}</th><th scope="col">${zh ? '对象' : 'Of what'}</th><th scope="col">${zh ? '单位' : 'Org unit'}</th><th scope="col">${zh ? '从何处' : 'From'}</th></tr></thead><tbody>${entries.map(
            entry =>
              html`<tr><td class="number"><a href="${entryPage(entry.seq)}">${entry.seq}</a></td><td class="nowrap">${clockTime(entry.at)}</td><td>${entry.actorName ?? (zh ? '系统' : 'the system')}</td><td>${actionWords(entry.action, language)}</td><td>${subject(reader, entry)}</td><td>${entry.org ? nameOfCode(ledger, entry.org, language) : null}</td><td class="quiet">${entry.from}</td></tr>`,
          )}</tbody></table></div>`
    }</section>
<p class="pages">${after ? html`<a href="${address('/journal', narrowing)}">${zh ? '回到第一页' : 'First page'}</a>` : null}${next ? html`<a rel="next" href="${address('/journal', { ...narrowing, after: next })}">${zh ? '下一页' : 'Next page'}</a>` : null}</p>`,
    { wide: true },
  )
}

function subject({ ledger, language }: Reader, { subject, type }: Pick<ListedEntry, 'subject' | 'type'>): Part {
  const [kind = '', id = ''] = subject.split(/:(.*)/s)
  const title = type === undefined ? undefined : ledger.registry.types.get(type)?.title[language]
  if (kind === 'record') return html`<a href="${recordPage(id)}">${title ?? kind} …${id.slice(-6)}</a>`
  if (kind === 'report')
    return html`<a href="${reportPage(id)}">${language === 'zh' ? '总结' : 'report'} …${id.slice(-6)}</a>`
  if (kind === 'org') return html`<a href="${homePage(id)}">${nameOfCode(ledger, id, language)}</a>`
  return `${kind} …${id.slice(-6)}`
}

function proven(reader: Reader, proof: EntryProof): Html {
  const zh = reader.language === 'zh'
  const { path, checkpoint, seq } = proof
  return layout(
    reader,
    `${zh ? '流水' : 'Entry'} ${seq}`,
    html`<p class="crumbs"><a href="/journal">${zh ? '流水' : 'Journal'}</a></p>
<h1>${zh ? `第 ${seq} 号流水` : `Entry ${seq}`}<span class="of"><span class="sealed">${zh ? '已封存' : 'sealed'}</span> ${zh ? `第 ${proof.index + 1} 条，共 ${proof.size} 条` : `leaf ${proof.index + 1} of ${proof.size}`}</span></h1>
<section><h2>${zh ? '原文' : 'The entry'}</h2><pre>${proof.entry}</pre></section>
<section><h2>${zh ? '证明' : 'Its proof'}</h2><p>${zh ? '叶散列是 SHA-256(0x00‖原文)；依次与下列散列相合，得到检查点的根散列（RFC 6962）。检查点以 Ed25519 签名。' : 'The leaf is SHA-256(0x00‖entry); joined with the hashes below in turn it gives the root of the checkpoint (RFC 6962), which is signed with Ed25519.'}</p>
<ol class="hashes">${path.map(hash => html`<li><code class="long">${hash}</code></li>`)}</ol>
<h3>${zh ? '检查点' : 'Checkpoint'}</h3><pre>${checkpoint.body}</pre><p>${zh ? '签名' : 'Signature'} <code class="long">${checkpoint.signature}</code></p>
<h3>${zh ? '公钥' : 'Public key'}</h3><pre>${proof.publicKey}</pre>
<p><a class="button" href="${API}/journal/${seq}/proof" download="proof-${seq}.json">${zh ? '下载证明' : 'Download the proof'}</a> <span class="quiet">docs/verify-proof.mjs</span></p></section>`,
  )
}

function unsealed(reader: Reader, { actorName: _, seq, ...entry }: ListedEntry): Html {
  const zh = reader.language === 'zh'
  return layout(
    reader,
    `${zh ? '流水' : 'Entry'} ${seq}`,
    html`<p class="crumbs"><a href="/journal">${zh ? '流水' : 'Journal'}</a></p>
<h1>${zh ? `第 ${seq} 号流水` : `Entry ${seq}`}<span class="of"><span class="waiting">${zh ? '待封存（一分钟以内）' : 'to be sealed within a minute'}</span></span></h1>
<pre>${JSON.stringify(entry, null, 2)}</pre>`,
  )
}
