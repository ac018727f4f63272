import { address } from '../kit/api.ts'

/** What entering needs to know although nobody has asked for it yet. */
const NEEDED = ['/types', '/domains', '/orgs']

/**
 * Starts the service worker where the browser allows one (over TLS, or on the machine itself). On the first visit it
 * comes after the page has asked the API; what it keeps for a time without connection is asked for once more.
 */
export function startWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const isFirst = navigator.serviceWorker.controller === null
  const start = async () => {
    try {
      await navigator.serviceWorker.register('/app/sw.js', { scope: '/app/' })
    } catch {
      // A browser in private mode has none; all goes on with a connection.
      return
    }
    if (!isFirst) return
    await navigator.serviceWorker.ready
    navigator.serviceWorker.addEventListener('controllerchange', () => void keepDeclared(), { once: true })
    if (navigator.serviceWorker.controller) void keepDeclared()
  }
  // After the first view is there, so that it waits for nothing.
  if (document.readyState === 'complete') void start()
  else addEventListener('load', () => void start(), { once: true })
}

/** Asks anew what the worker is to keep: after it has begun, and after somebody has signed in. */
export async function keepDeclared(): Promise<void> {
  if (!navigator.serviceWorker?.controller) return
  try {
    const session = (await (await fetch(address('/session'))).json()) as { me: unknown }
    // Nobody who has not signed in is told the rest.
    if (session.me) await Promise.all(NEEDED.map(path => fetch(address(path))))
  } catch {
    // There is no connection: what was kept before stays.
  }
}
