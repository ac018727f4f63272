import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { shellFiles } from './shell-files.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npm run web` develops against a `yilu serve` on 7300; `vite build` writes what `yilu serve` sends under /app/. */
export default defineConfig({
  root: here('.'),
  base: '/app/',
  plugins: [react(), shellFiles()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // Inlined files would need `data:` in the Content-Security-Policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { main: here('index.html'), sw: here('src/offline/worker.ts') },
      // A service worker keeps its name, or browsers would never ask for the next.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { port: 7301, proxy: { '/api': 'http://127.0.0.1:7300' } },
})
