import { wilson } from '../statistics/index.ts'
import type { Brand } from './brands.ts'
import { tally, top } from './counting.ts'
import type { BrandFigure } from './figures.ts'
import { FLAG } from './ledger.ts'
import type { Survey } from './survey.ts'

const FORMS_SHOWN_MAX = 10
const OWN_ACCOUNTS_SHOWN_MAX = 12

export type Sampled = (from: Iterable<number>, most?: number) => number[]

/** How much is said about a brand, by whom, and how it was recognised. */
export function brandFigure(
  brand: Brand,
  at: number,
  surveyed: Survey,
  namingAny: number,
  sampled: Sampled,
): BrandFigure {
  const { ledger } = surveyed
  const bit = 1 << at
  const posts = [...ledger.where((post) => !ledger.has(post, FLAG.own) && ledger.isNamed(post, at))]
  const own = tally(
    ledger.where((post) => ledger.writtenBy(post) === at),
    (post) => ledger.authors.ownName(ledger.author[post] as number),
  )
  const authors = new Set(posts.map((post) => ledger.author[post] as number))
  return {
    name: brand.name,
    query: brand.query,
    posts: posts.length,
    authors: ledger.authors.areKnown() ? authors.size : null,
    addressed: posts.filter((post) => ((ledger.addresses[post] as number) & bit) !== 0).length,
    together: posts.filter((post) => ledger.names[post] !== bit).length,
    share: wilson(posts.length, namingAny),
    forms: top(surveyed.forms[at] ?? new Map(), FORMS_SHOWN_MAX),
    ownAccounts: top(own, OWN_ACCOUNTS_SHOWN_MAX),
    ownPosts: [...own.values()].reduce((sum, posts) => sum + posts, 0),
    samples: sampled(posts),
  }
}
