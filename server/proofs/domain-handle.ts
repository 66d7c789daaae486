import { Resolver } from 'node:dns/promises'
import { z } from 'zod'
import type { HeardAuthor } from '../connectors/index.ts'
import type { Services } from '../platform/services.ts'
import { lookAt, parseJson, type Seen } from './looking.ts'

const DNS_TIMEOUT_MS = 4_000
const DIRECTORY = 'https://plc.directory'
const DID = /^did:(plc:[a-z2-7]{24}|web:[a-z0-9.-]{3,253})$/
const didDocument = z.object({ id: z.string(), alsoKnownAs: z.array(z.string()).max(50).default([]) })

/** What is asked outside; stood in for where there is no DNS. */
export interface Outside {
  txt(name: string): Promise<string[][]>
  look(address: string, accept: string): Promise<Seen | null>
  /** Of did:plc. */
  directory: string
}

export const outsideOf = (services: Services): Outside => ({
  // From inside a fence no name is looked up: the question alone would leave the house.
  txt: (name) => (services.fence === undefined ? textRecords(name) : Promise.resolve([])),
  look: (address, accept) => lookAt(services, address, accept),
  // An installation that listens to another network than the public one asks there who is who.
  directory: services.config.blueskyApp ?? DIRECTORY,
})

/** `servers`: others than the system's, as address:port. Rejects where there is no answer. */
export function textRecords(name: string, servers?: readonly string[]): Promise<string[][]> {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 1 })
  if (servers) resolver.setServers(servers)
  return resolver.resolveTxt(name)
}

/**
 * The account whose handle is a domain (AT Protocol, "handle resolution"): the domain names the account, in DNS or at a
 * well-known address, and the account names the domain. Only both together count. Null: they do not name each other.
 */
export async function accountOfDomain(outside: Outside, handle: string): Promise<HeardAuthor | null> {
  const did = (await didFromDns(outside, handle)) ?? (await didFromSite(outside, handle))
  if (!did || !DID.test(did)) return null
  const address = did.startsWith('did:web:')
    ? `https://${did.slice('did:web:'.length)}/.well-known/did.json`
    : `${outside.directory}/${did}`
  const seen = await outside.look(address, 'application/json')
  const document = didDocument.safeParse(seen?.status === 200 ? parseJson(seen.text) : null).data
  if (document?.id !== did || !document.alsoKnownAs.includes(`at://${handle}`)) return null
  const unknown = { name: null, avatarUrl: null, bio: null, url: null, followers: null }
  return { network: 'bluesky', scope: '', networkId: did, handle, ...unknown, stable: true }
}

/** Two records that differ are an answer of nobody. */
async function didFromDns({ txt }: Outside, handle: string): Promise<string | null> {
  const records = await txt(`_atproto.${handle}`).catch(() => [])
  const named = records.map((parts) => parts.join('')).filter((record) => record.startsWith('did='))
  return named.length === 1 ? (named[0] ?? '').slice('did='.length) : null
}

async function didFromSite({ look }: Outside, handle: string): Promise<string | null> {
  const seen = await look(`https://${handle}/.well-known/atproto-did`, 'text/plain')
  return seen?.status === 200 && new URL(seen.url).hostname === handle ? seen.text.trim() : null
}
