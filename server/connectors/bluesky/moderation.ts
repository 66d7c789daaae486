import type { AtpAgent } from '@atproto/api'
import { ComAtprotoRepoPutRecord } from '@atproto/api'
import type { ModerationAct, ModerationAction, ReportReason } from '../connector.ts'
import { FailureError, isRecordNotFound } from './failure.ts'
import { postUriParts } from './record.ts'
import { recordKeyOf } from './record-key.ts'

const LIKE = 'app.bsky.feed.like'
const BLOCK = 'app.bsky.graph.block'
const THREADGATE = 'app.bsky.feed.threadgate'
/** app.bsky.feed.threadgate#hiddenReplies */
const HIDDEN_MAX = 300
/** Colleagues who hide at the same moment write the same record. */
const SWAPS_MAX = 5
/** com.atproto.moderation.createReport#reason, in graphemes; ours are shorter. */
const REPORT_CHARACTERS_MAX = 2_000

export const MODERATES: readonly ModerationAction[] = ['like', 'hide', 'block', 'mute', 'report']

/** Every act but a report may be done twice: records have the key that belongs to the network key, the others are sets. */
export async function moderate(
  agent: AtpAgent,
  act: ModerationAct,
  signal: AbortSignal,
): Promise<{ undoReference: string | null }> {
  switch (act.action) {
    case 'like':
      return { undoReference: await putOwn(agent, LIKE, act, { subject: strongRef(act) }, signal) }
    case 'block':
      return { undoReference: await putOwn(agent, BLOCK, act, { subject: act.authorNetworkId }, signal) }
    case 'hide':
      return { undoReference: await hide(agent, act, signal) }
    case 'mute':
      await agent.app.bsky.graph.muteActor({ actor: act.authorNetworkId }, { signal })
      return { undoReference: act.authorNetworkId }
    case 'report':
      await report(agent, act, signal)
      return { undoReference: null }
  }
}

export async function undoModeration(
  agent: AtpAgent,
  action: ModerationAction,
  undoReference: string,
  signal: AbortSignal,
): Promise<null> {
  switch (action) {
    case 'like':
    case 'block':
      await deleteOwn(agent, action === 'like' ? LIKE : BLOCK, undoReference, signal)
      return null
    case 'hide':
      await unhide(agent, undoReference, signal)
      return null
    case 'mute':
      await agent.app.bsky.graph.unmuteActor({ actor: undoReference }, { signal })
      return null
    case 'report':
      throw new FailureError({ name: 'refused', detail: 'a report cannot be taken back' })
  }
}

async function putOwn(
  agent: AtpAgent,
  collection: string,
  { networkKey, at }: ModerationAct,
  value: Record<string, unknown>,
  signal: AbortSignal,
): Promise<string> {
  const key = recordKeyOf(networkKey)
  if (!key.ok) throw new FailureError(key.failure)
  const where = { repo: agent.assertDid, collection, rkey: key.value }
  const record = { $type: collection, ...value, createdAt: at.toISOString() }
  const { data } = await agent.com.atproto.repo.putRecord({ ...where, record }, { signal })
  return data.uri
}

/** Deleting what is not there succeeds: the network says the same. */
async function deleteOwn(agent: AtpAgent, collection: string, uri: string, signal: AbortSignal): Promise<void> {
  const [did, found, rkey] = uri.replace('at://', '').split('/')
  if (did !== agent.assertDid || found !== collection || !rkey)
    throw new FailureError({ name: 'refused', detail: 'not a record of this account' })
  await agent.com.atproto.repo.deleteRecord({ repo: did, collection, rkey }, { signal })
}

/** A reply below a post of ours stays on the network and is folded away for everybody who reads the thread there. */
async function hide(agent: AtpAgent, { post, root }: ModerationAct, signal: AbortSignal): Promise<string> {
  const above = postUriParts(root?.externalId ?? '')
  if (!post || !root || above?.did !== agent.assertDid)
    throw new FailureError({ name: 'refused', detail: 'only replies in a thread of this account can be hidden' })
  await changeHidden(agent, root.externalId, (hidden) => [...new Set([...hidden, post.externalId])], signal)
  return JSON.stringify({ root: root.externalId, reply: post.externalId })
}

async function unhide(agent: AtpAgent, undoReference: string, signal: AbortSignal): Promise<void> {
  const { root, reply } = JSON.parse(undoReference) as { root: string; reply: string }
  await changeHidden(agent, root, (hidden) => hidden.filter((uri) => uri !== reply), signal)
}

/** Compare-and-set: what a colleague hid meanwhile, or who may reply, is not written over. */
async function changeHidden(
  agent: AtpAgent,
  root: string,
  change: (hidden: string[]) => string[],
  signal: AbortSignal,
): Promise<void> {
  const rkey = postUriParts(root)?.recordKey ?? ''
  const where = { repo: agent.assertDid, collection: THREADGATE, rkey }
  for (let swap = 1; ; swap++) {
    const gate = await readGate(agent, where, signal)
    const before = Array.isArray(gate?.value.hiddenReplies) ? (gate.value.hiddenReplies as string[]) : []
    const hiddenReplies = change(before)
    if (hiddenReplies.length === before.length && hiddenReplies.every((uri, at) => uri === before[at])) return
    if (hiddenReplies.length > HIDDEN_MAX)
      throw new FailureError({ name: 'refused', detail: `more than ${HIDDEN_MAX} replies are hidden in this thread` })
    const fresh = { $type: THREADGATE, post: root, createdAt: new Date().toISOString() }
    const record = { ...(gate?.value ?? fresh), hiddenReplies }
    try {
      await agent.com.atproto.repo.putRecord({ ...where, record, swapRecord: gate?.cid ?? null }, { signal })
      return
    } catch (error) {
      if (!(error instanceof ComAtprotoRepoPutRecord.InvalidSwapError) || swap === SWAPS_MAX) throw error
    }
  }
}

async function readGate(
  agent: AtpAgent,
  where: { repo: string; collection: string; rkey: string },
  signal: AbortSignal,
): Promise<{ cid: string | null; value: Record<string, unknown> } | null> {
  try {
    const { data } = await agent.com.atproto.repo.getRecord(where, { signal })
    return { cid: data.cid ?? null, value: data.value }
  } catch (error) {
    if (isRecordNotFound(error)) return null
    throw error
  }
}

const REASONS: Record<ReportReason, string> = {
  spam: 'com.atproto.moderation.defs#reasonSpam',
  rude: 'com.atproto.moderation.defs#reasonRude',
  misleading: 'com.atproto.moderation.defs#reasonMisleading',
  violation: 'com.atproto.moderation.defs#reasonViolation',
  other: 'com.atproto.moderation.defs#reasonOther',
}

async function report(agent: AtpAgent, act: ModerationAct, signal: AbortSignal): Promise<void> {
  const subject = act.post?.reference
    ? { $type: 'com.atproto.repo.strongRef', ...strongRef(act) }
    : { $type: 'com.atproto.admin.defs#repoRef', did: act.authorNetworkId }
  const reason = act.note.slice(0, REPORT_CHARACTERS_MAX)
  const input = { reasonType: REASONS[act.reason], subject, ...(reason === '' ? {} : { reason }) }
  await agent.com.atproto.moderation.createReport(input, { signal })
}

function strongRef({ post }: ModerationAct): { uri: string; cid: string } {
  if (!post?.reference) throw new FailureError({ name: 'refused', detail: 'the version of the post is not known' })
  return { uri: post.externalId, cid: post.reference }
}
