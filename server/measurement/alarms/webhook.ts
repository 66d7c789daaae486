import { readWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { postWebhook } from '../../platform/webhook.ts'
import { readAlarm } from './listing.ts'
import type { InWorkspace, Message, Sent } from './message.ts'

/** Ids and figures; texts and names only where the rule says so. */
const SNIPPET_CHARACTERS = 500

export const secretContext = (topicId: string): string => `alarm-webhook:${topicId}`

export async function sendWebhook(services: Services, inWorkspace: InWorkspace, message: Message): Promise<Sent> {
  const written = await inWorkspace((tx) => writeBody(tx, services, message))
  if (!written) return { ok: false, status: null, failure: 'no-webhook', again: false }
  return postWebhook(services, { ...written, messageId: message.messageId })
}

async function writeBody(
  tx: WorkspaceTransaction,
  services: Services,
  { messageId, topicId, alarmId, because }: Message,
) {
  const rule = await tx.sql
    .selectFrom('alarm_rule')
    .select(['webhook_url', 'webhook_secret', 'webhook_content'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  if (!rule?.webhook_url || !rule.webhook_secret) return null
  const { workspaceId, slug } = await readWorkspace(tx)
  const link = `${services.config.publicUrl}/w/${slug}/measure/alarms${alarmId ? `?alarm=${alarmId}` : ''}`
  const common = { id: messageId, type: `alarm.${because}`, at: services.clock.now(), workspaceId, topicId, link }
  const data = alarmId ? alarmData(await readAlarm(tx, alarmId), rule.webhook_content) : {}
  return {
    url: rule.webhook_url,
    secret: services.secrets.decrypt(rule.webhook_secret, secretContext(topicId)),
    body: JSON.stringify({ ...common, ...data }),
  }
}

function alarmData({ cause, topicName, ...alarm }: Awaited<ReturnType<typeof readAlarm>>, withContent: boolean) {
  const { alarmId, kinds, strength, state, beganAt, raisedAt, endedAt, posts, expected, findings } = alarm
  const figures = { alarmId, kinds, strength, state, beganAt, raisedAt, endedAt, posts, expected, findings }
  const ids = {
    posts: cause.posts.map(({ post, like }) => ({ postId: post.postId, like })),
    authors: cause.authors.map(({ authorId, posts: said }) => ({ authorId, posts: said })),
    networks: cause.networks,
  }
  if (!withContent) return { alarm: figures, cause: ids }
  return {
    alarm: { ...figures, topicName },
    cause: {
      ...ids,
      terms: cause.terms,
      posts: cause.posts.map(({ post, like }) => ({
        postId: post.postId,
        like,
        url: post.url,
        author: post.author.handle ?? post.author.name,
        text: post.text.slice(0, SNIPPET_CHARACTERS).toWellFormed(),
      })),
    },
  }
}
