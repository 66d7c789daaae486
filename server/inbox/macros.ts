import type { z } from 'zod'
import type { inbox } from '../../contract/inbox.ts'
import type { ConversationChange } from '../../contract/inbox-conversations.ts'
import type { MacroAction } from '../../contract/inbox-setup.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { baseLanguage } from '../text/index.ts'
import { type ChangeReport, changeConversations, requireAssignee, requireTags } from './changing.ts'
import { requireConversation } from './conversation.ts'
import { type Filled, fillMacro, requirePlaceholders } from './macro-filling.ts'
import { orNameTaken } from './tags.ts'

const MACROS_MAX = 500
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
    variants: row.variants as Macro['variants'],
  }))
}

/** Creates it, or replaces the one named. Throws Invalid for a placeholder that nothing would fill, or an action on nothing. */
export async function saveMacro(tx: WorkspaceTransaction, macroId: string | null, input: Input): Promise<Macro> {
  for (const text of [input.text, ...input.variants.map((variant) => variant.text)]) requirePlaceholders(text)
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
    variants: JSON.stringify(input.variants),
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

export interface AppliedMacro extends Filled {
  /** Of the text that was taken; null: nobody said. */
  language: string | null
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
  const conversation = await requireConversation(tx, conversationId)
  const wording = wordingFor(macro, conversation.language)
  const filled = await fillMacro(tx, wording.text, conversation)
  const applied: AppliedMacro = { ...filled, language: wording.language, done: [], refused: [], afterSending: [] }
  for (const action of macro.actions) {
    if ((action.action === 'close' || action.action === 'snooze') && wording.text.trim() !== '') {
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

/** The text in the language of the conversation, where there is one; else the macro's own. */
function wordingFor(macro: Macro, language: string | null): { text: string; language: string | null } {
  const wanted = language && baseLanguage(language)
  return macro.variants.find((variant) => variant.language === wanted) ?? macro
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
