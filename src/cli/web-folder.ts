import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the built web application lies, beside the sources or beside the built program; undefined when it was not built. */
export function webFolder(): string | undefined {
  return ['../../dist/web/', '../../web/']
    .map(path => fileURLToPath(new URL(path, import.meta.url)))
    .find(folder => existsSync(`${folder}assets`))
}
