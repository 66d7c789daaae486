import { sql } from 'kysely'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'
import { type Hit, type Occasion, type RoutedPost, type RuleBook, rulesFor } from '../../routing/index.ts'
import { changeConversations } from '../changing.ts'
import { ASSIGNMENT } from '../notification-kinds.ts'
import { actedBefore } from './acted.ts'
import { type Deed, perform, type RuleReach } from './deeds.ts'
import { type Matter, openMatters, openOffice } from './matters.ts'
import { type Run, writeRuns } from './runs.ts'

/** What a customer said in one conversation, and the event that told of it. */
export interface Told extends Occasion {
  conversationId: string
  position: string
}

export interface Rulebook {
  version: number
  book: RuleBook
}

/**
 * Asks the rules of each occasion, in order, and does what they say: the rows of the conversations are held from before it is
 * looked at what people decided until the end, and everything is written with a few statements for all of them.
 */
export async function carryOut(
  tx: WorkspaceTransaction,
  { version, book }: Rulebook,
  occasions: Told[],
  { reach, now }: { reach: RuleReach; now: Date },
): Promise<Run[]> {
  const acted = await actedBefore(tx, occasions, version)
  const hit = occasions.flatMap((occasion) => {
    const hits = rulesFor(book, { ...occasion, acted: (ruleId, postId) => acted.has(ruleId, postId) })
    for (const { rule, postIds } of hits) for (const postId of postIds) acted.add(rule.ruleId, postId)
    return hits.length > 0 ? [{ occasion, hits }] : []
  })
  if (hit.length === 0) return []
  const matters = await openMatters(tx, [...new Set(hit.map(({ occasion }) => occasion.conversationId))])
  const before = new Map([...matters].map(([id, { row }]) => [id, { ...row }]))
  const office = await openOffice(tx, now)
  const runs: Run[] = []
  for (const { occasion, hits } of hit) {
    const matter = matters.get(occasion.conversationId)
    if (!matter) continue
    const scene = { tx, office, reach, matter, position: occasion.position, taken: new Set<Deed['do']>() }
    for (const one of hits) {
      const post = occasion.posts.find(({ postId }) => postId === one.postId)
      if (post) runs.push(await act({ ...scene, post }, one, { version, position: occasion.position }))
    }
  }
  await write(tx, [...matters.values()], before, now)
  await writeRuns(tx, runs, now)
  return runs
}

type Acting = Parameters<typeof perform>[0] & { post: RoutedPost }

async function act(
  scene: Acting,
  hit: Hit,
  { version, position }: { version: number; position: string },
): Promise<Run> {
  const { conversation_id: conversationId } = scene.matter.row
  const { rule, ordinal, postId, postIds } = hit
  scene.tx.record({
    type: 'conversation.routed',
    subjects: { conversationId, ruleId: rule.ruleId, postId, posts: postIds },
    codes: { version, ordinal },
    content: { reason: rule.name },
    actor: { kind: 'rule', id: rule.ruleId },
  })
  const did: Deed[] = []
  for (const action of rule.actions) did.push(await perform(scene, hit, action))
  return { conversationId, position, version, hit, did }
}

type Before = ReadonlyMap<string, Matter['row']>

async function write(tx: WorkspaceTransaction, matters: Matter[], before: Before, now: Date): Promise<void> {
  const changed = matters.filter(({ row }) => {
    const was = before.get(row.conversation_id)
    return CHANGED_BY_RULES.some((column) => was?.[column] !== row[column])
  })
  await writeRows(tx, changed)
  await writeTags(tx, matters)
  await tellAssigned(tx, changed, before)
  const closed = Map.groupBy(matters, ({ closedBy }) => closedBy)
  for (const [ruleId, some] of closed) {
    if (ruleId === null) continue
    const conversationIds = some.map(({ row }) => row.conversation_id)
    await changeConversations(
      actingAs(tx, { kind: 'rule', id: ruleId }),
      { conversationIds },
      { change: 'close' },
      { now, mayManage: false, ruleId },
    )
  }
}

const CHANGED_BY_RULES = ['assigned_member_id', 'assigned_team_id', 'priority', 'four_eyes_rule_id'] as const

async function writeRows(tx: WorkspaceTransaction, changed: Matter[]): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map(({ row }) => ({
    conversation_id: row.conversation_id,
    ...Object.fromEntries(CHANGED_BY_RULES.map((column) => [column, row[column]])),
  }))
  await sql`
    update conversation c set assigned_member_id = g.assigned_member_id, assigned_team_id = g.assigned_team_id,
      priority = g.priority, four_eyes_rule_id = g.four_eyes_rule_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(conversation_id uuid, assigned_member_id uuid,
      assigned_team_id uuid, priority text, four_eyes_rule_id uuid)
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = g.conversation_id`.execute(tx.sql)
}

async function writeTags(tx: WorkspaceTransaction, matters: Matter[]): Promise<void> {
  const tags = matters.flatMap(({ row, newTagIds }) =>
    [...newTagIds].map((tagId) => [row.conversation_id, tagId] as const),
  )
  if (tags.length === 0) return
  await sql`
    insert into conversation_tag (workspace_id, conversation_id, tag_id)
    select ${tx.workspaceId}, g.* from unnest(${tags.map(([id]) => id)}::uuid[], ${tags.map(([, tag]) => tag)}::uuid[]) as g
    on conflict do nothing`.execute(tx.sql)
}

async function tellAssigned(tx: WorkspaceTransaction, changed: Matter[], before: Before): Promise<void> {
  const told = changed.flatMap(({ row }) =>
    row.assigned_member_id && before.get(row.conversation_id)?.assigned_member_id !== row.assigned_member_id
      ? [{ memberId: row.assigned_member_id, id: row.conversation_id }]
      : [],
  )
  await notify(tx, ASSIGNMENT, told)
}

/** What is recorded in it is the actor's. */
const actingAs = (tx: WorkspaceTransaction, actor: Actor): WorkspaceTransaction => ({
  ...tx,
  actor,
  record: (event) => tx.record({ ...event, actor: event.actor ?? actor }),
})
