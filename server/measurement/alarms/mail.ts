import { asMember, findUser, readWorkspace } from '../../accounts/index.ts'
import { coverNames } from '../../listening/index.ts'
import { mailSetting } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type MailSettings, sendMail } from '../../platform/mail.ts'
import type { Services } from '../../platform/services.ts'
import { readAlarm } from './listing.ts'
import { alarmMailText } from './mail-texts.ts'
import type { InWorkspace, Message, Sent } from './message.ts'
import { ALARM } from './notification-kind.ts'

/** One mail with every alarm that waits for this member; texts of posts only for who asked for content by mail. */
export async function sendAlarmMail(
  services: Services,
  inWorkspace: InWorkspace,
  settings: MailSettings | null,
  messages: readonly Message[],
): Promise<Sent> {
  // Without a mail server nothing is kept waiting: it is in the app.
  if (!settings) return { ok: false, status: null, failure: 'no-mail-server', again: false }
  const read = await inWorkspace((tx) => readForMail(tx, messages))
  const user = read && (await findUser(services, { userId: read.userId }))
  if (!read || !user) return { ok: false, status: null, failure: 'not-wanted', again: false }
  const link = (path: string) => `${services.config.publicUrl}/w/${read.slug}/${path}`
  const text = alarmMailText(user.language, read.alarms, { ...read, link })
  const outcome = await sendMail(settings, { to: user.email, ...text })
  if (outcome.ok) return { ok: true, status: null }
  return { ok: false, status: null, failure: outcome.failure.name, again: outcome.failure.temporary }
}

/** Null: no longer a member, or a member who wants no mail about alarms. */
async function readForMail(tx: WorkspaceTransaction, messages: readonly Message[]) {
  const memberId = messages[0]?.memberId
  const alarmIds = [...new Set(messages.flatMap(({ alarmId }) => alarmId ?? []))]
  if (!memberId) return null
  const member = await tx.sql
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  const { byMail, withContent } = await mailSetting(tx, ALARM, memberId)
  if (!member || !byMail) return null
  const { slug, name, timeZone } = await readWorkspace(tx)
  const alarms = []
  for (const alarmId of alarmIds) alarms.push(await asMember(tx, memberId, (theirs) => readAlarm(theirs, alarmId)))
  return { userId: member.user_id, slug, workspace: name, timeZone, withContent, alarms: await coverNames(tx, alarms) }
}
