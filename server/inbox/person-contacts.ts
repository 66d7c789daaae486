import { sql } from 'kysely'
import type { z } from 'zod'
import type { persons as contract } from '../../contract/inbox-persons.ts'
import { authorBriefs, authorsOfPerson, figuresFrom } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { openingOf } from './author-timeline.ts'

const OPEN_MAX = 20
const LAST_MAX = 5
/** Of one identity, the newest: enough to tell which channel serves. */
const CONVERSATIONS_MAX = 300
const OPENING_CHARACTERS_MAX = 600

type Contacts = z.output<NonNullable<(typeof contract.contacts)['~orpc']['outputSchema']>>
type Contact = Contacts['open'][number]

interface Row {
  conversation_id: string
  network: string
  author_id: string
  state: Contact['state']
  last_post_at: Date
  waiting_since: Date | null
}

/** What beside the present conversation has to be known of a person. Served by conversation_author. */
export async function contactsOf(tx: WorkspaceTransaction, personId: string, now: Date): Promise<Contacts> {
  const authorIds = await authorsOfPerson(tx, personId)
  const { rows } = await sql<Row>`
    select c.* from unnest(${authorIds}::uuid[]) as a(author_id) cross join lateral (
      select conversation_id, network, author_id, state, last_post_at, waiting_since from conversation
      where workspace_id = ${tx.workspaceId} and author_id = a.author_id
      order by last_post_at desc, conversation_id desc limit ${CONVERSATIONS_MAX}) c
    order by c.last_post_at desc`.execute(tx.sql)
  const waits = ({ waiting_since }: Row) => waiting_since?.getTime() ?? Number.POSITIVE_INFINITY
  const open = rows
    .filter(({ state }) => state !== 'closed')
    .toSorted((a, b) => waits(a) - waits(b) || 0)
    .slice(0, OPEN_MAX)
  const last = rows.slice(0, LAST_MAX)
  const shown = await present(tx, [...new Set([...open, ...last])])
  const of = (some: Row[]) => some.flatMap(({ conversation_id }) => shown.get(conversation_id) ?? [])
  return { open: of(open), last: of(last), channels: await channelsOf(tx, rows, now) }
}

async function present(tx: WorkspaceTransaction, rows: Row[]): Promise<Map<string, Contact>> {
  const { rows: openings } = await sql<{ conversation_id: string; said: string | null }>`
    select c.conversation_id, opening.said from unnest(${rows.map((row) => row.conversation_id)}::uuid[]) as c(conversation_id)
      cross join lateral (
        select left(coalesce(nullif(p.title, ''), p.text), ${OPENING_CHARACTERS_MAX}) as said
        from conversation_post cp join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
        where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = c.conversation_id and cp.direction = 'in'
          and not cp.deleted order by cp.published_at, cp.post_id limit 1) opening`.execute(tx.sql)
  const said = new Map(openings.map((row) => [row.conversation_id, openingOf(row.said)]))
  const authors = await authorBriefs(tx, [...new Set(rows.map((row) => row.author_id))])
  return new Map(
    rows.flatMap((row) => {
      const author = authors.get(row.author_id)
      if (!author) return []
      const { conversation_id: conversationId, network, state, last_post_at, waiting_since } = row
      const opening = said.get(conversationId) ?? null
      return [
        [
          conversationId,
          { conversationId, network, author, state, lastPostAt: last_post_at, waitingSince: waiting_since, opening },
        ],
      ]
    }),
  )
}

/** By network: whether we answered there, and whether they wrote again afterwards (conversation_post_ours). */
async function channelsOf(tx: WorkspaceTransaction, rows: Row[], now: Date): Promise<Contacts['channels']> {
  const recent = rows.filter(({ last_post_at }) => last_post_at >= figuresFrom(now))
  if (recent.length === 0) return []
  const { rows: answered } = await sql<{ conversation_id: string; replied: boolean }>`
    select c.conversation_id, exists (select from conversation_post theirs where theirs.workspace_id = ${tx.workspaceId}
        and theirs.conversation_id = c.conversation_id and theirs.direction = 'in' and theirs.published_at > ours.published_at) as replied
    from unnest(${recent.map((row) => row.conversation_id)}::uuid[]) as c(conversation_id) cross join lateral (
      select published_at from conversation_post where workspace_id = ${tx.workspaceId}
        and conversation_id = c.conversation_id and direction = 'out'
      order by published_at, post_id limit 1) ours`.execute(tx.sql)
  const repliedIn = new Map(answered.map((row) => [row.conversation_id, row.replied]))
  return [...Map.groupBy(recent, ({ network }) => network)]
    .map(([network, all]) => ({
      network,
      conversations: all.length,
      answered: all.filter(({ conversation_id }) => repliedIn.has(conversation_id)).length,
      repliedAfterOurs: all.filter(({ conversation_id }) => repliedIn.get(conversation_id)).length,
      lastAt: all.reduce((latest, { last_post_at }) => (last_post_at > latest ? last_post_at : latest), new Date(0)),
    }))
    .toSorted(
      (a, b) =>
        b.repliedAfterOurs - a.repliedAfterOurs ||
        b.answered - a.answered ||
        b.conversations - a.conversations ||
        b.lastAt.getTime() - a.lastAt.getTime(),
    )
}
