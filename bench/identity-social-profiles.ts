import type { Chance } from './alarm-streams.ts'
import { below, happens } from './identity-draws.ts'
import type { Organisation, Person } from './identity-social-people.ts'
import type { Network, SocialRecord } from './identity-social-record.ts'

/** What people write about themselves: a line or two, where they live, addresses of their own and of others. */
const BIO_SHARE: Record<Network, number> = {
  x: 0.7,
  facebook: 0.08,
  instagram: 0.72,
  youtube: 0.22,
  fediverse: 0.78,
  bluesky: 0.7,
  forum: 0.14,
  reviews: 0,
}
const CITY_SHARE: Record<Network, number> = {
  x: 0.4,
  facebook: 0.3,
  instagram: 0.05,
  youtube: 0.05,
  fediverse: 0.18,
  bluesky: 0.05,
  forum: 0.2,
  reviews: 0.25,
}
/** A forum of the brand's own and review sites tell the address that somebody signed up or bought with. */
const MAIL_SHARE: Partial<Record<Network, number>> = {
  forum: 0.35,
  reviews: 0.15,
  youtube: 0.01,
  instagram: 0.015,
  x: 0.005,
  fediverse: 0.01,
}
const REL_ME_SHARE = 0.45
const NETWORK_NAMES: Record<Network, string[]> = {
  x: ['x', 'twitter'],
  facebook: ['fb', 'facebook'],
  instagram: ['ig', 'insta', 'instagram'],
  youtube: ['yt', 'youtube'],
  fediverse: ['mastodon', 'fedi'],
  bluesky: ['bsky', 'bluesky'],
  forum: ['forum'],
  reviews: ['reviews'],
}
const PHRASES: Record<string, string[]> = {
  de: [
    'Hier privat.',
    'Meine Meinung.',
    'RT ≠ Zustimmung',
    'liebt',
    'Mama von zwei',
    'Papa',
    'im Norden',
    'immer müde',
    'Früher war mehr Lametta',
  ],
  nl: ['Op persoonlijke titel.', 'houdt van', 'moeder van drie', 'vader', 'altijd onderweg', 'Hier privé'],
  en: [
    'Views my own.',
    'loves',
    'mum of two',
    'dad jokes',
    'always tired',
    'opinions mine',
    'just here for the memes',
    'retweets ≠ endorsements',
  ],
}
const FAMILY = { de: 'verheiratet mit', nl: 'getrouwd met', en: 'married to' } as Record<string, string>

/** Whom people point at besides themselves. */
export interface Surroundings {
  organisations: readonly Organisation[]
  /** Addresses that many people link to: of organisations and of famous people. */
  popular: readonly string[]
  /** Profiles of the others in the household. */
  household: readonly SocialRecord[]
}

export function fillProfiles(
  chance: Chance,
  person: Person,
  accounts: readonly SocialRecord[],
  surroundings: Surroundings,
): void {
  const tagline = about(chance, person, surroundings)
  const hub = happens(chance, person.famous ? 0.4 : 0.05)
    ? `https://linkhub.example/${hubName(accounts, person)}`
    : null
  for (const account of accounts) {
    const network = account.network as Network
    if (happens(chance, BIO_SHARE[network]))
      account.bio = person.tagline && happens(chance, 0.6) ? tagline : about(chance, person, surroundings)
    if (happens(chance, CITY_SHARE[network])) account.city = place(chance, person)
    if (happens(chance, MAIL_SHARE[network] ?? 0)) account.mails = [mailOf(chance, person)]
    if (account.bio === null) continue
    pointAtSelf(chance, person, account, hub)
    pointAtOwnAccounts(chance, account, accounts)
    pointAtOthers(chance, person, account, surroundings)
  }
}

/** Hubs give each name once, too. */
function hubName(accounts: readonly SocialRecord[], person: Person): string {
  const handle = accounts.find((account) => account.handle !== null)?.handle ?? 'p'
  return `${handle.split('@')[0]}-${person.index.toString(36)}`
}

function about(chance: Chance, person: Person, { organisations }: Surroundings): string {
  const phrases = PHRASES[person.language] ?? (PHRASES.en as string[])
  const employer = organisations[person.employer]
  const parts = [
    happens(chance, 0.4) ? person.profession : null,
    happens(chance, 0.5) ? chance.one(person.interests) : null,
    happens(chance, 0.35) ? chance.one(person.interests) : null,
    happens(chance, 0.25) ? person.city : null,
    happens(chance, 0.35) ? chance.one(phrases) : null,
    employer && happens(chance, 0.25) ? `@ ${employer.name}` : null,
    happens(chance, 0.03) ? `*${person.birthYear}` : null,
  ].filter((part) => part !== null)
  return (parts.length > 0 ? parts : [chance.one(phrases)]).join(chance.one([' | ', ' · ', ', ', '. ', ' // ']))
}

function place(chance: Chance, person: Person): string {
  if (happens(chance, 0.05))
    return chance.one(['irgendwo im Norden', 'Internet', 'Earth', '127.0.0.1', 'zu Hause', 'ergens', 'Europa'])
  const city = person.formerCity !== null && happens(chance, 0.3) ? person.formerCity : person.city
  if (happens(chance, 0.25)) return `${city}, ${chance.one(['Germany', 'Deutschland', 'Nederland', 'UK', 'Europe'])}`
  return city
}

const mailOf = (chance: Chance, person: Person): string =>
  person.formerMail !== null && happens(chance, 0.2)
    ? person.formerMail
    : (person.mails[below(chance, person.mails.length)] as string)

function pointAtSelf(chance: Chance, person: Person, account: SocialRecord, hub: string | null): void {
  if (person.site && happens(chance, 0.6)) {
    account.site = person.site
    account.links.push(person.site)
    const verifies = account.network === 'fediverse' || happens(chance, 0.1)
    if (verifies && happens(chance, REL_ME_SHARE)) account.relMe.push(person.site)
  } else if (hub && happens(chance, 0.65)) account.links.push(hub)
  if (happens(chance, 0.015)) {
    account.mails = [mailOf(chance, person)]
    account.bio += ` ✉ ${account.mails[0]}`
  }
}

/** "ig: @somebody" in the text, or the address of the profile itself. */
function pointAtOwnAccounts(chance: Chance, account: SocialRecord, accounts: readonly SocialRecord[]): void {
  const others = accounts.filter((other) => other !== account && other.handle !== null)
  if (others.length === 0 || !happens(chance, 0.07)) return
  const other = chance.one(others)
  if (happens(chance, 0.5)) account.bio += ` ${chance.one(NETWORK_NAMES[other.network as Network])}: @${other.handle}`
  else if (other.url) account.links.push(other.url)
}

/** Husbands and wives, employers, idols: what is linked to is not always oneself. */
function pointAtOthers(chance: Chance, person: Person, account: SocialRecord, around: Surroundings): void {
  const relatives = around.household.filter(({ truth, handle }) => truth !== person.index && handle !== null)
  if (relatives.length > 0 && happens(chance, 0.03)) {
    const relative = chance.one(relatives)
    account.bio += ` ${FAMILY[person.language] ?? '❤'} @${relative.handle}`
    if (relative.url && happens(chance, 0.3)) account.links.push(relative.url)
  }
  const employer = around.organisations[person.employer]
  if (employer && happens(chance, 0.12)) account.links.push(`https://${employer.domain}`)
  if (employer && happens(chance, 0.1)) account.company = employer.name
  if (around.popular.length > 0 && happens(chance, 0.04)) account.links.push(chance.one(around.popular))
}
