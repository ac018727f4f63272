import type { Environment, Running, Service } from './declared.ts'
import type { Ledger } from './ledger.ts'
import type { Words } from './words.ts'

type Start = (ledger: Ledger, env: Environment, say: (words: Words) => void) => Promise<Running | null>

/**
 * What runs beside the API: a gateway for devices, reminders by mail.
 * @param start gets its settings from the environment (`YILU_…`); gives what stops it, or null without settings
 */
export const service = (id: string, title: Words, start: Start): Service => ({ id, title, start })

/** Starts services; when one cannot start, those before it are stopped. */
export async function startServices(
  services: readonly Service[],
  ledger: Ledger,
  env: Environment,
  say: (words: Words) => void,
): Promise<Running> {
  const running: Running[] = []
  const close = async () => {
    for (const one of running.reverse()) await one.close()
  }
  try {
    for (const one of services) {
      // Only `service` above makes them, of functions that take just these.
      const started = await (one.start as Start)(ledger, env, say)
      if (started) running.push(started)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}
