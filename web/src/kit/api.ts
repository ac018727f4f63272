/** What the API refused, in both languages; the same shape as the kernel's problems. */
export interface Problem {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly field?: string
  readonly [detail: string]: unknown
}

/** Thrown by `api`: the problem document of an answer that was not good. `status` 0: no connection. */
export class Refused extends Error {
  readonly status: number
  readonly problems: readonly Problem[]

  constructor(status: number, problems: readonly Problem[]) {
    super(problems[0]?.zh ?? String(status))
    this.name = 'Refused'
    this.status = status
    this.problems = problems
  }

  get code(): string {
    return this.problems[0]?.code ?? ''
  }
}

const OFFLINE: Problem = {
  code: 'client/offline',
  zh: '网络不通，请稍后再试',
  en: 'There is no connection; try again in a moment',
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  readonly body?: unknown
  /** A file to upload. */
  readonly form?: FormData
  /** The version a change is based on. */
  readonly ifMatch?: number
  /** The same for every try of one intention, so that a repeat adds nothing. */
  readonly key?: string
  readonly signal?: AbortSignal
}

/** Shown to the server with every change; known once someone is signed in. */
let csrf = ''
export const rememberCsrf = (token: string | null) => {
  csrf = token ?? ''
}

/** A key for one intention of the user. */
export const intention = (): string =>
  // Pages served without TLS, as within a county's own network, have no randomUUID.
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

export function address(path: string, query: Asked['query'] = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one))
  }
  const text = parameters.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

async function send(path: string, asked: Asked): Promise<Response> {
  const { method = asked.body === undefined && !asked.form ? 'GET' : 'POST', body, form, ifMatch, key } = asked
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET') {
    headers['x-csrf-token'] = csrf
    headers['idempotency-key'] = key ?? intention()
  }
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`
  const sent = form ?? (body === undefined ? undefined : JSON.stringify(body))
  try {
    return await fetch(address(path, asked.query), { method, headers, body: sent, signal: asked.signal })
  } catch (error) {
    if (asked.signal?.aborted) throw error
    throw new Refused(0, [OFFLINE])
  }
}

async function refusal(answer: Response): Promise<Refused> {
  const document: unknown = await answer.json().catch(() => undefined)
  const errors = (document as { errors?: Problem[] } | undefined)?.errors
  const unexpected = {
    code: `http/${answer.status}`,
    zh: '服务器没有正常答复',
    en: 'The server did not answer properly',
  }
  return new Refused(answer.status, errors?.length ? errors : [unexpected])
}

/** Asks the API. @throws Refused */
export async function api<T>(path: string, asked: Asked = {}): Promise<T> {
  const answer = await send(path, asked)
  if (!answer.ok) throw await refusal(answer)
  // What the answer holds is promised by the API's own declarations; this is the one place that takes its word.
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** Asks for a file and hands it to the browser under its name. @throws Refused */
export async function download(path: string, asked: Asked = {}): Promise<void> {
  const answer = await send(path, asked)
  if (!answer.ok) throw await refusal(answer)
  const disposition = answer.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const name = encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? 'download')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
