import type { HeardAuthor } from '../connector.ts'
import { isWebAddress, NETWORK } from './record.ts'
import type { BlueskySettings } from './settings.ts'

const NAME_CHARACTERS_MAX = 200
const BIO_CHARACTERS_MAX = 2_000
/** What a server answers for an account whose handle does not lead back to it. */
const HANDLE_INVALID = 'handle.invalid'

/** The stream names an account by its DID alone: everything else is unknown until a profile is read. */
export function authorByDid(did: string, settings: BlueskySettings, handle: string | null = null): HeardAuthor {
  return {
    network: NETWORK,
    scope: '',
    networkId: did,
    handle: handle === HANDLE_INVALID ? null : handle,
    name: null,
    avatarUrl: null,
    bio: null,
    url: `${settings.web}/profile/${did}`,
    followers: null,
    stable: true,
  }
}

/** What the three profile views of the network (basic, normal, detailed) tell between them. */
export interface ProfileTold {
  did: string
  handle: string
  displayName?: string
  avatar?: string
  description?: string
  followersCount?: number
}

export function authorByProfile(view: ProfileTold, settings: BlueskySettings): HeardAuthor {
  return {
    ...authorByDid(view.did, settings, view.handle),
    name: view.displayName?.slice(0, NAME_CHARACTERS_MAX) || null,
    avatarUrl: isWebAddress(view.avatar) ? view.avatar : null,
    bio: view.description?.slice(0, BIO_CHARACTERS_MAX) ?? null,
    followers: view.followersCount ?? null,
  }
}
