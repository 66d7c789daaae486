import { getDomain } from 'tldts'
import { folded } from './folding.ts'
import { levelNumbers } from './levels.ts'
import type { Field } from './schema.ts'
import { common, type Reader, value } from './value.ts'

const SITE = levelNumbers('site')
const ACCOUNT_LINK = levelNumbers('account-link')
const LINKS_MAX = 20

/** How a link to an account looks on each network: host, then the path in front of the handle. */
const PROFILES: Record<string, readonly [network: string, path: RegExp]> = {
  'x.com': ['x', /^\/([^/?#]+)\/?$/],
  'twitter.com': ['x', /^\/([^/?#]+)\/?$/],
  'instagram.com': ['instagram', /^\/([^/?#]+)\/?$/],
  'facebook.com': ['facebook', /^\/([^/?#]+)\/?$/],
  'fb.com': ['facebook', /^\/([^/?#]+)\/?$/],
  'threads.net': ['threads', /^\/@([^/?#]+)\/?$/],
  'threads.com': ['threads', /^\/@([^/?#]+)\/?$/],
  'tiktok.com': ['tiktok', /^\/@([^/?#]+)\/?$/],
  'youtube.com': ['youtube', /^\/(?:@|c\/|user\/)([^/?#]+)\/?$/],
  'bsky.app': ['bluesky', /^\/profile\/([^/?#]+)\/?$/],
  'linkedin.com': ['linkedin', /^\/(?:in|company)\/([^/?#]+)\/?$/],
  't.me': ['telegram', /^\/([^/?#]+)\/?$/],
  'github.com': ['github', /^\/([^/?#]+)\/?$/],
  'twitch.tv': ['twitch', /^\/([^/?#]+)\/?$/],
  'reddit.com': ['reddit', /^\/(?:u|user)\/([^/?#]+)\/?$/],
  'pinterest.com': ['pinterest', /^\/([^/?#]+)\/?$/],
}
const PROFILE_HOSTS = new Map(Object.entries(PROFILES))
const NETWORK_WORDS = new Map(
  Object.entries({
    twitter: 'x',
    insta: 'instagram',
    ig: 'instagram',
    yt: 'youtube',
    fb: 'facebook',
    bsky: 'bluesky',
    fediverse: 'mastodon',
    activitypub: 'mastodon',
  }),
)
/** Many people have a page here: the same page tells much, the same domain nothing. */
const SHARED_DOMAINS = new Set([
  ...PROFILE_HOSTS.keys(),
  ...'linktr.ee linkin.bio beacons.ai bit.ly about.me carrd.co medium.com substack.com wordpress.com blogspot.com tumblr.com github.io'.split(
    ' ',
  ),
  ...'google.com youtu.be amazon.com amazon.de etsy.com spotify.com apple.com wikipedia.org patreon.com ko-fi.com paypal.me discord.gg wa.me'.split(
    ' ',
  ),
])

const URL_IN_TEXT = /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:\/[^\s,;<>"')\]]*)?/g
const ACCOUNT_IN_TEXT =
  /\b(twitter|x|insta|instagram|ig|tiktok|youtube|yt|bsky|bluesky|threads|fb|facebook|github|twitch|telegram)\s*[:：/|]?\s*@([a-z0-9_.-]{2,40})/g

export const networkKey = (name: string): string => {
  const plain = name.trim().toLowerCase()
  return NETWORK_WORDS.get(plain) ?? plain
}

interface Link {
  readonly page: string
  readonly account: string | null
}

function linksIn(raw: string): Link[] {
  const text = raw.toLowerCase()
  const links: Link[] = []
  for (const { 0: found, index } of text.matchAll(URL_IN_TEXT)) {
    if (text[index - 1] === '@') continue
    const bare = found
      .replace(/^https?:\/\//, '')
      .replace(/^(?:www|m|mobile)\./, '')
      .replace(/[./]+$/, '')
    if (text[index + found.length] !== '@') links.push({ page: bare.replace(/[?#].*$/, ''), account: accountIn(bare) })
    if (links.length >= LINKS_MAX) break
  }
  for (const [, network = '', handle = ''] of text.matchAll(ACCOUNT_IN_TEXT))
    links.push({ page: '', account: `${networkKey(network)}/${handleKey(handle)}` })
  return links
}

function accountIn(bare: string): string | null {
  const slash = bare.indexOf('/')
  if (slash < 0) return null
  const [host, path] = [bare.slice(0, slash), bare.slice(slash)]
  const known = PROFILE_HOSTS.get(host)
  if (known) {
    const handle = known[1].exec(path)?.[1]
    return handle ? `${known[0]}/${handleKey(handle)}` : null
  }
  const fediverse = /^\/(?:@|users\/)([^/@?#]+)$/.exec(path)?.[1]
  return fediverse ? `mastodon/${fediverse}@${host}` : null
}

/** A handle as it is looked up: without @ and case. */
export const handleKey = (handle: string): string => handle.trim().toLowerCase().replace(/^@/, '')

/** Words are the pages; form has the domains that belong to one owner, parted by a space. */
export const site: Reader = {
  read: (raws) => {
    const raw = raws.filter((part) => part.trim() !== '').join(' ')
    const pages = [
      ...new Set(
        linksIn(raw)
          .map(({ page }) => page)
          .filter((page) => page !== ''),
      ),
    ]
    if (pages.length === 0) return null
    const domains = pages
      .map((page) => getDomain(page) ?? '')
      .filter((name) => name !== '' && !SHARED_DOMAINS.has(name))
    return value(raw, pages[0] as string, pages, [...new Set(domains)].join(' '))
  },
  level: (a, b) => {
    const page = a.words.find((word) => b.words.includes(word))
    if (page) return SHARED_DOMAINS.has(page) ? 0 : SITE.page
    if (a.form === '' || b.form === '') return 0
    return common(a.form.split(' '), b.form.split(' ')) ? SITE.domain : SITE.different
  },
}

/** Text is the account itself (network/handle), words are the accounts it links to. */
export const accountLink: Reader = {
  read: (raws, fields) => {
    const of = (kind: Field['kind']): string => raws[fields.findIndex((field) => field.kind === kind)]?.trim() ?? ''
    const links = raws.filter((_, at) => ['site', 'bio', 'proven-link'].includes(fields[at]?.kind ?? ''))
    const [network, handle] = [networkKey(of('network')), handleKey(of('handle'))]
    const accounts = [...new Set(linksIn(links.join(' ')).flatMap(({ account }) => account ?? []))]
    if (accounts.length === 0 && !(network && handle)) return null
    return value(folded(links.join(' ')), network && handle ? `${network}/${handle}` : '', accounts)
  },
  level: (a, b) => {
    const there = b.text !== '' && a.words.includes(b.text)
    const back = a.text !== '' && b.words.includes(a.text)
    if (there && back) return ACCOUNT_LINK.mutual
    if (there || back) return ACCOUNT_LINK['one-way']
    return pointsElsewhere(a.words, b.text) || pointsElsewhere(b.words, a.text) ? ACCOUNT_LINK.elsewhere : 0
  },
}

/** Links to another account of the same network: then this one is probably not theirs. */
function pointsElsewhere(links: readonly string[], account: string): boolean {
  const network = account.slice(0, account.indexOf('/') + 1)
  return network !== '' && links.some((link) => link.startsWith(network))
}
