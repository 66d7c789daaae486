import type { z } from 'zod'
import type { suggested as contract } from '../../../contract/inbox-suggested.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { isAllowedPrivate } from '../../platform/outbound-address.ts'
import type { Services } from '../../platform/services.ts'

type Input = z.output<NonNullable<(typeof contract.setModel)['~orpc']['inputSchema']>>
type Shown = z.output<NonNullable<(typeof contract.model)['~orpc']['outputSchema']>>

export interface DraftingModel {
  /** Without a slash at its end. */
  address: string
  model: string
  instruction: string
  apiKey: string | null
}

const secretContext = (workspaceId: string): string => `drafting-model ${workspaceId}`

const load = (tx: WorkspaceTransaction) =>
  tx.sql.selectFrom('drafting_model').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()

export async function showModel(tx: WorkspaceTransaction): Promise<Shown> {
  const row = await load(tx)
  return {
    switchedOn: row?.switched_on ?? false,
    address: row?.address ?? '',
    model: row?.model ?? '',
    instruction: row?.instruction ?? '',
    hasKey: (row?.api_key ?? null) !== null,
  }
}

/** Null: nobody switched it on. */
export async function readModel(services: Services, tx: WorkspaceTransaction): Promise<DraftingModel | null> {
  const row = await load(tx)
  if (!row?.switched_on) return null
  return {
    address: row.address,
    model: row.model,
    instruction: row.instruction,
    apiKey: row.api_key === null ? null : services.secrets.decrypt(row.api_key, secretContext(tx.workspaceId)),
  }
}

export async function saveModel(services: Services, tx: WorkspaceTransaction, input: Input): Promise<Shown> {
  const address = input.address.replace(/\/+$/, '')
  if (input.switchedOn && (address === '' || input.model === '')) throw new Invalid('drafting-incomplete')
  if (address !== '' && !keepsSecrets(address, services)) throw new Invalid('drafting-address')
  const before = await load(tx)
  // A key goes to the place that it was given for, and to no other.
  const kept = before?.address === address ? (before.api_key ?? null) : null
  const apiKey =
    input.apiKey === undefined
      ? kept
      : input.apiKey && services.secrets.encrypt(input.apiKey, secretContext(tx.workspaceId))
  const values = {
    switched_on: input.switchedOn,
    address,
    model: input.model,
    instruction: input.instruction,
    api_key: apiKey || null,
    changed_by: tx.actor.kind === 'member' ? tx.actor.id : null,
    changed_at: services.clock.now(),
  }
  await tx.sql
    .insertInto('drafting_model')
    .values({ workspace_id: tx.workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute()
  tx.record({ type: 'drafting.model-changed', subjects: {}, codes: { switchedOn: input.switchedOn } })
  return showModel(tx)
}

/** What customers said goes over TLS, or to a place that the operator has listed. */
function keepsSecrets(address: string, { config }: Services): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isAllowedPrivate(url, config.allowPrivate))
}
