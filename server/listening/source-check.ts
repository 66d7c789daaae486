import {
  type CheckedAccount,
  type Connection,
  type Connector,
  type Failure,
  installationSettings,
} from '../connectors/index.ts'
import { NotFound, Upstream } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { connectorOf } from './networks.ts'

const CHECK_TIMEOUT_MS = 60_000

export interface SourceInput {
  network: string
  settings: Record<string, unknown>
  credentials?: Record<string, string> | undefined
}

export type Checked = { ok: true; connection: Connection; account: CheckedAccount } | { ok: false; failure: Failure }

/** Asks the network whether this would work, and completes the settings. Reaches out, so it stands before any transaction. */
export async function checkSource(services: Services, input: SourceInput): Promise<Checked> {
  const connector = requireConnector(services, input.network)
  const settings = connector.parseSettings(installationSettings(input.network, services.config) ?? input.settings)
  if (!settings.ok) return settings
  const credentials = connector.parseCredentials(input.credentials)
  if (!credentials.ok) return credentials
  const connection = { settings: settings.value, credentials: credentials.value }
  const account = await connector.check(connection, AbortSignal.timeout(CHECK_TIMEOUT_MS))
  return account.ok ? { ok: true, connection, account: account.value } : account
}

/** As checkSource, where nothing is to be done with a source that does not work. */
export async function requireChecked(services: Services, input: SourceInput): Promise<Extract<Checked, { ok: true }>> {
  const checked = await checkSource(services, input)
  if (checked.ok) return checked
  throw new Upstream('source-check-failed', { failure: checked.failure.name, detail: checked.failure.detail })
}

/** An account is the same source whatever its settings say; everything else is told apart by its settings. */
export function identityOf(network: string, { author, settings }: CheckedAccount): string {
  if (author) return `${network} account ${author.scope} ${author.networkId}`
  return `${network} ${JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)))}`
}

export function requireConnector(services: Services, network: string): Connector {
  const connector = connectorOf(services, network)
  if (!connector) throw new NotFound('network-unknown', { network })
  return connector
}
