import type { AuditPost, AuditSource } from '../audit-post.ts'
import type { BrandRequest } from '../brands.ts'

/** A post of a test in one line; ids are its numbers. */
export interface Told {
  by: string
  text: string
  at: string
  answers?: number
  language?: string
  network?: string
  name?: string
  followers?: number
  url?: string
}

/** Posts in the order told: the first is number 1. */
export function sourceOf(told: Told[]): AuditSource {
  return {
    async *read() {
      for (const [index, post] of told.entries()) yield { kind: 'post', post: postOf(post, index + 1) }
    },
  }
}

function postOf({ by, text, at, answers, language, network = 'x', name, followers, url }: Told, id: number): AuditPost {
  const key = (value: string | number) => `${network}\n\n${value}`
  return {
    key: key(id),
    parentKey: answers === undefined ? null : key(answers),
    authorKey: key(`@${by}`),
    ours: false,
    postId: null,
    authorId: null,
    title: null,
    text,
    language: language ?? 'en',
    network,
    scope: '',
    site: null,
    url: url ?? null,
    publishedAt: new Date(at),
    author: { handle: by, name: name ?? null, followers: followers ?? null, networkId: `@${by}` },
    isReply: answers !== undefined,
    hasMedia: false,
    links: [],
    mentions: [],
    sourceName: null,
  }
}

export const brand = (name: string, own: string[] = [], query: string | null = null): BrandRequest => ({
  name,
  query,
  own,
})

export const request = (...brands: BrandRequest[]) => ({
  brands,
  languages: ['en'],
  timeZone: 'UTC',
  anonymous: false,
  facts: { kind: 'file' as const, name: 'posts.csv', mapping: {}, notes: [] },
})
