import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { findUser, readMailSettings, readWorkspace } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { type Mail, type MailSettings, sendMail } from '../platform/mail.ts'
import type { Services } from '../platform/services.ts'
import { type Language, mailText, type Told } from './notification-mail-texts.ts'
import type { MailedNews } from './notifying.ts'

const POLL_MS = 10_000
const AT_ONCE = 200
const RETRY_MINUTES = 10
const SNIPPET_CHARACTERS = 280
/** A mail that could not be sent for a day is too late to be news. */
const GIVEN_UP_AFTER_HOURS = 24

export async function runNotificationMail(services: Services, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await mailDue(services).catch((error: unknown) =>
      services.log.error({ err: error }, 'could not mail notifications'),
    )
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** One mail per member with everything that is due. Returns how many were sent. */
export async function mailDue(services: Services): Promise<number> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_due_mail() as w(workspace_id)`.execute(services.database.system)
  if (rows.length === 0) return 0
  const settings = await readMailSettings(services)
  let sent = 0
  for (const { workspace_id } of rows) sent += await mailWorkspace(services, workspace_id, settings)
  return sent
}

interface Due {
  notificationId: string
  memberId: string
  userId: string
  kind: MailedNews
  /** Below the workspace's address. */
  path: string
  withContent: boolean
  snippet: string
}

async function mailWorkspace(services: Services, workspaceId: string, settings: MailSettings | null): Promise<number> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const { due, slug, name } = await inWorkspace(async (tx) => ({
    due: await takeDue(tx),
    ...(await readWorkspace(tx)),
  }))
  // Without a mail server nothing is kept waiting: it is in the app.
  if (!settings) return 0
  let sent = 0
  for (const [userId, items] of Map.groupBy(due, (one) => one.userId)) {
    const user = await findUser(services, { userId })
    if (!user) continue
    const place = { workspace: name, link: (path: string) => `${services.config.publicUrl}/w/${slug}/${path}` }
    const mail: Mail = { to: user.email, ...mailText(user.language as Language, toldOf(items), place) }
    const outcome = await sendMail(settings, mail)
    if (outcome.ok) sent++
    else {
      services.log.warn({ failure: outcome.failure.name }, 'a notification could not be mailed')
      if (outcome.failure.temporary) await inWorkspace((tx) => tryAgain(tx, items))
    }
  }
  return sent
}

const toldOf = (items: Due[]): Told[] =>
  items.map(({ kind, path, withContent, snippet }) => ({
    kind,
    path,
    content: withContent && snippet !== '' ? snippet : null,
  }))

/** Taken before it is sent: a process that dies meanwhile loses a mail rather than sending it for ever. */
async function takeDue(tx: WorkspaceTransaction): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with due as (
      select notification_id from notification where workspace_id = ${tx.workspaceId} and mail_due_at <= now()
      order by mail_due_at limit ${AT_ONCE} for update skip locked),
    taken as (
      update notification n set mail_due_at = null, mailed_at = now() from due
      where n.workspace_id = ${tx.workspaceId} and n.notification_id = due.notification_id
      returning n.*)
    select n.notification_id as "notificationId", n.member_id as "memberId", m.user_id as "userId", 
      coalesce(n.source_news, n.request_news, n.kind) as kind,
      coalesce('inbox/' || n.conversation_id, 'listening/sources/' || n.source_id,
        'protection?request=' || n.request_id, 'people/proofs') as path,
      coalesce(s.with_content, false) as "withContent",
      coalesce(left(coalesce(p.text, o.name), ${SNIPPET_CHARACTERS}), '') as snippet
    from taken n join member m on m.workspace_id = n.workspace_id and m.member_id = n.member_id and m.state = 'active'
      left join conversation c on c.workspace_id = n.workspace_id and c.conversation_id = n.conversation_id
      left join source o on o.workspace_id = n.workspace_id and o.source_id = n.source_id
      left join notification_setting s on s.workspace_id = n.workspace_id and s.member_id = n.member_id and s.kind = n.kind
      left join post p on p.workspace_id = c.workspace_id and p.post_id = c.last_post_id
    where n.read_at is null
    order by n.at`.execute(tx.sql)
  return rows
}

async function tryAgain(tx: WorkspaceTransaction, items: Due[]): Promise<void> {
  await sql`
    update notification set mailed_at = null, mail_due_at = now() + make_interval(mins => ${RETRY_MINUTES})
    where workspace_id = ${tx.workspaceId} and notification_id = any(${items.map((one) => one.notificationId)}::uuid[])
      and read_at is null and at > now() - make_interval(hours => ${GIVEN_UP_AFTER_HOURS})`.execute(tx.sql)
}
