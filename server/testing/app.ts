import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { contract } from '../../contract/index.ts'
import type { Role } from '../../contract/permissions.ts'
import { addMember, createUser, createWorkspace } from '../accounts/index.ts'
import { callerOf, createLive, modules, subscriptions } from '../modules.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { SYSTEM } from '../platform/events.ts'
import { createHttpApp } from '../platform/http.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import type { HttpApp } from '../platform/module.ts'
import { openSecrets } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { drainSubscriptions } from '../platform/subscriptions.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing/database.ts'
import { visitOf } from '../proofs/index.ts'

export const TEST_PASSWORD = 'correct horse battery'
const ORIGIN = 'http://localhost:3000'

export interface TestMember {
  userId: string
  memberId: string
  email: string
  /** Session cookie. */
  cookie: string
}

export interface TestApp {
  app: HttpApp
  services: Services
  test: TestDatabase
  /** A workspace with its owner, who administers the installation. */
  workspace: { workspaceId: string; slug: string; owner: TestMember }
  join(workspaceId: string, role: Role, name?: string): Promise<TestMember>
  createWorkspace(name: string): Promise<{ workspaceId: string; slug: string; owner: TestMember }>
  /** Calls a procedure by its RPC path, as somebody, in a workspace. */
  call(
    path: string,
    input: unknown,
    as?: { cookie?: string; key?: string; workspaceId?: string },
  ): Promise<{ status: number; body: unknown }>
  request(path: string, init?: RequestInit): Promise<Response>
  /** Runs subscribers until nothing is pending. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** The whole web side over a real database, without a port. */
export async function createTestApp(
  environment: Record<string, string> = {},
  clock: Clock = systemClock,
): Promise<TestApp> {
  const test = await createTestDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'rapport-app-'))
  const config = readConfig({
    RAPPORT_HOME: home,
    RAPPORT_LOG: 'silent',
    RAPPORT_ALLOW_PRIVATE: '127.0.0.0/8,::1/128',
    ...environment,
  })
  const services: Services = {
    config,
    database: test.database,
    log: createLog('silent'),
    clock,
    secrets: openSecrets(home),
  }
  const stopping = new AbortController()
  const app = createHttpApp({
    services,
    modules,
    contract,
    callerOf,
    visitOf,
    webFolder: path.join(home, 'no-web'),
    live: createLive(services, stopping.signal),
    metrics: createMetrics({ database: test.database, subscribers: [] }),
  })
  const request = async (address: string, init?: RequestInit) => app.request(`${ORIGIN}${address}`, init)
  const people = peopleOf(services, request)
  const workspace = await people.createWorkspace('Nordwind')
  return {
    app,
    services,
    test,
    workspace,
    request,
    ...people,
    call: caller(request),
    settle: async () => {
      await drainSubscriptions(test.database, subscriptions(services), clock)
    },
    close: async () => {
      stopping.abort()
      await test.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

type Requests = TestApp['request']

/** People who sign in with TEST_PASSWORD, and their workspaces. */
function peopleOf(services: Services, request: Requests): Pick<TestApp, 'createWorkspace' | 'join'> {
  let count = 0
  const createPerson = async (name: string, installationAdmin: boolean) => {
    const email = `person-${++count}@example.org`
    const userId = await createUser(services, {
      name,
      email,
      password: TEST_PASSWORD,
      language: 'en',
      installationAdmin,
    })
    return { userId, email, name }
  }
  const createWorkspaceOf: TestApp['createWorkspace'] = async (name) => {
    const person = await createPerson('Olga Owner', true)
    const { memberId, ...made } = await createWorkspace(services, person.userId, {
      name,
      brand: name,
      kind: 'small-team',
      languages: ['en', 'de', 'nl'],
      timeZone: 'Europe/Berlin',
    })
    // No test waits for the minute in which people may take back what they sent.
    await services.database.inWorkspace(made.workspaceId, SYSTEM, (tx) =>
      tx.sql
        .insertInto('publishing_setting')
        .values({ workspace_id: made.workspaceId, undo_seconds: 0, approval_hours: 48 })
        .execute(),
    )
    return {
      ...made,
      owner: { userId: person.userId, email: person.email, memberId, cookie: await signIn(request, person.email) },
    }
  }
  return {
    createWorkspace: createWorkspaceOf,
    join: async (workspaceId, role, name = `${role} Person`) => {
      const person = await createPerson(name, false)
      const memberId = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => addMember(tx, person, role))
      return { userId: person.userId, email: person.email, memberId, cookie: await signIn(request, person.email) }
    },
  }
}

const caller =
  (request: Requests): TestApp['call'] =>
  async (address, input, as = {}) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (as.cookie) headers.cookie = as.cookie
    if (as.key) headers.authorization = `Bearer ${as.key}`
    if (as.workspaceId) headers['x-rapport-workspace'] = as.workspaceId
    const answer = await request(`/rpc/${address.replaceAll('.', '/')}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ json: input }),
    })
    const body = (await answer.json()) as { json?: unknown }
    return { status: answer.status, body: body.json }
  }

async function signIn(request: Requests, email: string): Promise<string> {
  const answer = await request('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ email, password: TEST_PASSWORD }),
  })
  if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
