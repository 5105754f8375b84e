import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** The page. The engine serves it at `/`; the node side is not bundled, see scripts/build.ts. */
export default defineConfig({
  root: path('./renderer'),
  base: '/',
  plugins: [vue()],
  build: {
    outDir: path('./dist/renderer'),
    emptyOutDir: true,
    // Electron and every browser that is kept up to date; nothing has to be rewritten for older ones.
    target: 'es2023',
    // The page's policy forbids data: fonts, and one file more costs nothing on the loopback.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
})
