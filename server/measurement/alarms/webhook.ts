import { createHmac, randomBytes } from 'node:crypto'
import { readWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { fetchOutside, outboundUserAgent } from '../../platform/outbound.ts'
import type { Services } from '../../platform/services.ts'
import { readAlarm } from './listing.ts'
import type { InWorkspace, Message, Sent } from './message.ts'

/**
 * Webhooks as standardwebhooks.com has them, so that receivers check them with a library: POST of JSON, signed with
 * HMAC-SHA256 over id, time and body. Ids and figures; texts and names only where the rule says so. Redirects are not
 * followed, private addresses are reached only where the operator allows it, and of the answer only its status is read.
 */
const TIMEOUT_MS = 10_000
const ANSWER_BYTES_MAX = 64 * 1024
const SECRET_BYTES = 32
const GONE = 410
const SNIPPET_CHARACTERS = 500

export const newWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
export const secretContext = (topicId: string): string => `alarm-webhook:${topicId}`

export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

export async function sendWebhook(services: Services, inWorkspace: InWorkspace, message: Message): Promise<Sent> {
  const written = await inWorkspace((tx) => writeBody(tx, services, message))
  if (!written) return { ok: false, status: null, failure: 'no-webhook', again: false }
  const { url, secret, body } = written
  const seconds = Math.floor(services.clock.now().getTime() / 1000)
  const answer = await fetchOutside(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': message.messageId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatureOf(secret, message.messageId, seconds, body),
    },
    timeoutMs: TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
    redirectsMax: 0,
    userAgent: outboundUserAgent(services.config.publicUrl),
    allowPrivate: services.config.allowPrivate,
  })
  if (!answer.ok) {
    const { name } = answer.failure
    return { ok: false, status: null, failure: name, again: name !== 'forbidden-address' && name !== 'bad-address' }
  }
  const { status } = answer.value
  if (status >= 200 && status < 300) return { ok: true, status }
  return { ok: false, status, failure: 'refused', again: status !== GONE }
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
