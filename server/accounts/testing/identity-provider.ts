import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Provider from 'oidc-provider'

export interface TestIdentityProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** The address that "mallory" claims, unverified. */
  claimForMallory(address: string): void
  stop(): void
}

/**
 * A real OpenID Connect provider with its own log-in and consent pages, on a port of its own. Any password is right; the
 * log-in name decides what it says of the person: "unverified-…" an address that it does not vouch for, "silent-…" one of
 * which it says nothing, "strong-…" that two factors were shown. NAME@example.org is everybody's address.
 */
export async function startIdentityProvider(redirectUrl: string): Promise<TestIdentityProvider> {
  let malloryClaims = 'mallory@example.org'
  const server = createServer(async (request, response) => {
    const isForm = request.method === 'POST' && request.url?.startsWith('/interaction/')
    if (!isForm) return provider.callback()(request, response)
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    if (form.prompt !== 'login') return provider.callback()(Object.assign(request, { body: form }), response)
    const accountId = form.login ?? ''
    const methods = accountId.startsWith('strong-') ? { amr: ['pwd', 'otp', 'mfa'] } : {}
    await provider.interactionFinished(request, response, { login: { accountId, ...methods } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { clientId: 'rapport', clientSecret: 'a-secret-of-the-test' }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUrl],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only-for-the-test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: async (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...describePerson(sub, malloryClaims) }),
    }),
  })
  return {
    issuer,
    ...client,
    claimForMallory: (address) => {
      malloryClaims = address
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const describePerson = (login: string, malloryClaims: string) => ({
  name: `${login} of the directory`,
  email: login === 'mallory' ? malloryClaims : `${login.replace(/^(unverified|strong)-/, '')}@example.org`,
  ...(login.startsWith('silent-') ? {} : { email_verified: !login.startsWith('unverified-') && login !== 'mallory' }),
})
