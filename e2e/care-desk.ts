import type { Locator, Page } from 'playwright-core'
import { startTwin, type Twin } from '../twin/twin.ts'
import type { Person } from './browser.ts'
import { type RunningServer, startServer } from './server.ts'

/** A brand with an account on the twin, a workspace that hears it, and people who answer: the stage of the inbox journeys. */
const BRAND = { handle: 'kobaltfon.test', name: 'Kobaltfon', appPassword: 'twin-kobaltfon-e2e' }
const POST = 'app.bsky.feed.post'
const REQUEST_MS_MAX = 30_000
/** From the twin over its stream to the list. */
const HEARD_MS_MAX = 45_000

/** Whose desk it is in most journeys. */
export const MARA: Person = {
  email: 'mara@agentur-nordost.test',
  password: 'a long pass phrase',
  name: 'Mara Lindqvist',
}

export interface CareDesk {
  server: RunningServer
  twin: Twin
  owner: Person
  /** Where the workspace's inbox is. */
  inbox: string
  api: Api
  /** Another person of the team. */
  join(person: Person, role: 'lead' | 'agent' | 'viewer', language?: string): Promise<void>
  /** Mail goes out through a server of this machine. */
  mailThrough(port: number): Promise<void>
  /** A customer speaks, to the brand unless they answer a post; gives the post's address on the twin. */
  say(handle: string, text: string, answers?: string): string
  /** What the brand's account said there, as it stands on the network. */
  standing(): { text: string; answers: string }[]
  stop(): Promise<void>
}

export async function openCareDesk(owner: Person, language: 'en' | 'de' | 'nl' = 'en'): Promise<CareDesk> {
  const twin = await startTwin({ story: false })
  const { did } = twin.control.account({ handle: BRAND.handle, name: BRAND.name, password: BRAND.appPassword })
  const server = await startServer({
    environment: { RAPPORT_BLUESKY_STREAM: twin.urls.bluesky.jetstream, RAPPORT_BLUESKY_APP: twin.urls.base },
  })
  const setUp = ['setup', '--email', owner.email, '--password-stdin', '--workspace', 'Kobaltfon', '--name', owner.name]
  const made = await server.command([...setUp, '--brand', 'Kobaltfon', '--language', language], owner.password)
  const api = await signedInApi(server.url, owner, String(made.workspaceId))
  await api('POST', '/sources', {
    network: 'bluesky',
    settings: twin.urls.bluesky,
    credentials: { identifier: BRAND.handle, appPassword: BRAND.appPassword },
  })
  await api('POST', '/sources', { network: 'bluesky-stream', settings: {} })
  await api('PATCH', '/members/me', { signOff: '^ML' })
  // No journey waits for the minute in which people may take back what they sent.
  await api('PUT', '/policy/times', { undoSeconds: 0, approvalHours: 48 })
  return {
    server,
    twin,
    owner,
    inbox: `${server.url}/w/kobaltfon/inbox`,
    api,
    join: async ({ name, email, password }, role, speaks = language) => {
      const { link } = (await api('POST', '/invitations', { role })) as { link: string }
      const token = new URL(link).searchParams.get('token')
      await api('POST', '/invitation', { token, account: { name, email, password, language: speaks } })
    },
    mailThrough: async (port) => {
      const plainly = { security: 'none', user: '', from: 'rapport@agentur-nordost.test' }
      await api('PUT', '/installation/mail', { host: '127.0.0.1', port, ...plainly })
    },
    say: (handle, text, answers) => {
      if (!twin.world.accountOf(handle)) twin.control.account({ handle, name: handle.split('.')[0] ?? handle })
      const words = answers ? text : `@${BRAND.handle} ${text}`
      return twin.control.post({ by: handle, text: words, ...(answers ? { answers } : {}) }).uri
    },
    standing: () =>
      [...twin.world.records.values()]
        .filter((record) => record.did === did && record.collection === POST)
        .map(({ value }) => ({
          text: String(value.text),
          answers: (value.reply as { parent: { uri: string } } | undefined)?.parent.uri ?? '',
        })),
    stop: async () => {
      await server.stop()
      await twin.stop()
    },
  }
}

/** The row of what was said: it came before one looked, or waits behind "1 new" and is let in. */
export async function heardRow(page: Page, words: string): Promise<Locator> {
  const row = page.getByRole('option').filter({ hasText: words })
  const pill = page.getByRole('button', { name: /^\d+ (new|neu)$/ })
  await row.or(pill).first().waitFor({ timeout: HEARD_MS_MAX })
  if (await pill.isVisible()) await pill.click()
  return row
}

export async function openConversation(page: Page, words: string): Promise<void> {
  await (await heardRow(page, words)).click()
}

/** The public API, as a script of the team would use it with the owner's session. */
export type Api = (method: string, path: string, body?: object) => Promise<unknown>

export async function signedInApi(url: string, { email, password }: Person, workspaceId: string): Promise<Api> {
  const headers = { 'content-type': 'application/json', origin: url }
  const entrance = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
    signal: AbortSignal.timeout(REQUEST_MS_MAX),
  })
  const cookie = entrance.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return async (method, path, body) => {
    // Whoever accepts an invitation is not signed in yet.
    const who: Record<string, string> = path === '/invitation' ? {} : { cookie, 'x-rapport-workspace': workspaceId }
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...who },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(REQUEST_MS_MAX),
    })
    const said = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said}`)
    return JSON.parse(said) as unknown
  }
}
