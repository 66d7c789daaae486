import { type PreparedPost, prepare } from '../matching/index.ts'
import { accountKey } from '../people/index.ts'
import { baseLanguage, loadLanguageRecogniser } from '../text/index.ts'
import type { Listener } from './listeners.ts'
import type { NormalPost } from './normalise.ts'
import type { MatchedTopic } from './topic-matcher.ts'
import type { PostUnderstanding } from './understanding/read-post.ts'

/** A post with its language known as well as it can be, ready to be asked. */
export interface UnderstoodPost {
  post: NormalPost
  prepared: PreparedPost
  /** Read when the first workspace keeps the post, from the tokens that it was matched by. */
  understanding: PostUnderstanding | null
}

/** Why a workspace keeps a post. 'thread' is found out in the database. */
export interface Asked {
  topics: MatchedTopic[]
  addressed: boolean
  own: boolean
}

let recogniser: Promise<(text: string) => string | null> | undefined

export async function understand(posts: NormalPost[], sourceName: string | null): Promise<UnderstoodPost[]> {
  recogniser ??= loadLanguageRecogniser()
  const recognise = await recogniser
  return posts.map((post) => {
    const stated = post.language === null ? null : baseLanguage(post.language)
    const language = stated && /^[a-z]{2,3}$/.test(stated) ? stated : recognise(`${post.title ?? ''}\n${post.text}`)
    const known = language === post.language ? post : { ...post, language }
    return { post: known, prepared: prepare(matchable(known, sourceName)), understanding: null }
  })
}

/** A post as this workspace stores it: what only pretends to be by one of its accounts is by somebody else. */
export function asHeardBy(listener: Listener, post: NormalPost): NormalPost {
  if (post.scopeIfOurs === undefined || !listener.own.has(accountKey(post.author))) return post
  return { ...post, author: { ...post.author, scope: post.scopeIfOurs, stable: false } }
}

/** What the workspace asked for in this post, or that it is said to us or by us. */
export function ask(listener: Listener, { post, prepared }: UnderstoodPost): Asked {
  const { network, scope } = post
  const isOwn = (networkId: string) => listener.own.has(accountKey({ network, scope, networkId }))
  const own = listener.own.size > 0 && listener.own.has(accountKey(post.author))
  const mentioned = listener.own.size > 0 && post.mentions.some(isOwn)
  // Topics are about what is said in public: their figures, alarms and lists hold nothing that was said to us alone.
  const topics = post.visibility === 'private' ? [] : listener.topics.match(prepared)
  return { topics, addressed: !own && !post.automatic && (post.addressed || mentioned), own }
}

function matchable(post: NormalPost, sourceName: string | null) {
  return {
    title: post.title,
    text: post.text,
    language: post.language,
    network: post.network,
    scope: post.scope,
    site: post.site,
    url: post.url,
    publishedAt: post.publishedAt,
    author: {
      handle: post.author.handle,
      name: post.author.name,
      followers: post.author.followers,
      networkId: post.author.networkId,
    },
    isReply: post.parent !== null,
    hasMedia: post.media.length > 0,
    links: post.links,
    mentions: post.mentions,
    sourceName,
  }
}
