import type { Language } from './story.ts'

/** Web sites of the story. Each offers every feed format; `feed` is the one its pages announce. */
export interface Site {
  key: string
  name: string
  kind: 'forum' | 'blog' | 'news' | 'reviews'
  language: Language
  description: string
  feed: 'rss.xml' | 'atom.xml' | 'feed.json'
}

export const sites: Site[] = [
  {
    key: 'netzgeplauder',
    name: 'Netzgeplauder',
    kind: 'forum',
    language: 'de',
    description: 'Das Forum für Anschluss, Empfang und alles dazwischen',
    feed: 'rss.xml',
  },
  {
    key: 'paklicht',
    name: 'Paklicht',
    kind: 'blog',
    language: 'nl',
    description: 'Minder meenemen, verder komen. Een blog over lichte spullen.',
    feed: 'atom.xml',
  },
  {
    key: 'tagesblick-nord',
    name: 'Tagesblick Nord',
    kind: 'news',
    language: 'de',
    description: 'Nachrichten zwischen Ems und Elbe',
    feed: 'rss.xml',
  },
  {
    key: 'sternchenurteil',
    name: 'Sternchenurteil',
    kind: 'reviews',
    language: 'de',
    description: 'Was Käuferinnen und Käufer wirklich sagen',
    feed: 'feed.json',
  },
]
