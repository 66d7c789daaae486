import { domainToUnicode } from 'node:url'
import type { RESEMBLANCE_REASONS } from '../../../contract/listening-impersonation.ts'
import { distance, folded, skeleton } from './skeleton.ts'

/**
 * Whether an account could be taken for one of ours, and why. Each reason has a weight between 0 and 1, and together
 * they say 1 − Π(1 − weight): what several signs say is more than each says alone. A name alone is never enough, because
 * people share names.
 */
export type ReasonKind = (typeof RESEMBLANCE_REASONS)[number]

export interface Reason {
  kind: ReasonKind
  /** What of theirs resembles what of ours. */
  theirs: string
  ours: string
  weight: number
}

const WEIGHTS: Record<ReasonKind, number> = {
  'look-alike-letters': 0.9,
  'same-handle': 0.7,
  'near-handle': 0.62,
  'added-words': 0.7,
  'contains-handle': 0.35,
  'same-name': 0.45,
  'look-alike-name': 0.7,
  'near-name': 0.35,
  'same-picture': 0.5,
  'look-alike-link': 0.5,
}

/** From here on people are told. */
export const FLAG_STRENGTH = 0.6
/** From here on the pictures are worth comparing: nobody else's picture is fetched. */
export const LOOK_CLOSER_STRENGTH = 0.3

/** Shorter names are met by chance. */
const LETTERS_MIN = 4
const LETTERS_FOR_ONE_CHANGE = 6
const LETTERS_FOR_TWO_CHANGES = 10
const LETTERS_TO_CONTAIN = 6

export interface Account {
  handle: string | null
  name: string | null
  bio: string | null
  url: string | null
}

/** What somebody puts before or after a brand to speak in its name. Skeletons of these are compared. */
const SERVICE_WORDS = new Set(
  `support help helpdesk service services care customercare customerservice customer team official real the my app desk hilfe
  kundenservice kundendienst offiziell info news klantenservice hulp hq online shop store de nl at ch eu com us uk be bot
  security billing refund refunds verified account login contact kontakt webcare gewinnspiel giveaway prize winactie`
    .split(/\s+/)
    .map(skeleton),
)
/** First labels of domain handles that name a desk, not a brand: the brand stands behind them. */
const DESKS = new Set([
  'support',
  'help',
  'service',
  'care',
  'news',
  'team',
  'info',
  'social',
  'press',
  'hilfe',
  'shop',
  'www',
])

export function resemblance(ours: Account, theirs: Account): { strength: number; reasons: Reason[] } {
  const found = [handleReason(ours, theirs), nameReason(ours, theirs), linkReason(ours, theirs)]
  return weighed(found.filter((reason) => reason !== null))
}

export function weighed(reasons: Reason[]): { strength: number; reasons: Reason[] } {
  return { strength: 1 - reasons.reduce((rest, { weight }) => rest * (1 - weight), 1), reasons }
}

export const reason = (kind: ReasonKind, theirs: string, ours: string): Reason => ({
  kind,
  theirs,
  ours,
  weight: WEIGHTS[kind],
})

function handleReason(ours: Account, theirs: Account): Reason | null {
  if (!ours.handle || !theirs.handle) return null
  const [our, their] = [brandOf(ours.handle), brandOf(theirs.handle)]
  const kind = ours.handle.toLowerCase() === theirs.handle.toLowerCase() ? 'same-handle' : handleKind(our, their)
  return kind && reason(kind, theirs.handle, ours.handle)
}

function handleKind(our: string, their: string): ReasonKind | null {
  const [seen, theirSeen] = [skeleton(our), skeleton(their)]
  if (seen.length < LETTERS_MIN) return null
  if (folded(our) === folded(their)) return 'same-handle'
  if (seen === theirSeen) return 'look-alike-letters'
  const added = addedTo(seen, theirSeen)
  if (added?.every((part) => isServiceWord(part))) return 'added-words'
  if (isNear(seen, theirSeen)) return 'near-handle'
  return added && seen.length >= LETTERS_TO_CONTAIN ? 'contains-handle' : null
}

