import { sql } from 'kysely'
import type { z } from 'zod'
import { ALARM_KINDS, type AlarmKind, type alarms as contract } from '../../../contract/measurement-alarms.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { requireAllOpen } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { isWebhookAddress, newWebhookSecret } from '../../platform/webhook.ts'
import { daysToLearn } from './baseline.ts'
import { countedSince, readLearned } from './learning.ts'
import { writeWebhook } from './telling.ts'
import { secretContext } from './webhook.ts'

type RuleInput = z.output<(typeof contract.changeRule)['~orpc']['inputSchema'] & z.ZodType>
type RuleView = z.output<(typeof contract.rule)['~orpc']['outputSchema'] & z.ZodType>

const WEBHOOK_TRIES_SHOWN = 10
const TESTS_WAITING_MAX = 3

export async function readRule(tx: WorkspaceTransaction, topicId: string, now: Date): Promise<RuleView> {
  await requireTopic(tx, topicId)
  const row = await ruleRow(tx, topicId)
  const countedFrom = await countedSince(tx, topicId, now.getTime())
  const learned = await readLearned(tx, topicId)
  return {
    topicId,
    on: row?.watching ?? false,
    kinds: (row?.kinds as AlarmKind[] | undefined) ?? [...ALARM_KINDS],
    sensitivity: row?.sensitivity ?? 'medium',
    quietHours:
      row && row.quiet_from !== null && row.quiet_until !== null
        ? { from: row.quiet_from, until: row.quiet_until }
        : null,
    memberIds: row?.member_ids ?? [],
    webhook: row?.webhook_url ? { url: row.webhook_url, withContent: row.webhook_content } : null,
    learning: {
      countedFrom,
      daysLeft: daysToLearn(countedFrom?.getTime() ?? now.getTime(), now.getTime()),
      posts: learned?.baseline.posts ?? 0,
    },
    webhookTries: await readTries(tx, topicId),
  }
}

/** Addresses of webhooks are often secrets themselves: who may not change the rule sees where it goes, and no more. */
export const withoutAddress = (rule: RuleView): RuleView => ({
  ...rule,
  webhook: rule.webhook && { ...rule.webhook, url: `${new URL(rule.webhook.url).origin}/…` },
})

/** Returns a new webhook's secret, which is told this once. */
export async function changeRule(
  tx: WorkspaceTransaction,
  services: Services,
  rule: RuleInput,
): Promise<string | null> {
  const { topicId, quietHours, webhook } = rule
  await requireTopic(tx, topicId)
  await requireMembers(tx, rule.memberIds)
  // Where it leads is judged when it is called.
  if (webhook && !isWebhookAddress(webhook.url)) throw new Invalid('webhook-address-unusable')
  const before = await ruleRow(tx, topicId)
  const isNewPlace = webhook !== null && before?.webhook_url !== webhook.url
  // Texts that an alarm sends elsewhere are those of every source: who sees less does not have them sent.
  if (webhook?.withContent && (isNewPlace || !before?.webhook_content)) requireAllOpen(tx)
  const secret = isNewPlace ? newWebhookSecret() : null
  const kept = webhook ? (before?.webhook_secret ?? null) : null
  const values = {
    watching: rule.on,
    kinds: ALARM_KINDS.filter((kind) => rule.kinds.includes(kind)),
    sensitivity: rule.sensitivity,
    quiet_from: quietHours?.from ?? null,
    quiet_until: quietHours?.until ?? null,
    member_ids: [...new Set(rule.memberIds)],
    webhook_url: webhook?.url ?? null,
    webhook_content: webhook?.withContent ?? false,
    webhook_secret: secret ? services.secrets.encrypt(secret, secretContext(topicId)) : kept,
  }
  await tx.sql
    .insertInto('alarm_rule')
    .values({ workspace_id: tx.workspaceId, topic_id: topicId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'topic_id']).doUpdateSet(values))
    .execute()
  tx.record({
    type: 'alarm-rule.changed',
    subjects: { topic: topicId },
    codes: { on: rule.on, sensitivity: rule.sensitivity, kinds: values.kinds.join(' '), webhook: webhook !== null },
  })
  return secret
}

export async function renewSecret(tx: WorkspaceTransaction, services: Services, topicId: string): Promise<string> {
  const row = await ruleRow(tx, topicId)
  if (!row?.webhook_url) throw new NotFound('webhook-unknown')
  const secret = newWebhookSecret()
  await tx.sql
    .updateTable('alarm_rule')
    .set({ webhook_secret: services.secrets.encrypt(secret, secretContext(topicId)) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .execute()
  tx.record({ type: 'alarm-rule.changed', subjects: { topic: topicId }, codes: { secret: 'renewed' } })
  return secret
}

export async function testWebhook(tx: WorkspaceTransaction, topicId: string, now: Date): Promise<void> {
  const row = await ruleRow(tx, topicId)
  if (!row?.webhook_url) throw new NotFound('webhook-unknown')
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from alarm_message where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and channel = 'webhook' and because = 'test' and state = 'waiting'`.execute(tx.sql)
  if ((rows[0]?.waiting ?? 0) >= TESTS_WAITING_MAX) throw new Conflict('tests-waiting', { most: TESTS_WAITING_MAX })
  await writeWebhook(tx, { alarmId: null, topicId, because: 'test', at: now }, now)
}

const ruleRow = (tx: WorkspaceTransaction, topicId: string) =>
  tx.sql
    .selectFrom('alarm_rule')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()

async function readTries(tx: WorkspaceTransaction, topicId: string): Promise<RuleView['webhookTries']> {
  const rows = await tx.sql
    .selectFrom('alarm_message')
    .select(['message_id', 'because', 'state', 'attempts', 'status', 'failure', 'created_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('channel', '=', 'webhook')
    .orderBy('created_at', 'desc')
    .limit(WEBHOOK_TRIES_SHOWN)
    .execute()
  return rows.map(({ message_id, created_at, ...row }) => ({ messageId: message_id, at: created_at, ...row }))
}

async function requireTopic(tx: WorkspaceTransaction, topicId: string): Promise<void> {
  const topic = await tx.sql
    .selectFrom('topic')
    .select('topic_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!topic) throw new NotFound('topic-unknown')
}

async function requireMembers(tx: WorkspaceTransaction, memberIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ member_id: string }>`
    select member_id from member where workspace_id = ${tx.workspaceId} and member_id = any(${[...memberIds]}::uuid[])`.execute(
    tx.sql,
  )
  if (rows.length < new Set(memberIds).size) throw new NotFound('member-unknown')
}
