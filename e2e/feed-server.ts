import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FeedEntry {
  id: string
  title: string
  text: string
  author: string
  at: Date
}

export interface FeedServer {
  /** A page that names its feed, as people paste it. */
  page: string
  feed: string
  /** Appears in the feed from the next request on. */
  publish(entry: FeedEntry): void
  requests(): number
  stop(): Promise<void>
}

/** A web site with an Atom feed on this machine: the outside world of a journey. */
export async function startFeedServer(title: string, entries: FeedEntry[]): Promise<FeedServer> {
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    if (request.url === '/feed.xml') {
      response.setHeader('content-type', 'application/atom+xml; charset=utf-8')
      response.end(atom(title, entries, base()))
    } else if (request.url === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(
        `<!doctype html><title>${escaped(title)}</title><link rel="alternate" type="application/atom+xml" href="/feed.xml">`,
      )
    } else {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    page: `${base()}/`,
    feed: `${base()}/feed.xml`,
    publish: (entry) => entries.unshift(entry),
    requests: () => requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const atom = (title: string, entries: FeedEntry[], base: string) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${escaped(title)}</title><id>${base}/</id><link href="${base}/"/><updated>${new Date().toISOString()}</updated>
${entries
  .map(
    ({ id, title: heading, text, author, at }) =>
      `<entry><id>${base}/${escaped(id)}</id><link href="${base}/${escaped(id)}"/><title>${escaped(heading)}</title>
<author><name>${escaped(author)}</name></author><published>${at.toISOString()}</published><updated>${at.toISOString()}</updated>
<content type="text">${escaped(text)}</content></entry>`,
  )
  .join('\n')}
</feed>`
