import type { Connection, Connector, HeardAuthor, Outcome, PictureLimits } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { readAttached } from './attached.ts'
import { NETWORK } from './letter.ts'
import { findSentFolder, inMailbox } from './mailbox.ts'
import { pollMailbox } from './polling.ts'
import { findLetter, messageIdOf, sendLetter } from './publishing.ts'
import { type MailSettings, parseCredentials, parseSettings, settingsOf } from './settings.ts'

const POLL_SECONDS = 20
const TEXT_CHARACTERS_MAX = 10_000
const PICTURES: PictureLimits = {
  countMax: 10,
  bytesMax: 2_000_000,
  sideMax: 2_500,
  types: ['image/jpeg', 'image/png', 'image/webp'],
}

/** A mailbox of ours: IMAP to hear, SMTP to speak. Everything in it is private. */
export function mail(outside: Outside): Connector {
  return {
    network: NETWORK,
    capabilities: {
      open: false,
      hears: 'poll',
      speaks: true,
      tellsDeletions: false,
      tellsEdits: false,
      findsByKey: true,
      textCharactersMax: TEXT_CHARACTERS_MAX,
      pictures: PICTURES,
      private: {
        kind: 'letters',
        begins: true,
        replyWindowHours: null,
        findsByKey: true,
        textCharactersMax: TEXT_CHARACTERS_MAX,
        pictures: PICTURES,
      },
      pollEverySeconds: POLL_SECONDS,
      resumes: true,
    },
    parseSettings,
    parseCredentials,
    check: (connection, signal) => check(outside, connection, signal),
    poll: (connection, cursor, signal) =>
      inMailbox(outside, connection, signal, (client) =>
        pollMailbox(client, settingsOf(connection), cursor, outside.clock.now()),
      ),
    publish: (connection, post, signal) => sendLetter(outside, connection, post, signal),
    findByKey: (connection, networkKey, signal) => {
      const { sentFolder, address } = settingsOf(connection)
      return inMailbox(outside, connection, signal, (client) =>
        findLetter(client, sentFolder, messageIdOf(networkKey, address)),
      )
    },
    isEchoOf: (networkKey, externalId) => externalId.startsWith(`${networkKey}@`),
    readMedium: (connection, address, limits) => readAttached(outside, connection, address, limits),
    addressFor: (connection, code) => {
      const { address, plusAddresses } = settingsOf(connection)
      return plusAddresses ? address.replace('@', `+${code.toLowerCase()}@`) : address
    },
  }
}

/** Signs in to both servers' ends of it that can be tried without sending: the mailbox, and the sent folder's name. */
async function check(
  outside: Outside,
  connection: Connection,
  signal: AbortSignal,
): Promise<Outcome<{ name: string; author: HeardAuthor; settings: MailSettings }>> {
  const settings = settingsOf(connection)
  const found = await inMailbox(outside, connection, signal, findSentFolder)
  if (!found.ok) return found
  const { address, name } = settings
  const author: HeardAuthor = {
    network: NETWORK,
    scope: '',
    networkId: address,
    handle: address,
    name: name || null,
    avatarUrl: null,
    bio: null,
    url: null,
    followers: null,
    stable: true,
  }
  return {
    ok: true,
    value: { name: address, author, settings: { ...settings, sentFolder: found.value ?? settings.sentFolder } },
  }
}
