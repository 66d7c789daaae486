import type { z } from 'zod'
import type { inbox } from '../../contract/inbox.ts'
import type { ConversationChange } from '../../contract/inbox-conversations.ts'
import { MACRO_PLACEHOLDERS, type MacroAction } from '../../contract/inbox-setup.ts'
import { readWorkspace } from '../accounts/index.ts'
import { authorBriefs } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { type ChangeReport, changeConversations, requireAssignee, requireTags } from './changing.ts'
import { requireConversation } from './conversation.ts'
import { signOffOf } from './sign-off.ts'
import { orNameTaken } from './tags.ts'

const MACROS_MAX = 500
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g
const HOUR_MS = 3_600_000

type Input = z.output<NonNullable<(typeof inbox.macros.create)['~orpc']['inputSchema']>>
export interface Macro extends Input {
  macroId: string
}

export async function listMacros(tx: WorkspaceTransaction): Promise<Macro[]> {
  const rows = await tx.sql
    .selectFrom('macro')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(MACROS_MAX)
    .execute()
  return rows.map((row) => ({
    macroId: row.macro_id,
    name: row.name,
    text: row.text,
    language: row.language,
    actions: row.actions as MacroAction[],
  }))
}

/** Creates it, or replaces the one named. Throws Invalid for a placeholder that nothing would fill, or an action on nothing. */
export async function saveMacro(tx: WorkspaceTransaction, macroId: string | null, input: Input): Promise<Macro> {
  for (const [, name = ''] of input.text.matchAll(PLACEHOLDER))
    if (!(MACRO_PLACEHOLDERS as readonly string[]).includes(name))
      throw new Invalid('placeholder-unknown', { placeholder: name })
  for (const action of input.actions) {
    if (action.action === 'tag') await requireTags(tx, [action.tagId])
    if (action.action === 'assign') await requireAssignee(tx, action)
  }
  const id = macroId ?? newId()
  const values = {
    name: input.name,
    text: input.text,
    language: input.language,
    actions: JSON.stringify(input.actions),
  }
  await orNameTaken(input.name, async () => {
    if (macroId === null)
      await tx.sql
        .insertInto('macro')
        .values({ workspace_id: tx.workspaceId, macro_id: id, created_by: tx.actor.id, ...values })
        .execute()
    else {
      const changed = await tx.sql
        .updateTable('macro')
        .set(values)
        .where('workspace_id', '=', tx.workspaceId)
        .where('macro_id', '=', macroId)
        .returning('macro_id')
        .executeTakeFirst()
      if (!changed) throw new NotFound('macro-unknown')
    }
  })
  tx.record({ type: macroId === null ? 'macro.created' : 'macro.changed', subjects: { macroId: id } })
  return { macroId: id, ...input }
}

export async function removeMacro(tx: WorkspaceTransaction, macroId: string): Promise<void> {
  const gone = await tx.sql
    .deleteFrom('macro')
    .where('workspace_id', '=', tx.workspaceId)
    .where('macro_id', '=', macroId)
    .returning('macro_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('macro-unknown')
  tx.record({ type: 'macro.removed', subjects: { macroId } })
}

export interface AppliedMacro {
  text: string
  done: MacroAction['action'][]
  refused: { action: MacroAction['action']; because: ChangeReport['refused'][number]['because'] }[]
  afterSending: ('close' | 'snooze')[]
}

/** Tags and assigns at once; with a text to send, closing and snoozing would come too early and are left to sending. */
export async function applyMacro(
  tx: WorkspaceTransaction,
  { conversationId, macroId }: { conversationId: string; macroId: string },
  now: Date,
): Promise<AppliedMacro> {
  const macro = (await listMacros(tx)).find((one) => one.macroId === macroId)
  if (!macro) throw new NotFound('macro-unknown')
  const { author_id } = await requireConversation(tx, conversationId)
  const applied: AppliedMacro = { text: await fill(tx, macro.text, author_id), done: [], refused: [], afterSending: [] }
  for (const action of macro.actions) {
    if ((action.action === 'close' || action.action === 'snooze') && macro.text.trim() !== '') {
      applied.afterSending.push(action.action)
      continue
    }
    const which = { conversationIds: [conversationId] }
    const { refused } = await changeConversations(tx, which, changeOf(action, now), { now, mayManage: false })
    const [first] = refused
    if (first) applied.refused.push({ action: action.action, because: first.because })
    else applied.done.push(action.action)
  }
  return applied
}

function changeOf(action: MacroAction, now: Date): ConversationChange {
  switch (action.action) {
    case 'tag':
      return { change: 'tag', add: [action.tagId], remove: [] }
    case 'assign':
      return { change: 'assign', memberId: action.memberId, teamId: action.teamId }
    case 'close':
      return action.reason ? { change: 'close', reason: { code: action.reason, note: '' } } : { change: 'close' }
    case 'snooze':
      return { change: 'snooze', until: new Date(now.getTime() + action.hours * HOUR_MS) }
  }
}

async function fill(tx: WorkspaceTransaction, text: string, authorId: string): Promise<string> {
  const author = (await authorBriefs(tx, [authorId])).get(authorId)
  const agent = tx.actor.kind === 'member' ? await memberName(tx, tx.actor.id) : ''
  const values: Record<string, string> = {
    'author.name': author?.name ?? author?.handle ?? '',
    'author.handle': author?.handle ? `@${author.handle}` : '',
    'agent.name': agent,
    'agent.sign-off': await signOffOf(tx),
    brand: (await readWorkspace(tx)).brand,
  }
  return text.replaceAll(PLACEHOLDER, (_, name: string) => values[name] ?? '')
}

async function memberName(tx: WorkspaceTransaction, memberId: string | null): Promise<string> {
  const row = await tx.sql
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId ?? '')
    .executeTakeFirst()
  return row?.name ?? ''
}
