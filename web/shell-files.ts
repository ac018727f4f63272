import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'

/** Screens that are needed without a connection: what is entered there is kept and sent later. */
const OFFLINE = /\/screens\/(home|ledger|import|help)\/|\/offline\/|\/shell\//
/** Bar codes can be read without a connection too, but weigh more than all the rest: kept once they were read. */
const HEAVY = /\/scan\.tsx$/

/**
 * Tells the service worker which files of the build make up the application as it is needed without a connection. Their
 * names change with their content, so their list tells versions apart.
 */
export function shellFiles(): Plugin {
  return {
    name: 'yilu-shell-files',
    apply: 'build',
    generateBundle: {
      // After Vite has taken out chunks that were nothing but styles.
      order: 'post',
      async handler(_, bundle) {
        const worker = bundle['sw.js']
        if (worker?.type !== 'chunk') return
        const own = await readdir(fileURLToPath(new URL('public', import.meta.url)))
        const files = ['/app/', ...[...neededOf(bundle), ...own].sort().map(name => `/app/${name}`)]
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
        worker.code = worker.code
          .replace(/__SHELL_FILES__/g, JSON.stringify(files))
          .replace(/__SHELL_VERSION__/g, JSON.stringify(version))
      },
    },
  }
}

function neededOf(bundle: Rolldown.OutputBundle): Set<string> {
  const needed = new Set<string>()
  const take = (name: string) => {
    const chunk = bundle[name]
    if (needed.has(name) || chunk?.type !== 'chunk') return
    needed.add(name)
    for (const style of chunk.viteMetadata?.importedCss ?? []) needed.add(style)
    for (const imported of chunk.imports) take(imported)
  }
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type !== 'chunk' || name === 'sw.js') continue
    const of = chunk.facadeModuleId ?? ''
    if (chunk.isEntry || (OFFLINE.test(of) && !HEAVY.test(of))) take(name)
  }
  return needed
}
