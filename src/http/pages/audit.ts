import { z } from 'zod'
import type { Claim, Reading } from '../../kernel/claims/claim.ts'
import { readClaims } from '../../kernel/claims/read.ts'
import { ok } from '../../kernel/result.ts'
import { page } from '../route.ts'
import { LONGEST_TEXT } from '../routes/audit.ts'
import { type Html, html, type Part } from './html.ts'
import { layout, token } from './layout.ts'
import { type Reader, readerOf } from './reader.ts'

// Reading a text back: what it states as numbers, what does not add up, what was left blank.

const title = { zh: '核对文稿', en: 'Audit a text' }

export const auditPages = [
  page({ method: 'GET', path: '/audit', title, may: 'signed-in' }, call => ok(audit(readerOf(call), '', undefined))),
  page(
    {
      method: 'POST',
      path: '/audit',
      title,
      may: 'signed-in',
      body: z.strictObject({ text: z.string().max(LONGEST_TEXT) }),
      bodyLimit: 4 * 1024 * 1024,
      reads: true,
    },
    call => {
      const { text } = call.body
      return ok(audit(readerOf(call), text, text.trim() === '' ? undefined : readClaims(text)))
    },
  ),
]

const MOST_SHOWN = 500

function audit(reader: Reader, text: string, reading: Reading | undefined): Html {
  const { language } = reader
  const zh = language === 'zh'
  return layout(
    reader,
    title[language],
    html`<h1>${title[language]}</h1>
<form method="post" action="/audit">${token(reader)}<label for="text">${zh ? '粘贴总结的文字' : 'Paste the text of a report'}</label>
<textarea id="text" name="text" rows="${reading ? 6 : 14}" maxlength="${LONGEST_TEXT}">${text}</textarea>
<p class="actions"><button class="primary">${zh ? '核对' : 'Audit'}</button></p></form>
${reading ? result(reader, reading) : null}`,
  )
}

function result(reader: Reader, reading: Reading): Part {
  const zh = reader.language === 'zh'
  const { claims, blanks, identities } = reading
  const wrong = identities.filter(identity => !identity.holds)
  return html`<p class="value small">${zh ? `${claims.length} 个数字，${identities.length} 处关系（${wrong.length} 处不符），${blanks.length} 处空白` : `${claims.length} numbers, ${identities.length} identities (${wrong.length} do not hold), ${blanks.length} blanks`}</p>
<section><h2>${zh ? '原文' : 'The text'}</h2><div class="read">${marked(reading)}</div></section>
${
  identities.length > 0
    ? html`<section><h2>${zh ? '数字之间的关系' : 'What should add up'}</h2><ul>${identities.map(identity => html`<li class="${identity.holds ? 'holds' : 'problem'}">${identity.holds ? (zh ? '相符：' : 'holds: ') : zh ? '不符：' : 'does not hold: '}${identity.arithmetic}</li>`)}</ul></section>`
    : null
}
<section><h2>${zh ? '数字' : 'Numbers'}</h2><div class="scroll"><table><thead><tr><th scope="col">${zh ? '说的是' : 'Of what'}</th><th scope="col">${zh ? '原文' : 'As written'}</th><th scope="col" class="number">${zh ? '数值' : 'Value'}</th><th scope="col">${zh ? '单位' : 'Unit'}</th><th scope="col">${zh ? '期间' : 'Period'}</th></tr></thead><tbody>${claims.slice(0, MOST_SHOWN).map(row)}</tbody></table></div></section>`
}

const row = (claim: Claim): Part =>
  html`<tr><th scope="row">${claim.noun || '—'}</th><td>${claim.quote}</td><td class="number">${claim.normalized.toLocaleString('en', { maximumFractionDigits: 4 })}${claim.normalizedUpper === null ? null : `–${claim.normalizedUpper.toLocaleString('en', { maximumFractionDigits: 4 })}`}</td><td class="unit">${claim.base}</td><td class="nowrap">${claim.period}</td></tr>`

/** The text with numbers and blanks marked where they stand. */
function marked({ text, claims, blanks }: Reading): Part {
  const marks = [
    ...claims.map(({ start, end }) => ({ start, end, kind: 'number' })),
    ...blanks.map(({ start, end }) => ({ start, end, kind: 'blank' })),
  ].sort((a, b) => a.start - b.start)
  const parts: Part[] = []
  let at = 0
  for (const { start, end, kind } of marks) {
    if (start < at) continue
    parts.push(text.slice(at, start), html`<mark class="${kind}">${text.slice(start, end)}</mark>`)
    at = end
  }
  return [...parts, text.slice(at)]
}
