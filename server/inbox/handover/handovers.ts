import { sql } from 'kysely'
import type { z } from 'zod'
import { type handovers as contract, INVITATION_LANGUAGES } from '../../../contract/inbox-handover.ts'
import { accountOf } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.ts'
import { requireConversation } from '../conversation.ts'
import { beginning, privateChannels } from './beginning.ts'
import { newCode, shownCode } from './codes.ts'
import { type InvitationLanguage, invitationText } from './invitation-texts.ts'
import { listStrands } from './strands.ts'

/** Customers answer late; the code stays good for as long as an answer is likely. */
const OPEN_DAYS = 60
const OPEN_MAX = 20

type Told = z.output<NonNullable<(typeof contract.get)['~orpc']['outputSchema']>>
type Open = Told['open'][number]

interface Row {
  handover_id: string
  source_id: string
  code: string
  created_at: Date
  expires_at: Date
}

export async function readHandovers(
  services: Services,
  tx: WorkspaceTransaction,
  conversationId: string,
): Promise<Told> {
  const conversation = await requireConversation(tx, conversationId)
  const channels = await privateChannels(services, tx, conversation)
  const { reach } = tx.actor
  const rows = (await openOnes(services, tx, conversationId)).filter(
    ({ source_id }) => reach?.mayAt('inbox.read', source_id) ?? true,
  )
  return {
    channels: await Promise.all(
      channels.map(async ({ begins, ...channel }) => ({
        ...channel,
        mayBegin: begins && (await beginning(services, tx, conversation, channel.sourceId)) !== null,
      })),
    ),
    open: await Promise.all(rows.map((row) => present(services, tx, row))),
    unverified: await isUnverified(tx, conversationId),
    strands: await listStrands(tx, conversationId),
  }
}

/** Of a letter, that its server found it forged, or that it wants its answers elsewhere. Served by conversation_post's key. */
async function isUnverified(tx: WorkspaceTransaction, conversationId: string): Promise<boolean> {
  const { rows } = await sql<{ stable: boolean }>`
    select a.stable from conversation_post cp
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id and p.visibility = 'private' and not p.automatic
      join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = ${conversationId} and cp.direction = 'in'
      and not cp.deleted
    order by cp.published_at desc, cp.post_id desc limit 1`.execute(tx.sql)
  return rows[0]?.stable === false
}

/** One invitation for each conversation and account of ours, however often it is asked for. */
export async function prepareHandover(
  services: Services,
  tx: WorkspaceTransaction,
  wanted: { conversationId: string; sourceId: string; language?: InvitationLanguage | undefined },
): Promise<Open & { text: string }> {
  const conversation = await requireConversation(tx, wanted.conversationId)
  const channels = await privateChannels(services, tx, conversation)
  if (!channels.some(({ sourceId }) => sourceId === wanted.sourceId)) throw new Invalid('no-private-way')
  await sql`select from conversation where workspace_id = ${tx.workspaceId}
    and conversation_id = ${wanted.conversationId} for update`.execute(tx.sql)
  const open = await openOnes(services, tx, wanted.conversationId)
  const known = open.find(({ source_id }) => source_id === wanted.sourceId)
  const row = known ?? (await offer(services, tx, wanted.conversationId, wanted.sourceId))
  const presented = await present(services, tx, row)
  const bringsCode = presented.address?.includes(`+${row.code.toLowerCase()}@`) ?? false
  const language = wanted.language ?? spoken(conversation.language)
  return {
    ...presented,
    text: invitationText(language, { address: presented.address, code: presented.code, bringsCode }),
  }
}

const spoken = (language: string | null): InvitationLanguage =>
  INVITATION_LANGUAGES.find((known) => known === language) ?? 'en'

async function offer(
  services: Services,
  tx: WorkspaceTransaction,
  conversationId: string,
  sourceId: string,
): Promise<Row> {
  const now = services.clock.now()
  const row = {
    handover_id: newId(),
    source_id: sourceId,
    code: newCode(),
    created_at: now,
    expires_at: new Date(now.getTime() + OPEN_DAYS * 86_400_000),
  }
  const created_by = tx.actor.kind === 'member' ? tx.actor.id : null
  await tx.sql
    .insertInto('handover')
    .values({ workspace_id: tx.workspaceId, conversation_id: conversationId, created_by, ...row })
    .execute()
  tx.record({ type: 'handover.offered', subjects: { conversationId, handoverId: row.handover_id, sourceId } })
  return row
}

export async function endHandover(services: Services, tx: WorkspaceTransaction, handoverId: string): Promise<void> {
  const row = await tx.sql
    .selectFrom('handover')
    .select(['conversation_id', 'ended_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('handover_id', '=', handoverId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('handover-unknown')
  await requireConversation(tx, row.conversation_id)
  if (row.ended_at) return
  await tx.sql
    .updateTable('handover')
    .set({ ended_at: services.clock.now() })
    .where('workspace_id', '=', tx.workspaceId)
    .where('handover_id', '=', handoverId)
    .execute()
  tx.record({ type: 'handover.ended', subjects: { conversationId: row.conversation_id, handoverId } })
}

/** Served by handover_conversation. */
const openOnes = (services: Services, tx: WorkspaceTransaction, conversationId: string): Promise<Row[]> =>
  tx.sql
    .selectFrom('handover')
    .select(['handover_id', 'source_id', 'code', 'created_at', 'expires_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', services.clock.now())
    .orderBy('created_at', 'desc')
    .limit(OPEN_MAX)
    .execute()

async function present(services: Services, tx: WorkspaceTransaction, row: Row): Promise<Open> {
  const account = await accountOf(services, tx, row.source_id)
  return {
    handoverId: row.handover_id,
    sourceId: row.source_id,
    code: shownCode(row.code),
    address: account?.connector.addressFor?.(account.connection, row.code) ?? null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
