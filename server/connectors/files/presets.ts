/** Exports that are met often, known by their columns. */
import { type Mapping, normalName } from './fields.ts'

export interface Preset {
  name: string
  /** All of these columns must be there, compared as by normalName. */
  columns: string[]
  mapping: Mapping
  /** The network of every row, where the file is of one. */
  network: string | null
}

/** The most telling first. Names of columns as the exports write them. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'twcs',
    columns: ['tweet_id', 'author_id', 'inbound', 'created_at', 'text', 'in_response_to_tweet_id'],
    mapping: {
      tweet_id: 'id',
      author_id: 'authorId',
      created_at: 'publishedAt',
      text: 'text',
      in_response_to_tweet_id: 'parentId',
    },
    network: 'x',
  },
  {
    name: 'airline-tweets',
    columns: ['tweet_id', 'airline', 'name', 'text', 'tweet_created'],
    mapping: { tweet_id: 'id', name: 'authorHandle', text: 'text', tweet_created: 'publishedAt' },
    network: 'x',
  },
  {
    name: 'x-archive',
    columns: ['tweet.id_str', 'tweet.full_text', 'tweet.created_at'],
    mapping: {
      'tweet.id_str': 'id',
      'tweet.full_text': 'text',
      'tweet.created_at': 'publishedAt',
      'tweet.in_reply_to_status_id_str': 'parentId',
      'tweet.lang': 'language',
    },
    network: 'x',
  },
  {
    name: 'x-statuses',
    columns: ['id_str', 'created_at', 'user.screen_name'],
    mapping: {
      id_str: 'id',
      full_text: 'text',
      text: 'text',
      created_at: 'publishedAt',
      'user.id_str': 'authorId',
      'user.screen_name': 'authorHandle',
      'user.name': 'authorName',
      'user.followers_count': 'followers',
      in_reply_to_status_id_str: 'parentId',
      lang: 'language',
    },
    network: 'x',
  },
  {
    name: 'brandwatch',
    columns: ['Query Id', 'Query Name', 'Date', 'Snippet', 'Url'],
    mapping: {
      'Resource Id': 'id',
      'Full Text': 'text',
      Snippet: 'text',
      Title: 'title',
      Date: 'publishedAt',
      Author: 'authorHandle',
      'Full Name': 'authorName',
      'Twitter Author ID': 'authorId',
      'Twitter Followers': 'followers',
      'X Followers': 'followers',
      Url: 'url',
      Language: 'language',
      'Content Source Name': 'network',
      'Page Type': 'network',
      Domain: 'site',
    },
    network: null,
  },
  {
    name: 'talkwalker',
    columns: ['published', 'url', 'content', 'source_type'],
    mapping: {
      external_id: 'id',
      content: 'text',
      content_snippet: 'text',
      title: 'title',
      published: 'publishedAt',
      'extra_author_attributes.id': 'authorId',
      'extra_author_attributes.short_name': 'authorHandle',
      'extra_author_attributes.name': 'authorName',
      'extra_author_attributes.url': 'authorUrl',
      url: 'url',
      lang: 'language',
      source_type: 'network',
      domain_url: 'site',
    },
    network: null,
  },
  {
    name: 'meltwater',
    columns: ['Date', 'URL', 'Hit Sentence', 'Source Name'],
    mapping: {
      'Document ID': 'id',
      'Hit Sentence': 'text',
      'Opening Text': 'text',
      Title: 'title',
      Headline: 'title',
      Date: 'publishedAt',
      Time: 'publishedTime',
      'Author Handle': 'authorHandle',
      'User Profile Url': 'authorUrl',
      'Author Name': 'authorName',
      Influencer: 'authorName',
      'Twitter Followers': 'followers',
      URL: 'url',
      Language: 'language',
      'Content Type': 'network',
      'Source Domain': 'site',
    },
    network: null,
  },
]

export function presetOf(columns: string[]): Preset | null {
  const present = new Set(columns.map(normalName))
  return PRESETS.find((preset) => preset.columns.every((column) => present.has(normalName(column)))) ?? null
}

/** The preset's mapping in the file's own spelling of the columns, in the preset's order. */
export function presetMapping(preset: Preset, columns: string[]): Mapping {
  const mapping: Mapping = {}
  for (const [name, field] of Object.entries(preset.mapping)) {
    const column = columns.find((candidate) => normalName(candidate) === normalName(name))
    if (column !== undefined) mapping[column] = field
  }
  return mapping
}

/** What networks are called in exports, and under which hosts their posts lie. */
const networks: [network: string, names: string, hosts: string][] = [
  ['x', 'x twitter xtwitter tweets socialmediatwitter', 'x.com twitter.com'],
  ['facebook', 'facebook facebookpublic socialmediafacebook', 'facebook.com fb.com'],
  ['instagram', 'instagram instagrampublic socialmediainstagram', 'instagram.com'],
  ['youtube', 'youtube socialmediayoutube', 'youtube.com youtu.be'],
  ['bluesky', 'bluesky', 'bsky.app'],
  ['linkedin', 'linkedin', 'linkedin.com'],
  ['tiktok', 'tiktok', 'tiktok.com'],
  ['reddit', 'reddit', 'reddit.com'],
  ['threads', 'threads', 'threads.net threads.com'],
]

const byName = new Map(
  networks.flatMap(([network, written]) => written.split(' ').map((name) => [name, network] as const)),
)
const byHost = new Map(
  networks.flatMap(([network, , hosts]) => hosts.split(' ').map((host) => [host, network] as const)),
)

/** What is no network of its own (blogs, news, forums) is 'web'. */
export function networkOf(name: string, url: string | null): string | null {
  const named = byName.get(normalName(name))
  if (named !== undefined) return named
  const host = url === null ? '' : new URL(url).hostname.replace(/^(www|m|mobile)\./, '')
  return byHost.get(host) ?? (name === '' && url === null ? null : 'web')
}
