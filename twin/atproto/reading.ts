import { POST, type StoredRecord, type World } from '../world.ts'
import { invalidRequest } from './errors.ts'
import { newestFirst, page } from './paging.ts'
import { parentOf, type Views } from './views.ts'

type Json = Record<string, unknown>

/** app.bsky.*: what readers ask the AppView for. */
export interface Reading {
  world: World
  views: Views
}

export function getProfile({ world, views }: Reading, query: URLSearchParams): Json {
  const account = world.accountOf(query.get('actor') ?? '')
  if (account === undefined || account.status === 'deleted') throw invalidRequest('Profile not found')
  if (account.status === 'deactivated') throw invalidRequest('Account is deactivated', 'AccountDeactivated')
  if (account.status !== 'active') throw invalidRequest('Account has been suspended', 'AccountTakedown')
  return views.profileDetailed(account)
}

export function getProfiles({ world, views }: Reading, query: URLSearchParams): Json {
  const actors = query.getAll('actors')
  if (actors.length < 1 || actors.length > 25) throw invalidRequest('Error: actors must not have more than 25 elements')
  const accounts = actors.map((actor) => world.accountOf(actor)).filter((account) => account?.status === 'active')
  return { profiles: accounts.map((account) => views.profileDetailed(account as NonNullable<typeof account>)) }
}

export function listNotifications({ world, views }: Reading, did: string, query: URLSearchParams): Json {
  const reasons = query.getAll('reasons')
  const told = (world.notifications.get(did) ?? [])
    .filter((entry) => world.visibleRecord(entry.uri) && (reasons.length === 0 || reasons.includes(entry.reason)))
    .sort(newestFirst)
  const { entries, cursor } = page(told, query)
  const notifications = entries.map((entry) => {
    const { uri, cid, value, did: authorDid, indexedAt } = world.records.get(entry.uri) as StoredRecord
    const author = views.profile(world.accounts.get(authorDid) as NonNullable<ReturnType<World['accountOf']>>)
    const { reason, reasonSubject } = entry
    const subject = reasonSubject === null ? {} : { reasonSubject }
    return { uri, cid, author, reason, ...subject, record: value, isRead: false, indexedAt, labels: [] }
  })
  return { notifications, priority: false, ...(cursor === undefined ? {} : { cursor }) }
}

export function getAuthorFeed({ world, views }: Reading, query: URLSearchParams): Json {
  const account = world.accountOf(query.get('actor') ?? '')
  if (account?.status !== 'active') throw invalidRequest('Profile not found')
  const withReplies = query.get('filter') !== 'posts_no_replies'
  const own = world.visiblePosts().filter((one) => one.did === account.did && (withReplies || parentOf(one) === null))
  const { entries, cursor } = page(own, query)
  return { feed: entries.map((record) => ({ post: views.post(record) })), ...(cursor === undefined ? {} : { cursor }) }
}

export function getPosts({ world, views }: Reading, query: URLSearchParams): Json {
  const uris = query.getAll('uris')
  if (uris.length > 25) throw invalidRequest('Error: uris must not have more than 25 elements')
  const records = uris.map((uri) => world.visibleRecord(uri)).filter((record) => record !== undefined)
  return { posts: records.map((record) => views.post(record)) }
}

export function getPostThread(reading: Reading, query: URLSearchParams): Json {
  const uri = query.get('uri') ?? ''
  const record = reading.world.visibleRecord(uri)
  if (record === undefined || record.collection !== POST) throw invalidRequest(`Post not found: ${uri}`, 'NotFound')
  const depth = Math.min(Number(query.get('depth') ?? 6), 1_000)
  const height = Math.min(Number(query.get('parentHeight') ?? 80), 1_000)
  const parent = ancestors(reading, record, height)
  return { thread: { ...node(reading, record, depth), ...(parent === null ? {} : { parent }) } }
}

/** Case and accents do not matter, words may stand anywhere, a phrase in quotes must stand as it is. */
export function searchPosts({ world, views }: Reading, query: URLSearchParams): Json {
  const q = (query.get('q') ?? '').trim()
  if (q === '') throw invalidRequest('Error: Params must have the property "q"')
  const wanted = [...q.matchAll(/"([^"]+)"|(\S+)/g)].map((match) => folded(match[1] ?? match[2] ?? ''))
  const author = query.get('author')
  const lang = query.get('lang')
  const since = query.get('since') ?? ''
  const until = query.get('until') ?? '9999'
  const found = world.visiblePosts().filter((record) => {
    const text = folded(String(record.value.text))
    const langs = (record.value.langs as string[] | undefined) ?? []
    return (
      wanted.every((word) => text.includes(word)) &&
      (author === null || world.accountOf(author)?.did === record.did) &&
      (lang === null || langs.includes(lang)) &&
      record.indexedAt >= since &&
      record.indexedAt < until
    )
  })
  const { entries, cursor } = page(found, query)
  const hits = { hitsTotal: found.length }
  return { posts: entries.map((record) => views.post(record)), ...hits, ...(cursor === undefined ? {} : { cursor }) }
}

function node({ world, views }: Reading, record: StoredRecord, depth: number): Json {
  const replies = depth <= 0 ? [] : views.repliesTo(record.uri).map((reply) => node({ world, views }, reply, depth - 1))
  return { $type: 'app.bsky.feed.defs#threadViewPost', post: views.post(record), replies }
}

function ancestors(reading: Reading, record: StoredRecord, height: number): Json | null {
  const uri = parentOf(record)
  if (uri === null || height <= 0) return null
  const parent = reading.world.visibleRecord(uri)
  if (parent === undefined) return { $type: 'app.bsky.feed.defs#notFoundPost', uri, notFound: true }
  const above = ancestors(reading, parent, height - 1)
  return { ...node(reading, parent, 0), ...(above === null ? {} : { parent: above }) }
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
