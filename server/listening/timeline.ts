import type { TIMELINE_KINDS } from '../../contract/listening-timelines.ts'
import type { Permission } from '../../contract/permissions.ts'
import { type AuthorBrief, authorBriefs, authorsOfPerson, linksOf, membersOf, personHistory } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid, NotFound } from '../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { splitText, wordKeys } from '../text/index.ts'
import type { Place, Strand, TimelineEntry } from './strand.ts'
import { factStrand, momentOf, postStrand, purchaseStrand } from './timeline-strands.ts'

/** Links are few; they are read whole and merged into the page. */
const LINKS_MAX = 200
const OPERATIONS_MAX = 200
/** Of a search; more narrow nothing that a person means. */
const WORDS_MAX = 8

export interface TimelineOptions {
  after?: string | undefined
  limit: number
  only?: (typeof TIMELINE_KINDS)[number] | undefined
  network?: string | undefined
  from?: Date | undefined
  until?: Date | undefined
  text?: string | undefined
}

interface Reader {
  permissions: ReadonlySet<Permission>
  /** Of modules below. */
  strands: readonly Strand[]
}

type Page = { items: TimelineEntry[]; nextCursor: string | null }

export async function authorTimeline(
  tx: WorkspaceTransaction,
  authorId: string,
  options: TimelineOptions,
  reader: Reader,
): Promise<Page> {
  const all = await authorBriefs(tx, [authorId])
  if (all.size === 0) throw new NotFound('author-unknown')
  const authors = onNetwork(all, options)
  const links = (await linksOf(tx, { authorId }, LINKS_MAX)).filter(({ author }) => authors.has(author.authorId))
  return merge(
    tx,
    [...authors.keys()],
    strandsFor(reader, [factStrand(authors, links), purchaseStrand([])], options),
    options,
  )
}

/** Over all accounts that are linked to the person now; ended links are told, what was said behind them is not. */
export async function personTimeline(
  tx: WorkspaceTransaction,
  personId: string,
  options: TimelineOptions,
  reader: Reader,
): Promise<Page> {
  const links = await linksOf(tx, { personId }, LINKS_MAX)
  const authors = onNetwork(await authorBriefs(tx, await authorsOfPerson(tx, personId)), options)
  const { items: operations } = await personHistory(tx, personId, { limit: OPERATIONS_MAX })
  // What an act on persons says is told as one; a link alone by what it ties.
  const acts = operations.filter(({ kind }) => kind !== 'begin' && kind !== 'link')
  const told = new Set(acts.map(({ operationId }) => operationId))
  const shown = links.filter(
    ({ author, operationId }) => !told.has(operationId) && (!options.network || author.network === options.network),
  )
  const purchases = purchaseStrand(options.network ? [] : await membersOf(tx, personId))
  return merge(
    tx,
    [...authors.keys()],
    strandsFor(reader, [factStrand(authors, shown, options.network ? [] : acts), purchases], options),
    options,
  )
}

const onNetwork = (authors: Map<string, AuthorBrief>, { network }: TimelineOptions): Map<string, AuthorBrief> =>
  network === undefined ? authors : new Map([...authors].filter(([, author]) => author.network === network))

/** What a strand is called when it alone is asked for. Words stand in posts alone. */
const KIND_OF: Record<string, TimelineOptions['only']> = {
  post: 'posts',
  fact: 'identity',
  purchase: 'purchases',
  conversation: 'conversations',
  answer: 'answers',
}

function strandsFor({ permissions, strands }: Reader, facts: Strand[], { only, text }: TimelineOptions): Strand[] {
  if (text) return [postStrand(termsIn(text))]
  return [postStrand(), ...facts, ...strands.filter(({ allow }) => !allow || permissions.has(allow))].filter(
    ({ name }) => only === undefined || KIND_OF[name] === only,
  )
}

/** For each word the terms under which posts are indexed with it. */
const termsIn = (text: string): string[][] =>
  splitText(text)
    .filter(({ kind }) => kind === 'word')
    .slice(0, WORDS_MAX)
    .map(({ text: word }) => {
      const { keys, german } = wordKeys(word)
      return german ? [...keys, german] : [...keys]
    })

/** ids -> load together, per strand. Every strand is asked for a whole page, so that the merged page misses nothing. */
async function merge(
  tx: WorkspaceTransaction,
  authorIds: string[],
  strands: Strand[],
  { after, limit, from, until }: TimelineOptions,
): Promise<Page> {
  const cursor = cursorOf(after, strands)
  const found: { rank: number; place: Place }[] = []
  for (const [rank, strand] of strands.entries()) {
    const end = until ? { at: momentOf(until), key: strand.lowest } : null
    const before = cursor ? boundOf(strand, rank, cursor) : end
    const places = await strand.find(tx, authorIds, before, limit + 1)
    const inPeriod = from ? places.filter(({ at }) => at >= momentOf(from)) : places
    found.push(...inPeriod.map((place) => ({ rank, place })))
  }
  // Sorting is stable: within a strand the order is the one that PostgreSQL gave, whose keys compare otherwise than text.
  const merged = found.toSorted((a, b) =>
    a.place.at === b.place.at ? b.rank - a.rank : a.place.at < b.place.at ? 1 : -1,
  )
  const page = pageOf(merged, limit, ({ rank, place }) => writeCursor(place.at, strands[rank]?.name ?? '', place.key))
  const loaded: Map<string, TimelineEntry>[] = []
  for (const [rank, strand] of strands.entries()) {
    const keys = page.items.flatMap((item) => (item.rank === rank ? [item.place.key] : []))
    loaded.push(keys.length === 0 ? new Map() : await strand.load(tx, keys, authorIds))
  }
  return {
    items: page.items.flatMap(({ rank, place }) => loaded[rank]?.get(place.key) ?? []),
    nextCursor: page.nextCursor,
  }
}

interface Cursor {
  rank: number
  place: Place
}

function cursorOf(after: string | undefined, strands: Strand[]): Cursor | null {
  const cursor = readCursor(after, 3)
  if (!cursor) return null
  const [at = '', name, key = ''] = cursor
  const rank = strands.findIndex((strand) => strand.name === name)
  if (rank === -1 || !/^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/.test(at)) throw new Invalid('cursor-invalid')
  return { rank, place: { at, key } }
}

/** Of the cursor's moment, earlier strands have everything still to come, later ones have nothing left. */
const boundOf = (strand: Strand, rank: number, { rank: reached, place }: Cursor): Place =>
  rank === reached ? place : { at: place.at, key: rank < reached ? strand.highest : strand.lowest }
