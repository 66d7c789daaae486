import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { readMailSettings } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { servicesOf } from '../../platform/fence.ts'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { webhookRetrySeconds } from '../../platform/webhook.ts'
import { sendAlarmMail } from './mail.ts'
import type { InWorkspace, Message, Sent } from './message.ts'
import { sendWebhook } from './webhook.ts'

/**
 * Sends what waits. Taking a message puts its next try some minutes ahead, so a worker that dies while sending leaves it
 * to the next one: a message about an alarm may come twice, and always comes. Webhooks carry its id, so that receivers can
 * tell. Never inside a transaction: a slow receiver holds nobody up.
 */
const POLL_MS = 2_000
const AT_ONCE_MAX = 50
const TAKEN_SECONDS = 180
const ATTEMPTS_MAX = 7
const FAILURE_CHARACTERS_MAX = 200

export const messageLoop: Loop = {
  name: 'measurement.alarm-messages',
  async run(services, signal) {
    while (!signal.aborted) {
      await sendDueMessages(services).catch((error: unknown) =>
        services.log.error({ err: error }, 'could not send messages about alarms'),
      )
      await delay(POLL_MS, undefined, { signal }).catch(() => {})
    }
  },
}

/** Returns how many were sent. */
export async function sendDueMessages(services: Services): Promise<number> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_due_alarm_messages() as w(workspace_id)`.execute(services.database.system)
  let sent = 0
  for (const { workspace_id } of rows) sent += await sendOfWorkspace(services, workspace_id)
  return sent
}

async function sendOfWorkspace(everybodys: Services, workspaceId: string): Promise<number> {
  const services = await servicesOf(everybodys, workspaceId)
  const inWorkspace: InWorkspace = (work) => services.database.inWorkspace(workspaceId, SYSTEM, work)
  const due = await inWorkspace(takeDue)
  let sent = 0
  const settle = async (messages: Message[], outcome: Sent) => {
    if (outcome.ok) sent += messages.length
    else services.log.warn({ failure: outcome.failure, workspaceId }, 'a message about an alarm could not be sent')
    await inWorkspace((tx) => settleMessages(tx, messages, outcome))
  }
  const settings = await readMailSettings(services)
  const mails = due.filter(({ channel }) => channel === 'mail')
  // One mail to each member, whatever has gathered.
  for (const messages of Map.groupBy(mails, ({ memberId }) => memberId).values())
    await settle(messages, await sendAlarmMail(services, inWorkspace, settings, messages))
  const webhooks = due.filter(({ channel }) => channel === 'webhook')
  for (const message of webhooks) await settle([message], await sendWebhook(services, inWorkspace, message))
  return sent
}

/** What somebody looks after meanwhile, or has put off, needs no mail any more. */
async function takeDue(tx: WorkspaceTransaction): Promise<Message[]> {
  await sql`delete from alarm_message m using alarm a where m.workspace_id = ${tx.workspaceId} and m.channel = 'mail'
    and m.due_at <= now() and a.workspace_id = m.workspace_id and a.alarm_id = m.alarm_id
    and (a.acknowledged_at >= m.created_at or a.snoozed_until > now())`.execute(tx.sql)
  const { rows } = await sql<Message>`
    with due as (
      select message_id from alarm_message where workspace_id = ${tx.workspaceId} and due_at <= now()
      order by due_at limit ${AT_ONCE_MAX} for update skip locked)
    update alarm_message m set attempts = attempts + 1, due_at = now() + make_interval(secs => ${TAKEN_SECONDS}) from due
    where m.workspace_id = ${tx.workspaceId} and m.message_id = due.message_id
    returning m.message_id as "messageId", m.topic_id as "topicId", m.alarm_id as "alarmId", m.channel,
      m.member_id as "memberId", m.because, m.attempts`.execute(tx.sql)
  return rows
}

async function settleMessages(tx: WorkspaceTransaction, messages: readonly Message[], outcome: Sent): Promise<void> {
  for (const { messageId, attempts } of messages) {
    const again = !outcome.ok && outcome.again && attempts < ATTEMPTS_MAX
    const state = outcome.ok ? 'sent' : again ? 'waiting' : 'failed'
    await tx.sql
      .updateTable('alarm_message')
      .set({
        state,
        due_at: again ? sql<Date>`now() + make_interval(secs => ${webhookRetrySeconds(attempts)})` : null,
        status: outcome.status,
        failure: outcome.ok ? null : outcome.failure.slice(0, FAILURE_CHARACTERS_MAX),
      })
      .where('workspace_id', '=', tx.workspaceId)
      .where('message_id', '=', messageId)
      .execute()
  }
}
