import { api, Refused, rememberCsrf } from '../kit/api.ts'
import type { Me } from '../kit/session.tsx'
import { forget, type Queued, update, waiting } from './queue.ts'

/** Refusals that say nothing of the entry: it is tried again as it is. 409 is also said of a request under way. */
const passing = ({ status, code }: Refused): boolean =>
  status === 0 ||
  status === 401 ||
  status === 429 ||
  status >= 500 ||
  code === 'csrf/refused' ||
  code === 'idempotency/in-progress'

interface Sent {
  readonly sent: number
  readonly refused: number
}

/**
 * Sends what a person has waiting here, in the order it was made. Stops where there is no connection; what the server
 * refuses stays, with its reasons, and the next is sent. One tab at a time, where the browser can say so: were two to
 * send the same entry, its key would still let it in only once.
 */
export const sync = (person: string): Promise<Sent> =>
  'locks' in navigator
    ? navigator.locks.request('yilu.sync', { ifAvailable: true }, lock => (lock ? send(person) : nothing))
    : send(person)

const nothing: Sent = { sent: 0, refused: 0 }

async function send(person: string): Promise<Sent> {
  const own = (await waiting()).filter(one => one.person === person && one.problems.length === 0)
  if (own.length === 0) return nothing
  let [sent, refused] = [0, 0]
  try {
    const { me } = await api<{ me: Me | null }>('/session')
    // Somebody else has signed in meanwhile, or nobody: entries go out under the name of who made them.
    if (me?.person !== person) return nothing
    rememberCsrf(me.csrf)
    for (const one of own) {
      if (await sendOne(one)) sent++
      else refused++
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  return { sent, refused }
}

/** @returns whether it is there now; false when it was refused. @throws Refused where it should be tried again */
async function sendOne(one: Queued): Promise<boolean> {
  const tried = { ...one, tries: one.tries + 1 }
  await update(tried)
  try {
    await attach(await save(tried))
    await forget(one.n)
    return true
  } catch (error) {
    if (!(error instanceof Refused) || passing(error)) throw error
    const now = (await waiting()).find(({ n }) => n === one.n) ?? tried
    await update({ ...now, problems: error.problems })
    return false
  }
}

/** The entry once its record is saved. */
async function save(one: Queued): Promise<Queued & { readonly record: string }> {
  if (one.kind === 'change') {
    await api(`/records/${one.record}`, {
      method: 'PATCH',
      ifMatch: one.version,
      key: one.key,
      body: { fields: one.fields, ...(one.state === undefined ? {} : { state: one.state }) },
    })
    return one
  }
  if (one.record !== undefined) return { ...one, record: one.record }
  const { org, fields, state, draft } = one
  const { id } = await api<{ id: string }>(`/types/${one.type}/records`, {
    key: one.key,
    query: { allowSimilar: one.allowSimilar },
    body: { org, fields, ...(state === undefined ? {} : { state }), ...(draft ? { draft } : {}) },
  })
  const saved = { ...one, record: id }
  if (saved.files.length > 0) await update(saved)
  return saved
}

/** Sends the files of a record. A repeat adds nothing: the ledger keeps the same file once. */
async function attach(one: Queued & { readonly record: string }): Promise<void> {
  let left = one
  for (const { name, content } of one.files) {
    const form = new FormData()
    form.set('file', content, name)
    await api(`/records/${one.record}/evidence`, { method: 'POST', form })
    left = { ...left, files: left.files.slice(1) }
    await update(left)
  }
}
