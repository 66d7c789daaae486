import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { findUser, readMailSettings, readWorkspace } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { type Mail, type MailSettings, sendMail } from '../platform/mail.ts'
import type { Services } from '../platform/services.ts'
import type { Registry } from './kinds.ts'
import { mailText } from './mail-texts.ts'
import { type OffDuty, takeDue, tryAgain } from './taking.ts'

const POLL_MS = 10_000
const RETRY_MINUTES = 10

/** What sending needs of the modules. */
export interface Sending {
  registry: Registry
  offDuty: OffDuty
}

export async function runMailing(services: Services, sending: Sending, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await mailDue(services, sending).catch((error: unknown) =>
      services.log.error({ err: error }, 'could not mail notifications'),
    )
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** One mail per member with everything that is due. Returns how many were sent. */
export async function mailDue(services: Services, sending: Sending): Promise<number> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_due_mail() as w(workspace_id)`.execute(services.database.system)
  if (rows.length === 0) return 0
  const settings = await readMailSettings(services)
  let sent = 0
  for (const { workspace_id } of rows) sent += await mailWorkspace(services, sending, workspace_id, settings)
  return sent
}

async function mailWorkspace(
  services: Services,
  sending: Sending,
  workspaceId: string,
  settings: MailSettings | null,
): Promise<number> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const { due, slug, name } = await inWorkspace(async (tx) => ({
    due: await takeDue(tx, 'mail', sending),
    ...(await readWorkspace(tx)),
  }))
  // Without a mail server nothing is kept waiting: it is in the app.
  if (!settings) return 0
  let sent = 0
  for (const [userId, items] of Map.groupBy(due, (one) => one.userId)) {
    const user = await findUser(services, { userId })
    if (!user) continue
    const place = { workspace: name, link: (path: string) => `${services.config.publicUrl}/w/${slug}/${path}` }
    const mail: Mail = { to: user.email, ...mailText(user.language, items, place) }
    const outcome = await sendMail(settings, mail)
    if (outcome.ok) sent++
    else {
      services.log.warn({ failure: outcome.failure.name }, 'a notification could not be mailed')
      if (outcome.failure.temporary) await inWorkspace((tx) => tryAgain(tx, 'mail', items, RETRY_MINUTES))
    }
  }
  return sent
}
