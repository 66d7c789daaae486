import { z } from 'zod'
import type { Connection, Outcome } from '../connector.ts'
import { parsedBy } from '../parsed.ts'

/** Where Bluesky is. Every address can be replaced, so that a PDS of one's own or the twin stands in. */
const address = (protocols: string[], fallback: string) =>
  z
    .url({
      protocol: new RegExp(`^(${protocols.join('|')})$`),
      error: `must be an address that begins with ${protocols.join(': or ')}:`,
    })
    .max(300)
    .default(fallback)
    .transform((url) => url.replace(/\/+$/, ''))

const settingsSchema = z.object({
  /** Personal data server, or an entryway that finds it: sessions and everything that is written. */
  service: address(['https', 'http'], 'https://bsky.social'),
  /** Public AppView: profiles without a session. */
  appView: address(['https', 'http'], 'https://public.api.bsky.app'),
  /** Jetstream v1 instance. */
  jetstream: address(['wss', 'ws'], 'wss://jetstream2.us-east.bsky.network'),
  /** Carries images and avatars by DID and content id. */
  images: address(['https', 'http'], 'https://cdn.bsky.app'),
  /** Carries films, as playlists of their pieces, by DID and content id. */
  videos: address(['https', 'http'], 'https://video.bsky.app'),
  /** Where people read posts: the base of every link to an original. */
  web: address(['https', 'http'], 'https://bsky.app'),
})

const credentialsSchema = z.object({
  identifier: z
    .string()
    .trim()
    .min(3, 'the handle or DID of the account is missing')
    .max(253)
    .transform((name) => name.replace(/^@/, '')),
  appPassword: z.string().trim().min(8, 'the app password is missing').max(256),
})

export type BlueskySettings = z.infer<typeof settingsSchema>
export type BlueskyCredentials = z.infer<typeof credentialsSchema>

export const parseSettings = (input: unknown): Outcome<BlueskySettings> => parsedBy(settingsSchema, input)

export const parseCredentials = (input: unknown): Outcome<BlueskyCredentials> => parsedBy(credentialsSchema, input)

/** What was stored was parsed before it was stored: a fault here is a bug or a tampered row, so it throws. */
export const settingsOf = (connection: Connection): BlueskySettings => settingsSchema.parse(connection.settings)
export const credentialsOf = (connection: Connection): BlueskyCredentials =>
  credentialsSchema.parse(connection.credentials)
