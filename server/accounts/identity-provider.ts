import { z } from 'zod'
import { Invalid, Upstream } from '../platform/errors.ts'
import { fetchOutside } from '../platform/outbound.ts'
import { isAllowedPrivate } from '../platform/outbound-address.ts'
import type { Services } from '../platform/services.ts'
import { readSetting, removeSetting, writeSetting } from './settings.ts'

const SETTING = 'identity-provider'
const SECRET_CONTEXT = 'identity-provider'
const DISCOVERY_TIMEOUT_MS = 8_000
const DISCOVERY_BYTES_MAX = 100_000

export interface IdentityProviderSettings {
  name: string
  issuer: string
  clientId: string
  /** Its addresses are taken for verified although it does not say so: a directory in which nobody can choose one freely. */
  vouchesForAddresses: boolean
  /** Whoever signs in there has shown two factors, although its tokens do not say so. */
  vouchesForSecondFactor: boolean
  joinWorkspaceId: string | null
  joinRole: 'admin' | 'lead' | 'agent' | 'viewer'
}

export interface IdentityProvider extends IdentityProviderSettings {
  clientSecret: string
  discoveryUrl: string
}

interface Stored extends IdentityProviderSettings {
  secret: string
}

const discoveryUrlOf = (issuer: string) => `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`

export async function readIdentityProvider(services: Services): Promise<IdentityProvider | null> {
  const stored = await readSetting<Stored>(services, SETTING)
  if (!stored) return null
  const { secret, ...settings } = stored
  return {
    ...settings,
    vouchesForAddresses: settings.vouchesForAddresses ?? false,
    vouchesForSecondFactor: settings.vouchesForSecondFactor ?? false,
    clientSecret: secret ? services.secrets.decrypt(secret, SECRET_CONTEXT) : '',
    discoveryUrl: discoveryUrlOf(settings.issuer),
  }
}

/** Tokens and the client's secret go there: only over TLS, except to a place that the operator has allowed by name. */
function requireSafeAddress(services: Services, issuer: string): void {
  if (new URL(issuer).protocol !== 'https:' && !isAllowedPrivate(new URL(issuer), services.config.allowPrivate))
    throw new Invalid('identity-provider-not-https')
}

/** Reads the discovery document first, so that a typing error is told here and not to the person who signs in. */
export async function writeIdentityProvider(
  services: Services,
  settings: (IdentityProviderSettings & { clientSecret?: string | undefined }) | null,
): Promise<void> {
  if (!settings) return removeSetting(services, SETTING)
  requireSafeAddress(services, settings.issuer)
  await checkDiscovery(services, settings.issuer)
  const present = await readSetting<Stored>(services, SETTING)
  const { clientSecret, ...rest } = settings
  const secret = clientSecret ? services.secrets.encrypt(clientSecret, SECRET_CONTEXT) : (present?.secret ?? '')
  await writeSetting(services, SETTING, { ...rest, secret })
}

const discovery = z.object({ issuer: z.string(), authorization_endpoint: z.url(), token_endpoint: z.url() })

async function checkDiscovery(services: Services, issuer: string): Promise<void> {
  const answer = await fetchOutside(discoveryUrlOf(issuer), {
    timeoutMs: DISCOVERY_TIMEOUT_MS,
    bytesMax: DISCOVERY_BYTES_MAX,
    allowPrivate: services.config.allowPrivate,
  })
  if (!answer.ok) throw new Upstream('identity-provider-unreachable', { reason: answer.failure.name })
  const parsed = discovery.safeParse(parseJson(answer.value.body))
  if (answer.value.status !== 200 || !parsed.success)
    throw new Upstream('identity-provider-no-discovery', { status: answer.value.status })
  if (parsed.data.issuer.replace(/\/+$/, '') !== issuer.replace(/\/+$/, ''))
    throw new Upstream('identity-provider-other-issuer', { issuer: parsed.data.issuer })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
