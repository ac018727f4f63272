import { address } from '../kit/api.ts'

/** What entering needs to know although nobody has asked for it yet. */
const NEEDED = ['/session', '/types', '/domains', '/orgs']

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
    navigator.serviceWorker.addEventListener('controllerchange', keepDeclared, { once: true })
    if (navigator.serviceWorker.controller) keepDeclared()
  }
  // After the first view is there, so that it waits for nothing.
  if (document.readyState === 'complete') void start()
  else addEventListener('load', () => void start(), { once: true })
}

/** Asks anew what the worker is to keep: after it has begun, and after somebody has signed in. */
export function keepDeclared(): void {
  if (!navigator.serviceWorker?.controller) return
  for (const path of NEEDED) void fetch(address(path)).catch(() => undefined)
}
