/** Pages of the twin are shown beside real ones: whatever people say in the story is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | null | undefined | Html | Html[]

export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    texts.reduce((whole, text, index) => whole + text + (index < parts.length ? shown(parts[index]) : ''), ''),
  )
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function shown(part: Part): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map((one) => one.text).join('')
  return escaped(String(part))
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8884;padding:.75rem 0}article.here{background:#8882}h1{font-size:1.4rem}p{margin:.5rem 0}header p,time,.quiet{color:light-dark(#666,#a8a8a8)}
img{max-width:100%;border-radius:.5rem}a{color:inherit}button{font:inherit;padding:.3rem .8rem}p{overflow-wrap:anywhere;white-space:pre-wrap}`

export interface Page {
  title: string
  body: Html
  head?: Html
  /** Origin whose images the page may show. */
  status?: number
}

/** No page runs a script except the start page, whose script is a file of its own. */
export function pageResponse({ title, body, head, status = 200 }: Page): Response {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<link rel="stylesheet" href="/_twin/page.css">${head}</head><body><main>${body}</main></body></html>`
  const policy =
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
  return new Response(page.text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    },
  })
}

export const styleResponse = (): Response => new Response(STYLE, { headers: { 'content-type': 'text/css' } })
