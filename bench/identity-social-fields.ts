import type { Field, LinkageRecord } from '../server/linkage/index.ts'
import type { SocialRecord } from './identity-social-record.ts'

/** The generated social set as linkage is given it: columns with their kinds, and nothing of the truth. */
export const SOCIAL_FIELDS: readonly Field[] = [
  { name: 'network', kind: 'network' },
  { name: 'handle', kind: 'handle' },
  { name: 'name', kind: 'full-name' },
  { name: 'bio', kind: 'bio' },
  { name: 'links', kind: 'site' },
  { name: 'relMe', kind: 'proven-link' },
  { name: 'mails', kind: 'mail' },
  { name: 'phones', kind: 'phone' },
  { name: 'picture', kind: 'picture' },
  { name: 'city', kind: 'city' },
  { name: 'birthYear', kind: 'birth-date' },
  { name: 'company', kind: 'organisation' },
  { name: 'active', kind: 'active' },
  { name: 'standing', kind: 'standing' },
]

/** Linkage knows addresses of profiles by their hosts; the invented networks stand for these. */
const HOSTS: readonly (readonly [string, string])[] = [
  ['//x.example/', '//x.com/'],
  ['//instagram.example/', '//instagram.com/'],
  ['//facebook.example/', '//facebook.com/'],
  ['//youtube.example/', '//youtube.com/'],
  ['//bluesky.example/', '//bsky.app/'],
  ['//linkhub.example/', '//linktr.ee/'],
  ['.sky.example', '.bsky.social'],
]

const asKnown = (text: string): string => HOSTS.reduce((known, [from, to]) => known.replaceAll(from, to), text)

export function socialFields(record: SocialRecord): LinkageRecord {
  const { network, handle, name, bio, links, relMe, site, mails, phones, activeFrom, activeUntil } = record
  const isAccount = network !== 'crm'
  return {
    // A CRM is no network: that two contacts stand in it says nothing against their being one.
    network: isAccount ? network : null,
    handle: handle && asKnown(handle),
    name,
    bio: bio && asKnown(bio),
    links: asKnown([...new Set([...links, ...(site ? [site] : [])])].join(' ')),
    relMe: relMe.join(' '),
    mails: mails.join(' '),
    phones: phones.join(', '),
    picture: record.avatarHash,
    city: record.city,
    birthYear: record.birthYear === null ? null : String(record.birthYear),
    company: record.company,
    active: isAccount && activeFrom ? `${activeFrom}/${activeUntil ?? ''}` : null,
    standing: record.kind,
  }
}
