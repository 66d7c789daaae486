import type { ActionOutcome, Priority } from '../../../contract/routing-words.ts'
import type { Demand, StaffedDesk } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Action, Hit, RoutedPost } from '../../routing/index.ts'
import { standingOf } from '../bookkeeping.ts'
import { loadKnown } from '../known-posts.ts'
import type { Matter, Office } from './matters.ts'

/** What becomes of an action: kept with the run, without the member that it went to. */
export interface Deed {
  do: Action['do']
  outcome: ActionOutcome
  teamId?: string
  priority?: string
  tagIds?: string[]
}

/** What rules set off in modules below this one: handed down by server/modules.ts. */
export interface RuleReach {
  /** Names of all webhooks, by id. */
  webhooks(tx: WorkspaceTransaction): Promise<ReadonlyMap<string, string>>
  /** False: it lies before somebody already. Null: this installation knows no crises. */
  proposeCrisis: ((tx: WorkspaceTransaction, proposal: CrisisProposal) => Promise<boolean>) | null
}

export interface CrisisProposal {
  conversationId: string
  postId: string
  topicIds: readonly string[]
  ruleId: string
}

export interface Scene {
  tx: WorkspaceTransaction
  office: Office
  reach: RuleReach
  matter: Matter
  post: RoutedPost
  /** Of the event that told of the post: what people did from there on stands. */
  position: string
  /** What a rule above had its way with, on the same occasion. */
  taken: Set<Action['do']>
}

/** One action of a rule that holds: done to the matter, or left with a reason. Whoever calls writes it down. */
export async function perform(scene: Scene, { rule, postIds }: Hit, action: Action): Promise<Deed> {
  switch (action.do) {
    case 'assign':
      return assign(scene, rule.ruleId, action)
    case 'priority':
      return { do: 'priority', priority: action.priority, outcome: prioritise(scene, rule.ruleId, action.priority) }
    case 'tag':
      return tag(scene, rule.ruleId, action.tagIds)
    case 'clock':
      return { do: 'clock', outcome: chooseClock(scene, rule.ruleId, action.clockPolicyId) }
    case 'four-eyes':
      return { do: 'four-eyes', outcome: askForFourEyes(scene, rule.ruleId) }
    case 'crisis':
      return { do: 'crisis', outcome: await proposeCrisis(scene, rule.ruleId) }
    case 'webhook':
      return { do: 'webhook', outcome: await callWebhook(scene, rule.ruleId, action.webhookId) }
    case 'close':
      return { do: 'close', outcome: await close(scene, rule.ruleId, postIds) }
  }
}

const byRule = (ruleId: string) => ({ kind: 'rule', id: ruleId }) as const

type Assign = Extract<Action, { do: 'assign' }>
interface Place {
  memberId: string | null
  teamId: string | null
}

async function assign(scene: Scene, ruleId: string, { to }: Assign): Promise<Deed> {
  const { matter, taken } = scene
  const named = to.kind === 'member' ? {} : to.teamId ? { teamId: to.teamId } : {}
  const left = (outcome: ActionOutcome): Deed => ({ do: 'assign', outcome, ...named })
  if (matter.decided.assignee && (isAssigned(matter) || wasTakenOff(matter))) return left('person-decided')
  if (matter.held) return left('lease-held')
  if (matter.row.state === 'closed') return left('closed')
  if (taken.has('assign')) return left('earlier-rule')
  const found = await placeFor(scene, to)
  if (typeof found === 'string') return left(found)
  const { place, outcome } = found
  taken.add('assign')
  const { row } = matter
  if (row.assigned_member_id === place.memberId && row.assigned_team_id === place.teamId) return left('was-so')
  row.assigned_member_id = place.memberId
  row.assigned_team_id = place.teamId
  scene.tx.record({
    type: 'conversation.assigned',
    subjects: {
      conversationId: row.conversation_id,
      ...(place.memberId ? { memberId: place.memberId } : {}),
      ...(place.teamId ? { teamId: place.teamId } : {}),
    },
    codes: { toNobody: false },
    actor: byRule(ruleId),
  })
  return left(outcome)
}

const isAssigned = ({ row }: Matter): boolean => row.assigned_member_id !== null || row.assigned_team_id !== null
/** By a person, and not because whoever had it is no longer here. */
const wasTakenOff = ({ decided }: Matter): boolean => decided.toNobody

type Found = { place: Place; outcome: 'done' | 'team-only' } | Exclude<ActionOutcome, 'done' | 'team-only'>