function nameReason(ours: Account, theirs: Account): Reason | null {
  if (!ours.name || !theirs.name) return null
  const [our, their] = [folded(ours.name), folded(theirs.name)]
  const [seen, theirSeen] = [skeleton(ours.name), skeleton(theirs.name)]
  if (seen.length < LETTERS_MIN) return null
  const added = addedTo(seen, theirSeen)
  const isSame = our === their || (added?.every((part) => isServiceWord(part)) ?? false)
  const kind = isSame
    ? 'same-name'
    : seen === theirSeen
      ? 'look-alike-name'
      : isNear(seen, theirSeen)
        ? 'near-name'
        : null
  return kind && reason(kind, theirs.name, ours.name)
}

/** An address that is nearly ours, where the account leads people to. An address of ours is none: everybody may link to us. */
function linkReason(ours: Account, theirs: Account): Reason | null {
  const our = hostsOf(ours)
    .map(siteOf)
    .find(({ brand }) => brand.length >= LETTERS_MIN)
  if (!our) return null
  for (const host of hostsOf(theirs)) {
    const their = siteOf(host)
    if (their.site === our.site) continue
    const kind = handleKind(our.brand, their.brand)
    if (kind && kind !== 'contains-handle') return reason('look-alike-link', host, our.site)
  }
  return null
}

function isNear(one: string, other: string): boolean {
  const letters = Math.min(one.length, other.length)
  const max = letters >= LETTERS_FOR_TWO_CHANGES ? 2 : letters >= LETTERS_FOR_ONE_CHANGE ? 1 : 0
  return max > 0 && distance(one, other, max) <= max
}

/** What stands before and behind `name` in `longer`; null where it does not stand there. */
function addedTo(name: string, longer: string): string[] | null {
  const at = longer.indexOf(name)
  if (at < 0 || longer.length === name.length) return null
  return [longer.slice(0, at), longer.slice(at + name.length)].filter((part) => part !== '')
}

/** Digits are read as letters in a skeleton: only o, l and s may be left of them. */
const isServiceWord = (part: string): boolean => SERVICE_WORDS.has(part) || /^[ols\d]{1,4}$/.test(part)

/** The name within a handle: mila@pond.example, mila.pond.example and support.mila.example are about mila. */
export function brandOf(handle: string): string {
  const [user = ''] = handle.replace(/^@/, '').split('@')
  const [first = '', second, ...rest] = user.split('.')
  // Two parts may be a domain of one's own or a name with a dot in it: kim.lee is not kim.
  if (second === undefined) return first
  if (DESKS.has(first.toLowerCase()) && rest.length > 0) return second
  return rest.length > 0 || second.length >= 2 ? first : user
}

/** Begins only where a host can begin, so that a long text without any is passed once. */
const HOSTS = /(?<![\p{L}\p{N}-]|[\p{L}\p{N}-]\.)(?:https?:\/\/)?(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/giu

function hostsOf({ url, bio }: Account): string[] {
  const written = (bio ?? '').match(HOSTS) ?? []
  return [...(url ? [url] : []), ...written].slice(0, 10).flatMap((text) => {
    const address = /^https?:/i.test(text) ? text : `https://${text}`
    return URL.canParse(address) ? [new URL(address).hostname.replace(/^www\./, '')] : []
  })
}

/** The part of a host that names somebody, and the host from there on. Good enough for .co.uk and its like. */
function siteOf(host: string): { brand: string; site: string } {
  const labels = domainToUnicode(host).split('.')
  const ending = labels.length > 2 && (labels.at(-2)?.length ?? 0) <= 3 ? 2 : 1
  return { brand: labels.at(-1 - ending) ?? '', site: labels.slice(-1 - ending).join('.') }
}
