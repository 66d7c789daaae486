import { z } from 'zod'
import type { HeardAuthor } from '../connectors/index.ts'
import type { Services } from '../platform/services.ts'
import { linksBack } from './links-back.ts'
import { lookAt, originOf, parseJson } from './looking.ts'

const ACTIVITY = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'

const webfinger = z.object({
  links: z.array(z.object({ rel: z.string(), type: z.string().optional(), href: z.url().optional() })).max(100),
})
const actorDocument = z.object({
  id: z.url(),
  preferredUsername: z.string().max(200).optional(),
  name: z.string().max(500).nullish(),
  attachment: z
    .union([z.array(z.unknown()), z.unknown().transform((one) => [one])])
    .optional()
    .default([]),
})
const propertyValue = z.object({ type: z.literal('PropertyValue'), value: z.string().max(5_000) })
const mastodonAccount = z.object({
  uri: z.string().optional(),
  url: z.string().nullish(),
  display_name: z.string().max(500).optional(),
  fields: z.array(z.object({ value: z.string().max(5_000) })).max(50),
})

export type ProfileSeen = { found: 'linked'; author: HeardAuthor } | { found: 'not-linked' } | { found: 'unreadable' }

/**
 * Looks for our address among the fields of a profile: in the actor itself (ActivityPub), in the API that Mastodon and its
 * relatives speak, and on the profile's page. The account's key is its actor's address; the handle is what the server of
 * the handle says leads there (WebFinger). That server may be anybody's: which page is whose only the actor's own server says.
 */
export async function lookAtProfile(
  services: Services,
  account: { user: string; host: string },
  address: string,
): Promise<ProfileSeen> {
  const origin = originOf(services, account.host)
  const resource = encodeURIComponent(`acct:${account.user}@${account.host}`)
  const finger = await lookAt(services, `${origin}/.well-known/webfinger?resource=${resource}`, 'application/jrd+json')
  const links = webfinger.safeParse(finger?.status === 200 ? parseJson(finger.text) : null).data?.links ?? []
  const actor = links.find(({ rel, type }) => rel === 'self' && type?.startsWith('application/'))?.href
  if (!actor) return { found: 'unreadable' }
  const named = links.find(({ rel }) => rel === 'http://webfinger.net/rel/profile-page')?.href
  const page = named && finger && sameHost(finger.url, actor) && sameHost(named, actor) ? named : undefined
  const author = (name: string | null | undefined): HeardAuthor => ({
    network: 'mastodon',
    scope: '',
    networkId: actor,
    handle: `${account.user}@${account.host}`,
    name: name || null,
    avatarUrl: null,
    bio: null,
    url: page ?? null,
    followers: null,
    stable: true,
  })
  const document = await readActor(services, actor)
  if (document?.fields.some((field) => linksBack(field, address, actor)))
    return { found: 'linked', author: author(document.name) }
  const told = await readByApi(services, account, actor, page)
  if (told?.fields.some((field) => linksBack(field, address, actor)))
    return { found: 'linked', author: author(told.name) }
  const asked = page ? await lookAt(services, page, 'text/html') : null
  const shown = asked?.status === 200 ? asked : null
  if (shown && sameHost(shown.url, actor) && linksBack(shown.text, address, shown.url))
    return { found: 'linked', author: author(document?.name ?? told?.name) }
  return { found: document || told || shown ? 'not-linked' : 'unreadable' }
}

interface Fields {
  name: string | null | undefined
  fields: string[]
}

/** The actor must call itself by the very address that was asked: a redirect to another one proves nothing. */
async function readActor(services: Services, actor: string): Promise<Fields | null> {
  const seen = await lookAt(services, actor, ACTIVITY)
  const parsed = actorDocument.safeParse(seen?.status === 200 ? parseJson(seen.text) : null)
  if (!seen || !parsed.success || parsed.data.id !== actor || !sameHost(seen.url, actor)) return null
  const fields = parsed.data.attachment.flatMap((one) => propertyValue.safeParse(one).data?.value ?? [])
  return { name: parsed.data.name, fields }
}

/** Servers that show actors to other servers only tell the fields here. Asked of the actor's own server. */
async function readByApi(
  services: Services,
  { user }: { user: string },
  actor: string,
  page: string | undefined,
): Promise<Fields | null> {
  const lookup = `${new URL(actor).origin}/api/v1/accounts/lookup?acct=${encodeURIComponent(user)}`
  const seen = await lookAt(services, lookup, 'application/json')
  const parsed = mastodonAccount.safeParse(seen?.status === 200 ? parseJson(seen.text) : null)
  if (!seen || !parsed.success || !sameHost(seen.url, actor)) return null
  const { uri, url, display_name, fields } = parsed.data
  if (uri !== actor && (!page || url !== page)) return null
  return { name: display_name, fields: fields.map(({ value }) => value) }
}

const sameHost = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).host === new URL(other).host