async function placeFor({ matter, office, post }: Scene, to: Assign['to']): Promise<Found> {
  if (to.kind !== 'member' && to.teamId !== null && !office.teamIds.has(to.teamId)) return 'gone'
  if (to.kind === 'team') return { place: { memberId: null, teamId: to.teamId }, outcome: 'done' }
  const { source_id: sourceId, assigned_member_id: present, assigned_team_id: presentTeam } = matter.row
  if (to.kind === 'member') {
    if ((await office.workersAt(sourceId)).has(to.memberId))
      return { place: { memberId: to.memberId, teamId: null }, outcome: 'done' }
    return (await office.workersAt(null)).has(to.memberId) ? 'not-allowed-there' : 'gone'
  }
  // Whoever was found fit keeps it: a conversation does not change hands with each post.
  if (present !== null && presentTeam === to.teamId && (await office.workersAt(sourceId)).has(present)) return 'was-so'
  const demand: Demand = {
    permission: 'inbox.work',
    sourceId,
    language: to.language ? post.language : null,
    product: to.product,
    ...(to.teamId ? { teamId: to.teamId } : {}),
  }
  const desk: StaffedDesk = await office.desk()
  const [memberId] = await desk.whoCanTake(demand)
  if (memberId) {
    desk.gave(memberId)
    return { place: { memberId, teamId: to.teamId }, outcome: 'done' }
  }
  return to.teamId ? { place: { memberId: null, teamId: to.teamId }, outcome: 'team-only' } : 'nobody-can'
}

function prioritise({ tx, matter, taken }: Scene, ruleId: string, priority: Priority): ActionOutcome {
  if (matter.decided.priority) return 'person-decided'
  if (taken.has('priority')) return 'earlier-rule'
  taken.add('priority')
  if (matter.row.priority === priority) return 'was-so'
  const was = matter.row.priority
  matter.row.priority = priority
  tx.record({
    type: 'conversation.prioritised',
    subjects: { conversationId: matter.row.conversation_id },
    codes: { priority, was },
    actor: byRule(ruleId),
  })
  return 'done'
}

function tag({ tx, matter, office }: Scene, ruleId: string, wanted: string[]): Deed {
  const known = wanted.filter((tagId) => office.tagIds.has(tagId))
  const allowed = known.filter((tagId) => !matter.decided.untagged.has(tagId))
  const added = allowed.filter((tagId) => !matter.tagIds.has(tagId))
  if (added.length === 0)
    return {
      do: 'tag',
      tagIds: wanted,
      outcome: known.length === 0 ? 'gone' : allowed.length === 0 ? 'person-decided' : 'was-so',
    }
  for (const tagId of added) {
    matter.tagIds.add(tagId)
    matter.newTagIds.add(tagId)
  }
  tx.record({
    type: 'conversation.tagged',
    subjects: { conversationId: matter.row.conversation_id, added, removed: [] },
    actor: byRule(ruleId),
  })
  return { do: 'tag', tagIds: added, outcome: 'done' }
}

/** Clocks are read from events: what they go by from now on is one. */
function chooseClock({ tx, matter, taken }: Scene, ruleId: string, clockPolicyId: string): ActionOutcome {
  if (matter.decided.clock) return 'person-decided'
  if (taken.has('clock')) return 'earlier-rule'
  taken.add('clock')
  if (matter.decided.clockPolicyId === clockPolicyId) return 'was-so'
  tx.record({
    type: 'conversation.clock-chosen',
    subjects: { conversationId: matter.row.conversation_id, clockPolicyId },
    actor: byRule(ruleId),
  })
  return 'done'
}

function askForFourEyes({ matter }: Scene, ruleId: string): ActionOutcome {
  if (matter.row.four_eyes_rule_id !== null) return 'was-so'
  matter.row.four_eyes_rule_id = ruleId
  return 'done'
}

async function proposeCrisis({ tx, reach, matter, post }: Scene, ruleId: string): Promise<ActionOutcome> {
  if (!reach.proposeCrisis) return 'gone'
  const { conversation_id: conversationId } = matter.row
  const isNew = await reach.proposeCrisis(tx, { conversationId, postId: post.postId, topicIds: post.topicIds, ruleId })
  return isNew ? 'done' : 'was-so'
}

/** The webhook reads it in the trail, which no crash loses, and is told of it once. */
async function callWebhook(
  { tx, reach, matter, post }: Scene,
  ruleId: string,
  webhookId: string,
): Promise<ActionOutcome> {
  if (!(await reach.webhooks(tx)).has(webhookId)) return 'gone'
  tx.record({
    type: 'routing.called',
    subjects: { conversationId: matter.row.conversation_id, postId: post.postId, ruleId, webhookId },
    actor: byRule(ruleId),
  })
  return 'done'
}

/** Closing lays aside whatever waits: so nothing may wait but what a closing rule holds for, also of what came since. */
async function close(
  { tx, matter, position }: Scene,
  ruleId: string,
  postIds: readonly string[],
): Promise<ActionOutcome> {
  const { row, decided } = matter
  for (const postId of postIds) matter.noise.add(postId)
  if (row.state === 'closed' || matter.closedBy) return 'was-so'
  if (matter.held) return 'lease-held'
  const isSomebodys = decided.assignee && row.assigned_member_id !== null
  if (isSomebodys || decided.open || BigInt(decided.lastAct) >= BigInt(position)) return 'person-decided'
  const known = await loadKnown(tx, [row.conversation_id])
  if (!standingOf(known.get(row.conversation_id) ?? []).waiting.isSubsetOf(matter.noise)) return 'more-waits'
  matter.closedBy = ruleId
  return 'done'
}
