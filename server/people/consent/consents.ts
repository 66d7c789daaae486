import type { ConsentPurpose, StatementChannel } from '../../../contract/people-consent.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { placeOf, requireSubject, type Subject, subjectIds } from './subjects.ts'

/** What was shown is kept word for word; a form has no longer text. */
const TEXT_CHARACTERS_MAX = 10_000

export type ConsentStatement = Subject & {
  purpose: ConsentPurpose
  /** False: they were asked, and refused. */
  given: boolean
  /** Word for word what was shown or read to them. */
  text: string
  language: string
  channel: StatementChannel
  at: Date
}

/** Writes into the ledger who agreed to what, by which words; never changed but to be withdrawn. Returns its id. */
export async function recordConsent(tx: WorkspaceTransaction, statement: ConsentStatement): Promise<string> {
  if (statement.text.trim() === '' || statement.text.length > TEXT_CHARACTERS_MAX)
    throw new Invalid('consent-text-invalid')
  await requireSubject(tx, statement)
  const consentId = newId()
  await tx.sql
    .insertInto('consent')
    .values({
      workspace_id: tx.workspaceId,
      consent_id: consentId,
      ...placeOf(statement),
      purpose: statement.purpose,
      given: statement.given,
      text: statement.text,
      language: statement.language,
      channel: statement.channel,
      stated_at: statement.at,
      recorded_by_kind: tx.actor.kind,
      recorded_by: tx.actor.id,
    })
    .execute()
  tx.record({
    type: 'consent.recorded',
    subjects: { consent: consentId, ...subjectIds(statement) },
    codes: { purpose: statement.purpose, given: statement.given, channel: statement.channel },
  })
  return consentId
}

export interface ConsentWithdrawal {
  consentId: string
  channel: StatementChannel
  reason?: string
  at: Date
}

/** As easy as giving it (Art. 7(3)): no reason is asked for. Refused when it was withdrawn before, or never given. */
export async function withdrawConsent(tx: WorkspaceTransaction, withdrawal: ConsentWithdrawal): Promise<void> {
  const row = await tx.sql
    .updateTable('consent')
    .set({
      withdrawn_at: withdrawal.at,
      withdrawn_channel: withdrawal.channel,
      withdrawn_because: withdrawal.reason ?? '',
      withdrawn_by_kind: tx.actor.kind,
      withdrawn_by: tx.actor.id,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('consent_id', '=', withdrawal.consentId)
    .where('withdrawn_at', 'is', null)
    .where('given', '=', true)
    .returning(['person_id', 'author_id', 'purpose'])
    .executeTakeFirst()
  if (!row) throw await whyNotWithdrawn(tx, withdrawal.consentId)
  tx.record({
    type: 'consent.withdrawn',
    subjects: {
      consent: withdrawal.consentId,
      ...(row.person_id ? { person: row.person_id } : {}),
      ...(row.author_id ? { author: row.author_id } : {}),
    },
    codes: { purpose: row.purpose, channel: withdrawal.channel },
  })
}

async function whyNotWithdrawn(tx: WorkspaceTransaction, consentId: string): Promise<Error> {
  const row = await tx.sql
    .selectFrom('consent')
    .select('given')
    .where('workspace_id', '=', tx.workspaceId)
    .where('consent_id', '=', consentId)
    .executeTakeFirst()
  if (!row) return new NotFound('consent-unknown')
  return new Conflict(row.given ? 'consent-withdrawn' : 'consent-never-given')
}
