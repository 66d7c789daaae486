import { asSpelt, type Carried, changed, type Dialect, filter, leftOut, same } from './rule.ts'

/**
 * Rules of X's filtered stream and queries of its search (v2), with since: and until: of the web search: words as spelt,
 * a blank for AND, a hyphen for NOT.
 */
export const X: Dialect = {
  name: 'x',
  comments: false,
  word: (text) => {
    if (/^\$[a-z]/i.test(text)) return changed(asSpelt(text.slice(1)), 'wider', 'sign-left-out', true)
    if (/^https?:\/\//i.test(text)) return filter(`url:"${withoutScheme(text)}"`)
    return accented(text.replace(/[*?]/g, ''))
  },
  phrase: (text) => accented(text.replace(/[*?]/g, ' ')),
  exact: (text) => same(asSpelt(text)),
  field: (name, value) => FIELDS[name]?.(value) ?? leftOut('field-unknown'),
}

/** A rule with an accent meets only posts with it; we let accents make no difference. */
function accented(text: string): Carried {
  const isAccented = /\p{M}/u.test(text.normalize('NFD'))
  return isAccented ? changed(asSpelt(text), 'wider', 'accents-do-not-count', true) : same(asSpelt(text))
}

const FIELDS: Record<string, (value: string) => Carried> = {
  from: (value) => filter(`author:@${value.replace(/^@/, '')}`),
  to: (value) => changed(`@${value.replace(/^@/, '')}`, 'wider', 'mention-instead-of-answer', true),
  url: (value) => changed(`url:"${withoutScheme(value)}"`, 'wider', 'link-or-address'),
  url_contains: (value) => changed(`url:"${withoutScheme(value)}"`, 'wider', 'link-or-address'),
  lang: (value) => filter(`lang:${value.toLowerCase() === 'und' ? 'unknown' : value.toLowerCase()}`),
  followers_count: (value) => {
    const range = /^(\d{1,12})(?:\.\.(\d{1,12}))?$/.exec(value)
    if (!range) return leftOut('field-unknown')
    return filter(range[2] ? `followers:${range[1]}..${range[2]}` : `followers:>=${range[1]}`)
  },
  is: (value) =>
    value === 'reply' ? filter('is:reply') : leftOut(value === 'verified' ? 'field-has-no-match' : 'share-not-heard'),
  has: (value) => {
    if (value === 'links') return filter('has:link')
    if (value === 'media') return filter('has:media')
    if (/^(images|videos|video_link|video)$/.test(value)) return changed('has:media', 'wider', 'media-of-any-kind')
    return leftOut('field-has-no-match')
  },
  since: (value) => dated('>=', value),
  until: (value) => dated('<', value),
  ...Object.fromEntries(
    ['retweets_of', 'retweets_of_user', 'retweets_of_tweet_id', 'quotes_of_tweet_id'].map((name) => [
      name,
      () => leftOut('share-not-heard'),
    ]),
  ),
  ...Object.fromEntries(
    [
      'in_reply_to_tweet_id',
      'in_reply_to_status_id',
      'conversation_id',
      'context',
      'entity',
      'list',
      'place',
      'place_country',
      'point_radius',
      'bounding_box',
      'sample',
      'tweets_count',
      'following_count',
      'listed_count',
      'url_title',
      'url_description',
      'source',
      'bio',
      'bio_name',
      'bio_location',
      'min_faves',
      'min_retweets',
      'min_replies',
      'filter',
      'near',
      'within',
      'geocode',
      'embedding',
      'embedding_threshold',
    ].map((name) => [name, () => leftOut('field-has-no-match')]),
  ),
}

const dated = (sign: string, value: string): Carried =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? filter(`date:${sign}${value}`) : leftOut('field-unknown')

const withoutScheme = (address: string): string => address.replace(/^https?:\/\//i, '').replace(/^www\./i, '')
