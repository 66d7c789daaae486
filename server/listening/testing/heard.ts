import type { HeardAuthor, HeardItem, HeardPost } from '../../connectors/index.ts'

/** Posts and accounts as a network called 'pond' would tell them. */
export const NOON = new Date('2026-11-20T12:00:00Z')

export const minutesAfterNoon = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000)

export function anAuthor(handle: string, change: Partial<HeardAuthor> = {}): HeardAuthor {
  return {
    network: 'pond',
    scope: '',
    networkId: `id-of-${handle}`,
    handle,
    name: handle,
    avatarUrl: null,
    bio: null,
    url: null,
    followers: null,
    stable: true,
    ...change,
  }
}

export function aPost(externalId: string, text: string, change: Partial<HeardPost> = {}): HeardPost {
  return {
    network: 'pond',
    scope: '',
    externalId,
    reference: null,
    author: anAuthor('mila'),
    title: null,
    text,
    url: `https://pond.example/${externalId}`,
    publishedAt: NOON,
    editedAt: null,
    language: 'en',
    parent: null,
    root: null,
    media: [],
    links: [],
    mentions: [],
    site: 'pond.example',
    addressed: false,
    ...change,
  }
}

export const heard = (...posts: HeardPost[]): HeardItem[] => posts.map((post) => ({ kind: 'post', post }))

export const replyTo = (externalId: string) => ({
  parent: { externalId, reference: null },
  root: { externalId, reference: null },
})
