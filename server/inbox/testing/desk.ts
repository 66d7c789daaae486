import type { RawBuilder } from 'kysely'
import type { ConversationItem } from '../../../contract/inbox-conversations.ts'
import type { Delivery } from '../../../contract/publishing.ts'
import { startTwin, type Twin } from '../../../twin/twin.ts'
import { accountOf, hear } from '../../listening/index.ts'
import { pollSource } from '../../listening/source-poll.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Actor, SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { advanceDue, LIMITS, type Limits } from '../../publishing/index.ts'
import { createTestApp, type TestApp, type TestMember } from '../../testing/app.ts'
import { answerGuard } from '../index.ts'

const PASSWORD = 'twin-nordwind-2222'

/** A care desk at work: the twin as the network, an account of the brand on it, two agents, a lead and a bot. */
export interface Desk {
  app: TestApp
  twin: Twin
  services: Services
  workspaceId: string
  sourceId: string
  anna: TestMember
  ben: TestMember
  lead: TestMember
  /** API key of a bot that may answer. */
  bot: string
  /** A customer posts; returns the address of the post. */
  says(handle: string, text: string, answers?: string): string
  /** We post in the network's own app. */
  saysInApp(text: string, answers?: string): string
  /** Polls the account once and lets everything that follows happen. */
  hear(): Promise<void>
  /** Reads a thread from the network, as it is read before an answer, and lets what follows happen. */
  hearThread(uri: string): Promise<void>
  /** The network says that a post was deleted. */
  hearDeletion(uri: string): Promise<void>
  /** Sends what is due, and lets everything that follows happen. */
  deliver(limits?: Partial<Limits>): Promise<number>
  /** What our account has on the network. */
  published(): string[]
  ask<T>(path: string, input: unknown, as?: TestMember): Promise<T>
  tell(
    path: string,
    input: unknown,
    as: TestMember | { key: string },
  ): Promise<{ status: number; body: { data?: { code?: string; params?: Record<string, unknown>; news?: unknown } } }>
  conversations(filters?: Record<string, unknown>): Promise<ConversationItem[]>
  conversationOf(handle: string): Promise<ConversationItem>
  answer(conversation: ConversationItem, text: string, extra?: Record<string, unknown>): Promise<Delivery>
  delivery(deliveryId: string): Promise<Delivery>
  inWorkspace<T>(work: (tx: WorkspaceTransaction) => Promise<T>, actor?: Actor): Promise<T>
  rows<Row>(query: RawBuilder<Row>): Promise<Row[]>
  close(): Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const twin = await startTwin({ story: false })
  twin.control.account({ handle: 'nordwind.test', name: 'Nordwind', password: PASSWORD })
  const app = await createTestApp({ RAPPORT_BLUESKY_STREAM: 'off' })
  const { services, workspace } = app
  const { workspaceId } = workspace
  const anna = await app.join(workspaceId, 'agent', 'Anna Albers')
  const ben = await app.join(workspaceId, 'agent', 'Ben Bakker')
  const lead = await app.join(workspaceId, 'lead', 'Lea Lind')
  const credentialsOf = (as: TestMember | { key: string }) =>
    'key' in as ? { key: as.key } : { cookie: as.cookie, workspaceId }
  const tell: Desk['tell'] = async (path, input, as) => (await app.call(path, input, credentialsOf(as))) as never
  const ask = async <T>(path: string, input: unknown, as: TestMember = workspace.owner): Promise<T> => {
    const { status, body } = await app.call(path, input, credentialsOf(as))
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
    return body as T
  }
  const { sourceId } = await ask<{ sourceId: string }>('listening.sources.create', {
    network: 'bluesky',
    settings: twin.urls.bluesky,
    credentials: { identifier: 'nordwind.test', appPassword: PASSWORD },
  })
  const scopes = ['inbox.read', 'inbox.work', 'answers.draft', 'answers.speak']
  const { secret } = await ask<{ secret: string }>('accounts.keys.create', { name: 'Robo', scopes })
  const inWorkspace: Desk['inWorkspace'] = (work, actor = SYSTEM) =>
    services.database.inWorkspace(workspaceId, actor, work)
  const did = () => twin.world.accountOf('nordwind.test')?.did ?? ''
  const conversations: Desk['conversations'] = async (filters = {}) =>
    (await ask<{ items: ConversationItem[] }>('inbox.conversations.list', { limit: 100, ...filters }, anna)).items
  return {
    app,
    twin,
    services,
    workspaceId,
    sourceId,
    anna,
    ben,
    lead,
    bot: secret,
    tell,
    ask,
    inWorkspace,
    conversations,
    says: (handle, text, answers) => {
      if (twin.world.accountOf(handle) === undefined) twin.control.account({ handle })
      return twin.control.post({ by: handle, text, ...(answers ? { answers } : {}) }).uri
    },
    saysInApp: (text, answers) => twin.control.post({ by: 'nordwind.test', text, ...(answers ? { answers } : {}) }).uri,
    hear: async () => {
      await pollSource(services, workspaceId, sourceId, AbortSignal.timeout(10_000))
      await app.settle()
    },
    hearThread: async (uri) => {
      const account = await inWorkspace((tx) => accountOf(services, tx, sourceId))
      const place = { externalId: uri, reference: null }
      const read = await account?.connector.readThread?.(account.connection, place, AbortSignal.timeout(10_000))
      if (!read?.ok) throw new Error('the thread could not be read')
      const items = read.value.map((post) => ({ kind: 'post' as const, post }))
      await hear(services, workspaceId, sourceId, items)
      await app.settle()
    },
    hearDeletion: async (uri) => {
      twin.control.remove({ uri })
      const place = { network: 'bluesky', scope: '', externalId: uri }
      await hear(services, workspaceId, sourceId, [{ kind: 'post-deleted', ...place, at: new Date() }])
      await app.settle()
    },
    deliver: async (limits = {}) => {
      const count = await advanceDue({ services, guard: answerGuard, limits: { ...LIMITS, ...limits } })
      await app.settle()
      return count
    },
    published: () =>
      [...twin.world.records.values()]
        .filter((record) => record.did === did())
        .map((record) => String(record.value.text)),
    conversationOf: async (handle) => {
      const found = (await conversations()).find((one) => one.author.handle === handle)
      if (!found) throw new Error(`no conversation of ${handle}`)
      return found
    },
    answer: async (conversation, text, extra = {}) => {
      const { delivery } = await ask<{ delivery: Delivery }>(
        'inbox.answers.send',
        {
          conversations: [{ conversationId: conversation.conversationId, againstVersion: conversation.version }],
          text,
          undoSeconds: 0,
          ...extra,
        },
        anna,
      )
      return delivery
    },
    delivery: (deliveryId) => ask<Delivery>('publishing.deliveries.get', { deliveryId }, anna),
    rows: (query) => inWorkspace(async (tx) => (await query.execute(tx.sql)).rows),
    close: async () => {
      await app.close()
      await twin.stop()
    },
  }
}
