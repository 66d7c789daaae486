import { sql } from 'kysely'
import type { z } from 'zod'
import type { graph as contract } from '../../../contract/people-graph.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { type PersonBrief, personsOfAuthors } from '../reading.ts'
import { suppressedAmong } from '../suppression.ts'
import { type ContactPoint, contactIdentity, contactPoint, findContact } from './contact-points.ts'
import { type Linked, linkIdentity, type NewLink } from './link.ts'

type Looked = z.output<(typeof contract.contactPoint)['~orpc']['outputSchema'] & z.ZodType>

const SHARED_BY_MAX = 20

/** As it is kept, and whose it is. Refused like the link that may follow; writes nothing. */
export async function lookUpContactPoint(
  tx: WorkspaceTransaction,
  point: ContactPoint,
  secrets: Secrets,
): Promise<Looked> {
  const identity = await contactIdentity(tx, point)
  if ((await suppressedAmong(tx, secrets, [identity])).size > 0) throw new Conflict('identity-suppressed')
  const authorId = await findContact(tx, identity)
  return {
    kind: point.kind,
    scope: identity.scope,
    value: identity.networkId,
    authorId,
    person: authorId === null ? null : ((await personsOfAuthors(tx, [authorId])).get(authorId) ?? null),
    sharedBy: authorId === null ? [] : await sharedBy(tx, authorId),
  }
}

/** Served by person_link_stack. */
async function sharedBy(tx: WorkspaceTransaction, authorId: string): Promise<PersonBrief[]> {
  const { rows } = await sql<PersonBrief>`
    select distinct c.person_id as "personId", c.name from person_link l
      join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
      join person c on c.workspace_id = p.workspace_id and c.person_id = p.current_id
    where l.workspace_id = ${tx.workspaceId} and l.author_id = ${authorId} and l.withdrawn_at is null and l.shared
      and c.erased_at is null
    order by 2, 1 limit ${SHARED_BY_MAX}`.execute(tx.sql)
  return rows
}

/** Links a contact point that somebody typed, and begins it where it was not known. */
export async function linkContactPoint(
  tx: WorkspaceTransaction,
  { contact, ...link }: Omit<NewLink, 'authorId'> & { contact: ContactPoint },
  at: Date,
  secrets: Secrets,
): Promise<Linked & { authorId: string }> {
  const authorId = await contactPoint(tx, contact, at, secrets)
  return { authorId, ...(await linkIdentity(tx, { ...link, authorId }, at)) }
}
