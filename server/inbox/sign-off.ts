import type { WorkspaceTransaction } from '../platform/database.ts'

/** Initials such as "^AB" that say which person of the team speaks; a bot has none. */
export async function signOffOf(tx: WorkspaceTransaction): Promise<string> {
  if (tx.actor.kind !== 'member' || !tx.actor.id) return ''
  const member = await tx.sql
    .selectFrom('member')
    .select('sign_off')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', tx.actor.id)
    .executeTakeFirst()
  return member?.sign_off.trim() ?? ''
}

/** Appended once: a macro may have put it there already. */
export async function withSignOff(tx: WorkspaceTransaction, text: string): Promise<string> {
  const written = text.trim()
  const signOff = await signOffOf(tx)
  return signOff === '' || written === '' || written.endsWith(signOff) ? written : `${written} ${signOff}`
}
