/** Ways to write to a customer alone who has not written to us alone yet. */
import { sql } from 'kysely'
import { connectorOf } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { mayAtSource } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import type { AnsweringAccount } from '../answering-account.ts'
import type { ConversationRow } from '../conversation.ts'

const ACCOUNTS_MAX = 50

/** An account of ours that carries private messages. */
export interface PrivateChannel {
  sourceId: string
  name: string
  network: string
  kind: 'network' | 'letters'
  begins: boolean
  replyWindowHours: number | null
  charactersMax: number | null
  attachmentsMax: number
}

/** Those that can reach this conversation's customer: of the same network, or by letter. */
export async function privateChannels(
  services: Services,
  tx: WorkspaceTransaction,
  conversation: Pick<ConversationRow, 'network'>,
): Promise<PrivateChannel[]> {
  const accounts = await tx.sql
    .selectFrom('source')
    .select(['source_id', 'name', 'network'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('own_author_id', 'is not', null)
    .where('state', '<>', 'paused')
    .orderBy('created_at')
    .limit(ACCOUNTS_MAX)
    .execute()
  return accounts.flatMap(({ source_id: sourceId, name, network }) => {
    const way = connectorOf(services, network)?.capabilities.private
    if (!way || !mayAtSource(tx, sourceId) || (way.kind === 'network' && network !== conversation.network)) return []
    const { kind, begins, replyWindowHours, textCharactersMax: charactersMax, pictures } = way
    const attachmentsMax = pictures?.countMax ?? 0
    return [{ sourceId, name, network, kind, begins, replyWindowHours, charactersMax, attachmentsMax }]
  })
}

export interface Beginning {
  account: AnsweringAccount
  recipientAuthorId: string
}

/** Null: that account cannot write first, or to nobody that we know. */
export async function beginning(
  services: Services,
  tx: WorkspaceTransaction,
  conversation: ConversationRow,
  sourceId: string,
): Promise<Beginning | null> {
  const channel = (await privateChannels(services, tx, conversation)).find((one) => one.sourceId === sourceId)
  if (!channel?.begins) return null
  const recipientAuthorId =
    channel.kind === 'network'
      ? conversation.author_id
      : await knownAddress(tx, conversation.author_id, channel.network)
  return recipientAuthorId ? { account: channel, recipientAuthorId } : null
}

/** An address of the same person that somebody stated to be theirs, the one that was proven first. */
export async function knownAddress(
  tx: WorkspaceTransaction,
  authorId: string,
  network: string,
): Promise<string | null> {
  const { rows } = await sql<{ author_id: string }>`
    select theirs.author_id from author mine
      join person p on p.workspace_id = mine.workspace_id and p.person_id = mine.person_id
      join person same on same.workspace_id = p.workspace_id and same.current_id = p.current_id
      join author theirs on theirs.workspace_id = p.workspace_id and theirs.person_id = same.person_id
        and theirs.network = ${network} and theirs.scope = '' and theirs.state = 'active'
      join person_link l on l.workspace_id = theirs.workspace_id and l.author_id = theirs.author_id
        and l.withdrawn_at is null and not l.shared
        and l.method in ('customer-proved', 'customer-told', 'agent-confirmed', 'imported')
    where mine.workspace_id = ${tx.workspaceId} and mine.author_id = ${authorId}
      and exists (select from person_link m where m.workspace_id = mine.workspace_id and m.author_id = mine.author_id
        and m.withdrawn_at is null and m.method <> 'suggested')
    order by l.method <> 'customer-proved', l.linked_at limit 1`.execute(tx.sql)
  return rows[0]?.author_id ?? null
}
