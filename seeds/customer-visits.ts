import { setTimeout as delay } from 'node:timers/promises'
import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import type { Twin } from '../twin/twin.ts'
import { members, workspaceSeeds } from './index.ts'
import { signedIn } from './load.ts'

/** A text message is sent by a job. */
const WAIT_MS = 30_000
const LOOK_MS = 250

/**
 * Where customers may prove what is theirs, and who came by. The second number stands in the first one's record
 * (customers.ts), so that a colleague has to decide whose it is.
 */
const SLUG = 'kobaltfon'
const NUMBERS = ['+49 171 39200 17', '+49 176 040690 21']

export const connectionsPage = (publicUrl: string): string => `${publicUrl}/p/${SLUG}/connections`

/** Switches the page of customers on, as an owner would, with text messages that go to the twin's telephones. */
export async function letCustomersProve(services: Services, app: HttpApp, twin: Twin): Promise<void> {
  const seed = workspaceSeeds.find(({ key }) => key === SLUG)
  const workspaceId = seed && (await findWorkspaceId(services, seed.name))
  if (!seed || !workspaceId) return
  const owner = members.find(({ key }) => key === seed.members.find(({ role }) => role === 'owner')?.member)
  const client = await signedIn(services, app, owner?.email ?? '', workspaceId)
  await client.proofs.settings.update({
    open: true,
    offered: ['phone', 'account', 'site'],
    texts: {},
    privacyNotice: null,
    invitationDays: 7,
    phoneCountries: ['DE'],
    gateway: { address: twin.urls.gateway, body: '{"to":"{to}","text":"{text}"}', header: '' },
  })
  for (const number of NUMBERS) await proveNumber(services.config.publicUrl, app, twin, number)
}

/** Each is a visit of its own: nobody says that both numbers are one person's. */
async function proveNumber(origin: string, app: HttpApp, twin: Twin, number: string): Promise<void> {
  const ask = visitor(origin, app)
  await ask('POST', '/visits', { workspace: SLUG })
  const { statements } = await ask('GET', `?workspace=${SLUG}&language=de`)
  const agreed = { statementId: statements.consent.id, language: 'de' }
  const { proofId } = await ask('POST', '/proofs/phone', { ...agreed, number })
  await ask('POST', `/proofs/${proofId}/code`, { code: await codeSentTo(twin, number.replaceAll(' ', '')) })
}

function visitor(origin: string, app: HttpApp) {
  let cookie = ''
  return async (method: string, path: string, body?: object) => {
    const answer = await app.request(`${origin}/api/v1/portal${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-rapport-portal': SLUG, cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (answer.status !== 200)
      throw new Error(`the customers' page answered ${answer.status} to ${path}: ${await answer.text()}`)
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return answer.json()
  }
}

async function codeSentTo({ messages }: Twin, number: string): Promise<string> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await delay(LOOK_MS)) {
    const code = /\d{4} ?\d{4}/.exec(messages.findLast(({ to }) => to === number)?.text ?? '')
    if (code) return code[0]
  }
  throw new Error(`no code came to ${number}`)
}
