import { Hono } from 'hono'
import type { Messages } from '../messages.ts'
import type { World } from '../world.ts'
import * as chat from './chat.ts'
import { invalidRequest, XrpcFault } from './errors.ts'
import * as moderation from './moderation.ts'
import * as reading from './reading.ts'
import * as repo from './repo.ts'
import type { Tokens } from './tokens.ts'
import type { Views } from './views.ts'

type Json = Record<string, unknown>

/** /xrpc: a personal data server and an AppView in one, as much of them as a social client uses. */
export function xrpcRoutes(world: World, views: Views, tokens: Tokens, messages: Messages): Hono {
  const app = new Hono()
  const read = { world, views }
  const talk = { world, views, messages }
  const talking = <T>(work: (did: string) => T, request: Request): T => {
    chat.requireProxy(request)
    return work(tokens.didOf(request))
  }
  const queries: Record<string, (query: URLSearchParams, request: Request) => Json> = {
    'com.atproto.server.describeServer': () => ({ did: 'did:web:twin.test', availableUserDomains: ['.test'] }),
    'com.atproto.server.getSession': (_query, request) => ({ ...sessionOf(world, tokens.didOf(request)) }),
    'com.atproto.identity.resolveHandle': (query) => {
      const account = world.accountOf(query.get('handle') ?? '')
      if (account === undefined) throw invalidRequest('Unable to resolve handle', 'HandleNotFound')
      return { did: account.did }
    },
    'com.atproto.repo.getRecord': (query) => repo.getRecord(world, query),
    'com.atproto.repo.listRecords': (query) => repo.listRecords(world, query),
    'app.bsky.actor.getProfile': (query) => reading.getProfile(read, query),
    'app.bsky.actor.getProfiles': (query) => reading.getProfiles(read, query),
    'app.bsky.feed.getAuthorFeed': (query) => reading.getAuthorFeed(read, query),
    'app.bsky.feed.getPosts': (query) => reading.getPosts(read, query),
    'app.bsky.feed.getPostThread': (query) => reading.getPostThread(read, query),
    'app.bsky.feed.searchPosts': (query) => reading.searchPosts(read, query),
    'app.bsky.notification.listNotifications': (query, request) =>
      reading.listNotifications(read, tokens.didOf(request), query),
    'chat.bsky.convo.listConvos': (_query, request) => talking((did) => chat.listConvos(talk, did), request),
    'chat.bsky.convo.getConvoForMembers': (query, request) =>
      talking((did) => chat.getConvoForMembers(talk, did, query), request),
    'chat.bsky.convo.getMessages': (query, request) => talking((did) => chat.getMessages(talk, did, query), request),
    'chat.bsky.convo.getLog': (query, request) => talking((did) => chat.getLog(talk, did, query), request),
  }
  const procedures: Record<string, (body: Json, request: Request) => Json> = {
    'com.atproto.server.createSession': (body) => {
      const account = world.accountOf(String(body.identifier ?? '').replace(/^@/, ''))
      if (!account?.password || account.password !== body.password || account.status === 'deleted')
        throw new XrpcFault(401, 'AuthenticationRequired', 'Invalid identifier or password')
      if (account.status === 'takendown') throw new XrpcFault(401, 'AccountTakedown', 'Account has been taken down')
      return { ...sessionOf(world, account.did), ...tokens.issue(account.did) }
    },
    'com.atproto.server.refreshSession': (_body, request) => {
      const did = tokens.didOf(request, 'com.atproto.refresh')
      return { ...sessionOf(world, did), ...tokens.issue(did) }
    },
    'com.atproto.server.deleteSession': (_body, request) => {
      tokens.revoke(request)
      return {}
    },
    'com.atproto.repo.createRecord': (body, request) => repo.createRecord(world, tokens.didOf(request), body),
    'com.atproto.repo.putRecord': (body, request) => repo.putRecord(world, tokens.didOf(request), body),
    'com.atproto.repo.deleteRecord': (body, request) => repo.deleteRecord(world, tokens.didOf(request), body),
    'chat.bsky.convo.sendMessage': (body, request) => talking((did) => chat.sendMessage(talk, did, body), request),
    'app.bsky.graph.muteActor': (body, request) => moderation.mute(world, tokens.didOf(request), body, true),
    'app.bsky.graph.unmuteActor': (body, request) => moderation.mute(world, tokens.didOf(request), body, false),
    'com.atproto.moderation.createReport': (body, request) =>
      moderation.createReport(world, tokens.didOf(request), body),
  }

  app.get('/com.atproto.sync.getBlob', (c) => {
    const blob = world.blobs.get(c.req.query('cid') ?? '')
    if (blob === undefined) throw invalidRequest('Blob not found', 'BlobNotFound')
    return new Response(Buffer.from(blob.bytes), { headers: blobHeaders(blob.mediaType) })
  })
  app.post('/com.atproto.repo.uploadBlob', async (c) => {
    tokens.didOf(c.req.raw)
    const bytes = new Uint8Array(await c.req.raw.arrayBuffer())
    return c.json(repo.uploadBlob(world, bytes, c.req.header('content-type') ?? 'application/octet-stream'))
  })
  app.get('/:method', (c) => {
    const query = queries[c.req.param('method')]
    if (query === undefined) throw new XrpcFault(501, 'MethodNotImplemented', 'Method Not Implemented')
    return c.json(query(new URL(c.req.url).searchParams, c.req.raw))
  })
  app.post('/:method', async (c) => {
    const procedure = procedures[c.req.param('method')]
    if (procedure === undefined) throw new XrpcFault(501, 'MethodNotImplemented', 'Method Not Implemented')
    return c.json(procedure(await bodyOf(c.req.raw), c.req.raw))
  })
  app.onError((error, c) => {
    if (!(error instanceof XrpcFault)) throw error
    return c.json({ error: error.error, message: error.message }, error.status as 400)
  })
  return app
}

/** Stored bytes are anybody's: never to be run by a browser as a page of ours. */
export const blobHeaders = (mediaType: string): Record<string, string> => ({
  'content-type': /^image\/(png|jpeg|webp|gif)$/.test(mediaType) ? mediaType : 'application/octet-stream',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
})

function sessionOf(world: World, did: string): Json {
  const account = world.accounts.get(did)
  const active = account?.status === 'active'
  return { did, handle: account?.handle, emailConfirmed: true, active, ...(active ? {} : { status: account?.status }) }
}

async function bodyOf(request: Request): Promise<Json> {
  const text = await request.text()
  try {
    return text === '' ? {} : (JSON.parse(text) as Json)
  } catch {
    throw invalidRequest('Unable to parse request body')
  }
}
