import type { Chance } from './alarm-streams.ts'
import { below, happens, shuffle } from './identity-draws.ts'
import { folded } from './identity-errors.ts'
import { day, numberOf } from './identity-social-accounts.ts'
import type { Handles } from './identity-social-handles.ts'
import { hash } from './identity-social-looks.ts'
import type { Organisation } from './identity-social-people.ts'
import { NETWORKS, type Network, profileUrl, type SocialRecord, socialRecord } from './identity-social-record.ts'

/** What a company shows of itself: the same name, logo and site everywhere, and often a second account that helps. */
const ABOUT = {
  de: 'Offizieller Account. Service Mo–Fr 8–18 Uhr.',
  nl: 'Officieel account. Webcare ma–vr 8–18 uur.',
  en: 'Official account. Here to help Mon–Fri, 8am–6pm.',
} as Record<string, string>

export function organisationAccounts(chance: Chance, organisation: Organisation, handles: Handles): SocialRecord[] {
  const networks = shuffle(
    chance,
    NETWORKS.filter((network) => network !== 'reviews' && network !== 'forum'),
  )
  const accounts = networks
    .slice(0, 1 + below(chance, 5))
    .map((network) =>
      account(chance, organisation, network, handles, chance.one(['', '', '', '_official', '_de', '_nl', '_uk'])),
    )
  const [first] = networks
  if (first && happens(chance, 0.2))
    accounts.push(
      account(chance, organisation, first, handles, chance.one(['_hilft', '_help', '_webcare', 'support', '_jobs'])),
    )
  return accounts
}

function account(
  chance: Chance,
  organisation: Organisation,
  network: Network,
  handles: Handles,
  ending: string,
): SocialRecord {
  const { name, domain, language } = organisation
  const label = folded(name, happens(chance, 0.8)).replace(/[^a-z0-9]/g, happens(chance, 0.2) ? '_' : '')
  const ownDomain = network === 'bluesky' && ending === '' && happens(chance, 0.4)
  const handle = ownDomain && handles.claim(network, domain) ? domain : handles.take(chance, network, label + ending)
  const from = Date.UTC(2010 + below(chance, 14), below(chance, 12), 1 + below(chance, 28))
  return socialRecord({
    network,
    networkId: numberOf(chance),
    handle,
    url: profileUrl(network, handle),
    name: ending === '' || happens(chance, 0.4) ? name : `${name} ${ending.replace('_', '')}`,
    bio: happens(chance, 0.85)
      ? `${ABOUT[language] ?? ABOUT.en} ${happens(chance, 0.3) ? organisation.city : ''}`.trim()
      : null,
    links: happens(chance, 0.8) ? [`https://${domain}`] : [],
    relMe: network === 'fediverse' && happens(chance, 0.5) ? [`https://${domain}`] : [],
    site: happens(chance, 0.8) ? `https://${domain}` : null,
    mails: happens(chance, 0.15) ? [organisation.mail] : [],
    phones: happens(chance, 0.1) ? [organisation.phone] : [],
    city: happens(chance, 0.4) ? organisation.city : null,
    language,
    avatarHash: hash(chance, organisation.logo),
    activeFrom: day(from),
    activeUntil: day(Date.UTC(2026, 5, 1 + below(chance, 30))),
    followers: Math.round(Math.exp(chance.between(4, 12))),
    kind: happens(chance, 0.6) ? 'organisation' : null,
    truth: organisation.index,
  })
}
