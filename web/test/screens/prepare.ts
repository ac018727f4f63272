import sharp from 'sharp'
import { DEMO_PASSWORD } from '../../../demo/people.ts'

// What the pictures need in the demonstration beyond what it brings: a draft, an issued report, a public page, evidence.

export interface Prepared {
  readonly draft: string
  readonly issued: string
  /** An answered call with a picture as evidence. */
  readonly call: string
}

type Ask = (method: string, path: string, body?: unknown) => Promise<{ id: string }>

/** @param base of a served demonstration, such as `http://127.0.0.1:7300` */
export async function prepare(base: string): Promise<Prepared> {
  const clerk = await signedIn(base, 'kja-clerk')
  const manager = await signedIn(base, 'kja-manager')
  const call = await clerk('POST', '/types/hotline.call/records?allowSimilar=true', {
    org: 'KJ-A-04',
    state: 'answered',
    fields: {
      receivedOn: '2024-11-18',
      caller: '陈大明',
      phone: '13800138000',
      topic: 'pest',
      crop: 'rice',
      question: '晚稻叶片发黄卷曲，叶背有小飞虫，是不是稻飞虱？',
      answer: '是褐飞虱。傍晚用吡蚜酮对水喷稻丛基部，田间留浅水层；七天后再看一次，不见减少再补一次。',
      responseMinutes: 12,
      served: 3,
    },
  })
  const picture = new FormData()
  picture.set('file', new Blob([new Uint8Array(await leaf())], { type: 'image/png' }), '稻叶.png')
  await clerk('POST', `/records/${call.id}/evidence`, picture)
  const annual = { template: 'annual-summary', org: 'KJ-A', period: '2024' }
  const { id: issued } = await manager('POST', '/reports', annual)
  await manager('POST', `/reports/${issued}/issue`, { number: '示科管〔2024〕12号' })
  const { id: draft } = await manager('POST', '/reports', { ...annual, period: '2024-H1' })
  for (const indicator of ['hotline.calls', 'hotline.people-served', 'training.sessions', 'training.people'])
    await manager('POST', '/orgs/KJ-A/disclosures', { indicator, period: '2024' })
  await manager('POST', '/orgs/KJ-A/disclosures', { report: issued })
  return { draft, issued, call: call.id }
}

async function signedIn(base: string, login: string): Promise<Ask> {
  const session = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: DEMO_PASSWORD }),
  })
  const cookie = session.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  const { csrf } = (await session.json()) as { csrf: string }
  return async (method, path, body) => {
    const isForm = body instanceof FormData
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        'x-csrf-token': csrf,
        'idempotency-key': crypto.randomUUID(),
        ...(isForm ? {} : { 'content-type': 'application/json' }),
      },
      body: isForm ? body : JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as { id: string }
  }
}

/** A yellowing leaf, drawn: nobody's photograph. */
const leaf = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420">
      <rect width="640" height="420" fill="#6b7f57"/>
      <path d="M40 330Q300 40 610 90Q420 330 40 330Z" fill="#c9b84a"/>
      <path d="M40 330Q330 210 610 90" stroke="#8f7d28" stroke-width="6" fill="none"/>
      <g fill="#4a3b20"><circle cx="300" cy="210" r="6"/><circle cx="352" cy="170" r="5"/><circle cx="404" cy="196" r="6"/></g>
    </svg>`),
  )
    .png()
    .toBuffer()
