import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import { isAllowedPrivate } from '../platform/outbound-address.ts'
import type { Services } from '../platform/services.ts'
import type { PortalTexts } from './texts.ts'

export const OFFERS = ['mail', 'phone', 'site', 'account', 'sign-in'] as const
export type Offer = (typeof OFFERS)[number]

export interface Gateway {
  address: string
  /** JSON with {to} and {text}. */
  body: string
  /** Name of the header that carries the secret; empty: none. */
  header: string
}

export interface ProofSettings {
  open: boolean
  offered: Offer[]
  texts: PortalTexts
  privacyNotice: string | null
  invitationDays: number
  phoneCountries: string[]
  gateway: Gateway | null
}

const secretContext = (workspaceId: string): string => `sms-gateway ${workspaceId}`

/** Null until somebody of the workspace has decided what is offered: the page is not there before. */
export async function readSettings(tx: WorkspaceTransaction): Promise<(ProofSettings & { hasSecret: boolean }) | null> {
  const row = await tx.sql
    .selectFrom('proof_setting')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  if (!row) return null
  return {
    open: row.open,
    offered: row.offered as Offer[],
    texts: row.texts as PortalTexts,
    privacyNotice: row.privacy_notice,
    invitationDays: row.invitation_days,
    phoneCountries: row.phone_countries,
    gateway: row.gateway_address
      ? { address: row.gateway_address, body: row.gateway_body ?? '', header: row.gateway_header ?? '' }
      : null,
    hasSecret: row.gateway_secret !== null,
  }
}

/** An absent secret keeps the stored one, while it goes where it went before. */
export async function writeSettings(
  services: Services,
  tx: WorkspaceTransaction,
  { gateway, ...settings }: ProofSettings & { gatewaySecret?: string | undefined },
): Promise<void> {
  if (gateway) requireUsable(services, gateway)
  const { gatewaySecret } = settings
  if (gateway && gatewaySecret === undefined) await requireSameAddress(tx, gateway)
  const secret = gatewaySecret && services.secrets.encrypt(gatewaySecret, secretContext(tx.workspaceId))
  const values = {
    open: settings.open,
    offered: settings.offered,
    texts: JSON.stringify(settings.texts),
    privacy_notice: settings.privacyNotice,
    invitation_days: settings.invitationDays,
    phone_countries: settings.phoneCountries,
    gateway_address: gateway?.address ?? null,
    gateway_body: gateway?.body ?? null,
    gateway_header: gateway?.header ?? null,
    ...(gatewaySecret === undefined ? {} : { gateway_secret: secret || null }),
    ...(gateway ? {} : { gateway_secret: null }),
  }
  await tx.sql
    .insertInto('proof_setting')
    .values({ workspace_id: tx.workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute()
  tx.record({
    type: 'proof.settings-changed',
    subjects: {},
    codes: { open: settings.open, offered: settings.offered.join(',') },
  })
}

export async function readGatewaySecret(services: Services, tx: WorkspaceTransaction): Promise<string> {
  const row = await tx.sql
    .selectFrom('proof_setting')
    .select('gateway_secret')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row?.gateway_secret ? services.secrets.decrypt(row.gateway_secret, secretContext(tx.workspaceId)) : ''
}

/** Whoever may change the address must not have the stored secret sent to a place of their own. Empty says that there is none. */
async function requireSameAddress(tx: WorkspaceTransaction, { address }: Gateway): Promise<void> {
  const stored = await readSettings(tx)
  if (stored?.hasSecret && stored.gateway?.address !== address) throw new Invalid('gateway-secret-again')
}

/** Numbers and codes go there: over TLS only, except to a place that the operator has allowed by name. */
function requireUsable(services: Services, { address, body }: Gateway): void {
  if (new URL(address).protocol !== 'https:' && !isAllowedPrivate(new URL(address), services.config.allowPrivate))
    throw new Invalid('gateway-not-https')
  if (!body.includes('{to}') || !body.includes('{text}')) throw new Invalid('gateway-body-incomplete')
  try {
    JSON.parse(filledBody(body, '+490', 'x'))
  } catch {
    throw new Invalid('gateway-body-no-json')
  }
}

/** What stands between quotation marks is escaped as JSON: no text breaks out of its field. */
export const filledBody = (body: string, to: string, text: string): string => {
  const escaped = (value: string) => JSON.stringify(value).slice(1, -1)
  return body.replace(/\{(to|text)\}/g, (_, field: string) => escaped(field === 'to' ? to : text))
}
