import type { AtpAgent } from '@atproto/api'
import { XRPCError } from '@atproto/api'
import type { OutgoingPost, PublishedPost } from '../connector.ts'
import { FailureError, isRecordNotFound } from './failure.ts'
import { outgoingRecord } from './outgoing.ts'
import { POST_COLLECTION, postUriParts } from './record.ts'
import { recordKeyOf } from './record-key.ts'
import type { BlueskySettings } from './settings.ts'

/**
 * Creates the post under the record key that belongs to its network key. A second create under the same key makes no
 * second post: the server answers 500 without saying why, so after any 5xx the record is looked for before the failure
 * is believed. createRecord, not putRecord: put would silently replace what stands there.
 */
export async function publishPost(
  agent: AtpAgent,
  post: OutgoingPost,
  settings: BlueskySettings,
  signal: AbortSignal,
): Promise<PublishedPost> {
  const recordKey = requireRecordKey(post.networkKey)
  const record = await outgoingRecord(agent, post)
  const where = { repo: agent.assertDid, collection: POST_COLLECTION, rkey: recordKey }
  try {
    const { data } = await agent.com.atproto.repo.createRecord({ ...where, record: { ...record } }, { signal })
    return published(data.uri, data.cid, settings)
  } catch (error) {
    if (!(error instanceof XRPCError) || error.status < 500) throw error
    const standing = await findPost(agent, post.networkKey, settings, signal).catch(() => null)
    if (standing === null) throw error
    return standing
  }
}

/** Asks the server that keeps our own records, so the answer is exact: no index lies between. */
export async function findPost(
  agent: AtpAgent,
  networkKey: string,
  settings: BlueskySettings,
  signal: AbortSignal,
): Promise<PublishedPost | null> {
  const where = { repo: agent.assertDid, collection: POST_COLLECTION, rkey: requireRecordKey(networkKey) }
  try {
    const { data } = await agent.com.atproto.repo.getRecord(where, { signal })
    return published(data.uri, data.cid ?? null, settings)
  } catch (error) {
    if (isRecordNotFound(error)) return null
    throw error
  }
}

/** Deleting what is not there succeeds: the network says the same. */
export async function removePost(agent: AtpAgent, externalId: string, signal: AbortSignal): Promise<null> {
  const parts = postUriParts(externalId)
  if (parts?.did !== agent.assertDid) throw new FailureError({ name: 'refused', detail: 'not a post of this account' })
  await agent.com.atproto.repo.deleteRecord(
    { repo: parts.did, collection: POST_COLLECTION, rkey: parts.recordKey },
    { signal },
  )
  return null
}

function requireRecordKey(networkKey: string): string {
  const key = recordKeyOf(networkKey)
  if (!key.ok) throw new FailureError(key.failure)
  return key.value
}

function published(uri: string, cid: string | null, settings: BlueskySettings): PublishedPost {
  const parts = postUriParts(uri)
  const url = parts === null ? null : `${settings.web}/profile/${parts.did}/post/${parts.recordKey}`
  return { externalId: uri, reference: cid, url }
}
