import { NOTIFICATION_KINDS, type NotificationName } from '../../contract/notifications.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden } from '../platform/errors.ts'
import type { NotificationKind } from '../platform/notification-kind.ts'

export interface NotificationSetting {
  kind: NotificationName
  inApp: boolean
  byMail: boolean
  byPush: boolean
  withContent: boolean
  /** Null: of what is not urgent nobody is told outside their shifts. */
  offShift: boolean | null
}

/** Notifications are people's: an API key has none. */
export function memberOf({ actor }: WorkspaceTransaction): string {
  if (actor.kind === 'member' && actor.id) return actor.id
  throw new Forbidden('members-only')
}

export async function notificationSettings(
  tx: WorkspaceTransaction,
  kinds: readonly NotificationKind[],
): Promise<NotificationSetting[]> {
  const rows = await tx.sql
    .selectFrom('notification_setting')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberOf(tx))
    .execute()
  const shown = new Map(kinds.map((kind) => [kind.kind, kind]))
  return NOTIFICATION_KINDS.filter((kind) => shown.has(kind)).map((kind) => {
    const row = rows.find((one) => one.kind === kind)
    return {
      kind,
      inApp: row?.in_app ?? true,
      byMail: row?.by_mail ?? true,
      byPush: row?.by_push ?? true,
      withContent: row?.with_content ?? false,
      offShift: shown.get(kind)?.urgent ? (row?.off_shift ?? false) : null,
    }
  })
}

export async function changeNotificationSetting(
  tx: WorkspaceTransaction,
  { kind, inApp, byMail, byPush, withContent, offShift }: NotificationSetting,
): Promise<void> {
  const values = {
    in_app: inApp,
    by_mail: byMail,
    by_push: byPush,
    with_content: withContent,
    off_shift: offShift ?? false,
  }
  await tx.sql
    .insertInto('notification_setting')
    .values({ workspace_id: tx.workspaceId, member_id: memberOf(tx), kind, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id', 'kind']).doUpdateSet(values))
    .execute()
}

/** How a member wants to be told of a kind, for who writes its mails. */
export async function mailSetting(
  tx: WorkspaceTransaction,
  { kind }: NotificationKind,
  memberId: string,
): Promise<{ byMail: boolean; withContent: boolean }> {
  const row = await tx.sql
    .selectFrom('notification_setting')
    .select(['by_mail', 'with_content'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return { byMail: row?.by_mail ?? true, withContent: row?.with_content ?? false }
}
