import { appendFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../e2e/server.ts'
import { identityHash } from '../people/index.ts'
import { readConfig } from '../platform/config.ts'
import { newId } from '../platform/ids.ts'
import { openSecrets } from '../platform/secrets.ts'
import { appendToManifest, readManifest } from '../privacy/erasure/manifest.ts'

const PASSWORD = 'correct horse battery'
const EMAIL = 'olga@example.org'

let server: RunningServer
let cookie = ''
let slug = ''
let workspaceId = ''

beforeAll(async () => {
  server = await startServer()
  const made = await server.command(
    ['setup', '--email', EMAIL, '--password-stdin', '--workspace', 'Nordwind'],
    PASSWORD,
  )
  slug = String(made.slug)
  workspaceId = String(made.workspaceId)
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  })
  cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
})
afterAll(() => server?.stop())

const call = (method: string, address: string, body?: unknown) =>
  fetch(`${server.url}/api/v1${address}`, {
    method,
    headers: { cookie, 'content-type': 'application/json', origin: server.url, 'x-rapport-workspace': slug },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('rapport privacy reapply', () => {
  it('erases what the manifest knows and the database, put back from a backup, does not', async () => {
    const told = await call('PUT', '/contacts/shop/K1', {
      name: 'Frieda Fisch',
      mails: ['frieda@example.org'],
      legalBasis: 'contract',
    })
    expect(told.status).toBe(200)
    const { personId } = (await told.json()) as { personId: string }
    const person = async () => (await call('GET', `/persons/${personId}`)).status
    expect(await person()).toBe(200)
    expect(await server.command(['privacy', 'reapply'])).toEqual({ erasures: 0 })
    const config = readConfig({ RAPPORT_HOME: server.home })
    const account = { network: 'mail', scope: '', networkId: 'frieda@example.org' }
    await appendToManifest(config, {
      erasureId: newId(),
      workspaceId,
      at: new Date().toISOString(),
      personIds: [personId],
      identityHashes: [identityHash(openSecrets(server.home), workspaceId, account)],
    })
    // As a crash leaves it.
    await appendFile(`${server.home}/erasures/manifest.jsonl`, '{"erasureId": "cut')
    expect(await readManifest(config)).toHaveLength(1)
    expect(await server.command(['privacy', 'reapply'])).toEqual({ erasures: 1 })
    expect(await person()).toBe(404)
    expect(await server.command(['privacy', 'reapply'])).toEqual({ erasures: 0 })
    const again = await call('PUT', '/contacts/shop/K2', {
      name: 'Frieda Fisch',
      mails: ['frieda@example.org'],
      legalBasis: 'contract',
    })
    expect(await again.json()).toMatchObject({ outcome: 'refused', problems: [{ code: 'suppressed' }] })
  })

  it('says how it is used where the word is another', async () => {
    await expect(server.command(['privacy', 'forget'])).rejects.toThrow(/Usage: rapport privacy reapply/)
  })
})
