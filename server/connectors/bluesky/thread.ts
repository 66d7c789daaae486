import { AppBskyFeedDefs, type AtpAgent } from '@atproto/api'
import type { HeardPost, PostReference } from '../connector.ts'
import { authorByProfile } from './author.ts'
import { FailureError } from './failure.ts'
import { readPost } from './record.ts'
import type { BlueskySettings } from './settings.ts'

/** Replies below the post asked for, and ancestors above it. */
const DEPTH = 12
const ANCESTORS = 80
const POSTS_MAX = 500

type Node = AppBskyFeedDefs.ThreadViewPost

/**
 * Reads the thread as it stands now, root first, then in order of time. A reply is read with its ancestors and, since
 * those leave out the other branches, the root's tree is read as well. Deleted and blocked posts are simply not there.
 */
export async function readThread(
  agent: AtpAgent,
  settings: BlueskySettings,
  post: PostReference,
  signal: AbortSignal,
): Promise<HeardPost[]> {
  const node = await threadAt(agent, post.externalId, signal)
  if (node === null) throw new FailureError({ name: 'gone', detail: 'the post is not there, or blocks this account' })
  const top = topOf(node)
  const tree = top === node ? null : await threadAt(agent, top.post.uri, signal)
  const views = new Map<string, AppBskyFeedDefs.PostView>()
  for (const start of [top, node, tree]) if (start !== null) gather(start, views)
  const posts = [...views.values()].map((view) => heard(view, agent, settings)).filter((one) => one !== null)
  const rank = (one: HeardPost): number => (one.externalId === top.post.uri ? 0 : 1)
  return posts.sort((one, other) => rank(one) - rank(other) || one.publishedAt.getTime() - other.publishedAt.getTime())
}

async function threadAt(agent: AtpAgent, uri: string, signal: AbortSignal): Promise<Node | null> {
  const { data } = await agent.getPostThread({ uri, depth: DEPTH, parentHeight: ANCESTORS }, { signal })
  return AppBskyFeedDefs.isThreadViewPost(data.thread) ? (data.thread as Node) : null
}

function topOf(node: Node): Node {
  let top = node
  while (AppBskyFeedDefs.isThreadViewPost(top.parent)) top = top.parent as Node
  return top
}

/** Ancestors link upwards and replies downwards: both are followed, each post is taken once. */
function gather(start: Node, views: Map<string, AppBskyFeedDefs.PostView>): void {
  const waiting = [start]
  while (waiting.length > 0 && views.size < POSTS_MAX) {
    const node = waiting.pop() as Node
    views.set(node.post.uri, node.post)
    for (const reply of node.replies ?? []) if (AppBskyFeedDefs.isThreadViewPost(reply)) waiting.push(reply as Node)
    if (AppBskyFeedDefs.isThreadViewPost(node.parent) && !views.has(node.parent.post.uri))
      waiting.push(node.parent as Node)
  }
}

function heard(view: AppBskyFeedDefs.PostView, agent: AtpAgent, settings: BlueskySettings): HeardPost | null {
  const place = {
    uri: view.uri,
    cid: view.cid,
    author: authorByProfile(view.author, settings),
    heardAt: new Date(view.indexedAt),
    editedAt: null,
    ownDid: agent.assertDid,
  }
  const post = readPost(view.record, place, settings)
  return typeof post === 'string' ? null : post
}
