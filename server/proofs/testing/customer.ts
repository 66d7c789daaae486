import pg from 'pg'
import type { PORTAL_LANGUAGES } from '../../../contract/proofs-portal.ts'
import { registerTasks } from '../../platform/jobs.ts'
import type { TestApp } from '../../testing/app.ts'
import { sentCode } from '../codes.ts'
import { SEND_CODE, sendCode } from '../sending.ts'
import { PORTAL_HEADER } from '../visits.ts'

type Language = (typeof PORTAL_LANGUAGES)[number]
export interface Answer<T = Record<string, never>> {
  status: number
  body: T & { code?: string; data?: { code?: string; params?: Record<string, unknown> } }
}
interface Page {
  known: boolean
  connections: {
    authorId: string
    network: string
    shown: string
    masked: boolean
    because: string
    way: string | null
    source: string | null
    by: string
  }[]
  attempts: { proofId: string; way: string; state: string; sending: string | null; place: string | null }[]
  invitation: { asked: string; account: string; accountProven: boolean; askedProven: boolean; done: boolean } | null
  everything: { hindered: string | null; copy: { state: string } | null } | null
  asked: { access: boolean; erasure: boolean }
}

/** A browser of a customer on the page of one workspace. */
export interface Customer {
  cookie: string
  /** A request as the page makes it. */
  ask<T = Record<string, never>>(method: string, path: string, body?: object): Promise<Answer<T>>
  /** What the customer agrees to, as the page shows it. */
  agreed(statement?: 'consent' | 'cut' | 'access' | 'erasure'): Promise<{ statementId: string; language: Language }>
  page(): Promise<Page>
  /** Proves a mail address by the code that goes to its mailbox. */
  proveMail(address: string): Promise<Answer<{ outcome: string }>>
}

/** Sending a code is a job; a test runs it when it wants. */
export async function allowCodes(app: TestApp): Promise<void> {
  const client = new pg.Client(app.test.admin)
  await client.connect()
  await registerTasks(client, [SEND_CODE])
  await client.end()
}

export async function visitAs(
  app: TestApp,
  { slug, token, language = 'en' }: { slug: string; token?: string; language?: Language },
): Promise<Customer & { entered: Answer }> {
  const jar = { cookie: '' }
  const ask: Customer['ask'] = async (method, path, body) => {
    const answer = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        [PORTAL_HEADER]: slug,
        ...(jar.cookie ? { cookie: jar.cookie } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    for (const line of answer.headers.getSetCookie()) jar.cookie = line.split(';')[0] ?? ''
    return { status: answer.status, body: (await answer.json()) as never }
  }
  const entered = await ask('POST', '/portal/visits', { workspace: slug, ...(token === undefined ? {} : { token }) })
  const agreed: Customer['agreed'] = async (statement = 'consent') => {
    const { body } = await ask<{ statements: Record<string, { id: string }> }>(
      'GET',
      `/portal?workspace=${slug}&language=${language}`,
    )
    return { statementId: body.statements[statement]?.id ?? '', language }
  }
  return {
    entered,
    get cookie() {
      return jar.cookie
    },
    ask,
    agreed,
    page: async () => (await ask<Page>('GET', '/portal/connections')).body,
    proveMail: async (address) => {
      const { status, body } = await ask<{ proofId: string }>('POST', '/portal/proofs/mail', {
        ...(await agreed()),
        address,
      })
      if (status !== 200) return { status, body: body as never }
      const workspaceId = await workspaceOf(app, slug)
      return ask('POST', `/portal/proofs/${body.proofId}/code`, {
        code: sentCode(app.services, workspaceId, body.proofId),
      })
    },
  }
}

async function workspaceOf(app: TestApp, slug: string): Promise<string> {
  const row = await app.services.database.system
    .selectFrom('system.workspace')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow()
  return row.id
}

export const runCode = (app: TestApp, workspaceId: string, proofId: string): Promise<void> =>
  sendCode(app.services, { workspaceId, proofId })

/** The page is there, with everything that can work in this installation. */
export async function offerProofs(app: TestApp, settings: object = {}): Promise<void> {
  const { owner, workspaceId } = app.workspace
  const answer = await app.call(
    'proofs.settings.update',
    {
      open: true,
      offered: ['mail', 'phone', 'site', 'account', 'sign-in'],
      texts: {},
      privacyNotice: null,
      invitationDays: 7,
      phoneCountries: ['DE'],
      gateway: null,
      ...settings,
    },
    { cookie: owner.cookie, workspaceId },
  )
  if (answer.status !== 200) throw new Error(`the page could not be offered: ${JSON.stringify(answer.body)}`)
}

/** A mail server is named; nothing is sent in a test that does not ask for it. */
export async function nameMailServer(app: TestApp, port = 9): Promise<void> {
  const answer = await app.call(
    'accounts.installation.updateMail',
    { host: '127.0.0.1', port, security: 'none', user: '', from: 'rapport@example.org' },
    { cookie: app.workspace.owner.cookie },
  )
  if (answer.status !== 200) throw new Error(`no mail server: ${JSON.stringify(answer.body)}`)
}
