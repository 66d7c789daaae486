import { sql } from 'kysely'
import { listMembers, readWorkspace } from '../../accounts/index.ts'
import { authorsOfPerson, loadPurchases, purchasePlaces } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Answered, type Colleague, type KnownCustomer, numberKey, type OtherBrand } from '../../policy/index.ts'
import type { PolicyDocument } from './document.ts'
import type { Saying } from './saying.ts'

/** A person has few addresses and numbers; more are not looked at. */
const CONTACTS_MAX = 200

/** What is known of a text before it is read: whom and what it answers, for which brand. */
export interface Facts {
  topicIds: readonly string[]
  answered: Answered | null
  customer: KnownCustomer | null
  brand: string
  handles: readonly string[]
  mails: readonly string[]
  otherBrands: readonly OtherBrand[]
  colleagues: readonly Colleague[]
}

export async function factsOf(tx: WorkspaceTransaction, saying: Saying, document: PolicyDocument): Promise<Facts> {
  const post = saying.replyToPostId ? await answeredPost(tx, saying.replyToPostId) : null
  return {
    topicIds: post?.topic_ids ?? [],
    answered: post ? { text: post.text, complaint: post.intent === 'complaint' } : null,
    customer: post && !post.own ? await customerOf(tx, post) : null,
    brand: (await readWorkspace(tx)).brand,
    handles: await ownHandles(tx, saying.sourceId),
    mails: await ownMailboxes(tx),
    otherBrands: await otherBrands(tx, saying.memberId),
    colleagues: document.fullNames ? await colleaguesOf(tx) : [],
  }
}

interface AnsweredPost {
  text: string
  intent: string | null
  author_id: string
  person_id: string | null
  own: boolean
  handle: string | null
  name: string | null
  topic_ids: string[]
}

/** Served by the primary keys, and mention_post. */
async function answeredPost(tx: WorkspaceTransaction, postId: string): Promise<AnsweredPost | null> {
  const { rows } = await sql<AnsweredPost>`
    select concat_ws(E'\n', p.title, p.text) as text, p.intent, p.author_id, a.person_id, a.own, a.handle, a.name,
      array(select m.topic_id::text from mention m where m.workspace_id = p.workspace_id and m.post_id = p.post_id
        and m.state <> 'rejected' order by m.topic_id) as topic_ids
    from post p join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where p.workspace_id = ${tx.workspaceId} and p.post_id = ${postId}`.execute(tx.sql)
  return rows[0] ?? null
}

/** Names that the network shows are public; everything else that we know of the person is not. */
async function customerOf(tx: WorkspaceTransaction, post: AnsweredPost): Promise<KnownCustomer> {
  const authorIds = post.person_id ? await authorsOfPerson(tx, post.person_id) : [post.author_id]
  const { rows } = await sql<{ kind: string; network_id: string; handle: string | null; name: string | null }>`
    select kind, network_id, handle, name from author where workspace_id = ${tx.workspaceId}
      and author_id = any(${authorIds.slice(0, CONTACTS_MAX)}::uuid[])`.execute(tx.sql)
  const valuesOf = (kind: string) => ({
    plain: rows.filter((row) => row.kind === kind).map((row) => row.network_id),
  })
  const present = (texts: (string | null)[]) => texts.filter((text) => text !== null && text.trim() !== '') as string[]
  const person = post.person_id ? await personName(tx, post.person_id) : null
  return {
    handles: present([post.handle]),
    publicNames: present([post.name]),
    names: present([person]),
    mails: valuesOf('mail'),
    phones: valuesOf('phone'),
    numbers: {
      plain: [...valuesOf('customer-number').plain, ...(await ordersOf(tx, authorIds, post.person_id))].map(numberKey),
    },
  }
}

/** Numbers of their orders and contracts, the newest. */
async function ordersOf(tx: WorkspaceTransaction, authorIds: string[], personId: string | null): Promise<string[]> {
  const places = await purchasePlaces(tx, { authorIds, personIds: personId ? [personId] : [] }, null, CONTACTS_MAX)
  const purchases = await loadPurchases(
    tx,
    places.map(({ key }) => key),
  )
  return purchases.map(({ externalId }) => externalId)
}

async function personName(tx: WorkspaceTransaction, personId: string): Promise<string | null> {
  const row = await tx.sql
    .selectFrom('person')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.name ?? null
}

async function ownHandles(tx: WorkspaceTransaction, sourceId: string): Promise<string[]> {
  const { rows } = await sql<{ handle: string | null }>`
    select a.handle from source s join author a on a.workspace_id = s.workspace_id and a.author_id = s.own_author_id
    where s.workspace_id = ${tx.workspaceId} and s.source_id = ${sourceId}`.execute(tx.sql)
  return rows.flatMap(({ handle }) => (handle ? [handle] : []))
}

async function ownMailboxes(tx: WorkspaceTransaction): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select a.network_id as address from source s join author a on a.workspace_id = s.workspace_id
      and a.author_id = s.own_author_id and a.kind = 'mail'
    where s.workspace_id = ${tx.workspaceId} and s.removed_at is null order by 1 limit ${CONTACTS_MAX}`.execute(tx.sql)
  return rows.map(({ address }) => address)
}

/** Whoever works for several brands has a text of one in hand while the screen shows another. */
async function otherBrands(tx: WorkspaceTransaction, memberId: string | null): Promise<OtherBrand[]> {
  if (memberId === null) return []
  const { rows } = await sql<{ brand: string; accounts: string[] }>`
    select * from system.other_brands_of(${tx.workspaceId}, ${memberId})`.execute(tx.sql)
  return rows.map(({ brand, accounts }) => ({
    name: brand,
    handles: accounts.filter((name) => /^@?[^\s@]+[.@][^\s@]+$/.test(name)).map((name) => `@${name.replace(/^@/, '')}`),
    hashtags: [brand.replaceAll(/\s+/g, '')],
    signatures: [],
  }))
}

/** One word alone is a first name, which may be said. */
async function colleaguesOf(tx: WorkspaceTransaction): Promise<Colleague[]> {
  const members = await listMembers(tx)
  return members
    .filter(({ name }) => /\S\s+\S/.test(name))
    .map(({ name, email }) => ({ name, mails: email ? [email] : [], phones: [] }))
}
