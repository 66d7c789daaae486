/** What a record says of consents and objections, written under the words they were given. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { object, recordConsent } from '../consent/index.ts'
import type { ConsentWords, ContactChange } from './contact-change.ts'
import type { Taking } from './contact-record.ts'

/** What was said before by the same identity is not said again. */
export async function stateConsents(
  tx: WorkspaceTransaction,
  contactId: string,
  change: ContactChange,
  { consent, at }: Taking,
): Promise<number> {
  let stated = 0
  if (change.doNotContact) {
    const before = await countOf(
      tx,
      sql`objection where kind = 'contact' and lifted_at is null and author_id = ${contactId}`,
    )
    await object(tx, { authorId: contactId, kind: 'contact', channel: consent?.channel ?? 'mail', reason: '', at })
    if (before === 0) stated++
  }
  for (const { purpose, given, ...said } of change.consents) {
    const words = said.text === undefined ? consent : (said as ConsentWords)
    if (!words) continue
    const { rows } = await sql<{ given: boolean }>`
      select given from consent where workspace_id = ${tx.workspaceId} and author_id = ${contactId}
        and purpose = ${purpose} order by stated_at desc, consent_id desc limit 1`.execute(tx.sql)
    if (rows[0]?.given === given) continue
    await recordConsent(tx, { authorId: contactId, purpose, given, ...words, at })
    stated++
  }
  return stated
}

async function countOf(tx: WorkspaceTransaction, from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{
    count: string
  }>`select count(*) as count from ${from} and workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return Number(rows[0]?.count ?? 0)
}
