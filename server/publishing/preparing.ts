import type { DeliveryFailure } from '../../contract/publishing.ts'
import type { Failure, HeardPost, OutgoingPost, Visibility } from '../connectors/index.ts'
import { accountOf, hear, type SpeakingAccount } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { servicesOf } from '../platform/fence.ts'
import type { Services } from '../platform/services.ts'
import { fittedPictures } from './attached-pictures.ts'
import { attachmentsOf, type DeliveryRow, type Payload, type Refusal } from './delivery.ts'
import { inTransaction, type Outbox, type Taken } from './outbox.ts'

export type Prepared =
  | { account: SpeakingAccount; payload: Payload; media: OutgoingPost['media'] }
  | Refusal
  | { later: DeliveryFailure; detail: string; until: Date | null }

interface Place {
  externalId: string
  reference: string | null
  rootExternalId: string | null
  rootReference: string | null
  visibility: Visibility
  /** Network id of whoever wrote it. */
  author: string
  title: string | null
}

/**
 * Everything before the point of no return: may this account speak, does what we answer still stand, what is new in
 * the thread (given to intake at once), do the pictures fit.
 */
export async function prepare(outbox: Outbox, taken: Taken, row: DeliveryRow): Promise<Prepared> {
  const { services } = outbox
  const { account, silence, place, recipient, files } = await inTransaction(outbox, taken, async (tx) => ({
    account: await accountOf(services, tx, row.source_id),
    silence: await silenceOf(services, tx),
    place: row.reply_to_post_id ? await placeOf(tx, row.reply_to_post_id) : null,
    recipient: row.recipient_author_id ? await networkIdOf(tx, row.recipient_author_id) : null,
    files: await filesOf(tx, row),
  }))
  if (!account) return { refused: 'source-removed', detail: '' }
  if (account.state === 'paused') return { refused: 'source-paused', detail: '' }
  if (silence) return { refused: silence, detail: '' }
  if (place === 'deleted') return { refused: 'post-deleted', detail: '' }
  const { capabilities } = account.connector
  const pictures = row.visibility === 'private' ? capabilities.private?.pictures : capabilities.pictures
  const media = await fittedPictures(services, taken.workspaceId, files, pictures ?? null)
  if ('refused' in media) return media
  // A private answer that would stand below a public post, or the other way round, is one that a race has made.
  if (place && place.visibility !== row.visibility) return { refused: 'refused', detail: 'the other strand' }
  const payload = {
    text: row.text,
    language: row.language,
    attachments: files,
    visibility: row.visibility,
    recipient: recipient ?? place?.author ?? null,
    title: row.title ?? answering(place?.title ?? null),
  }
  if (!place) return { account, payload: { ...payload, parent: null, root: null }, media }
  const read = await rereadThread(outbox, taken, row, account, place)
  if (!('parent' in read)) return read
  return { account, payload: { ...payload, ...read }, media }
}

type Read = Pick<Payload, 'parent' | 'root'> | Exclude<Prepared, { account: SpeakingAccount }>

async function rereadThread(
  { services, limits }: Outbox,
  taken: Taken,
  row: DeliveryRow,
  { connector, connection }: SpeakingAccount,
  place: Place,
): Promise<Read> {
  const stored = {
    parent: { externalId: place.externalId, reference: place.reference },
    root: place.rootExternalId ? { externalId: place.rootExternalId, reference: place.rootReference } : null,
  }
  // What is read again is what everybody may add to.
  if (!connector.readThread || place.visibility === 'private') return stored
  const outcome = await connector.readThread(connection, stored.parent, AbortSignal.timeout(limits.readTimeoutMs))
  if (!outcome.ok) return afterFailure(outcome.failure)
  const posts = outcome.value
  await hear(
    services,
    taken.workspaceId,
    row.source_id,
    posts.map((post) => ({ kind: 'post', post })),
  )
  const parent = posts.find((post) => post.externalId === place.externalId)
  if (!parent) return { refused: 'post-deleted', detail: 'not in the thread any more' }
  return { parent: referenceOf(parent), root: parent.root ?? stored.root ?? referenceOf(parent) }
}

const referenceOf = ({ externalId, reference }: HeardPost) => ({ externalId, reference })

function afterFailure(failure: Failure): Exclude<Prepared, { account: SpeakingAccount }> {
  const { name, detail } = failure
  if (name === 'rate-limited') return { later: name, detail, until: failure.until }
  if (name === 'unreachable' || name === 'upstream' || name === 'malformed') return { later: name, detail, until: null }
  return { refused: name === 'gone' ? 'post-deleted' : name, detail }
}

async function placeOf(tx: WorkspaceTransaction, postId: string): Promise<Place | 'deleted'> {
  const post = await tx.sql
    .selectFrom('post as p')
    .innerJoin('author as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.author_id', '=', 'p.author_id'),
    )
    .select(['p.external_id', 'p.reference', 'p.root_external_id', 'p.root_reference', 'p.deleted_at', 'p.visibility'])
    .select(['p.title', 'a.network_id'])
    .where('p.workspace_id', '=', tx.workspaceId)
    .where('p.post_id', '=', postId)
    .executeTakeFirst()
  if (!post || post.deleted_at) return 'deleted'
  return {
    externalId: post.external_id,
    reference: post.reference,
    rootExternalId: post.root_external_id,
    rootReference: post.root_reference,
    visibility: post.visibility,
    author: post.network_id,
    title: post.title,
  }
}

async function networkIdOf(tx: WorkspaceTransaction, authorId: string): Promise<string | null> {
  const author = await tx.sql
    .selectFrom('author')
    .select('network_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .executeTakeFirst()
  return author?.network_id ?? null
}

/** What others have put before it in their languages goes: one "Re:" is understood everywhere. */
const answering = (title: string | null): string | null =>
  title === null ? null : `Re: ${title.replace(/^(?:\s*(?:re|aw|antw|sv|fwd?|wg)\s*:)+/i, '').trim()}`

async function filesOf(tx: WorkspaceTransaction, row: DeliveryRow): Promise<Payload['attachments']> {
  const attached = attachmentsOf(row)
  if (attached.length === 0) return []
  const stored = await tx.sql
    .selectFrom('attachment')
    .select(['attachment_id', 'hash', 'media_type'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'attachment_id',
      'in',
      attached.map(({ attachmentId }) => attachmentId),
    )
    .execute()
  return attached.map(({ attachmentId, alt }) => {
    const file = stored.find((one) => one.attachment_id === attachmentId)
    return { hash: file?.hash ?? '', mediaType: file?.media_type ?? '', alt }
  })
}

/** Why this workspace says nothing at all; null: it speaks. Whoever practises speaks inside a fence, or not at all. */
export async function silenceOf(services: Services, tx: WorkspaceTransaction): Promise<'drill' | 'listen-only' | null> {
  const workspace = await tx.sql
    .selectFrom('workspace')
    .select(['mode', 'kind'])
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  if (workspace?.mode === 'drill' && !(await servicesOf(services, tx.workspaceId, tx.sql)).fence) return 'drill'
  return workspace?.kind === 'listen-only' ? 'listen-only' : null
}
