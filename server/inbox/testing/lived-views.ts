import { sql } from 'kysely'
import { postFigures } from '../../listening/index.ts'
import { refreshSummaries } from '../../people/index.ts'
import { conversationFigures } from '../index.ts'
import { type LivedStory, TAGS } from './lived-story.ts'

/** So small that timelines, lists and segments have several pages. */
const PAGE = 3

interface Entry {
  kind: string
  at: string
  turn?: string
  because?: string | null
  handle?: string
  post?: { text: string }
  link?: { author: { authorId: string }; withdrawn: unknown }
  operation?: { kind: string; undone: unknown }
  purchase?: { externalId: string }
  conversation?: { author: { authorId: string }; opening: string | null }
}

const SEGMENTS = [
  { name: 'Tagged', conditions: [{ field: 'tags', is: 'anyOf', words: TAGS.slice(0, 1) }] },
  { name: 'Talkative', conditions: [{ field: 'posts', is: 'atLeast', amount: 2 }] },
  { name: 'Buyers', conditions: [{ field: 'orders', is: 'atLeast', amount: 1 }] },
  { name: 'Agreed', conditions: [{ field: 'consents', is: 'anyOf', words: ['contact', 'research'] }] },
]

/** Everything that a member sees of the persons, by labels, without times. Each current person is named by who it is made of. */
export async function viewsOf(story: LivedStory) {
  await keepUp(story)
  const groups = await groupsOf(story)
  const persons: Record<string, unknown> = {}
  for (const [personId, group] of groups) persons[group] = await personView(story, personId)
  return {
    persons,
    list: await listOf(story, groups),
    conversations: await conversationsOf(story, groups),
    found: await foundBy(story, groups),
    segments: await segmentsOf(story, groups),
    nobodys: await nobodysOf(story),
  }
}

/** What workers do meanwhile: events are handled, and everything that is due is made anew. */
async function keepUp({ desk }: LivedStory): Promise<void> {
  await desk.app.settle()
  const figures = [postFigures, conversationFigures]
  while ((await refreshSummaries(desk.services, desk.workspaceId, figures)) > 0);
}

async function groupsOf({ desk, world }: LivedStory): Promise<Map<string, string>> {
  const rows = await desk.rows(sql<{ person_id: string; current_id: string }>`select person_id, current_id from person`)
  const members = Map.groupBy(rows, ({ current_id }) => current_id)
  return new Map(
    [...members].map(([current, all]) => [
      current,
      all
        .map(({ person_id }) => world.labels.label(person_id))
        .toSorted()
        .join('+'),
    ]),
  )
}

async function personView(story: LivedStory, personId: string) {
  const { desk, world } = story
  const { label } = world.labels
  const profile = await desk.ask<{
    name: string
    networks: string[]
    profiled: boolean
    scores: unknown
    tags: string[]
    segments: { name: string }[]
    notes: { text: string }[]
  }>('people.profile.get', { personId })
  const contacts = await desk.ask<{
    open: { author: { authorId: string }; state: string; opening: string | null }[]
    last: { opening: string | null }[]
    channels: Record<string, unknown>[]
  }>('inbox.persons.contacts', { personId })
  const consents = await desk.ask<Record<string, unknown>>('privacy.consents.ofPerson', { personId })
  const fields = await desk.ask('people.graph.fields.get', { personId })
  const { links } = await desk.ask<{ links: { author: { authorId: string }; holds: boolean; withdrawn: unknown }[] }>(
    'people.persons.get',
    { personId },
  )
  const summary = await desk.rows(sql<Record<string, unknown>>`
    select profiled, followers, posts, orders, spent, contracts, conversations, language, networks, tags, consents, inputs
    from person_summary where person_id = ${personId}`)
  return {
    name: profile.name,
    networks: profile.networks,
    profiled: profile.profiled,
    scores: profile.scores,
    tags: profile.tags,
    segments: profile.segments.map(({ name }) => name),
    notes: profile.notes.map(({ text }) => text).toSorted(),
    open: contacts.open
      .map(({ author, state, opening }) => [label(author.authorId), state, opening].join(' '))
      .toSorted(),
    last: contacts.last.map(({ opening }) => opening).toSorted(),
    channels: contacts.channels.map(({ lastAt: _, ...channel }) => channel),
    consents: { mayContact: consents.mayContact, mayProfile: consents.mayProfile, purposes: consents.purposes },
    fields: JSON.parse(JSON.stringify(fields, (key, value) => (/Id$|^at$|At$/.test(key) ? undefined : value))),
    links: links
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ author, holds }) => `${label(author.authorId)} ${holds}`)
      .toSorted(),
    summary: summary.map((row) => ({ ...row, networks: sorted(row.networks), tags: sorted(row.tags) })),
    timeline: await timelineOf(story, { personId }),
  }
}

