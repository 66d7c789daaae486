import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'

export interface IssuerInput {
  name: string
  issuer: string
  clientId: string
  /** Absent: the stored one stays, while the provider is the same. */
  clientSecret?: string | undefined
  system: string
  takesMail: boolean
}

export interface Issuer extends Omit<IssuerInput, 'clientSecret'> {
  issuerId: string
  clientSecret: string
}

const secretContext = (workspaceId: string, issuerId: string): string => `proof-issuer ${workspaceId} ${issuerId}`

export async function listIssuers(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('proof_issuer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .limit(ISSUERS_MAX)
    .execute()
  return rows.map((row) => ({
    issuerId: row.proof_issuer_id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    system: row.system,
    takesMail: row.takes_mail,
  }))
}
const ISSUERS_MAX = 20

export async function readIssuer(services: Services, tx: WorkspaceTransaction, issuerId: string): Promise<Issuer> {
  const row = await tx.sql
    .selectFrom('proof_issuer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_issuer_id', '=', issuerId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound('issuer-unknown')
  return {
    issuerId,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    clientSecret: services.secrets.decrypt(row.client_secret, secretContext(tx.workspaceId, issuerId)),
    system: row.system,
    takesMail: row.takes_mail,
  }
}

/** The caller has read the provider's discovery document (sign-in.ts). */
export async function saveIssuer(
  services: Services,
  tx: WorkspaceTransaction,
  known: string | null,
  input: IssuerInput,
): Promise<string> {
  const issuerId = known ?? newId()
  const { clientSecret } = input
  if (known) requireSameProvider(await readIssuer(services, tx, known), input)
  const secret =
    clientSecret === undefined ? null : services.secrets.encrypt(clientSecret, secretContext(tx.workspaceId, issuerId))
  const values = {
    name: input.name,
    issuer: input.issuer,
    client_id: input.clientId,
    system: input.system,
    takes_mail: input.takesMail,
  }
  if (known) await updateIssuer(tx, known, secret === null ? values : { ...values, client_secret: secret })
  else
    await tx.sql
      .insertInto('proof_issuer')
      .values({
        ...values,
        workspace_id: tx.workspaceId,
        proof_issuer_id: issuerId,
        client_secret: secret ?? services.secrets.encrypt('', secretContext(tx.workspaceId, issuerId)),
        created_at: services.clock.now(),
      })
      .execute()
  tx.record({ type: 'proof.issuer-saved', subjects: { proofIssuer: issuerId } })
  return issuerId
}

/** Whoever may change the address must not have the stored secret sent to a place of their own. */
export function requireSameProvider(stored: Issuer, { issuer, clientSecret }: IssuerInput): void {
  if (clientSecret === undefined && stored.issuer !== issuer) throw new Invalid('issuer-secret-again')
}

/** What it proved stays; nobody signs in there any more. */
export async function removeIssuer(tx: WorkspaceTransaction, issuerId: string, now: Date): Promise<void> {
  await updateIssuer(tx, issuerId, { removed_at: now })
  tx.record({ type: 'proof.issuer-removed', subjects: { proofIssuer: issuerId } })
}

interface Change {
  name?: string
  issuer?: string
  client_id?: string
  client_secret?: string
  system?: string
  takes_mail?: boolean
  removed_at?: Date
}

async function updateIssuer(tx: WorkspaceTransaction, issuerId: string, change: Change): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('proof_issuer')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_issuer_id', '=', issuerId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotFound('issuer-unknown')
}
