import { Hono } from 'hono'
import { blobHeaders } from './atproto/routes.ts'
import { parentOf, type Views } from './atproto/views.ts'
import { filmResponse } from './film-pages.ts'
import { type Html, html, pageResponse } from './html.ts'
import { type Account, POST, type StoredRecord, uriOf, type World } from './world.ts'

const POSTS_SHOWN = 60

/** What people see at a post's address, and the images in it: the twin's bsky.app and its CDN. */
export function networkPages(world: World, views: Views): Hono {
  const app = new Hono()

  app.get('/profile/:actor', (c) => {
    const account = world.accountOf(c.req.param('actor'))
    if (account?.status !== 'active') return gone('This account is not here any more.')
    const posts = world.visiblePosts().filter((record) => record.did === account.did)
    const body = html`<header><h1>${account.name}</h1><p>@${account.handle} · ${account.followers} followers</p><p>${account.bio}</p></header>
${posts.slice(0, POSTS_SHOWN).map((record) => postHtml(world, record))}`
    return pageResponse({ title: `${account.name} (@${account.handle})`, body })
  })

  app.get('/profile/:actor/post/:rkey', (c) => {
    const account = world.accountOf(c.req.param('actor'))
    const record = account && world.visibleRecord(uriOf(account.did, POST, c.req.param('rkey')))
    if (!account || !record) return gone('This post is not here any more.')
    const above = ancestors(world, record).map((one) => postHtml(world, one))
    const below = views.repliesTo(record.uri).map((one) => postHtml(world, one))
    const title = `${account.name}: ${String(record.value.text).slice(0, 60)}`
    return pageResponse({ title, body: html`${above}${postHtml(world, record, 'here')}${below}` })
  })

  app.get('/img/:size/plain/:did/:cid', (c) => {
    const blob = world.blobs.get(c.req.param('cid').replace(/@\w+$/, ''))
    const account = world.accounts.get(c.req.param('did'))
    if (blob === undefined || account?.status !== 'active') return new Response('not found', { status: 404 })
    return new Response(Buffer.from(blob.bytes), {
      headers: { ...blobHeaders(blob.mediaType), 'cache-control': 'max-age=3600' },
    })
  })
  app.get('/watch/:did/:cid/:file{.+}', (c) => {
    const { did, cid, file } = c.req.param()
    if (world.blobs.get(cid)?.mediaType !== 'video/mp4' || world.accounts.get(did)?.status !== 'active')
      return new Response('not found', { status: 404 })
    return filmResponse(file)
  })
  return app
}

export function postHtml(world: World, record: StoredRecord, kind = ''): Html {
  const account = world.accounts.get(record.did) as Account
  const address = `/profile/${record.did}/post/${record.rkey}`
  const images = (
    (record.value.embed as { images?: { image: { ref: { $link: string } }; alt: string }[] })?.images ?? []
  ).map(
    ({ image, alt }) => html`<img src="/img/feed_fullsize/plain/${record.did}/${image.ref.$link}@jpeg" alt="${alt}">`,
  )
  return html`<article class="${kind}"><a href="/profile/${record.did}"><b>${account.name}</b></a> <span class="quiet">@${account.handle}</span>
<p>${String(record.value.text)}</p>${images}<a href="${address}"><time>${record.indexedAt.slice(0, 16).replace('T', ' ')} UTC</time></a></article>`
}

function ancestors(world: World, record: StoredRecord): StoredRecord[] {
  const chain: StoredRecord[] = []
  let uri = parentOf(record)
  while (uri !== null && chain.length < 80) {
    const parent = world.visibleRecord(uri)
    if (parent === undefined) break
    chain.unshift(parent)
    uri = parentOf(parent)
  }
  return chain
}

const gone = (text: string): Response => pageResponse({ title: 'Gone', body: html`<h1>${text}</h1>`, status: 404 })
