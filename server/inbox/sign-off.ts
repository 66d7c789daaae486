import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * Which person of the team speaks: initials such as "^AB" where characters are few, a name below a letter. Each member has a
 * usual one, and may have another for a network. A bot has none.
 */
export async function signOffOf(tx: WorkspaceTransaction, network: string | null = null): Promise<string> {
  if (tx.actor.kind !== 'member' || !tx.actor.id) return ''
  const member = await tx.sql
    .selectFrom('member as m')
    .leftJoin('member_sign_off as s', (join) =>
      join
        .onRef('s.workspace_id', '=', 'm.workspace_id')
        .onRef('s.member_id', '=', 'm.member_id')
        .on('s.network', '=', network ?? ''),
    )
    .select(['m.sign_off as usual', 's.sign_off as there'])
    .where('m.workspace_id', '=', tx.workspaceId)
    .where('m.member_id', '=', tx.actor.id)
    .executeTakeFirst()
  return (member?.there ?? member?.usual ?? '').trim()
}

/** Appended once: a macro may have put it there already. One of several lines stands below the text. */
export async function withSignOff(tx: WorkspaceTransaction, text: string, network: string): Promise<string> {
  const written = text.trim()
  const signOff = await signOffOf(tx, network)
  if (signOff === '' || written === '' || written.endsWith(signOff)) return written
  return `${written}${signOff.includes('\n') ? '\n\n' : ' '}${signOff}`
}
