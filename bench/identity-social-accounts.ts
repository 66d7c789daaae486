import type { Chance } from './alarm-streams.ts'
import { below, digits, happens, weighted } from './identity-draws.ts'
import { folded } from './identity-errors.ts'
import { type Handles, nameHandle, nickHandle, varied } from './identity-social-handles.ts'
import { avatar, displayName } from './identity-social-looks.ts'
import type { Person, Picture } from './identity-social-people.ts'
import { type Network, profileUrl, type SocialRecord, socialRecord } from './identity-social-record.ts'

/** The accounts of one person: how many, where, under which handle and name, with which picture. */
const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2012, 0, 1)
const LAST_DAY = Date.UTC(2026, 5, 30)

const countOf = weighted<number>([
  [0, 22],
  [1, 28],
  [2, 22],
  [3, 14],
  [4, 8],
  [5, 4],
  [6, 2],
])
const networkOf = weighted<Network>([
  ['facebook', 22],
  ['instagram', 21],
  ['x', 15],
  ['youtube', 13],
  ['fediverse', 8],
  ['bluesky', 7],
  ['forum', 6],
  ['reviews', 8],
])
const ALT_SHARE = 0.04
const HANDLELESS: Partial<Record<Network, number>> = { facebook: 0.6, reviews: 1 }
/** What accounts of different people have between them. */
export interface Crowd {
  handles: Handles
  /** Pictures that many take who show none of themselves. */
  memes: readonly Picture[]
  number: (chance: Chance) => string
}

export function accountsOf(chance: Chance, person: Person, crowd: Crowd): SocialRecord[] {
  const count = person.famous ? 3 + below(chance, 4) : countOf(chance)
  const networks = new Set<Network>()
  while (networks.size < count) networks.add(networkOf(chance))
  // A nickname is one thing, whatever is done to it; whoever is scattered has none.
  const signature = person.persona === 'named' ? nameHandle(chance, person, person.surname) : nickHandle(chance, person)
  const accounts = [...networks].map((network) => accountOf(chance, person, network, signature, crowd))
  const [first] = accounts
  if (first && count < 6 && happens(chance, ALT_SHARE))
    accounts.push(secondAccount(chance, person, first, signature, crowd))
  return accounts
}

/** Another account on a network where there is one already: after the first was given up, or beside it. */
function secondAccount(
  chance: Chance,
  person: Person,
  first: SocialRecord,
  signature: string,
  crowd: Crowd,
): SocialRecord {
  const beside = happens(chance, 0.5)
  const wish = beside ? nickHandle(chance, person) : signature
  const second = accountOf(chance, person, first.network as Network, wish, crowd)
  if (!beside && first.activeUntil) {
    const from = Date.parse(first.activeFrom as string)
    const change = from + (LAST_DAY - from) * chance.between(0.3, 0.8)
    first.activeUntil = day(change)
    second.activeFrom = day(change + below(chance, 90) * DAY_MS)
    second.activeUntil = day(LAST_DAY - below(chance, 60) * DAY_MS)
  }
  return second
}

function accountOf(chance: Chance, person: Person, network: Network, signature: string, crowd: Crowd): SocialRecord {
  const old = person.formerSurname !== null && happens(chance, 0.25)
  const surname = old ? (person.formerSurname as string) : person.surname
  const wish = handleWish(chance, person, signature, surname)
  const handle = happens(chance, HANDLELESS[network] ?? 0) ? null : ownDomain(chance, person, network, crowd, wish)
  const from = FIRST_DAY + chance.share() ** 0.7 * (LAST_DAY - FIRST_DAY - 90 * DAY_MS)
  const until = happens(chance, 0.65) ? LAST_DAY - below(chance, 60) * DAY_MS : chance.between(from, LAST_DAY)
  return socialRecord({
    network,
    networkId: crowd.number(chance),
    handle,
    url: handle === null ? null : profileUrl(network, handle),
    name: displayName(chance, person, network, surname, wish),
    language: happens(chance, 0.12) ? null : happens(chance, 0.12) ? 'en' : person.language,
    avatarHash: avatar(chance, person, network, crowd.memes),
    birthYear: network === 'forum' && happens(chance, 0.08) ? person.birthYear : null,
    activeFrom: day(from),
    activeUntil: day(until),
    followers: network === 'reviews' ? null : followersOf(chance, person),
    kind: happens(chance, 0.1) ? 'person' : null,
    truth: person.index,
  })
}

function handleWish(chance: Chance, person: Person, signature: string, surname: string): string {
  if (person.famous) return happens(chance, 0.75) ? signature : varied(chance, signature)
  const draw = chance.share()
  if (person.persona === 'scattered')
    return draw < 0.72 ? nickHandle(chance, person) : nameHandle(chance, person, surname)
  if (draw < 0.5) return signature
  if (draw < 0.72) return varied(chance, signature)
  const byName = person.persona === 'named' ? 0.9 : 0.84
  return draw < byName ? nameHandle(chance, person, surname) : nickHandle(chance, person)
}

/** Bluesky and the fediverse let people be called like their own domain. */
function ownDomain(chance: Chance, person: Person, network: Network, crowd: Crowd, wish: string): string {
  const domain = person.site?.replace('https://', '')
  const given = folded(person.given, true).split(/[^a-z]/)[0]
  const own =
    domain && network === 'bluesky' && happens(chance, 0.35)
      ? domain
      : domain && network === 'fediverse' && happens(chance, 0.12)
        ? `${given}@${domain}`
        : null
  if (own !== null && crowd.handles.claim(network, own)) return own
  return crowd.handles.take(chance, network, wish)
}

const followersOf = (chance: Chance, person: Person): number =>
  Math.round(person.famous ? Math.exp(chance.between(11.5, 15.5)) : Math.exp(2 + 2.2 * chance.normal() + 2))

export const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Numbers of networks say nothing, and are too long for a JavaScript number. */
export const numberOf = (chance: Chance): string => `${1 + below(chance, 9)}${digits(chance, 17)}`
