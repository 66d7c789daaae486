import { parse, proposeTopic, type Query } from '../matching/index.ts'
import { splitText, wordKeys } from '../text/index.ts'
import { AuditFault, type AuditSource } from './audit-post.ts'
import { bump } from './counting.ts'

export const BRANDS_MAX = 12
const SCOUTED_POSTS_MAX = 50_000
const HANDLES_KEPT_MAX = 200_000
const HANDLES_IN_QUERY_MAX = 10

export interface BrandRequest {
  name: string
  /** In the listening language; null: proposed from the name and the accounts that the posts mention. */
  query: string | null
  /** Handles of its own accounts; empty: recognised by name. */
  own: string[]
}

export interface Brand {
  name: string
  query: string
  compiled: Query
  /** Is this account the brand's? By handle, without @. */
  owns(handle: string): boolean
  /** Words of its name: they say nothing about what is spoken of. */
  nameKeys: ReadonlySet<string>
}

/** Words that brands put around their name in handles: @AskTarget, @AmericanAir, @SpotifyCares, @telekom_hilft. */
const BEFORE = 'ask|hey|hi|my|mein|mijn|team|the|go|we|official|real'
const AFTER =
  'help|helps|helpers|helpdesk|care|cares|support|service|services|customer(?:service|care|support)|cust(?:serv|care)|cs|official|offiziell|online|' +
  'air|airlines?|airways|mobile|bank|group|global|hq|inc|corp|team|app|news|newsroom|press|presse|jobs|shop|store|assist|tweets|' +
  'hilft|hilfe|kundenservice|kundendienst|webcare|klantenservice|helpt|' +
  'uk|us|usa|de|nl|at|ch|be|eu|ie|ca|au|in|fr|es|it|deutschland|germany|nederland|netherlands|austria|oesterreich|schweiz|suisse|belgie|belgium|europe'

/** The letters and digits of a handle, without its host: Ask_Target → asktarget, lena.example.org → lena. */
export const handleLetters = (handle: string): string =>
  (handle.replace(/^@/, '').split(/[.@]/)[0] ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Does a handle look like an account of the brand: its name, alone or with the words that brands add? */
export function looksOwned(brandName: string): (handle: string) => boolean {
  const words = wordsOf(brandName)
  const spellings = [0, -1].map((at) => words.map((word) => wordKeys(word).keys.at(at) ?? '').join(''))
  const name = [...new Set(spellings)].map((spelling) => spelling.replaceAll(/[^\p{L}\p{N}]/gu, '')).join('|')
  if (name === '') return () => false
  const pattern = new RegExp(`^(?:${BEFORE})?(?:${name})(?:${AFTER})?$`, 'u')
  return (handle) => pattern.test(handleLetters(handle))
}

const wordsOf = (text: string): string[] =>
  splitText(text)
    .filter(({ kind }) => kind === 'word')
    .map((token) => token.text)

/** Reads the beginning of the posts for the accounts they mention, and says how each brand will be recognised. */
export async function recogniseBrands(
  requests: BrandRequest[],
  source: AuditSource,
  languages: string[],
): Promise<{ brands: Brand[]; mentioned: Map<string, number> }> {
  if (requests.length > BRANDS_MAX)
    throw new AuditFault('too-many-brands', `At most ${BRANDS_MAX} brands can be compared.`, { brandsMax: BRANDS_MAX })
  const mentioned = await scoutHandles(source)
  return { brands: requests.map((request) => recognise(request, mentioned, languages)), mentioned }
}

async function scoutHandles(source: AuditSource): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  let posts = 0
  for await (const row of source.read()) {
    if (row.kind !== 'post') continue
    const { text, author } = row.post
    for (const token of splitText(text))
      if (token.kind === 'handle') bump(counts, token.text.slice(1).toLowerCase(), HANDLES_KEPT_MAX)
    if (author.handle !== null) bump(counts, author.handle.toLowerCase(), HANDLES_KEPT_MAX)
    if (++posts >= SCOUTED_POSTS_MAX) break
  }
  return counts
}

function recognise({ name, query, own }: BrandRequest, mentioned: Map<string, number>, languages: string[]): Brand {
  const looks = looksOwned(name)
  const named = new Set(own.map((handle) => handle.replace(/^@/, '').toLowerCase()))
  const found = [...mentioned]
    .filter(([handle]) => named.has(handle) || looks(handle))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, HANDLES_IN_QUERY_MAX)
    .map(([handle]) => handle)
  const text = query ?? proposeQuery(name, [...new Set([...named, ...found])], languages)
  const parsed = text === null ? null : parse(text, { languages })
  if (text === null || !parsed?.ok)
    throw new AuditFault('brand-unreadable', `"${query ?? name}" cannot be read as a brand: ${faultOf(parsed)}`, {
      name,
    })
  return {
    name,
    query: text,
    compiled: parsed.query,
    owns: named.size > 0 ? (handle) => named.has(handle.replace(/^@/, '').toLowerCase()) : looks,
    nameKeys: new Set(wordsOf(name).flatMap((word) => wordKeys(word).keys)),
  }
}

const faultOf = (parsed: ReturnType<typeof parse> | null): string =>
  parsed && !parsed.ok ? (parsed.errors[0]?.code ?? 'it is faulty') : 'it holds no word'

/**
 * The topic that listening would propose, narrowed for counting: the name as it is spelt (the word forms of a name are
 * other words: "United" and "unit"), and only those accounts that look like the brand's own instead of all that begin
 * like it.
 */
function proposeQuery(name: string, handles: string[], languages: string[]): string | null {
  const proposed = proposeTopic(name, languages)
  if (proposed === null) return null
  const parts = proposed.split(' OR ')
  const words = parts
    .filter((part) => !part.startsWith('@'))
    .map((part) => (/^[\p{L}\p{N}]+$/u.test(part) ? `"${part}"` : part))
  const accounts = handles.map((handle) => `@${handle}`)
  const bare = parts.filter((part) => part.startsWith('@')).map((part) => part.replace(/\*$/, ''))
  const narrowed = [...words, ...new Set([...bare, ...accounts])].join(' OR ')
  return parse(narrowed, { languages }).ok ? narrowed : proposed
}
