import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../contract/index.ts'
import { PERMISSIONS, ROLE_PRESETS } from '../contract/permissions.ts'
import { addMember, createRole, createUser, createWorkspace, needsSetUp } from '../server/accounts/index.ts'
import type { WorkspaceTransaction } from '../server/platform/database.ts'
import { SYSTEM } from '../server/platform/events.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { setTimes } from '../server/publishing/index.ts'
import type { TwinUrls } from '../twin/twin.ts'
import { brandAccounts, members, type Role, type WorkspaceSeed, workspaceSeeds } from './index.ts'
import type { PresetRole } from './team.ts'

/** Of everybody in the demo. It opens nothing but the demo, which listens where it was started. */
export const DEMO_PASSWORD = 'klinkerlaut-demo'
const TIME_ZONE = 'Europe/Berlin'
const STREAM = 'bluesky-stream'

export type Client = ContractRouterClient<Contract>

/** Fills an empty installation with the agency's workspaces, through the same procedures that people use. False: it was filled before. */
export async function loadSeeds(services: Services, app: HttpApp, twin: TwinUrls): Promise<boolean> {
  if (!(await needsSetUp(services))) return false
  const users = await createUsers(services)
  for (const seed of workspaceSeeds) {
    const workspaceId = await createSeedWorkspace(services, seed, users)
    const owner = members.find(({ key }) => key === seed.members.find(({ role }) => role === 'owner')?.member)
    const client = await signedIn(services, app, owner?.email ?? '', workspaceId)
    await fill(client, seed, twin)
  }
  await hearFromTheBeginning(services)
  return true
}

async function createUsers(services: Services): Promise<Map<string, string>> {
  const users = new Map<string, string>()
  for (const { key, name, email, language } of members) {
    const administers = key === 'meike' || key === 'milan'
    users.set(
      key,
      await createUser(services, { name, email, password: DEMO_PASSWORD, language, installationAdmin: administers }),
    )
  }
  return users
}

async function createSeedWorkspace(
  services: Services,
  seed: WorkspaceSeed,
  users: Map<string, string>,
): Promise<string> {
  const { name, brand, languages } = seed
  const owner = seed.members.find(({ role }) => role === 'owner')?.member ?? ''
  const made = await createWorkspace(services, users.get(owner) ?? '', {
    name,
    brand,
    languages,
    kind: 'agency',
    timeZone: TIME_ZONE,
  })
  await services.database.inWorkspace(made.workspaceId, SYSTEM, async (tx) => {
    // Whoever tries things out wants to see them arrive.
    await setTimes(tx, { undoSeconds: 0 })
    for (const { member, role } of seed.members) {
      const known = members.find(({ key }) => key === member)
      if (!known || role === 'owner') continue
      const user = { userId: users.get(member) ?? '', name: known.name, email: known.email }
      await addMember(tx, user, await assignedRole(tx, role, seed))
    }
  })
  return made.workspaceId
}

/** As the workspace's people call it. */
const PRESET_NAMES: Record<PresetRole, Record<'de' | 'nl' | 'en', string>> = {
  'data-protection': { de: 'Datenschutz', nl: 'Gegevensbescherming', en: 'Data protection' },
  'works-council': { de: 'Betriebsrat', nl: 'Ondernemingsraad', en: 'Works council' },
}
const isPreset = (role: Role): role is PresetRole => role in PRESET_NAMES

async function assignedRole(tx: WorkspaceTransaction, role: Role, { languages }: WorkspaceSeed) {
  if (!isPreset(role)) return role
  const name = PRESET_NAMES[role][languages[0] ?? 'en']
  const permissions = [...ROLE_PRESETS[role]]
  return { roleId: await createRole(tx, new Set(PERMISSIONS), { name, permissions, preset: role }) }
}

/** The typed client of the web, speaking to the app in this process. Everybody signs in once, as people do. */
export async function signedIn(services: Services, app: HttpApp, email: string, workspaceId: string): Promise<Client> {
  const headers = { cookie: await cookieOf(services, app, email), 'x-rapport-workspace': workspaceId }
  const link = new RPCLink({
    url: `${services.config.publicUrl}/rpc`,
    headers,
    fetch: async (request) => app.request(request),
  })
  return createORPCClient<Client>(link)
}

/** For what is no procedure: files. */
export function cookieOf(services: Services, app: HttpApp, email: string): Promise<string> {
  const known = cookies.get(services) ?? new Map<string, Promise<string>>()
  cookies.set(services, known)
  const cookie = known.get(email) ?? signIn(app, services.config.publicUrl, email)
  known.set(email, cookie)
  return cookie
}

const cookies = new WeakMap<Services, Map<string, Promise<string>>>()

async function signIn(app: HttpApp, origin: string, email: string): Promise<string> {
  const answer = await app.request(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  })
  if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function fill({ accounts, listening, inbox }: Client, seed: WorkspaceSeed, twin: TwinUrls): Promise<void> {
  for (const [index, { name, query, kind }] of seed.topics.entries()) {
    await listening.topics.create({
      name,
      query,
      kind,
      opensConversations: index === 0,
    })
  }
  for (const key of seed.feeds)
    await listening.sources.create({ network: 'feed', settings: { address: twin.site(key) }, keeps: 'matches' })
  const account = brandAccounts.find(({ key }) => key === seed.account)
  if (account?.appPassword)
    await listening.sources.create({
      network: 'bluesky',
      settings: twin.bluesky,
      credentials: { identifier: account.handle, appPassword: account.appPassword },
    })
  if (seed.hearsStream) await listening.sources.create({ network: STREAM, settings: {}, name: 'Bluesky' })
  for (const name of seed.tags) await inbox.tags.create({ name })
  for (const macro of seed.macros) await inbox.macros.create(macro)
  const { items } = await accounts.members.list({})
  const agents = items.filter(({ role }) => role === 'agent' || role === 'lead')
  await accounts.teams.create({ name: 'Care', memberIds: agents.map(({ memberId }) => memberId) })
}

/** The stream begins at the twin's first post, so that the two weeks before today are there too. */
async function hearFromTheBeginning({ database }: Services): Promise<void> {
  await database.system
    .insertInto('system.stream')
    .values({ name: STREAM, cursor: JSON.stringify({ timeUs: 1 }) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
