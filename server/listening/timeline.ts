import type { Permission } from '../../contract/permissions.ts'
import { authorBriefs, authorsOfPerson, linksOf } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid, NotFound } from '../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import type { Place, Strand, TimelineEntry } from './strand.ts'
import { factStrand, postStrand } from './timeline-strands.ts'

/** Links are few; they are read whole and merged into the page. */
const LINKS_MAX = 200

export interface TimelineOptions {
  after?: string | undefined
  limit: number
  only?: 'posts' | undefined
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
  const authors = await authorBriefs(tx, [authorId])
  if (authors.size === 0) throw new NotFound('author-unknown')
  const facts = factStrand(authors, await linksOf(tx, { authorId }, LINKS_MAX))
  return merge(tx, [authorId], strandsFor(reader, facts, options), options)
}

/** Over all accounts that are linked to the person now; ended links are told, what was said behind them is not. */
export async function personTimeline(
  tx: WorkspaceTransaction,
  personId: string,
  options: TimelineOptions,
  reader: Reader,
): Promise<Page> {
  const links = await linksOf(tx, { personId }, LINKS_MAX)
  if (links.length === 0) throw new NotFound('person-unknown')
  const authorIds = await authorsOfPerson(tx, personId)
  const facts = factStrand(await authorBriefs(tx, authorIds), links)
  return merge(tx, authorIds, strandsFor(reader, facts, options), options)
}

const strandsFor = ({ permissions, strands }: Reader, facts: Strand, { only }: TimelineOptions): Strand[] =>
  only === 'posts'
    ? [postStrand]
    : [postStrand, facts, ...strands.filter(({ allow }) => !allow || permissions.has(allow))]

/** ids -> load together, per strand. Every strand is asked for a whole page, so that the merged page misses nothing. */
async function merge(
  tx: WorkspaceTransaction,
  authorIds: string[],
  strands: Strand[],
  { after, limit }: TimelineOptions,
): Promise<Page> {
  const cursor = cursorOf(after, strands)
  const found: { rank: number; place: Place }[] = []
  for (const [rank, strand] of strands.entries()) {
    const before = cursor && boundOf(strand, rank, cursor)
    const places = await strand.find(tx, authorIds, before, limit + 1)
    found.push(...places.map((place) => ({ rank, place })))
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
