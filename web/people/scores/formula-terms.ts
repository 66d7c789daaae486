import type { ScoreInput, Term } from '../../../contract/people-scores.ts'

export type { Term } from '../../../contract/people-scores.ts'

/** As the contract names them; a type keeps the list whole. */
const ALL: Record<ScoreInput, true> = {
  spent: true,
  orders: true,
  contracts: true,
  posts: true,
  postsAboutUs: true,
  followers: true,
  positivePosts: true,
  negativePosts: true,
  praises: true,
  complaints: true,
  conversations: true,
  answers: true,
  tenureYears: true,
}
export const INPUTS = Object.keys(ALL) as ScoreInput[]
export const TERMS_MAX = 12

/** What is wrong with a formula before it is sent; the server says the same. */
export function faultOf(terms: readonly Term[]): 'weight' | 'cap' | 'twice' | null {
  if (terms.some(({ weight }) => weight === 0)) return 'weight'
  if (terms.some(({ cap }) => cap !== null && cap <= 0)) return 'cap'
  const said = terms.map(({ input, scale }) => `${input} ${scale}`)
  return new Set(said).size < said.length ? 'twice' : null
}
