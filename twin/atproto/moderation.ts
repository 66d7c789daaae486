import { type StoredRecord, uriOf, type World } from '../world.ts'
import { invalidRequest } from './errors.ts'

type Json = Record<string, unknown>

/** app.bsky.graph.muteActor and unmuteActor: kept by the server, seen by nobody else. */
export function mute(world: World, did: string, body: Json, muted: boolean): Json {
  const subject = world.accountOf(String(body.actor ?? ''))
  if (subject === undefined) throw invalidRequest('Actor not found')
  if (subject.did === did) throw invalidRequest('Cannot mute oneself')
  world.apply({ kind: 'mute', did, subject: subject.did, muted, at: world.now() })
  return {}
}

/** com.atproto.moderation.createReport: each call is a report of its own. */
export function createReport(world: World, did: string, body: Json): Json {
  const { reasonType, reason = '', subject } = body as { reasonType?: string; reason?: string; subject?: Json }
  if (!reasonType?.startsWith('com.atproto.moderation.defs#reason')) throw invalidRequest('Invalid reason type')
  if (!subject || !(typeof subject.uri === 'string' || typeof subject.did === 'string'))
    throw invalidRequest('Invalid subject')
  const at = world.now()
  world.apply({ kind: 'report', did, reasonType, reason, subject, at })
  return { id: world.reports.length, reasonType, reason, subject, reportedBy: did, createdAt: at }
}

/** Which replies its author folded away, as the AppView tells it beside a post. */
export function gateOf(world: World, { did, rkey }: StoredRecord): Json {
  const gate = world.records.get(uriOf(did, 'app.bsky.feed.threadgate', rkey))
  return gate ? { threadgate: { uri: gate.uri, cid: gate.cid, record: gate.value, lists: [] } } : {}
}