const sorted = (words: unknown): string[] => (words as string[]).toSorted()

/** All pages, newest first; acts that were undone and links that were withdrawn are history and not told again. */
async function timelineOf({ desk, world }: LivedStory, of: { personId: string } | { authorId: string }) {
  const path = 'personId' in of ? 'listening.timelines.ofPerson' : 'listening.timelines.ofAuthor'
  const entries = await everyPage<Entry>((after) => desk.ask(path, { ...of, limit: PAGE, ...after }))
  const times = entries.map(({ at }) => at)
  if (times.join() !== times.toSorted().toReversed().join()) throw new Error(`not newest first: ${times.join(' ')}`)
  return entries
    .filter(({ kind, link, operation }) => {
      if (kind === 'withdrawn' || kind === 'undone' || link?.withdrawn || operation?.undone) return false
      // From whom an account was taken is told as it was then, whatever had led it there.
      return operation?.kind !== 'cut' && operation?.kind !== 'move'
    })
    .map((entry) =>
      [
        entry.kind,
        entry.turn,
        entry.because,
        entry.handle,
        entry.post?.text,
        entry.link && world.labels.label(entry.link.author.authorId),
        entry.operation?.kind,
        entry.purchase?.externalId,
        entry.conversation && world.labels.label(entry.conversation.author.authorId),
      ]
        .filter(Boolean)
        .join(' '),
    )
    .toSorted()
}

async function everyPage<Item>(
  ask: (after: { after?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await ask(after ? { after } : {})
    all.push(...page.items)
    after = page.nextCursor
  }
  return all
}

interface Listed {
  personId: string
  name: string
  authors: { authorId: string }[]
}

const lineOf =
  ({ world }: LivedStory, groups: Map<string, string>) =>
  (one: Listed) =>
    `${groups.get(one.personId)} ${one.name}: ${one.authors.map(({ authorId }) => world.labels.label(authorId)).toSorted()}`

async function listOf(story: LivedStory, groups: Map<string, string>) {
  const all = await everyPage<Listed>((after) => story.desk.ask('people.persons.list', { limit: PAGE, ...after }))
  return all.map(lineOf(story, groups)).toSorted()
}

async function conversationsOf({ desk, world }: LivedStory, groups: Map<string, string>) {
  return (await desk.conversations())
    .map(({ author, person }) => `${world.labels.label(author.authorId)}: ${person && groups.get(person.personId)}`)
    .toSorted()
}

async function foundBy(story: LivedStory, groups: Map<string, string>) {
  const found: Record<string, unknown> = {}
  for (const text of [...story.handles.values(), 'c0@example.org', 'c1@example.org']) {
    const { persons, accounts } = await story.desk.ask<{ persons: Listed[]; accounts: { authorId: string }[] }>(
      'people.search',
      { text },
    )
    found[text] = {
      persons: persons.map(lineOf(story, groups)).toSorted(),
      accounts: accounts.map(({ authorId }) => story.world.labels.label(authorId)).toSorted(),
    }
  }
  return found
}

async function segmentsOf(story: LivedStory, groups: Map<string, string>) {
  const { desk } = story
  for (const { name, conditions } of SEGMENTS)
    await desk.tell('people.segments.create', { name, rule: { match: 'all', conditions } }, desk.app.workspace.owner)
  const { items, all } = await desk.ask<{
    items: { segmentId: string; name: string; count: unknown }[]
    all: unknown
  }>('people.segments.list', {})
  const held: Record<string, unknown> = { all }
  for (const { segmentId, name, count } of items) {
    const persons = await everyPage<Listed>((after) =>
      desk.ask('people.segments.persons', { segmentId, limit: PAGE, ...after }),
    )
    held[name] = { count, persons: persons.map(lineOf(story, groups)).toSorted() }
  }
  return held
}

/** What accounts said that belong to nobody stands on their own page. */
async function nobodysOf(story: LivedStory) {
  const rows = await story.desk.rows(
    sql<{ author_id: string }>`select author_id from author where person_id is null and not own`,
  )
  const timelines: Record<string, unknown> = {}
  for (const { author_id } of rows)
    timelines[story.world.labels.label(author_id) as string] = await timelineOf(story, { authorId: author_id })
  return timelines
}
