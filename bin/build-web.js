import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

// Builds the web application into dist/web, when its sources are newer than what is there. Two seconds at most.

const top = fileURLToPath(new URL('..', import.meta.url))
const out = join(top, 'dist', 'web')
const sources = ['web', 'src/kernel', 'src/domains', 'package-lock.json']
const compress = promisify(brotliCompress)

/** The newest change beneath a path, in milliseconds since 1970. */
async function newest(path) {
  const found = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  const names = await readdir(path)
  return Math.max(found.mtimeMs, ...(await Promise.all(names.map(name => newest(join(path, name))))))
}

async function isFresh() {
  const built = await stat(join(out, 'index.html')).catch(() => undefined)
  if (!built) return false
  const changed = await Promise.all(sources.map(source => newest(join(top, source))))
  return Math.max(...changed) < built.mtimeMs
}

/** Text files get a Brotli twin, so that none is compressed while somebody waits. */
async function precompress(folder) {
  const names = await readdir(folder, { recursive: true })
  await Promise.all(
    names
      .filter(name => /\.(m?js|css|html|svg|json|webmanifest)$/.test(name))
      .map(async name => {
        const content = await readFile(join(folder, name))
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
        await writeFile(join(folder, `${name}.br`), await compress(content, { params: quality }))
      }),
  )
}

if (!(await isFresh())) {
  process.env.NODE_ENV = 'production' // or Vite takes over what a test run says, and builds for development
  const { build } = await import('vite')
  // Built beside and put in place whole: several may build at once, and whoever serves never sees half of it.
  const fresh = `${out}-${process.pid}`
  try {
    await build({ configFile: join(top, 'web/vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } })
    await precompress(fresh)
    await rm(out, { recursive: true, force: true })
    // Whoever was quicker has built the same.
    await rename(fresh, out).catch(error => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}
