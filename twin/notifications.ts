import type { AppBskyFeedPost } from '@atproto/api'

export interface Notification {
  uri: string
  authorDid: string
  reason: 'mention' | 'reply' | 'quote'
  reasonSubject: string | null
  indexedAt: string
}

/** Who is told about a post: the authors of parent and root, the mentioned, the quoted; never its own author. */
export function notificationsOf(
  uri: string,
  authorDid: string,
  record: AppBskyFeedPost.Record,
  indexedAt: string,
): (Notification & { to: string })[] {
  const told: (Notification & { to: string })[] = []
  const tell = (to: string | null, reason: Notification['reason'], reasonSubject: string | null): void => {
    if (to === null || to === authorDid) return
    if (told.some((other) => other.to === to && other.reason === reason)) return
    told.push({ to, uri, authorDid, reason, reasonSubject, indexedAt })
  }
  for (const reference of [record.reply?.parent, record.reply?.root])
    if (reference) tell(didOf(reference.uri), 'reply', reference.uri)
  for (const facet of record.facets ?? [])
    for (const feature of facet.features) if ('did' in feature) tell(String(feature.did), 'mention', null)
  const quoted = quotedUri(record.embed)
  if (quoted !== null) tell(didOf(quoted), 'quote', quoted)
  return told
}

export function quotedUri(embed: unknown): string | null {
  const record = (embed as { record?: { uri?: unknown; record?: { uri?: unknown } } } | undefined)?.record
  const uri = record?.record?.uri ?? record?.uri
  return typeof uri === 'string' ? uri : null
}

const didOf = (uri: string): string | null => /^at:\/\/([^/]+)\//.exec(uri)?.[1] ?? null
