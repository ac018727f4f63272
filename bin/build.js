import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// Makes dist/src and dist/demo, what an installed package runs: the sources as JavaScript, and beside them the files
// they read (migrations, figures of the demonstration). Types are checked by `npm run types`. `npm pack` calls this;
// tests make theirs elsewhere: node bin/build.js DIST

const top = fileURLToPath(new URL('..', import.meta.url))
const dist = resolve(process.argv[2] ?? join(top, 'dist'))
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

for (const folder of ['src', 'demo']) rmSync(join(dist, folder), { recursive: true, force: true })
execFileSync(process.execPath, [compiler, '-p', join(top, 'tsconfig.build.json'), '--outDir', dist], {
  stdio: 'inherit',
})
for (const folder of ['src', 'demo']) {
  cpSync(join(top, folder), join(dist, folder), {
    recursive: true,
    filter: path => !/\.tsx?$|\.test\./.test(path),
  })
}
if (!existsSync(join(dist, 'src', 'cli', 'main.js'))) throw new Error('dist/src/cli/main.js was not made')
