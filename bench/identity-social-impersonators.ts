import type { Chance } from './alarm-streams.ts'
import { below, digits, happens, weighted } from './identity-draws.ts'
import { day, numberOf } from './identity-social-accounts.ts'
import type { Handles } from './identity-social-handles.ts'
import { NETWORKS, type Network, profileUrl, type SocialRecord, socialRecord } from './identity-social-record.ts'

/**
 * Accounts that pretend to be somebody: name and picture are copied, the handle is the same where it is free and else looks
 * alike, the bio and even the site may be copied. What cannot be copied: followers, years, and a site that links back.
 */
const networkOf = weighted<Network>(
  NETWORKS.filter((network) => network !== 'reviews').map((network) => [network, network === 'forum' ? 1 : 6]),
)

export function impersonatorOf(chance: Chance, model: SocialRecord, truth: number, handles: Handles): SocialRecord {
  const network = happens(chance, 0.3) ? (model.network as Network) : networkOf(chance)
  const handle = handles.take(chance, network, lookalike(chance, localPart(model.handle ?? `user${digits(chance, 8)}`)))
  const from = Date.UTC(2024, 0, 1) + below(chance, 850) * 86_400_000
  const copiesLinks = happens(chance, 0.25)
  return socialRecord({
    network,
    networkId: numberOf(chance),
    handle,
    url: profileUrl(network, handle),
    name: nameOf(chance, model.name),
    bio:
      model.bio !== null && happens(chance, 0.6)
        ? model.bio
        : happens(chance, 0.3)
          ? 'Private backup account. DM me.'
          : null,
    links: copiesLinks ? [...model.links] : happens(chance, 0.2) ? [`https://prize${digits(chance, 4)}.example`] : [],
    site: copiesLinks ? model.site : null,
    city: happens(chance, 0.3) ? model.city : null,
    language: happens(chance, 0.7) ? model.language : 'en',
    avatarHash: happens(chance, 0.85) ? model.avatarHash : null,
    activeFrom: day(from),
    activeUntil: day(Math.min(Date.UTC(2026, 5, 30), from + below(chance, 300) * 86_400_000)),
    followers: below(chance, 400),
    truth,
    impersonates: model.truth,
  })
}

/** Of a handle with a host, what was chosen. */
const localPart = (handle: string): string =>
  (handle.includes('@') ? handle.split('@')[0] : handle.split('.sky.')[0]) as string

function nameOf(chance: Chance, name: string | null): string | null {
  if (name === null || happens(chance, 0.75)) return name
  return happens(chance, 0.5) ? `${name} ${chance.one(['Official', 'Support', 'Privat', '✅', 'Fanpage'])}` : `${name}.`
}

function lookalike(chance: Chance, handle: string): string {
  switch (below(chance, 7)) {
    case 0:
    case 1:
      return handle
    case 2:
      return `${handle}_`
    case 3:
      return `${handle}_${chance.one(['official', 'support', 'help', 'priv', 'real'])}`
    case 4:
      return handle.replace('l', 'i').replace('o', '0')
    case 5:
      return handle.replace(/(.)(?=.{2}$)/, '$1$1')
    default:
      return `${handle}${digits(chance, 2)}`
  }
}
