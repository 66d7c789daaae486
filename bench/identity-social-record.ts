/** The networks of the generated set: kinds of networks rather than real ones, so that no real account can be meant. */
export const NETWORKS = ['x', 'facebook', 'instagram', 'youtube', 'fediverse', 'bluesky', 'forum', 'reviews'] as const
export type Network = (typeof NETWORKS)[number]

/** What is known of an account or a contact, as a connector or an import would hand it over; values are normalised. */
export interface SocialRecord {
  index: number
  network: Network | 'crm'
  /** Unique on the network, says nothing. Of a contact: its number in the CRM system. */
  networkId: string
  handle: string | null
  /** Address of the profile, which others may link to; null where a network has none. */
  url: string | null
  name: string | null
  bio: string | null
  /** Addresses in the bio or in fields of the profile. */
  links: string[]
  /** Those of the links whose page links back to the profile with rel=me. */
  relMe: string[]
  /** The web site that the profile or contact names as its own. */
  site: string | null
  mails: string[]
  /** E.164. */
  phones: string[]
  customerNumber: string | null
  city: string | null
  language: string | null
  /** 64 bits of a hash of looks, as 16 hexadecimal digits: the same picture differs in a few bits after scaling. */
  avatarHash: string | null
  birthYear: number | null
  company: string | null
  /** First and last day of activity, ISO. */
  activeFrom: string | null
  activeUntil: string | null
  followers: number | null
  /** As the network or the CRM says; null where it does not. */
  kind: 'person' | 'organisation' | null
  /** Who is behind it: the number of a person or an organisation; an impersonator has a number of its own. Not for the scorer. */
  truth: number
  /** Of an impersonator: whom it pretends to be. Not for the scorer. */
  impersonates: number | null
}

/** Null and empty everywhere but in what is given. */
export const socialRecord = (
  given: Partial<SocialRecord> & Pick<SocialRecord, 'network' | 'networkId' | 'truth'>,
): SocialRecord => ({
  index: -1,
  handle: null,
  url: null,
  name: null,
  bio: null,
  links: [],
  relMe: [],
  site: null,
  mails: [],
  phones: [],
  customerNumber: null,
  city: null,
  language: null,
  avatarHash: null,
  birthYear: null,
  company: null,
  activeFrom: null,
  activeUntil: null,
  followers: null,
  kind: null,
  impersonates: null,
  ...given,
})

export function profileUrl(network: Network, handle: string): string {
  if (network === 'fediverse') {
    const [local, host] = handle.split('@')
    return `https://${host}/@${local}`
  }
  if (network === 'bluesky') return `https://bluesky.example/profile/${handle}`
  if (network === 'youtube') return `https://youtube.example/@${handle}`
  return `https://${network}.example/${handle}`
}
