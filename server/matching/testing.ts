import { type MatchablePost, type ParseResult, type PreparedPost, parse, prepare, type Query } from './index.ts'

/** The languages of the topics in tests, as in docs/listening-language.md. */
export const LANGUAGES = ['de', 'nl', 'en']

export type PostDetails = Partial<Omit<MatchablePost, 'author'>> & { author?: Partial<MatchablePost['author']> }

/** A post that says nothing about itself but its text. */
export function post(text: string, { author, ...details }: PostDetails = {}): PreparedPost {
  return prepare({
    title: null,
    text,
    language: null,
    network: 'twin',
    scope: '',
    site: null,
    url: null,
    publishedAt: new Date('2026-05-01T12:00:00Z'),
    isReply: false,
    hasMedia: false,
    links: [],
    mentions: [],
    sourceName: null,
    ...details,
    author: { handle: null, name: null, followers: null, networkId: '1', ...author },
  })
}

export function query(text: string, languages: readonly string[] = LANGUAGES): Query {
  const result = parse(text, { languages })
  if (!result.ok) throw new Error(`${text}: ${result.errors.map((error) => error.code).join(', ')}`)
  return result.query
}

export function errorsOf(
  text: string,
  languages: readonly string[] = LANGUAGES,
): (ParseResult & { ok: false })['errors'] {
  const result = parse(text, { languages })
  if (result.ok) throw new Error(`${text} was read, but should have been refused`)
  return result.errors
}
