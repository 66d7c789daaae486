import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Context } from 'hono'
import type { HttpApp, HttpVariables } from './module.ts'

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}
/** Pages with a light entry of their own; every other address is the app's. */
const LIGHT_PAGES: [pages: RegExp, entry: string][] = [
  [/^\/(sign-in|set-up|invitation|reset-password)(\/|$)/, '/sign-in.html'],
  [/^\/(p\/|guest$)/, '/portal.html'],
]

interface WebFile {
  plain: Buffer
  brotli: Buffer | null
  mediaType: string
}

/** Serves the built web app from memory. Files with a content hash in their name never change. */
export function serveWeb(app: HttpApp, folder: string): void {
  const files = readFiles(folder)
  app.get('*', (context) => {
    const found = files.get(context.req.path)
    if (found && !context.req.path.endsWith('.html')) return sendFile(context, found)
    if (context.req.path.startsWith('/assets/') || context.req.path.startsWith('/api/'))
      return context.json({ code: 'not-found', params: {} }, 404)
    const entry = LIGHT_PAGES.find(([pages]) => pages.test(context.req.path))?.[1] ?? '/index.html'
    const page = files.get(entry)
    if (!page) return context.text('The web app is not built. Run: npm run build', 503)
    return sendPage(context, page)
  })
}

function sendFile(context: Context<HttpVariables>, file: WebFile) {
  const brotli = file.brotli !== null && (context.req.header('accept-encoding') ?? '').includes('br')
  context.header('content-type', file.mediaType)
  context.header('vary', 'accept-encoding')
  context.header(
    'cache-control',
    context.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
  if (brotli) context.header('content-encoding', 'br')
  return context.body(new Uint8Array(brotli && file.brotli ? file.brotli : file.plain))
}

function sendPage(context: Context<HttpVariables>, page: WebFile) {
  context.header('cache-control', 'no-store')
  return context.html(page.plain.toString('utf8').replaceAll('__NONCE__', context.get('nonce')))
}

function readFiles(folder: string): Map<string, WebFile> {
  const files = new Map<string, WebFile>()
  const names = (() => {
    try {
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    } catch {
      return []
    }
  })()
  for (const name of names) {
    const full = path.join(folder, name)
    if (name.endsWith('.br') || statSync(full).isDirectory()) continue
    const brotli = names.includes(`${name}.br`) ? readFileSync(`${full}.br`) : null
    files.set(`/${name.split(path.sep).join('/')}`, {
      plain: readFileSync(full),
      brotli,
      mediaType: MEDIA_TYPES[path.extname(name)] ?? 'application/octet-stream',
    })
  }
  return files
}
