#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'

// A checkout runs the sources, an installed package what bin/build.js made of them.

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 12)) {
  process.stderr.write(
    `错误：需要 Node.js 20.12 或更新的版本，现为 ${process.versions.node}\n` +
      `Error: Node.js 20.12 or later is needed, this is ${process.versions.node}\n`,
  )
  process.exit(3)
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const sources = new URL('../src/cli/main.ts', import.meta.url)
const built = new URL('../dist/src/cli/main.js', import.meta.url)

const { main } = existsSync(sources) ? await fromSources() : await import(built.href)
process.exit(await main(process.argv.slice(2), { version }))

/** tsx reads TypeScript on every Node; where it was left out of the install, newer Nodes do so by themselves. */
async function fromSources() {
  const tsx = await import('tsx/esm/api').catch(() => undefined)
  tsx?.register()
  return import(sources.href)
}
