import { asSpelt, type Carried, changed, type Dialect, filter, leftOut, same } from './rule.ts'

const NETWORK_SITES = new Set([
  'twitter.com',
  'x.com',
  'instagram.com',
  'facebook.com',
  'reddit.com',
  'youtube.com',
  'tiktok.com',
])

/** Brandwatch's queries: words as spelt, wildcards inside and behind, {EXACT} spellings, <<<comments>>>. */
export const BRANDWATCH: Dialect = {
  name: 'brandwatch',
  comments: true,
  word: (text) => {
    if (/^https?:\/\//i.test(text)) return filter(`url:"${text.replace(/^https?:\/\//i, '')}"`)
    return same(/[*?]/.test(text) ? text : asSpelt(text))
  },
  phrase: (text) => same(asSpelt(text)),
  exact: (text) => same(`{${text.replace(/[{}]/g, '')}}`),
  field: (name, value) => FIELDS[name]?.(value) ?? leftOut('field-unknown'),
}

const FIELDS: Record<string, (value: string) => Carried> = {
  title: (value) => changed(asSpelt(value), 'wider', 'title-anywhere', true),
  raw: (value) => changed(`{${value.replace(/[{}+]/g, '')}}`, 'wider', 'sign-left-out', true),
  site: (value) => {
    const host = value.toLowerCase().replace(/^www\./, '')
    return NETWORK_SITES.has(host) ? changed(`site:${host}`, 'rewritten', 'site-of-network') : filter(`site:${host}`)
  },
  url: (value) => changed(`url:"${withoutScheme(value)}"`, 'wider', 'address-contains'),
  links: (value) => changed(`url:"${withoutScheme(value)}"`, 'wider', 'link-or-address'),
  author: (value) => filter(`author:"${value}"`),
  language: (value) => filter(`lang:${value.toLowerCase()}`),
  authorfollowers: (value) => {
    const range = /^\s*(\d{1,12}|\*)\s+TO\s+(\d{1,12}|\*)\s*$/i.exec(value)
    if (!range) return leftOut('field-unknown')
    const [low, high] = [range[1] === '*' ? '' : range[1], range[2] === '*' ? '' : range[2]]
    return low || high ? filter(`followers:${low}..${high}`) : leftOut('field-has-no-match')
  },
  engagementtype: (value) => {
    if (value === 'REPLY') return filter('is:reply')
    if (value === 'COMMENT') return changed('is:reply', 'wider', 'answer-or-comment')
    return leftOut('share-not-heard')
  },
  subreddit: (value) => changed(`url:"reddit.com/r/${value.toLowerCase()}/"`, 'rewritten', 'group-by-address'),
  hashtags: (value) => same(`#${value.replace(/^#/, '')}`),
  at_mentions: (value) => same(`@${value.replace(/^@/, '')}`),
  ...Object.fromEntries(
    // Places, marks and ids that no post of ours tells.
    [
      'continent',
      'country',
      'region',
      'city',
      'latitude',
      'longitude',
      'authorverified',
      'authorverifiedtype',
      'parentpostid',
      'rootpostid',
      'brandids',
      'engagingwithguid',
      'guid',
      'pubtype',
      'publishersubtype',
      'redditpostflair',
      'redditauthorflair',
      'redditspoiler',
      'sensitivecontent',
      'sentiment',
      'gender',
      'itemreview',
      'rating',
      'imagetype',
      'minutespublished',
      'singleauthorid',
    ].map((name) => [name, () => leftOut('field-has-no-match')]),
  ),
}

const withoutScheme = (address: string): string => address.replace(/^https?:\/\//i, '').replace(/^www\./i, '')
