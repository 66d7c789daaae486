import type { Connection, Connector, HeardAuthor } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { authorByDid, authorByProfile } from './author.ts'
import { attempt } from './failure.ts'
import { PRIVATE, sendMessage, withMessages } from './messages.ts'
import { MODERATES, moderate, undoModeration } from './moderation.ts'
import { GRAPHEMES_MAX, PICTURES } from './outgoing.ts'
import { pollAccount } from './polling.ts'
import { readProfile } from './profiles.ts'
import { findPost, publishPost, removePost } from './publishing.ts'
import { postUriParts } from './record.ts'
import { recordKeyOf } from './record-key.ts'
import { Sessions } from './sessions.ts'
import { parseCredentials, parseSettings, settingsOf } from './settings.ts'
import { readThread } from './thread.ts'

/** An account of ours: hears what is said to it and what it says elsewhere, and speaks. Signs in with an app password. */
export function blueskyAccount(outside: Outside): Connector {
  const sessions = new Sessions(outside)
  return {
    network: 'bluesky',
    capabilities: {
      open: false,
      hears: 'poll',
      speaks: true,
      tellsDeletions: false,
      tellsEdits: false,
      findsByKey: true,
      textCharactersMax: GRAPHEMES_MAX,
      pictures: PICTURES,
      private: PRIVATE,
      moderates: MODERATES,
      pollEverySeconds: 20,
      resumes: true,
    },
    parseSettings,
    parseCredentials,
    check: async (connection, signal) => {
      const author = await sessions.run(connection, (agent, did) => ownAuthor(connection, agent, did, signal))
      if (!author.ok) return author
      const settings = settingsOf(connection)
      return {
        ok: true,
        value: { name: author.value.handle ?? author.value.networkId, author: author.value, settings },
      }
    },
    poll: (connection, cursor, signal) =>
      sessions.run(connection, async (agent) => {
        const [settings, now] = [settingsOf(connection), outside.clock.now()]
        const posts = await pollAccount(agent, settings, cursor, now, signal)
        return withMessages(agent, settings, posts, cursor, now, signal)
      }),
    readThread: (connection, post, signal) =>
      sessions.run(connection, (agent) => readThread(agent, settingsOf(connection), post, signal)),
    publish: (connection, post, signal) =>
      sessions.run(connection, (agent) =>
        post.visibility === 'private'
          ? sendMessage(agent, post, signal)
          : publishPost(agent, post, settingsOf(connection), signal),
      ),
    findByKey: (connection, networkKey, signal) =>
      sessions.run(connection, (agent) => findPost(agent, networkKey, settingsOf(connection), signal)),
    isEchoOf: (networkKey, externalId) => {
      const key = recordKeyOf(networkKey)
      return key.ok && postUriParts(externalId)?.recordKey === key.value
    },
    remove: (connection, externalId, signal) =>
      sessions.run(connection, (agent) => removePost(agent, externalId, signal)),
    moderate: (connection, act, signal) => sessions.run(connection, (agent) => moderate(agent, act, signal)),
    undoModeration: (connection, action, undoReference, signal) =>
      sessions.run(connection, (agent) => undoModeration(agent, action, undoReference, signal)),
    profile: (connection, networkId, signal) =>
      sessions.run(connection, (agent) => readProfile(agent, networkId, settingsOf(connection), signal)),
  }
}

/** The server that keeps the account vouches for DID and handle; the profile comes from an index that may be away. */
async function ownAuthor(
  connection: Connection,
  agent: Parameters<Parameters<Sessions['run']>[1]>[0],
  did: string,
  signal: AbortSignal,
): Promise<HeardAuthor> {
  const settings = settingsOf(connection)
  const profile = await attempt(() => agent.getProfile({ actor: did }, { signal }))
  if (profile.ok) return authorByProfile(profile.value.data, settings)
  return authorByDid(did, settings, agent.session?.handle ?? null)
}
