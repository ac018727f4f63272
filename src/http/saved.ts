import type { Committed } from '../kernel/records/commit.ts'
import { ok, type Result } from '../kernel/result.ts'
import { saveOnce } from './idempotency.ts'
import type { Call } from './route.ts'

/** The one record that a change saved, with the version that the next change has to name. */
export async function saved(call: Call, act: Parameters<typeof saveOnce>[1]): Promise<Result<Committed>> {
  const done = await saveOnce(call, act)
  if (!done.ok) return done
  const committed = done.value[0]!
  call.reply.header('etag', `"${committed.version}"`)
  return ok(committed)
}

/** What the kernel gives for one change, as saving once wants it. */
export const alone = async (done: Promise<Result<Committed>>): Promise<Result<readonly Committed[]>> => {
  const result = await done
  return result.ok ? ok([result.value]) : result
}
