import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const WEB = path.resolve(import.meta.dirname, 'web')
const COMPRESSED = /\.(js|css|svg|json|webmanifest)$/
/** Below this the header costs more than the compression saves. */
const COMPRESSED_BYTES_MIN = 1024
const compress = promisify(brotliCompress)

/** Writes name.br beside each text file once, so that the server never compresses while somebody waits. */
const precompressed = (): Plugin => ({
  name: 'precompressed',
  apply: 'build',
  async writeBundle({ dir }) {
    if (!dir) return
    for (const name of await readdir(dir, { recursive: true })) {
      const file = path.join(dir, name)
      if (!COMPRESSED.test(name) || (await stat(file)).size < COMPRESSED_BYTES_MIN) continue
      const plain = await readFile(file)
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
      await writeFile(`${file}.br`, await compress(plain, { params }))
    }
  },
})

const pagesOf = (mode: string) =>
  mode === 'gallery' ? ['ui/gallery.html'] : ['index.html', 'sign-in.html', 'portal.html']
const server = `http://localhost:${process.env.PORT ?? 3000}`

/**
 * Three entries: the app, the light one for pages that are shown before anyone is known, and the customers' page. `--mode gallery` builds the
 * component gallery instead, which is never shipped. Style elements made at run time carry the nonce that the server
 * writes into the page (server/platform/web-files.ts).
 */
export default defineConfig(({ mode }) => ({
  root: WEB,
  plugins: [react(), precompressed()],
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: path.resolve(import.meta.dirname, mode === 'gallery' ? 'dist/gallery' : 'dist/web'),
    emptyOutDir: true,
    target: 'es2024',
    // Inlined files would be data: addresses, which the page's policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    // What counts is measured over the wire: scripts/check-bundle.mjs.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: pagesOf(mode).map((page) => path.join(WEB, page)),
      // What several screens share comes in few files: small ones compress badly and cost a request each.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'start',
              test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|use-sync-external-store|html-parse-stringify|void-elements)\/|web\/platform\/i18n/,
              priority: 2,
            },
            { name: 'shared', minShareCount: 13, test: /node_modules|web\/(ui|platform)/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    host: 'localhost',
    port: 5173,
    proxy: Object.fromEntries(['/rpc', '/api', '/live', '/media', '/files'].map((prefix) => [prefix, server])),
  },
}))
